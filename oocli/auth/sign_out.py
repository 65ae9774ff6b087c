"""Signs out: ends sessions and API keys at the portal, then removes them here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from oocli.auth.interrupts import STORE_GRACE, delayed_signals
from oocli.auth.stores import forget, stored_secrets
from oocli.client.portal import PortalClient
from oocli.config.portals import PortalRegistry, locked_portal
from oocli.config.settings import Settings
from oocli.model.errors import NotFound, OocliError
from oocli.model.kinds import kind_named
from oocli.model.secret import Credential, CredentialKind
from oocli.transport.options import ProgressReporter


@dataclass(frozen=True, slots=True)
class SignOutResult:
    """What a sign-out did.

    `failures` are the reasons why credentials were removed here but not ended at the portal.
    `still_valid` lists the kinds of credentials that only the user can end, at the portal.
    """

    was_signed_in: bool
    failures: tuple[str, ...] = ()
    still_valid: tuple[CredentialKind, ...] = ()


def sign_out(settings: Settings, key: str, reporter: ProgressReporter) -> SignOutResult:
    """End the sessions and keys at the portal, then remove them here.

    They are removed here even if the portal cannot be reached. Raises `StorageError` and changes
    nothing if a store cannot be read.
    """
    if PortalRegistry.read(settings.directories).find(key) is None:
        return SignOutResult(was_signed_in=False)
    with locked_portal(settings.directories, key):
        # Another process may have signed in or out meanwhile.
        registry = PortalRegistry.read(settings.directories)
        record = registry.find(key)
        if record is None or not (record.is_signed_in or record.unfinished):
            return SignOutResult(was_signed_in=False)
        failures, still_valid = [], []
        for source, secret in stored_secrets(settings, record):
            try:
                credential = Credential.of(secret.reveal(), source)
                with PortalClient(
                    record.address,
                    kind=kind_named(record.kind),
                    credential=credential,
                    connection=settings.connection,
                    limits=settings.limits,
                    reporter=reporter,
                ) as portal:
                    end_session(portal)
                    if record.key_id:
                        delete_key(portal, record.key_id)
            except OocliError as failure:
                failures.append(failure.why)
            except ValueError as failure:
                failures.append(str(failure))
            else:
                if credential.kind is not CredentialKind.SESSION and not record.key_id:
                    still_valid.append(credential.kind)
        with delayed_signals(STORE_GRACE):
            forget(settings, record)
            registry.save(record.signed_out())
    return SignOutResult(True, tuple(failures), tuple(still_valid))


def end_session(portal: PortalClient) -> None:
    """End the session at the portal. An API key or OAuth token has none, so nothing is sent."""
    if portal.credential is None or portal.credential.kind is not CredentialKind.SESSION:
        return
    method, path = portal.kind.sign_out
    request = portal.request(method, portal.address.origin + path)
    envelope = portal.send(request._replace(with_cookie=True))
    if 300 <= envelope.status < 400 or envelope.status in (401, 403):
        return  # Workspace redirects to its sign-in page. A session that has ended is fine too.
    envelope.raise_for_error()


def end_session_quietly(portal: PortalClient) -> None:
    """End the session, and ignore errors: an earlier one is reported."""
    with suppress(OocliError):
        end_session(portal)


def delete_key(portal: PortalClient, key_id: str) -> None:
    """Delete an API key that oocli created. It is no failure if the key no longer exists."""
    with suppress(NotFound):
        portal.call("DELETE", f"keys/{quote(key_id, safe='')}")


def delete_key_quietly(portal: PortalClient, key_id: str) -> bool:
    """Delete an API key, ignore errors, and return whether the key is gone."""
    try:
        delete_key(portal, key_id)
    except OocliError:
        return False
    return True
