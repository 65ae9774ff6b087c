"""A server that says exactly what a test puts on the wire, and requests to send to it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from oocli.model.address import PortalAddress
from oocli.model.kinds import UNKNOWN
from oocli.model.request import Request, RequestTarget
from oocli.transport.http import Http

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


Script = Callable[[socket.socket, threading.Event], None]


class RawServer:
    """Answers the n-th connection with the n-th script, the last one for all that follow.

    A script is bytes, or a function that gets the connection once the head of a request is there,
    and the event that is set when the server ends.
    `heads` are the heads of the requests, in order of arrival.
    """

    def __init__(self, scripts: Sequence[bytes | Script]) -> None:
        self.heads: list[str] = []
        self._scripts = list(scripts)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop."""
        self.ending.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listening.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while not self.ending.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece or piece[0] == 0x16:  # the client left, or wants TLS
                return
            head += piece
        self.heads.append(head.decode("latin-1"))
        script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        if callable(script):
            script(connection, self.ending)
        else:
            connection.sendall(script)


@pytest.fixture
def raw() -> Iterator[Callable[..., RawServer]]:
    """Start servers that say these things."""
    running: list[RawServer] = []

    def start(*scripts: bytes | Script) -> RawServer:
        running.append(RawServer(scripts or [OK]))
        return running[-1]

    yield start
    for server in running:
        server.close()


class Sender:
    """Sends requests to a portal; the waits between repeats are noted, not slept."""

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
def sender() -> Iterator[Callable[..., Sender]]:
    """Make senders, and close their connections at the end."""
    made: list[Sender] = []

    def make(origin: str, **more: object) -> Sender:
        made.append(Sender(origin, **more))
        return made[-1]

    yield make
    for client in made:
        client.http.close()
