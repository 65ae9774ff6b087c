"""Checks and creates API keys of DocSpace portals."""

from __future__ import annotations

import json
import platform
from contextlib import suppress
from dataclasses import dataclass, replace

from oocli.auth.sign_in import (
    Account,
    SignIn,
    SignInResult,
    add_request,
    clock_offset,
    expires_of,
    text_of,
)
from oocli.auth.sign_out import delete_key_quietly
from oocli.client.portal import PortalClient
from oocli.model.errors import Forbidden, InvalidResponse, NotFound
from oocli.model.secret import Credential, CredentialSource

MAX_NAME_LENGTH = 30  # characters; the portal refuses more (ApiKeysController.cs)
MAX_DAYS = 365


@dataclass(frozen=True, slots=True)
class ApiKeyOptions:
    """The name of a new key, its lifetime in days (None: unlimited), and its scopes (none: all)."""

    name: str | None = None
    days: int | None = None
    scopes: tuple[str, ...] = ()


def confirm_key(portal: PortalClient, credential: Credential) -> SignInResult:
    """Check an API key with keys/@self, which every scope allows, and return it.

    Its owner comes from people/@self if the scope allows that, else from the record of the key.
    """
    portal.credential = credential
    envelope = portal.get("keys/@self")
    key = envelope.response
    if not isinstance(key, dict):
        raise add_request(InvalidResponse("keys/@self returned no key"), envelope)
    person = None
    with suppress(Forbidden, NotFound):
        person = portal.get("people/@self").response
    account = Account.of(person if isinstance(person, dict) else key.get("createBy"))
    return SignInResult(
        credential, account, portal.kind, expires_of(key.get("expiresAt")), clock_offset(envelope)
    )


def make_key(sign_in: SignIn, session: SignInResult, options: ApiKeyOptions) -> SignInResult:
    """Create an API key with the new session, and return it in place of the session.

    The key is deleted when the sign-in ends, unless `SignIn.keep` is called.
    """
    portal = sign_in.portal
    name = options.name or f"oocli {platform.node()}"[:MAX_NAME_LENGTH].strip()
    body: dict[str, object] = {"name": name}
    if options.scopes:
        body["permissions"] = list(options.scopes)
    if options.days is not None:
        body["expiresInDays"] = options.days
    request = portal.request("POST", "keys", body=json.dumps(body).encode())
    envelope = portal.send(request, retries=0).raise_for_error()
    answer = envelope.response if isinstance(envelope.response, dict) else {}
    key, key_id = text_of(answer.get("key")), text_of(answer.get("id")) or None
    if key_id is not None:
        sign_in.undo.callback(delete_key_quietly, portal, key_id)
    fault = Credential.fault(key) if key.startswith("sk-") else "contains no API key"
    if fault:
        raise add_request(InvalidResponse(f"its answer {fault}"), envelope)
    return replace(
        session,
        credential=Credential.of(key, CredentialSource.SIGN_IN),
        expires=expires_of(answer.get("expiresAt")),
        key_id=key_id,
    )
