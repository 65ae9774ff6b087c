"""API keys of DocSpace portals: checked, made and deleted."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from oocli.auth.sign_in import Account, SignInResult, clock_offset, expires_of, text_of
from oocli.client.portal import PortalClient
from oocli.model.errors import Forbidden, InvalidResponse, NotFound, OocliError, UsageError
from oocli.model.secret import Credential

LONGEST_NAME = 30  # characters; the portal refuses more (ApiKeysController.cs)
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class ApiKeyOptions:
    """What a new key is to be: its name, its days of life (None: no end), its scopes (all)."""

    name: str | None = None
    days: int | None = None
    scopes: tuple[str, ...] = ()

    def checked(self) -> ApiKeyOptions:
        """Return the wishes with a name. Raises `UsageError` for what no portal accepts."""
        if self.days is not None and not 1 <= self.days <= MOST_DAYS:
            raise UsageError(f"--key-days: {self.days} is not between 1 and {MOST_DAYS}")
        if self.name is not None and not 0 < len(self.name.strip()) <= LONGEST_NAME:
            raise UsageError(f"--key-name: a name has 1 to {LONGEST_NAME} characters")
        name = self.name or f"oocli {platform.node()}"[:LONGEST_NAME].strip()
        return replace(self, name=name)


def confirm_key(portal: PortalClient, credential: Credential) -> SignInResult:
    """Try an API key with keys/@self, which every scope allows, and return it.

    Whose it is comes from people/@self where the scope reaches it, else from the key's own record.
    """
    portal.credential = credential
    envelope = portal.get("keys/@self")
    found = envelope.response
    if not isinstance(found, dict):
        raise InvalidResponse("keys/@self tells no key").add_context(
            method="GET", path="keys/@self", portal=portal.address.key
        )
    owner = found.get("createBy")
    account = Account.of(owner) if isinstance(owner, dict) else Account()
    try:
        person = portal.get("people/@self").response
        account = Account.of(person) if isinstance(person, dict) else account
    except (Forbidden, NotFound):
        pass
    return SignInResult(
        credential, account, portal.kind, expires_of(found.get("expiresAt")), clock_offset(envelope)
    )


def make_key(portal: PortalClient, signed_in: SignInResult, options: ApiKeyOptions) -> SignInResult:
    """Make an API key with the session just begun and return it in the session's place."""
    body: dict[str, Any] = {"name": options.name}
    if options.scopes:
        body["permissions"] = list(options.scopes)
    if options.days is not None:
        body["expiresInDays"] = options.days
    request = portal.request("POST", "keys", body=json.dumps(body).encode())
    found = portal.send(request, retries=0).raise_for_error().response
    found = found if isinstance(found, dict) else {}
    key, key_id = text_of(found.get("key")), text_of(found.get("id")) or None
    fault = Credential.fault(key) if key.startswith("sk-") else "holds no API key"
    if fault:
        if key_id:
            delete_key_quietly(portal, key_id)
        raise InvalidResponse(f"its answer {fault}").add_context(
            method="POST", path="keys", portal=portal.address.key
        )
    credential = Credential.of(key, "sign-in")
    expires = expires_of(found.get("expiresAt"))
    return replace(signed_in, credential=credential, expires=expires, key_id=key_id)


def delete_key(portal: PortalClient, key_id: str) -> None:
    """Delete a key that oocli made. A key that is gone already is no failure."""
    try:
        portal.call("DELETE", f"keys/{quote(key_id, safe='')}")
    except NotFound:
        return


def delete_key_quietly(portal: PortalClient, key_id: str) -> bool:
    """Delete a key on the way out of something else; return whether it is gone."""
    try:
        delete_key(portal, key_id)
    except OocliError:
        return False
    return True
