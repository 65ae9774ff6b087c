"""Why a portal did not let somebody in, and which other doors it has."""

from __future__ import annotations

from oocli.auth.password_hash import anonymous_response
from oocli.client.portal import PortalClient
from oocli.model.envelope import body_or_none
from oocli.model.errors import (
    Forbidden,
    NotFound,
    OocliError,
    PaymentRequired,
    PortalFailed,
    SignInNeeded,
)
from oocli.model.response import Response

# How long both kinds of portal block a name and address after five failures, unless its
# administrator chose otherwise (LoginSettings.cs in both servers).
BLOCK = "60 s"
# DocSpace, common/ASC.Core.Common/Tenants/TenantStatus.cs: states in which nobody gets in.
_SUSPENDED = 1
_STATES = {
    _SUSPENDED: "suspended",
    2: "about to be removed",
    3: "being moved",
    4: "being restored from a backup",
    5: "being migrated",
    6: "being encrypted",
}


def explain_sign_in_error(error: OocliError, portal: PortalClient) -> OocliError:
    """Return the failure of a sign-in as one that says why, and what the next step is."""
    if isinstance(error, SignInNeeded):
        return _wrong_password(error, portal)
    if isinstance(error, PaymentRequired):
        error.hint = f"the portal's owner must renew the plan: {portal.address.origin}"
    elif isinstance(error, Forbidden):
        return _forbidden(error, portal)
    elif isinstance(error, NotFound):
        error.hint = "the portal does not exist, or is suspended or about to be removed"
    elif isinstance(error, PortalFailed):
        _explain_failure(error, portal)
    return error


def explain_forbidden_address(error: OocliError) -> OocliError:
    """Add the next step to what a portal answers to every call from a forbidden address.

    DocSpace lets the sign-in itself through and refuses all that follows, in plain text
    (IpSecurityFilter.cs); Workspace answers 403 without a body.
    """
    answer = error.answer
    if type(error) is Forbidden and answer is not None:
        plain = answer.content_type == "text/plain" and "restricted" in error.why
        if plain or not answer.raw:
            error.hint = (
                "the portal may let in certain addresses only; ask its administrator to add yours"
            )
    return error


def _wrong_password(error: SignInNeeded, portal: PortalClient) -> OocliError:
    if "many attempts" in error.why:
        error.hint = f"wait {BLOCK} before the next try; even the right password is refused now"
        return error
    error.hint = "check the e-mail address and the password" + _other_ways_to_sign_in(portal)
    return error


def _other_ways_to_sign_in(portal: PortalClient) -> str:
    """Name the doors that a password does not open, as `capabilities` tells them."""
    found = anonymous_response(portal, "capabilities")
    doors = []
    if found.get("ssoUrl"):
        doors.append(str(found.get("ssoLabel") or "single sign-on"))
    providers = found.get("providers")
    if isinstance(providers, list):
        doors += [str(provider) for provider in providers[:6]]
    if not doors:
        return ""
    way = "an API key" if portal.kind.has_api_keys else "a token from the browser's session"
    return f"; an account of {', '.join(doors)} has none here: use {way} with --with-token"


def _forbidden(error: Forbidden, portal: PortalClient) -> OocliError:
    """Tell apart what DocSpace says with 403 while somebody signs in."""
    body = body_or_none(error.answer) if error.answer else None
    inside = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inside, dict):
        # No exception of the sign-in itself: the portal's state shuts everybody out.
        closed = closed_portal(portal, error.answer)
        if closed is not None:
            return _same_place(closed, error)
        return explain_forbidden_address(error)
    if inside.get("type"):
        hint = "the account may be disabled; ask the portal's administrator"
    else:
        hint = f"wait {BLOCK} before the next try; even the right password is refused now"
        if anonymous_response(portal, "settings").get("recaptchaPublicKey"):
            hint = f"wait {BLOCK}, or answer the captcha at {portal.address.origin} in a browser"
    return _same_place(SignInNeeded(error.why, hint=hint, answer=error.answer), error)


def _explain_failure(error: PortalFailed, portal: PortalClient) -> None:
    answer: Response | None = error.answer
    if answer is not None and answer.status == 503 and not answer.raw:
        error.why = "the portal is busy: it is being restored, moved or encrypted"
        error.hint = "try again later"
    elif "IPSecurity" in error.why:
        error.hint = "the portal lets in certain addresses only; ask its administrator"


def closed_portal(portal: PortalClient, answer: Response | None = None) -> PortalFailed | None:
    """Return the failure that names why a portal lets nobody in, or None if it tells no reason.

    DocSpace tells its state to everybody in `settings` (TenantStatusFilter.cs). Workspace does not,
    but a suspended one still answers paths that end in `capabilities.json` and says 404 to all
    others (Global.asax.cs). `answer` is what the portal refused with.
    """
    status = anonymous_response(portal, "settings").get("tenantStatus")
    if status is None and answer is not None and answer.status == 404:
        typed = "capabilities" if portal.kind.suffix else "capabilities.json.json"
        status = _SUSPENDED if "providers" in anonymous_response(portal, typed) else None
    state = _STATES.get(status) if isinstance(status, int) else None
    if state is None:
        return None
    hint = "ask the portal's owner to reactivate it" if status == _SUSPENDED else "try again later"
    return PortalFailed(f"the portal is {state}", hint=hint, answer=answer)


def _same_place(error: OocliError, before: OocliError) -> OocliError:
    return error.add_context(method=before.method, path=before.path, portal=before.portal)
