"""Completion scripts for shells: static text, so that a Tab does not start Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from oocli.model.cli_schema import Command
from oocli.render.completion import bash, fish, powershell, zsh
from oocli.render.completion.operations import Operations

Shell = Literal["bash", "zsh", "fish", "powershell"]
SHELLS: tuple[Shell, ...] = get_args(Shell)
# The function that returns the script, and the usual file name of the script.
_SHELLS: dict[Shell, tuple[Callable[[Command, Operations], str], str]] = {
    "bash": (bash.script, "oocli.bash"),
    "zsh": (zsh.script, "_oocli"),
    "fish": (fish.script, "oocli.fish"),
    "powershell": (powershell.script, "oocli.ps1"),
}


def script(shell: Shell, program: Command, operations: Operations) -> str:
    """Return the completion script of a shell."""
    return _SHELLS[shell][0](program, operations)


def file_name(shell: Shell) -> str:
    """Return the file name of the script in `completions/`."""
    return _SHELLS[shell][1]
