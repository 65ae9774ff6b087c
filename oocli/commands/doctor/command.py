"""`oocli doctor`: look at everything that a call leans on."""

from __future__ import annotations

import json

import typer

from oocli.commands.context import AppContext
from oocli.commands.doctor.checks import Check, Doctor
from oocli.commands.options import JsonFormat, PortalCommand, with_examples
from oocli.model.secret import redacted_line

# Characters of what was found: a portal's version may be of any length.
MOST_SHOWN = 600
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    cls=PortalCommand,
    epilog="Exit 0 when all is well, else the exit code of the first failing line.",
    help=with_examples(
        "Look at Python, packages, places, keyring, portal, TLS, proxy, version, clock, credential "
        "and variables. The result is fit to paste into an issue: no secret is in it.",
        "oocli doctor",
        "oocli doctor --portal docs.example.com",
        "oocli doctor --format json | jq '.[] | select(.ok | not)'",
    ),
)
def doctor(
    ctx: typer.Context,
    output_format: JsonFormat = None,
) -> None:
    """Look at everything that a call leans on."""
    app: AppContext = ctx.obj
    checks = Doctor(app.settings).checks()
    if output_format == "json":
        listed = [_as_dict(check) for check in checks]
        app.stdout.document(json.dumps(listed, ensure_ascii=False))
    elif app.stdout.is_terminal:
        rows = [[_mark(one), one.name, _text(one)] for one in checks]
        app.stdout.table(["", "what", "found"], rows)
    else:
        for one in checks:
            app.stdout.line(f"{_mark(one)} {one.name}: {_text(one)}")
    first = next((one for one in checks if not one.is_well), None)
    if first is not None:
        raise typer.Exit(int(first.exit))


def _mark(check: Check) -> str:
    return "ok" if check.is_well else "FAIL"


def _text(check: Check) -> str:
    text = redacted_line(check.text, MOST_SHOWN)
    return f"{text} (hint: {redacted_line(check.hint, MOST_SHOWN)})" if check.hint else text


def _as_dict(check: Check) -> dict[str, object]:
    return {
        "name": check.name,
        "ok": check.is_well,
        "text": redacted_line(check.text, MOST_SHOWN),
        "hint": redacted_line(check.hint, MOST_SHOWN) if check.hint else None,
        "exit": int(check.exit),
    }
