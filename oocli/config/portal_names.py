"""The names of the known portals, for shell completion."""

from __future__ import annotations

import json
import re

from oocli.config.environment import Directories, Environment

# Names that need no quotes: completion puts them into the command line as they are.
_PLAIN = re.compile(r"[A-Za-z0-9\[_][A-Za-z0-9\[\]._:/%+@,=~-]*")


def portal_names() -> list[str]:
    """Return the keys of `portals.json`, or none if it cannot be read.

    No error is raised, because completion has no place to show it. Names that the shell could
    expand or run are left out, since the file may come from anywhere.
    """
    try:
        directories = Directories(Environment.of_process().path("OOCLI_CONFIG_DIR"))
        portals = json.loads(directories.portals.read_text(encoding="utf-8-sig"))["portals"]
        return sorted(key for key in portals if _PLAIN.fullmatch(key))
    except Exception:
        return []
