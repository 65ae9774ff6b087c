"""How far a long piece of work has come: one line on a person's terminal, gone at the end."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST = 0.5  # seconds before anything shows
EVERY = 0.1  # seconds between two drawings
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """Draws the line through `write`, at most `width` columns wide; `clock` gives seconds."""

    def __init__(
        self,
        write: Callable[[str], None],
        width: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._width, self._clock = write, width, clock
        self._began: float | None = None
        self._drawn_at = 0.0
        self._length = 0

    def update(self, done: int, total: int | None, unit: str) -> None:
        """Take the state of the work; drawn if it is time to."""
        now = self._clock()
        if self._began is None:
            self._began = now
        if now - self._began < FIRST or now - self._drawn_at < EVERY:
            return
        self._drawn_at = now
        text = progress_line(done, total, unit, now - self._began)
        text = text[: max(self._width() - 1, 10)]
        self._write("\r" + text.ljust(self._length))
        self._length = len(text)

    def clear(self) -> None:
        """Take the line away; the work goes on, and may draw it again."""
        if self._length:
            self._write("\r" + " " * self._length + "\r")
        self._length = 0

    def end(self) -> None:
        """Take the line away: the work is over."""
        self.clear()
        self._began = None


def progress_line(done: int, total: int | None, unit: str, seconds: float) -> str:
    """Return `12.3 MB of 1.0 GB (1%), 4.5 MB/s, 3:40 left`, or `300 of 1200 items (25%), ...`."""
    in_bytes = unit == "bytes"
    rate = done / seconds if seconds > 0 else 0.0
    text = _size(done) if in_bytes else str(done)
    if total:
        whole = _size(total) if in_bytes else str(total)
        text += f" of {whole}"
    if not in_bytes:
        text += f" {unit}"
    if total:
        text += f" ({min(100, 100 * done // total)}%)"
    if in_bytes and rate:
        text += f", {_size(rate)}/s"
    if total and rate and done < total:
        text += f", {_span((total - done) / rate)} left"
    return text


def _size(count: float) -> str:
    at = 0
    while count >= 999.5 and at < len(_UNITS) - 1:
        count, at = count / 1000, at + 1
    return f"{count:.0f} {_UNITS[at]}" if at == 0 or count >= 99.95 else f"{count:.1f} {_UNITS[at]}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
