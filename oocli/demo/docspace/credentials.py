"""Who sends a request to a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs (the selector),
common/ASC.Api.Core/Auth/*.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import quote

from oocli.demo.accounts import Account, Session
from oocli.demo.dates import http_date
from oocli.demo.exchange import Call
from oocli.demo.keys import Key
from oocli.demo.routing import Refusal
from oocli.demo.state import PortalState

COOKIE = "asc_auth_key"
CHALLENGE = ("WWW-Authenticate", 'Basic realm="localhost"')


@dataclass(frozen=True)
class Identity:
    """The caller, with the session or key behind it, and headers to send back.

    `refused` marks an API key that was sent and is no good.
    """

    account: Account | None = None
    session: Session | None = None
    key: Key | None = None
    refused: bool = False
    headers: tuple[tuple[str, str], ...] = ()


def identify(call: Call, state: PortalState) -> Identity:
    """Find the caller. Scheme words are case-sensitive and want their blank.

    API keys, JWTs and Basic win over a cookie; a portal token in the header loses against it.
    """
    header = call.header("Authorization") or ""
    if header.startswith("Basic "):
        return _basic(header[6:].strip(), state)
    bearer = header.startswith("Bearer ")
    value = header[7:].strip() if bearer else header.strip()
    if bearer and value.startswith("sk-") and state.api_keys:
        key = state.keys.find(value, state.clock())
        return Identity(key.owner, key=key) if key else Identity(refused=True)
    if bearer and value.count(".") == 2:
        return Identity(state.jwts.get(value))
    return _session(call, value, state)


def _session(call: Call, header_token: str, state: PortalState) -> Identity:
    sent = call.cookies.get(COOKIE)
    session = state.sessions.find(sent or header_token, state.clock())
    if session:
        return Identity(session.account, session)
    return Identity(headers=(cleared(),) if sent else ())


def _basic(value: str, state: PortalState) -> Identity:
    """Check e-mail address and password; what cannot be read is an error of the server."""
    try:
        email, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refusal(
            500, "The input is not a valid Base-64 string", "System.FormatException"
        ) from (error)
    if not colon:
        raise Refusal(500, "Index was outside the bounds", "System.IndexOutOfRangeException")
    account = state.people.by_login(email)
    good = account is not None and account.email == email.lower() and account.password == password
    return Identity(account if good and password else None, headers=(CHALLENGE,))


def cookie(session: Session, secure: bool, keep: bool = True) -> tuple[str, str]:
    """Build the cookie of a session, URL-escaped; without `keep` it ends with the browser.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Core/CookiesManager.cs.
    """
    ends = ""
    if keep and session.ends is not None:
        ends = f"expires={http_date(session.ends)}; "
    value = quote(session.token, safe="")
    safe = "secure; " if secure else ""
    return ("Set-Cookie", f"{COOKIE}={value}; {ends}path=/; {safe}samesite=strict; httponly")


def cleared() -> tuple[str, str]:
    """Build the cookie that makes a client forget its own."""
    return ("Set-Cookie", f"{COOKIE}=; expires={http_date(0)}; path=/; samesite=strict; httponly")
