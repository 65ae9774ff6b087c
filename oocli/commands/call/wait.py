"""`--wait`: the answer of a call once the file operation that it starts has ended."""

from __future__ import annotations

from oocli.client.operations import OperationWaiter
from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter
from oocli.commands.context import AppContext
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError
from oocli.model.request import Request


def show_end(
    portal: PortalClient, request: Request, presenter: ResponsePresenter, app: AppContext
) -> None:
    """Send the call, wait, and show the final state. Raises what the operation failed with."""
    waiter = OperationWaiter(portal, request, app.stderr, limit=presenter.options.wait_timeout)
    try:
        started = portal.send(request)
    except OocliError as failure:
        if failure.answer is not None:
            presenter.failure(Envelope(request, failure.answer))
        raise
    presenter.head(started.answer)
    if started.error is not None:
        presenter.failure(started)
        raise started.error
    final, trouble = waiter.finish(started)
    with presenter.opened(final.answer, request) as output:
        presenter.envelope(final, output)
    if trouble is not None:
        raise trouble
