"""`oocli token`: print the credential that `call` would send."""

from __future__ import annotations

import typer

from oocli.commands.context import AppContext
from oocli.commands.options import PortalCommand, examples

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(cls=PortalCommand, epilog="Exits with 4 if there is no credential or it has expired.")
@examples(
    'export OOCLI_PORTAL=docs.example.com OOCLI_TOKEN="$(oocli token)"',
    'curl -H "Authorization: $(oocli token)" https://docs.example.com/api/2.0/people/@self',
)
def token(ctx: typer.Context) -> None:
    """Print the credential that `call` would send.

    Prints nothing else and sends nothing to the portal.
    """
    app: AppContext = ctx.obj
    _, credential = app.find_sign_in()
    app.stdout.line(credential.secret.reveal())
