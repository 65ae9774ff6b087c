"""A server that sends exactly the bytes of a test, and a client that sends requests to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from oocli.model.address import PortalAddress
from oocli.model.kinds import UNKNOWN
from oocli.model.request import Request, RequestTarget
from oocli.transport.http import Http
from tests.raw_server import RawServer

OK_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
Script = Callable[[socket.socket, threading.Event], None]


class ScriptedServer(RawServer):
    """Answers connection n with script n, and all further connections with the last script.

    A script is bytes, or a function that is called after the head of a request has arrived, with
    the connection and the event that is set when the server stops. `heads` are the heads of the
    requests as text, in order of arrival.
    """

    heads: list[str]  # type: ignore[assignment]

    def __init__(self, scripts: Sequence[bytes | Script]) -> None:
        self._scripts = list(scripts)
        super().__init__(b"")

    def answer(self, connection: socket.socket) -> None:
        """Serve one connection."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece or piece[0] == 0x16:  # the client closed the connection, or starts TLS
                return
            head += piece
        self.heads.append(head.decode("latin-1"))
        script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        if callable(script):
            script(connection, self.ending)
        else:
            connection.sendall(script)


@pytest.fixture
def serve() -> Iterator[Callable[..., ScriptedServer]]:
    """Return a function that starts a server with these scripts."""
    running: list[ScriptedServer] = []

    def start(*scripts: bytes | Script) -> ScriptedServer:
        running.append(ScriptedServer(scripts or [OK_ANSWER]))
        return running[-1]

    yield start
    for server in running:
        server.close()


class Client:
    """Sends requests to a portal; notes the waits before retries in `waits` instead of sleeping."""

    def __init__(self, origin: str, **more: object) -> None:
        self.address = PortalAddress.parse(origin)
        self.waits: list[float] = []
        self.http = Http(
            self.address,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
            **more,  # type: ignore[arg-type]
        )

    def request(self, method: str = "GET", path: str = "people/@self", **more: object) -> Request:
        """Return a request for a path of the portal."""
        return Request(method, RequestTarget.parse(path, self.address, UNKNOWN), **more)  # type: ignore[arg-type]


@pytest.fixture
def client_of() -> Iterator[Callable[..., Client]]:
    """Return a function that makes a client of a portal; its connections are closed at the end."""
    made: list[Client] = []

    def make(origin: str, **more: object) -> Client:
        made.append(Client(origin, **more))
        return made[-1]

    yield make
    for client in made:
        client.http.close()
