"""`oocli whoami`: who is signed in, checked with the portal."""

from __future__ import annotations

from typing import NamedTuple

import typer

from oocli.auth.sign_in import Account
from oocli.commands.context import AppContext
from oocli.commands.options import JsonFormat, PortalCommand, examples, with_options
from oocli.config.portals import PortalSelection
from oocli.config.settings import Settings
from oocli.model.kinds import UNKNOWN
from oocli.model.secret import Credential
from oocli.model.times import format_timestamp, parse_timestamp

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class WhoamiOptions(NamedTuple):
    """The options of `oocli whoami`."""

    format: JsonFormat = None


@app.command(cls=PortalCommand, epilog="Exit codes: oocli help exit-codes.")
@with_options(WhoamiOptions)
@examples(
    "oocli whoami",
    "oocli whoami --portal docs.example.com -v",
    "oocli whoami | jq -r .response.email",
)
def whoami(app: AppContext, options: WhoamiOptions) -> None:
    """Show who is signed in, checked with the portal.

    Prints a summary on a terminal, and the envelope of people/@self in a pipe.
    """
    selection, credential = app.find_sign_in()
    with app.client_for(selection, credential) as portal:
        envelope = portal.get("people/@self")
    person = envelope.response
    if options.format == "json" or not app.stdout.is_terminal or not isinstance(person, dict):
        app.stdout.envelope(envelope)
    else:
        account, record = Account.of(person), selection.record
        kind = selection.kind.title
        if selection.kind is UNKNOWN:
            kind = "kind unknown; oocli login detects it"
        end = parse_timestamp(record.expires) if record else None
        expires = format_timestamp(end) if end else "no expiry date"
        if credential.source.is_variable:
            expires = "unknown"
        rows = [
            ("name", account.name),
            ("e-mail", account.login),
            ("role", account.role),
            ("portal", f"{selection.address.origin} ({kind})"),
            ("credential", f"{credential.kind.display_name} in {credential.source.value}"),
            ("expires", expires),
        ]
        app.stdout.card(selection.address.key, rows)
    if app.options.verbose:
        app.stderr.block(_sources(app.settings, selection, credential))


def _sources(settings: Settings, selection: PortalSelection, credential: Credential) -> list[str]:
    """Return where portal, credential and settings come from; of a secret, four characters."""
    tail = credential.secret.tail()
    lines = [
        f"portal: {selection.address.origin} ({selection.source})",
        f"credential: {credential.kind.display_name}{f' ...{tail}' if tail else ''} "
        f"({credential.source.value})",
        f"configuration: {settings.directories.config} ({settings.sources['config']})",
        f"timeout: {settings.limits.timeout:g} s ({settings.sources['timeout']})",
        f"retry: {settings.limits.retries} ({settings.sources['retry']})",
    ]
    lines += [
        f"{name}: {settings.sources[name]}"
        for name in ("color", "proxy", "cacert", "insecure-http", "no-keyring")
        if settings.sources[name] != "default"
    ]
    return lines
