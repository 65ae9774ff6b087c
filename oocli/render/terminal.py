"""The streams of a run: which of them are terminals, and how stdin is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, TextIO

from oocli.model.errors import StorageError, UsageError

BOLD, DIM, RED = "\x1b[1m", "\x1b[2m", "\x1b[31m"


class Terminal(NamedTuple):
    """Which of the three streams are terminals, and which of them get color."""

    stdin_is_terminal: bool
    stdout_is_terminal: bool
    stderr_is_terminal: bool
    stdout_color: bool = False
    stderr_color: bool = False
    columns: int = 0  # 0: ask the terminal
    # Whether --color or OOCLI_COLOR is `always`. CLICOLOR_FORCE and FORCE_COLOR do not count: some
    # CI systems set them for all jobs, which would break `oocli call ... | jq`.
    always_colored: bool = False

    @classmethod
    def of_process(
        cls, color: Callable[[bool], bool], columns: int = 0, *, always_colored: bool = False
    ) -> Terminal:
        """Return the streams of the process; `color(is_terminal)` says which of them get color."""
        stdin, stdout, stderr = map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))
        return cls(stdin, stdout, stderr, color(stdout), color(stderr), columns, always_colored)

    def in_a_pipe(self) -> Terminal:
        """Return the same with stdout as a pipe or a file: no indentation, no color."""
        return self._replace(stdout_is_terminal=False, stdout_color=False, always_colored=False)

    @property
    def can_ask(self) -> bool:
        """Whether prompts are possible: they go to stderr, and answers come from stdin."""
        return self.stdin_is_terminal and self.stderr_is_terminal

    def width(self) -> int:
        """Return the width of the terminal in columns, 80 if it is not known."""
        if self.columns > 0:
            return self.columns
        for stream in (sys.stdout, sys.stderr):
            try:
                return os.get_terminal_size(stream.fileno()).columns or 80
            except (OSError, ValueError, AttributeError):
                continue
        return 80


class Stdin:
    """Reads stdin, for one option only."""

    def __init__(self, terminal: Terminal, note: Callable[[str], None]) -> None:
        """`note` tells a person at a terminal that stdin is read."""
        self._terminal, self._note = terminal, note
        self._reader: str | None = None

    def stream(self, option: str) -> BinaryIO:
        """Return stdin for `option`. Raises `UsageError` if another option reads it already."""
        if self._reader is not None:
            raise UsageError(f"{option} and {self._reader} cannot both read stdin")
        self._reader = option
        if sys.stdin is None:
            raise UsageError(f"{option} reads stdin, which is closed")
        if self._terminal.stdin_is_terminal:
            self._note(f"reading stdin for {option}; end it with Ctrl-D on a new line")
        return sys.stdin.buffer

    def read(self, option: str, *, limit_bytes: int = -1) -> bytes:
        """Return all of stdin, or at most `limit_bytes` of it."""
        try:
            return self.stream(option).read(limit_bytes)
        except (OSError, ValueError) as failure:
            raise input_failed(failure) from None

    def text(self, option: str, *, limit_bytes: int | None = None) -> str:
        """Return all of stdin as text. Raises `UsageError` above `limit_bytes` or without UTF-8."""
        raw = self.read(option, limit_bytes=-1 if limit_bytes is None else limit_bytes + 1)
        if limit_bytes is not None and len(raw) > limit_bytes:
            raise UsageError(f"{option}: the input is longer than {limit_bytes:,} bytes")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"{option}: the input is not UTF-8 text") from None


def input_failed(failure: Exception, name: str = "stdin") -> StorageError:
    """Return the error for an input that cannot be read."""
    why = getattr(failure, "strerror", None) or str(failure)
    return StorageError(f"{name} cannot be read: {why}")


def bold(text: str) -> str:
    """Return text with the escapes for bold."""
    return styled(text, BOLD)


def styled(text: str, style: str) -> str:
    """Return text with the escapes for a style (`BOLD`, `DIM`, `RED`), unchanged without one."""
    return f"{style}{text}\x1b[0m" if style else text


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is open and a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
