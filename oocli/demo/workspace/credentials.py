"""Who sends a request to a Workspace portal, and which cookie goes back."""

from __future__ import annotations

from urllib.parse import unquote

from oocli.demo.accounts import Session
from oocli.demo.credentials import COOKIE, Identity
from oocli.demo.dates import cookie_date
from oocli.demo.messages import Request
from oocli.demo.state import PortalState


def identify(request: Request, state: PortalState) -> Identity:
    """Find the caller: the header first, then the cookie; a cookie that has ended is cleared.

    `Authorization` holds the token, raw or after `Bearer`.

    Every answer to a request that its header authenticated sets the cookie
    (ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Global.asax.cs).
    """
    header = request.header("Authorization") or ""
    token = header.partition("Bearer")[2] if "Bearer" in header else header
    session = by_token(token.strip(), state)
    if session:
        return Identity(session.account, headers=(cookie(session, request.secure),))
    if not request.cookies.get(COOKIE):
        return Identity()
    session = by_cookie(request, state)
    return Identity(session.account) if session else Identity(headers=(cleared_cookie(),))


def by_cookie(request: Request, state: PortalState) -> Session | None:
    """Find the session that the cookie names."""
    return by_token(request.cookies.get(COOKIE, ""), state)


def by_token(token: str, state: PortalState) -> Session | None:
    """Find the session of a token, raw or URL-escaped."""
    now = state.clock()
    return state.sessions.find(token, now) or state.sessions.find(unquote(token), now)


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
