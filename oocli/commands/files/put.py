"""`oocli files put`: files and folders from this machine to the portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.files.paths import open_tree
from oocli.commands.files.transfers import (
    DEFAULT_PARALLEL,
    TRANSFER,
    DryRunOption,
    ParallelOption,
    RecordsFormat,
    TransferWords,
    show_transfers,
)
from oocli.commands.options import examples, file_path, option, with_options
from oocli.files.local_file import spool_stream
from oocli.files.local_tree import IsDirectory, LocalEntry, entries_to_upload
from oocli.files.remote_path import RemotePath
from oocli.files.titles import file_title
from oocli.files.transfer import Record, Transfer, run_transfers
from oocli.files.transfer_state import TransferState
from oocli.files.tree import Entry, NoSuchEntry, Tree
from oocli.files.upload import Uploader
from oocli.files.upload_plan import (
    IfExists,
    UploadOptions,
    UploadPlan,
    check_upload_folder,
    connections_for,
)
from oocli.model.errors import NotFound, UsageError
from oocli.model.text import shell_word

STDIN = "-"


class PutOptions(NamedTuple):
    """The options of `oocli files put`."""

    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="LOCAL... REMOTE",
            parser=file_path,
            help="Files and directories (-: stdin), then the folder for them.",
        ),
    ]
    recursive: Annotated[
        bool,
        option(
            TRANSFER,
            "--recursive",
            "-r",
            short=True,
            help="Upload directories with all that is in them.",
        ),
    ] = False
    name: Annotated[
        str | None,
        option(
            TRANSFER,
            "--name",
            metavar="NAME",
            short=True,
            help="Give stdin, or the only file, this name.",
        ),
    ] = None
    if_exists: Annotated[
        IfExists,
        option(
            TRANSFER,
            "--if-exists",
            metavar="WHAT",
            short=True,
            help="Where the portal has the file: update, skip, version, rename or fail "
            "(default: update).",
        ),
    ] = "update"
    parallel: ParallelOption = DEFAULT_PARALLEL
    follow_links: Annotated[
        bool, option(TRANSFER, "--follow-links", help="Upload what symbolic links lead to.")
    ] = False
    dry_run: DryRunOption = False
    format: RecordsFormat = None

    @property
    def is_stdin(self) -> bool:
        """Whether what is uploaded comes from stdin."""
        return STDIN in self.paths[:-1]

    def check(self) -> None:
        """Raise `UsageError` for arguments that do not go together."""
        *locals, last = self.paths
        if not locals:
            hint = f"oocli files put {shell_word(last)} my"
            raise UsageError("the folder of the portal is missing", hint=hint)
        if self.is_stdin and len(locals) > 1:
            raise UsageError("- (stdin) does not go together with other files")
        if self.is_stdin and self.name is None:
            raise UsageError("- (stdin) needs a name", hint="add --name NAME")
        if self.name is not None and len(locals) > 1:
            raise UsageError("--name goes with one file only")


@with_options(PutOptions)
@examples(
    "oocli files put plan.docx my/Reports",
    "oocli files put -r Reports rooms/Contracts",
    "pg_dump shop | oocli files put - my/Backup --name shop.sql",
)
def put(app: AppContext, options: PutOptions) -> None:
    """Upload files and directories into a folder. Only what is new or has changed is transferred.

    A file that changed becomes a new version; nothing at the portal is deleted or overwritten.
    After an interruption, run the same command again. --if-exists update uploads a file if its
    size differs or it is newer than the portal's; version always adds one.
    """
    options.check()
    path = RemotePath.parse(options.paths[-1]).as_folder()
    sources = [] if options.is_stdin else _sources(options)
    with open_tree(app, max_connections=connections_for(options.parallel)) as tree:
        folder = _folder(tree, path)
        state = TransferState.of(tree.portal, app.settings.directories.state)
        uploader = Uploader(tree.portal, options.parallel, state, app.stderr)
        chosen = UploadOptions(options.if_exists, options.follow_links, options.dry_run)
        uploads = UploadPlan(tree, uploader, chosen, app.stderr.note)
        items: Iterator[Transfer | Record]
        if options.is_stdin:
            name = options.name or ""
            if options.dry_run:  # stdin may have no end
                remote = str(folder.path.child(file_title(name)))
                items = iter([Record(remote, STDIN, result="would")])
            else:
                source = spool_stream(app.stdin.stream(STDIN), "stdin")
                items = iter([uploads.stream_item(source, name, folder)])
        else:
            items = uploads.items(sources, folder)
        is_single = len(options.paths) == 2 and not any(source.is_folder for source in sources)
        records = run_transfers(items, options.parallel, app.stderr)
        words = TransferWords("upload", tree.portal.address.key, is_single=is_single)
        show_transfers(app, records, words, options.format)


def _sources(options: PutOptions) -> list[LocalEntry]:
    """Return what the arguments mean. Raises before anything is sent."""
    *paths, _ = options.paths
    try:
        sources = entries_to_upload(
            paths, recursive=options.recursive, follow_links=options.follow_links
        )
    except IsDirectory as failure:
        failure.hint = "to upload it with all that is in it, add -r"
        raise
    if options.name is None:
        return sources
    if len(sources) != 1 or sources[0].is_folder:
        raise UsageError(f"--name goes with one file only, and {paths[0]} is a directory")
    return [sources[0]._replace(name=options.name)]


def _folder(tree: Tree, path: RemotePath) -> Entry:
    try:
        return check_upload_folder(tree, tree.find(path._replace(names_folder=not path.is_section)))
    except NoSuchEntry as failure:
        key = tree.portal.address.key
        portal = shell_word(tree.portal.address.typed)
        words = ["oocli files mkdir -p --portal", portal, shell_word(str(path))]
        hint = " ".join(words) if path.section else None
        what = f"{path} on {key}"
        raise NotFound(failure.why, what=what, hint=hint, answer=failure.answer) from None
