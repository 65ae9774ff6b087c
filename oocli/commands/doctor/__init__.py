"""`oocli doctor`."""

from __future__ import annotations

from oocli.commands.doctor.command import app

__all__ = ["app"]
