"""The standard streams: closed, full, or not readable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, TIME_LIMIT

POSIX = pytest.mark.posix


@pytest.fixture
def shell(home):
    """Run a line of bash in which `$OOCLI` is the program; return exit code, stdout and stderr."""

    def run(line, portal=None, **more):
        env = dict(home.env) | more | {"OOCLI": " ".join(PROGRAM)}
        if portal is not None:
            env |= {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
        done = subprocess.run(
            ["bash", "-c", line],
            env=env,
            cwd=home.path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr.decode()

    return run


# Commands that write to stdout, each in its own way.
WRITERS = [
    "--version",
    "-V",
    "-h",
    "--help",
    "call -h",
    "help environment",
    "completion bash",
    "portals --format json",
    "call GET people/@self",
    "whoami",
]
# A limit of the file size works like a full disk, and exists on every POSIX system.
FULL = {"quota": ("ulimit -f 0; $OOCLI {} >out", "File too large")}
if Path("/dev/full").exists():
    FULL["device"] = ("$OOCLI {} >/dev/full", "No space left on device")
BUFFERING = pytest.mark.parametrize("unbuffered", ["", "1"])


@POSIX
def test_a_reader_that_closes_the_pipe_ends_the_run_with_141(portal, shell):
    portal.answers("GET", "people", response=["x" * 100] * 20_000)

    code, stdout, stderr = shell(
        "$OOCLI call GET people | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}", portal
    )

    assert (code, stdout, stderr) == (0, b"141\n", "")


@POSIX
@BUFFERING
@pytest.mark.parametrize("args", WRITERS)
def test_a_closed_pipe_is_141_for_a_small_output_too(portal, home, args, unbuffered):
    reader, writer = os.pipe()
    os.close(reader)
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
    try:
        done = subprocess.run(
            [*PROGRAM, *args.split()],
            env=home.env | env | {"PYTHONUNBUFFERED": unbuffered},
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=TIME_LIMIT,
            check=False,
        )
    finally:
        os.close(writer)

    assert (done.returncode, done.stderr) == (141, b"")


@POSIX
@BUFFERING
@pytest.mark.parametrize("full", FULL)
@pytest.mark.parametrize("args", WRITERS)
def test_a_full_disk_is_an_error_of_one_line(portal, shell, args, full, unbuffered):
    line, why = FULL[full]

    code, _, stderr = shell(line.format(args), portal, PYTHONUNBUFFERED=unbuffered)

    assert (code, stderr) == (1, f"oocli: stdout cannot be written: {why}\n")


@POSIX
@pytest.mark.parametrize("args", ["--version", "help environment", "call GET people/@self"])
def test_a_closed_stdout_is_an_error_of_one_line(portal, shell, args):
    code, _, stderr = shell(f"$OOCLI {args} >&-", portal)

    assert (code, stderr) == (1, "oocli: stdout is closed\n")


@POSIX
def test_a_closed_stderr_changes_neither_data_nor_exit_code(portal, shell):
    good = shell("$OOCLI call GET people/@self -v 2>&-", portal)
    expected = portal.last_body + b"\n"
    bad = shell("$OOCLI call GET nowhere 2>&-", portal)

    assert good == (0, expected, "")
    assert (bad[0], bad[2]) == (7, "")


@POSIX
def test_a_closed_stdin_is_an_error_only_if_it_is_read(portal, shell):
    call = shell("$OOCLI call GET people/@self <&-", portal)
    expected = portal.last_body + b"\n"
    login = shell(f"$OOCLI login --portal {portal.origin} --with-token <&-")

    assert call == (0, expected, "")
    assert login == (2, b"", "oocli: --with-token reads stdin, which is closed\n")


@POSIX
@pytest.mark.parametrize("args", ["call GET people/@self", "whoami", "token", "portals"])
def test_no_command_waits_for_a_stdin_that_it_does_not_read(portal, start, args):
    child = start(*args.split(), signed_in_to=portal, stdin=subprocess.PIPE)

    assert child.wait(TIME_LIMIT) == 0


def test_two_options_that_read_stdin_are_a_usage_error(portal, oocli):
    ran = oocli(
        "login", "--portal", portal.origin, "--user", "x", "--with-token", "--password-stdin",
        stdin="x",
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (2, b"")
    assert portal.requests == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may report another error")
@pytest.mark.parametrize("args", [("batch", "-"), ("call", "POST", "people", "-d", "@-"),
    ("call", "POST", "people", "-F", "a=@-"),
    ("call", "POST", "people", "--part", "a=@-;filename=x")])  # fmt: skip
def test_a_stdin_that_cannot_be_read_is_an_error_of_one_line(home, portal, tmp_path, args):
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
