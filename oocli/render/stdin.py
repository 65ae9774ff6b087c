"""stdin: read only when asked, by one reader."""

from __future__ import annotations

import sys
from typing import BinaryIO

from oocli.model.errors import StorageError, UsageError
from oocli.render.stderr import Stderr
from oocli.render.terminal import Terminal


class Stdin:
    """The one reader of stdin in a run. A second one is a usage error."""

    def __init__(self, terminal: Terminal, messages: Stderr) -> None:
        self._terminal = terminal
        self._messages = messages
        self._reader: str | None = None

    def stream(self, option: str) -> BinaryIO:
        """Return stdin for `option` to read. Raises `UsageError` if another option has it."""
        if self._reader is not None:
            raise UsageError(f"{option} and {self._reader} cannot both read stdin")
        self._reader = option
        if sys.stdin is None:
            raise UsageError(f"{option} reads stdin, which is closed")
        if self._terminal.stdin_is_terminal:
            self._messages.note(f"reading stdin for {option}; end it with Ctrl-D on a new line")
        return sys.stdin.buffer

    def read(self, option: str, *, limit_bytes: int = -1) -> bytes:
        """Return all of stdin, or at most so many bytes of it."""
        try:
            return self.stream(option).read(limit_bytes)
        except (OSError, ValueError) as failure:
            raise input_failed(failure) from None

    def text(self, option: str, *, limit_bytes: int | None = None) -> str:
        """Return all of stdin as UTF-8 text. Raises `UsageError` for more than `most` bytes."""
        raw = self.read(option, limit_bytes=-1 if limit_bytes is None else limit_bytes + 1)
        if limit_bytes is not None and len(raw) > limit_bytes:
            raise UsageError(f"what {option} read from stdin is too large")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"what {option} read from stdin is not UTF-8 text") from None


def input_failed(failure: Exception, name: str = "stdin") -> StorageError:
    """Return the error for an input that cannot be read: closed to reading, broken, gone."""
    why = getattr(failure, "strerror", None) or str(failure)
    return StorageError(f"{name} cannot be read: {why}")
