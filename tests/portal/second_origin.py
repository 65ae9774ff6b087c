"""A second origin that holds the files, as an S3-like store behind a portal does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

from oocli.demo import download
from oocli.demo.arguments import BadArgument
from oocli.demo.dates import http_date
from oocli.demo.http_io import ResponseWriter, serve_connection
from oocli.demo.listener import Listener
from oocli.demo.messages import Request, Response, first_value
from oocli.demo.state import PortalState
from oocli.demo.storage import File
from tests.portal import scripted_faults
from tests.portal.faults import Fault

XML = (("Content-Type", "application/xml"),)


class SecondOrigin:
    """Serves `/bucket/{file id}` to whoever has the signed address and sends no credential.

    A request with `Authorization` or a cookie is refused with 400, as S3 refuses two credentials
    at once; ranges out of reach are 416 here. `next_fault` returns the fault for a request, and
    `log` gets each request with the number of its connection.
    """

    def __init__(
        self,
        state: PortalState,
        host: str,
        next_fault: Callable[[Request], Fault | None],
        log: Callable[[Request, int], None],
    ) -> None:
        self._state = state
        self._next_fault = next_fault
        self._log = log
        self._stopping = threading.Event()
        self._listener = Listener(host, 0, self._serve)
        name = f"[{host}]" if ":" in host else host
        self.origin = f"http://{name}:{self._listener.port}"

    def stop(self) -> None:
        """End all connections."""
        self._stopping.set()
        self._listener.stop()

    def address(self, version: File) -> str:
        """Return the address of a version of a file, good for an hour."""
        query = f"versionId={version.version}&X-Amz-Signature=5f1e&X-Amz-Expires=3600"
        return f"{self.origin}/bucket/{version.id}?{query}"

    def _serve(self, connection: socket.socket, peer: str, number: int) -> None:
        def handle(request: Request) -> bool:
            self._log(request, number)
            headers = (("Server", "Store"), ("Date", http_date(self._state.clock())))
            exchange = scripted_faults.Exchange(
                ResponseWriter(connection, request.method, headers),
                carry_out=lambda: self._answer(request),
                note=lambda body: None,
                stopping=self._stopping,
            )
            scripted_faults.respond(exchange, self._next_fault(request))
            return exchange.writer.open and request.keep_alive

        serve_connection(connection, peer, self._stopping, handle)

    def _answer(self, request: Request) -> Response:
        if request.header("Authorization") is not None or request.header("Cookie") is not None:
            text = b"<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism</Message>"
            return Response(400, text + b"</Error>", XML)
        words = request.segments
        file = self._state.storage.file(words[1]) if len(words) == 2 else None
        wanted = first_value(request.query, "versionId") or "0"
        version = file.at_version(int(wanted)) if file and wanted.isdigit() else None
        if version is None or ("X-Amz-Signature", "5f1e") not in request.query:
            return Response(403, b"<Error><Code>AccessDenied</Code></Error>", XML)
        try:
            return download.send_body(version.title, version.content, request)
        except BadArgument:
            return Response(416, b"<Error><Code>InvalidRange</Code></Error>", XML)
