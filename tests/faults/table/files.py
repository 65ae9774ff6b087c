"""Group 6: disks that are full, homes that are odd, files that others wrote."""

from __future__ import annotations

import json
import os
import stat

import pytest

from tests.conftest import Ran
from tests.faults.checks import (
    BODY,
    NO_DATA,
    NO_PARTS,
    NO_SESSION,
    NOT_SENT,
    absent,
    asked,
    check,
    contains,
)
from tests.faults.makers import answers, file, made_by, signed_in, typed, unset, variables
from tests.faults.row import Maker, Row
from tests.faults.runners import shell
from tests.faults.world import World, nothing

ME = ("call", "GET", "people/@self")
LOGIN = ("login", "--portal", "{portal}", "--user", "{user}", "--password-stdin")
IN_FILE = (*LOGIN, "--insecure-storage")
PASSWORD = typed("{password}", "the password on stdin")
STORED = "config/portals.json"
LARGE = answers(200, b'{"response":"' + b"x" * 300_000 + b'"}', how="300 KB")
ROOT = (pytest.mark.root,)


def recorded(content: str, how: str) -> Maker:
    """Put another content into portals.json."""
    return file(STORED, content, how=how)


def moded(name: str, mode: int) -> Maker:
    """Change the mode of a file."""
    return Maker(f"`{name}` has the mode {mode:04o}", lambda world: (world.path / name).chmod(mode))


@made_by("`credentials.json` belongs to another user")
def owned_by_another(world: World) -> None:
    """Give the file away."""
    os.chown(world.path / "config/credentials.json", 65534, 65534)


@made_by("`portals.json` is a symbolic link into another folder")
def linked(world: World) -> None:
    """Keep the file elsewhere, as people do who keep their settings under version control."""
    real = world.path / "elsewhere"
    real.mkdir()
    (world.path / STORED).rename(real / "portals.json")
    (world.path / STORED).symlink_to(real / "portals.json")


@made_by("another program holds the lock of `portals.json`")
def locked(world: World) -> None:
    """Hold it until the row is over."""
    import fcntl

    (world.path / "config").mkdir()
    handle = world.until_the_end((world.path / "config/portals.json.lock").open("w"))
    fcntl.flock(handle, fcntl.LOCK_EX)


@made_by("an unfinished file of a run that was killed lies beside `portals.json`")
def left_behind(world: World) -> None:
    """Leave half a file under the name that a writer uses."""
    (world.path / "config/portals.json.12345.tmp").write_text('{"version": 1, "por')


@check("no directory or file of ours can be read by others")
def private(world: World, _: Ran) -> None:
    """Look at the modes."""
    found = [world.path / "config", *(world.path / "config").rglob("*")]
    assert len(found) > 2
    assert not [path for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@check("`portals.json` is still a link, and knows the portal")
def still_linked(world: World, _: Ran) -> None:
    """Look at the link and through it."""
    assert (world.path / STORED).is_symlink()
    assert world.portal.host in json.loads((world.path / STORED).read_text())["portals"]


@check("the keys of another version are kept")
def foreign_keys_kept(world: World, _: Ran) -> None:
    """Look at what was there before."""
    found = json.loads((world.path / STORED).read_text())
    assert found["colour"] == "green"
    assert found["portals"]["old.example.com"]["shape"] == "round"
    assert world.portal.host in found["portals"]


@check("`big.json` is not there")
def not_made(world: World, _: Ran) -> None:
    """Look into the working directory."""
    assert not (world.path / "big.json").exists()


ROWS = (
    Row(
        "the disk is full where stdout goes",
        nothing(),
        ME,
        1,
        ("oocli: stdout cannot be written: No space left on device",),
        (asked(1),),
        run=shell('exec oocli "$@" > /dev/full'),
    ),
    Row(
        "the disk is full where many pages go",
        made_by("a list of 3,000 people")(lambda world: world.portal.add_people(3000)),
        ("call", "GET", "people", "--paginate", "--format", "ndjson"),
        1,
        ("oocli: stdout cannot be written: No space left on device",),
        run=shell('exec oocli "$@" > /dev/full'),
    ),
    Row(
        "the disk is full at -o",
        LARGE,
        (*ME, "-o", "/dev/full"),
        1,
        ("oocli: …/dev/full cannot be written: No space left on device",),
        (NO_DATA,),
    ),
    Row(
        "no room for more than a part of the file",
        LARGE & file("kept.json", "before"),
        (*ME, "-o", "kept.json"),
        1,
        ("oocli: …kept.json cannot be written: File too large",),
        (contains("kept.json", "before"), NO_PARTS),
        run=shell('ulimit -f 64; exec oocli "$@"'),
    ),
    Row(
        "no room for portals.json at a sign-in",
        PASSWORD,
        IN_FILE,
        1,
        ("oocli: …cannot be written: File too large",),
        (NO_DATA, NO_SESSION, NO_PARTS, absent("{password}")),
        signed_in=False,
        run=shell('ulimit -f 0; exec oocli "$@"'),
    ),
    Row(
        "a folder for -o that is not there",
        nothing(),
        (*ME, "-o", "nowhere/big.json"),
        1,
        ("oocli: …nowhere/big.json cannot be written: No such file or directory",),
        (NO_DATA,),
    ),
    Row(
        "half an answer for a new file",
        answers(500, b"{}"),
        (*ME, "-o", "big.json"),
        5,
        ("oocli: GET people/@self on {host}: Internal Server Error (500)",),
        (not_made, NO_PARTS),
    ),
    Row(
        "a configuration that cannot be made",
        variables(OOCLI_CONFIG_DIR="/proc/oocli") & PASSWORD,
        LOGIN,
        1,
        ("oocli: /proc/oocli…cannot be locked: No such file or directory",),
        (NO_DATA, NO_SESSION),
        signed_in=False,
    ),
    Row(
        "a configuration on a disk that takes nothing",
        variables(OOCLI_CONFIG_DIR="/sys/oocli") & PASSWORD,
        LOGIN,
        1,
        ("oocli: /sys/oocli…cannot be locked: …",),
        (NO_DATA, NO_SESSION),
        signed_in=False,
    ),
    Row(
        "no HOME, with the token in a variable",
        unset("HOME", "USERPROFILE", "OOCLI_CONFIG_DIR"),
        ME,
        0,
        after=(BODY,),
    ),
    Row(
        "a HOME that is not there, with the token in a variable",
        unset("OOCLI_CONFIG_DIR") & variables(HOME="/nowhere/at/all"),
        ME,
        0,
        after=(BODY,),
    ),
    Row(
        "an umask that lets everybody in",
        PASSWORD,
        IN_FILE,
        0,
        ("…",),
        (NO_DATA, private),
        signed_in=False,
        run=shell('umask 000; exec oocli "$@"'),
    ),
    Row(
        "an umask that lets nobody in",
        PASSWORD,
        IN_FILE,
        0,
        ("…",),
        (NO_DATA, private),
        signed_in=False,
        run=shell('umask 777; exec oocli "$@"'),
    ),
    Row(
        "a credential file that others can read",
        signed_in("--insecure-storage") & moded("config/credentials.json", 0o644),
        ME,
        1,
        (
            "oocli: {config}/credentials.json can be read by others (mode 0644)",
            "hint: chmod 600 {config}/credentials.json; if other people use this machine, sign out "
            "and in again",
        ),
        (NO_DATA, NOT_SENT),
        signed_in=False,
    ),
    Row(
        "a credential file of another user",
        signed_in("--insecure-storage") & owned_by_another,
        ME,
        1,
        (
            "oocli: {config}/credentials.json belongs to another user and is not trusted",
            "hint: inspect it, then run: chown … {config}/credentials.json",
        ),
        (NO_DATA, NOT_SENT),
        signed_in=False,
        marks=ROOT,
    ),
    Row(
        "a symbolic link in place of portals.json",
        signed_in() & linked & PASSWORD,
        LOGIN,
        0,
        ("…",),
        (still_linked,),
        signed_in=False,
    ),
    Row(
        "a file of a run that was killed while it wrote",
        signed_in() & left_behind,
        ME,
        0,
        after=(BODY,),
        signed_in=False,
    ),
    Row(
        "half a portals.json",
        recorded('{"version": 1, "por', "`portals.json` ends in the middle"),
        LOGIN,
        1,
        ("oocli: {config}/portals.json is not a JSON document", "hint: repair it, or …"),
        (NO_DATA, NOT_SENT, contains(STORED, '{"version": 1, "por')),
        signed_in=False,
    ),
    Row(
        "a portals.json of nested brackets",
        recorded("[" * 100_000, "`portals.json` is 100,000 brackets"),
        ("portals",),
        1,
        ("oocli: {config}/portals.json is not a JSON document", "hint: repair it, or …"),
        (NO_DATA,),
        signed_in=False,
    ),
    Row(
        "a portals.json of a newer oocli",
        recorded('{"version": 2}', "`portals.json` says version 2"),
        LOGIN,
        1,
        (
            "oocli: {config}/portals.json was written by a newer oocli (version 2; this one knows "
            "1)",
            "hint: update oocli: pip install --upgrade oocli",
        ),
        (NO_DATA, NOT_SENT, contains(STORED, '{"version": 2}')),
        signed_in=False,
    ),
    Row(
        "keys that another version wrote",
        recorded(
            '{"version":1,"colour":"green","portals":{"old.example.com":{"origin":'
            '"https://old.example.com","shape":"round"}}}',
            "`portals.json` has keys that this version does not know",
        )
        & PASSWORD,
        LOGIN,
        0,
        ("…", "…"),
        (foreign_keys_kept, NO_PARTS),
        signed_in=False,
    ),
    Row(
        "a portals.json that is a folder",
        made_by("`portals.json` is a folder")(
            lambda world: (world.path / STORED).mkdir(parents=True)
        ),
        LOGIN,
        1,
        ("oocli: {config}/portals.json cannot be read: Is a directory",),
        (NO_DATA, NOT_SENT),
        signed_in=False,
    ),
    Row(
        "a portals.json that is a pipe without a writer",
        made_by("`portals.json` is a named pipe")(
            lambda world: ((world.path / "config").mkdir(), os.mkfifo(world.path / STORED))
        ),
        ("portals",),
        1,
        ("oocli: {config}/portals.json is not a file", "hint: move it away: …"),
        (NO_DATA,),
        signed_in=False,
    ),
    Row(
        "a portals.json that another program holds",
        locked & PASSWORD,
        LOGIN,
        1,
        ("oocli: …portals.json.lock has been locked by another oocli for more than 10 s",),
        (NO_DATA, NO_SESSION),
        signed_in=False,
        marks=(pytest.mark.slow,),
    ),
    Row(
        "help, with a configuration that is broken",
        recorded("nonsense", "`portals.json` is nonsense"),
        ("help", "exit-codes"),
        0,
        signed_in=False,
    ),
)
