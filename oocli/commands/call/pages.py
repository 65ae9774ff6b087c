"""All pages of a list: shown item by item, or merged into one envelope."""

from __future__ import annotations

from oocli.client.merging import Merged
from oocli.client.paging import PagedList
from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.model.errors import (
    PageTooLarge,
    PartialFailure,
    Rejected,
    ReservedParameter,
    UsageError,
)
from oocli.model.kinds import UNKNOWN
from oocli.model.request import Request


def show_pages(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Get all pages and show their items. Raises `PartialFailure` if a later page failed."""
    options = presenter.options
    listing = _paged_list(portal, request, presenter, app)
    try:
        envelope = presenter.successful(request, lambda _: listing.open())
    except Rejected as failure:
        # The portal may be a DocSpace although its kind is not known.
        if failure.status == 400 and (options.page_size or 0) > 100:
            failure.hint = (
                failure.hint or "DocSpace gives at most 100 items a page: --page-size 100"
            )
        raise
    with presenter.output_for(envelope, request) as output:
        if listing.first is None:
            presenter.envelope(envelope, output)  # not a list
        elif options.shows_items:
            # Each page is written at once, so that only one page is in memory.
            writer = presenter.writer(output)
            for page in listing.pages():
                writer.items(list(page.texts()))
            writer.end()
        else:
            with Merged(listing.first) as merged:
                for page in listing.pages():
                    merged.add(page)
                if presenter.needs_text(output):
                    presenter.document(b"".join(merged.pieces()).decode(), output)
                else:
                    inner = options.response
                    output.untouched(merged.inner_pieces() if inner else merged.pieces())
                    output.write(b"\n")
        if listing.failure is not None:
            # Raised in the block, so that an incomplete list does not replace the file of -o.
            failed = listing.failure
            raise PartialFailure(
                f"the list is incomplete; a later page failed: {failed.why}",
                hint=name_option(failed).hint,
                status=failed.status,
            ).add_context(method=failed.method, path=failed.path, portal=failed.portal)


def _paged_list(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> PagedList:
    """Return the list that the options ask for. Raises `UsageError`, which names the option."""
    options = presenter.options
    if request.method != "GET":
        raise UsageError(f"--paginate works only with GET, not with {request.method}")
    try:
        return PagedList(
            portal, request, size=options.page_size, limit=options.limit, reporter=app.stderr
        )
    except ReservedParameter as failure:
        raise UsageError(
            f"--paginate sets {failure.name} itself",
            hint="use --page-size for the size of a page, --limit for the number of items",
        ) from None
    except PageTooLarge as failure:
        article = "an " if portal.kind is UNKNOWN else ""
        raise UsageError(
            f"--page-size: {failure.size} is not between 1 and {failure.maximum}, the maximum of "
            f"{article}{failure.kind_title}"
        ) from None
