"""What a Workspace portal says about itself."""

from __future__ import annotations

from oocli.demo.messages import JsonObject
from oocli.demo.routing import RequestContext, Route


def build(context: RequestContext) -> JsonObject:
    """Answer GET `settings/version/build`; the key `communityServer` names the kind of portal.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Settings/BuildVersion.cs.
    """
    return {"communityServer": "12.7.0", "documentServer": "8.2.2"}


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


ROUTES = (
    Route("GET", "settings/version/build", build, open=True),
    Route("GET", "settings", settings),
    Route("GET", "capabilities", capabilities, open=True),
)
