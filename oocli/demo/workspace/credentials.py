"""Who sends a request to a Workspace portal, and which cookie goes back."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import unquote

from oocli.demo.accounts import Account, Session
from oocli.demo.dates import cookie_date
from oocli.demo.messages import Headers, Request
from oocli.demo.state import PortalState

COOKIE = "asc_auth_key"


@dataclass(frozen=True)
class Identity:
    """The caller, and the cookies to send back."""

    account: Account | None = None
    cookies: Headers = ()


def identify(request: Request, state: PortalState) -> Identity:
    """Find the caller: the header first, then the cookie; a cookie that has ended is cleared.

    Every answer to a request that its header authenticated sets the cookie
    (ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Global.asax.cs).
    """
    header = request.header("Authorization")
    session = by_header(header, state) if header else None
    if session:
        return Identity(session.account, (cookie(session, request.secure),))
    if not request.cookies.get(COOKIE):
        return Identity()
    session = by_cookie(request, state)
    return Identity(session.account) if session else Identity(cookies=(cleared_cookie(),))


def identify_by_field(request: Request, state: PortalState, form: Headers) -> Account | None:
    """Look for a query or form field of the cookie's name: for routes that need a login.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Specific/ASCCookieAuthorization.cs.
    """
    for name, value in (*request.query, *form):
        session = by_token(value, state) if name.lower() == COOKIE else None
        if session:
            return session.account
    return None


def by_header(header: str, state: PortalState) -> Session | None:
    """Read `Authorization`: what holds `Basic`, what holds `Bearer`, else the raw token."""
    if "Basic" in header:
        return _basic(header.partition("Basic")[2].strip(), state)
    if "Bearer" in header:
        header = header.partition("Bearer")[2]
    return by_token(header.strip(), state)


def by_cookie(request: Request, state: PortalState) -> Session | None:
    """Find the session that the cookie names."""
    return by_token(request.cookies.get(COOKIE, ""), state)


def by_token(token: str, state: PortalState) -> Session | None:
    """Find the session of a token, raw or URL-escaped."""
    now = state.clock()
    return state.sessions.find(token, now) or state.sessions.find(unquote(token), now)


def _basic(value: str, state: PortalState) -> Session | None:
    """Check an e-mail address and a password; the session has no login event.

    A password with a colon is cut (module/ASC.Api/ASC.Specific/ASCBasicAuthorization.cs).
    """
    try:
        words = base64.b64decode(value, validate=True).decode("ascii").split(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    account = state.people.by_login(words[0])
    if account is None or len(words) < 2 or not words[1] or account.password != words[1]:
        return None
    for session in state.sessions.all.values():
        if session.account is account and not session.event and session.valid(state.clock()):
            return session
    return state.sessions.start(account, state.clock(), event=False)


def cookie(session: Session, secure: bool) -> tuple[str, str]:
    """Build the cookie of a session, its value raw."""
    ends = f"; expires={cookie_date(session.ends)}" if session.ends is not None else ""
    return (
        "Set-Cookie",
        f"{COOKIE}={session.token}{ends}; path=/; HttpOnly{'; Secure' if secure else ''}",
    )


def cleared_cookie() -> tuple[str, str]:
    """Build the cookie that makes a client forget its own."""
    return ("Set-Cookie", f"{COOKIE}=; expires={cookie_date(0)}; path=/; HttpOnly")
