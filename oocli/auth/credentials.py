"""Which credential a run sends: that of a variable, else the one that a sign-in stored."""

from __future__ import annotations

import time
from pathlib import Path

from oocli.config.portals import PortalError, PortalRecord, PortalSelection
from oocli.config.settings import Settings, clean_token
from oocli.model.address import PortalAddress
from oocli.model.errors import SignInNeeded, StorageError, UsageError
from oocli.model.kinds import WORKSPACE, Kind
from oocli.model.secret import Credential, CredentialKind, CredentialSource, Secret
from oocli.model.times import format_duration, format_timestamp, parse_timestamp
from oocli.transport.options import ProgressReporter

DAY = 86400.0
MAX_CHARACTERS = 65536  # of a file with a secret


class NotSignedIn(PortalError, SignInNeeded):
    """No credential is stored for the portal, or it has expired.

    `token_is_empty`: OOCLI_TOKEN is set to nothing.
    """

    token_is_empty = False


class UnusableCredential(PortalError, StorageError):
    """What is stored for the portal cannot be sent, or lies in a store that is not known."""


class WrongCredentialKind(PortalError, UsageError):
    """An API key or OAuth token for a kind of portal that accepts session tokens alone."""


def find_credential(
    settings: Settings,
    selection: PortalSelection,
    reporter: ProgressReporter,
    now: float | None = None,
) -> Credential:
    """Return the credential for the selected portal, without asking the portal.

    OOCLI_TOKEN, OOCLI_TOKEN_FILE, then the store that the portal's record names. Raises
    `NotSignedIn` if there is none or it has expired, `StorageError` if the store does not open.
    """
    credential = credential_from_environment(settings)
    if credential is None:
        credential = _stored_credential(settings, selection)
        if selection.record is not None:
            check_expiry(selection.record, reporter, time.time() if now is None else now)
    check_credential_kind(credential, selection.kind, selection.address)
    return credential


def credential_from_environment(settings: Settings) -> Credential | None:
    """Return the credential that a variable gives, or None."""
    if settings.token is not None:
        return Credential.of(settings.token.reveal(), CredentialSource.VARIABLE)
    if settings.token_file is not None:
        secret = read_token_file(settings.token_file)
        return Credential.of(secret.reveal(), CredentialSource.FILE_VARIABLE)
    return None


def check_credential_kind(credential: Credential, kind: Kind, address: PortalAddress) -> None:
    """Raise `WrongCredentialKind` for an API key or OAuth token on a portal that knows none."""
    if kind is WORKSPACE and credential.kind is not CredentialKind.SESSION:
        raise WrongCredentialKind(
            address.typed,
            f"{address.key} is an {kind.title} portal, "
            f"which accepts no {credential.kind.display_name}s",
        )


def check_expiry(record: PortalRecord, reporter: ProgressReporter, now: float) -> None:
    """Raise `NotSignedIn` past the end of a sign-in; report the end in the last 24 hours.

    `now` is this machine's time in Unix seconds.
    """
    end = parse_timestamp(record.expires)
    if end is None:
        return
    left = end.timestamp() - (now + record.clock_offset)
    if left <= 0:
        raise NotSignedIn(
            record.key, f"{record.key}: the sign-in expired at {format_timestamp(end)}"
        )
    if left < DAY:
        reporter.note(
            f"{record.key}: the sign-in expires in {format_duration(left)}; sign in again"
        )


def read_token_file(path: Path) -> Secret:
    """Return the token in the file that OOCLI_TOKEN_FILE names.

    Its mode is not looked at: secrets that a system mounts are often readable by all.
    """
    return Secret(clean_token(secret_text(path, "OOCLI_TOKEN_FILE"), f"OOCLI_TOKEN_FILE ({path})"))


def secret_text(path: Path, named_by: str) -> str:
    """Return the text of a file that should hold a secret; `named_by` begins each message.

    Raises `StorageError`, and `UsageError` for a file of more than 65,536 characters: some are
    endless.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError) as failure:
        why = getattr(failure, "strerror", None) or "it is not text"
        raise StorageError(f"{named_by}: {path} cannot be read: {why}") from None
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"{named_by}: {path} is too large for a secret")
    return text


def _stored_credential(settings: Settings, selection: PortalSelection) -> Credential:
    # With the keyring it is not loaded where a variable gives the credential.
    from oocli.auth.stores import STORE_SOURCES, stored_secrets  # noqa: PLC0415

    key, record = selection.address.key, selection.record
    if record is not None and record.store not in (None, *STORE_SOURCES):
        raise UnusableCredential(key, f"{key}: unknown credential store {record.store!r}")
    stored = stored_secrets(settings, record) if record and record.is_signed_in else []
    if not stored:
        # Without a record the hint must name the scheme; with one the key is enough.
        missing = NotSignedIn(key if record else selection.address.typed, f"{key}: not signed in")
        missing.token_is_empty = settings.token_is_empty
        raise missing
    source, secret = stored[0]
    try:
        return Credential.of(secret.reveal(), source)
    except ValueError as failure:
        raise UnusableCredential(key, f"{key}: {failure}") from None
