"""Group 10: uploads to a portal that fails, lies, or keeps files of one title."""

from __future__ import annotations

from oocli.demo.messages import RequestPattern
from tests.conftest import Ran
from tests.faults.checks import NO_DATA, check
from tests.faults.makers import file, made_by
from tests.faults.row import ANY, Check, Maker, Row
from tests.faults.world import World
from tests.portal import faults

PUT = ("files", "put", "a.bin", "my")
SMALL = file("a.bin", b"x" * 300, how="a file of 300 bytes")
LARGE = file("a.bin", b"x" * (11 << 20), how="a file of 11 MiB")
CHUNKS = "/Products/Files/ChunkedUploader.ashx"
FAILED = "oocli: my/a.bin on {host}: "


def uploads(fault: faults.Fault, times: int | None = None) -> Maker:
    """Play a fault where the file is sent."""

    def do(world: World) -> None:
        world.portal.order("POST", f"files/{world.portal.folder_id()}/upload", fault, times)

    return Maker(f"the portal simulates `{fault!r}` for uploads", do)


def tells(said: str, response: object) -> Maker:
    """Let the portal answer this to an upload."""

    def do(world: World) -> None:
        path = f"files/{world.portal.folder_id()}/upload"
        world.portal.answers("POST", path, response=response)

    return Maker(f"the portal answers an upload with {said}", do)


def links_to(link: str) -> Maker:
    """Let the portal name a link for the chunks."""

    def do(world: World) -> None:
        path = f"files/{world.portal.folder_id()}/upload/create_session"
        world.portal.answers("POST", path, response={"success": True, "data": {"location": link}})

    return Maker(f"the portal names `{link}` for the chunks", do)


@made_by("the portal refuses each chunk with status 200")
def refusing(world: World) -> None:
    """Say no as the handler of chunks does."""
    refused = b'{"success":false,"data":null,"message":"The quota is exceeded"}'
    headers = [("Content-Type", "application/json")]
    world.portal.answers("POST", CHUNKS, body=refused, headers=headers)


@made_by("the portal has two files of that title")
def twins(world: World) -> None:
    """Keep two of them."""
    for _ in range(2):
        world.portal.add_file("a.bin", None, b"old")


def stored(count: int) -> Check:
    """Compare how many files of the title the portal has."""

    def look(world: World, _: Ran) -> None:
        assert world.portal.titles().count("a.bin") == count

    return Check(f"the portal has {count} `a.bin`", look)


def sent(count: int) -> Check:
    """Compare how often something was to be changed."""

    def look(world: World, _: Ran) -> None:
        assert sum(method != "GET" for method, _ in world.portal.asked) == count

    return Check(f"{count} requests that change something", look)


@check("no request deletes anything")
def NOTHING_DELETED(world: World, _: Ran) -> None:  # noqa: N802 - a constant of the table
    """Look at the portal's log."""
    assert not any(RequestPattern("DELETE", "*").matches(one) for one in world.portal.requests)


ROWS = (
    Row(
        "an upload that the portal stored without an answer",
        SMALL & uploads(faults.DropBeforeAnswer(acted=True)),
        PUT,
        0,
        ("uploaded 1 file (300 bytes)",),
        (stored(1), sent(1), NOTHING_DELETED),
    ),
    Row(
        "an upload that breaks off again and again",
        SMALL & uploads(faults.DropInUpload(100)),
        PUT,
        10,
        (
            "retry 1 of 2 in … s: …",
            "retry 2 of 2 in … s: …",
            f"{FAILED}the connection failed: {ANY}",
        ),
        (NO_DATA, stored(0), sent(3)),
    ),
    Row(
        "an upload that fails at the portal",
        SMALL & uploads(faults.Html(500, "Out of space")),
        PUT,
        5,
        (f"{FAILED}{ANY}Out of space{ANY}",),
        (NO_DATA, stored(0), sent(1)),
    ),
    Row(
        "an answer to an upload without an id",
        SMALL & tells("`{}`", {}),
        PUT,
        5,
        (f"{FAILED}the answer describes no file (200)",),
        (NO_DATA, stored(0)),
    ),
    Row(
        "an answer to an upload with another size",
        SMALL & tells("a size of 3", {"id": 7, "title": "a.bin", "pureContentLength": 3}),
        PUT,
        5,
        (f"{FAILED}the portal has 3 bytes of 300 as file:7",),
        (NO_DATA, stored(0)),
    ),
    Row(
        "a link for chunks that leads to another host",
        LARGE & links_to("https://evil.example/upload"),
        PUT,
        5,
        (f"{FAILED}the upload link cannot be used: {ANY}",),
        (NO_DATA, sent(1)),
    ),
    Row(
        "a link for chunks that leads into the API",
        LARGE & links_to("/api/2.0/people"),
        PUT,
        5,
        (f"{FAILED}not an upload link: /api/2.0/people{ANY}",),
        (NO_DATA, sent(1)),
    ),
    Row(
        "chunks that are refused with status 200",
        LARGE & refusing,
        PUT,
        8,
        (f"{FAILED}The quota is exceeded{ANY}",),
        (NO_DATA, stored(0), NOTHING_DELETED),
    ),
    Row(
        "two files of one title at the portal",
        SMALL & twins,
        PUT,
        2,
        (
            f"{FAILED}2 files have this title: file:{ANY} and file:{ANY}",
            "hint: rename one of them, then upload again",
        ),
        (NO_DATA, stored(2), sent(0)),
    ),
)
