"""A blocking call with a time limit."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


def bounded_call(work: Callable[[], _T], seconds: float) -> _T:
    """Return what `work` returns, or raise what it raises.

    Raises `TimeoutError` after `seconds`. `work` runs in a thread of its own, since a name look-up
    or a question to the keyring cannot be interrupted; a call that takes too long goes on there
    until the process ends.
    """
    results: list[_T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as failure:  # raised again in the thread that waits
            failures.append(failure)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not results:
        raise TimeoutError
    return results[0]
