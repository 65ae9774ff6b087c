"""The names of the known portals, for a shell that completes them."""

from __future__ import annotations

import json

from oocli.core.places import Places
from oocli.core.settings import process_environment


def portal_names() -> list[str]:
    """Return the keys of `portals.json`, and nothing whatever is wrong with it.

    A person who pressed Tab cannot read an error. Only what may stand in a command line as it is
    gets out, whoever wrote the file.
    """
    try:
        places = Places.find(process_environment().path("OOCLI_CONFIG_DIR"))
        portals = json.loads(places.portals.read_text(encoding="utf-8-sig"))["portals"]
        return sorted(key for key in portals if _is_plain(key))
    except Exception:
        return []


def _is_plain(key: str) -> bool:
    return key.isprintable() and not key.startswith("-") and not any(map(str.isspace, key))
