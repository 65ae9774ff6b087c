"""Shows the answer of a call: as JSON, as items, through jq, or in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
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
from oocli.model.json_text import InvalidJson
from oocli.model.local_files import suggested_name
from oocli.model.page import items_of
from oocli.model.request import SAFE_METHODS, Request
from oocli.model.text import shell_word
from oocli.render.stdout import Stdout, binary_refused, inside, is_text

if TYPE_CHECKING:
    from oocli.render.formats import ItemWriter
    from oocli.render.jq import JqFilter, Read


class ResponsePresenter:
    """Shows the answer of one call as its options say.

    It is made before the request is sent, so that an invalid jq expression is reported first.
    """

    def __init__(self, options: CallOptions, app: AppContext) -> None:
        self.options = options
        self._app = app
        self._filter: JqFilter | None = None
        if options.jq is not None:
            from oocli.render.jq import JqFilter  # noqa: PLC0415 - with --jq alone

            self._filter = JqFilter(options.jq, app.environment.for_filter())
        self._bounded: Callable[[Read], bytes] | None = None

    def __enter__(self) -> ResponsePresenter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._filter is not None:
            self._filter.close()

    def prepare(self, portal: PortalClient) -> None:
        """Wait until the jq expression is compiled. Raises `UsageError` if it is not valid."""
        if self._filter is not None:
            self._filter.check()
            self._bounded = portal.http.run_until_deadline

    def needs_text(self, output: Stdout) -> bool:
        """Whether JSON that oocli made is needed as one text, for jq or for a terminal."""
        return self._filter is not None or (output.indents_json and not self.options.is_raw)

    @contextmanager
    def output_for(self, envelope: Envelope, request: Request) -> Iterator[Stdout]:
        """Yield the writer for an answer: to stdout, or to the file of -o or -O.

        An error in the block is reported as one after a call that succeeded; the answer to anything
        but GET and HEAD is then printed unchanged. Of a GET, a misspelt column and binary data for
        a terminal remain usage errors: nothing was changed, and nothing is printed.
        """
        options = self.options
        to_file = options.remote_name or options.output not in (None, "-")
        try:
            if to_file:
                path = self._path(envelope, request)
                with self._app.stdout.into(path) as output:
                    yield output
                with suppress(OSError):
                    if path.is_file():  # not /dev/null
                        self._app.stderr.saved(str(path), path.stat().st_size)
            else:
                yield self._app.stdout
        except PipeClosed:
            raise
        except OocliError as failure:
            is_safe = request.method in SAFE_METHODS
            if not is_safe and envelope.answer.rest is None:
                with suppress(OocliError):  # binary data for a terminal, or stdout itself failed
                    self._app.stdout.envelope(envelope)
            is_file_error = isinstance(failure, StorageError) and to_file
            if not (isinstance(failure, UsageError) or is_file_error):
                raise
            is_converted = options.needs_parsing or to_file
            if is_safe and (isinstance(failure, UnknownColumn) or not is_converted):
                raise
            error_class = StorageError if is_file_error else OocliError
            raise error_class(
                f"the call succeeded ({envelope.status}), but {failure.why}",
                hint=name_option(failure).hint,
            ) from None

    def writer(self, output: Stdout) -> ItemWriter:
        """Return the writer of a format that shows items."""
        from oocli.render.formats import WRITERS, RowOptions  # noqa: PLC0415 - for lists of items alone

        rows = RowOptions(self.options.columns, safe_cells=self.options.safe_cells)
        return WRITERS[str(self.options.format)](output, self._app.stderr, rows)

    def document(self, text: str, output: Stdout) -> None:
        """Show JSON text as the options say."""
        if self.options.shows_items:
            writer = self.writer(output)
            writer.items(items_of(text))
            writer.end()
            return
        shown = inside(text) if self.options.response else text
        if self._filter is None:
            output.document(shown)
            return
        for results in self._filter.results(shown, bounded=self._bounded):
            output.text("".join(f"{result}\n" for result in results))

    def envelope(self, envelope: Envelope, output: Stdout) -> None:
        """Show a successful answer. Raises `UsageError` if it is not JSON but has to be."""
        options = self.options
        if options.is_raw:
            output.untouched([envelope.raw])
        elif not (options.shows_items or self._filter):
            output.envelope(envelope, inner=options.response)
        elif envelope.raw:
            try:
                text, _ = envelope.text, envelope.outline  # the outline proves that it parses
            except InvalidJson:
                option = f"--format {options.format}" if options.jq is None else "--jq"
                kind = envelope.answer.content_type or "no type"
                raise UsageError(
                    f"{option} needs JSON, but the answer is {kind}", hint="save it with -o FILE"
                ) from None
            self.document(text, output)

    def successful(self, request: Request, send: Callable[[Request], Envelope]) -> Envelope:
        """Send a request and return its envelope if it succeeded.

        If it failed, show the body and raise the error.
        """
        try:
            envelope = send(request)
        except OocliError as failure:
            if failure.answer is not None:  # a redirect or a retry that oocli refused
                self._show_failure(Envelope(request, failure.answer))
            raise
        if self.options.include:
            self._app.stdout.head(envelope.answer)
        if envelope.error is not None:
            self._show_failure(envelope)
        return envelope.raise_for_error()

    def _show_failure(self, envelope: Envelope) -> None:
        """Show the body of a failing answer, unless --jq or --format was given.

        All of it, even with -r: the error is not inside the content of the envelope.
        """
        if self.options.transforms:
            return
        with suppress(UsageError):  # binary data for a terminal: the error is more important
            self._app.stdout.envelope(envelope)
            if envelope.answer.rest is not None and self._app.terminal.stdout_is_terminal:
                self._app.stderr.note(
                    f"only the first {len(envelope.raw):,} bytes of the answer are shown"
                )

    def write_stream(self, head: Envelope, chunks: Iterable[bytes], output: Stdout) -> None:
        """Write an answer of any size, and report the progress."""
        answer = head.answer
        length = answer.headers.get("content-length", "")
        is_encoded = answer.headers.get("content-encoding", "identity") != "identity"
        is_known = length.isascii() and length.isdigit() and len(length) < 19 and not is_encoded
        total = int(length) if is_known else None
        pieces = self._app.stderr.counted(chunks, total)
        if output.is_terminal and not self.options.is_raw:
            first = next(pieces, b"")
            if not is_text(first):
                raise binary_refused(answer.content_type)
            whole = answer.with_body(b"".join([first, *pieces]))
            output.envelope(Envelope(head.request, whole))
        else:
            output.untouched(pieces)

    def report_more(self, envelope: Envelope, portal: PortalClient) -> None:
        """Tell a person at a terminal that the list has more pages."""
        if not self._app.terminal.stderr_is_terminal:
            return
        from oocli.client.paging import shown_of  # noqa: PLC0415 - on a terminal alone

        if counts := shown_of(envelope, portal.kind):
            shown, total = counts
            self._app.stderr.note(f"{shown:,} of {total:,} items shown; use --paginate for all")

    def _path(self, envelope: Envelope, request: Request) -> Path:
        """Return the path of -o, or that of -O, which must not exist."""
        if not self.options.remote_name:
            return Path(str(self.options.output))
        disposition = envelope.answer.headers.get("content-disposition", "")
        name = suggested_name(disposition, request.target.path)
        if name is None:
            raise UsageError(
                "--remote-name: the portal sent no file name", hint="choose a name: -o FILE"
            )
        path = Path(name)
        if path.exists() or path.is_symlink():
            raise UsageError(f"--remote-name: {name} already exists", hint=f"-o {shell_word(name)}")
        return path


def show_answer(portal: PortalClient, request: Request, presenter: ResponsePresenter) -> None:
    """Send the request and show its answer. Raises the error that the answer means."""
    options = presenter.options
    # Answers of the API are read completely, so that a broken connection can be retried. Files, and
    # what is saved unchanged, are streamed.
    is_whole = options.needs_parsing or (request.target.is_api and not options.saves_to_file)
    envelope = presenter.successful(request, portal.send if is_whole else portal.stream)
    rest = envelope.answer.rest
    with (
        nullcontext() if rest is None else closing(rest),
        presenter.output_for(envelope, request) as output,
    ):
        if rest is None:
            presenter.envelope(envelope, output)
        else:
            presenter.write_stream(envelope, rest, output)
    if rest is None:
        presenter.report_more(envelope, portal)


def show_operation(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Send the request, wait for its file operation, and show the final state.

    Raises the error with which the operation ended.
    """
    from oocli.client.operations import OperationWaiter  # noqa: PLC0415 - 2 % of a plain call

    waiter = OperationWaiter(portal, request, app.stderr, limit=presenter.options.wait_timeout)
    final, failure = waiter.finish(presenter.successful(request, portal.send))
    with presenter.output_for(final, request) as output:
        presenter.envelope(final, output)
    if failure is not None:
        raise failure
