"""People, their passwords and the sessions that they hold."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import overload

YEAR_S = 365 * 24 * 3600.0
PASSWORD = "correct horse battery"  # noqa: S105 - a made-up person's, not a secret
OTHER_PASSWORD = "staple of the other"  # noqa: S105 - likewise
HASH_SALT = "0123456789abcdef" * 4
HASH_ROUNDS = 100_000
HASH_BITS = 256
STARTED = 1_767_225_600.0  # 2026-01-01T00:00:00Z, when everything of the portal was made

_FIRST = ("Ada", "Boris", "Chen", "Dolores", "Émile", "Fatima", "Gita", "Hugo", "Ivana", "Jürgen")
_LAST = ("Adler", "Baker", "Costa", "D'Angelo", "Eriksen", "Fischer", "García", "Haas", "Ito")


@lru_cache(maxsize=64)
def password_hash(password: str, salt: str = HASH_SALT, rounds: int = HASH_ROUNDS) -> str:
    """Hash a password as the web forms do: the salt counts as text, not as the hex it looks like.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Common/Security/Cryptography/PasswordHasher.cs.
    """
    raw = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), salt.encode(), rounds, dklen=HASH_BITS // 8
    )
    return raw.hex()


@dataclass
class Account:
    """A person of the portal; those without a password cannot sign in with one."""

    id: str
    user_name: str
    first_name: str
    last_name: str
    email: str
    password: str = ""
    owner: bool = False
    admin: bool = False
    visitor: bool = False
    terminated: bool = False
    pending: bool = False  # invited, and not signed in yet
    phone: str = ""
    totp_secret: bytes = b""
    totp_enrolled: bool = False
    backup_codes: list[str] = field(default_factory=list)

    @property
    def display_name(self) -> str:
        """The name as the servers show it: HTML-encoded, unlike its two parts.

        Source: ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core/Users/DisplayUserSettings.cs.
        """
        return html.escape(f"{self.first_name} {self.last_name}").replace("&#x27;", "&#39;")


def made_up(number: int) -> Account:
    """Make the person with this number, the same one each time."""
    first_name = _FIRST[number % len(_FIRST)]
    last_name = _LAST[number // len(_FIRST) % len(_LAST)]
    return Account(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:person:{number}")),
        user_name=f"person{number}",
        first_name=first_name,
        last_name=last_name,
        email=f"person{number}@example.com",
    )


class People(Sequence[Account]):
    """Everybody: the accounts with passwords first, then made-up people, made when looked at."""

    def __init__(self) -> None:
        self.known = [
            Account(
                id="4c65a238-ca50-4374-b904-0d51d4c1822b",
                user_name="ann",
                first_name="Ann",
                last_name="Lee",
                email="ann@example.com",
                password=PASSWORD,
                owner=True,
                admin=True,
                phone="+12025550123",
                totp_secret=b"ann's own secret key",
            ),
            Account(
                id="9b7a1f8e-5d0c-4c2b-8f27-2f3f7f5f0b0b",
                user_name="bob",
                first_name="Bob",
                last_name="O'Brien",
                email="bob@example.com",
                password=OTHER_PASSWORD,
                phone="+12025550187",
                totp_secret=b"bob's own secret key",
            ),
        ]
        self.extra = 0

    def __len__(self) -> int:
        return len(self.known) + self.extra

    @overload
    def __getitem__(self, index: int) -> Account: ...
    @overload
    def __getitem__(self, index: slice) -> list[Account]: ...
    def __getitem__(self, index: int | slice) -> Account | list[Account]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.known[index] if index < len(self.known) else made_up(index - len(self.known))

    def __iter__(self) -> Iterator[Account]:
        return (self[index] for index in range(len(self)))

    def invite(self, email: str) -> Account:
        """Add somebody who has still to sign in for the first time, or find who is there."""
        name = email.partition("@")[0]
        invited = self.by_login(email) or Account(
            str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{email}")),
            user_name=name,
            first_name="",
            last_name="",
            email=email.lower(),
            pending=True,
        )
        if invited.pending and invited not in self.known:
            self.known.append(invited)
        return invited

    def by_login(self, login: str) -> Account | None:
        """Find by e-mail address or id, the two that a login accepts; a user name is neither."""
        wanted = login.lower()
        return next((one for one in self if wanted in (one.email, one.id)), None) if login else None

    def by_name(self, name: str) -> Account | None:
        """Find by user name or id, the two that `people/{x}` accepts."""
        wanted = name.lower()
        digits = wanted.removeprefix("person")
        if digits.isdigit() and wanted != digits:
            return made_up(int(digits)) if int(digits) < self.extra else None
        return next((one for one in self if wanted in (one.user_name, one.id)), None)


@dataclass
class Group:
    """A department of the portal."""

    id: str
    name: str
    manager: Account
    members: list[Account] = field(default_factory=list)


class Groups(Sequence[Group]):
    """The groups: the first holds Ann and Bob, the others are made when they are looked at."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.number = 1

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, index: int) -> Group: ...
    @overload
    def __getitem__(self, index: slice) -> list[Group]: ...
    def __getitem__(self, index: int | slice) -> Group | list[Group]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:group:{index}"))
        members = self._people.known[: 2 if index == 0 else 1]
        name = "Law & Order" if index == 0 else f"Group {index}"
        return Group(id, html.escape(name), self._people.known[0], members)


@dataclass
class Session:
    """A token that was given out; `event` is the login event behind it, 0 for one without."""

    token: str
    account: Account
    started: float
    ends: float | None
    event: int
    live: bool = True

    def good(self, now: float) -> bool:
        """Tell whether the token opens the portal."""
        return self.live and (self.ends is None or now < self.ends) and not self.account.terminated


class Sessions:
    """All tokens ever given out, in that order."""

    def __init__(self) -> None:
        self.all: dict[str, Session] = {}
        self._events = 0
        self.lifetime_s: float | None = YEAR_S

    def start(
        self, account: Account, now: float, lifetime_s: float | None = None, event: bool = True
    ) -> Session:
        """Give out a token; a lifetime of None means the portal's own.

        The text has each character that base64 knows, the awkward `+`, `/` and `=` among them.
        """
        token = base64.b64encode(b"CI\x7e\xff\xff\xff" + secrets.token_bytes(70)).decode()
        span = self.lifetime_s if lifetime_s is None else lifetime_s
        self._events += event
        session = Session(
            token, account, now, None if span is None else now + span, self._events * event
        )
        self.all[token] = session
        return session

    def find(self, token: str, now: float) -> Session | None:
        """Return the session behind a token that still opens the portal."""
        session = self.all.get(token)
        return session if session and session.good(now) else None

    def of(self, account: Account, now: float) -> list[Session]:
        """Return the live sessions of an account that have a login event."""
        return [
            one
            for one in self.all.values()
            if one.account is account and one.event and one.good(now)
        ]

    def end(self, event: int, account: Account) -> bool:
        """End the session of a login event; False where the account has none such."""
        for session in self.all.values():
            if event and session.event == event and session.account is account:
                session.live = False
                return True
        return False
