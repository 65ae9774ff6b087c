"""API keys of a DocSpace portal and what each may do."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from oocli.demo.accounts import Account

DAY_S = 86400.0
SCOPES = (
    "*",
    *(
        f"{area}:{right}"
        for area in ("*", "rooms", "files", "accounts.self", "accounts")
        for right in ("read", "write")
    ),
)
_AREAS = (
    ("files/rooms", "rooms"),
    ("files", "files"),
    ("people/@self", "accounts.self"),
    ("people", "accounts"),
    ("group", "accounts"),
)


@dataclass
class ApiKey:
    """A key; `secret` is its full text; with `ends` None it does not expire."""

    id: str
    name: str
    secret: str
    owner: Account
    scopes: list[str]
    made: float
    ends: float | None = None
    active: bool = True
    used: float | None = None

    @property
    def masked(self) -> str:
        """What lists show: the last four digits.

        Source: ONLYOFFICE/DocSpace-server, common/ASC.Core.Common/EF/Model/ApiKey.cs.
        """
        return f"sk-***{self.secret[-4:]}"

    def valid(self, now: float) -> bool:
        """Tell whether the key opens the portal."""
        return self.active and (self.ends is None or now < self.ends)


@dataclass
class ApiKeys:
    """The keys of a portal in the order of their creation."""

    all: list[ApiKey] = field(default_factory=list)

    def make(
        self, owner: Account, now: float, name: str, scopes: Sequence[str] = (), days: float = 0
    ) -> ApiKey:
        """Create a key. Without scopes it has all of them, without days it never expires."""
        ends = now + days * DAY_S if days else None
        secret = "sk-" + secrets.token_hex(32)
        key = ApiKey(str(uuid.uuid4()), name, secret, owner, list(scopes), now, ends)
        self.all.append(key)
        return key

    def find(self, secret: str, now: float) -> ApiKey | None:
        """Return the valid key with this text, and record that it was used."""
        for key in self.all:
            if key.secret == secret and key.valid(now):
                key.used = now
                return key
        return None


def allowed(scopes: Sequence[str], method: str, path: str) -> bool:
    """Tell whether a key with these scopes may send a request; the first area that fits counts.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Auth/AuthorizationExtension.cs.
    """
    if not scopes or "*" in scopes or path == "keys/@self":
        return True
    reading = method == "GET"
    wanted = {"*:read", "*:write"} if reading else {"*:write"}
    area = next((area for start, area in _AREAS if path.startswith(start)), None)
    if area and reading:
        wanted.add(f"{area}:read")
    if area and not (reading and path.startswith("group")):  # a quirk of the server's table
        wanted.add(f"{area}:write")
    return bool(wanted.intersection(scopes))
