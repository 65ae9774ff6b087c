"""`oocli files ls` and `id`: list folders, and print the id of an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Annotated, Literal, NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.files.paths import open_tree
from oocli.commands.options import NOT_GIVEN, SHOW, examples, option, remote_path, with_options
from oocli.files.remote_path import RemotePath
from oocli.files.tree import Entry, Tree
from oocli.model.errors import OocliError, PartialFailure, UsageError

_ROW_FORMATS = ("table", "csv", "tsv")
COLUMNS = ("type", "id", "title", "size", "updated", "owner", "path")
_TERMINAL_COLUMNS = ("type", "title", "size", "updated", "owner")
_BATCH = 1000  # entries that are written at once


class LsOptions(NamedTuple):
    """The options of `oocli files ls`."""

    remote: Annotated[
        str | None,
        typer.Argument(
            metavar="REMOTE", parser=remote_path, help="A folder or file (default: the sections)."
        ),
    ] = None
    recursive: Annotated[
        bool,
        option(SHOW, "--recursive", "-R", short=True, help="List its subfolders too."),
    ] = False
    format: Annotated[
        Literal["json", "ndjson", "table", "csv", "tsv"] | None,
        option(
            SHOW,
            "--format",
            short=True,
            metavar="FORMAT",
            help="Print json, ndjson, table, csv or tsv.",
        ),
    ] = None
    columns: Annotated[
        list[str],
        option(
            SHOW,
            "--columns",
            short=True,
            metavar="A,B",
            help=f"Choose the columns, of {', '.join(COLUMNS)}.",
        ),
    ] = NOT_GIVEN

    def check(self) -> None:
        """Raise `UsageError` for unknown columns, and for columns in a format without any."""
        names = {name.strip() for typed in self.columns for name in typed.split(",")} - {""}
        if self.columns and self.format not in _ROW_FORMATS:
            raise UsageError("--columns needs --format table, csv or tsv")
        if unknown := sorted(names - set(COLUMNS)):
            raise UsageError(
                f"--columns: there is no column {unknown[0]!r}",
                hint=f"the columns are {','.join(COLUMNS)}",
            )


class IdOptions(NamedTuple):
    """The options of `oocli files id`."""

    remote: Annotated[
        str, typer.Argument(metavar="REMOTE", parser=remote_path, help="A folder or file.")
    ]


@with_options(LsOptions)
@examples(
    "oocli files ls my/Reports",
    "oocli files ls -R my > all-paths.txt",
    "oocli files ls my --format csv --columns title,size,updated",
)
def list_files(app: AppContext, options: LsOptions) -> None:
    """List the contents of a folder: its folders, then its files.

    In a pipe, each line is a path for other `files` commands; a folder's path ends with a slash.
    """
    options.check()
    path = RemotePath.parse(options.remote) if options.remote is not None else RemotePath()
    if path.is_root and options.recursive:
        raise UsageError("-R needs a folder", hint="oocli files ls -R my")
    failures: list[OocliError] = []
    with open_tree(app) as tree:
        if path.is_root:
            sections = tree.sections()
            entries = iter([Entry("folder", "", section.section, section) for section in sections])
        else:
            entries = _read_entries(tree, path, options, failures, app)
        try:
            _print_entries(app, options, entries)
        finally:
            app.stderr.finished()
        if failures:
            folders = "1 folder" if len(failures) == 1 else f"{len(failures)} folders"
            key = tree.portal.address.key
            raise PartialFailure(f"{folders} could not be listed", what=f"{path} on {key}")


@with_options(IdOptions)
@examples(
    "oocli files id my/Reports",
    'oocli call GET "files/$(oocli files id my/Reports)"',
)
def print_id(app: AppContext, options: IdOptions) -> None:
    """Print the id of a folder or file, for `oocli call`."""
    path = RemotePath.parse(options.remote)
    with open_tree(app) as tree:
        app.stdout.line(str(tree.find(path).id))


def _read_entries(
    tree: Tree, path: RemotePath, options: LsOptions, failures: list[OocliError], app: AppContext
) -> Iterator[Entry]:
    """Return the entries to list. With -R, errors of subfolders are appended to `failures`."""
    found = tree.find(path)
    if not found.is_folder:
        return iter([found])
    if not options.recursive:
        return tree.entries(found)

    def on_failure(folder: Entry, failure: OocliError) -> None:
        if folder == found:
            raise failure
        failures.append(failure)
        app.stderr.warn(failure.message)

    return _with_progress(tree.walk(found, on_failure), app)


def _with_progress(entries: Iterable[Entry], app: AppContext) -> Iterator[Entry]:
    for count, entry in enumerate(entries, 1):
        yield entry
        if count % 100 == 0:
            app.stderr.progress(count, None, "items")


def _print_entries(app: AppContext, options: LsOptions, entries: Iterator[Entry]) -> None:
    format = options.format
    if format is None and app.stdout.is_terminal and not options.recursive:
        format = "table"
    if format is None:
        for batch in _batches(entries):
            app.stdout.text("".join(f"{entry.path}\n" for entry in batch))
        return
    if format == "json":
        _print_json(app, entries)
        return
    from oocli.render.formats import WRITERS, RowOptions  # noqa: PLC0415 - not for plain paths

    columns = options.columns or (_TERMINAL_COLUMNS if options.format is None else COLUMNS)
    rows = RowOptions(columns if format in _ROW_FORMATS else (), sizes=("size",))
    writer = WRITERS[format](app.stdout, app.stderr, rows)
    for batch in _batches(entries):
        writer.items([_entry_json(entry) for entry in batch])
    writer.end()


def _print_json(app: AppContext, entries: Iterator[Entry]) -> None:
    if app.stdout.indents_json:
        app.stdout.document(f"[{','.join(map(_entry_json, entries))}]")
        return
    separator = "["
    for batch in _batches(entries):
        text = separator + ",".join(map(_entry_json, batch))
        app.stdout.write(text.encode("utf-8", "surrogatepass"))
        separator = ","
    app.stdout.write(b"[]\n" if separator == "[" else b"]\n")


def _batches(entries: Iterator[Entry]) -> Iterator[Iterator[Entry]]:
    for first in entries:
        yield chain([first], islice(entries, _BATCH - 1))


def _entry_json(entry: Entry) -> str:
    fields = {
        "type": entry.type,
        "id": None if entry.id == "" else entry.id,
        "title": entry.title,
        "size": entry.size,
        "updated": entry.updated or None,
        "owner": entry.owner or None,
        "path": str(entry.path),
    }
    return json.dumps(fields, ensure_ascii=False)
