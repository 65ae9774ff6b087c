"""`oocli batch`: many calls from a file or a pipe."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated, NamedTuple

import typer

from oocli.batch.journal import Journal
from oocli.batch.line import BatchLine
from oocli.batch.runner import MAX_READS, Batch, BatchItem, RunOptions
from oocli.client.portal import PortalClient
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.commands.options import PortalCommand, examples, file_path, option, with_options
from oocli.model import json_text
from oocli.model.errors import (
    NotConfirmed,
    PartialFailure,
    StorageError,
    TimeoutExceeded,
    UsageError,
)
from oocli.render.terminal import input_failed

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
RUN = "Run"
_MAX_LINE = 64 * 1024 * 1024


def _rate(text: str) -> float:
    """Parse a number of calls per second."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)(?:/s)?", text)
    value = float(found[1]) if found else 0.0
    if value <= 0:
        raise typer.BadParameter(f"{text!r} is not of the form N/s, such as 5/s")
    return value


class BatchOptions(NamedTuple):
    """The options of `oocli batch`."""

    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            parser=file_path,
            help="The file with one call per line (-: stdin, the default).",
        ),
    ] = "-"
    parallel: Annotated[
        int,
        option(
            RUN,
            "--parallel",
            short=True,
            metavar="N",
            min=1,
            max=MAX_READS,
            help=f"Send up to N calls at a time, at most {MAX_READS} (default: 8).",
        ),
    ] = 8
    rate: Annotated[
        float | None,
        option(
            RUN,
            "--rate",
            short=True,
            metavar="N/s",
            parser=_rate,
            help="Start at most N calls per second (default: no limit).",
        ),
    ] = None
    stop_on_error: Annotated[
        bool,
        option(
            RUN, "--stop-on-error", short=True, help="Send no more calls after the first failure."
        ),
    ] = False
    resume: Annotated[
        str | None,
        option(
            RUN,
            "--resume",
            short=True,
            metavar="JOURNAL",
            parser=file_path,
            help="Record progress in JOURNAL, and continue from there.",
        ),
    ] = None
    yes: Annotated[
        bool,
        option(RUN, "--yes", "-y", short=True, help="Confirm the DELETE lines without asking."),
    ] = False


@app.command(
    cls=PortalCommand,
    epilog="Exits with 12 if some calls failed. Other exit codes: oocli help exit-codes.",
)
@with_options(BatchOptions)
@examples(
    "oocli batch calls.ndjson > answers.ndjson",
    'jq -c \'{method:"GET",path:"people/\\(.id)"}\' ids.ndjson | oocli batch -',
    "oocli batch invite.ndjson --resume invite.journal --rate 5/s",
)
def batch(app: AppContext, options: BatchOptions) -> None:
    """Send many calls from a file or a pipe.

    Each input line is {"method","path","params","body","headers","id"}. Each output line, in the
    same order, is {"index","id","status","envelope"}, with "error" if the call failed.
    """
    file, total = options.file, None
    with ExitStack() as stack:
        stack.callback(app.stderr.finished)
        portal = stack.enter_context(app.open_portal(max_connections=options.parallel))
        end = portal.http.deadline  # of --max-time, which starts here
        lines: Iterable[BatchItem]
        if file == "-":
            stream = app.stdin.stream("batch -")
            if hasattr(stream, "raw"):
                # A worker that waits for a line holds the lock of its buffer when the program
                # ends. Python closes the buffer of sys.stdin then, so the worker needs another.
                stream = os.fdopen(stream.raw.fileno(), "rb", closefd=False)
            lines = _items(_lines(stream, "stdin"), portal, confirmed=options.yes)
        else:
            lines = _File(stack.enter_context(_open_file(file)), file, portal)
            total = _check(lines, portal, app, confirmed=options.yes)
        journal = None
        if options.resume is not None:
            journal = _open_journal(options.resume, portal, lines, total, stack)
            if done := journal.done_before:
                of_all = "" if total is None else f" of {total:,}"
                plural = "line was" if done == 1 else "lines were"
                app.stderr.note(f"{done:,}{of_all} {plural} done before ({options.resume})")
        result = Batch(
            portal,
            app.stdout.json_lines,
            app.stderr,
            RunOptions(options.parallel, options.rate, options.stop_on_error, end),
            journal=journal,
            total=total,
        ).run(iter(lines))
    if isinstance(result.stopped, TimeoutExceeded):
        raise TimeoutExceeded("the limit of --max-time is reached", what="batch")
    if result.stopped is not None:
        raise result.stopped
    if result.failed:
        why = f"{result.failed} of {result.printed} calls failed"
        if total is not None and total > result.printed:
            why += f", {total - result.printed} more were not sent"
        raise PartialFailure(why, what="batch", hint="their output lines have an `error` key")


@contextmanager
def _open_file(name: str) -> Iterator[IO[bytes]]:
    """Open a file to read it more than once. The content of a pipe is copied to a file first."""
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = stack.enter_context(Path(name).open("rb"))
            if not stream.seekable():
                copy = stack.enter_context(TemporaryFile())
                shutil.copyfileobj(stream, copy)
                stream = copy
        except OSError as failure:
            raise StorageError(f"{name} cannot be read: {failure.strerror}") from None
        yield stream


class _File:
    """The calls of a file, which is read again by each loop over them."""

    def __init__(self, stream: IO[bytes], name: str, portal: PortalClient) -> None:
        self._stream, self._name, self._portal = stream, name, portal

    def __iter__(self) -> Iterator[BatchItem]:
        self._stream.seek(0)
        return _items(_lines(self._stream, self._name), self._portal, confirmed=True)


def _check(
    lines: Iterable[BatchItem], portal: PortalClient, app: AppContext, *, confirmed: bool
) -> int:
    """Check all lines of a file, confirm its DELETE lines, and return the number of lines."""
    total = deletes = 0
    for line, _ in lines:
        total += 1
        deletes += line.method == "DELETE"
    if deletes and not confirmed:
        what = f"{deletes} DELETE {'line' if deletes == 1 else 'lines'} on {portal.address.key}"
        if not app.stderr.can_ask:
            raise NotConfirmed(f"{what} must be confirmed", hint="confirm with --yes")
        if not app.stderr.confirm(f"{what}: are you sure?", "--yes"):
            raise NotConfirmed("not confirmed, nothing was sent")
    return total


def _items(
    raw_lines: Iterator[bytes], portal: PortalClient, *, confirmed: bool
) -> Iterator[BatchItem]:
    """Yield each call with its request. Raises `NotConfirmed` for a DELETE without consent."""
    index = 0
    for number, raw in enumerate(raw_lines, 1):
        if not raw.removeprefix(json_text.BOM).strip():
            continue
        line = BatchLine.read(raw, index, number)
        try:
            request = portal.request(
                line.method, line.path, params=line.params, headers=line.headers, body=line.body
            )
        except UsageError as failure:
            raise UsageError(
                f"{line.where}: {failure.why}", hint=name_option(failure).hint
            ) from None
        if line.method == "DELETE" and not confirmed:
            raise NotConfirmed(
                f"{line.where} is a DELETE and must be confirmed", hint="confirm with --yes"
            )
        yield BatchItem(line, request)
        index += 1


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield each line of a file or pipe as soon as it arrives. Raises `UsageError` above 64 MiB."""
    for number in count(1):
        try:
            raw = stream.readline(_MAX_LINE + 1)
        except (OSError, ValueError) as failure:
            raise input_failed(failure, name) from None
        if not raw:
            return
        if len(raw) > _MAX_LINE and not raw.endswith(b"\n"):
            raise UsageError(
                f"line {number} is longer than {_MAX_LINE >> 20} MiB",
                hint="send large content as a file: oocli call POST PATH --part file=@FILE",
            )
        yield raw


def _open_journal(
    name: str,
    portal: PortalClient,
    lines: Iterable[BatchItem],
    total: int | None,
    stack: ExitStack,
) -> Journal:
    """Open the journal of --resume, and compare it with all lines of a file before any is sent."""
    try:
        journal = stack.enter_context(closing(Journal(Path(name), portal.address.key)))
    except UsageError as failure:
        raise UsageError(f"--resume: {failure.why}") from None
    if total is not None:
        if journal.highest >= total:
            raise UsageError(
                f"{name} has entries for {journal.highest + 1} lines, the input has {total}",
                hint="use the same lines as before; you can add new ones at the end",
            )
        for line, _ in lines:
            journal.entry(line)
    return journal
