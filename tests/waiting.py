"""Waiting for what happens in another process or thread."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# How errors and hints are coloured.
STYLES = re.compile(r"\x1b\[(?:31|2|0)m")


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def ended(handle: Any) -> tuple[int, str]:
    """Wait for the end of a run on a terminal; return the exit code and what it showed.

    That is what came since the last match, without escapes. `handle.before` has it as it came.
    """
    import pexpect

    handle.expect(pexpect.EOF)
    handle.wait()
    return handle.exitstatus, ESCAPES.sub("", handle.before).replace("\r\n", "\n")
