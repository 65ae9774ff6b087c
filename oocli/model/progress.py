"""What the core says while it works, to whoever listens."""

from __future__ import annotations

from typing import Protocol


class ProgressReporter(Protocol):
    """Hears what happens during a call. The core never prints; a command's messages do."""

    def note(self, text: str) -> None:
        """Hear something that a person should know though nothing failed."""

    def waiting(self, seconds: float, why: str) -> None:
        """Hear that the work pauses, for how long and why."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Hear how far a long piece of work has come; `unit` is `bytes`, `items` or `calls`."""

    def finished(self) -> None:
        """Hear that the long piece of work is over, well or not."""


class NullReporter:
    """A listener that does nothing: the library's default."""

    def note(self, text: str) -> None:
        """Ignore it."""

    def waiting(self, seconds: float, why: str) -> None:
        """Ignore it."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Ignore it."""

    def finished(self) -> None:
        """Ignore it."""
