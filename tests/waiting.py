"""Wait for something in another process or thread."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# The colors of errors and hints.
STYLES = re.compile(r"\x1b\[(?:31|2|0)m")


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.01)


def ended(handle: Any) -> tuple[int, str]:
    """Wait for the end of a run on a terminal; return the exit code and the output.

    The output is that since the last match, without escape sequences; `handle.before` keeps them.
    """
    import pexpect

    handle.expect(pexpect.EOF)
    handle.wait()
    return handle.exitstatus, ESCAPES.sub("", handle.before).replace("\r\n", "\n")
