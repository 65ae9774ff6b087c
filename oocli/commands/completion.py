"""`oocli completion`: the scripts that complete its words in a shell.

They are static text: at a Tab no Python starts, except once for the names of the known portals.
The same scripts lie in `completions/`; to write them again after a change of the options:

    python -m oocli.commands.completion --write completions
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from oocli.commands import TABLE, context_settings, load, make_app
from oocli.commands.context import AppContext
from oocli.commands.options import LocalCommand, with_examples
from oocli.model.cli_schema import Argument, Command, Option, Takes, Value
from oocli.model.errors import UsageError
from oocli.render import completion as scripts

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_WORDS = re.compile(r"[a-z][a-z0-9-]*(\|[a-z][a-z0-9-]*)*")
_FILES = {"FILE", "JOURNAL"}
_HELP = Option(tuple(context_settings(for_terminal=False)["help_option_names"]), "Show the help")


@app.command(
    cls=LocalCommand,
    epilog="Words and options are completed without starting oocli; portal names ask it once, and "
    "it then reads portals.json only.",
    help=with_examples(
        "Print the completion script of a shell.",
        'eval "$(oocli completion bash)"',
        "oocli completion zsh > ~/.zfunc/_oocli",
        "oocli completion fish > ~/.config/fish/completions/oocli.fish",
        "oocli completion powershell | Out-String | Invoke-Expression",
    ),
)
def completion(
    ctx: typer.Context,
    shell: Annotated[
        str, typer.Argument(metavar="|".join(scripts.SHELLS), help="The shell to complete in.")
    ],
) -> None:
    """Print the completion script of a shell."""
    app: AppContext = ctx.obj
    if shell not in scripts.SHELLS:
        raise UsageError(f"SHELL {shell!r} is not one of {', '.join(scripts.SHELLS)}")
    app.stdout.write(scripts.script(shell, program()).encode())


def program() -> Command:
    """Return the grammar of the whole program, read from its commands."""
    options = tuple(_option(one) for one in make_app(for_terminal=False).params)
    verbs = tuple(_command(load(name), (name,), about) for name, about in TABLE.items())
    return Command((), "", (*options, _HELP), verbs=verbs)


def _command(command: Any, path: tuple[str, ...], about: str) -> Command:
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    verbs = getattr(command, "commands", {})
    return Command(
        path,
        about,
        (*(_option(one) for one in shown if one.param_type_name == "option"), _HELP),
        tuple(
            Argument(_value(one), one.nargs < 0)
            for one in shown
            if one.param_type_name == "argument"
        ),
        tuple(_command(one, (*path, name), _brief(one.help)) for name, one in verbs.items()),
    )


def _option(option: Any) -> Option:
    is_switch = option.is_flag or option.count
    return Option(
        tuple(sorted((*option.opts, *option.secondary_opts), key=len)),
        _brief(option.help),
        None if is_switch else _value(option),
        option.multiple or option.count,
    )


def _value(param: Any) -> Value:
    """Tell what a parameter takes: from the completion it declares, or from its name in the help.

    `a|b` are words to choose from, FILE and JOURNAL are files, `@FILE` is one after an `@`, HOST a
    known portal.
    """
    label = param.metavar or param.name.upper()
    items = param.shell_complete(None, "")
    words = tuple(one.value for one in items if one.type == "plain")
    if not words and _WORDS.fullmatch(label):
        words = tuple(label.split("|"))
    if words:
        return Value(Takes.WORDS, label, words)
    if "@FILE" in label.upper():
        return Value(Takes.AT_FILE, label)
    if items or _FILES & set(label.split("|")):
        return Value(Takes.FILE, label)
    return Value(Takes.PORTAL if label == "HOST" else Takes.TEXT, label)


def _brief(text: str | None) -> str:
    """Return the first sentence of a help text, without the examples that may stand before it."""
    lines = [part.strip() for part in (text or "").split("\n\n") if not part.startswith("\b")]
    first = " ".join((lines or [""])[0].split())
    return re.split(r"(?<=\w)\. |\.$| \(env:", first, maxsplit=1)[0]


def write_all(directory: Path) -> None:
    """Write the script of every shell into a directory."""
    grammar = program()
    for shell in scripts.SHELLS:
        text = scripts.script(shell, grammar)
        (directory / scripts.file_name(shell)).write_bytes(text.encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the completion scripts of all shells.")
    parser.add_argument("--write", metavar="DIRECTORY", type=Path, required=True)
    write_all(parser.parse_args().write)
