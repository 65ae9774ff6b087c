"""Who sends a request to a Workspace portal, and which cookie goes back."""

from __future__ import annotations

from urllib.parse import unquote

from oocli.demo.accounts import Session
from oocli.demo.credentials import COOKIE
from oocli.demo.dates import cookie_date
from oocli.demo.messages import Request
from oocli.demo.state import PortalState


def by_cookie(request: Request, state: PortalState) -> Session | None:
    """Find the session of the cookie."""
    return by_token(request.cookies.get(COOKIE, ""), state)


def by_token(token: str, state: PortalState) -> Session | None:
    """Find the session of a token, raw or URL-encoded."""
    now = state.clock()
    return state.sessions.find(token, now) or state.sessions.find(unquote(token), now)


def cookie(session: Session, secure: bool) -> tuple[str, str]:
    """Build the cookie of a session; its value is not encoded."""
    ends = f"; expires={cookie_date(session.ends)}" if session.ends is not None else ""
    return (
        "Set-Cookie",
        f"{COOKIE}={session.token}{ends}; path=/; HttpOnly{'; Secure' if secure else ''}",
    )


def cleared_cookie() -> tuple[str, str]:
    """Build the cookie that removes the client's."""
    return ("Set-Cookie", f"{COOKIE}=; expires={cookie_date(0)}; path=/; HttpOnly")
