"""People, how they sign in, and the sessions that they hold."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import secrets
import uuid
from dataclasses import dataclass, field
from functools import lru_cache

YEAR_S = 365 * 24 * 3600.0
PASSWORD = "correct horse battery"  # noqa: S105 - the password of an invented person
OTHER_PASSWORD = "staple of the other"  # noqa: S105 - the password of an invented person
HASH_SALT = "0123456789abcdef" * 4
HASH_ROUNDS = 100_000
HASH_BITS = 256
LOGIN_ATTEMPTS = 5
LOGIN_WINDOW_S = 60.0
STARTED = 1_767_225_600.0  # 2026-01-01T00:00:00Z, when everything in the portal was made


@lru_cache(maxsize=64)
def password_hash(password: str) -> str:
    """Hash a password as the web forms do: the salt counts as text, not as the hex it looks like.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Common/Security/Cryptography/PasswordHasher.cs.
    """
    salt, size = HASH_SALT.encode(), HASH_BITS // 8
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, HASH_ROUNDS, size).hex()


@dataclass
class Account:
    """A person of the portal; an account without a password cannot sign in with one."""

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
    pending: bool = False  # invited, but has not signed in yet
    phone: str = ""
    totp_secret: bytes = b""
    totp_enrolled: bool = False
    backup_codes: list[str] = field(default_factory=list)

    @property
    def display_name(self) -> str:
        """The name as the servers show it: HTML-encoded, unlike first and last name.

        Source: ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core/Users/DisplayUserSettings.cs.
        """
        return html.escape(f"{self.first_name} {self.last_name}").replace("&#x27;", "&#39;")

    def matches(self, text: str) -> bool:
        """Tell whether a name or the e-mail address contains a text in lower case."""
        names = (self.first_name, self.last_name, self.email, self.user_name)
        return any(text in name.lower() for name in names)


class People(list[Account]):
    """All people of the portal; the first owns it."""

    def __init__(self) -> None:
        ann = Account(
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
        )
        bob = Account(
            id="9b7a1f8e-5d0c-4c2b-8f27-2f3f7f5f0b0b",
            user_name="bob",
            first_name="Bob",
            last_name="O'Brien",
            email="bob@example.com",
            password=OTHER_PASSWORD,
            phone="+12025550187",
            totp_secret=b"bob's own secret key",
        )
        super().__init__([ann, bob])

    def invite(self, email: str) -> Account:
        """Return the account with an address, or add a pending one."""
        account = self.by_login(email)
        if account is None:
            id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{email}"))
            name = email.partition("@")[0]
            account = Account(id, name, "", "", email.lower(), pending=True)
            self.append(account)
        return account

    def by_login(self, login: str) -> Account | None:
        """Find by e-mail address or id; a login accepts both, but no user name."""
        wanted = login.lower()
        return next((account for account in self if wanted in (account.email, account.id)), None)

    def by_name(self, name: str) -> Account | None:
        """Find by user name or id; `people/{x}` accepts both."""
        wanted = name.lower()
        found = (account for account in self if wanted in (account.user_name, account.id))
        return next(found, None)


@dataclass
class Group:
    """A department of the portal."""

    id: str
    name: str
    manager: Account
    members: list[Account] = field(default_factory=list)


def first_group(people: People) -> Group:
    """Make the group that Ann and Bob are in."""
    id = str(uuid.uuid5(uuid.NAMESPACE_URL, "demo:group:0"))
    return Group(id, html.escape("Law & Order"), people[0], people[:2])


@dataclass
class Session:
    """An issued token; `event` is the id of its login event, 0 if it has none."""

    token: str
    account: Account
    started: float
    ends: float | None
    event: int
    live: bool = True

    def valid(self, now: float) -> bool:
        """Tell whether the token opens the portal."""
        return self.live and (self.ends is None or now < self.ends) and not self.account.terminated


class Sessions:
    """All tokens ever issued, in that order."""

    def __init__(self) -> None:
        self.all: dict[str, Session] = {}
        self._events = itertools.count(1)
        self.lifetime_s: float | None = YEAR_S

    def start(self, account: Account, now: float) -> Session:
        """Issue a token, which contains each kind of base64 character: `+`, `/` and `=` too."""
        token = base64.b64encode(b"CI\x7e\xff\xff\xff" + secrets.token_bytes(70)).decode()
        ends = None if self.lifetime_s is None else now + self.lifetime_s
        self.all[token] = Session(token, account, now, ends, next(self._events))
        return self.all[token]

    def find(self, token: str, now: float) -> Session | None:
        """Return the session behind a token that still opens the portal."""
        session = self.all.get(token)
        return session if session and session.valid(now) else None


@dataclass
class LoginGuard:
    """Block a login name and address for 60 s after the sixth attempt within 60 s.

    Source: BruteForceLoginManager.cs in ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core, and in
    ONLYOFFICE/DocSpace-server, web/ASC.Web.Core.
    """

    _attempts: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def enter(self, login: str, address: str, now: float) -> bool:
        """Count an attempt; return False while the pair is blocked, whatever the password."""
        attempts = self._attempts.get((login, address), [])
        attempts = [at for at in attempts if at > now - LOGIN_WINDOW_S]
        if len(attempts) > LOGIN_ATTEMPTS:
            return False
        attempts.append(now)
        if len(attempts) > LOGIN_ATTEMPTS:
            attempts = [now] * len(attempts)  # the block lasts a whole window
        self._attempts[login, address] = attempts
        return len(attempts) <= LOGIN_ATTEMPTS

    def succeed(self, login: str, address: str) -> None:
        """Remove the attempt just counted: the password was right."""
        self._attempts[login, address].pop()
