"""From the portal's answer to what is shown or kept of it."""

from __future__ import annotations

from pathlib import Path

from oocli.commands.call_options import CallOptions
from oocli.commands.run import Run
from oocli.core.portal import Portal
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError
from oocli.model.exchange import Request
from oocli.render.output import save


def show_answer(portal: Portal, request: Request, options: CallOptions, run: Run) -> None:
    """Send the request and show what comes back. Raises the error that the answer means."""
    if options.output not in (None, "-"):
        _download(portal, request, Path(str(options.output)), run, include=options.include)
        return
    try:
        envelope = portal.send(request)
    except OocliError as failure:
        if failure.answer is not None:  # a redirect or a wait that was not taken
            run.output.envelope(Envelope(request, failure.answer))
        raise
    if options.include:
        run.output.head(envelope.answer)
    if options.output == "-":
        run.output.write(envelope.raw)
    else:
        # A failure is shown whole: what is inside an envelope of errors is not an answer.
        run.output.envelope(envelope, inner=options.response and envelope.error is None)
    envelope.raised()


def _download(portal: Portal, request: Request, path: Path, run: Run, *, include: bool) -> None:
    """Keep a body of any size in a file; a failure leaves the file that was there alone."""
    reply = portal.stream(request)
    head = Envelope(request, reply.head)
    if include:
        run.output.head(reply.head)
    if head.status >= 300 or (request.target.is_api and not reply.head.is_attachment):
        envelope = portal.judge(request, reply.read())
        if envelope.error is not None:
            run.output.envelope(envelope)
            raise envelope.error
        save(path, [envelope.raw])
        return
    try:
        save(path, reply.chunks())
    except OocliError as failure:
        raise portal.explained(failure, request) from failure.__cause__
