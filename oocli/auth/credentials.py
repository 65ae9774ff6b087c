"""Which credential a run sends, and where a new one is kept."""

from __future__ import annotations

import time

from oocli.auth.file_store import NAME, FileStore, read_token_file
from oocli.auth.keyring_store import KeyringStore
from oocli.config.portals import PortalRecord, PortalSelection
from oocli.config.settings import Settings
from oocli.model.errors import NoSecureStore, SignInNeeded, StorageError, UsageError
from oocli.model.kinds import WORKSPACE, Kind
from oocli.model.progress import ProgressReporter
from oocli.model.secret import Credential, CredentialKind, Secret
from oocli.model.text import shell_word
from oocli.model.timestamps import format_duration, format_timestamp, parse_timestamp

DAY = 86400.0


def find_credential(
    settings: Settings,
    selection: PortalSelection,
    reporter: ProgressReporter,
    now: float | None = None,
) -> Credential:
    """Return the credential for the chosen portal, without asking the portal.

    OOCLI_TOKEN, OOCLI_TOKEN_FILE, then the store that the portal's record names. Raises
    `SignInNeeded` if there is none or it has expired, `StorageError` if the store does not open.
    """
    credential = from_environment(settings)
    if credential is None:
        credential = _stored(settings, selection)
        _check_expiry(selection, reporter, time.time() if now is None else now)
    check_credential_kind(credential, selection.kind, selection.address.key)
    return credential


def from_environment(settings: Settings) -> Credential | None:
    """Return the credential that a variable gives, or None."""
    if settings.token is not None:
        return Credential.of(settings.token.reveal(), "OOCLI_TOKEN")
    if settings.token_file is not None:
        return Credential.of(read_token_file(settings.token_file).reveal(), "OOCLI_TOKEN_FILE")
    return None


def check_credential_kind(credential: Credential, kind: Kind, key: str) -> None:
    """Raise `UsageError` for an API key or OAuth token on a kind of portal that knows none."""
    if kind is WORKSPACE and credential.kind is not CredentialKind.SESSION:
        raise UsageError(
            f"{key} is an {kind.title} portal, which knows no {credential.kind.display_name}s",
            hint=f"sign in with a password: oocli login --portal {shell_word(key)}",
        )


def keyring_store_for(settings: Settings, record: PortalRecord | None) -> KeyringStore:
    """Return the keyring as the settings and the portal's record want it opened."""
    return KeyringStore(
        disabled=settings.no_keyring,
        recorded=record.backend if record else None,
        chosen_outside=settings.keyring_chosen,
    )


def store_named(settings: Settings, record: PortalRecord, name: str) -> FileStore | KeyringStore:
    """Return the credential file, or the keyring as the portal's record wants it opened."""
    return (
        FileStore(settings.directories) if name == "file" else keyring_store_for(settings, record)
    )


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


def _stored(settings: Settings, selection: PortalSelection) -> Credential:
    key = selection.address.key
    record = selection.record
    if record is not None and record.store not in (None, "keyring", "file"):
        raise StorageError(
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
            raise StorageError(f"{key}: {failure}", hint=f"sign in again: {again}") from None
    raise SignInNeeded(f"{key}: not signed in", hint=again)


def _check_expiry(selection: PortalSelection, reporter: ProgressReporter, now: float) -> None:
    record = selection.record
    end = parse_timestamp(record.expires) if record else None
    if record is None or end is None:
        return
    left = end.timestamp() - (now + record.clock_offset)
    key = selection.address.key
    again = f"oocli login --portal {shell_word(key)}"
    if left <= 0:
        raise SignInNeeded(f"{key}: the sign-in ended at {format_timestamp(end)}", hint=again)
    if left < DAY:
        reporter.note(f"{key}: the sign-in ends in {format_duration(left)}; renew it: {again}")
