"""The hash that DocSpace accepts instead of a password, so that the password is not sent."""

from __future__ import annotations

import hashlib
import re

from oocli.client.portal import PortalClient
from oocli.model.errors import OocliError
from oocli.model.secret import Secret

# Other parameters of a portal are refused: they could block this machine, or weaken the hash.
_MAX_ITERATIONS = 10_000_000
_MIN_ITERATIONS = 1_000


def hashed(password: str, salt: str, iterations: int, size: int) -> str:
    """Return PBKDF2-HMAC-SHA256 as lower-case hex; `size` is in bits.

    The salt is used as text, although it looks like hex, and the password without surrounding
    white space (DocSpace-server, common/ASC.Common/Security/Cryptography/PasswordHasher.cs).
    """
    raw = hashlib.pbkdf2_hmac(
        "sha256", password.strip().encode(), salt.encode(), iterations, size // 8
    )
    return raw.hex()


def password_fields(portal: PortalClient, password: Secret) -> dict[str, str]:
    """Return the field to send: the hash if the portal accepts it, else the password.

    An LDAP directory needs the password itself. It is also sent if the settings of the portal
    cannot be read, over TLS like everything else.
    """
    parameters = _parameters(portal) if portal.kind.hashes_password else None
    if parameters is None:
        return {"password": password.reveal()}
    return {"passwordHash": Secret(hashed(password.reveal(), *parameters)).reveal()}


def _parameters(portal: PortalClient) -> tuple[str, int, int] | None:
    """Return salt, iterations and bits of the hash, or None if the password itself must be sent."""
    settings = anonymous_response(portal, "settings")
    found = settings.get("passwordHash")
    if not isinstance(found, dict):
        return None
    salt, iterations, size = found.get("salt"), found.get("iterations"), found.get("size")
    if not (isinstance(salt, str) and isinstance(iterations, int) and isinstance(size, int)):
        return None
    cannot_be_encoded = re.search("[\ud800-\udfff]", salt)  # half an emoji
    is_allowed = _MIN_ITERATIONS <= iterations <= _MAX_ITERATIONS and size in (256, 384, 512)
    if cannot_be_encoded or not is_allowed:
        return None
    if settings.get("tenantStatus"):
        # The portal is closed and hides `capabilities`. No password is accepted in this state.
        return salt, iterations, size
    if anonymous_response(portal, "capabilities").get("ldapEnabled") is not False:
        return None
    return salt, iterations, size


def anonymous_response(portal: PortalClient, path: str) -> dict[str, object]:
    """Return the `response` of a GET without credentials, or an empty one if the request fails."""
    try:
        envelope = portal.send(portal.request("GET", path, anonymous=True))
        found = envelope.response if envelope.error is None else None
    except OocliError:
        return {}
    return found if isinstance(found, dict) else {}
