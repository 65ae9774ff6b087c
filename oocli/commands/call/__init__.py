"""`oocli call`."""

from __future__ import annotations

from oocli.commands.call.command import app

__all__ = ["app"]
