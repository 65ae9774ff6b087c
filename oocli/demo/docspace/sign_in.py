"""Sign-in and sign-out at a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/AuthenticationController.cs.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from oocli.demo.accounts import Account, Session, password_hash
from oocli.demo.credentials import COOKIE
from oocli.demo.dates import NEVER, http_date, utc
from oocli.demo.messages import Headers, JsonObject
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.second_factor import Challenge

FAILED = "User authentication failed"


def sign_in(context: RequestContext) -> Result:
    """Answer POST `authentication`: a token, or which second factor is needed."""
    account = _check_password(context)
    challenge = context.state.factor.challenge(account, context.now)
    if challenge is None:
        return _signed_in(context, account, None)
    return _pending(context, account, challenge)


def finish(context: RequestContext) -> Result:
    """Answer POST `authentication/{code}`; the code is read from the body, not the path."""
    account = _check_password(context)
    code = context.arguments.text("code")
    challenge = context.state.factor.check(account, code, context.now)
    return _signed_in(context, account, challenge)


def sign_out(context: RequestContext) -> None:
    """Answer POST `authentication/logout`: end the session in the cookie, not in the header."""
    if context.cookie_session:
        context.cookie_session.live = False


def send_sms(context: RequestContext) -> JsonObject:
    """Answer POST `authentication/sendsms`: send another code."""
    return _send_sms(context, _check_password(context))


def set_phone(context: RequestContext) -> JsonObject:
    """Answer POST `authentication/setphone`, which needs the query of `confirmUrl` as a header."""
    link = context.request.header("confirm") or ""
    if "type=PhoneActivation" not in link or link not in context.state.confirmations:
        raise context.dialect.denied()
    account = context.state.people.by_login(link.partition("uid=")[2].partition("&")[0])
    phone = context.arguments.text("mobilePhone")
    if account is None or not phone:
        raise Refusal(400, "Value cannot be null", "System.ArgumentNullException")
    context.state.confirmations.discard(link)
    account.phone = phone
    return _send_sms(context, account)


def _check_password(context: RequestContext) -> Account:
    """Return the account. A wrong password is 401, too many attempts are 403."""
    arguments, guard = context.arguments, context.state.guard
    login, peer = arguments.text("userName").lower(), context.request.peer
    if not guard.enter(login, peer, context.now):
        raise Refusal(403, "Too many login attempts. Please try again later")
    account = context.state.people.by_login(login)
    right, sent = account.password if account else "", arguments.text("password").strip()
    hashed = arguments.text("passwordHash")
    if hashed and not context.state.ldap:  # LDAP needs the password itself
        right, sent = password_hash(right), hashed
    if account is None or not account.password or sent != right:
        raise Refusal(401, FAILED)
    guard.succeed(login, peer)
    if account.terminated:
        raise Refusal(403, "User disabled", "System.InvalidOperationException")
    return account


def _signed_in(context: RequestContext, account: Account, challenge: Challenge | None) -> Result:
    temporary = context.arguments.flag("session")
    session = context.state.sessions.start(account, context.now)
    expires = NEVER
    if session.ends is not None and not temporary and challenge is None:
        expires = utc(session.ends)
    answer = {"token": session.token, "expires": expires, **(challenge or Challenge()).members()}
    cookie = _cookie(session, context.request.secure, keep=not temporary)
    return Result(answer, headers=(cookie,))


def _cookie(session: Session, secure: bool, keep: bool = True) -> tuple[str, str]:
    """Build the cookie of a session, URL-encoded; without `keep` it has no expiry.

    Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Core/CookiesManager.cs.
    """
    ends = ""
    if keep and session.ends is not None:
        ends = f"expires={http_date(session.ends)}; "
    value = quote(session.token, safe="")
    flag = "secure; " if secure else ""
    return ("Set-Cookie", f"{COOKIE}={value}; {ends}path=/; {flag}samesite=strict; httponly")


def _pending(context: RequestContext, account: Account, challenge: Challenge) -> Result:
    """Describe the second factor, with the address of the web page that asks for it."""
    page = "PhoneAuth" if challenge.sms else "TfaAuth"
    if challenge.sms and not challenge.masked_phone:
        page = "PhoneActivation"
    elif challenge.key:
        page = "TfaActivation"
    serial = context.state.serial()
    key = hashlib.sha256(f"{account.id}:{serial}".encode()).hexdigest()[:20]
    query = f"type={page}&key={serial}.{key}&uid={account.id}"
    context.state.confirmations.add(query)
    headers: Headers = ()
    if challenge.app:
        value = f"asc_confirm_key_{page}={key}; path=/; samesite=strict; httponly"
        headers = (("Set-Cookie", value),)
    answer = _expires(challenge) | challenge.members()
    answer["confirmUrl"] = f"{context.request.origin}/confirm/{page}?{query}"
    return Result(answer, headers=headers)


def _expires(challenge: Challenge) -> JsonObject:
    return {"expires": NEVER if challenge.expires is None else utc(challenge.expires)}


def _send_sms(context: RequestContext, account: Account) -> JsonObject:
    context.state.factor.send(account, context.now)
    challenge = context.state.factor.sms_state(account)
    return _expires(challenge) | challenge.members()


ROUTES = (
    Route("POST", "authentication", sign_in, open=True, body=True),
    Route("POST", "authentication/{code}", finish, open=True, body=True),
    Route("POST", "authentication/logout", sign_out, open=True),
    Route("POST", "authentication/setphone", set_phone, open=True, body=True),
    Route("POST", "authentication/sendsms", send_sms, open=True, body=True),
)
