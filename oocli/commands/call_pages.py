"""A list of all pages: merged into one envelope, or given on item by item."""

from __future__ import annotations

from collections.abc import Iterator

from oocli.commands.call_answer import Showing
from oocli.commands.run import Run
from oocli.core.merging import Merged
from oocli.core.paging import Listing
from oocli.core.portal import Portal
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError, SomeFailed
from oocli.model.exchange import Request
from oocli.model.page import Page
from oocli.render.output import Output


def show_pages(portal: Portal, request: Request, showing: Showing, run: Run) -> None:
    """Ask for all pages and show their items. Raises `SomeFailed` if a later page did not come."""
    options = showing.options
    listing = Listing(
        portal, request, size=options.page_size, limit=options.limit, listener=run.messages
    )
    try:
        envelope = listing.open()
    except OocliError as failure:
        if failure.answer is not None:
            showing.failure(Envelope(request, failure.answer))
        raise
    showing.head(envelope.answer)
    if envelope.error is not None:
        showing.failure(envelope)
        raise envelope.error
    try:
        with showing.opened(envelope.answer, request) as output:
            if listing.first is None:
                showing.envelope(envelope, output)  # no list: the answer as it is
            elif showing.streams_items:
                _each_page(listing.pages(), showing, output)
            else:
                _merged(listing.first, listing.pages(), showing, output)
            if listing.failure is not None:
                # In here, so that a file that was complete is not replaced by one that is not.
                raise _incomplete(listing.failure)
    finally:
        run.messages.finished()


def _each_page(pages: Iterator[Page], showing: Showing, output: Output) -> None:
    """Give the items on as they come: at no time is more than a page in memory."""
    writer = showing.writer(output)
    for page in pages:
        writer.items(list(page.texts()))
    writer.end()


def _merged(first: Page, pages: Iterator[Page], showing: Showing, output: Output) -> None:
    with Merged(first) as merged:
        for page in pages:
            merged.add(page)
        if showing.needs_text(output):
            showing.document(b"".join(merged.pieces()).decode(), output)
            return
        output.untouched(merged.inner_pieces() if showing.options.response else merged.pieces())
        output.write(b"\n")


def _incomplete(failure: OocliError) -> OocliError:
    """Say that what was printed is not all, in the words of the page that failed."""
    incomplete = SomeFailed(
        f"the list is not complete, a later page failed: {failure.why}",
        hint=failure.hint,
        status=failure.status,
    )
    return incomplete.about(method=failure.method, path=failure.path, portal=failure.portal)
