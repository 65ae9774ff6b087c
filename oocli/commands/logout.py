"""`oocli logout`: end the session at the portal, then forget the credential."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oocli.auth.sign_out import sign_out
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.commands.options import PortalCommand, examples, with_options
from oocli.config.portals import PortalRegistry, resolve_portal
from oocli.config.settings import Settings
from oocli.model.errors import OocliError, PartialFailure, StorageError, UsageError
from oocli.model.text import shell_word

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class LogoutOptions(NamedTuple):
    """The options of `oocli logout`."""

    everywhere: Annotated[bool, typer.Option("--all", help="Sign out of every known portal.")] = (
        False
    )


@app.command(cls=PortalCommand, epilog="Already signed out is a success.")
@with_options(LogoutOptions)
@examples("oocli logout", "oocli logout --portal docs.example.com", "oocli logout --all")
def logout(app: AppContext, options: LogoutOptions) -> None:
    """End the session at the portal, then forget the credential.

    The credential is forgotten even when the portal cannot be told.
    """
    settings = app.settings
    registry = PortalRegistry.read(settings.directories)
    if options.everywhere:
        if settings.portal_option:
            raise UsageError("--all and --portal contradict each other")
        _refuse_variable(settings)
        _sign_out_everywhere(app, [record.key for record in registry.all()])
    else:
        key = resolve_portal(settings, registry).address.key
        _refuse_variable(settings, key)
        _sign_out(app, key)


def _refuse_variable(settings: Settings, key: str | None = None) -> None:
    """Stop where a variable gives the credential: oocli cannot take it back."""
    if settings.token_variable:
        portal = f" for {key}" if key else ""
        raise UsageError(
            f"{settings.token_variable} is in force{portal}; nothing was changed",
            hint=f"unset {settings.token_variable}, then run it again",
        )


def _sign_out_everywhere(app: AppContext, keys: list[str]) -> None:
    """Sign out of each portal; one that fails does not keep the others signed in."""
    failures: list[OocliError] = []
    for key in keys:
        try:
            _sign_out(app, key)
        except OocliError as failure:
            failures.append(failure)
            app.stderr.warn(f"{key}: still signed in: {failure.why}")
    if len(failures) == 1 == len(keys):
        raise failures[0]
    if failures:
        raise PartialFailure(
            f"{len(failures)} of {len(keys)} portals are still signed in",
            hint=name_option(failures[0]).hint,
        )


def _sign_out(app: AppContext, key: str) -> None:
    try:
        result = sign_out(app.settings, key, app.stderr)
    except StorageError as failure:
        remove = f"oocli portals remove {shell_word(key)}"
        failure.hint = name_option(failure).hint or f"{remove} forgets it all the same"
        raise
    for why in result.failures:
        app.stderr.warn(f"{key}: signed out here, but the portal could not be told: {why}")
    for kind in result.still_valid:
        app.stderr.note(f"{key}: the {kind.display_name} itself is still valid at the portal")
    if not result.was_signed_in:
        app.stderr.note(f"{key}: already signed out")
    elif not result.failures:
        app.stderr.note(f"{key}: signed out")
