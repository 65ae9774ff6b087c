"""Signing in and out: what is asked of the portal, in which order. Nothing is stored here."""

from __future__ import annotations

import html
import json
import time
from dataclasses import dataclass
from typing import Any

from oocli.core.portal import Portal
from oocli.model.document import NotJson
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    CodeRequired,
    Forbidden,
    NotAnApiAnswer,
    OocliError,
    PortalFailed,
    SignInNeeded,
)
from oocli.model.kinds import Kind, kind_from_build
from oocli.model.secret import Credential, CredentialKind, Secret

BUILD = "settings/version/build"


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
        name = html.unescape(str(person.get("displayName") or ""))
        login = str(person.get("email") or person.get("userName") or "")
        return cls(str(person.get("id") or ""), login, name, _role(person))


@dataclass(frozen=True, slots=True)
class SignedIn:
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


def probe(portal: Portal) -> Kind:
    """Return the kind of portal at this address, asked without credentials.

    One request: the key of the version tells (BuildVersion.cs in both servers). Raises
    `NotAnApiAnswer` for everything that is no portal.
    """
    request = portal.request("GET", BUILD, anonymous=True)
    envelope = portal.send(request)
    if envelope.error is None:
        kind = kind_from_build(envelope.response)
        if kind is not None:
            return kind
    elif isinstance(envelope.error, PortalFailed) and not isinstance(
        envelope.error, NotAnApiAnswer
    ):
        raise envelope.error
    raise NotAnApiAnswer(
        "not an ONLYOFFICE portal",
        hint=f"check the address: {portal.address.origin} is what was asked",
    ).about(method="GET", path=BUILD, portal=portal.address.key)


class SignIn:
    """One attempt with a name and a password, over as many requests as the portal wants."""

    def __init__(self, portal: Portal, user: str, password: Secret) -> None:
        self._portal = portal
        self._user = user
        self._password = password

    def start(self) -> SignedIn | CodeNeeded:
        """Send name and password once. Raises `SignInNeeded` in the portal's words."""
        return self._outcome(self._post(self._portal.kind.sign_in_path, {}))

    def _post(self, path: str, more: dict[str, str]) -> Envelope:
        body = {"userName": self._user, "password": self._password.reveal(), **more}
        request = self._portal.request("POST", path, body=json.dumps(body).encode(), anonymous=True)
        envelope = self._portal.send(request, repeats=0)
        if envelope.error is not None:
            raise _refusal(envelope.error, self._portal)
        return envelope

    def _outcome(self, envelope: Envelope) -> SignedIn | CodeNeeded:
        said = envelope.response if isinstance(envelope.response, dict) else {}
        token = said.get("token")
        if token:
            credential = Credential.of(str(token), "sign-in")
            expires = said.get("expires")
            return confirm(
                self._portal,
                credential,
                expires=str(expires) if expires else None,
                clock_offset=clock_offset(envelope),
            )
        if said.get("sms") or said.get("tfa"):
            key = said.get("tfaKey")
            return CodeNeeded(
                "sms" if said.get("sms") else "app",
                str(said.get("phoneNoise") or ""),
                Secret(str(key)) if key else None,
            )
        raise NotAnApiAnswer(
            "the portal gave neither a token nor a reason", answer=envelope.answer
        ).about(method="POST", path=envelope.request.target.shown, portal=self._portal.address.key)


def confirm(
    portal: Portal,
    credential: Credential,
    *,
    expires: str | None = None,
    clock_offset: float = 0.0,
) -> SignedIn:
    """Try a credential with people/@self and return it with its owner.

    A session that fails the trial is ended again, so that none is left that nobody holds.
    """
    portal.credential = credential
    try:
        person = portal.get("people/@self").response
        if not isinstance(person, dict):
            raise NotAnApiAnswer("people/@self tells no person").about(
                method="GET", path="people/@self", portal=portal.address.key
            )
    except BaseException:
        if credential.source == "sign-in":
            end_quietly(portal)
        raise
    return SignedIn(credential, Account.of(person), portal.kind, expires, clock_offset)


def sign_out(portal: Portal) -> None:
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
    envelope.raised()


def end_quietly(portal: Portal) -> None:
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
    except (KeyError, ValueError, TypeError):
        return 0.0
    return round(offset) if abs(offset) > 5 else 0.0


def code_required(needed: CodeNeeded, portal: Portal) -> CodeRequired:
    """Say that a code is due and cannot be asked for here."""
    where = "an authenticator app" if needed.means == "app" else f"an SMS to {needed.phone}"
    error = CodeRequired(
        f"a code from {where} is needed", hint="give it with --otp CODE or --otp-command CMD"
    )
    error.about(portal=portal.address.key)
    return error


def _refusal(error: OocliError, portal: Portal) -> OocliError:
    """Turn a failed sign-in into one that says so, whatever its status was."""
    key = portal.address.key
    if isinstance(error, SignInNeeded):
        error.hint = "check the e-mail address and the password"
        if "many attempts" in error.why:
            error.hint = "wait a minute before the next try"
        return error
    if isinstance(error, Forbidden) and type(error) is Forbidden:
        # DocSpace says 403 for too many attempts, a captcha, and a disabled user.
        refused = SignInNeeded(
            error.why, hint=f"wait a minute, or sign in at {portal.address.origin} with a browser",
            answer=error.answer,
        )  # fmt: skip
        refused.about(method=error.method, path=error.path, portal=key)
        return refused
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


def body_or_none(envelope: Envelope) -> Any:
    """Return the parsed body, None where there is no JSON."""
    try:
        return envelope.body
    except NotJson:
        return None
