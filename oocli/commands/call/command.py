"""`oocli call`: sends any request to the portal's API."""

from __future__ import annotations

import typer

from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter, show_answer, show_operation
from oocli.commands.call.options import CallCommand, CallOptions
from oocli.commands.call.request import build_request, confirm
from oocli.commands.context import AppContext
from oocli.commands.options import examples, with_options
from oocli.model.errors import Exit, OocliError
from oocli.model.request import Request

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
# The exit codes that --no-fail turns into 0: the portal has answered.
_PORTAL_ANSWERED = frozenset(
    {Exit.REDIRECT, Exit.PORTAL, Exit.FORBIDDEN, Exit.NOT_FOUND, Exit.REJECTED, Exit.RATE_LIMIT}
)


@app.command(
    cls=CallCommand,
    epilog="""The paths of the API: https://api.onlyoffice.com/

    Formats: oocli help formats. Exit codes: oocli help exit-codes. Variables: oocli help
    environment.""",
)
@with_options(CallOptions)
@examples(
    "oocli call GET people/@self",
    "oocli call GET people --paginate --format csv --columns id,displayName,email",
    "oocli call POST files/1234/upload --part file=@notes.docx",
    "oocli call GET people -p count=10 -r | jq -r '.[].email'",
    "oocli call GET files/@my --jq '.response.files[].title'",
    "oocli call POST files/1234/file -f title=notes.docx",
    "oocli call PUT files/fileops/move -F destFolderId=7 -F 'fileIds[]=15' --wait",
    'oocli call GET "$VIEW_URL" -o notes.docx',
)
def call(app: AppContext, options: CallOptions) -> None:
    """Call the portal's API.

    On a terminal the answer is indented and colored; in a pipe, it is as the portal sent it.
    """
    options.check()
    with ResponsePresenter(options, app) as presenter, app.open_portal() as portal:
        presenter.prepare(portal)
        request = build_request(options, portal, app)
        try:
            _send_or_preview(request, portal, presenter, app)
        finally:
            if request.body is not None and not isinstance(request.body, bytes):
                request.body.close()


def _send_or_preview(
    request: Request, portal: PortalClient, presenter: ResponsePresenter, app: AppContext
) -> None:
    options = presenter.options
    if options.dry_run or options.print_curl:
        # Modules that a plain call does not use would add 4 % to its CPU time: preview 2 %,
        # operations 2 %, pages and the body 1 %.
        from oocli.commands.call.preview import show_curl, show_request  # noqa: PLC0415

        if options.dry_run:
            show_request(request, portal, app)
        else:
            show_curl(request, portal, options, app)
        return
    confirm(request, portal, app, yes=options.yes)
    try:
        if options.all_pages:
            from oocli.commands.call.pages import show_pages  # noqa: PLC0415

            show_pages(portal, request, presenter, app)
        elif options.waits:
            show_operation(portal, request, presenter, app)
        else:
            show_answer(portal, request, presenter)
    except OocliError as failure:
        if failure.answer is not None:
            # Loads the catalogue of operations.
            from oocli.commands.call.advice import add_advice  # noqa: PLC0415

            add_advice(failure, request, portal)
        if not options.no_fail or failure.answer is None or failure.exit not in _PORTAL_ANSWERED:
            raise
        app.stderr.error(failure)
