"""Streams that fail: a full disk behind stdout, a stdin that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROGRAM

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


@pytest.mark.parametrize("args", [("-h",), ("--help",), ("call", "-h"), ("-V",),
    ("help", "formats"), ("completion", "bash"), ("portals", "--format", "json")])  # fmt: skip
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_stdout_is_one_plain_line(home, args, unbuffered):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *args], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE,
            env=home.env | {"PYTHONUNBUFFERED": unbuffered}, timeout=60, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        1, b"oocli: stdout cannot be written: No space left on device\n",
    )  # fmt: skip


@pytest.mark.parametrize("args", [("batch", "-"), ("call", "POST", "people", "-d", "@-"),
    ("call", "POST", "people", "-F", "a=@-"),
    ("call", "POST", "people", "--part", "a=@-;filename=x")])  # fmt: skip
def test_a_stdin_that_cannot_be_read_is_one_plain_line(home, portal, tmp_path, args):
    writer = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    try:
        done = subprocess.run(
            [*PROGRAM, *args], stdin=writer, capture_output=True, timeout=60, check=False,
            env=home.env | {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()},
        )  # fmt: skip
    finally:
        os.close(writer)

    text = done.stderr.decode()
    assert done.returncode == 1
    assert text.startswith("oocli: ") and text.endswith("cannot be read: Bad file descriptor\n")
    assert text.count("\n") == 1
    assert portal.requests == []
