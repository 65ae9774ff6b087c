"""What a DocSpace portal tells of itself, and the sessions of its users."""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import HASH_BITS, HASH_ROUNDS, HASH_SALT, Session
from oocli.demo.dates import utc
from oocli.demo.routing import Refusal, Route, Visit

VERSION = "3.7.2"
EDITOR_VERSION = "9.1.0"


def build(visit: Visit) -> dict[str, str]:
    """Answer GET `settings/version/build`; the key `docSpace` names the kind of portal.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Core/BuildVersion.cs.
    """
    return {"docSpace": VERSION, "documentServer": EDITOR_VERSION}


def settings(visit: Visit) -> dict[str, Any]:
    """Answer GET `settings`: how to hash a password, to those who are not signed in.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/Settings/SettingsController.cs.
    """
    answer: dict[str, Any] = {
        "trustedDomainsType": 0,
        "culture": "en-US",
        "utcOffset": "00:00:00",
        "utcHoursOffset": 0,
        "greetingSettings": "ONLYOFFICE",
        "version": VERSION,
        "tenantStatus": visit.state.tenant_status,
        "tenantAlias": "localhost",
        "enabledJoin": False,
        "thirdpartyEnable": False,
        "docSpace": True,
        "standalone": True,
        "baseDomain": "localhost",
        "cookieSettingsEnabled": False,
        "recaptchaType": 0,
        "deepLink": {
            "androidPackageName": "com.onlyoffice.documents",
            "url": "oodocuments://openfile",
            "iosPackageId": "944896972",
        },
    }
    if visit.caller is not None:
        answer |= {"timezone": "UTC", "ownerId": visit.state.people.known[0].id}
    if visit.caller is None or visit.arguments.flag("withpassword"):
        answer["passwordHash"] = {
            "size": HASH_BITS,
            "iterations": HASH_ROUNDS,
            "salt": HASH_SALT,
        }
    return answer


def capabilities(visit: Visit) -> dict[str, Any]:
    """Answer GET `capabilities`."""
    return {
        "ldapEnabled": visit.state.ldap,
        "providers": ["google", "linkedin"],
        "ssoLabel": "Single Sign-on",
        "ssoUrl": visit.state.sso_url,
        "oauthEnabled": True,
        "identityServerEnabled": True,
    }


def color_theme(visit: Visit) -> dict[str, Any]:
    """Answer GET `settings/colortheme`."""
    colors = {"accent": "#4781D1", "buttons": "#5299E0"}
    texts = {"accent": "#FFFFFF", "buttons": "#FFFFFF"}
    theme = {"id": 1, "name": "blue", "main": colors, "text": texts}
    return {"themes": [theme], "selected": 1, "limit": 9}


def logos(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `settings/whitelabel/logos`."""
    picture = f"{visit.call.origin}/static/images/logo/lightsmall.svg"
    return [{"name": "LightSmall", "path": {"light": picture, "dark": picture}}]


def connections(visit: Visit) -> dict[str, Any]:
    """Answer GET `security/activeconnections`; `loginEvent` is read from the cookie alone.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/ConnectionsController.cs.
    """
    own = visit.cookie_session.event if visit.cookie_session else 0
    sessions = visit.state.sessions.of(visit.user, visit.now)
    sessions.sort(key=lambda one: (one.event != own, -one.event))
    if not sessions:
        # Somebody is here all the same, so the server makes one up from this request.
        browser = visit.call.header("User-Agent") or ""
        made_up = Session("", visit.user, visit.now, None, event=0)
        return {"items": [_connection(made_up, visit.call.peer, browser)], "loginEvent": own}
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
    """Answer PUT `security/activeconnections/logout/{id}`; an id that is not one's own is false."""
    word = visit.names["event"]
    if not word.isdigit():
        raise Refusal(400, "The value is not valid", "System.ArgumentException")
    return visit.state.sessions.end(int(word), visit.user)


def end_others(visit: Visit) -> str:
    """Answer PUT `…/logoutallexceptthis`; this one is the cookie's."""
    own = visit.cookie_session.event if visit.cookie_session else 0
    for session in visit.state.sessions.of(visit.user, visit.now):
        if session.event != own:
            session.live = False
    return visit.user.display_name


ROUTES = (
    Route("GET", "settings/version/build", build, open=True, free=True),
    Route("GET", "settings", settings, open=True, free=True, while_suspended=True),
    Route("GET", "settings/colortheme", color_theme, open=True, free=True, while_suspended=True),
    Route("GET", "settings/whitelabel/logos", logos, open=True, free=True, while_suspended=True),
    Route("GET", "capabilities", capabilities, open=True, free=True),
    Route("GET", "capabilities.json", capabilities, open=True, free=True),
    Route("GET", "security/activeconnections", connections),
    Route("PUT", "security/activeconnections/logout/{event}", end_connection),
    Route("PUT", "security/activeconnections/logoutallexceptthis", end_others),
)
