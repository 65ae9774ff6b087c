"""Completion scripts, written from the grammar of the program: static text, no Python at a Tab."""

from __future__ import annotations

from oocli.model.cli_schema import Command
from oocli.render.completion import bash, fish, powershell, zsh

# The name of a shell, the writer of its script, and the file that its users expect.
_SHELLS = {
    "bash": (bash.script, "oocli.bash"),
    "zsh": (zsh.script, "_oocli"),
    "fish": (fish.script, "oocli.fish"),
    "powershell": (powershell.script, "oocli.ps1"),
}
SHELLS = tuple(_SHELLS)


def script(shell: str, program: Command) -> str:
    """Return the completion script of one of `SHELLS`."""
    return _SHELLS[shell][0](program)


def file_name(shell: str) -> str:
    """Return the name that the script of this shell has in `completions/`."""
    return _SHELLS[shell][1]
