"""Why a portal refused a sign-in, and how else the person could sign in."""

from __future__ import annotations

from oocli.auth.password_hash import anonymous_response
from oocli.client.portal import PortalClient
from oocli.model.envelope import Refusal, body_or_none, refusal_in
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
BLOCK_TIME = "60 s"
# DocSpace, common/ASC.Core.Common/Tenants/TenantStatus.cs: states in which nobody can sign in.
_SUSPENDED = 1
_STATES = {
    _SUSPENDED: "suspended",
    2: "about to be removed",
    3: "being moved",
    4: "being restored from a backup",
    5: "being migrated",
    6: "being encrypted",
}


class WrongPassword(SignInNeeded):
    """Name and password were not accepted.

    `other_ways` names the sign-in services of the portal: their accounts have no password there.
    `accepts_keys`: an API key could be used instead, else only a token of a browser's session.
    """

    other_ways: tuple[str, ...] = ()
    accepts_keys = False


def explain_sign_in_error(error: OocliError, portal: PortalClient) -> OocliError:
    """Return the failure of a sign-in as one that says why, and what the next step is."""
    answer = error.answer
    refusal = refusal_in(answer)
    if isinstance(error, SignInNeeded):
        if refusal is not Refusal.TOO_MANY_ATTEMPTS:
            return _wrong_password(error, portal)
        error.hint = (
            f"wait {BLOCK_TIME} before the next try; even the right password is refused now"
        )
    elif isinstance(error, PaymentRequired):
        error.hint = f"the portal's owner must renew the plan: {portal.address.origin}"
    elif isinstance(error, Forbidden):
        return _forbidden(error, portal)
    elif isinstance(error, NotFound):
        error.hint = "the portal does not exist, or is suspended or about to be removed"
    elif isinstance(error, PortalFailed) and answer is not None:
        if answer.status == 503 and not answer.raw:
            error.why = "the portal is busy: it is being restored, moved or encrypted"
            error.hint = "try again later"
        elif refusal is Refusal.FORBIDDEN_ADDRESS:
            error.hint = "the portal accepts only certain IP addresses; ask its administrator"
    return error


def explain_forbidden_address(error: OocliError) -> OocliError:
    """Add the next step to what a portal answers to every call from a forbidden address.

    DocSpace accepts the sign-in itself and refuses all that follows, in plain text
    (IpSecurityFilter.cs); Workspace answers 403 without a body.
    """
    answer = error.answer
    by_address = answer and (not answer.raw or refusal_in(answer) is Refusal.FORBIDDEN_ADDRESS)
    if type(error) is Forbidden and by_address:
        error.hint = (
            "the portal may accept only certain IP addresses; ask its administrator to add yours"
        )
    return error


def _wrong_password(error: SignInNeeded, portal: PortalClient) -> WrongPassword:
    """Find out with `capabilities` how an account without a password signs in."""
    found = anonymous_response(portal, "capabilities")
    other_ways = []
    if found.get("ssoUrl"):
        other_ways.append(str(found.get("ssoLabel") or "single sign-on"))
    providers = found.get("providers")
    if isinstance(providers, list):
        other_ways += [str(provider) for provider in providers[:6]]
    wrong = WrongPassword(error.why, answer=error.answer)
    wrong.other_ways, wrong.accepts_keys = tuple(other_ways), portal.kind.has_api_keys
    _take_context(wrong, error)
    return wrong


def _forbidden(error: Forbidden, portal: PortalClient) -> OocliError:
    """Tell apart what DocSpace says with 403 while somebody signs in."""
    body = body_or_none(error.answer) if error.answer else None
    inside = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inside, dict):
        # Not refused by the sign-in itself: in this state the portal refuses every request.
        closed = closed_portal(portal, error.answer)
        return _take_context(closed, error) if closed else explain_forbidden_address(error)
    if inside.get("type"):
        hint = "the account may be disabled; ask the portal's administrator"
    elif anonymous_response(portal, "settings").get("recaptchaPublicKey"):
        hint = f"wait {BLOCK_TIME}, or answer the captcha at {portal.address.origin} in a browser"
    else:
        hint = f"wait {BLOCK_TIME} before the next try; even the right password is refused now"
    return _take_context(SignInNeeded(error.why, hint=hint, answer=error.answer), error)


def closed_portal(portal: PortalClient, answer: Response | None = None) -> PortalFailed | None:
    """Return the failure that names why nobody can sign in to a portal, None without a reason.

    DocSpace tells its state to everybody in `settings` (TenantStatusFilter.cs). Workspace does not,
    but a suspended one still answers paths that end in `capabilities.json` and says 404 to all
    others (Global.asax.cs). `answer` is what the portal refused with.
    """
    status = anonymous_response(portal, "settings").get("tenantStatus")
    if status is None and answer is not None and answer.status == 404:
        path = "capabilities" if portal.kind.suffix else "capabilities.json.json"
        status = _SUSPENDED if "providers" in anonymous_response(portal, path) else None
    state = _STATES.get(status) if isinstance(status, int) else None
    if state is None:
        return None
    hint = "ask the portal's owner to reactivate it" if status == _SUSPENDED else "try again later"
    return PortalFailed(f"the portal is {state}", hint=hint, answer=answer)


def _take_context(error: OocliError, former: OocliError) -> OocliError:
    return error.add_context(method=former.method, path=former.path, portal=former.portal)
