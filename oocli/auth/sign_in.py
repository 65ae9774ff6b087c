"""Signs in to a portal. `auth/save.py` stores the result."""

from __future__ import annotations

import json
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal
from urllib.parse import quote

from oocli.auth.interrupts import delayed_signals
from oocli.auth.password_hash import password_fields
from oocli.auth.sign_in_errors import (
    closed_portal,
    explain_forbidden_address,
    explain_sign_in_error,
    take_context,
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
# Seconds to wait for the answer of a sign-in after a signal, because it contains the session.
ANSWER_GRACE = 2.0
CLEAN_UP_GRACE = 10.0  # seconds for the clean-up after another signal
# The key of an authenticator app is base32, perhaps in groups.
_APP_KEY = "[A-Za-z2-7= -]{1,200}"
_PHONE = "phoneNoise"  # the phone number that got an SMS, masked by the portal
# Characters that a cookie may contain (RFC 6265). Portals decode %XX for the others.
_COOKIE_SAFE = "!#$&'()*+/:<=>?@[]^`{|}"
# Members of people/@self and the roles that they mean, the highest role first.
_ROLES = (
    ("isOwner", "owner"),
    ("isAdmin", "administrator"),
    ("isRoomAdmin", "room administrator"),
    ("isVisitor", "guest"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """The owner of a credential. The texts are empty if its scope does not include people."""

    login: str = ""
    name: str = ""
    role: str = ""

    @classmethod
    def of(cls, person: object) -> Account:
        """Read the answer of people/@self. Both kinds of portal HTML-encode `displayName`."""
        if not isinstance(person, dict):
            return cls()
        return cls(
            login=text_of(person.get("email")) or text_of(person.get("userName")),
            name=unescape(text_of(person.get("displayName"))),
            role=next((role for member, role in _ROLES if person.get(member)), "user"),
        )


@dataclass(frozen=True, slots=True)
class SignInResult:
    """A credential that the portal accepted.

    `expires` is the portal's own text; `clock_offset` is the portal's clock minus ours, in
    seconds; `key_id` is the id of an API key that this sign-in created.
    """

    credential: Credential
    account: Account
    kind: Kind
    expires: str | None = None
    clock_offset: float = 0.0
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was accepted, and a code of the second factor is needed.

    `phone` is the masked number that the SMS was sent to, or empty if the account has none.
    `app_key` is the key for an authenticator app that must be set up first.
    """

    means: Literal["app", "sms"]
    phone: str = ""
    app_key: Secret | None = None


class SignIn:
    """One sign-in to a portal.

    It starts a session and may create an API key. When the `with` block ends, for whatever reason,
    `undo` ends the session and deletes the key, unless `keep` was called.

    Each code is sent together with the password. A request with a password is never retried,
    because the portal blocks the account after several failures.
    """

    def __init__(self, portal: PortalClient) -> None:
        self.portal = portal
        self.undo = ExitStack()
        self._fields: dict[str, str] = {}

    def __enter__(self) -> SignIn:
        return self

    def __exit__(self, *_: object) -> None:
        # A closed terminal sends SIGHUP more than once. A second Ctrl-C skips the clean-up.
        with delayed_signals(CLEAN_UP_GRACE, ("SIGTERM", "SIGHUP")):
            self.undo.close()

    def prepare(self) -> Kind:
        """Find out the kind of the portal. Raises `InvalidResponse` if it is no portal."""
        self.portal.kind = probe(self.portal)
        return self.portal.kind

    def keep(self, signed_in: SignInResult) -> None:
        """Keep this credential. If it is an API key, the session that created it still ends."""
        self.undo.pop_all()
        if signed_in.credential != self.portal.credential:
            self.undo.callback(end_session_quietly, self.portal)

    def with_password(self, user: str, password: Secret) -> SignInResult | CodeNeeded:
        """Send user name and password once. Raises `SignInNeeded` if they are not accepted."""
        self._fields = {"userName": user, **password_fields(self.portal, password)}
        return self._sign_in(self.portal.kind.sign_in_path)

    def with_code(self, code: Secret) -> SignInResult:
        """Send the code of the second factor. Raises `WrongCode` if it is not accepted.

        Workspace reads it from the path. DocSpace ignores the path and reads it from the body.
        """
        path = f"{self.portal.kind.sign_in_path}/{quote(code.reveal(), safe='')}"
        fields = {"code": code.reveal()} if self.portal.kind.code_in_body else {}
        try:
            # Logs and messages must not contain the code.
            outcome = self._sign_in(path, display_path="authentication/CODE", **fields)
        except SignInNeeded as failure:
            blocked = refusal_in(failure.answer) is Refusal.TOO_MANY_ATTEMPTS
            if blocked or failure.status == 403:
                raise
            # The password was accepted before, so the code is wrong.
            hint = "codes change every 30 s; after five wrong codes, wait a minute"
            wrong = WrongCode("the code was not accepted", hint=hint, answer=failure.answer)
            raise take_context(wrong, failure) from None
        if isinstance(outcome, CodeNeeded):
            raise WrongCode("the portal asks for another code").add_context(
                portal=self.portal.address.key
            )
        return outcome

    def send_sms(self) -> CodeNeeded:
        """Request another SMS. The portal allows a few in ten minutes."""
        return self._request_sms("authentication/sendsms")

    def set_phone(self, number: str) -> CodeNeeded:
        """Set the phone number of an account without one (Workspace), and request an SMS."""
        return self._request_sms("authentication/setphone", mobilePhone=number)

    def _request_sms(self, path: str, **fields: str) -> CodeNeeded:
        answer = self._post(path, **fields).response
        return CodeNeeded("sms", text_of(answer.get(_PHONE)) if isinstance(answer, dict) else "")

    def _post(self, path: str, *, display_path: str | None = None, **fields: str) -> Envelope:
        body = json.dumps(self._fields | fields).encode()
        request = self.portal.request("POST", path, body=body, anonymous=True)
        if display_path:
            request = request._replace(target=request.target._replace(display_path=display_path))
        envelope = self.portal.send(request, retries=0)
        if envelope.error is not None:
            raise explain_sign_in_error(envelope.error, self.portal)
        return envelope

    def _sign_in(
        self, path: str, *, display_path: str | None = None, **fields: str
    ) -> SignInResult | CodeNeeded:
        with delayed_signals(ANSWER_GRACE):  # a session that the portal started must be ended later
            envelope = self._post(path, display_path=display_path, **fields)
            answer = envelope.response if isinstance(envelope.response, dict) else {}
            token = text_of(answer.get("token"))
            if token:
                self._begin_session(token)
        if token:
            fault = Credential.fault(token)
            if fault:
                raise _unusable(f"its answer {fault}", envelope)
            signed_in = confirm(self.portal, Credential.of(token, CredentialSource.SIGN_IN))
            expires = expires_of(answer.get("expires"))
            return replace(signed_in, expires=expires, clock_offset=clock_offset(envelope))
        by_sms = answer.get("sms") is True
        if not (by_sms or answer.get("tfa") is True):
            raise _unusable("the portal sent neither a token nor a reason", envelope)
        key = answer.get("tfaKey")
        if key and not (isinstance(key, str) and re.fullmatch(_APP_KEY, key)):
            raise _unusable("its answer holds no usable key for an authenticator app", envelope)
        means: Literal["sms", "app"] = "sms" if by_sms else "app"
        return CodeNeeded(means, text_of(answer.get(_PHONE)), Secret(key) if key else None)

    def _begin_session(self, token: str) -> None:
        """Register the session to be ended, unless `keep` is called."""
        if Credential.fault(token):  # it cannot be sent in a header, but in a cookie
            token = quote(token, safe=_COOKIE_SAFE, errors="surrogatepass")
        self.portal.credential = Credential(
            Secret(token), CredentialKind.SESSION, CredentialSource.SIGN_IN
        )
        self.undo.callback(end_session_quietly, self.portal)


def _unusable(why: str, envelope: Envelope) -> OocliError:
    return add_request(InvalidResponse(why, answer=envelope.answer), envelope)


def add_request(error: OocliError, envelope: Envelope) -> OocliError:
    """Add the request and the portal of an answer to an error, and return the error."""
    request = envelope.request
    return error.add_context(
        method=request.method, path=request.target.display_path, portal=envelope.portal
    )


def probe(portal: PortalClient) -> Kind:
    """Return the kind of portal at this address, with one request without credentials.

    The name of the version in the answer shows the kind (BuildVersion.cs in both servers). Raises
    `InvalidResponse` if there is no portal.
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
    # Closed portals answer 404 without a page (Global.asax.cs and TenantStatusFilter.cs).
    if envelope.status == 404 and (not envelope.raw or envelope.is_json):
        closed = closed_portal(portal, envelope.answer)
        if closed is not None:
            raise add_request(closed, envelope)
        why = "not an ONLYOFFICE portal, or one that is suspended or about to be removed"
    hint = f"check the address: the request went to {portal.address.origin}"
    raise add_request(InvalidResponse(why, hint=hint), envelope)


def confirm(portal: PortalClient, credential: Credential) -> SignInResult:
    """Check a credential with people/@self, and return it with its owner."""
    portal.credential = credential
    try:
        envelope = portal.get("people/@self")
        person = envelope.response
    except OocliError as failure:
        raise explain_forbidden_address(failure) from failure.__cause__
    if not isinstance(person, dict):
        raise add_request(InvalidResponse("people/@self returned no person"), envelope)
    return SignInResult(credential, Account.of(person), portal.kind)


def clock_offset(envelope: Envelope) -> float:
    """Return the portal's clock minus ours, in seconds, from its Date header; 0 without one."""
    return policy.clock_offset(envelope.answer, time.time())


def text_of(value: object) -> str:
    """Return a value of a JSON answer if it is a text, else an empty text."""
    return value if isinstance(value, str) else ""


def expires_of(value: object) -> str | None:
    """Return a value of a JSON answer if it can be the text of a time, else None."""
    text = text_of(value)
    return text if 0 < len(text) <= 64 else None
