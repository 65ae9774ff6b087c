"""`oocli completion`: the scripts that complete its words in a shell.

They are static text: at a Tab no Python starts, except once for the names of the known portals.
The same scripts lie in `completions/`; to write them again after a change of the options:

    python -m oocli.commands.completion --write completions
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from oocli.commands import HELP_OPTIONS, TABLE, load, make_app
from oocli.commands.context import AppContext
from oocli.commands.options import (
    LocalCommand,
    examples,
    file_path,
    portal_host,
    summary,
    text_or_file,
    with_options,
)
from oocli.model.cli_schema import Argument, Command, Option, Takes, Value
from oocli.render import completion as scripts
from oocli.render.completion import Shell

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

# What the functions take that parse the values of options.
_TAKES: dict[object, Takes] = {
    file_path: Takes.FILE,
    text_or_file: Takes.AT_FILE,
    portal_host: Takes.PORTAL,
}
_HELP = Option(tuple(HELP_OPTIONS), "Show the help")


class CompletionOptions(NamedTuple):
    """The options of `oocli completion`."""

    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="The name of the shell.")]


@app.command(
    cls=LocalCommand,
    epilog="Commands and options are completed without starting oocli. For portal names, the shell "
    "runs oocli once, which reads only portals.json.",
)
@with_options(CompletionOptions)
@examples(
    'eval "$(oocli completion bash)"',
    "oocli completion zsh > ~/.zfunc/_oocli",
    "oocli completion fish > ~/.config/fish/completions/oocli.fish",
    "oocli completion powershell | Out-String | Invoke-Expression",
)
def completion(app: AppContext, options: CompletionOptions) -> None:
    """Print the completion script of a shell."""
    app.stdout.write(scripts.script(options.shell, program()).encode())


def program() -> Command:
    """Return the schema of the whole program, read from its commands."""
    params = make_app(for_terminal=False).params
    options = tuple(_option(param) for param in params if isinstance(param, TyperOption))
    verbs = tuple(_command(load(name), (name,), text) for name, text in TABLE.items())
    return Command((), "", (*options, _HELP), verbs=verbs)


def _command(command: TyperCommand | TyperGroup, path: tuple[str, ...], text: str) -> Command:
    options = [param for param in command.params if isinstance(param, TyperOption)]
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    verbs = getattr(command, "commands", {})
    return Command(
        path,
        text,
        (*map(_option, options), _HELP),
        tuple(Argument(_value(argument), argument.nargs < 0) for argument in arguments),
        tuple(_command(verb, (*path, name), summary(verb.help)) for name, verb in verbs.items()),
    )


def _option(option: TyperOption) -> Option:
    is_switch = option.is_flag or option.count
    return Option(
        tuple(sorted((*option.opts, *option.secondary_opts), key=len)),
        summary(option.help),
        None if is_switch else _value(option),
        option.multiple or option.count,
    )


def _value(param: TyperOption | TyperArgument) -> Value:
    """Return what a parameter takes, by its type in the parser."""
    label = (param.name or "").upper()
    choices = tuple(getattr(param.type, "choices", ()))
    if choices:
        return Value(Takes.CHOICES, label, choices)
    if param.type.name == "path":
        return Value(Takes.FILE, label)
    return Value(_TAKES.get(getattr(param.type, "func", None), Takes.TEXT), label)


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
