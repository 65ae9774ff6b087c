"""`oocli doctor`: check everything that a call needs."""

from __future__ import annotations

import json
from typing import NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.doctor.checks import Check, Doctor
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
        checks = checker.checks()
    if options.format == "json":
        listed = [
            {
                "name": check.name,
                "ok": None if check.skipped else check.is_ok,
                "text": _fit(check.text, app.redactor),
                "hint": _fit(check.hint, app.redactor) if check.hint else None,
                "exit": int(check.exit),
            }
            for check in checks
        ]
        app.stdout.document(json.dumps(listed, ensure_ascii=False))
    elif app.stdout.is_terminal:
        rows = [[_mark(check), check.name, _text(check, app.redactor)] for check in checks]
        app.stdout.table(
            ["", "what", "found"], rows, red=[check.exit != 0 for check in checks], mark="result"
        )
    else:
        for check in checks:
            app.stdout.line(f"{_mark(check)} {check.name}: {_text(check, app.redactor)}")
    first = next((check for check in checks if not check.is_ok), None)
    if first is not None:
        raise typer.Exit(int(first.exit))


def _mark(check: Check) -> str:
    if check.skipped:
        return "skip"
    return "ok" if check.is_ok else "FAIL"


def _text(check: Check, redactor: Redactor) -> str:
    text = _fit(check.text, redactor)
    return f"{text} (hint: {_fit(check.hint, redactor)})" if check.hint else text


def _fit(text: str, redactor: Redactor) -> str:
    return one_line(redactor.redact(text), MAX_TEXT_LENGTH)
