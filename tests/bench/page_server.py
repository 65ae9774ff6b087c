"""A server of one long list, its answers made before the first request: the client is measured.

    python tests/bench/page_server.py [ITEMS] [PAGE]

Prints its port and serves Workspace's `people` until it is ended.
"""

from __future__ import annotations

import json
import socketserver
import sys

ITEMS, PAGE = 100_000, 1_000


def person(number: int) -> dict[str, object]:
    """Return an item of the size that portals give (half a kilobyte)."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012x}",
        "userName": f"person.{number}",
        "isVisitor": False,
        "firstName": "Zoë" if number % 100 == 0 else "Zoe",
        "lastName": f"Number{number}",
        "email": f"person.{number}@example.com",
        "status": 1,
        "activationStatus": 1,
        "terminated": None,
        "department": "",
        "workFrom": "2024-01-10T00:00:00.0000000+03:00",
        "displayName": f"Zoe Number{number}",
        "mobilePhone": "",
        "isAdmin": False,
        "isLDAP": False,
        "isOwner": False,
        "isSSO": False,
        "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
        "profileUrl": f"http://127.0.0.1/Products/People/Profile.aspx?user=person.{number}",
    }


def answers(items: int, page: int) -> dict[bytes, bytes]:
    """Return the whole answer, head and body, for each startIndex."""
    made = {}
    for start in range(0, items + page, page):
        found = [person(number) for number in range(start, min(start + page, items))]
        body = {"count": len(found), "total": items, "status": 0, "response": found}
        raw = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n"
            f"Content-Length: {len(raw)}\r\n\r\n"
        )
        made[str(start).encode()] = head.encode() + raw
    return made


class Handler(socketserver.StreamRequestHandler):
    """Answers one connection's requests."""

    made: dict[bytes, bytes] = {}  # noqa: RUF012 - filled once, then only read

    def handle(self) -> None:
        """Read each head, send the page that its startIndex names."""
        while line := self.rfile.readline():
            while self.rfile.readline() not in (b"\r\n", b""):
                pass
            start = line.partition(b"startIndex=")[2].partition(b" ")[0].partition(b"&")[0]
            self.request.sendall(self.made[start or b"0"])


class Server(socketserver.ThreadingTCPServer):
    """A thread a connection."""

    daemon_threads = True
    allow_reuse_address = True


def main() -> None:
    """Serve until ended."""
    numbers = [int(one) for one in sys.argv[1:]]
    items, page = numbers if len(numbers) == 2 else (ITEMS, PAGE)
    Handler.made = answers(items, page)
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)  # noqa: T201
        server.serve_forever()


if __name__ == "__main__":
    main()
