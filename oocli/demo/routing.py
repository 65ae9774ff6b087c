"""Which function answers a request, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from oocli.demo.accounts import Account, Session
from oocli.demo.arguments import Arguments
from oocli.demo.exchange import Call, Pairs
from oocli.demo.state import PortalState


class Refusal(Exception):
    """The portal says no: an HTTP status and the message for the body.

    `kind` is the .NET type behind it where the server shows one; without it a plain refusal.
    """

    def __init__(self, status: int, message: str, kind: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind


class Invalid(Exception):
    """The arguments break rules of their class: complaints by the name of the member."""

    def __init__(self, faults: dict[str, list[str]]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Reply:
    """What an action returns when more than the bare `response` has to be said.

    `count` and `total` of None leave them to the kind of portal; `lazy` marks a list that the
    server builds while it writes, whose length it therefore does not know.
    """

    response: Any = None
    count: int | None = None
    total: int | None = None
    status: int | None = None
    headers: Pairs = ()
    lazy: bool = False
    paged: bool = False


@dataclass
class Visit:
    """One request on its way through the portal, with who asks and what is asked for."""

    call: Call
    state: PortalState
    arguments: Arguments
    names: dict[str, str] = field(default_factory=dict)
    caller: Account | None = None
    session: Session | None = None
    cookie_session: Session | None = None

    @property
    def user(self) -> Account:
        """The caller, of whom the route has made sure."""
        if self.caller is None:
            raise Refusal(403, "Access denied", "System.Security.SecurityException")
        return self.caller

    @property
    def now(self) -> float:
        """The portal's clock."""
        return self.state.clock()


@dataclass(frozen=True)
class Route:
    """One row of a table of routes; `{name}` in the path takes any one segment.

    `open` needs no login, `free` passes on unpaid portals, `while_suspended` on suspended ones,
    `paged` reads `count` and `startIndex`, `body` has a part that must come as JSON.
    """

    method: str
    path: str
    act: Callable[[Visit], Any]
    open: bool = False
    free: bool = False
    paged: bool = False
    body: bool = False
    while_suspended: bool = False

    def match(self, words: Sequence[str]) -> dict[str, str] | None:
        """Return the path variables if the words fit, else None; fixed words in any case."""
        pattern = self.path.split("/")
        if len(pattern) != len(words):
            return None
        names: dict[str, str] = {}
        for wanted, word in zip(pattern, words, strict=True):
            if wanted.startswith("{"):
                if not word:
                    return None
                names[wanted[1:-1]] = word
            elif wanted != word.lower():
                return None
        return names


class Table:
    """Routes of one kind of portal; those with fewer variables win."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: route.path.count("{"))

    def fitting(self, words: Sequence[str]) -> list[tuple[Route, dict[str, str]]]:
        """Return each route whose path fits, whatever its method, the best first."""
        found = []
        for route in self._routes:
            names = route.match(words)
            if names is not None:
                found.append((route, names))
        return found
