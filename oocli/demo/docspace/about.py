"""What a DocSpace portal says about itself."""

from __future__ import annotations

from oocli.demo.accounts import HASH_BITS, HASH_ROUNDS, HASH_SALT
from oocli.demo.messages import JsonObject
from oocli.demo.routing import RequestContext, Route

VERSION = "3.7.2"


def build(context: RequestContext) -> JsonObject:
    """Answer GET `settings/version/build`; the key `docSpace` names the kind of portal.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Core/BuildVersion.cs.
    """
    return {"docSpace": VERSION, "documentServer": "9.1.0"}


def settings(context: RequestContext) -> JsonObject:
    """Answer GET `settings`; callers who are not signed in see how to hash a password.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/Settings/SettingsController.cs.
    """
    answer: JsonObject = {
        "trustedDomainsType": 0,
        "culture": "en-US",
        "utcOffset": "00:00:00",
        "utcHoursOffset": 0,
        "greetingSettings": "ONLYOFFICE",
        "version": VERSION,
        "tenantStatus": context.state.tenant_status,
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
    if context.caller is not None:
        answer |= {"timezone": "UTC", "ownerId": context.state.people[0].id}
    if context.caller is None or context.arguments.flag("withpassword"):
        answer["passwordHash"] = {"size": HASH_BITS, "iterations": HASH_ROUNDS, "salt": HASH_SALT}
    return answer


def capabilities(context: RequestContext) -> JsonObject:
    """Answer GET `capabilities`."""
    return {
        "ldapEnabled": context.state.ldap,
        "providers": ["google", "linkedin"],
        "ssoLabel": "Single Sign-on",
        "ssoUrl": context.state.sso_url,
        "oauthEnabled": True,
        "identityServerEnabled": True,
    }


ROUTES = (
    Route("GET", "settings/version/build", build, open=True),
    Route("GET", "settings", settings, open=True),
    Route("GET", "capabilities", capabilities, open=True),
    Route("GET", "capabilities.json", capabilities, open=True),
)
