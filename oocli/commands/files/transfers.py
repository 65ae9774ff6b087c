"""What `oocli files get` and `put` share: options, records on stdout, and the summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from oocli.commands.context import AppContext
from oocli.commands.options import SHOW, TRY, option
from oocli.files.transfer import MAX_PARALLEL, Record
from oocli.model.errors import OocliError, PartialFailure, PipeClosed

TRANSFER = "Transfer"  # a group of options
ParallelOption = Annotated[
    int,
    option(
        TRANSFER,
        "--parallel",
        metavar="N",
        min=1,
        max=MAX_PARALLEL,
        short=True,
        help=f"Transfer N files at a time, at most {MAX_PARALLEL} (default: 4).",
    ),
]
RecordsFormat = Annotated[
    Literal["ndjson"] | None,
    option(
        SHOW, "--format", metavar="ndjson", short=True, help="Print one JSON record for each file."
    ),
]
DryRunOption = Annotated[
    bool,
    option(
        TRY, "--dry-run", short=True, help="Print what would be transferred and transfer nothing."
    ),
]
DEFAULT_PARALLEL = 4
_MAX_LISTED = 50  # failed files that are listed at the end


class TransferWords(NamedTuple):
    """The words for transfers in messages.

    `is_single` says that the command transfers one file, so the command fails with its error.
    """

    verb: Literal["download", "upload"]
    portal: str
    is_single: bool = False

    def line(self, record: Record) -> str:
        """Return the source and target of a file, such as `my/a.txt to ./a.txt`."""
        is_download = self.verb == "download"
        remote, local = record.path, record.local
        return f"{remote} to {local}" if is_download else f"{local} to {remote}"


class _Totals:
    """Counts of records by result, the bytes of all files, and the first failures."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.bytes = 0
        self.failures: list[tuple[Record, OocliError]] = []

    def add(self, record: Record) -> None:
        self.count[record.result] += 1
        if record.result in ("done", "would"):
            self.bytes += record.bytes or 0
        if record.error is not None and len(self.failures) < _MAX_LISTED:
            self.failures.append((record, record.error))

    def summary(self, verb: str) -> str:
        """Return `downloaded 3 files (1,234 bytes), 2 unchanged, 1 failed`."""
        done = self.count["would"] or self.count["done"]
        what = f"would {verb}" if self.count["would"] else f"{verb}ed"
        parts = [f"{what} {done} {_files(done)} ({self.bytes:,} bytes)"]
        for result, word in (("same", "unchanged"), ("skipped", "skipped"), ("failed", "failed")):
            if self.count[result]:
                parts.append(f"{self.count[result]} {word}")
        return ", ".join(parts)


def show_transfers(
    app: AppContext, records: Iterator[Record], words: TransferWords, format: str | None
) -> None:
    """Print each record when it comes, then the failures and a summary on stderr.

    Raises the error of a single file, `PartialFailure` if some of several files failed, and the
    errors that `records` raises.
    """
    totals = _Totals()
    try:
        for record in records:
            totals.add(record)
            _print_record(app, record, words, format)
    except PipeClosed:
        raise
    except OocliError:
        if totals.count.total() and not words.is_single:
            app.stderr.note(totals.summary(words.verb))
        raise
    finally:
        app.stderr.finished()
    failed, total = totals.count["failed"], totals.count.total()
    if failed and words.is_single and total == 1:
        raise totals.failures[0][1]
    for record, error in totals.failures:
        app.stderr.note(f"failed: {_failure(record, error)}")
    if failed > len(totals.failures):
        app.stderr.note(f"failed: {failed - len(totals.failures)} more; --format ndjson lists all")
    app.stderr.note(totals.summary(words.verb))
    if failed:
        why = f"{failed} of {total} {_files(total)} failed"
        why += f": {_failure(*totals.failures[0])}" if failed == 1 else ""
        raise PartialFailure(why, what=f"{words.verb} on {words.portal}")


def _print_record(
    app: AppContext, record: Record, words: TransferWords, format: str | None
) -> None:
    if format == "ndjson":
        app.stdout.json_lines(_record_json(app, record))
    elif record.result == "would":
        size = "" if record.bytes is None else f" ({record.bytes:,} bytes)"
        app.stdout.line(f"would {words.verb} {words.line(record)}{size}")
    elif record.title is not None and record.result == "done":
        app.stderr.note(f"note: the portal changed the title: {record.path}")


def _failure(record: Record, error: OocliError) -> str:
    return error.message if error.what else f"{record.path}: {error.message}"


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


def _record_json(app: AppContext, record: Record) -> bytes:
    fields = record._asdict()
    fields["error"] = record.error and record.error.as_dict(app.redactor.mask)
    try:
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a name or title that is not valid Unicode, escaped below
        return json.dumps(fields).encode() + b"\n"
