"""Signing in: what is asked of the portal, in which order. Nothing is stored here."""

from __future__ import annotations

import json
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import quote

from oocli.auth.interrupts import held_back
from oocli.auth.password_hash import password_fields
from oocli.auth.sign_in_errors import (
    closed_portal,
    explain_forbidden_address,
    explain_sign_in_error,
)
from oocli.auth.sign_out import end_session_quietly
from oocli.client.portal import PortalClient
from oocli.model.envelope import Envelope, Refusal, refusal_in
from oocli.model.errors import (
    InvalidResponse,
    OocliError,
    PaymentRequired,
    PortalFailed,
    SignInNeeded,
    WrongCode,
)
from oocli.model.kinds import Kind, kind_from_build
from oocli.model.secret import Credential, CredentialKind, CredentialSource, Secret
from oocli.transport import policy

BUILD = "settings/version/build"
# Seconds that the answer of a sign-in is still waited for after a signal: it holds the session.
ANSWER_GRACE = 2.0
CLEAN_UP_GRACE = 10.0  # seconds, after another signal
# The key of an authenticator app is base32, in groups or not.
_APP_KEY = "[A-Za-z2-7= -]{1,200}"
# What a cookie may hold as it is (RFC 6265); servers undo `%xx` in the rest.
_COOKIE_SAFE = "!#$&'()*+/:<=>?@[]^`{|}"
# Members of people/@self, the most powerful first.
_ROLES = (
    ("isOwner", "owner"),
    ("isAdmin", "administrator"),
    ("isRoomAdmin", "room administrator"),
    ("isVisitor", "guest"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who a credential belongs to. Empty texts where its scope does not reach people."""

    login: str = ""
    name: str = ""
    role: str = ""

    @classmethod
    def of(cls, person: dict[str, object]) -> Account:
        """Read people/@self. `displayName` comes HTML-encoded on both kinds of portal."""
        return cls(
            login=text_of(person.get("email")) or text_of(person.get("userName")),
            name=unescape(text_of(person.get("displayName"))),
            role=next((role for member, role in _ROLES if person.get(member)), "user"),
        )


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

    `phone` is the masked number that an SMS went to, empty if the account has none; `app_key` the
    key of an authenticator app that is not set up yet.
    """

    means: Literal["app", "sms"]
    phone: str = ""
    app_key: Secret | None = None


class SignIn:
    """One sign-in to a portal, made with one client.

    What it begins at the portal, a session and perhaps an API key, is undone when the block ends,
    whatever ended it, unless it was kept. `begun` holds what is to be undone.

    The portal checks the password again with each code; nothing is stored in between. No request
    that holds a password is ever repeated: a second try could block the account.
    """

    def __init__(self, portal: PortalClient) -> None:
        self.portal = portal
        self.begun = ExitStack()
        self._fields: dict[str, str] = {}

    def __enter__(self) -> SignIn:
        return self

    def __exit__(self, *_: object) -> None:
        # A closed terminal sends SIGHUP more than once; a second Ctrl-C skips the clean-up.
        with held_back(CLEAN_UP_GRACE, ("SIGTERM", "SIGHUP")):
            self.begun.close()

    def prepare(self) -> Kind:
        """Ask the portal of which kind it is. Raises `InvalidResponse` for what is no portal."""
        self.portal.kind = probe(self.portal)
        return self.portal.kind

    def keep(self, signed_in: SignInResult) -> None:
        """Let this credential live. The session with which an API key was made still ends."""
        self.begun.pop_all()
        if signed_in.credential != self.portal.credential:
            self.begun.callback(end_session_quietly, self.portal)

    def with_password(self, user: str, password: Secret) -> SignInResult | CodeNeeded:
        """Send name and password once. Raises `SignInNeeded` in the portal's words."""
        self._fields = {"userName": user, **password_fields(self.portal, password)}
        return self._sign_in(self.portal.kind.sign_in_path)

    def with_code(self, code: Secret) -> SignInResult:
        """Send the code of the second factor. Raises `WrongCode` if it is not accepted.

        Workspace reads it from the path, DocSpace from the body; DocSpace ignores the path.
        """
        path = f"{self.portal.kind.sign_in_path}/{quote(code.reveal(), safe='')}"
        more = {"code": code.reveal()} if self.portal.kind.code_in_body else {}
        try:
            # A path that holds a code is not for logs and messages.
            outcome = self._sign_in(path, more, display_path="authentication/CODE")
        except SignInNeeded as failure:
            blocked = refusal_in(failure.answer) is Refusal.TOO_MANY_ATTEMPTS
            if blocked or failure.status == 403:
                raise
            # The password was accepted a moment ago, so it was the code.
            raise WrongCode(
                "the code was not accepted",
                hint="codes change every 30 s; after five wrong codes, wait a minute",
                answer=failure.answer,
            ).add_context(method=failure.method, path=failure.path, portal=failure.portal) from None
        if isinstance(outcome, CodeNeeded):
            raise WrongCode("the portal asks for another code").add_context(
                portal=self.portal.address.key
            )
        return outcome

    def send_sms(self) -> CodeNeeded:
        """Ask the portal to send another SMS. It allows a few in ten minutes."""
        return self._request_sms("authentication/sendsms", {})

    def set_phone(self, number: str) -> CodeNeeded:
        """Give an account without a phone its number (Workspace); an SMS goes to it."""
        return self._request_sms("authentication/setphone", {"mobilePhone": number})

    def _request_sms(self, path: str, more: dict[str, str]) -> CodeNeeded:
        answer = self._post(path, more).response
        return CodeNeeded("sms", _masked_phone(answer) if isinstance(answer, dict) else "")

    def _post(
        self, path: str, more: dict[str, str] | None = None, display_path: str | None = None
    ) -> Envelope:
        body = json.dumps({**self._fields, **(more or {})}).encode()
        request = self.portal.request("POST", path, body=body, anonymous=True)
        if display_path:
            request = request._replace(target=request.target._replace(display_path=display_path))
        envelope = self.portal.send(request, retries=0)
        if envelope.error is not None:
            raise explain_sign_in_error(envelope.error, self.portal)
        return envelope

    def _sign_in(
        self, path: str, more: dict[str, str] | None = None, display_path: str | None = None
    ) -> SignInResult | CodeNeeded:
        with held_back(ANSWER_GRACE):  # a session that the portal has begun must become known here
            envelope = self._post(path, more, display_path)
            answer = envelope.response if isinstance(envelope.response, dict) else {}
            token = text_of(answer.get("token"))
            if token:
                self._begin_session(token)
        if token:
            fault = Credential.fault(token)
            if fault:
                raise self._unusable(f"its answer {fault}", envelope)
            return confirm(
                self.portal,
                Credential.of(token, CredentialSource.SIGN_IN),
                expires=expires_of(answer.get("expires")),
                clock_offset=clock_offset(envelope),
            )
        by_sms = answer.get("sms") is True
        if not (by_sms or answer.get("tfa") is True):
            raise self._unusable("the portal sent neither a token nor a reason", envelope)
        key = answer.get("tfaKey")
        if key and not (isinstance(key, str) and re.fullmatch(_APP_KEY, key)):
            raise self._unusable(
                "its answer holds no usable key for an authenticator app", envelope
            )
        return CodeNeeded(
            "sms" if by_sms else "app", _masked_phone(answer), Secret(key) if key else None
        )

    def _begin_session(self, token: str) -> None:
        """Remember the session, so that it is ended if it is not kept.

        Of a token that cannot be sent in a header, it is what a cookie can carry.
        """
        if Credential.fault(token):
            token = quote(token, safe=_COOKIE_SAFE, errors="surrogatepass")
        self.portal.credential = Credential(
            Secret(token), CredentialKind.SESSION, CredentialSource.SIGN_IN
        )
        self.begun.callback(end_session_quietly, self.portal)

    def _unusable(self, why: str, envelope: Envelope) -> OocliError:
        return InvalidResponse(why, answer=envelope.answer).add_context(
            method="POST",
            path=envelope.request.target.display_path,
            portal=self.portal.address.key,
        )


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
        why = "not an ONLYOFFICE portal, or one that is suspended or about to be removed"
    raise InvalidResponse(
        why, hint=f"check the address: the request went to {portal.address.origin}"
    ).add_context(method="GET", path=BUILD, portal=portal.address.key)


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
        raise InvalidResponse("people/@self returned no person").add_context(
            method="GET", path="people/@self", portal=portal.address.key
        )
    return SignInResult(credential, Account.of(person), portal.kind, expires, clock_offset)


def clock_offset(envelope: Envelope) -> float:
    """Return the portal's clock minus ours, in seconds, as its Date header tells; 0 without one."""
    return policy.clock_offset(envelope.answer, time.time())


def text_of(value: object) -> str:
    """Return a text that a portal gave, an empty one where it gave something else."""
    return value if isinstance(value, str) else ""


def expires_of(value: object) -> str | None:
    """Return the portal's own text of a time; None where it cannot be one."""
    text = text_of(value)
    return text if 0 < len(text) <= 64 else None


def _masked_phone(answer: dict[str, object]) -> str:
    """Return the number that a code went to, which the portal has masked, fit for a message."""
    return text_of(answer.get("phoneNoise"))
