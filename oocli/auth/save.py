"""Saves a confirmed sign-in: the credential and the record change together, or not at all."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass

from oocli.auth.interrupts import STORE_GRACE, delayed_signals
from oocli.auth.sign_in import SignIn, SignInResult
from oocli.auth.sign_out import delete_key_quietly, end_session_quietly
from oocli.auth.stores import (
    FileStore,
    KeyringStore,
    store_named,
    stored_secrets,
)
from oocli.client.portal import PortalClient
from oocli.config.portals import PortalRecord, PortalRegistry, PortalSelection, locked_portal
from oocli.config.settings import Settings
from oocli.model.errors import OocliError
from oocli.model.secret import Credential, CredentialSource, Secret
from oocli.transport.options import ProgressReporter

# Seconds to end the previous session, while other sign-ins to the portal wait.
END_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The account that a sign-in replaced, if any, and the default portal after it."""

    replaced: str
    default: str | None


def save(
    settings: Settings,
    selection: PortalSelection,
    sign_in: SignIn,
    signed_in: SignInResult,
    reporter: ProgressReporter,
    *,
    in_file: bool,
) -> SaveResult:
    """Store the credential, record the portal, and end the previous session.

    Other processes that sign in to this portal or out of it wait meanwhile. If something fails, the
    stored credential and the record are restored.
    """
    key, address = selection.address.key, selection.address
    secret = signed_in.credential.secret
    with locked_portal(settings.directories, key), delayed_signals(STORE_GRACE):
        registry = PortalRegistry.read(settings.directories)
        before = registry.find(key)
        keyring_store = None if in_file else KeyringStore(settings, None)
        store = keyring_store or FileStore(settings.directories)
        record = PortalRecord(
            origin=address.origin,
            kind=signed_in.kind.name,
            account=signed_in.account.login,
            account_name=signed_in.account.name,
            credential_kind=signed_in.credential.kind.value,
            store="keyring" if keyring_store else "file",
            backend=keyring_store.backend_name if keyring_store else None,
            expires=signed_in.expires,
            clock_offset=signed_in.clock_offset,
            key_id=signed_in.key_id,
            insecure_http=address.scheme == "http" and not address.is_loopback,
        )
        old = store.read(key)
        # A sign-in that was killed leaves a credential without a record. It is ended as well.
        old_secrets = {old} if old else set()
        if before is not None:
            with suppress(OocliError):  # a broken store must not prevent a sign-in
                old_secrets |= {stored for _, stored in stored_secrets(settings, before)}
        with ExitStack() as undo:
            undo.callback(roll_back, registry, store, before, record, old)
            if before is not None:
                # After a crash from here on, the user counts as signed out, and the next sign-in
                # or sign-out ends whatever is stored.
                registry.save(before.being_changed())
            store.write(key, secret)
            registry = registry.save(record)
            undo.pop_all()
        sign_in.keep(signed_in)
        old_secrets.discard(secret)
        previous = before or PortalRecord(address.origin)
        _end_previous(settings, previous, record, old_secrets, sign_in, reporter)
    replaced = before.account if before and before.is_signed_in else ""
    return SaveResult(replaced, registry.default)


def roll_back(
    registry: PortalRegistry,
    store: FileStore | KeyringStore,
    before: PortalRecord | None,
    record: PortalRecord,
    old: Secret | None,
) -> None:
    """Undo a failed change as far as possible. Errors are ignored: the first one is reported."""
    with suppress(OocliError):
        try:
            if old is None:
                store.delete(record.key)
            elif store.read(record.key) != old:
                store.write(record.key, old)
        except OocliError:
            if before is None or record.store in before.stores:
                return  # either credential may be stored, so the record stays marked `unfinished`
        if before is None:
            registry.remove(record.key)
        else:
            registry.save(before)


def _end_previous(
    settings: Settings,
    before: PortalRecord,
    record: PortalRecord,
    old_secrets: set[Secret],
    sign_in: SignIn,
    reporter: ProgressReporter,
) -> None:
    """Remove the previous credential from other stores; end the previous sessions and API key."""
    for name in set(before.stores) - {record.store}:
        try:
            store_named(settings, before, name).delete(before.key)
        except OocliError as failure:
            if not before.unfinished:
                reporter.note(f"{before.key}: the old credential is still stored: {failure.why}")
    max_time = min(settings.limits.max_time or END_LIMIT, END_LIMIT)
    timeout = min(settings.limits.timeout, max_time)
    key_id, portal = before.key_id, sign_in.portal
    for secret in old_secrets:
        try:
            credential = Credential.of(secret.reveal(), CredentialSource.FILE)
        except ValueError:  # it cannot be sent, so it is no valid credential
            continue
        with PortalClient(
            before.address,
            kind=portal.kind,
            credential=credential,
            connection=settings.connection,
            limits=settings.limits._replace(timeout=timeout, max_time=max_time),
            reporter=reporter,
        ) as old:
            end_session_quietly(old)
            # The new session can delete the key even if the scope of the key does not allow that.
            if key_id and (delete_key_quietly(portal, key_id) or delete_key_quietly(old, key_id)):
                key_id = None
    if old_secrets and key_id:
        reporter.note(
            f"{before.key}: the API key that oocli created before is still valid; "
            "delete it at the portal"
        )
