"""The only writers: what a terminal is here, stdout, stderr, and the pretty printing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NamedTuple, TextIO


class Terminal(NamedTuple):
    """The three streams of this run, which of them is a terminal, and which may be coloured."""

    stdin_is_terminal: bool
    stdout_is_terminal: bool
    stderr_is_terminal: bool
    stdout_colour: bool = False
    stderr_colour: bool = False
    columns: int = 0  # 0: ask the terminal
    # Colour was asked for by our own option or variable. CLICOLOR_FORCE and FORCE_COLOR, which
    # whole CI systems set, do not count: they would break every `oocli call ... | jq` there.
    always_coloured: bool = False

    @classmethod
    def of_process(
        cls, colour: Callable[[bool], bool], columns: int = 0, *, always_coloured: bool = False
    ) -> Terminal:
        """Look at the process's streams; `colour` decides for one of them, told what it is."""
        stdin, stdout, stderr = (is_terminal(one) for one in (sys.stdin, sys.stdout, sys.stderr))
        return cls(stdin, stdout, stderr, colour(stdout), colour(stderr), columns, always_coloured)

    def in_a_pipe(self) -> Terminal:
        """Return what a program or a file gets: no layout for people, no colour."""
        return self._replace(stdout_is_terminal=False, stdout_colour=False, always_coloured=False)

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at both ends: prompts go to stderr, answers come from stdin."""
        return self.stdin_is_terminal and self.stderr_is_terminal

    def width(self) -> int:
        """Return the columns to draw in."""
        if self.columns > 0:
            return self.columns
        for stream in (sys.stdout, sys.stderr):
            try:
                return os.get_terminal_size(stream.fileno()).columns or 80
            except (OSError, ValueError, AttributeError):
                continue
        return 80


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is open and a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
