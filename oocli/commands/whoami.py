"""`oocli whoami`: who is signed in, checked with the portal."""

from __future__ import annotations

from typing import Annotated

import typer

from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.credentials import find_credential
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, choose
from oocli.core.settings import Settings
from oocli.core.sign_in import Account
from oocli.model.errors import UsageError
from oocli.model.kinds import UNKNOWN
from oocli.model.moments import moment_shown, read_moment
from oocli.model.secret import Credential

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    cls=PortalCommand,
    epilog="Exit codes: oocli help exit-codes.",
    help=with_examples(
        "Show who is signed in, checked with the portal: a card on a terminal, the envelope of "
        "people/@self in a pipe.",
        "oocli whoami",
        "oocli whoami --portal docs.example.com -v",
        "oocli whoami | jq -r .response.email",
    ),
)
def whoami(
    ctx: typer.Context,
    output_format: Annotated[
        str | None, typer.Option("--format", metavar="json", help="The envelope, as in a pipe.")
    ] = None,
) -> None:
    """Show who is signed in."""
    run: Run = ctx.obj
    if output_format not in (None, "json"):
        raise UsageError(f"--format: {output_format!r} is not json")
    settings = run.settings
    chosen = choose(settings, PortalBook.read(settings.places))
    credential = find_credential(settings, chosen, run.messages)
    with Portal.chosen(chosen, settings, credential, run.messages) as portal:
        envelope = portal.get("people/@self")
    person = envelope.response
    if output_format == "json" or not run.output.is_terminal or not isinstance(person, dict):
        run.output.envelope(envelope)
    else:
        run.output.card(chosen.address.key, _rows(Account.of(person), chosen, credential))
    if run.options.verbose:
        run.messages.block(_sources(settings, chosen, credential))


def _rows(account: Account, chosen: Chosen, credential: Credential) -> list[tuple[str, str]]:
    record = chosen.record
    from_variable = credential.source.startswith("OOCLI_")
    end = read_moment(record.expires) if record and not from_variable else None
    kind = "kind not known; oocli login finds out" if chosen.kind is UNKNOWN else chosen.kind.title
    return [
        ("name", account.name),
        ("e-mail", account.login),
        ("role", account.role),
        ("portal", f"{chosen.address.origin} ({kind})"),
        ("credential", f"{credential.kind.shown} in {credential.source}"),
        ("ends", moment_shown(end) if end else "not known" if from_variable else "no end given"),
    ]


def _sources(settings: Settings, chosen: Chosen, credential: Credential) -> list[str]:
    """Return where portal, credential and each setting came from; of a secret four characters."""
    tail = credential.secret.tail()
    lines = [
        f"portal: {chosen.address.origin} ({chosen.source})",
        f"credential: {credential.kind.shown}{f' ...{tail}' if tail else ''} ({credential.source})",
        f"configuration: {settings.places.config} ({settings.sources['config']})",
        f"timeout: {settings.limits.timeout:g} s ({settings.sources['timeout']})",
        f"retry: {settings.limits.repeats} ({settings.sources['retry']})",
    ]
    lines += [
        f"{name}: {settings.sources[name]}"
        for name in ("color", "proxy", "cacert", "insecure-http", "no-keyring")
        if settings.sources[name] != "default"
    ]
    return lines
