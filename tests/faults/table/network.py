"""Group 1: what can happen between oocli and the portal."""

from __future__ import annotations

import socket
import struct
import time

from tests.faults.checks import BODY, NO_DATA, NO_PARTS, asked, contains, member, printed
from tests.faults.makers import answers, file, made_by, ordered, says, variables
from tests.faults.row import Row
from tests.faults.runners import shell, terminal, wait_and_type
from tests.faults.world import World
from tests.portal import faults

ME = ("call", "GET", "people/@self")
ONCE = (*ME, "--retry", "0")
GET = "GET people/@self on {host}"
NETWORK = "hint: check the network, a proxy, and whether the portal is up"
POST = ("call", "POST", "people", "-f", "firstname=x")


@made_by("nothing listens at the portal's address any more")
def gone(world: World) -> None:
    """Stop the portal."""
    world.sign()
    world.portal.stop()


@made_by("a list of 60, whose second page is what a folder contains")
def second_page_is_a_folder(world: World) -> None:
    """Let the first request pass and answer all others with a folder."""
    world.portal.add_posts(60)
    folder = {"files": [], "folders": [], "total": 60}
    world.portal.order("GET", "community/blog", faults.Delay(0), times=1)
    world.portal.answers("GET", "community/blog", response=folder)


@made_by("a list of 60, of which only the first page is ever answered")
def second_page_missing(world: World) -> None:
    """Let the first request pass and no other."""
    world.portal.add_posts(60)
    world.portal.order("GET", "community/blog", faults.CloseAfter(), times=1)
    world.portal.order("GET", "community/blog", faults.DropBeforeAnswer())


def endless(connection: socket.socket) -> None:
    """Send a body that does not end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def reset(connection: socket.socket) -> None:
    """End with a TCP reset in the middle of the headers."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def slowly(connection: socket.socket) -> None:
    """Send a status line byte by byte; the slowness is the fault."""
    for _ in range(50):
        connection.sendall(b"H")
        time.sleep(0.2)


CUT = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"'

ROWS = (
    Row(
        "the host name does not exist",
        variables(OOCLI_PORTAL="https://no-such-host.invalid", RES_OPTIONS="timeout:1 attempts:1"),
        ONCE,
        10,
        (
            "oocli: GET people/@self on no-such-host.invalid: the host name is unknown",
            "hint: check the spelling of --portal and the network",
        ),
        (NO_DATA,),
    ),
    Row(
        "the connection is refused",
        gone,
        ONCE,
        10,
        (f"oocli: {GET}: connection refused", NETWORK),
        (NO_DATA,),
    ),
    Row(
        "the connection is reset before an answer",
        ordered(faults.ResetConnection()),
        ONCE,
        10,
        (f"oocli: {GET}: the connection failed: reset by the portal",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "the connection is lost once, at a GET",
        ordered(faults.DropBeforeAnswer(), times=1),
        ME,
        0,
        ("retry 1 of 2 in …s: the connection failed: closed without an answer",),
        after=(BODY, asked(2)),
    ),
    Row(
        "the connection is lost after a POST was carried out",
        ordered(faults.DropBeforeAnswer(acted=True), "people"),
        POST,
        10,
        ("oocli: POST people on {host}: the connection failed: closed without an answer",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "the connection is reset in the headers",
        says(reset, "sends two headers and a TCP reset"),
        ONCE,
        10,
        (f"oocli: {GET}: the connection failed: reset by the portal",),
        (NO_DATA,),
    ),
    Row(
        "the answer ends in its headers",
        ordered(faults.DropInHeaders()),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "half a body",
        ordered(faults.DropInBody(10)),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "half a body into a file that was there",
        ordered(faults.DropInBody(10)) & file("kept.json", "before"),
        (*ONCE, "-o", "kept.json"),
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (contains("kept.json", "before"), NO_PARTS),
    ),
    Row(
        "half a chunk",
        ordered(faults.HalfChunk()),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "a length that promises more than comes",
        says(CUT, "promises 9 bytes and sends 4"),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA,),
    ),
    Row(
        "a length that cuts a packed body",
        ordered(faults.WrongLength(-20)),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "a length that cuts a plain body",
        says(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n"
            b'{"response":1}',
            "promises 5 bytes and sends 14",
        ),
        ONCE,
        5,
        (
            f"oocli: {GET}: broken JSON (… instead of an API answer (200)",
            "hint: check the portal's address and the path, and whether a proxy answers in between",
        ),
        (printed('{"res'),),
    ),
    Row(
        "a length that is no number",
        says(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2, 3\r\n\r\n{}",
            "says `Content-Length: 2, 3`",
        ),
        ONCE,
        10,
        (f"oocli: {GET}: …",),
        (NO_DATA,),
    ),
    Row(
        "a body that trickles under the read limit",
        ordered(faults.Trickle(0.2)),
        (*ONCE, "--max-time", "1"),
        11,
        (f"oocli: {GET}: not done within 1 s", "hint: allow more with --max-time SECONDS"),
        (NO_DATA, asked(1)),
    ),
    Row(
        "headers that trickle under the read limit",
        says(slowly, "sends a byte each 0.2 s"),
        (*ONCE, "--max-time", "1"),
        11,
        (f"oocli: {GET}: not done within 1 s", "hint: allow more with --max-time SECONDS"),
        (NO_DATA,),
    ),
    Row(
        "no answer at all",
        ordered(faults.Hang()),
        (*ME, "--timeout", "0.5"),
        11,
        (f"oocli: {GET}: no data received for 0.5 s", "hint: allow more with --timeout SECONDS"),
        (NO_DATA, asked(1)),
    ),
    Row(
        "a body without an end into a file",
        says(endless, "never stops sending"),
        ("call", "GET", "{raw}/file", "-o", "out.bin", "--max-time", "1"),
        11,
        ("oocli: GET /file on {host}: not done within 1 s", "hint: …"),
        (NO_PARTS,),
    ),
    Row(
        "a gzip bomb of a gigabyte",
        ordered(faults.GzipBomb(1 << 30)),
        ONCE,
        5,
        (
            f"oocli: {GET}: the answer decompresses to more than 200 times its size (200)",
            "hint: …",
        ),
        (NO_DATA, asked(1)),
        run=shell('ulimit -v 1000000; exec oocli "$@"'),
    ),
    Row(
        "a body called gzip that is none",
        ordered(faults.BadGzip()),
        ONCE,
        5,
        (f"oocli: {GET}: the answer cannot be decompressed",),
        (NO_DATA, asked(1)),
    ),
    Row(
        "a gzip body that ends early",
        answers(
            200,
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\x56",
            headers=(("Content-Encoding", "gzip"),),
            how="the head of a gzip stream",
        ),
        ONCE,
        10,
        (f"oocli: {GET}: the answer is incomplete",),
        (NO_DATA,),
    ),
    Row(
        "a body packed with brotli, which was not asked for",
        answers(
            200,
            b"\x0b\x02\x80{}\x03",
            headers=(("Content-Encoding", "br"),),
            how="two bytes packed with brotli",
        ),
        ONCE,
        5,
        (
            f"oocli: {GET}: the answer has the content encoding br, which was not requested (200)",
            "hint: …",
        ),
        (NO_DATA, asked(1)),
    ),
    Row(
        "100 MB of binary data where a person expected a line",
        answers(200, bytes(100_000_000), "application/octet-stream", how="100 MB of zeros"),
        ME,
        2,
        (
            "oocli: …the answer is binary (application/octet-stream) and is not written to a "
            "terminal",
            "hint: save it with -o FILE",
        ),
        run=terminal(),
    ),
    Row(
        "100 MB of JSON where a person expected a line",
        answers(200, b'{"response":"' + b"x" * 100_000_000 + b'"}', how="a string of 100 MB"),
        ME,
        130,
        run=terminal(
            "on a terminal, Ctrl-C at the first screen", talk=wait_and_type(("xxx", "^C"))
        ),
    ),
    Row(
        "5,000 headers",
        ordered(faults.ManyHeaders(5000)),
        ONCE,
        10,
        (f"oocli: {GET}: the connection failed: got more than 100 headers",),
        (NO_DATA,),
    ),
    Row(
        "a header of a megabyte",
        ordered(faults.ExtraHeaders((("X-Long", "x" * 1_000_000),))),
        ONCE,
        10,
        (f"oocli: {GET}: the connection failed: got more than 65536 bytes when reading …",),
        (NO_DATA,),
    ),
    Row(
        "something that is not HTTP",
        says(b"SSH-2.0-OpenSSH_9.2p1\r\n", "greets as an SSH server"),
        ONCE,
        10,
        (f"oocli: {GET}: the connection failed: …",),
        (NO_DATA,),
    ),
    Row(
        "a portal that is still starting, then is there",
        ordered(faults.WarmingUp(), times=1),
        ME,
        0,
        ("retry 1 of 2 in …s: the portal is starting",),
        after=(BODY, asked(2)),
    ),
    Row(
        "a portal that wants to be left alone for a day",
        ordered(faults.RateLimited(retry_after="86400")),
        ME,
        9,
        (
            f"oocli: {GET}: the portal asks to wait 86400 s, longer than 60 s (429)",
            "hint: run it again in 24 hours",
        ),
        (asked(1),),
    ),
    Row(
        "a POST into a limit without a word when to come back",
        ordered(faults.RateLimited(), "people"),
        POST,
        9,
        ("oocli: POST people on {host}: Too Many Requests (429)",),
        (asked(1),),
    ),
    Row(
        "the portal goes away between two pages",
        second_page_missing,
        ("call", "GET", "community/blog", "--paginate", "--page-size", "20", "--retry", "0"),
        12,
        ("oocli: GET community/blog on {host}: …",),
        (member("count", 20),),
    ),
    Row(
        "a list that becomes a folder between two pages",
        second_page_is_a_folder,
        ("call", "GET", "community/blog", "--paginate", "--page-size", "20"),
        12,
        (
            "oocli: GET community/blog on {host}: the list is incomplete; a later page failed: "
            "a later page of this list is the contents of a folder",
        ),
        (member("count", 20),),
    ),
)
