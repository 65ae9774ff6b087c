"""`oocli files mkdir`, `mv`, `cp` and `rm`."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.files.paths import open_tree
from oocli.commands.options import TRY, examples, option, remote_path, with_options
from oocli.files import changes
from oocli.files.changes import AlreadyExists, Verb
from oocli.files.remote_path import RemotePath
from oocli.files.tree import NoSuchEntry
from oocli.model.errors import NotConfirmed, UsageError
from oocli.model.text import shell_word

CHANGE = "Change"
_Dry = Annotated[
    bool, option(TRY, "--dry-run", short=True, help="Print what would be done and change nothing.")
]


class MkdirOptions(NamedTuple):
    """The options of `oocli files mkdir`."""

    remote: Annotated[
        str, typer.Argument(metavar="REMOTE", parser=remote_path, help="The folder to make.")
    ]
    parents: Annotated[
        bool,
        option(
            CHANGE,
            "--parents",
            "-p",
            short=True,
            help="Make parent folders too; no error if the folder exists.",
        ),
    ] = False
    dry_run: _Dry = False


class MoveOptions(NamedTuple):
    """The options of `oocli files mv` and `cp`."""

    remotes: Annotated[
        list[str],
        typer.Argument(
            metavar="REMOTE... REMOTE",
            parser=remote_path,
            help="Files and folders, then the target folder; or one of them, then its new path.",
        ),
    ]
    dry_run: _Dry = False


class RmOptions(NamedTuple):
    """The options of `oocli files rm`."""

    remotes: Annotated[
        list[str],
        typer.Argument(metavar="REMOTE", parser=remote_path, help="Files and folders to delete."),
    ]
    recursive: Annotated[
        bool,
        option(CHANGE, "--recursive", "-r", short=True, help="Delete folders and their contents."),
    ] = False
    permanently: Annotated[
        bool,
        option(
            CHANGE,
            "--permanently",
            short=True,
            help="Delete permanently instead of moving to the trash.",
        ),
    ] = False
    yes: Annotated[bool, option(TRY, "--yes", "-y", short=True, help="Delete without asking.")] = (
        False
    )
    dry_run: _Dry = False


@with_options(MkdirOptions)
@examples("oocli files mkdir my/Reports", "oocli files mkdir -p my/Reports/2026/Q1")
def make_folder(app: AppContext, options: MkdirOptions) -> None:
    """Make a folder."""
    path = RemotePath.parse(options.remote).as_folder()
    with open_tree(app) as tree:
        folder, titles = changes.missing_folders(tree, path)
        if not titles and not options.parents:
            raise tree.error_at(path, AlreadyExists(f"{folder.by_id} exists already"))
        if len(titles) > 1 and not options.parents:
            why = f"{folder.path} has no folder {titles[0]!r}"
            raise tree.error_at(path, NoSuchEntry(why, path, folder.path))
        for title in titles:
            wanted = folder.path.child(title).as_folder()
            if options.dry_run:
                app.stdout.line(f"would make {wanted}")
                folder = folder._replace(path=wanted)
                continue
            folder = changes.make_folder(tree, folder, title)
            if folder.title != title:
                app.stderr.note(f"note: the portal changed the title: {folder.path}")
            else:
                _note_on_terminal(app, f"made {folder.path}")


@with_options(MoveOptions)
@examples(
    "oocli files mv my/plan.docx my/Reports",
    "oocli files mv my/plan.docx my/old-plan.docx",
    "oocli files mv my/a.txt my/b.txt rooms/Contracts/",
)
def move(app: AppContext, options: MoveOptions) -> None:
    """Move files and folders into a folder, or rename one. Nothing is overwritten."""
    _move_or_copy(app, "move", options)


@with_options(MoveOptions)
@examples(
    "oocli files cp my/plan.docx my/Reports",
    "oocli files cp my/plan.docx my/plan-copy.docx",
    "oocli files cp my/Reports rooms/Contracts/",
)
def copy(app: AppContext, options: MoveOptions) -> None:
    """Copy files, and folders with their contents. Nothing is overwritten."""
    _move_or_copy(app, "copy", options)


@with_options(RmOptions)
@examples(
    "oocli files rm my/plan.docx",
    "oocli files rm -r my/Reports --yes",
    "oocli files rm --permanently file:1234",
)
def remove(app: AppContext, options: RmOptions) -> None:
    """Move files and folders to the trash, or delete them permanently."""
    paths = [RemotePath.parse(text) for text in options.remotes]
    with open_tree(app) as tree:
        found = [tree.find(path) for path in paths]
        entries = list({(entry.type, entry.id): entry for entry in found}.values())
        for entry in entries:
            changes.check_deletable(tree, entry, permanently=options.permanently)
            if entry.is_folder and not options.recursive:
                hint = "to delete it with its contents, add -r"
                raise tree.error_at(entry.path, UsageError("it is a folder", hint=hint))
        how = " permanently" if options.permanently else ""
        if options.dry_run:
            for entry in entries:
                app.stdout.line(f"would delete{how} {entry.path} ({entry.by_id})")
            return
        if not options.yes:
            names = f"{len(entries)} entries"
            if len(entries) <= 3:
                names = ", ".join(
                    f"{entry.path} with its contents" if entry.is_folder else str(entry.path)
                    for entry in entries
                )
            _confirm(app, f"delete{how} {names} on {tree.portal.address.key}")
        changes.delete(tree, entries, app.stderr, permanently=options.permanently)
        for entry in entries:
            _note_on_terminal(app, f"deleted{how} {entry.path}")


def _move_or_copy(app: AppContext, verb: Verb, options: MoveOptions) -> None:
    *remotes, last = options.remotes
    if not remotes:
        raise UsageError(
            "the destination is missing",
            hint=f"oocli files {'mv' if verb == 'move' else 'cp'} {shell_word(last)} my/Reports",
        )
    paths, target = [RemotePath.parse(text) for text in remotes], RemotePath.parse(last)
    with open_tree(app) as tree:
        planned = changes.plan(tree, verb, [tree.find(path) for path in paths], target)
        if options.dry_run:
            for source in planned.sources:
                app.stdout.line(f"would {verb} {source.path} to {planned.target(source)}")
            return
        made = changes.carry_out(tree, planned, app.stderr)
        for source, entry in zip(planned.sources, made, strict=True):
            if planned.title and entry.title != planned.title:
                app.stderr.note(f"note: the portal changed the title: {entry.path}")
            else:
                done = "moved" if verb == "move" else "copied"
                _note_on_terminal(app, f"{done} {source.path} to {entry.path}")


def _confirm(app: AppContext, what: str) -> None:
    if not app.stderr.can_ask:
        raise NotConfirmed(f"{what} must be confirmed", hint="confirm with --yes")
    if not app.stderr.confirm(f"{what}: are you sure?", "--yes"):
        raise NotConfirmed("not confirmed, nothing was deleted")


def _note_on_terminal(app: AppContext, text: str) -> None:
    """Print what was done for a user at a terminal; a script reads the exit code instead."""
    if app.terminal.stderr_is_terminal:
        app.stderr.note(text)
