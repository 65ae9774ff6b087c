"""The hash that DocSpace takes in place of a password, so that the password stays here."""

from __future__ import annotations

import hashlib
import re

from oocli.client.portal import PortalClient
from oocli.model.errors import OocliError
from oocli.model.secret import Secret

# Parameters beyond these would be a trick to keep this machine busy, or to weaken the hash.
_MAX_ITERATIONS = 10_000_000
_MIN_ITERATIONS = 1_000


def hashed(password: str, salt: str, iterations: int, size: int) -> str:
    """Return PBKDF2-HMAC-SHA256 as lower-case hex; `size` is in bits.

    The salt is taken as text, not as the hex that it looks like, and the password without white
    space around it (DocSpace-server, common/ASC.Common/Security/Cryptography/PasswordHasher.cs).
    """
    raw = hashlib.pbkdf2_hmac(
        "sha256", password.strip().encode(), salt.encode(), iterations, size // 8
    )
    return raw.hex()


def password_fields(portal: PortalClient, password: Secret) -> dict[str, str]:
    """Return what to send as the password: its hash where the portal takes one, else itself.

    A directory (LDAP) checks the password itself, so the hash would never match there. Where the
    portal's settings cannot be read, the password goes as it is, over TLS like everything else.
    """
    if portal.kind.hashes_password:
        parameters = _parameters(portal)
        if parameters is not None:
            value = Secret(hashed(password.reveal(), *parameters))
            return {"passwordHash": value.reveal()}
    return {"password": password.reveal()}


def _parameters(portal: PortalClient) -> tuple[str, int, int] | None:
    """Return salt, iterations and bits of the hash; None where the password itself is to go."""
    settings = anonymous_response(portal, "settings")
    found = settings.get("passwordHash")
    if not isinstance(found, dict):
        return None
    salt, iterations, size = found.get("salt"), found.get("iterations"), found.get("size")
    # Half an emoji is text to JSON and has no bytes to be hashed.
    if isinstance(salt, str) and re.search("[\ud800-\udfff]", salt):
        return None
    if not (isinstance(salt, str) and isinstance(iterations, int) and isinstance(size, int)):
        return None
    if not (_MIN_ITERATIONS <= iterations <= _MAX_ITERATIONS and size in (256, 384, 512)):
        return None
    if settings.get("tenantStatus"):
        # The portal is closed and hides `capabilities`. Nobody gets in, with no password at all.
        return salt, iterations, size
    if anonymous_response(portal, "capabilities").get("ldapEnabled") is not False:
        return None
    return salt, iterations, size


def anonymous_response(portal: PortalClient, path: str) -> dict[str, object]:
    """Return the `response` of a GET without credentials; empty where it cannot be had."""
    try:
        envelope = portal.send(portal.request("GET", path, anonymous=True))
        found = envelope.response if envelope.error is None else None
    except OocliError:
        return {}
    return found if isinstance(found, dict) else {}
