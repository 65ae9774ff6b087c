"""Who sends a request to a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs (the selector),
common/ASC.Api.Core/Auth/*.
"""

from __future__ import annotations

from urllib.parse import quote

from oocli.demo.accounts import Session
from oocli.demo.credentials import COOKIE, Identity
from oocli.demo.dates import http_date
from oocli.demo.messages import Request
from oocli.demo.state import PortalState


def identify(request: Request, state: PortalState) -> Identity:
    """Find the caller. Scheme words are case-sensitive and need their blank.

    An API key wins over a cookie; a portal token in the header loses against it.
    """
    header = request.header("Authorization") or ""
    bearer = header.startswith("Bearer ")
    token = header[7:].strip() if bearer else header.strip()
    if bearer and token.startswith("sk-") and state.api_keys:
        key = state.keys.find(token, state.clock())
        return Identity(key.owner, key) if key else Identity(bad_key=True)
    cookie = request.cookies.get(COOKIE)
    session = state.sessions.find(cookie or token, state.clock())
    if session:
        return Identity(session.account)
    if not cookie:
        return Identity()
    cleared = f"{COOKIE}=; expires={http_date(0)}; path=/; samesite=strict; httponly"
    return Identity(headers=(("Set-Cookie", cleared),))


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
