"""How layers below the commands report what they do: they never print."""

from __future__ import annotations

from typing import Protocol


class ProgressReporter(Protocol):
    """Receives what happens during a call. The program writes it to stderr."""

    def note(self, text: str) -> None:
        """Report something that a person should know though nothing failed."""

    def waiting(self, seconds: float, why: str) -> None:
        """Report that the work pauses, for how long and why."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Report how much is done; `unit` is `bytes`, `items`, `calls` or `% done`."""

    def finished(self) -> None:
        """Report that the work whose progress was shown has ended, well or not."""


class NullReporter:
    """Ignores every report: the default of the library."""

    def note(self, text: str) -> None:
        """Ignore it."""

    def waiting(self, seconds: float, why: str) -> None:
        """Ignore it."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Ignore it."""

    def finished(self) -> None:
        """Ignore it."""


class NotesOnly(NullReporter):
    """Passes on notes alone: for a part of some work that reports its progress as a whole."""

    def __init__(self, reporter: ProgressReporter) -> None:
        self._reporter = reporter

    def note(self, text: str) -> None:
        """Pass it on."""
        self._reporter.note(text)
