"""From the portal's answer to what is shown or kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from oocli.client.portal import PortalClient
from oocli.commands.call.options import CallOptions
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    OocliError,
    PipeClosed,
    StorageError,
    UnknownColumn,
    UsageError,
)
from oocli.model.file_names import suggested_name
from oocli.model.json_text import InvalidJson
from oocli.model.page import items_of
from oocli.model.request import SAFE_METHODS, Request
from oocli.model.response import Response
from oocli.model.text import shell_word
from oocli.render.stdout import Stdout, binary_refused, inside, is_text
from oocli.transport.options import ProgressReporter

if TYPE_CHECKING:
    from oocli.render.formats import ItemWriter
    from oocli.render.jq import JqFilter


class ResponsePresenter:
    """How the answer of one call is shown, and where it goes.

    Made before anything is sent, so that a wrong format or jq expression costs nothing.
    """

    def __init__(self, options: CallOptions, app: AppContext) -> None:
        self.options = options
        self._app = app
        self._filter: JqFilter | None = None
        if options.jq is not None:
            from oocli.render.jq import JqFilter  # noqa: PLC0415 - with --jq alone

            self._filter = JqFilter(options.jq, app.environment.for_filter())
        self._portal: PortalClient | None = None
        self._status = 200

    def __enter__(self) -> ResponsePresenter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._filter is not None:
            self._filter.close()

    def prepare(self, portal: PortalClient) -> None:
        """Make sure that the answer of this portal can be shown. Raises `UsageError`."""
        self._portal = portal
        if self._filter is not None:
            self._filter.check()

    @property
    def streams_items(self) -> bool:
        """Whether the format shows items, which can be given page by page."""
        return self.options.shows_items

    def needs_text(self, output: Stdout) -> bool:
        """Whether a document that oocli made is needed whole, for a filter or a person."""
        shown_to_a_person = output.is_laid_out and not self.options.is_raw
        return self._filter is not None or shown_to_a_person

    @contextmanager
    def opened(self, answer: Response, request: Request) -> Iterator[Stdout]:
        """Give the writer for the answer: stdout, or the file of -o or -O, kept on success."""
        self._status = answer.status
        path = self._path(answer, request)
        if path is None:
            yield self._app.stdout
        else:
            with self._app.stdout.into(path) as output:
                yield output
            with suppress(OSError):
                if path.is_file():  # not /dev/null
                    self._app.stderr.saved(str(path), path.stat().st_size)

    @contextmanager
    def showing(self, envelope: Envelope, request: Request) -> Iterator[None]:
        """Let no answer get lost that could not be shown as asked for: the call was carried out.

        Of everything but GET the answer is printed as it came. A misspelt column of a GET, and
        binary data on a terminal, are still wrong usage: nothing was changed, and nothing printed.
        """
        try:
            yield
        except PipeClosed:
            raise
        except OocliError as failure:
            if request.method not in SAFE_METHODS and envelope.answer.rest is None:
                with suppress(OocliError):  # no binary data on a terminal; stdout may be the fault
                    self._app.stdout.envelope(envelope)
            options, is_safe = self.options, request.method in SAFE_METHODS
            to_file = options.remote_name or options.output not in (None, "-")
            in_file = isinstance(failure, StorageError) and to_file
            if not (isinstance(failure, UsageError) or in_file):
                raise
            asked_for = options.needs_parsing or to_file
            if is_safe and (isinstance(failure, UnknownColumn) or not asked_for):
                raise
            family = StorageError if in_file else OocliError
            raise family(
                f"the call succeeded ({envelope.status}), but {failure.why}",
                hint=name_option(failure).hint,
            ) from None

    def writer(self, output: Stdout) -> ItemWriter:
        """Return the writer of items; only where `streams_items` says so."""
        from oocli.render.formats import WRITERS, RowOptions  # noqa: PLC0415 - for lists of items alone

        look = RowOptions(self.options.columns, safe_cells=self.options.safe_cells)
        return WRITERS[str(self.options.format)](output, self._app.stderr, look)

    def document(self, text: str, output: Stdout) -> None:
        """Show a JSON document that oocli made (merged pages, an operation's end), as asked for."""
        if self.streams_items:
            writer = self.writer(output)
            writer.items(items_of(text))
            writer.end()
        elif self._filter is not None:
            self._results(self._filter, text, output)
        else:
            output.document(inside(text) if self.options.response else text)

    def envelope(self, envelope: Envelope, output: Stdout) -> None:
        """Show a successful answer."""
        if self.options.is_raw:
            output.untouched([envelope.raw])
        elif not (self.streams_items or self._filter):
            output.envelope(envelope, inner=self.options.response)
        elif envelope.raw:
            self.document(_json_of(envelope, self.options), output)

    def successful(self, request: Request, send: Callable[[Request], Envelope]) -> Envelope:
        """Return the envelope of a request that succeeded.

        Of a failure the body is shown first, then its error is raised.
        """
        try:
            envelope = send(request)
        except OocliError as failure:
            if failure.answer is not None:  # a redirect or a wait that was refused
                self._failure(Envelope(request, failure.answer))
            raise
        if self.options.include:
            self._app.stdout.head(envelope.answer)
        if envelope.error is not None:
            self._failure(envelope)
        return envelope.raise_for_error()

    def _failure(self, envelope: Envelope) -> None:
        """Show the body of a failing answer, unless a part or a format of it was asked for."""
        if not self.options.transforms:
            # Whole, even with -r: what is inside an envelope of errors is not an answer. Binary
            # data, which a terminal does not get, must not hide the failure itself.
            with suppress(UsageError):
                self._app.stdout.envelope(envelope)
                if envelope.answer.rest is not None and self._app.terminal.stdout_is_terminal:
                    self._app.stderr.note(
                        f"only the first {len(envelope.raw):,} bytes of the answer are shown"
                    )

    def write_stream(self, head: Envelope, chunks: Iterable[bytes], output: Stdout) -> None:
        """Write a file of any size, and report how far it has come."""
        counted = _counted(chunks, head.answer, self._app.stderr)
        if output.is_terminal and not self.options.is_raw:
            first = next(counted, b"")
            if not is_text(first):
                raise binary_refused(head.answer.content_type)
            whole = head.answer.with_body(b"".join([first, *counted]))
            output.envelope(Envelope(head.request, whole))
        else:
            output.untouched(counted)

    def tell_if_more(self, envelope: Envelope, portal: PortalClient) -> None:
        """Tell a person that the list goes on."""
        if not self._app.terminal.stderr_is_terminal:
            return
        from oocli.client.paging import shown_of  # noqa: PLC0415 - for a person alone

        if counts := shown_of(envelope, portal.kind):
            shown, total = counts
            self._app.stderr.note(f"{shown:,} of {total:,} items shown; use --paginate for all")

    def _path(self, answer: Response, request: Request) -> Path | None:
        """Return the file to write; None for stdout."""
        if not self.options.remote_name:
            return None if self.options.output in (None, "-") else Path(str(self.options.output))
        disposition = answer.headers.get("content-disposition", "")
        name = suggested_name(disposition, request.target.path)
        if name is None:
            raise UsageError(
                "--remote-name: the portal sent no file name", hint="choose a name: -o FILE"
            )
        path = Path(name)
        if path.exists() or path.is_symlink():
            raise UsageError(f"--remote-name: {name} already exists", hint=f"-o {shell_word(name)}")
        return path

    def _results(self, jq_filter: JqFilter, text: str, output: Stdout) -> None:
        shown = inside(text) if self.options.response else text
        bounded = self._portal.http.run_until_deadline if self._portal is not None else None
        for results in jq_filter.results(shown, status=self._status, bounded=bounded):
            lines = "".join(f"{output.harmless(result)}\n" for result in results)
            output.write(lines.encode("utf-8", "surrogatepass"))


def show_answer(portal: PortalClient, request: Request, presenter: ResponsePresenter) -> None:
    """Send the request and show its answer. Raises the error that the answer means."""
    options = presenter.options
    # An answer of the API is read whole, so that half an answer is asked for again; links to files,
    # and all that goes into a file as it is, are streamed.
    is_whole = options.needs_parsing or (request.target.is_api and not options.saves_to_file)
    envelope = presenter.successful(request, portal.send if is_whole else portal.stream)
    rest = envelope.answer.rest
    if rest is None:
        with (
            presenter.showing(envelope, request),
            presenter.opened(envelope.answer, request) as output,
        ):
            presenter.envelope(envelope, output)
        presenter.tell_if_more(envelope, portal)
        return
    with (
        closing(rest),
        presenter.showing(envelope, request),
        presenter.opened(envelope.answer, request) as output,
    ):
        presenter.write_stream(envelope, rest, output)


def _counted(
    chunks: Iterable[bytes], head: Response, reporter: ProgressReporter
) -> Iterator[bytes]:
    length = head.headers.get("content-length", "")
    packed = head.headers.get("content-encoding", "identity") != "identity"
    known = length.isascii() and length.isdigit() and len(length) < 19 and not packed
    total = int(length) if known else None
    done = 0
    try:
        for chunk in chunks:
            done += len(chunk)
            reporter.progress(done, total, "bytes")
            yield chunk
    finally:
        reporter.finished()


def _json_of(envelope: Envelope, options: CallOptions) -> str:
    """Return the text of a JSON answer. Raises `UsageError` where another kind of data came."""
    try:
        text, _ = envelope.text, envelope.outline  # the outline proves that it parses
        return text
    except InvalidJson:
        option = "--jq" if options.jq is not None else f"--format {options.format}"
        kind = envelope.answer.content_type or "no type"
        raise UsageError(
            f"{option} needs JSON, but the answer is {kind}", hint="keep it in a file with -o FILE"
        ) from None
