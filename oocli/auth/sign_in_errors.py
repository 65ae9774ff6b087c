"""Finds out why a portal refused a sign-in, and how else the user could sign in."""

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

# How long both kinds of portal block a user name and IP address after five failures, unless the
# administrator changed that (LoginSettings.cs in both servers).
BLOCK_TIME = "60 s"
_BLOCKED = f"wait {BLOCK_TIME} before the next try; even the right password is refused now"
# The states in which nobody can sign in (DocSpace, common/ASC.Core.Common/Tenants/TenantStatus.cs).
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
    """The user name and password were not accepted.

    `other_ways` names the sign-in services of the portal, whose accounts have no password.
    `accepts_keys`: the portal accepts an API key instead, not only the token of a session.
    """

    other_ways: tuple[str, ...] = ()
    accepts_keys = False


def explain_sign_in_error(error: OocliError, portal: PortalClient) -> OocliError:
    """Return the error of a sign-in, with its reason and a hint added."""
    answer = error.answer
    refusal = refusal_in(answer)
    if isinstance(error, SignInNeeded):
        if refusal is not Refusal.TOO_MANY_ATTEMPTS:
            return _wrong_password(error, portal)
        error.hint = _BLOCKED
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
    """Add a hint to an error if the portal may not accept requests from this IP address.

    DocSpace accepts the sign-in itself and refuses all later requests, in plain text
    (IpSecurityFilter.cs). Workspace answers 403 without a body.
    """
    answer = error.answer
    by_address = answer and (not answer.raw or refusal_in(answer) is Refusal.FORBIDDEN_ADDRESS)
    if type(error) is Forbidden and by_address:
        error.hint = (
            "the portal may accept only certain IP addresses; ask its administrator to add yours"
        )
    return error


def _wrong_password(error: SignInNeeded, portal: PortalClient) -> WrongPassword:
    """Return the error with the other ways to sign in, which `capabilities` lists."""
    found = anonymous_response(portal, "capabilities")
    other_ways = []
    if found.get("ssoUrl"):
        other_ways.append(str(found.get("ssoLabel") or "single sign-on"))
    providers = found.get("providers")
    if isinstance(providers, list):
        other_ways += [str(provider) for provider in providers[:6]]
    wrong = WrongPassword(error.why, answer=error.answer)
    wrong.other_ways, wrong.accepts_keys = tuple(other_ways), portal.kind.has_api_keys
    take_context(wrong, error)
    return wrong


def _forbidden(error: Forbidden, portal: PortalClient) -> OocliError:
    """Return the error for a 403, which DocSpace sends for several reasons during a sign-in."""
    body = body_or_none(error.answer) if error.answer else None
    inside = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inside, dict):
        # The sign-in itself did not refuse this. A closed portal refuses every request.
        closed = closed_portal(portal, error.answer)
        return take_context(closed, error) if closed else explain_forbidden_address(error)
    if inside.get("type"):
        hint = "the account may be disabled; ask the portal's administrator"
    elif anonymous_response(portal, "settings").get("recaptchaPublicKey"):
        hint = f"wait {BLOCK_TIME}, or answer the captcha at {portal.address.origin} in a browser"
    else:
        hint = _BLOCKED
    return take_context(SignInNeeded(error.why, hint=hint, answer=error.answer), error)


def closed_portal(portal: PortalClient, answer: Response | None = None) -> PortalFailed | None:
    """Return the error that says why nobody can sign in, or None if the portal is not closed.

    DocSpace shows its state in `settings` without a sign-in (TenantStatusFilter.cs). A suspended
    Workspace portal answers 404 to all paths but those that end in `capabilities.json`
    (Global.asax.cs). `answer` is the answer with which the portal refused.
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


def take_context(error: OocliError, original: OocliError) -> OocliError:
    """Add the request and the portal of an error to the one that replaces it."""
    return error.add_context(method=original.method, path=original.path, portal=original.portal)
