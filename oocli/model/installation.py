"""Commands that change the installation, for the way in which oocli was installed."""

from __future__ import annotations

import sys
from pathlib import Path


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra: `jq` or `qr`."""
    verb = {"pipx": "pipx inject oocli", "uv": "uv tool install", "pip": "pip install"}[
        _installer()
    ]
    return f"{verb} 'oocli[{extra}]'"


def update_command() -> str:
    """Return the command that installs the newest version."""
    verb = {"pipx": "pipx upgrade", "uv": "uv tool upgrade", "pip": "pip install --upgrade"}
    return f"{verb[_installer()]} oocli"


def _installer() -> str:
    """Return what installed oocli: pipx and uv leave a file in the environment of a tool."""
    prefix = Path(sys.prefix)
    if (prefix / "pipx_metadata.json").is_file():
        return "pipx"
    return "uv" if (prefix / "uv-receipt.toml").is_file() else "pip"
