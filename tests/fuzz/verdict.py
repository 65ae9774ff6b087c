"""What must be true of every run, with any input."""

from __future__ import annotations

import re
from typing import Any

from oocli.model.errors import Exit
from tests.waiting import STYLES

# Control characters except the line break, C1, and characters that change the direction of text.
_CONTROLS_A_TERMINAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def problem(ran: Any, command: str) -> str | None:
    """Return what is wrong with a run: a bug, an unknown exit code, an unsafe message."""
    if "a bug in oocli" in ran.stderr or "Traceback" in ran.stderr:
        return ran.stderr
    if ran.exit not in set(Exit):
        return f"exit {ran.exit}"
    if _CONTROLS_A_TERMINAL.search(STYLES.sub("", ran.stderr)):
        return f"control characters: {ran.stderr!r}"
    if ran.exit != 0 and not ran.stderr and command != "doctor":
        return f"exit {ran.exit} without a message"
    if any(len(line) > 3000 for line in ran.stderr.splitlines()):
        return f"a line of {max(map(len, ran.stderr.splitlines()))} characters"
    return None
