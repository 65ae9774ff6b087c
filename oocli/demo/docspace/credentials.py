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
from oocli.demo.api_keys import ApiKey
from oocli.demo.dates import http_date
from oocli.demo.messages import Headers, Request
from oocli.demo.routing import Refusal
from oocli.demo.state import PortalState

COOKIE = "asc_auth_key"
CHALLENGE = ("WWW-Authenticate", 'Basic realm="localhost"')


@dataclass(frozen=True)
class Identity:
    """The caller, the API key that was sent, and headers to send back.

    `bad_key` says that an API key was sent which is not valid.
    """

    account: Account | None = None
    key: ApiKey | None = None
    bad_key: bool = False
    headers: Headers = ()


def identify(request: Request, state: PortalState) -> Identity:
    """Find the caller. Scheme words are case-sensitive and need their blank.

    API keys, JWTs and Basic win over a cookie; a portal token in the header loses against it.
    """
    header = request.header("Authorization") or ""
    if header.startswith("Basic "):
        return _basic(header[6:].strip(), state)
    bearer = header.startswith("Bearer ")
    token = header[7:].strip() if bearer else header.strip()
    if bearer and token.startswith("sk-") and state.api_keys:
        key = state.keys.find(token, state.clock())
        return Identity(key.owner, key) if key else Identity(bad_key=True)
    if bearer and token.count(".") == 2:
        return Identity(state.jwts.get(token))
    cookie = request.cookies.get(COOKIE)
    session = state.sessions.find(cookie or token, state.clock())
    if session:
        return Identity(session.account)
    if not cookie:
        return Identity()
    cleared = f"{COOKIE}=; expires={http_date(0)}; path=/; samesite=strict; httponly"
    return Identity(headers=(("Set-Cookie", cleared),))


def _basic(value: str, state: PortalState) -> Identity:
    """Check e-mail address and password; what cannot be read is an error of the server."""
    try:
        email, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        message = "The input is not a valid Base-64 string"
        raise Refusal(500, message, "System.FormatException") from error
    if not colon:
        raise Refusal(500, "Index was outside the bounds", "System.IndexOutOfRangeException")
    account = state.people.by_login(email)
    if account and password and (account.email, account.password) != (email.lower(), password):
        account = None
    return Identity(account if password else None, headers=(CHALLENGE,))


def cookie(session: Session, secure: bool, keep: bool = True) -> tuple[str, str]:
    """Build the cookie of a session, URL-escaped; without `keep` it ends with the browser.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Core/CookiesManager.cs.
    """
    ends = ""
    if keep and session.ends is not None:
        ends = f"expires={http_date(session.ends)}; "
    value = quote(session.token, safe="")
    flag = "secure; " if secure else ""
    return ("Set-Cookie", f"{COOKIE}={value}; {ends}path=/; {flag}samesite=strict; httponly")
