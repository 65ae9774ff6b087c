"""A step that is waited for no longer than it may take."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


class StillRunning(Exception):
    """The step did not end in time. If it was begun, it goes on, and its result is dropped."""


def run_bounded(
    work: Callable[[], _T], seconds: float, *, discard: Callable[[_T], object] | None = None
) -> _T:
    """Return what `work` returns, or raise what it raises, within `seconds`.

    It runs in a thread of its own, because neither a name look-up nor a call of a foreign library
    can be interrupted otherwise. Raises `StillRunning` when the time is over; `discard` then gets
    the result, should one come later, to close what nobody will use.
    """
    results: list[_T] = []
    failures: list[BaseException] = []
    is_late = False

    def _step() -> None:
        try:
            result = work()
        except BaseException as failure:  # raised again by the thread that waits
            failures.append(failure)
            return
        results.append(result)
        if is_late and discard is not None:
            discard(result)

    if seconds <= 0:  # what cannot end in time is not begun
        raise StillRunning
    thread = Thread(target=_step, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if results:
        return results[0]
    is_late = True
    raise StillRunning
