"""The demo portal: start it, look at what it was asked, order faults from it."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType, TracebackType
from typing import Any

from oocli.demo import faults, second_factor
from oocli.demo.controls import Controls
from oocli.demo.dates import http_date
from oocli.demo.docspace.portal import Docspace
from oocli.demo.exchange import Answer, Call, Pairs, Seen, first, plain_path
from oocli.demo.faults import Fault, Order
from oocli.demo.listener import Listener
from oocli.demo.state import PortalState
from oocli.demo.store import Store
from oocli.demo.tricks import play
from oocli.demo.wire import Incoming, Stage, converse
from oocli.demo.workspace.portal import Workspace

KINDS: dict[str, type[Workspace | Docspace]] = {"workspace": Workspace, "docspace": Docspace}
UNSET: Any = object()
LOG_LENGTH = 10_000


class DemoPortal(Controls):
    """A portal of one kind on loopback: Ann owns it, Bob is an ordinary user of it.

    `tfa` is None, "app", "app-new" (nobody has enrolled), "sms" or "sms-new" (nobody has a
    number); `tls` the files of a certificate and its key; `sub_path` ("/office") puts the whole
    portal below a path, which DocSpace leaves out of absolute addresses; `clock` gives Unix seconds
    and rules all that has a date.
    """

    faults: ModuleType = faults

    def __init__(
        self,
        kind: str = "workspace",
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        tls: tuple[str, str] | None = None,
        tfa: str | None = None,
        api_keys: bool = True,
        clock: Callable[[], float] = time.time,
        sub_path: str = "",
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"no kind of portal: {kind!r}")
        self.kind = kind
        self._sub_path = "/" + sub_path.strip("/") if sub_path.strip("/") else ""
        self._address = (host, port)
        self._tls = tls
        self._listener: Listener | None = None
        self._store: Store | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._seen: deque[Seen] = deque(maxlen=LOG_LENGTH)
        self._orders: list[Order] = []
        self._last_body = b""
        state = PortalState(kind, clock, second_factor.SecondFactor(tfa), api_keys)
        state.factor.prepare(state.people.known)
        super().__init__(state, clock)
        self._portal = KINDS[kind](state)

    def start(self) -> DemoPortal:
        """Listen; the port is known from here on."""
        self._stopping.clear()
        self._listener = Listener(*self._address, self._talk, self._tls)
        return self

    def stop(self) -> None:
        """End all connections and waits; the log stays."""
        self._stopping.set()
        if self._listener:
            self._listener.stop()
            self._address = (self._address[0], self._listener.port)
            self._listener = None
        if self._store:
            self._store.stop()
            self._state.store_origin = ""

    def __enter__(self) -> DemoPortal:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port; 0 before the first start if any was good."""
        return self._listener.port if self._listener else self._address[1]

    @property
    def host(self) -> str:
        """Host, port and sub-path: the name by which a user knows the portal."""
        name = f"[{self._address[0]}]" if ":" in self._address[0] else self._address[0]
        return f"{name}:{self.port}{self._sub_path}"

    @property
    def origin(self) -> str:
        """Scheme and `host`."""
        return f"{'https' if self._tls else 'http'}://{self.host}"

    def store_elsewhere(self) -> str:
        """Keep files at a second origin from now on: downloads answer 302; return that origin.

        Its paths are `bucket/ID`; orders for them, and those for any path, count there too.
        """
        if self._store is None or not self._state.store_origin:
            self._store = Store(self._state, self._address[0], self._ordered)
            self._state.store_origin = self._store.origin
        return self._store.origin

    @property
    def store_requests(self) -> list[Seen]:
        """What the second origin was asked."""
        return list(self._store.requests) if self._store else []

    # What was asked

    @property
    def requests(self) -> list[Seen]:
        """The requests so far, in order of arrival; the last 10 000 of them."""
        with self._lock:
            return list(self._seen)

    @property
    def last_body(self) -> bytes:
        """The last body sent, before it was compressed or broken off."""
        with self._lock:
            return self._last_body

    @property
    def connections(self) -> int:
        """How many connections were accepted since the start."""
        return self._listener.connections if self._listener else 0

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self._seen.clear()

    # What to answer

    def order(self, method: str, path: str, fault: Fault, times: int | None = 1) -> None:
        """Let the next `times` requests (None: all) for a path meet a fault.

        `method` "*" is any. `path` is compared without sub-path, `/api/2.0/`, a final `.json` and
        query, letter case ignored; "*" is any, a final "*" any rest. Counted orders go before
        lasting ones; among counted ones the oldest, among lasting ones the newest goes first.
        """
        with self._lock:
            self._orders.append(Order(method.upper(), plain_path(path), fault, times))

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
        """Order an answer: an error or a success in this kind's envelope, or exactly `body`."""
        if body is not None:
            built = Answer(status, body, tuple(headers), reason)
        else:
            built = self._portal.ordered(status, error, response, response is not UNSET)
            built = Answer(status, built.body, (*built.headers, *headers), reason or built.reason)
        self.order(method, path, built, times)

    def clear_orders(self) -> None:
        """Answer normally again."""
        with self._lock:
            self._orders.clear()

    def _ordered(self, call: Call) -> Fault | None:
        path = plain_path(call.target)
        with self._lock:
            fitting = [order for order in self._orders if order.fits(call.method, path)]
            counted = [order for order in fitting if order.times is not None]
            if counted:
                order = counted[0]
                order.times = (order.times or 0) - 1
                return order.fault
            return fitting[-1].fault if fitting else None

    # Talk

    def _talk(self, connection: socket.socket, peer: str, number: int) -> None:
        converse(
            connection,
            self._stopping,
            lambda incoming: self._exchange(connection, incoming, peer, number),
        )

    def _exchange(
        self, connection: socket.socket, incoming: Incoming, peer: str, number: int
    ) -> bool:
        seen = Seen(
            incoming.method,
            incoming.target,
            incoming.headers,
            incoming.body,
            self.clock(),
            number,
        )
        with self._lock:
            self._seen.append(seen)
        below = self._below(incoming.target)
        call = self._call(incoming, below or incoming.target, peer)
        stage = self._stage(connection, call)
        play(stage, self._ordered(call) if below else faults.Html(404, "404 Not Found"))
        return stage.open and not incoming.last

    def _call(self, incoming: Incoming, target: str, peer: str) -> Call:
        host = first(incoming.headers, "Host") or self.host.removesuffix(self._sub_path)
        asked = f"{'https' if self._tls else 'http'}://{host}"
        call = Call(incoming.method, target, incoming.headers, incoming.body, peer, asked)
        origin = self._portal.origin(call, self._sub_path)
        public = self._state.public_origin or origin
        return replace(call, origin=public, secure=origin.startswith("https:"))

    def _below(self, target: str) -> str:
        """Take scheme, host and sub-path off a target; an empty text if it is not below."""
        if "://" in target.partition("?")[0]:
            target = "/" + target.partition("://")[2].partition("/")[2]
        if not self._sub_path:
            return target
        rest = target.removeprefix(self._sub_path)
        return rest if rest != target and rest[:1] in ("/", "") and rest else ""

    def _stage(self, connection: socket.socket, call: Call) -> Stage:
        def act() -> Answer:
            with self._state.lock:
                return self._portal.answer(call)

        return Stage(
            connection,
            method=call.method,
            base=self._base(),
            act=act,
            note=self._note,
            stopping=self._stopping,
        )

    def _base(self) -> Pairs:
        return (("Server", self._portal.SERVER), ("Date", http_date(self.clock())))

    def _note(self, body: bytes) -> None:
        with self._lock:
            self._last_body = body
