"""`oocli logout`: end the session at the portal, then forget the credential."""

from __future__ import annotations

from typing import Annotated

import typer

from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.credentials import forget, stored_secrets
from oocli.core.interrupts import STORE_GRACE, held_back
from oocli.core.keys import delete_key
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, PortalRecord, choose, locked_portal
from oocli.core.settings import Settings
from oocli.core.sign_in import sign_out
from oocli.model.display import shell_word
from oocli.model.errors import OocliError, SomeFailed, StorageTrouble, UsageError
from oocli.model.secret import Credential, CredentialKind

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
    run: Run = ctx.obj
    settings = run.settings
    book = PortalBook.read(settings.places)
    if everywhere:
        if settings.portal_option:
            raise UsageError("--all and --portal contradict each other")
        _refuse_variable(settings, None)
        _sign_out_everywhere(run, settings, book)
        return
    chosen = choose(settings, book)
    _refuse_variable(settings, chosen)
    _sign_out(run, settings, chosen)


def _refuse_variable(settings: Settings, chosen: Chosen | None) -> None:
    """Stop where a variable gives the credential: oocli cannot take it back."""
    if settings.token_variable:
        where = f" for {chosen.address.key}" if chosen else ""
        raise UsageError(
            f"{settings.token_variable} is in force{where}; nothing was changed",
            hint=f"unset {settings.token_variable}, then run it again",
        )


def _sign_out_everywhere(run: Run, settings: Settings, book: PortalBook) -> None:
    """Sign out of each portal; one that fails does not keep the others signed in."""
    failures: list[OocliError] = []
    records = book.all()
    for record in records:
        try:
            _sign_out(run, settings, Chosen(record.address, record, "portals.json"))
        except OocliError as failure:
            failures.append(failure)
            run.messages.warn(f"{record.key}: still signed in: {failure.why}")
    if len(failures) == 1 == len(records):
        raise failures[0]
    if failures:
        raise SomeFailed(
            f"{len(failures)} of {len(records)} portals are still signed in",
            hint=failures[0].hint,
        )


def _sign_out(run: Run, settings: Settings, chosen: Chosen) -> None:
    key = chosen.address.key
    record = chosen.record
    if record is not None:
        with locked_portal(settings.places, key):
            # Another process may have signed in or out since this one began.
            book = PortalBook.read(settings.places)
            record = book.find(key)
            if record is not None and (record.is_signed_in or record.unfinished):
                told = _tell_portal(run, settings, record)
                with held_back(STORE_GRACE):
                    forget(settings, record)
                    book.remember(record.signed_out())
                if told:
                    run.messages.note(f"{key}: signed out")
                return
    run.messages.note(f"{key}: already signed out")


def _tell_portal(run: Run, settings: Settings, record: PortalRecord) -> bool:
    """End the session there. A portal that cannot be told is no reason to keep the local copy."""
    try:
        stored = stored_secrets(settings, record)
    except StorageTrouble as failure:
        forget = f"oocli portals remove {shell_word(record.key)}"
        failure.hint = failure.hint or f"{forget} forgets it all the same"
        raise
    told = True
    for source, secret in stored:
        try:
            _end(run, settings, record, Credential.of(secret.reveal(), source))
        except (OocliError, ValueError) as failure:
            why = failure.why if isinstance(failure, OocliError) else failure
            run.messages.warn(
                f"{record.key}: signed out here, but the portal could not be told: {why}"
            )
            told = False
    return told


def _end(run: Run, settings: Settings, record: PortalRecord, credential: Credential) -> None:
    chosen = Chosen(record.address, record, "portals.json")
    with Portal.chosen(chosen, settings, credential, run.messages) as portal:
        sign_out(portal)
        if record.key_id:
            delete_key(portal, record.key_id)
    if credential.kind is not CredentialKind.SESSION and not record.key_id:
        run.messages.note(
            f"{record.key}: the {credential.kind.shown} itself lives on at the portal"
        )
