"""`oocli doctor`: check everything that a call needs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.doctor.checks import Doctor
from oocli.commands.options import JsonFormat, PortalCommand, examples, with_options
from oocli.model.secret import Redactor
from oocli.model.text import one_line

MAX_TEXT_LENGTH = 600  # characters of a text: the version of a portal may have any length
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class DoctorOptions(NamedTuple):
    """The options of `oocli doctor`."""

    format: JsonFormat = None


@app.command(
    cls=PortalCommand,
    epilog="Exits with 0 if all checks pass, else with the code of the first failed check.",
)
@with_options(DoctorOptions)
@examples(
    "oocli doctor",
    "oocli doctor --portal docs.example.com",
    "oocli doctor --format json | jq '.[] | select(.ok == false)'",
)
def doctor(app: AppContext, options: DoctorOptions) -> None:
    """Check network, TLS, keyring and credential.

    Python, packages, directories, proxy, clock and variables are checked as well. The output holds
    no secret, so it can be pasted into an issue.
    """
    checker = Doctor(app.settings)
    with app.stderr.busy(lambda: f"checking: {checker.current}"):
        checks = [
            replace(
                check,
                text=_fit(check.text, app.redactor),
                hint=_fit(check.hint, app.redactor) if check.hint else None,
            )
            for check in checker.checks()
        ]
    rows = [
        [check.mark, check.name, f"{check.text} (hint: {check.hint})" if check.hint else check.text]
        for check in checks
    ]
    if options.format == "json":
        listed = [
            {
                "name": check.name,
                "ok": None if check.skipped else check.is_ok,
                "text": check.text,
                "hint": check.hint,
                "exit": int(check.exit),
            }
            for check in checks
        ]
        app.stdout.document(json.dumps(listed, ensure_ascii=False))
    elif app.stdout.is_terminal:
        red = [not check.is_ok for check in checks]
        app.stdout.table(["", "what", "found"], rows, red=red, mark="result")
    else:
        for mark, name, text in rows:
            app.stdout.line(f"{mark} {name}: {text}")
    first = next((check for check in checks if not check.is_ok), None)
    if first is not None:
        raise typer.Exit(int(first.exit))


def _fit(text: str, redactor: Redactor) -> str:
    """Return a text on one line, of limited length and without secrets."""
    return one_line(redactor.redact(text), MAX_TEXT_LENGTH)
