"""The demo portal: a server on loopback that answers like one kind of portal."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from oocli.demo.accounts import PASSWORD
from oocli.demo.dates import http_date
from oocli.demo.docspace.portal import Docspace
from oocli.demo.http_io import ResponseWriter, serve_connection
from oocli.demo.listener import Listener
from oocli.demo.messages import Request, RequestPattern, Response
from oocli.demo.routing import Portal
from oocli.demo.second_factor import SecondFactor, manual_key
from oocli.demo.state import PortalState
from oocli.demo.workspace.portal import Workspace

KINDS: Mapping[str, type[Portal]] = {"workspace": Workspace, "docspace": Docspace}


class DemoPortal:
    """A portal of one kind on loopback: Ann owns it, Bob is an ordinary user.

    `tfa` is None, "app", "app-new" (nobody has enrolled), "sms" or "sms-new" (nobody has a
    number); `tls` are the files of a certificate and its key; `clock` returns Unix seconds.

    A subclass can change what happens to a request: `read_body` reads its body, `handle` gets it
    as it arrived, `respond` writes the response, and `kinds` names the classes that carry requests
    out.
    """

    user = "ann@example.com"
    password = PASSWORD
    kinds: ClassVar[Mapping[str, type[Portal]]] = KINDS

    def __init__(
        self,
        kind: str = "workspace",
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        tls: tuple[str, str] | None = None,
        tfa: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.kind = kind
        self.clock = clock
        self._address = (host, port)
        self._tls = tls
        self._listener: Listener | None = None
        self._stopping = threading.Event()
        self._errors: list[tuple[RequestPattern, Response]] = []
        self._state = PortalState(clock, SecondFactor(tfa))
        self._state.factor.prepare(self._state.people)
        self._portal = self.kinds[kind](self._state)

    def start(self) -> DemoPortal:
        """Start to listen; from now on the port is known."""
        self._stopping.clear()
        self._listener = Listener(*self._address, self._serve, self._tls)
        return self

    def stop(self) -> None:
        """End all connections."""
        self._stopping.set()
        if self._listener:
            self._listener.stop()
            self._address = (self._address[0], self._listener.port)
            self._listener = None

    def __enter__(self) -> DemoPortal:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port; 0 before the first start if any free one was asked for."""
        return self._listener.port if self._listener else self._address[1]

    @property
    def authority(self) -> str:
        """Host and port."""
        name = f"[{self._address[0]}]" if ":" in self._address[0] else self._address[0]
        return f"{name}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self._tls else 'http'}://{self.authority}"

    def answers(self, method: str, path: str, status: int, error: str) -> None:
        """Answer matching requests with an error from now on.

        `method` "*" is any. `path` is compared without `/api/2.0/`, a final `.json`, query and
        case; "*" is any path, a final "*" any rest. The last matching call counts.
        """
        pattern = RequestPattern(method.upper(), path)
        self._errors.insert(0, (pattern, self._portal.error(status, error)))

    def totp_key(self) -> str:
        """Return the key that Ann's authenticator app was set up with, in base32."""
        return manual_key(self._state.people[0])

    def sms_code(self) -> str:
        """Return the code that was last sent to Ann by SMS, or an empty text."""
        return self._state.factor.sent.get(self._state.people[0].id, ("", 0.0))[0]

    def make_key(self) -> str:
        """Make an API key of Ann's that may do everything (DocSpace)."""
        with self._state.lock:
            return self._state.keys.make(self._state.people[0], self.clock(), "demo").secret

    # How a request is answered

    def _serve(self, connection: socket.socket, peer: str, number: int) -> None:
        handle = partial(self.handle, connection=connection, number=number)
        read_body = partial(self.read_body, number=number)
        serve_connection(connection, peer, self._stopping, handle, read_body)

    def read_body(self, request: Request, pieces: Iterator[bytes], number: int) -> bytes:
        """Return the body of a request from its pieces; `request` has no body yet.

        `number` counts the connections from 1.
        """
        return b"".join(pieces)

    def handle(self, request: Request, connection: socket.socket, number: int) -> bool:
        """Answer one request; return whether the connection may be used again."""
        origin = f"{'https' if self._tls else 'http'}://{request.header('Host') or self.authority}"
        request = replace(request, target=origin_form(request.target), origin=origin)
        headers = (("Server", self._portal.server_name), ("Date", http_date(self.clock())))
        writer = ResponseWriter(connection, request.method, headers)
        self.respond(request, writer)
        return writer.open and request.keep_alive

    def respond(self, request: Request, writer: ResponseWriter) -> None:
        """Write the response: an error that `answers` ordered, or what the portal says."""
        errors = (error for pattern, error in self._errors if pattern.matches(request))
        writer.send(next(errors, None) or self.carry_out(request))

    def carry_out(self, request: Request) -> Response:
        """Return the response of the portal to a request."""
        with self._state.lock:
            return self._portal.respond(request)


def origin_form(target: str) -> str:
    """Remove scheme and host from a request target."""
    if "://" not in target.partition("?")[0]:
        return target
    return "/" + target.partition("://")[2].partition("/")[2]
