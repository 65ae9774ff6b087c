"""oocli: the command-line client for the API of ONLYOFFICE portals."""

from __future__ import annotations

from importlib import import_module

from oocli.model.version import __version__

TYPE_CHECKING = False  # importing it from typing would take 20 % of the time of --version
if TYPE_CHECKING:
    from oocli.catalogue import library as operations
    from oocli.library import Portal
    from oocli.model.envelope import Envelope
    from oocli.model.errors import OocliError

__all__ = ["Envelope", "OocliError", "Portal", "__version__", "operations"]

_MODULES = {
    "Envelope": "oocli.model.envelope",
    "OocliError": "oocli.model.errors",
    "Portal": "oocli.library",
    "operations": "oocli.catalogue.library",
}


def __getattr__(name: str) -> object:
    """Return a public name of the library. Commands do not use them, so they do not load them."""
    if name not in _MODULES:
        raise AttributeError(f"module 'oocli' has no attribute {name!r}")
    module = import_module(_MODULES[name])
    return module if name == "operations" else getattr(module, name)
