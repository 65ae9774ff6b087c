"""Sign-in and sign-out at a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/AuthenticationController.cs.
"""

from __future__ import annotations

import hashlib
from typing import Any

from oocli.demo.accounts import Account, password_hash
from oocli.demo.dates import NEVER, utc
from oocli.demo.docspace import credentials
from oocli.demo.exchange import Pairs
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.second_factor import Challenge, FactorRefused

FAILED = "User authentication failed"
TOO_MANY = "Too many login attempts. Please try again later"
WRONG_CAPTCHA = "Invalid Recaptcha"
RIGHT_CAPTCHA = "right"


def is_signed_in(visit: Visit) -> bool:
    """Answer GET `authentication`: true or false, never 401."""
    return visit.caller is not None


def sign_in(visit: Visit) -> Reply:
    """Answer POST `authentication`: a token, or what is due before one."""
    account = _right_password(visit)
    challenge = visit.state.factor.challenge(account, visit.now)
    return _signed_in(visit, account, None) if challenge is None else _pending(visit, challenge)


def finish(visit: Visit) -> Reply:
    """Answer POST `authentication/{code}`: the code is the body's, not the path's."""
    account = _right_password(visit)
    try:
        challenge = visit.state.factor.check(account, visit.arguments.text("code"), visit.now)
    except FactorRefused as error:
        raise Refusal(401, FAILED) from error
    return _signed_in(visit, account, challenge)


def sign_out(visit: Visit) -> None:
    """Answer POST `authentication/logout`: the cookie, not the header, names what ends."""
    if visit.cookie_session:
        visit.cookie_session.live = False


def confirm(visit: Visit) -> dict[str, Any]:
    """Answer POST `authentication/confirm`: no link was ever mailed, so none is valid."""
    return {"result": 1, "isAgent": False}


def send_sms(visit: Visit) -> Reply:
    """Answer POST `authentication/sendsms`: a new message."""
    account = _right_password(visit)
    if not (visit.state.factor.mode or "").startswith("sms") or not account.phone:
        raise Refusal(401, FAILED)
    return _sent(visit, account)


def set_phone(visit: Visit) -> Reply:
    """Answer POST `authentication/setphone`, which wants the header of a confirmation link."""
    key = visit.call.header("confirm") or ""
    if "type=PhoneActivation" not in key or key not in visit.state.confirmations:
        raise Refusal(403, "Access denied", "System.Security.SecurityException")
    owner = key.partition("uid=")[2].partition("&")[0]
    account = visit.state.people.by_login(owner)
    phone = visit.arguments.text("mobilePhone")
    if account is None or not phone:
        raise Refusal(400, "Value cannot be null", "System.ArgumentNullException")
    visit.state.confirmations.discard(key)
    account.phone = phone
    return _sent(visit, account)


def _right_password(visit: Visit) -> Account:
    """Return the account, or refuse: 401 for a wrong password, 403 for one attempt too many."""
    given = visit.arguments
    login = given.text("userName").lower()
    captcha = given.text("recaptchaResponse")
    if captcha and captcha != RIGHT_CAPTCHA:
        raise Refusal(403, WRONG_CAPTCHA)
    # A right captcha answer passes the block (web/ASC.Web.Core/BruteForceLoginManager.cs).
    if not visit.state.guard.enter(login, visit.call.peer, visit.now) and not captcha:
        raise Refusal(403, TOO_MANY)
    account = visit.state.people.by_login(login)
    if account is None or not _matches(visit, account):
        raise Refusal(401, FAILED)
    visit.state.guard.succeed(login, visit.call.peer)
    if account.terminated:
        raise Refusal(403, "User disabled", "System.InvalidOperationException")
    return account


def _matches(visit: Visit, account: Account) -> bool:
    """Compare the hash if one was sent, else the trimmed password; a directory needs the latter."""
    if not account.password:
        return False
    hashed = visit.arguments.text("passwordHash")
    if hashed and not visit.state.ldap:
        return hashed == password_hash(account.password)
    return visit.arguments.text("password").strip() == account.password


def _signed_in(visit: Visit, account: Account, challenge: Challenge | None) -> Reply:
    brief = visit.arguments.flag("session")
    session = visit.state.sessions.start(account, visit.now)
    dated = session.ends is not None and not brief and challenge is None
    token = {
        "token": session.token,
        "expires": utc(session.ends) if dated and session.ends is not None else NEVER,
    }
    answer = token | _flags(challenge or Challenge())
    cookie = credentials.cookie(session, visit.call.secure, keep=not brief)
    return Reply(answer, headers=(cookie,))


def _pending(visit: Visit, challenge: Challenge) -> Reply:
    """Say what is due, with the address of the web page that asks for it."""
    kind = "PhoneAuth" if challenge.sms else "TfaAuth"
    if challenge.sms and not challenge.phone_noise:
        kind = "PhoneActivation"
    elif challenge.key:
        kind = "TfaActivation"
    account = visit.state.people.by_login(visit.arguments.text("userName"))
    uid = account.id if account else ""
    mark = hashlib.sha256(f"{uid}:{visit.state.serial()}".encode()).hexdigest()[:20]
    query = f"type={kind}&key={visit.state.serial()}.{mark}&uid={uid}"
    visit.state.confirmations.add(query)
    headers: Pairs = ()
    if challenge.app:
        value = f"asc_confirm_key_{kind}={mark}; path=/; samesite=strict; httponly"
        headers = (("Set-Cookie", value),)
    answer = {"expires": NEVER if challenge.expires is None else utc(challenge.expires)}
    answer |= _flags(challenge)
    answer["confirmUrl"] = f"{visit.call.origin}/confirm/{kind}?{query}"
    return Reply(answer, headers=headers)


def _flags(challenge: Challenge) -> dict[str, Any]:
    """Give the flags, always both, in the order of the server's class."""
    return {
        "sms": challenge.sms,
        "phoneNoise": challenge.phone_noise or None,
        "tfa": challenge.app,
        "tfaKey": challenge.key or None,
    }


def _sent(visit: Visit, account: Account) -> Reply:
    try:
        visit.state.factor.send(account, visit.now)
    except FactorRefused as error:
        raise Refusal(403, "Too many SMS", "System.InvalidOperationException") from error
    challenge = visit.state.factor.sms_state(account)
    expires = NEVER if challenge.expires is None else utc(challenge.expires)
    return Reply({"expires": expires, **_flags(challenge)})


ROUTES = (
    Route("GET", "authentication", is_signed_in, open=True, free=True),
    Route("POST", "authentication", sign_in, open=True, free=True, body=True),
    Route("POST", "authentication/{code}", finish, open=True, free=True, body=True),
    Route("POST", "authentication/logout", sign_out, open=True, free=True),
    Route(
        "POST",
        "authentication/confirm",
        confirm,
        open=True,
        free=True,
        body=True,
        while_suspended=True,
    ),
    Route("POST", "authentication/setphone", set_phone, open=True, free=True, body=True),
    Route("POST", "authentication/sendsms", send_sms, open=True, free=True, body=True),
)
