"""Group 9: downloads from a portal that lies, into folders where others have put things."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.conftest import Ran
from tests.faults.checks import NO_DATA, NO_FILE, NO_PARTS, OTHER_SAW_NOTHING, check, contains
from tests.faults.makers import made_by
from tests.faults.row import ANY, Check, Maker, Row
from tests.faults.world import World
from tests.portal import faults

GET = ("files", "get", "my/a.bin")
TREE = ("files", "get", "-r", "my/Top")
HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
POSIX = (pytest.mark.posix,)
FAILED = f"oocli: download on {{host}}: 1 of 2 files failed: {ANY}"


def a_file(fault: faults.Fault | None = None, size: int = 300, listed: int | None = None) -> Maker:
    """Put a file of so many bytes there, and play a fault where its content is asked for."""

    def do(world: World) -> None:
        file = world.portal.add_file("a.bin", None, b"x" * size)
        if listed is not None:
            world.portal.lie_about_size(file, listed)
        if fault is not None:
            world.portal.order("GET", HANDLER, fault, None)

    lie = "" if listed is None else f", which the portal lists with {listed}"
    played = "" if fault is None else f"; the portal simulates `{fault!r}`"
    return Maker(f"a file of {size} bytes{lie}{played}", do)


def a_tree(*titles: str) -> Maker:
    """Put a folder with files of these titles there, each with its title as content."""

    def do(world: World) -> None:
        top = world.portal.add_folder("Top")
        for title in titles:
            world.portal.add_file(title, top, title.encode())

    return Maker(f"files with the titles {', '.join(f'`{title!a}`' for title in titles)}", do)


def planted(how: str) -> Callable[[Callable[[World], object]], Maker]:
    """Put a tree of two files there, and what `do` puts in its way."""
    tree = a_tree("a.txt", "b.txt")
    return lambda do: tree & Maker(how, do)


@planted("the target has a link in place of the folder")
def link_for_folder(world: World) -> None:
    """Let the folder lead elsewhere."""
    (world.path / "outside").mkdir()
    (world.path / "Top").symlink_to("outside")


@planted("the target has a link in place of a file")
def link_for_file(world: World) -> None:
    """Let a file lead elsewhere."""
    (world.path / "Top").mkdir()
    (world.path / "precious").write_text("precious")
    (world.path / "Top/a.txt").symlink_to(world.path / "precious")


@planted("the target has a directory in place of a file")
def folder_for_file(world: World) -> None:
    """Let a directory be where a file should go."""
    (world.path / "Top/a.txt").mkdir(parents=True)


@made_by("the portal points to another server for the content of a file")
def stored_elsewhere(world: World) -> None:
    """Keep files at a server that says nothing but their content."""
    world.portal.add_file("a.bin", None, b"x" * 300)
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\nConnection: close\r\n\r\n" + b"x" * 300
    other = world.serve_raw(answer)
    location = f"http://127.0.0.1:{other.port}/bucket/1"
    world.portal.order("GET", HANDLER, faults.Redirect(302, location), None)


@made_by("the portal lists a folder inside itself")
def folder_in_itself(world: World) -> None:
    """Let a folder be its own child."""
    top = world.portal.add_folder("Top")
    inner = {"files": [], "folders": [{"id": top, "title": "again"}], "total": 1}
    world.portal.answers("GET", f"files/{top}", response=inner | {"current": {"id": top}})


@check("nothing is outside of `Top`")
def INSIDE(world: World, _: Ran) -> None:  # noqa: N802 - a constant of the table
    """Look into the working directory."""
    assert {path.name for path in world.path.iterdir()} <= {"Top", "config", "keyring.json"}


@check("`outside` is empty")
def OUTSIDE_EMPTY(world: World, _: Ran) -> None:  # noqa: N802
    """Look into the folder behind the link."""
    assert list((world.path / "outside").iterdir()) == []


@check("the part is kept for the next run")
def PART_KEPT(world: World, _: Ran) -> None:  # noqa: N802
    """Look for it."""
    (part,) = world.path.glob(".oocli-*.part")
    assert part.stat().st_size > 0
    assert os.name != "posix" or part.stat().st_mode & 0o022 == 0


def holds(*names: str) -> Check:
    """Compare the names in the folder."""

    def look(world: World, _: Ran) -> None:
        assert {path.name for path in (world.path / "Top").iterdir()} == set(names)

    return Check(f"`Top` holds {', '.join(names)}", look)


def lie(fault: str, made: Maker, why: str, exit: int = 5) -> Row:
    """Return the row of a file that does not come: nothing of it may be left."""
    line = f"oocli: my/a.bin on {{host}}: {why}"
    return Row(fault, made, GET, exit, (line,), (NO_DATA, NO_FILE, NO_PARTS))


ROWS = (
    lie(
        "the content of a file is shorter than the portal lists",
        a_file(listed=1000),
        "the portal lists 1,000 bytes, but sends 300",
    ),
    lie(
        "the content of a file is longer than the portal lists",
        a_file(listed=5),
        "the portal lists 5 bytes, but sends 300",
    ),
    lie(
        "the content of a file goes on behind its listed size, and its length is not said",
        a_file(faults.Chunked(50), listed=120),
        "the portal lists 120 bytes, but sends more",
    ),
    lie(
        "the content of a file ends before its listed size, and its length is not said",
        a_file(faults.Chunked(50), listed=1000),
        "the portal lists 1,000 bytes, but sends only 300",
    ),
    lie(
        "a file that is a compression bomb",
        a_file(faults.GzipBomb(1 << 24)),
        "the portal lists 300 bytes, but sends more",
    ),
    lie(
        "a page for browsers in place of a file",
        a_file(faults.Html(200, "Sign in")),
        f"the portal lists 300 bytes, but sends {ANY}",
    ),
    lie(
        "no content in place of a file",
        a_file(faults.Empty(204)),
        "the answer is not a file (204)",
    ),
    Row(
        "a download that breaks off again and again",
        a_file(faults.DropInBody(300_000), size=2_000_000),
        (*GET, "--retry", "1"),
        10,
        (
            "retry 1 of 1 in … s: …",
            "oocli: my/a.bin on {host}: the answer is incomplete (after 2 attempts)",
        ),
        (NO_DATA, PART_KEPT),
    ),
    Row(
        "a download that is redirected to another server",
        stored_elsewhere,
        GET,
        0,
        ("downloaded 1 file (300 bytes)",),
        (contains("a.bin", "x" * 300), OTHER_SAW_NOTHING),
    ),
    Row(
        "titles that lead out of the target",
        a_tree("../up.txt", "..", "/etc/passwd", "a\\b"),
        TREE,
        0,
        ("downloaded 4 files (…",),
        (INSIDE, holds(".._up.txt", "_", "_etc_passwd", "a_b")),
    ),
    Row(
        "titles that no Windows system takes",
        a_tree("CON", "nul.txt", "a:b", "dots..."),
        TREE,
        0,
        ("downloaded 4 files (…",),
        (holds("_CON", "_nul.txt", "a_b", "dots"),),
    ),
    Row(
        "titles that would drive a terminal",
        a_tree("\x1b]0;x\x07", "\u202egpj.exe", "a\nb"),
        TREE,
        0,
        ("downloaded 3 files (…",),
        (holds("_]0;x_", "_gpj.exe", "a_b"),),
    ),
    Row(
        "a title of 300 characters",
        a_tree("x" * 300 + ".txt"),
        TREE,
        0,
        ("downloaded 1 file (…",),
        (holds("x" * 251 + ".txt"),),
    ),
    Row(
        "a folder of the target that is a link",
        link_for_folder,
        TREE,
        12,
        (
            f"failed: my/Top/ on {{host}}: {ANY}Top is a symbolic link, which is not followed",
            "downloaded 0 files (0 bytes), 1 failed",
            f"oocli: download on {{host}}: 1 of 1 file failed: {ANY}",
        ),
        (OUTSIDE_EMPTY,),
        marks=POSIX,
    ),
    Row(
        "a file of the target that is a link",
        link_for_file,
        TREE,
        12,
        (
            f"failed: my/Top/a.txt on {{host}}: {ANY}it is a symbolic link, which is not followed",
            "downloaded 1 file (5 bytes), 1 failed",
            FAILED,
        ),
        (contains("precious", "precious"), contains("Top/b.txt", "b.txt"), NO_PARTS),
        marks=POSIX,
    ),
    Row(
        "a directory in place of a file of the target",
        folder_for_file,
        TREE,
        12,
        (
            f"failed: my/Top/a.txt on {{host}}: {ANY}it is a folder",
            "downloaded 1 file (5 bytes), 1 failed",
            FAILED,
        ),
        (contains("Top/b.txt", "b.txt"), NO_PARTS),
    ),
    Row(
        "a folder that is listed inside itself",
        folder_in_itself,
        TREE,
        12,
        (
            "failed: my/Top/again/ on {host}: the portal lists this folder inside itself",
            "downloaded 0 files (0 bytes), 1 failed",
            f"oocli: download on {{host}}: 1 of 1 file failed: {ANY}",
        ),
        (INSIDE,),
    ),
)
