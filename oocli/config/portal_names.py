"""The names of the known portals, for a shell that completes them."""

from __future__ import annotations

import json
import re

from oocli.config.directories import Directories
from oocli.config.environment import Environment

# Without what a shell would expand or run once the name stands in its line.
_PLAIN = re.compile(r"[A-Za-z0-9\[_][A-Za-z0-9\[\]._:/%+@,=~-]*")


def portal_names() -> list[str]:
    """Return the keys of `portals.json`, and nothing whatever is wrong with it.

    A person who pressed Tab cannot read an error. A name that a shell would not take as it is stays
    out, whoever wrote the file.
    """
    try:
        directories = Directories.find(Environment.of_process().path("OOCLI_CONFIG_DIR"))
        portals = json.loads(directories.portals.read_text(encoding="utf-8-sig"))["portals"]
        return sorted(key for key in portals if _PLAIN.fullmatch(key))
    except Exception:
        return []
