"""oocli: the command-line client for the API of ONLYOFFICE portals."""

from __future__ import annotations

from oocli.model.version import __version__

TYPE_CHECKING = False  # that of typing, whose import costs a fifth of --version
if TYPE_CHECKING:
    from typing import Any

    from oocli.catalogue import library as operations
    from oocli.library import Portal
    from oocli.model.envelope import Envelope
    from oocli.model.errors import OocliError

__all__ = ["Envelope", "OocliError", "Portal", "__version__", "operations"]

_PUBLIC = {
    "Portal": "oocli.library",
    "Envelope": "oocli.model.envelope",
    "OocliError": "oocli.model.errors",
}
_MODULES = {"operations": "oocli.catalogue.library"}


def __getattr__(name: str) -> Any:
    """Hand out the library's public names on demand, so that a command loads only what it runs."""
    from importlib import import_module  # noqa: PLC0415

    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'oocli' has no attribute {name!r}")
