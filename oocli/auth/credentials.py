"""The credential that a run sends: from a variable, or else stored by a sign-in."""

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
MAX_CHARACTERS = 65536  # in a file with a secret


class NotSignedIn(PortalError, SignInNeeded):
    """No credential is stored for the portal, or it has expired.

    `token_is_empty`: OOCLI_TOKEN is set but empty.
    """

    token_is_empty = False


class UnusableCredential(PortalError, StorageError):
    """The stored credential of the portal cannot be sent, or its store is unknown."""


class WrongCredentialKind(PortalError, UsageError):
    """An API key or OAuth token for a kind of portal that accepts only session tokens."""


def find_credential(
    settings: Settings, selection: PortalSelection, reporter: ProgressReporter
) -> Credential:
    """Return the credential for the selected portal, without a request.

    It comes from OOCLI_TOKEN, else from OOCLI_TOKEN_FILE, else from the store that the record of
    the portal names. Raises `NotSignedIn` if there is none or it has expired, and `StorageError`
    if the store cannot be read.
    """
    if settings.token is not None:
        credential = Credential.of(settings.token.reveal(), CredentialSource.VARIABLE)
    elif settings.token_file is not None:
        # Its mode is not checked: a secret that the system mounts is often readable by all users.
        text = secret_text(settings.token_file, "OOCLI_TOKEN_FILE")
        token = Secret(clean_token(text, f"OOCLI_TOKEN_FILE ({settings.token_file})"))
        credential = Credential.of(token.reveal(), CredentialSource.FILE_VARIABLE)
    else:
        credential = _stored_credential(settings, selection)
        if selection.record is not None:
            check_expiry(selection.record, reporter, time.time())
    check_credential_kind(credential, selection.kind, selection.address)
    return credential


def _stored_credential(settings: Settings, selection: PortalSelection) -> Credential:
    # Not needed, and not imported, if a variable sets the credential.
    from oocli.auth.stores import STORE_SOURCES, stored_secrets  # noqa: PLC0415

    key, record = selection.address.key, selection.record
    if record is not None and record.store not in (None, *STORE_SOURCES):
        raise UnusableCredential(key, f"{key}: unknown credential store {record.store!r}")
    stored = stored_secrets(settings, record) if record and record.is_signed_in else []
    if not stored:
        # Without a record the hint must name the scheme; otherwise the key is enough.
        missing = NotSignedIn(key if record else selection.address.typed, f"{key}: not signed in")
        missing.token_is_empty = settings.token_is_empty
        raise missing
    source, secret = stored[0]
    try:
        return Credential.of(secret.reveal(), source)
    except ValueError as failure:
        raise UnusableCredential(key, f"{key}: {failure}") from None


def check_credential_kind(credential: Credential, kind: Kind, address: PortalAddress) -> None:
    """Raise `WrongCredentialKind` for an API key or OAuth token on a Workspace portal."""
    if kind is WORKSPACE and credential.kind is not CredentialKind.SESSION:
        raise WrongCredentialKind(
            address.typed,
            f"{address.key} is an {kind.title} portal, "
            f"which accepts no {credential.kind.display_name}s",
        )


def check_expiry(record: PortalRecord, reporter: ProgressReporter, now: float) -> None:
    """Raise `NotSignedIn` if a sign-in has expired, and report one that expires within 24 hours.

    `now` is the time of this machine in Unix seconds.
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


def secret_text(path: Path, named_by: str) -> str:
    """Return the text of a file that holds a secret. Each message starts with `named_by`.

    Raises `StorageError`, and `UsageError` for more than 65,536 characters: a device may have no
    end.
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
