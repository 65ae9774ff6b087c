"""A list of all pages: merged into one envelope, or given on item by item."""

from __future__ import annotations

from collections.abc import Iterator

from oocli.client.merging import Merged
from oocli.client.paging import PagedList
from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter
from oocli.commands.context import AppContext
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError, PartialFailure
from oocli.model.page import Page
from oocli.model.request import Request
from oocli.render.stdout import Stdout


def show_pages(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Ask for all pages and show their items. Raises `PartialFailure` if a later page did not come."""
    options = presenter.options
    listing = PagedList(
        portal, request, size=options.page_size, limit=options.limit, reporter=app.stderr
    )
    try:
        envelope = listing.open()
    except OocliError as failure:
        if failure.answer is not None:
            presenter.failure(Envelope(request, failure.answer))
        raise
    presenter.head(envelope.answer)
    if envelope.error is not None:
        presenter.failure(envelope)
        raise envelope.error
    try:
        with presenter.opened(envelope.answer, request) as output:
            if listing.first is None:
                presenter.envelope(envelope, output)  # no list: the answer as it is
            elif presenter.streams_items:
                _each_page(listing.pages(), presenter, output)
            else:
                _merged(listing.first, listing.pages(), presenter, output)
            if listing.failure is not None:
                # In here, so that a file that was complete is not replaced by one that is not.
                raise _incomplete(listing.failure)
    finally:
        app.stderr.finished()


def _each_page(pages: Iterator[Page], presenter: ResponsePresenter, output: Stdout) -> None:
    """Give the items on as they come: at no time is more than a page in memory."""
    writer = presenter.writer(output)
    for page in pages:
        writer.items(list(page.texts()))
    writer.end()


def _merged(
    first: Page, pages: Iterator[Page], presenter: ResponsePresenter, output: Stdout
) -> None:
    with Merged(first) as merged:
        for page in pages:
            merged.add(page)
        if presenter.needs_text(output):
            presenter.document(b"".join(merged.pieces()).decode(), output)
            return
        output.untouched(merged.inner_pieces() if presenter.options.response else merged.pieces())
        output.write(b"\n")


def _incomplete(failure: OocliError) -> OocliError:
    """Say that what was printed is not all, in the words of the page that failed."""
    incomplete = PartialFailure(
        f"the list is not complete, a later page failed: {failure.why}",
        hint=failure.hint,
        status=failure.status,
    )
    return incomplete.add_context(method=failure.method, path=failure.path, portal=failure.portal)
