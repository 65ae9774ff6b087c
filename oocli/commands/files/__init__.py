"""`oocli files`: files and folders by their paths."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
import typer.main

from oocli.commands.options import LazyCommands, NounGroup, PortalCommand, examples

# The subcommands in the order of the help: the module of this package, and its function.
VERBS = {
    "ls": ("listing", "list_files"),
    "id": ("listing", "print_id"),
    "get": ("get", "get"),
    "put": ("put", "put"),
    "mkdir": ("changes", "make_folder"),
    "mv": ("changes", "move"),
    "cp": ("changes", "copy"),
    "rm": ("changes", "remove"),
}


def _load(verb: str) -> Any:
    module, function = VERBS[verb]
    app = typer.Typer(add_completion=False)
    run = getattr(import_module(f"oocli.commands.files.{module}"), function)
    app.command(verb, cls=PortalCommand, epilog="Exit codes: oocli help exit-codes.")(run)
    return typer.main.get_command(app)


class FilesGroup(NounGroup):
    """The group of subcommands; `oocli files` without one lists the sections."""

    list_verb = "ls"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        commands: Any = LazyCommands(VERBS, _load)
        self.commands = commands


app = typer.Typer(cls=FilesGroup, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
@examples(
    "oocli files",
    "oocli files ls my/Reports",
    "oocli files mkdir -p my/Reports/2026",
    "oocli files put -r Reports my",
    "oocli files get my/plan.docx",
    "oocli files mv my/plan.docx my/Reports/2026",
)
def files() -> None:
    """Upload, download, list, move, copy and delete files and folders.

    A remote path is a section (my, rooms, common, projects, shared, trash, archive), then titles:
    my/Reports/plan.docx. folder:ID, file:ID and id:ID name an entry by its id. Write %2F for a
    slash in a title.
    """
