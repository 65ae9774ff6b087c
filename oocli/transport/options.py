"""What a caller gives to the transport: limits, certificates, proxies, and who gets its reports."""

from __future__ import annotations

from typing import NamedTuple, Protocol

CONNECT_LIMIT = 10.0  # seconds


class RequestLimits(NamedTuple):
    """Seconds for each read, seconds for the whole call (None: no limit), number of retries."""

    timeout: float = 60.0
    max_time: float | None = None
    retries: int = 2


class ConnectionOptions(NamedTuple):
    """How to reach portals: certificates and proxies, all of them set by us, none by requests.

    `verify` is True (the bundled authorities), False (no check) or a file of authorities.
    `proxies` maps `http`, `https` and `all` to a proxy's address. `max_connections` is how many
    requests may run at the same time.
    """

    verify: bool | str = True
    client_cert: str | None = None
    proxies: tuple[tuple[str, str], ...] = ()
    no_proxy: str = ""
    max_connections: int = 1


class ProgressReporter(Protocol):
    """Receives what happens during a call. The program writes it to stderr."""

    def note(self, text: str) -> None:
        """Report something that a person should know though nothing failed."""

    def waiting(self, seconds: float, why: str) -> None:
        """Report that the work pauses, for how long and why."""

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
        """Report that a request is sent again: its retry `number` of `total`, and why."""

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

    def retrying(self, seconds: float, why: str, number: int, total: int) -> None:
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
