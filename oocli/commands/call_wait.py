"""`--wait`: the answer of a call once the file operation that it starts has ended."""

from __future__ import annotations

from oocli.commands.call_answer import Showing
from oocli.commands.run import Run
from oocli.core.operations import Watch
from oocli.core.portal import Portal
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError, UsageError
from oocli.model.exchange import Request


def show_end(portal: Portal, request: Request, showing: Showing, run: Run) -> None:
    """Send the call, wait, and show the final state. Raises what the operation failed with."""
    limit = showing.options.wait_timeout
    if limit is not None and not 0 < limit < 1e7:
        raise UsageError(f"--wait-timeout: {limit:g} is no number of seconds above 0")
    watch = Watch(portal, request, run.messages, limit=limit)
    try:
        started = portal.send(request)
    except OocliError as failure:
        if failure.answer is not None:
            showing.failure(Envelope(request, failure.answer))
        raise
    showing.head(started.answer)
    if started.error is not None:
        showing.failure(started)
        raise started.error
    final, trouble = watch.finish(started)
    with showing.opened(final.answer, request) as output:
        showing.envelope(final, output)
    if trouble is not None:
        raise trouble
