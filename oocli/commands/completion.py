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

from oocli.commands.context import AppContext
from oocli.commands.options import LocalCommand, examples, with_options
from oocli.commands.schema import program
from oocli.render import completion as scripts
from oocli.render.completion import Shell

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
    app.stdout.write(scripts.script(options.shell, program()).encode())


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
