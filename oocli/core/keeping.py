"""Keeping a confirmed sign-in: credential and record change together, and what was before ends."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from oocli.core.credentials import store_named, stored_secrets, vault_of
from oocli.core.interrupts import STORE_GRACE, held_back
from oocli.core.keys import delete_key_quietly
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, PortalRecord, locked_portal
from oocli.core.settings import Settings
from oocli.core.sign_in import SignedIn, end_quietly
from oocli.core.token_file import TokenFile
from oocli.core.vault import Vault
from oocli.model.errors import OocliError
from oocli.model.listener import Listener
from oocli.model.secret import Credential, Secret
from oocli.transport.limits import Limits

CLEAN_UP_GRACE = 10.0  # seconds, after another signal
# Seconds for ending the session that was there before, while other sign-ins wait.
END_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a sign-in changed: the account it replaced, and the default portal after."""

    replaced: str
    default: str | None


class Begun:
    """What a sign-in began at the portal: a session, and perhaps an API key made with it.

    What is not kept is ended when the block ends, whatever ended it.
    """

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.key_id: str | None = None
        self._kept: Credential | None = None

    def keep(self, credential: Credential) -> None:
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


def keep(
    settings: Settings,
    chosen: Chosen,
    signed_in: SignedIn,
    begun: Begun,
    listener: Listener,
    *,
    in_file: bool,
) -> Kept:
    """Store the credential and remember the portal; end the session that was there before.

    Other processes that sign in to this portal or out of it wait meanwhile. When something fails,
    both the stored credential and the record are as they were.
    """
    with locked_portal(settings.places, chosen.address.key), held_back(STORE_GRACE):
        before = PortalBook.read(settings.places).find(chosen.address.key)
        vault = None if in_file else vault_of(settings, None)
        record = _record(chosen, before, signed_in, vault)
        store = vault or TokenFile(settings.places)
        old = store.read(record.key)
        former = _former(settings, before, old) - {signed_in.credential.secret}
        book = _replace(settings, store, before, record, signed_in.credential.secret, old)
        begun.keep(signed_in.credential)
        if before is not None:
            _forget_elsewhere(settings, before, record, listener)
        former_record = before or PortalRecord(record.origin)
        _end_former(settings, former_record, former, begun.portal, listener)
    replaced = before.account if before and before.is_signed_in else ""
    return Kept(replaced, book.default)


def _record(
    chosen: Chosen, before: PortalRecord | None, signed_in: SignedIn, vault: Vault | None
) -> PortalRecord:
    return (before or PortalRecord(chosen.address.origin))._replace(
        origin=chosen.address.origin,
        kind=signed_in.kind.name,
        account=signed_in.account.login,
        account_name=signed_in.account.name,
        credential_kind=signed_in.credential.kind.value,
        store="keyring" if vault else "file",
        backend=vault.backend_name if vault else None,
        expires=signed_in.expires,
        clock_offset=signed_in.clock_offset,
        key_id=signed_in.key_id,
        insecure_http=chosen.address.scheme == "http" and not chosen.address.is_loopback,
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
    store: TokenFile | Vault,
    before: PortalRecord | None,
    record: PortalRecord,
    secret: Secret,
    old: Secret | None,
) -> PortalBook:
    """Write the credential and its record.

    A record that is there is marked first: after a crash in between, nobody is taken to be signed
    in, and the next sign-in or sign-out ends what is stored.
    """
    book = PortalBook.read(settings.places)
    try:
        if before is not None:
            book.remember(before.being_changed())
        store.write(record.key, secret)
        return book.remember(record)
    except BaseException:
        _put_back(book, store, before, record, old)
        raise


def _put_back(
    book: PortalBook,
    store: TokenFile | Vault,
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
            book.remove(record.key)
        else:
            book.remember(before)
    except OocliError:
        return


def _forget_elsewhere(
    settings: Settings, before: PortalRecord, record: PortalRecord, listener: Listener
) -> None:
    """Remove what another store still holds."""
    for name in before.stores:
        if name != record.store:
            try:
                store_named(settings, before, name).delete(before.key)
            except OocliError as failure:
                if not before.unfinished:
                    listener.note(
                        f"{before.key}: the old credential is still stored: {failure.why}"
                    )


def _end_former(
    settings: Settings,
    before: PortalRecord,
    former: set[Secret],
    portal: Portal,
    listener: Listener,
) -> None:
    """End what was stored before: sessions, and the key that oocli made."""
    limits = settings.limits
    most = min(limits.max_time or END_LIMIT, END_LIMIT)
    briefly = settings._replace(limits=Limits(min(limits.timeout, most), most, limits.repeats))
    chosen = Chosen(before.address, before, "portals.json")
    key_id = before.key_id
    for secret in former:
        try:
            credential = Credential.of(secret.reveal(), "the old sign-in")
        except ValueError:  # it could not even be sent
            continue
        with Portal.chosen(chosen, briefly, credential, listener, kind=portal.kind) as old:
            end_quietly(old)
            # The new session may do what a narrowly scoped key may not: delete that key.
            if key_id and (delete_key_quietly(portal, key_id) or delete_key_quietly(old, key_id)):
                key_id = None
    if former and key_id:
        listener.note(f"{before.key}: the API key that oocli made before lives on; delete it there")
