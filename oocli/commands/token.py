"""`oocli token`: the credential that `call` would send."""

from __future__ import annotations

import typer

from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.credentials import find_credential
from oocli.core.portals import PortalBook, choose

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    cls=PortalCommand,
    epilog="Exit 4 when there is none or it has expired.",
    help=with_examples(
        "Print the credential that `call` would send, and nothing else. Nothing is "
        "asked of the portal.",
        'export OOCLI_PORTAL=docs.example.com OOCLI_TOKEN="$(oocli token)"',
        'curl -H "Authorization: $(oocli token)" https://docs.example.com/api/2.0/people/@self',
    ),
)
def token(ctx: typer.Context) -> None:
    """Print the credential that `call` would send."""
    run: Run = ctx.obj
    chosen = choose(run.settings, PortalBook.read(run.settings.places))
    credential = find_credential(run.settings, chosen, run.messages)
    run.output.line(credential.secret.reveal())
