"""The log of `-v`, `-vv` and `--debug`: the logger `oocli`, written to stderr."""

from __future__ import annotations

import logging
from collections.abc import Callable


class _Handler(logging.Handler):
    """Hands each record to a writer that masks secrets."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__()
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._write(record.getMessage())


def log_to(write: Callable[[str], None], verbosity: int, *, debug: bool) -> None:
    """Send the logger's records to `write`: requests with -v, headers with -vv, all with debug."""
    log = logging.getLogger("oocli")
    log.handlers[:] = [_Handler(write)]
    log.propagate = False
    log.setLevel(1 if debug else logging.INFO if verbosity == 1 else logging.DEBUG)
