"""`oocli call`: any call of the portal's API."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.portal import Portal
from oocli.core.settings import shell_rewrites_paths
from oocli.model import document
from oocli.model.document import NotJson
from oocli.model.envelope import Envelope
from oocli.model.errors import Exit, NotConfirmed, OocliError, StorageTrouble, UsageError
from oocli.model.exchange import Request
from oocli.model.secret import MASK, redact, redact_headers
from oocli.render.output import save

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
# What --no-fail turns into 0: the portal answered, and the caller looks at the answer itself.
_FORGIVEN = frozenset(
    {Exit.REDIRECT, Exit.PORTAL, Exit.FORBIDDEN, Exit.NOT_FOUND, Exit.REJECTED, Exit.RATE_LIMIT}
)
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS")


@app.command(
    cls=PortalCommand,
    epilog="Exit codes: oocli help exit-codes. Variables: oocli help environment.",
    help=with_examples(
        "Call the portal's API and print its answer: coloured on a terminal, the portal's own "
        "bytes in a pipe.",
        "oocli call GET people/@self",
        "oocli call GET people -p count=10 -r | jq -r '.[].email'",
        'oocli call POST files/@my/file -d \'{"title":"notes.docx"}\'',
        'oocli call GET "$VIEW_URL" -o notes.docx',
    ),
)
def call(
    ctx: typer.Context,
    method: Annotated[str, typer.Argument(help="GET, POST, PUT, DELETE, HEAD, PATCH or OPTIONS.")],
    path: Annotated[str, typer.Argument(help="people/@self, /api/2.0/people/@self, or its URL.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="K=V", help="Add to the query. Repeatable."),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option("--data", "-d", metavar="TEXT|@FILE|@-", help="The JSON body, as it is."),
    ] = None,
    response: Annotated[
        bool, typer.Option("--response", "-r", help="Only what is inside the envelope.")
    ] = False,
    include: Annotated[
        bool, typer.Option("--include", "-i", help="Status line and headers first.")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the body to FILE (-: stdout)."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Confirm a DELETE.")] = False,
    no_fail: Annotated[
        bool, typer.Option("--no-fail", help="Exit 0 once the portal answered, whatever it was.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the request, send nothing.")
    ] = False,
) -> None:
    """Call the portal's API and print its answer."""
    run: Run = ctx.obj
    with Portal.open(run.settings, run.messages) as portal:
        request = portal.request(
            _method(method),
            _path(path),
            params=[_pair(one) for one in param or ()],
            body=None if data is None else _body(data, run),
        )
        if dry_run:
            _show(request, portal, run)
            return
        _confirm(request, portal, run, yes=yes)
        try:
            _answer(portal, request, run, inner=response, include=include, output=output)
        except OocliError as failure:
            if not (no_fail and _has_answer(failure)):
                raise
            run.messages.error(failure)


def _answer(
    portal: Portal, request: Request, run: Run, *, inner: bool, include: bool, output: str | None
) -> None:
    """Send the request and show what comes back. Raises the error that the answer means."""
    if output not in (None, "-"):
        _download(portal, request, Path(str(output)), run, include=include)
        return
    try:
        envelope = portal.send(request)
    except OocliError as failure:
        if failure.answer is not None:  # a redirect or a wait that was not taken
            run.output.envelope(Envelope(request, failure.answer))
        raise
    if include:
        run.output.head(envelope.answer)
    if output == "-":
        run.output.write(envelope.raw)
    else:
        # A failure is shown whole: what is inside an envelope of errors is not an answer.
        run.output.envelope(envelope, inner=inner and envelope.error is None)
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


def _show(request: Request, portal: Portal, run: Run) -> None:
    """Print the request as it would be sent, secrets masked."""
    lines = [f"{request.method} {redact(request.target.url(portal.address))}"]
    headers = [("Accept", "application/json" if request.target.is_api else "*/*")]
    if portal.credential is not None:
        headers.append(("Authorization", MASK))
    lines += [f"{name}: {value}" for name, value in [*headers, *redact_headers(request.headers)]]
    if isinstance(request.body, bytes):
        lines += ["", redact(request.body.decode("utf-8", "replace"))]
    for line in lines:
        run.output.line(line)


def _confirm(request: Request, portal: Portal, run: Run, *, yes: bool) -> None:
    if request.method != "DELETE" or yes:
        return
    if not run.messages.can_ask:
        raise NotConfirmed(
            f"{request.line} on {portal.address.key} wants a confirmation",
            hint="give it with --yes",
        )
    if not run.messages.confirm(f"{request.line} on {portal.address.key}: really?", "--yes"):
        raise NotConfirmed("not confirmed, nothing was sent")


def _method(text: str) -> str:
    method = text.upper()
    if method not in METHODS:
        raise UsageError(f"METHOD {text!r} is not one of {', '.join(METHODS)}")
    return method


def _path(text: str) -> str:
    """Undo what a Unix-like shell on Windows does to an argument that starts with a slash."""
    if shell_rewrites_paths() and "/api/2.0/" in text.replace("\\", "/"):
        return "/api/2.0/" + text.replace("\\", "/").partition("/api/2.0/")[2]
    return text


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"--param {text!r} is not of the form NAME=VALUE")
    return name, value


def _body(data: str, run: Run) -> bytes:
    """Return the body as it will be sent. A text that is no JSON is refused here."""
    if data == "@-":
        raw = run.input.read("--data @-")
    elif data.startswith("@"):
        try:
            raw = Path(data[1:]).read_bytes()
        except OSError as failure:
            raise StorageTrouble(f"--data: {data[1:]} cannot be read: {failure.strerror}") from None
    else:
        raw = data.encode("utf-8", "surrogateescape")
    try:
        document.parsed(document.decoded(raw))
    except NotJson as failure:
        raise UsageError(
            f"--data is not JSON: {failure}", hint="for single fields use -f NAME=VALUE"
        ) from None
    return raw.removeprefix(document.BOM)


def _has_answer(failure: OocliError) -> bool:
    return failure.answer is not None and failure.exit in _FORGIVEN
