"""`oocli logout`: end the session at the portal, then forget the credential."""

from __future__ import annotations

from typing import Annotated

import typer

from oocli.auth.api_keys import delete_key
from oocli.auth.credentials import forget, stored_secrets
from oocli.auth.interrupts import STORE_GRACE, held_back
from oocli.auth.sign_in import sign_out
from oocli.commands.context import AppContext
from oocli.commands.options import PortalCommand, with_examples
from oocli.config.portals import (
    PortalRecord,
    PortalRegistry,
    PortalSelection,
    locked_portal,
    resolve_portal,
)
from oocli.config.settings import Settings
from oocli.model.errors import OocliError, PartialFailure, StorageError, UsageError
from oocli.model.secret import Credential, CredentialKind
from oocli.model.text import shell_word

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    cls=PortalCommand,
    epilog="Already signed out is a success.",
    help=with_examples(
        "End the session at the portal, then forget the credential. The local copy goes even when "
        "the portal cannot be told.",
        "oocli logout",
        "oocli logout --portal docs.example.com",
        "oocli logout --all",
    ),
)
def logout(
    ctx: typer.Context,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Sign out of every known portal.")
    ] = False,
) -> None:
    """End the session at the portal."""
    app: AppContext = ctx.obj
    settings = app.settings
    registry = PortalRegistry.read(settings.directories)
    if everywhere:
        if settings.portal_option:
            raise UsageError("--all and --portal contradict each other")
        _refuse_variable(settings, None)
        _sign_out_everywhere(app, settings, registry)
        return
    selection = resolve_portal(settings, registry)
    _refuse_variable(settings, selection)
    _sign_out(app, settings, selection)


def _refuse_variable(settings: Settings, selection: PortalSelection | None) -> None:
    """Stop where a variable gives the credential: oocli cannot take it back."""
    if settings.token_variable:
        where = f" for {selection.address.key}" if selection else ""
        raise UsageError(
            f"{settings.token_variable} is in force{where}; nothing was changed",
            hint=f"unset {settings.token_variable}, then run it again",
        )


def _sign_out_everywhere(app: AppContext, settings: Settings, registry: PortalRegistry) -> None:
    """Sign out of each portal; one that fails does not keep the others signed in."""
    failures: list[OocliError] = []
    records = registry.all()
    for record in records:
        try:
            _sign_out(app, settings, PortalSelection(record.address, record, "portals.json"))
        except OocliError as failure:
            failures.append(failure)
            app.stderr.warn(f"{record.key}: still signed in: {failure.why}")
    if len(failures) == 1 == len(records):
        raise failures[0]
    if failures:
        raise PartialFailure(
            f"{len(failures)} of {len(records)} portals are still signed in",
            hint=failures[0].hint,
        )


def _sign_out(app: AppContext, settings: Settings, selection: PortalSelection) -> None:
    key = selection.address.key
    record = selection.record
    if record is not None:
        with locked_portal(settings.directories, key):
            # Another process may have signed in or out since this one began.
            registry = PortalRegistry.read(settings.directories)
            record = registry.find(key)
            if record is not None and (record.is_signed_in or record.unfinished):
                told = _tell_portal(app, settings, record)
                with held_back(STORE_GRACE):
                    forget(settings, record)
                    registry.save(record.signed_out())
                if told:
                    app.stderr.note(f"{key}: signed out")
                return
    app.stderr.note(f"{key}: already signed out")


def _tell_portal(app: AppContext, settings: Settings, record: PortalRecord) -> bool:
    """End the session there. A portal that cannot be told is no reason to keep the local copy."""
    try:
        stored = stored_secrets(settings, record)
    except StorageError as failure:
        forget = f"oocli portals remove {shell_word(record.key)}"
        failure.hint = failure.hint or f"{forget} forgets it all the same"
        raise
    told = True
    for source, secret in stored:
        try:
            _end(app, record, Credential.of(secret.reveal(), source))
        except (OocliError, ValueError) as failure:
            why = failure.why if isinstance(failure, OocliError) else failure
            app.stderr.warn(
                f"{record.key}: signed out here, but the portal could not be told: {why}"
            )
            told = False
    return told


def _end(app: AppContext, record: PortalRecord, credential: Credential) -> None:
    selection = PortalSelection(record.address, record, "portals.json")
    with app.client_for(selection, credential) as portal:
        sign_out(portal)
        if record.key_id:
            delete_key(portal, record.key_id)
    if credential.kind is not CredentialKind.SESSION and not record.key_id:
        app.stderr.note(
            f"{record.key}: the {credential.kind.display_name} itself lives on at the portal"
        )
