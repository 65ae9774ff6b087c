"""`oocli files get`: download files and folders."""

from __future__ import annotations

from pathlib import Path
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
from oocli.commands.options import examples, file_path, option, remote_path, with_options
from oocli.files.download import (
    Download,
    IfExists,
    IsFolder,
    Target,
    entries_to_download,
)
from oocli.files.file_content import read_file
from oocli.files.remote_path import RemotePath
from oocli.files.transfer import run_transfers
from oocli.files.tree import Entry, Tree
from oocli.model.errors import UsageError
from oocli.render.stdout import writing


class GetOptions(NamedTuple):
    """The options of `oocli files get`."""

    remotes: Annotated[
        list[str],
        typer.Argument(
            metavar="REMOTE...", parser=remote_path, help="Files and folders to download."
        ),
    ]
    output: Annotated[
        str,
        option(
            TRANSFER,
            "--output",
            "-o",
            metavar="FILE|DIR|-",
            parser=file_path,
            short=True,
            help="Save to this file or directory; - is stdout (default: current directory).",
        ),
    ] = "."
    recursive: Annotated[
        bool,
        option(
            TRANSFER,
            "--recursive",
            "-r",
            short=True,
            help="Download folders and their contents.",
        ),
    ] = False
    if_exists: Annotated[
        IfExists,
        option(
            TRANSFER,
            "--if-exists",
            metavar="WHAT",
            short=True,
            help="If the local file exists: update, skip, overwrite, rename or fail "
            "(default: update).",
        ),
    ] = "update"
    parallel: ParallelOption = DEFAULT_PARALLEL
    dry_run: DryRunOption = False
    format: RecordsFormat = None

    @property
    def is_stdout(self) -> bool:
        """Whether the content goes to stdout."""
        return self.output == "-"

    def check(self) -> None:
        """Raise `UsageError` for options that exclude each other."""
        if self.is_stdout and self.format is not None:
            raise UsageError("--output - and --format both write to stdout")
        if self.is_stdout and (self.recursive or len(self.remotes) > 1):
            raise UsageError("--output - takes one file", hint="use a directory: -o DIR")


@with_options(GetOptions)
@examples(
    "oocli files get my/plan.docx",
    "oocli files get -r my/Reports -o backup/",
    "oocli files get my/notes.txt -o - | grep TODO",
)
def get(app: AppContext, options: GetOptions) -> None:
    """Download files and folders. Only new and changed files are transferred.

    A folder is saved as a directory of the same name. After an interruption, run the same command
    again. --if-exists update downloads a file if its size differs or the portal's file is newer.
    """
    options.check()
    paths = [RemotePath.parse(text) for text in options.remotes]
    # One more connection lists folders meanwhile.
    with open_tree(app, max_connections=options.parallel + 1) as tree:
        key = tree.portal.address.key
        try:
            entries = entries_to_download(tree, paths, recursive=options.recursive)
        except IsFolder as failure:
            failure.hint = "to download it with its contents, add -r"
            raise
        is_single = len(entries) == 1 and not entries[0].is_folder
        output = Path(options.output)
        is_device = output.exists() and not output.is_file() and not output.is_dir()
        if options.is_stdout or (is_single and is_device):
            _stream_file(app, tree, entries[0], None if options.is_stdout else output)
            return
        is_folder = not is_single or options.output.endswith(("/", "\\"))
        target = Target.from_path(output, is_folder=is_folder)
        download = Download(tree, target, options.if_exists, dry_run=options.dry_run)
        records = run_transfers(download.items(entries), options.parallel, app.stderr)
        words = TransferWords("download", key, is_single=is_single)
        show_transfers(app, records, words, options.format)


def _stream_file(app: AppContext, tree: Tree, entry: Entry, output: Path | None) -> None:
    """Write the content of a file to stdout, or to a pipe or device, while it is downloaded."""
    chunks = app.stderr.counted(read_file(tree.portal, entry), entry.size)
    try:
        if output is None:
            app.stdout.untouched(chunks)
        else:
            with writing(output) as file:
                file.writelines(chunks)
    finally:
        app.stderr.finished()
