"""Which credential a run sends, and where a new one is kept."""

from __future__ import annotations

import time

from oocli.core.portals import Chosen, PortalRecord
from oocli.core.settings import Settings
from oocli.core.token_file import NAME, TokenFile, read_token_file
from oocli.core.vault import Vault
from oocli.model.display import shell_word
from oocli.model.errors import NoSecureStore, SignInNeeded, StorageTrouble, UsageError
from oocli.model.kinds import WORKSPACE, Kind
from oocli.model.listener import Listener
from oocli.model.moments import moment_shown, read_moment, span_shown
from oocli.model.secret import Credential, CredentialKind, Secret

DAY = 86400.0


def find_credential(
    settings: Settings, chosen: Chosen, listener: Listener, now: float | None = None
) -> Credential:
    """Return the credential for the chosen portal, without asking the portal.

    OOCLI_TOKEN, OOCLI_TOKEN_FILE, then the store that the portal's record names. Raises
    `SignInNeeded` if there is none or it has expired, `StorageTrouble` if the store does not open.
    """
    credential = from_environment(settings)
    if credential is None:
        credential = _stored(settings, chosen)
        _check_expiry(chosen, listener, time.time() if now is None else now)
    refuse_foreign(credential, chosen.kind, chosen.address.key)
    return credential


def from_environment(settings: Settings) -> Credential | None:
    """Return the credential that a variable gives, or None."""
    if settings.token is not None:
        return Credential.of(settings.token.reveal(), "OOCLI_TOKEN")
    if settings.token_file is not None:
        return Credential.of(read_token_file(settings.token_file).reveal(), "OOCLI_TOKEN_FILE")
    return None


def refuse_foreign(credential: Credential, kind: Kind, key: str) -> None:
    """Raise `UsageError` for an API key or OAuth token on a kind of portal that knows none."""
    if kind is WORKSPACE and credential.kind is not CredentialKind.SESSION:
        raise UsageError(
            f"{key} is an {kind.title} portal, which knows no {credential.kind.shown}s",
            hint=f"sign in with a password: oocli login --portal {shell_word(key)}",
        )


def vault_of(settings: Settings, record: PortalRecord | None) -> Vault:
    """Return the keyring as the settings and the portal's record want it opened."""
    return Vault(
        disabled=settings.no_keyring,
        recorded=record.backend if record else None,
        chosen_outside=settings.keyring_chosen,
    )


def store_named(settings: Settings, record: PortalRecord, name: str) -> TokenFile | Vault:
    """Return the credential file, or the keyring as the portal's record wants it opened."""
    return TokenFile(settings.places) if name == "file" else vault_of(settings, record)


def forget(settings: Settings, record: PortalRecord) -> None:
    """Remove what the stores hold for a portal."""
    for name in record.stores:
        try:
            store_named(settings, record, name).delete(record.key)
        except NoSecureStore:
            if not record.unfinished:
                raise


def stored_secrets(settings: Settings, record: PortalRecord) -> list[tuple[str, Secret]]:
    """Return what the stores hold for a portal, each with the name of its source, unchecked."""
    found = []
    for name in record.stores:
        try:
            secret = store_named(settings, record, name).read(record.key)
        except NoSecureStore:
            if not record.unfinished:
                raise
            continue
        if secret:
            found.append((NAME if name == "file" else name, secret))
    return found


def _stored(settings: Settings, chosen: Chosen) -> Credential:
    key = chosen.address.key
    record = chosen.record
    if record is not None and record.store not in (None, "keyring", "file"):
        raise StorageTrouble(
            f"{key}: this oocli does not know the store {record.store!r}",
            hint=f"oocli login --portal {shell_word(key)}",
        )
    again = f"oocli login --portal {shell_word(key)}"
    if record is None or not record.is_signed_in:
        raise SignInNeeded(f"{key}: not signed in", hint=again)
    for source, secret in stored_secrets(settings, record):
        try:
            return Credential.of(secret.reveal(), source)
        except ValueError as failure:
            raise StorageTrouble(f"{key}: {failure}", hint=f"sign in again: {again}") from None
    raise SignInNeeded(f"{key}: not signed in", hint=again)


def _check_expiry(chosen: Chosen, listener: Listener, now: float) -> None:
    record = chosen.record
    end = read_moment(record.expires) if record else None
    if record is None or end is None:
        return
    left = end.timestamp() - (now + record.clock_offset)
    key = chosen.address.key
    again = f"oocli login --portal {shell_word(key)}"
    if left <= 0:
        raise SignInNeeded(f"{key}: the sign-in ended at {moment_shown(end)}", hint=again)
    if left < DAY:
        listener.note(f"{key}: the sign-in ends in {span_shown(left)}; renew it: {again}")
