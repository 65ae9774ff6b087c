"""The version of this package, and the commands that install another one or an extra.

`oocli --version` loads this module, so it imports nothing that Python has not loaded at its start.
"""

from __future__ import annotations

import os
import sys

__version__ = "0.1.0"


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra: `jq` or `qr`."""
    commands = {"pipx": "pipx inject oocli", "uv": "uv tool install", "pip": "pip install"}
    return f"{commands[_installer()]} 'oocli[{extra}]'"


def update_command() -> str:
    """Return the command that installs the newest version."""
    commands = {"pipx": "pipx upgrade", "uv": "uv tool upgrade", "pip": "pip install --upgrade"}
    return f"{commands[_installer()]} oocli"


def _installer() -> str:
    """Return what installed oocli: pipx and uv leave a file in the environment of a tool."""
    if os.access(f"{sys.prefix}/pipx_metadata.json", os.F_OK):
        return "pipx"
    return "uv" if os.access(f"{sys.prefix}/uv-receipt.toml", os.F_OK) else "pip"
