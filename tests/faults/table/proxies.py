"""Group 1, its second half: what a proxy can do."""

from __future__ import annotations

import socket

from tests.faults.checks import NO_DATA, asked, printed
from tests.faults.makers import made_by, variables
from tests.faults.row import Maker, Row
from tests.faults.table.network import GET, ONCE
from tests.faults.world import World

PROXY = "hint: check --proxy, HTTPS_PROXY and NO_PROXY"


@made_by("the proxy's address is one where nothing listens")
def no_proxy_there(world: World) -> None:
    """Name a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        world.env["HTTP_PROXY"] = f"http://127.0.0.1:{free.getsockname()[1]}"


def proxy(script: bytes, how: str, *, secure: bool = False) -> Maker:
    """Put a proxy that answers so between the program and the portal."""

    def do(world: World) -> None:
        server = world.serve_raw(script)
        world.env["HTTPS_PROXY" if secure else "HTTP_PROXY"] = f"http://127.0.0.1:{server.port}"
        if secure:
            world.env["OOCLI_PORTAL"] = "https://portal.example.com"
            world.names["host"] = "portal.example.com"

    return Maker(f"a proxy that {how}", do)


def page(status: str, title: str, *headers: str) -> bytes:
    """Spell an answer of a proxy."""
    body = f"<html><head><title>{title}</title></head><body>{title}</body></html>"
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    lines += [f"Content-Length: {len(body)}", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


ROWS = (
    Row(
        "a proxy that is not there",
        no_proxy_there,
        ONCE,
        10,
        (f"oocli: {GET}: the proxy failed: connection refused", PROXY),
        (asked(0),),
    ),
    Row(
        "a proxy that wants a sign-in, over http",
        proxy(page("407 Proxy Authentication Required", "sign in"), "answers 407"),
        ONCE,
        10,
        (f"oocli: {GET}: …(407)",),
        (asked(0),),
    ),
    Row(
        "a proxy that wants a sign-in, over https",
        proxy(
            page("407 Proxy Authentication Required", "sign in"),
            "answers CONNECT with 407",
            secure=True,
        ),
        ONCE,
        10,
        (
            f"oocli: {GET}: the proxy failed: it requires a sign-in (407); put USER:PASSWORD@ "
            "in front of its host name",
            PROXY,
        ),
        (NO_DATA, asked(0)),
    ),
    Row(
        "a proxy that answers with a page of its own",
        proxy(page("200 OK", "Welcome to the guest network"), "answers 200 with HTML"),
        ONCE,
        5,
        (
            f'oocli: {GET}: an HTML page ("Welcome to the guest network") instead of an API '
            "answer (200)",
            "hint: check the portal's address and the path, and whether a proxy answers in between",
        ),
        (printed("<html>"), asked(0)),
    ),
    Row(
        "a proxy that forbids the tunnel with a page",
        proxy(page("403 Forbidden", "not allowed"), "answers CONNECT with 403", secure=True),
        ONCE,
        10,
        (f"oocli: {GET}: the proxy failed: …403…", PROXY),
        (NO_DATA, asked(0)),
    ),
    Row(
        "a proxy whose address is no address",
        variables(HTTP_PROXY="http://[::1"),
        ONCE,
        2,
        ("oocli: …the proxy cannot be used: …", PROXY),
        (NO_DATA, asked(0)),
    ),
)
