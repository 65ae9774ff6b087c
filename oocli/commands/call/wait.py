"""`--wait`: the answer of a call once the file operation that it starts has ended."""

from __future__ import annotations

from oocli.client.operations import OperationWaiter
from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter
from oocli.commands.context import AppContext
from oocli.model.request import Request


def show_end(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Send the call, wait, and show the final state. Raises what the operation failed with."""
    waiter = OperationWaiter(portal, request, app.stderr, limit=presenter.options.wait_timeout)
    final, failure = waiter.finish(presenter.successful(request, portal.send))
    with presenter.showing(final, request), presenter.opened(final.answer, request) as output:
        presenter.envelope(final, output)
    if failure is not None:
        raise failure
