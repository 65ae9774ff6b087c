"""Sign-in at a Workspace portal: password, second factor; there is no route to sign out.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Specific/AuthorizationApi/
AuthenticationEntryPoint.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import Account
from oocli.demo.dates import zoned
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.second_factor import Challenge, FactorRefused
from oocli.demo.workspace import credentials

FAILED = "User authentication failed"
TOO_MANY = "Login Fail. Too many attempts"
FORBIDDEN_ADDRESS = "Exception of type 'ASC.IPSecurity.IPSecurityException' was thrown."
TOO_MANY_MESSAGES = "Too many SMS were sent. Please try again later"
PHONE_KNOWN = "The phone number is already activated"


def sign_in(visit: Visit) -> Reply:
    """Answer POST `authentication`: a token, or what is due before one."""
    account = _right_password(visit)
    challenge = visit.state.factor.challenge(account, visit.now)
    return _signed_in(visit, account, None) if challenge is None else Reply(_pending(challenge))


def finish(visit: Visit) -> Reply:
    """Answer POST `authentication/{code}`: the code is the path segment, any word is one."""
    account = _right_password(visit)
    try:
        challenge = visit.state.factor.check(account, visit.names["code"], visit.now)
    except FactorRefused as error:
        raise Refusal(500, FAILED) from error
    return _signed_in(visit, account, challenge)


def send_sms(visit: Visit) -> Any:
    """Answer POST `authentication/sendsms`: a new message."""
    account = _right_password(visit)
    if not (visit.state.factor.mode or "").startswith("sms") or not account.phone:
        raise Refusal(500, FAILED)
    return _sent(visit, account)


def set_phone(visit: Visit) -> Any:
    """Answer POST `authentication/setphone`: plain credentials suffice for a first number."""
    account = _right_password(visit)
    phone = visit.arguments.text("mobilePhone")
    if account.phone:
        raise Refusal(500, PHONE_KNOWN)
    if not phone or not (visit.state.factor.mode or "").startswith("sms"):
        raise Refusal(500, FAILED)
    account.phone = phone
    return _sent(visit, account)


def register(visit: Visit) -> str:
    """Answer POST `authentication/register`, where errors come back as a success text."""
    return "The portal does not allow registration"


def sign_in_by_key(visit: Visit) -> bool:
    """Answer POST `authentication/login`: true only with a mailed key, which nobody has here."""
    return False


def password_reminder(visit: Visit) -> str:
    """Answer POST `people/password`, the same whether or not the account exists."""
    email = visit.arguments.text("email")
    return f"The password change instruction has been sent to {email} email address."


def _right_password(visit: Visit) -> Account:
    """Return the account, or refuse: status 500 for a wrong password and for too many attempts."""
    login = visit.arguments.text("userName")
    password = visit.arguments.text("password")
    address = credentials.client_address(visit.call)
    if visit.arguments.text("provider") not in ("", "email") or not login:
        raise Refusal(500, FAILED)
    if not visit.state.guard.enter(login, address, visit.now):
        raise Refusal(500, TOO_MANY)
    account = visit.state.people.by_login(login)
    if account is None or not password.strip() or account.password != password:
        raise Refusal(500, FAILED)
    if account.terminated:
        raise Refusal(500, FAILED)
    visit.state.guard.succeed(login, address)
    if visit.state.state == "ip-forbidden" and not account.owner:
        raise Refusal(500, FORBIDDEN_ADDRESS)
    return account


def _signed_in(visit: Visit, account: Account, challenge: Challenge | None) -> Reply:
    session = visit.state.sessions.start(account, visit.now)
    answer: dict[str, Any] = {"token": session.token}
    if session.ends is not None:
        answer["expires"] = zoned(session.ends)
    if challenge is not None:
        answer |= _flags(challenge)
    return Reply(answer, headers=(credentials.cookie(session, visit.call.secure),))


def _pending(challenge: Challenge) -> dict[str, Any]:
    answer: dict[str, Any] = {"token": None}
    if challenge.expires is not None:
        answer["expires"] = zoned(challenge.expires)
    return answer | _flags(challenge)


def _flags(challenge: Challenge) -> dict[str, Any]:
    """Give the members that are written only when they say something, in their order."""
    every: dict[str, Any] = {
        "sms": challenge.sms,
        "phoneNoise": challenge.phone_noise,
        "tfa": challenge.app,
        "tfaKey": challenge.key,
    }
    return {name: value for name, value in every.items() if value}


def _sent(visit: Visit, account: Account) -> dict[str, Any]:
    try:
        visit.state.factor.send(account, visit.now)
    except FactorRefused as error:
        raise Refusal(500, TOO_MANY_MESSAGES) from error
    answer = _pending(visit.state.factor.sms_state(account))
    return {name: answer[name] for name in ("sms", "phoneNoise", "expires")}


ROUTES = (
    Route("POST", "authentication", sign_in, open=True),
    Route("POST", "authentication/{code}", finish, open=True),
    Route("POST", "authentication/sendsms", send_sms, open=True),
    Route("POST", "authentication/setphone", set_phone, open=True),
    Route("POST", "authentication/register", register, open=True),
    Route("POST", "authentication/login", sign_in_by_key, open=True),
    Route("POST", "people/password", password_reminder, open=True),
)
