"""Imported by a run of oocli (OOCLI_TEST_IMPORT): makes its n-th step fail, or sends it a signal.

OOCLI_TEST_FAIL_AT is `WHAT N FILE`. WHAT is the name of a signal, or `EIO` for an input/output
error. A step is a request, or a file that is opened, renamed, removed or locked, counted from the
first request; with `EIO`, requests do not count. If N is 0, nothing happens and the number of steps
is written to FILE.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

WHAT, NUMBER, COUNT = os.environ["OOCLI_TEST_FAIL_AT"].split()
HOME = os.environ["HOME"]
FILES = ("open", "os.rename", "os.remove", "fcntl.flock")
seen = 0
is_counting = False


def is_step(event: str, name: str) -> bool:
    """Return whether an audit event is a step with a file; the event of a lock has no file name."""
    if event == "fcntl.flock":
        return True
    return event in FILES and name.startswith(HOME) and name != COUNT


def step(event: str, args: tuple[Any, ...]) -> None:
    """Count a step; at step N, raise the error or send the signal."""
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
