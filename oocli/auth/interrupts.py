"""Delays the signals that end a run while something must not be interrupted halfway."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Seconds for a change of stored credentials after a signal. Each of its steps in the keyring takes
# up to three seconds.
STORE_GRACE = 20.0
# Python's signal module accepts and returns a function, a default action, or its number.
_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def delayed_signals(grace: float, names: tuple[str, ...] = ENDING) -> Iterator[None]:
    """Delay these signals until the block ends.

    After the first signal the block may run for `grace` more seconds (on Windows, without limit).
    A second Ctrl-C takes effect at once. In other threads than the main thread, no signal is
    delayed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    delayed = _DelayedSignals(grace)
    try:
        delayed.begin(names)
        yield
    finally:
        delayed.end()


class _DelayedSignals:
    """The original handlers, and the signals received since they were replaced."""

    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._handlers: dict[int, _Handler] = {}
        self._received: list[int] = []
        self._is_over = False

    def begin(self, names: tuple[str, ...]) -> None:
        """Replace the handlers of the named signals."""
        for name in names:
            number = getattr(signal, name, None)
            handler = signal.getsignal(number) if number is not None else None
            # A signal that is ignored, as under nohup, stays ignored.
            if number is not None and handler not in (None, signal.SIG_IGN):
                self._handlers[number] = handler
                signal.signal(number, self._receive)

    def end(self) -> None:
        """Restore the handlers, and deliver the first signal that was received."""
        self._is_over = True  # from here on `_receive` delays nothing
        if self._received and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._received:
            self._act(self._received[0], None)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self._is_over or (number == signal.SIGINT and number in self._received):
            self._act(number, frame)
            return
        self._received.append(number)
        if len(self._received) == 1 and sys.platform != "win32":  # Windows has no such timer
            signal.signal(signal.SIGALRM, lambda _, frame: self._act(number, frame))
            signal.setitimer(signal.ITIMER_REAL, self._grace)

    def _act(self, number: int, frame: FrameType | None) -> None:
        self._received.clear()
        handler = self._handlers[number]
        if callable(handler):
            handler(number, frame)
        else:
            signal.signal(number, handler)
            signal.raise_signal(number)
