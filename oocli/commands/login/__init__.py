"""`oocli login`."""

from __future__ import annotations

from oocli.commands.login.command import app

__all__ = ["app"]
