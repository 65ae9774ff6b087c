"""Keeping a confirmed sign-in: credential and record change together, and what was before ends."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from oocli.auth.api_keys import delete_key_quietly
from oocli.auth.credentials import keyring_store_for, store_named, stored_secrets
from oocli.auth.file_store import FileStore
from oocli.auth.interrupts import STORE_GRACE, held_back
from oocli.auth.keyring_store import KeyringStore
from oocli.auth.sign_in import SignInResult, end_quietly
from oocli.client.portal import PortalClient
from oocli.config.portals import PortalRecord, PortalRegistry, PortalSelection, locked_portal
from oocli.config.settings import Settings
from oocli.model.errors import OocliError
from oocli.model.progress import ProgressReporter
from oocli.model.secret import Credential, Secret
from oocli.transport.options import RequestLimits

CLEAN_UP_GRACE = 10.0  # seconds, after another signal
# Seconds for ending the session that was there before, while other sign-ins wait.
END_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What keeping a sign-in changed: the account it replaced, and the default portal after."""

    replaced: str
    default: str | None


class Begun:
    """What a sign-in began at the portal: a session, and perhaps an API key made with it.

    What is not kept is ended when the block ends, whatever ended it.
    """

    def __init__(self, portal: PortalClient) -> None:
        self.portal = portal
        self.key_id: str | None = None
        self._kept: Credential | None = None

    def save(self, credential: Credential) -> None:
        """Let this credential live: the session, or the key that was made."""
        self._kept, self.key_id = credential, None

    def __enter__(self) -> Begun:
        return self

    def __exit__(self, *_: object) -> None:
        session = self.portal.credential
        # A closed terminal sends SIGHUP more than once; a second Ctrl-C skips the clean-up.
        with held_back(CLEAN_UP_GRACE, ("SIGTERM", "SIGHUP")):
            if self.key_id:
                delete_key_quietly(self.portal, self.key_id)
            if session is not None and session.source == "sign-in" and session != self._kept:
                end_quietly(self.portal)


def save(
    settings: Settings,
    selection: PortalSelection,
    signed_in: SignInResult,
    begun: Begun,
    reporter: ProgressReporter,
    *,
    in_file: bool,
) -> SaveResult:
    """Store the credential and remember the portal; end the session that was there before.

    Other processes that sign in to this portal or out of it wait meanwhile. When something fails,
    both the stored credential and the record are as they were.
    """
    with locked_portal(settings.directories, selection.address.key), held_back(STORE_GRACE):
        before = PortalRegistry.read(settings.directories).find(selection.address.key)
        keyring_store = None if in_file else keyring_store_for(settings, None)
        record = _record(selection, before, signed_in, keyring_store)
        store = keyring_store or FileStore(settings.directories)
        old = store.read(record.key)
        former = _former(settings, before, old) - {signed_in.credential.secret}
        registry = _replace(settings, store, before, record, signed_in.credential.secret, old)
        begun.save(signed_in.credential)
        if before is not None:
            _forget_elsewhere(settings, before, record, reporter)
        former_record = before or PortalRecord(record.origin)
        _end_former(settings, former_record, former, begun.portal, reporter)
    replaced = before.account if before and before.is_signed_in else ""
    return SaveResult(replaced, registry.default)


def _record(
    selection: PortalSelection,
    before: PortalRecord | None,
    signed_in: SignInResult,
    keyring_store: KeyringStore | None,
) -> PortalRecord:
    return (before or PortalRecord(selection.address.origin))._replace(
        origin=selection.address.origin,
        kind=signed_in.kind.name,
        account=signed_in.account.login,
        account_name=signed_in.account.name,
        credential_kind=signed_in.credential.kind.value,
        store="keyring" if keyring_store else "file",
        backend=keyring_store.backend_name if keyring_store else None,
        expires=signed_in.expires,
        clock_offset=signed_in.clock_offset,
        key_id=signed_in.key_id,
        insecure_http=selection.address.scheme == "http" and not selection.address.is_loopback,
        unfinished=False,
    )


def _former(settings: Settings, before: PortalRecord | None, old: Secret | None) -> set[Secret]:
    """Return what is stored now, if it can be read: a broken store must not stop a sign-in.

    `old` is what the new credential replaces; a sign-in that was killed leaves one without record.
    """
    found = {old} if old else set()
    if before is not None:
        with suppress(OocliError):
            found |= {secret for _, secret in stored_secrets(settings, before)}
    return found


def _replace(
    settings: Settings,
    store: FileStore | KeyringStore,
    before: PortalRecord | None,
    record: PortalRecord,
    secret: Secret,
    old: Secret | None,
) -> PortalRegistry:
    """Write the credential and its record.

    A record that is there is marked first: after a crash in between, nobody is taken to be signed
    in, and the next sign-in or sign-out ends what is stored.
    """
    registry = PortalRegistry.read(settings.directories)
    try:
        if before is not None:
            registry.save(before.being_changed())
        store.write(record.key, secret)
        return registry.save(record)
    except BaseException:
        _put_back(registry, store, before, record, old)
        raise


def _put_back(
    registry: PortalRegistry,
    store: FileStore | KeyringStore,
    before: PortalRecord | None,
    record: PortalRecord,
    old: Secret | None,
) -> None:
    """Undo a change that failed, as far as that is possible; the first failure is told."""
    try:
        try:
            if old is None:
                store.delete(record.key)
            elif store.read(record.key) != old:
                store.write(record.key, old)
        except OocliError:
            if before is None or record.store in before.stores:
                return  # whose credential is stored is not known: the record stays marked
        if before is None:
            registry.remove(record.key)
        else:
            registry.save(before)
    except OocliError:
        return


def _forget_elsewhere(
    settings: Settings, before: PortalRecord, record: PortalRecord, reporter: ProgressReporter
) -> None:
    """Remove what another store still holds."""
    for name in before.stores:
        if name != record.store:
            try:
                store_named(settings, before, name).delete(before.key)
            except OocliError as failure:
                if not before.unfinished:
                    reporter.note(
                        f"{before.key}: the old credential is still stored: {failure.why}"
                    )


def _end_former(
    settings: Settings,
    before: PortalRecord,
    former: set[Secret],
    portal: PortalClient,
    reporter: ProgressReporter,
) -> None:
    """End what was stored before: sessions, and the key that oocli made."""
    limits = settings.limits
    seconds = min(limits.max_time or END_LIMIT, END_LIMIT)
    key_id = before.key_id
    for secret in former:
        try:
            credential = Credential.of(secret.reveal(), "the old sign-in")
        except ValueError:  # it could not even be sent
            continue
        with PortalClient(
            before.address,
            kind=portal.kind,
            credential=credential,
            connection=settings.connection,
            limits=RequestLimits(min(limits.timeout, seconds), seconds, limits.retries),
            reporter=reporter,
        ) as old:
            end_quietly(old)
            # The new session may do what a narrowly scoped key may not: delete that key.
            if key_id and (delete_key_quietly(portal, key_id) or delete_key_quietly(old, key_id)):
                key_id = None
    if former and key_id:
        reporter.note(f"{before.key}: the API key that oocli made before lives on; delete it there")
