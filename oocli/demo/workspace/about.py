"""What a Workspace portal says about itself, and the sessions of its users."""

from __future__ import annotations

from oocli.demo.accounts import STARTED
from oocli.demo.dates import utc
from oocli.demo.messages import JsonObject
from oocli.demo.people import active_connections, end_other_connections
from oocli.demo.routing import RequestContext, Route

VERSION = "12.7.0"
EDITOR_VERSION = "8.2.2"


def build(context: RequestContext) -> JsonObject:
    """Answer GET `settings/version/build`; the key `communityServer` names the kind of portal.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Settings/BuildVersion.cs.
    """
    return {"communityServer": VERSION, "documentServer": EDITOR_VERSION}


def settings(context: RequestContext) -> JsonObject:
    """Answer GET `settings`, which needs a login here."""
    return {
        "timezone": "Europe/Moscow",
        "trustedDomains": [],
        "trustedDomainsType": 0,
        "culture": "en-US",
        "utcOffset": "03:00:00",
        "utcHoursOffset": 3,
    }


def capabilities(context: RequestContext) -> JsonObject:
    """Answer GET `capabilities`; an empty `ssoUrl` means that single sign-on is off."""
    return {
        "ldapEnabled": context.state.ldap,
        "oauthEnabled": True,
        "providers": ["google", "facebook"],
        "ssoLabel": "Single Sign-on",
        "ssoUrl": context.state.sso_url,
    }


def warmup(context: RequestContext) -> str:
    """Answer GET `warmup/progress`: a JSON text inside the text."""
    return '{"Completed":true,"ProgressItems":[]}'


def portal(context: RequestContext) -> JsonObject:
    """Answer GET `portal`, the raw tenant."""
    return {
        "tenantId": 1,
        "tenantAlias": "localhost",
        "name": "Demo portal",
        "tenantDomain": context.request.origin.partition("://")[2],
        "status": context.state.tenant_status,
        "ownerId": context.state.people[0].id,
        "version": 2,
        "createdDateTime": utc(STARTED),
    }


def end_connection(context: RequestContext) -> bool:
    """Answer PUT `security/activeconnections/logout/{id}`; an error is just false."""
    event = context.names["event"]
    return event.isdigit() and context.state.sessions.end(int(event), context.user)


ROUTES = (
    Route("GET", "settings/version/build", build, open=True),
    Route("GET", "settings", settings),
    Route("GET", "capabilities", capabilities, open=True),
    Route("GET", "warmup/progress", warmup, open=True),
    Route("GET", "portal", portal),
    Route("GET", "security/activeconnections", active_connections),
    Route("PUT", "security/activeconnections/logout/{event}", end_connection),
    Route("PUT", "security/activeconnections/logoutallexceptthis", end_other_connections),
)
