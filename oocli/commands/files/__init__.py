"""`oocli files`: files and folders by their paths."""

from __future__ import annotations

import typer

from oocli.commands.files.changes import copy, make_folder, move, remove
from oocli.commands.files.get import get
from oocli.commands.files.listing import list_files, print_id
from oocli.commands.files.put import put
from oocli.commands.options import NounGroup, PortalCommand, examples


class FilesGroup(NounGroup):
    """The verbs of `files`; alone it lists the sections."""

    list_verb = "ls"


app = typer.Typer(cls=FilesGroup, add_completion=False, pretty_exceptions_enable=False)
_EPILOG = "Exit codes: oocli help exit-codes."


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
    my/Reports/plan.docx. folder:ID, file:ID and id:ID name an entry by its id. %2F is a slash
    inside a title.
    """


app.command("ls", cls=PortalCommand, epilog=_EPILOG)(list_files)
app.command("id", cls=PortalCommand, epilog=_EPILOG)(print_id)
app.command("get", cls=PortalCommand, epilog=_EPILOG)(get)
app.command("put", cls=PortalCommand, epilog=_EPILOG)(put)
app.command("mkdir", cls=PortalCommand, epilog=_EPILOG)(make_folder)
app.command("mv", cls=PortalCommand, epilog=_EPILOG)(move)
app.command("cp", cls=PortalCommand, epilog=_EPILOG)(copy)
app.command("rm", cls=PortalCommand, epilog=_EPILOG)(remove)
