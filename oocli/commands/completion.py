"""`oocli completion`: the scripts that complete command lines in a shell.

They are static text: Tab starts no Python, except for the names of the known portals.
The same scripts are in `completions/`. To write them again after a change of the options:

    python -m oocli.commands.completion --write completions
"""

from __future__ import annotations

import argparse
import pathlib
from typing import Annotated, NamedTuple

import typer

from oocli.catalogue.operations import API, LIST_PARAMETERS, Operation, of_kinds
from oocli.commands.context import AppContext
from oocli.commands.options import LocalCommand, examples, with_options
from oocli.commands.schema import program
from oocli.render import completion as scripts
from oocli.render.completion import Shell
from oocli.render.completion.operations import ApiPath, Operations, Parameter

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class CompletionOptions(NamedTuple):
    """The options of `oocli completion`."""

    shell: Annotated[
        Shell,
        typer.Argument(
            metavar="SHELL", help=f"{', '.join(scripts.SHELLS[:-1])} or {scripts.SHELLS[-1]}."
        ),
    ]


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
    app.stdout.write(scripts.script(options.shell, program(), operations()).encode())


def operations() -> Operations:
    """Return what the scripts hold of the operations of portals."""
    paths = [
        ApiPath(
            found.kind[0],
            found.method,
            found.short_path,
            _names(found, "query"),
            _names(found, "body"),
            found.kind == "workspace" and found.is_paged,
        )
        for found in of_kinds(None)
        if found.path.startswith(API)
    ]
    return Operations(tuple(paths), LIST_PARAMETERS)


def _names(operation: Operation, place: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(found.name + "[]" * (found.type == "array" and place == "body"), found.choices)
        for found in operation.parameters
        if found.place == place and not found.is_file
    )


def write_all(directory: pathlib.Path) -> None:
    """Write the script of every shell into a directory."""
    schema, known = program(), operations()
    for shell in scripts.SHELLS:
        text = scripts.script(shell, schema, known)
        (directory / scripts.file_name(shell)).write_bytes(text.encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the completion scripts of all shells.")
    parser.add_argument("--write", metavar="DIRECTORY", type=pathlib.Path, required=True)
    write_all(parser.parse_args().write)
