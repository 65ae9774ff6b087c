"""The command that adds an extra, for the way in which oocli was installed."""

from __future__ import annotations

import sys
from pathlib import Path


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra: `jq` or `qr`.

    pipx and uv leave a file in the environment of a tool, which tells them from pip.
    """
    prefix = Path(sys.prefix)
    if (prefix / "pipx_metadata.json").is_file():
        return f"pipx inject oocli 'oocli[{extra}]'"
    if (prefix / "uv-receipt.toml").is_file():
        return f"uv tool install 'oocli[{extra}]'"
    return f"pip install 'oocli[{extra}]'"
