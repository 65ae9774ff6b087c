"""Imported by a run of oocli (OOCLI_TEST_IMPORT): something happens at its n-th step.

OOCLI_TEST_STUMBLE is `WHAT N FILE`: a signal's name, or `EIO` for a file that fails. Steps are the
files that a run opens, renames, removes and locks, and the requests that it sends, counted from the
first request; their number is written to FILE. With `EIO` requests are no steps.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

WHAT, NUMBER, COUNT = os.environ["OOCLI_TEST_STUMBLE"].split()
HOME = os.environ["HOME"]
FILES = ("open", "os.rename", "os.remove", "fcntl.flock")
seen = 0
is_counting = False


def is_step(event: str, name: str) -> bool:
    """Tell whether an event is a step: locks have no name, only a number."""
    if event == "fcntl.flock":
        return True
    return event in FILES and name.startswith(HOME) and name != COUNT


def step(event: str, args: tuple[Any, ...]) -> None:
    """Count a step, and let happen what was ordered for it."""
    global seen, is_counting
    is_request = event == "http.client.send"
    is_counting = is_counting or is_request
    if not is_counting or not (is_request or is_step(event, str(args[0]))):
        return
    if is_request and WHAT == "EIO":
        return
    seen += 1
    if seen == int(NUMBER):
        if WHAT == "EIO":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.kill(os.getpid(), getattr(signal, WHAT))
    if not int(NUMBER):
        Path(COUNT).write_text(str(seen))


sys.addaudithook(step)
