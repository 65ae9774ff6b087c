"""What a Workspace portal tells of itself, and the sessions of its users."""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import STARTED, Session
from oocli.demo.dates import utc
from oocli.demo.routing import Route, Visit
from oocli.demo.workspace.credentials import client_address

VERSION = "12.7.0"
EDITOR_VERSION = "8.2.2"


def build(visit: Visit) -> dict[str, str]:
    """Answer GET `settings/version/build`; the key `communityServer` names the kind of portal.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Settings/BuildVersion.cs.
    """
    return {"communityServer": VERSION, "documentServer": EDITOR_VERSION}


def settings(visit: Visit) -> dict[str, Any]:
    """Answer GET `settings`, which needs a login here."""
    return {
        "timezone": "Europe/Moscow",
        "trustedDomains": [],
        "trustedDomainsType": 0,
        "culture": "en-US",
        "utcOffset": "03:00:00",
        "utcHoursOffset": 3,
    }


def capabilities(visit: Visit) -> dict[str, Any]:
    """Answer GET `capabilities`; an empty `ssoUrl` means that single sign-on is off."""
    return {
        "ldapEnabled": visit.state.ldap,
        "oauthEnabled": True,
        "providers": ["google", "facebook"],
        "ssoLabel": "Single Sign-on",
        "ssoUrl": visit.state.sso_url,
    }


def warmup(visit: Visit) -> str:
    """Answer GET `warmup/progress`: a JSON text inside the text."""
    return '{"Completed":true,"ProgressItems":[]}'


def portal(visit: Visit) -> dict[str, Any]:
    """Answer GET `portal`, the raw tenant."""
    return {
        "tenantId": 1,
        "tenantAlias": "localhost",
        "name": "Demo portal",
        "tenantDomain": visit.call.origin.partition("://")[2],
        "status": visit.state.tenant_status,
        "ownerId": visit.state.people.known[0].id,
        "version": 2,
        "createdDateTime": utc(STARTED),
    }


def password_policy(visit: Visit) -> dict[str, Any]:
    """Answer GET `settings/security/password`."""
    return {"minLength": 8, "upperCase": False, "digits": False, "specSymbols": False}


def connections(visit: Visit) -> dict[str, Any]:
    """Answer GET `security/activeconnections`; `loginEvent` is read from the cookie alone.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Security/SecurityApi.cs.
    """
    own = visit.cookie_session.event if visit.cookie_session else 0
    sessions = visit.state.sessions.of(visit.user, visit.now)
    sessions.sort(key=lambda one: (one.event != own, -one.event))
    if not sessions:
        # Somebody is here all the same, so the server makes one up from this request.
        browser = visit.call.header("User-Agent") or ""
        made_up = Session("", visit.user, visit.now, None, event=0)
        return {
            "items": [_connection(made_up, client_address(visit.call), browser)],
            "loginEvent": own,
        }
    return {"items": [_connection(one) for one in sessions], "loginEvent": own}


def _connection(session: Session, ip: str = "127.0.0.1", browser: str = "") -> dict[str, Any]:
    return {
        "id": session.event,
        "tenantId": 1,
        "userId": session.account.id,
        "mobile": False,
        "ip": ip,
        "country": "",
        "city": "",
        "browser": browser,
        "platform": "",
        "date": utc(session.started),
        "page": "",
    }


def end_connection(visit: Visit) -> bool:
    """Answer PUT `security/activeconnections/logout/{id}`; errors are swallowed into false."""
    word = visit.names["event"]
    return word.isdigit() and visit.state.sessions.end(int(word), visit.user)


def end_others(visit: Visit) -> str:
    """Answer PUT `…/logoutallexceptthis`: without the cookie the caller's own session dies too."""
    own = visit.cookie_session.event if visit.cookie_session else 0
    for session in visit.state.sessions.of(visit.user, visit.now):
        if session.event != own:
            session.live = False
    return visit.user.display_name


ROUTES = (
    Route("GET", "settings/version/build", build, open=True),
    Route("GET", "settings", settings),
    Route("GET", "settings/security/password", password_policy),
    Route("GET", "capabilities", capabilities, open=True),
    Route("GET", "warmup/progress", warmup, open=True),
    Route("GET", "portal", portal),
    Route("GET", "security/activeconnections", connections),
    Route("PUT", "security/activeconnections/logout/{event}", end_connection),
    Route("PUT", "security/activeconnections/logoutallexceptthis", end_others),
)
