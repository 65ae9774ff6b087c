"""A second origin that holds the files, as an S3-like store behind a portal does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

from oocli.demo import download
from oocli.demo.dates import http_date
from oocli.demo.exchange import Answer, Call, Seen, first
from oocli.demo.faults import Fault
from oocli.demo.listener import Listener
from oocli.demo.state import PortalState
from oocli.demo.tricks import play
from oocli.demo.wire import Incoming, Stage, converse

XML = (("Content-Type", "application/xml"),)


class Store:
    """Serves `/bucket/{file id}` to whoever has the signed address and sends no credential.

    A request with `Authorization` or a cookie is refused with 400, as S3 refuses two credentials
    at once; ranges out of reach are 416 here.
    """

    def __init__(
        self, state: PortalState, host: str, ordered: Callable[[Call], Fault | None]
    ) -> None:
        self._state = state
        self._ordered = ordered
        self._stopping = threading.Event()
        self.requests: list[Seen] = []
        self._listener = Listener(host, 0, self._talk)
        name = f"[{host}]" if ":" in host else host
        self.origin = f"http://{name}:{self._listener.port}"

    def stop(self) -> None:
        """End all connections."""
        self._stopping.set()
        self._listener.stop()

    def _talk(self, connection: socket.socket, peer: str, number: int) -> None:
        def each(incoming: Incoming) -> bool:
            seen = Seen(
                incoming.method,
                incoming.target,
                incoming.headers,
                incoming.body,
                self._state.clock(),
                number,
            )
            self.requests.append(seen)
            call = Call(incoming.method, incoming.target, incoming.headers, incoming.body, peer)
            stage = Stage(
                connection,
                method=incoming.method,
                base=(("Server", "Store"), ("Date", http_date(self._state.clock()))),
                act=lambda: self._answer(call),
                note=lambda body: None,
                stopping=self._stopping,
            )
            play(stage, self._ordered(call))
            return stage.open and not incoming.last

        converse(connection, self._stopping, each)

    def _answer(self, call: Call) -> Answer:
        if call.header("Authorization") is not None or call.header("Cookie") is not None:
            text = b"<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism</Message>"
            return Answer(400, text + b"</Error>", XML)
        file = self._state.storage.file(call.words[1]) if len(call.words) == 2 else None
        asked = first(call.query, "versionId") or "0"
        version = file.at_version(int(asked)) if file and asked.isdigit() else None
        if version is None or ("X-Amz-Signature", "5f1e") not in call.query:
            return Answer(403, b"<Error><Code>AccessDenied</Code></Error>", XML)
        try:
            return download.sent(version.content, version.title, call)
        except download.BadRange:
            return Answer(416, b"<Error><Code>InvalidRange</Code></Error>", XML)
