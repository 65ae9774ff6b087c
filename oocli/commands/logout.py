"""`oocli logout`: end the session at the portal, then delete the stored credential."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oocli.auth.sign_out import sign_out
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.commands.options import CONNECTION, PortalCommand, examples, option, with_options
from oocli.config.portals import PortalRegistry, resolve_portal
from oocli.config.settings import Settings
from oocli.model.errors import OocliError, PartialFailure, StorageError, UsageError
from oocli.model.text import shell_word

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class LogoutOptions(NamedTuple):
    """The options of `oocli logout`."""

    everywhere: Annotated[
        bool,
        option(CONNECTION, "--all", short=True, help="Sign out of every known portal."),
    ] = False


@app.command(cls=PortalCommand, epilog="Exits with 0 if you are signed out already.")
@with_options(LogoutOptions)
@examples("oocli logout", "oocli logout --portal docs.example.com", "oocli logout --all")
def logout(app: AppContext, options: LogoutOptions) -> None:
    """End the session at the portal and delete the stored credential.

    The credential is deleted even if the portal cannot be reached.
    """
    settings = app.settings
    registry = PortalRegistry.read(settings.directories)
    if not options.everywhere:
        key = resolve_portal(settings, registry).address.key
        _refuse_variable(settings, f" for {key}")
        _sign_out(app, key)
        return
    if settings.portal_option:
        raise UsageError("--all and --portal cannot be combined")
    _refuse_variable(settings)
    keys = [record.key for record in registry.all()]
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


def _refuse_variable(settings: Settings, portal: str = "") -> None:
    """Refuse a credential from a variable: oocli cannot unset it."""
    if settings.token_variable:
        raise UsageError(
            f"{settings.token_variable} is set{portal}; nothing was changed",
            hint=f"unset {settings.token_variable}, then run it again",
        )


def _sign_out(app: AppContext, key: str) -> None:
    try:
        result = sign_out(app.settings, key, app.stderr)
    except StorageError as failure:
        remove = f"oocli portals remove {shell_word(key)}"
        failure.hint = name_option(failure).hint or f"{remove} removes it anyway"
        raise
    for why in result.failures:
        app.stderr.warn(f"{key}: signed out on this machine, but not at the portal: {why}")
    for kind in result.still_valid:
        app.stderr.note(f"{key}: the {kind.display_name} itself is still valid at the portal")
    if not result.was_signed_in:
        app.stderr.note(f"{key}: already signed out")
    elif not result.failures:
        app.stderr.note(f"{key}: signed out")
