"""A demo portal that logs requests and carries out the faults that a test orders."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, ClassVar

from oocli.demo.http_io import ResponseWriter
from oocli.demo.messages import Headers, Request, RequestPattern, Response, first_value
from oocli.demo.server import origin_form
from tests.portal import compression, faults, proxies, scripted_faults
from tests.portal.bodies import Body, Spool, joined
from tests.portal.controls import ControlledPortal, FailingOperations
from tests.portal.crowd import ManyGroups, ManyPeople
from tests.portal.faults import Fault
from tests.portal.kinds import ControlledDocspace, ControlledWorkspace
from tests.portal.second_origin import SecondOrigin
from tests.portal.sharing import SharingStorage

LOG_LENGTH = 10_000
UNSET: Any = object()
OUTSIDE = "outside the sub-path"
SPOOL = Spool()


@dataclass(frozen=True)
class LoggedRequest:
    """A request in the log, with its headers in the order and spelling in which they arrived.

    `at` is the time of the portal in seconds; `connection` is the number of the connection, from 1.
    """

    method: str
    target: str
    headers: Headers
    body: Body
    at: float
    connection: int

    def header(self, name: str) -> str | None:
        """Return the first value of a header, ignoring the case of its name."""
        return first_value(self.headers, name)


@dataclass
class Order:
    """A fault for the next `times` requests that match a pattern, or for all if that is None."""

    pattern: RequestPattern
    fault: Fault
    times: int | None


class DemoPortal(ControlledPortal):
    """The demo portal for tests.

    `sub_path` ("/office") puts the portal below a path, which DocSpace omits from absolute
    addresses. `public_origin`, if it is not empty, begins the absolute addresses in responses: a
    real portal behind a proxy or on loopback writes another origin there than the client uses.
    """

    faults: ModuleType = faults
    kinds: ClassVar = {"workspace": ControlledWorkspace, "docspace": ControlledDocspace}

    def __init__(
        self,
        kind: str = "workspace",
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        tls: tuple[str, str] | None = None,
        tfa: str | None = None,
        clock: Callable[[], float] = time.time,
        api_keys: bool = True,
        sub_path: str = "",
    ) -> None:
        if kind not in self.kinds:
            raise ValueError(f"no kind of portal: {kind!r}")
        if tfa not in (None, "app", "app-new", "sms", "sms-new"):
            raise ValueError(f"no second factor: {tfa!r}")
        super().__init__(kind, port=port, host=host, tls=tls, tfa=tfa, clock=clock)
        self._sub_path = "/" + sub_path.strip("/") if sub_path.strip("/") else ""
        self.public_origin = ""
        self._second_origin: SecondOrigin | None = None
        self._lock = threading.Lock()
        self._log: deque[LoggedRequest] = deque(maxlen=LOG_LENGTH)
        self._asked: list[tuple[str, str]] = []
        self._orders: list[Order] = []
        self._last_body = b""
        self.store_requests: list[LoggedRequest] = []
        self._state.api_keys = api_keys
        self._state.uploads.join = joined
        self._state.operations = FailingOperations()
        self._state.people = ManyPeople()
        self._state.factor.prepare(self._state.people.known)
        self._state.groups = ManyGroups(self._state.people)
        self._state.storage = SharingStorage(self._state.people)
        self._portal = self.kinds[kind](self._state)

    def stop(self) -> None:
        """End all connections and waits; keep the log."""
        super().stop()
        if self._second_origin:
            self._second_origin.stop()
            self._second_origin = self._state.file_address = None

    @property
    def host(self) -> str:
        """Host, port and sub-path, as a user types the portal."""
        return self.authority + self._sub_path

    @property
    def origin(self) -> str:
        """Scheme and `host`."""
        return super().origin + self._sub_path

    def store_elsewhere(self) -> str:
        """Serve files from a second origin from now on, and return it; downloads answer 302.

        Its paths are `bucket/ID`, for which faults can be ordered too. `store_requests` are the
        requests that it has received.
        """
        if self._second_origin is None:

            def log(request: Request, number: int) -> None:
                self.store_requests.append(self._logged(request, number))

            self._second_origin = SecondOrigin(self._state, self._address[0], self._next_fault, log)
            self._state.file_address = self._second_origin.address
        return self._second_origin.origin

    # Log

    @property
    def requests(self) -> list[LoggedRequest]:
        """The last 10 000 requests, in order of arrival."""
        with self._lock:
            return list(self._log)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Method and path, without the query, of every request so far."""
        with self._lock:
            return list(self._asked)

    @property
    def last_body(self) -> bytes:
        """The last body that was sent, complete and uncompressed."""
        return self._last_body

    @property
    def connections(self) -> int:
        """The number of connections accepted since the start."""
        return self._listener.connections if self._listener else 0

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self._log.clear()
            self._asked.clear()

    def _logged(self, request: Request, number: int) -> LoggedRequest:
        return LoggedRequest(
            request.method, request.target, request.headers, request.body, self.clock(), number
        )

    # Orders

    def order(self, method: str, path: str, fault: Fault, times: int | None = 1) -> None:
        """Order a fault for the next `times` requests (None: all) for a path.

        `method` can be "*" for any. `path` is compared ignoring case, without sub-path,
        `/api/2.0/`, a final `.json` and the query; "*" is any path, and a final "*" any ending.
        Counted orders precede unlimited ones; of the counted the oldest, of the unlimited the
        newest applies.
        """
        with self._lock:
            self._orders.append(Order(RequestPattern(method.upper(), path), fault, times))

    def answers(
        self,
        method: str,
        path: str,
        status: int = 200,
        error: str | None = None,
        response: Any = UNSET,
        body: bytes | None = None,
        headers: Sequence[tuple[str, str]] = (),
        reason: str | None = None,
        times: int | None = None,
    ) -> None:
        """Order a response: an error or a response in the envelope of the kind, or this body."""
        if body is not None:
            built = Response(status, body)
        elif error is not None:
            built = self._portal.error(status, error)
        else:
            built = self._portal.success(status, None if response is UNSET else response)
        built = replace(built.plus(*headers), reason=reason or built.reason)
        self.order(method, path, built, times)

    def clear_orders(self) -> None:
        """Cancel all orders."""
        with self._lock:
            self._orders.clear()

    def _next_fault(self, request: Request, *, in_upload: bool = False) -> Fault | None:
        with self._lock:
            matching = [
                order
                for order in self._orders
                if isinstance(order.fault, faults.DropInUpload) == in_upload
                and order.pattern.matches(request)
            ]
            for order in matching:
                if order.times:
                    order.times -= 1
                    return order.fault
            unlimited = [order for order in matching if order.times is None]
            return unlimited[-1].fault if unlimited else None

    # Requests

    def read_body(self, request: Request, pieces: Iterator[bytes], number: int) -> Body:
        """Read and keep the body of a request, or end the connection within it if ordered."""
        fault = self._next_fault(request, in_upload=True)
        if not isinstance(fault, faults.DropInUpload):
            return SPOOL.keep(pieces)
        self._note_request(request, number)
        received = 0
        while received < fault.after_bytes:
            received += len(next(pieces))
        raise ConnectionError("dropped inside a body")

    def _note_request(self, request: Request, number: int) -> None:
        with self._lock:
            self._log.append(self._logged(request, number))
            self._asked.append((request.method, request.path))

    def handle(self, request: Request, connection: socket.socket, number: int) -> bool:
        """Log a request, and answer it if it is below the sub-path."""
        self._note_request(request, number)
        target = origin_form(request.target)
        below = target.removeprefix(self._sub_path)
        inside = not self._sub_path or (below != target and below[:1] == "/")
        request = replace(request, target=below if inside else OUTSIDE)
        return super().handle(request, connection, number)

    def respond(self, request: Request, writer: ResponseWriter) -> None:
        """Write the response, or carry out the ordered fault."""
        forwarded = {
            "workspace": proxies.forwarded_to_workspace,
            "docspace": proxies.forwarded_to_docspace,
        }
        request = forwarded[self.kind](request)
        if self.public_origin:
            request = replace(request, origin=self.public_origin)
        workspace = self.kind == "workspace"
        types = compression.WORKSPACE_TYPES if workspace else compression.DOCSPACE_TYPES
        exchange = scripted_faults.Exchange(
            writer,
            lambda: self.carry_out(request),
            self._note,
            self._stopping,
            lambda answer: compression.compress(request, answer) if workspace else answer,
            lambda answer: compression.is_compressed_by_proxy(request, answer, types),
        )
        outside = faults.Html(404, "404 Not Found") if request.target == OUTSIDE else None
        scripted_faults.respond(exchange, outside or self._next_fault(request))

    def _note(self, body: bytes) -> None:
        self._last_body = body
