"""Sign-in at a Workspace portal: password, second factor; there is no route to sign out.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Specific/AuthorizationApi/
AuthenticationEntryPoint.cs.
"""

from __future__ import annotations

from oocli.demo.accounts import Account
from oocli.demo.dates import zoned
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.second_factor import Challenge
from oocli.demo.workspace import credentials

FAILED = "User authentication failed"
TOO_MANY_MESSAGES = "Too many SMS were sent. Please try again later"


def sign_in(context: RequestContext) -> Result:
    """Answer POST `authentication`: a token, or which second factor is needed."""
    account = check_password(context)
    challenge = context.state.factor.challenge(account, context.now)
    if challenge is None:
        return _signed_in(context, account, Challenge())
    return Result(_pending(challenge))


def finish(context: RequestContext) -> Result:
    """Answer POST `authentication/{code}`; the code is read from the path."""
    account = check_password(context)
    challenge = context.state.factor.check(account, context.names["code"], context.now)
    return _signed_in(context, account, challenge)


def send_sms(context: RequestContext) -> JsonObject:
    """Answer POST `authentication/sendsms`: send another code."""
    return _send_sms(context, check_password(context))


def set_phone(context: RequestContext) -> JsonObject:
    """Answer POST `authentication/setphone`: a password suffices for a first number."""
    account = check_password(context)
    phone = context.arguments.text("mobilePhone")
    if account.phone:
        raise Refusal(500, "The phone number is already activated")
    if phone and context.state.factor.by_sms:
        account.phone = phone
    return _send_sms(context, account)


def check_password(context: RequestContext) -> Account:
    """Return the account, or refuse: status 500 for a wrong password and for too many attempts."""
    login = context.arguments.text("userName")
    password = context.arguments.text("password")
    address = context.request.peer
    if context.arguments.text("provider") not in ("", "email") or not login:
        raise Refusal(500, FAILED)
    if not context.state.guard.enter(login, address, context.now):
        raise Refusal(500, "Login Fail. Too many attempts")
    account = context.state.people.by_login(login)
    if account is None or not password.strip() or account.password != password:
        raise Refusal(500, FAILED)
    if account.terminated:
        raise Refusal(500, FAILED)
    context.state.guard.succeed(login, address)
    return account


def _signed_in(context: RequestContext, account: Account, challenge: Challenge) -> Result:
    session = context.state.sessions.start(account, context.now)
    answer: JsonObject = {"token": session.token}
    if session.ends is not None:
        answer["expires"] = zoned(session.ends)
    cookie = credentials.cookie(session, context.request.secure)
    return Result(answer | _said(challenge), headers=(cookie,))


def _said(challenge: Challenge) -> JsonObject:
    """Return the members that are not empty; the server sends no others."""
    return {name: value for name, value in challenge.members().items() if value}


def _pending(challenge: Challenge) -> JsonObject:
    answer: JsonObject = {"token": None}
    if challenge.expires is not None:
        answer["expires"] = zoned(challenge.expires)
    return answer | _said(challenge)


def _send_sms(context: RequestContext, account: Account) -> JsonObject:
    context.state.factor.send(account, context.now)
    answer = _pending(context.state.factor.sms_state(account))
    return {name: answer[name] for name in ("sms", "phoneNoise", "expires")}


ROUTES = (
    Route("POST", "authentication", sign_in, open=True),
    Route("POST", "authentication/{code}", finish, open=True),
    Route("POST", "authentication/sendsms", send_sms, open=True),
    Route("POST", "authentication/setphone", set_phone, open=True),
)
