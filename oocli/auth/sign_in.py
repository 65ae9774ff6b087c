"""Signing in and out: what is asked of the portal, in which order. Nothing is stored here."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from oocli.auth.interrupts import held_back
from oocli.auth.password_hash import password_fields
from oocli.auth.sign_in_errors import (
    closed_portal,
    explain_forbidden_address,
    explain_sign_in_error,
)
from oocli.client.portal import PortalClient
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    CodeRequired,
    InvalidResponse,
    OocliError,
    PaymentRequired,
    PortalFailed,
    SignInNeeded,
    WrongCode,
)
from oocli.model.kinds import Kind, kind_from_build
from oocli.model.secret import Credential, CredentialKind, Secret
from oocli.model.text import unescape_html
from oocli.model.timestamps import WORST_OFFSET

BUILD = "settings/version/build"
# Seconds that the answer of a sign-in is still waited for after a signal: it holds the session.
ANSWER_GRACE = 2.0
# The key of an authenticator app is base32, in groups or not.
_APP_KEY = "[A-Za-z2-7= -]{1,200}"
# What a cookie may hold as it is (RFC 6265); servers undo `%xx` in the rest.
_COOKIE_SAFE = "!#$&'()*+/:<=>?@[]^`{|}"


@dataclass(frozen=True, slots=True)
class Account:
    """Who a credential belongs to. Empty texts where its scope does not reach people."""

    id: str = ""
    login: str = ""
    name: str = ""
    role: str = ""

    @classmethod
    def of(cls, person: dict[str, Any]) -> Account:
        """Read people/@self. `displayName` comes HTML-encoded on both kinds of portal."""
        name = unescape_html(text_of(person.get("displayName")))
        login = text_of(person.get("email")) or text_of(person.get("userName"))
        return cls(text_of(person.get("id")), login, name, _role(person))


@dataclass(frozen=True, slots=True)
class SignInResult:
    """A credential that the portal has confirmed. `expires` is the portal's own text."""

    credential: Credential
    account: Account
    kind: Kind
    expires: str | None = None
    clock_offset: float = 0.0
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was right and a second factor is due.

    `means` is `app` or `sms`; `phone` the masked number that an SMS went to, empty if the account
    has none; `app_key` the key of an authenticator that is not set up yet.
    """

    means: str
    phone: str = ""
    app_key: Secret | None = None


def probe(portal: PortalClient) -> Kind:
    """Return the kind of portal at this address, asked without credentials.

    One request: the key of the version tells (BuildVersion.cs in both servers). Raises
    `InvalidResponse` for everything that is no portal.
    """
    envelope = portal.send(portal.request("GET", BUILD, anonymous=True))
    error = envelope.error
    kind = kind_from_build(envelope.response) if error is None else None
    if kind is not None:
        return kind
    real = isinstance(error, PortalFailed) and not isinstance(error, InvalidResponse)
    if error is not None and (real or isinstance(error, PaymentRequired)):
        raise explain_sign_in_error(error, portal)
    why = "not an ONLYOFFICE portal"
    # Global.asax.cs and TenantStatusFilter.cs: both say 404 without a page for these.
    if envelope.status == 404 and (not envelope.raw or envelope.is_json):
        closed = closed_portal(portal, envelope.answer)
        if closed is not None:
            raise closed.add_context(method="GET", path=BUILD, portal=portal.address.key)
        why = "no ONLYOFFICE portal, or one that is suspended or about to be removed"
    raise InvalidResponse(
        why, hint=f"check the address: {portal.address.origin} is what was asked"
    ).add_context(method="GET", path=BUILD, portal=portal.address.key)


class SignIn:
    """One attempt with a name and a password, over as many requests as the portal wants.

    The portal checks the password again with each code; nothing is stored in between. No request
    of it is ever repeated: a second try with the same password could block the account.
    """

    def __init__(self, portal: PortalClient, user: str, password: Secret) -> None:
        self._portal = portal
        self._fields = {"userName": user, **password_fields(portal, password)}

    def start(self) -> SignInResult | CodeNeeded:
        """Send name and password once. Raises `SignInNeeded` in the portal's words."""
        return self._outcome(lambda: self._post(self._portal.kind.sign_in_path))

    def finish(self, code: Secret) -> SignInResult:
        """Send the code of the second factor. Raises `WrongCode` if it is not accepted.

        Workspace reads it from the path, DocSpace from the body; DocSpace ignores the path.
        """
        path = f"{self._portal.kind.sign_in_path}/{quote(code.reveal(), safe='')}"
        more = {"code": code.reveal()} if self._portal.kind.code_in_body else {}
        try:
            outcome = self._outcome(
                lambda: self._post(path, more, display_path="authentication/CODE")
            )
        except SignInNeeded as failure:
            raise _wrong_code(failure) from None
        if isinstance(outcome, CodeNeeded):
            raise WrongCode("the portal asks for another code").add_context(
                portal=self._portal.address.key
            )
        return outcome

    def send_sms(self) -> CodeNeeded:
        """Ask the portal to send another SMS. It allows a few in ten minutes."""
        return self._again("authentication/sendsms", {})

    def set_phone(self, number: str) -> CodeNeeded:
        """Give an account without a phone its number (Workspace); an SMS goes to it."""
        return self._again("authentication/setphone", {"mobilePhone": number})

    def _again(self, path: str, more: dict[str, str]) -> CodeNeeded:
        said = self._post(path, more).response
        return CodeNeeded("sms", _phone(said) if isinstance(said, dict) else "")

    def _post(
        self, path: str, more: dict[str, str] | None = None, *, display_path: str | None = None
    ) -> Envelope:
        body = json.dumps({**self._fields, **(more or {})}).encode()
        request = self._portal.request("POST", path, body=body, anonymous=True)
        if display_path:  # a path that holds a code is not for logs and messages
            request = request._replace(target=request.target._replace(display_path=display_path))
        envelope = self._portal.send(request, retries=0)
        if envelope.error is not None:
            raise explain_sign_in_error(envelope.error, self._portal)
        return envelope

    def _outcome(self, post: Callable[[], Envelope]) -> SignInResult | CodeNeeded:
        with held_back(ANSWER_GRACE):  # a session that the portal has begun must become known here
            envelope = post()
            said = envelope.response if isinstance(envelope.response, dict) else {}
            token = text_of(said.get("token"))
            credential = _session(token, self._portal, envelope) if token else None
            self._portal.credential = credential
        if credential is not None:
            return confirm(
                self._portal,
                credential,
                expires=expires_of(said.get("expires")),
                clock_offset=clock_offset(envelope),
            )
        by_sms = said.get("sms") is True
        if by_sms or said.get("tfa") is True:
            key = said.get("tfaKey")
            if key and not (isinstance(key, str) and re.fullmatch(_APP_KEY, key)):
                why = "its answer holds no usable key for an authenticator app"
                raise _odd_answer(why, self._portal, envelope)
            return CodeNeeded(
                "sms" if by_sms else "app",
                _phone(said),
                Secret(key) if key else None,
            )
        raise _odd_answer("the portal gave neither a token nor a reason", self._portal, envelope)


def confirm(
    portal: PortalClient,
    credential: Credential,
    *,
    expires: str | None = None,
    clock_offset: float = 0.0,
) -> SignInResult:
    """Try a credential with people/@self and return it with its owner."""
    portal.credential = credential
    try:
        person = portal.get("people/@self").response
    except OocliError as failure:
        raise explain_forbidden_address(failure) from failure.__cause__
    if not isinstance(person, dict):
        raise InvalidResponse("people/@self tells no person").add_context(
            method="GET", path="people/@self", portal=portal.address.key
        )
    return SignInResult(credential, Account.of(person), portal.kind, expires, clock_offset)


def sign_out(portal: PortalClient) -> None:
    """End the session at the portal, in the way of its kind. Raises what went wrong.

    An API key or OAuth token has no session; there is nothing to end.
    """
    if portal.credential is None or portal.credential.kind is not CredentialKind.SESSION:
        return
    method, path = portal.kind.sign_out
    request = portal.request(method, portal.address.origin + path, with_cookie=True)
    envelope = portal.send(request)
    if 300 <= envelope.status < 400 or envelope.status in (401, 403):
        return  # Workspace answers with the way to its sign-in page; a dead session is no failure.
    envelope.raise_for_error()


def end_quietly(portal: PortalClient) -> None:
    """End the session on the way out of another failure, which is the one to be told."""
    try:
        sign_out(portal)
    except OocliError:
        return


def clock_offset(envelope: Envelope) -> float:
    """Return the portal's clock minus ours, in seconds, as its Date header tells; 0 without one."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - loaded with HTTP anyway

    try:
        offset = parsedate_to_datetime(envelope.answer.headers["date"]).timestamp() - time.time()
    except (KeyError, ValueError, TypeError, OverflowError):
        return 0.0
    return round(offset) if 5 < abs(offset) <= WORST_OFFSET else 0.0


def text_of(value: object) -> str:
    """Return a text that a portal gave, an empty one where it gave something else."""
    return value if isinstance(value, str) else ""


def _phone(said: dict[str, Any]) -> str:
    """Return the masked phone number that a code went to."""
    return text_of(said.get("phoneNoise"))


def expires_of(value: object) -> str | None:
    """Return the portal's own text of a moment; None where it cannot be one."""
    text = text_of(value)
    return text if 0 < len(text) <= 64 else None


def _session(token: str, portal: PortalClient, envelope: Envelope) -> Credential:
    """Return the session's credential. Raises `InvalidResponse` for a token that cannot be sent.

    The portal's credential is then what a cookie can carry of it, so that the session is ended.
    """
    try:
        return Credential.of(token, "sign-in")
    except ValueError:
        sendable = quote(token, safe=_COOKIE_SAFE, errors="surrogatepass")
        portal.credential = Credential(Secret(sendable), CredentialKind.SESSION, "sign-in")
        raise _odd_answer(f"its answer {Credential.fault(token)}", portal, envelope) from None


def _odd_answer(why: str, portal: PortalClient, envelope: Envelope) -> OocliError:
    return InvalidResponse(why, answer=envelope.answer).add_context(
        method="POST", path=envelope.request.target.display_path, portal=portal.address.key
    )


def _wrong_code(failure: SignInNeeded) -> OocliError:
    """Say that it was the code, since the password was accepted a moment ago."""
    if "many attempts" in failure.why or (failure.status == 403):
        return failure
    error = WrongCode(
        "the code was not accepted",
        hint="codes change every 30 s, and after five wrong ones the portal waits a minute",
        answer=failure.answer,
    )
    return error.add_context(method=failure.method, path=failure.path, portal=failure.portal)


def code_required(needed: CodeNeeded, portal: PortalClient) -> CodeRequired:
    """Say that a code is due and cannot be asked for here."""
    where = "an authenticator app" if needed.means == "app" else f"an SMS to {needed.phone}"
    error = CodeRequired(
        f"a code from {where} is needed", hint="give it with --otp CODE or --otp-command CMD"
    )
    error.add_context(portal=portal.address.key)
    return error


def _role(person: dict[str, Any]) -> str:
    if person.get("isOwner"):
        return "owner"
    if person.get("isAdmin"):
        return "administrator"
    if person.get("isRoomAdmin"):
        return "room administrator"
    if person.get("isVisitor"):
        return "guest"
    return "user"
