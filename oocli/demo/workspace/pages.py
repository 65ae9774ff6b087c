"""Addresses of a Workspace portal outside its API."""

from __future__ import annotations

from oocli.demo.exchange import Answer, Call, html
from oocli.demo.state import PortalState
from oocli.demo.workspace.credentials import COOKIE, by_token, cleared


def not_found() -> Answer:
    """Show the page for an unknown route, which is also that for a wrong method."""
    return html(404, "404 - Page not found")


def auth_page(call: Call, state: PortalState) -> Answer:
    """Show the login page; with `t=logout` end the session that the cookie names.

    Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Auth.aspx.cs.
    """
    if ("t", "logout") not in [(name.lower(), value.lower()) for name, value in call.query]:
        return html(200, "Portal: sign in")
    token = call.cookies.get(COOKIE)
    session = by_token(token, state) if token else None
    if session and session.event:
        session.live = False
    location = call.origin + "/Auth.aspx"
    return html(302, "Object moved").plus(("Location", location), cleared())
