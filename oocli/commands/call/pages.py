"""A list of all pages: merged into one envelope, or given on item by item."""

from __future__ import annotations

from collections.abc import Iterator

from oocli.client.merging import Merged
from oocli.client.paging import PagedList
from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter
from oocli.commands.call.options import CallOptions
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    OocliError,
    PageTooLarge,
    PartialFailure,
    Rejected,
    ReservedParameter,
    UsageError,
)
from oocli.model.kinds import UNKNOWN
from oocli.model.page import Page
from oocli.model.request import Request
from oocli.render.stdout import Stdout


def show_pages(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Ask for all pages and show their items. Raises `PartialFailure` if a later page failed."""
    listing = _paged_list(portal, request, presenter.options, app)
    envelope = presenter.successful(request, lambda _: _first_page(listing, presenter.options))
    try:
        with (
            presenter.showing(envelope, request),
            presenter.opened(envelope.answer, request) as output,
        ):
            if listing.first is None:
                presenter.envelope(envelope, output)  # no list: the answer as it is
            elif presenter.streams_items:
                # As they come: at no time is more than a page in memory.
                writer = presenter.writer(output)
                for page in listing.pages():
                    writer.items(list(page.texts()))
                writer.end()
            else:
                _merged(listing.first, listing.pages(), presenter, output)
            if listing.failure is not None:
                # In here, so that a file that was complete is not replaced by one that is not.
                raise _incomplete(listing.failure)
    finally:
        app.stderr.finished()


def _paged_list(
    portal: PortalClient, request: Request, options: CallOptions, app: AppContext
) -> PagedList:
    """Return the list that the options ask for. Raises `UsageError`, which names the option."""
    size, limit = options.page_size, options.limit
    if request.method != "GET":
        raise UsageError(f"--paginate works only with GET, not with {request.method}")
    if limit is not None and limit < 1:
        raise UsageError(f"--limit: {limit} is not a number of items above 0")
    try:
        if size is not None and size < 1:
            raise PageTooLarge(size, portal.kind.page_cap, portal.kind.title)
        return PagedList(portal, request, size=size, limit=limit, reporter=app.stderr)
    except ReservedParameter as failure:
        raise UsageError(
            f"--paginate sets {failure.name} itself",
            hint="use --page-size for the size of a page, --limit for the number of items",
        ) from None
    except PageTooLarge as failure:
        article = "an " if portal.kind is UNKNOWN else ""
        raise UsageError(
            f"--page-size: {failure.size} is not between 1 and {failure.maximum}, the most that "
            f"{article}{failure.kind_title} gives in a page"
        ) from None


def _first_page(listing: PagedList, options: CallOptions) -> Envelope:
    envelope = listing.open()
    error = envelope.error
    # The portal's kind, and so its cap, was not known.
    if isinstance(error, Rejected) and error.status == 400 and (options.page_size or 0) > 100:
        error.hint = error.hint or "DocSpace gives at most 100 items a page: --page-size 100"
    return envelope


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
        f"the list is incomplete; a later page failed: {failure.why}",
        hint=name_option(failure).hint,
        status=failure.status,
    )
    return incomplete.add_context(method=failure.method, path=failure.path, portal=failure.portal)
