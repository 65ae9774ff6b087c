"""Keeping a confirmed sign-in: first the credential, then the record, or neither."""

from __future__ import annotations

from dataclasses import dataclass

from oocli.core.credentials import forget, stored_credential, vault_of
from oocli.core.keys import delete_key_quietly
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, PortalRecord
from oocli.core.settings import Settings
from oocli.core.sign_in import SignedIn, end_quietly
from oocli.core.token_file import TokenFile
from oocli.model.errors import OocliError
from oocli.model.listener import Listener
from oocli.model.secret import Credential


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a sign-in changed: the account it replaced, and the default portal after."""

    replaced: str
    default: str | None


def keep(
    settings: Settings,
    chosen: Chosen,
    signed_in: SignedIn,
    portal: Portal,
    listener: Listener,
    *,
    in_file: bool,
) -> Kept:
    """Store the credential and remember the portal; end the session that was there before.

    When the record cannot be written, the stored credential is taken back, and a credential that
    cannot be kept is ended at the portal: nothing is left alive that nobody holds.
    """
    before = chosen.record
    old = _old_credential(settings, before)
    try:
        record = _store(settings, chosen, signed_in, in_file=in_file)
        try:
            book = PortalBook.read(settings.places).remember(record)
        except BaseException:
            _put_back(settings, record, before, old)
            raise
    except BaseException:
        undo(portal, signed_in)
        raise
    replaced = before.account if before and before.is_signed_in else ""
    if before is not None and before.store != record.store:
        _forget_quietly(settings, before, listener)
    if old is not None and old.secret != signed_in.credential.secret:
        with Portal.chosen(chosen, settings, old, listener, kind=signed_in.kind) as former:
            _end_former(former, portal, before, listener)
    return Kept(replaced, book.default)


def undo(portal: Portal, signed_in: SignedIn) -> None:
    """End at the portal what this sign-in began there: a key that it made, and its session."""
    if signed_in.key_id:
        delete_key_quietly(portal, signed_in.key_id)
    if signed_in.credential.source == "sign-in":
        end_quietly(portal)


def _end_former(
    former: Portal, portal: Portal, before: PortalRecord | None, listener: Listener
) -> None:
    """End the credential that was stored before: its session, or the key that oocli made."""
    end_quietly(former)
    key_id = before.key_id if before else None
    # The new session may do what a narrowly scoped key may not: delete that key.
    if key_id and not (delete_key_quietly(portal, key_id) or delete_key_quietly(former, key_id)):
        listener.note(
            f"{former.address.key}: the API key that oocli made before lives on; delete it there"
        )


def _store(
    settings: Settings, chosen: Chosen, signed_in: SignedIn, *, in_file: bool
) -> PortalRecord:
    key, secret = chosen.address.key, signed_in.credential.secret
    backend = None
    if in_file:
        TokenFile(settings.places).write(key, secret)
    else:
        vault = vault_of(settings, None)
        vault.write(key, secret)
        backend = vault.backend_name
    before = chosen.record or PortalRecord(chosen.address.origin)
    return before._replace(
        origin=chosen.address.origin,
        kind=signed_in.kind.name,
        account=signed_in.account.login,
        account_name=signed_in.account.name,
        credential_kind=signed_in.credential.kind.value,
        store="file" if in_file else "keyring",
        backend=backend,
        expires=signed_in.expires,
        clock_offset=signed_in.clock_offset,
        key_id=signed_in.key_id,
        insecure_http=chosen.address.scheme == "http" and not chosen.address.is_loopback,
    )


def _old_credential(settings: Settings, before: PortalRecord | None) -> Credential | None:
    """Return what is stored now, if it can be read: a broken store must not stop a sign-in."""
    if before is None:
        return None
    try:
        return stored_credential(settings, before)
    except OocliError:
        return None


def _put_back(
    settings: Settings, record: PortalRecord, before: PortalRecord | None, old: Credential | None
) -> None:
    """Undo the writing of a credential whose record could not be written."""
    try:
        if old is None or before is None or before.store != record.store:
            forget(settings, record)
        elif record.store == "file":
            TokenFile(settings.places).write(record.key, old.secret)
        else:
            vault_of(settings, before).write(record.key, old.secret)
    except OocliError:
        return  # The first failure is the one to be told.


def _forget_quietly(settings: Settings, before: PortalRecord, listener: Listener) -> None:
    try:
        forget(settings, before)
    except OocliError as failure:
        listener.note(f"{before.key}: the old credential is still stored: {failure.why}")
