"""stdin: read only when asked, by one reader."""

from __future__ import annotations

import sys
from typing import BinaryIO

from oocli.model.errors import StorageTrouble, UsageError
from oocli.render import Terminal
from oocli.render.messages import Messages


class Input:
    """The one reader of stdin in a run. A second one is a usage error."""

    def __init__(self, terminal: Terminal, messages: Messages) -> None:
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

    def read(self, option: str, *, most: int = -1) -> bytes:
        """Return all of stdin, or at most so many bytes of it."""
        try:
            return self.stream(option).read(most)
        except (OSError, ValueError) as failure:
            raise input_failed(failure) from None

    def text(self, option: str, *, most: int | None = None) -> str:
        """Return all of stdin as UTF-8 text. Raises `UsageError` for more than `most` bytes."""
        raw = self.read(option, most=-1 if most is None else most + 1)
        if most is not None and len(raw) > most:
            raise UsageError(f"what {option} read from stdin is too large")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"what {option} read from stdin is not UTF-8 text") from None


def input_failed(failure: Exception, name: str = "stdin") -> StorageTrouble:
    """Return the error for an input that cannot be read: closed to reading, broken, gone."""
    why = getattr(failure, "strerror", None) or str(failure)
    return StorageTrouble(f"{name} cannot be read: {why}")
