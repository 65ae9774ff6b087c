"""`oocli call`: any call of the portal's API."""

from __future__ import annotations

import typer

from oocli.client.portal import PortalClient
from oocli.commands.call.answer import ResponsePresenter, show_answer
from oocli.commands.call.options import CallCommand, CallOptions
from oocli.commands.call.request import build_request, confirm
from oocli.commands.context import AppContext
from oocli.commands.options import examples, with_options
from oocli.model.errors import Exit, OocliError
from oocli.model.request import Request

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
# What --no-fail turns into 0: the portal answered, and the caller looks at the answer itself.
_FORGIVEN = frozenset(
    {Exit.REDIRECT, Exit.PORTAL, Exit.FORBIDDEN, Exit.NOT_FOUND, Exit.REJECTED, Exit.RATE_LIMIT}
)


@app.command(
    cls=CallCommand,
    epilog="Exit codes: oocli help exit-codes. Variables: oocli help environment.",
)
@with_options(CallOptions)
@examples(
    "oocli call GET people/@self",
    "oocli call GET people -p count=10 -r | jq -r '.[].email'",
    "oocli call GET people --paginate --format csv --columns id,displayName,email",
    "oocli call GET files/@my --jq '.response.files[].title'",
    "oocli call POST files/1234/file -f title=notes.docx",
    "oocli call PUT files/fileops/move -F destFolderId=7 -F 'fileIds[]=15' --wait",
    "oocli call POST files/1234/upload --part file=@notes.docx",
    'oocli call GET "$VIEW_URL" -o notes.docx',
)
def call(app: AppContext, options: CallOptions) -> None:
    """Call the portal's API.

    The answer is indented and coloured on a terminal; a pipe gets the portal's own bytes.
    """
    options.check()
    with ResponsePresenter(options, app) as presenter, app.open_portal() as portal:
        presenter.prepare(portal)
        request = build_request(options, portal, app)
        try:
            _perform(request, portal, presenter, app)
        finally:
            if request.body is not None and not isinstance(request.body, bytes):
                request.body.close()


def _perform(
    request: Request, portal: PortalClient, presenter: ResponsePresenter, app: AppContext
) -> None:
    if presenter.options.dry_run or presenter.options.print_curl:
        # Loaded by those who ask for it, here as below: most calls are plain ones.
        from oocli.commands.call.preview import show_curl, show_request  # noqa: PLC0415

        if presenter.options.dry_run:
            show_request(request, portal, app)
        else:
            show_curl(request, portal, presenter.options, app)
        return
    confirm(request, portal, app, yes=presenter.options.yes)
    try:
        _ask(request, portal, presenter, app)
    except OocliError as failure:
        if not (presenter.options.no_fail and _has_answer(failure)):
            raise
        app.stderr.error(failure)


def _ask(
    request: Request, portal: PortalClient, presenter: ResponsePresenter, app: AppContext
) -> None:
    if presenter.options.all_pages:
        from oocli.commands.call.pages import show_pages  # noqa: PLC0415

        show_pages(portal, request, presenter, app)
    elif presenter.options.waits:
        from oocli.commands.call.wait import show_end  # noqa: PLC0415

        show_end(portal, request, presenter, app)
    else:
        show_answer(portal, request, presenter)


def _has_answer(failure: OocliError) -> bool:
    return failure.answer is not None and failure.exit in _FORGIVEN
