"""Signals that end a run, held back while something must not be left half done."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Seconds that are left to a change of stored credentials: a keyring that does not answer takes
# three for each step.
STORE_GRACE = 20.0
# Python's signal module gives and takes a function, a default action, or its bare number.
_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def held_back(grace: float, names: tuple[str, ...] = ENDING) -> Iterator[None]:
    """Hold these signals back while the block runs, and let them act when it has ended.

    After the first signal the block has `grace` seconds left (on Windows: all the time it wants);
    a second Ctrl-C acts at once. Only the main thread may do so; in others nothing is held back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held = _HeldSignals(grace)
    try:
        held.begin(names)
        yield
    finally:
        held.end()


class _HeldSignals:
    """The handlers that were there before, and the signals that came since."""

    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._handlers: dict[int, _Handler] = {}
        self._received: list[int] = []
        self._is_over = False

    def begin(self, names: tuple[str, ...]) -> None:
        """Put our own handler in place of those of the named signals."""
        for name in names:
            number = getattr(signal, name, None)
            handler = signal.getsignal(number) if number is not None else None
            # Who ignores a signal on our behalf (nohup) has decided.
            if number is not None and handler not in (None, signal.SIG_IGN):
                self._handlers[number] = handler
                signal.signal(number, self._receive)

    def end(self) -> None:
        """Restore the handlers, and deliver the first signal that came."""
        self._is_over = True  # from here on `_receive` holds nothing back
        if self._received:
            _stop_timer()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._received:
            self._act(self._received[0], None)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self._is_over or (number == signal.SIGINT and number in self._received):
            self._act(number, frame)
            return
        self._received.append(number)
        if len(self._received) == 1:
            _start_timer(self._grace, lambda _, frame: self._act(number, frame))

    def _act(self, number: int, frame: FrameType | None) -> None:
        self._received.clear()
        handler = self._handlers[number]
        if callable(handler):
            handler(number, frame)
        else:
            signal.signal(number, handler)
            signal.raise_signal(number)


if sys.platform == "win32":

    def _start_timer(seconds: float, act: Callable[[int, FrameType | None], None]) -> None:
        """Windows has no such timer."""

    def _stop_timer() -> None:
        """Windows has no such timer."""

else:

    def _start_timer(seconds: float, act: Callable[[int, FrameType | None], None]) -> None:
        signal.signal(signal.SIGALRM, act)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def _stop_timer() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
