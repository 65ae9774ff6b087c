"""What a caller passes to the transport: limits, certificates, proxies and a progress reporter."""

from __future__ import annotations

from typing import NamedTuple, Protocol

CONNECT_LIMIT = 10.0  # seconds to establish a connection


class RequestLimits(NamedTuple):
    """Limits of a call.

    `timeout` is in seconds without any data, `max_time` in seconds for the whole call (None: no
    limit). `retries` is the number of attempts after the first.
    """

    timeout: float = 60.0
    max_time: float | None = None
    retries: int = 2


class ConnectionOptions(NamedTuple):
    """How to reach portals. requests reads none of this from the environment.

    `verify` is True (use the bundled CA certificates), False (verify nothing) or the path of a CA
    file. `proxies` maps `http`, `https` and `all` to the address of a proxy. `max_connections` is
    how many requests may run at the same time.
    """

    verify: bool | str = True
    client_cert: str | None = None
    proxies: tuple[tuple[str, str], ...] = ()
    no_proxy: str = ""
    max_connections: int = 1


class ProgressReporter(Protocol):
    """Receives reports of what happens during a call. The program writes them to stderr."""

    def note(self, text: str) -> None:
        """Report something that the user should know although nothing failed."""

    def waiting(self, seconds: float, why: str) -> None:
        """Report that work pauses for some seconds, and why."""

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
        """Report that a request is sent again in some seconds: which retry of how many, and why."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Report how much is done; `unit` is `bytes`, `items`, `calls` or `% done`."""

    def finished(self) -> None:
        """Report that the work whose progress was shown has ended, successfully or not."""


class NullReporter:
    """Ignores all reports. The Python library uses it by default."""

    def note(self, text: str) -> None:
        """Ignore the report."""

    def waiting(self, seconds: float, why: str) -> None:
        """Ignore the report."""

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
        """Ignore the report."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Ignore the report."""

    def finished(self) -> None:
        """Ignore the report."""


class NotesOnly(NullReporter):
    """Passes on only notes, for a step of a larger task that reports its own progress."""

    def __init__(self, reporter: ProgressReporter) -> None:
        self._reporter = reporter

    def note(self, text: str) -> None:
        """Pass the note on."""
        self._reporter.note(text)
