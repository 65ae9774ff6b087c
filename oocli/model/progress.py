"""What long work reports while it runs."""

from __future__ import annotations

from typing import Protocol


class ProgressReporter(Protocol):
    """Is told what happens during a call; only a command shows it to a person."""

    def note(self, text: str) -> None:
        """Report something that a person should know though nothing failed."""

    def waiting(self, seconds: float, why: str) -> None:
        """Report that the work pauses, for how long and why."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Report how far the work has come; `unit` is `bytes`, `items` or `calls`."""

    def finished(self) -> None:
        """Report that the work is over, whether it succeeded or failed."""


class NullReporter:
    """A reporter that does nothing: the default."""

    def note(self, text: str) -> None:
        """Ignore it."""

    def waiting(self, seconds: float, why: str) -> None:
        """Ignore it."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Ignore it."""

    def finished(self) -> None:
        """Ignore it."""
