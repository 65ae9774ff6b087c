"""`oocli call`: any call of the portal's API."""

from __future__ import annotations

import typer

from oocli.client.portal import PortalClient
from oocli.commands.call import options as declared
from oocli.commands.call.answer import ResponsePresenter, show_answer
from oocli.commands.call.options import CallCommand, CallOptions, in_order
from oocli.commands.call.request import build_request, confirm
from oocli.commands.context import AppContext
from oocli.commands.options import with_examples
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
    help=with_examples(
        "Call the portal's API and print its answer: coloured on a terminal, the portal's own "
        "bytes in a pipe.",
        "oocli call GET people/@self",
        "oocli call GET people -p count=10 -r | jq -r '.[].email'",
        "oocli call GET people --paginate --format csv --columns id,displayName,email",
        "oocli call GET files/@my --jq '.response.files[].title'",
        "oocli call POST files/1234/file -f title=notes.docx",
        "oocli call PUT files/fileops/move -F destFolderId=7 -F 'fileIds[]=15' --wait",
        "oocli call POST files/1234/upload --part file=@notes.docx",
        'oocli call GET "$VIEW_URL" -o notes.docx',
    ),
)
def call(
    ctx: typer.Context,
    method: declared.MethodArgument,
    path: declared.PathArgument,
    param: declared.ParamOption = None,
    raw_field: declared.RawFieldOption = None,
    field: declared.FieldOption = None,
    data: declared.DataOption = None,
    form: declared.FormOption = False,
    part: declared.PartOption = None,
    header: declared.HeaderOption = None,
    response: declared.ResponseOption = False,
    paginate: declared.PaginateOption = False,
    limit: declared.LimitOption = None,
    page_size: declared.PageSizeOption = None,
    jq: declared.JqOption = None,
    output_format: declared.FormatOption = None,
    columns: declared.ColumnsOption = None,
    safe_cells: declared.SafeCellsOption = False,
    include: declared.IncludeOption = False,
    output: declared.OutputOption = None,
    remote_name: declared.RemoteNameOption = False,
    dry_run: declared.DryRunOption = False,
    print_curl: declared.PrintCurlOption = False,
    wait: declared.WaitOption = False,
    wait_timeout: declared.WaitTimeoutOption = None,
    no_fail: declared.NoFailOption = False,
    yes: declared.YesOption = False,
) -> None:
    """Call the portal's API and print its answer."""
    options = CallOptions(
        method.upper(), path,
        inputs=in_order(ctx, param=param, raw_field=raw_field, field=field, part=part),
        data=data, form=form, header=tuple(header or ()), response=response, paginate=paginate,
        limit=limit, page_size=page_size, jq=jq, format=output_format,
        columns=tuple(columns or ()), safe_cells=safe_cells, include=include, output=output,
        remote_name=remote_name, dry_run=dry_run, print_curl=print_curl, wait=wait,
        wait_timeout=wait_timeout, no_fail=no_fail, yes=yes,
    ).checked()  # fmt: skip
    _run(options, ctx.obj)


def _run(options: CallOptions, app: AppContext) -> None:
    with (
        ResponsePresenter(options, app) as presenter,
        app.open_portal() as portal,
    ):
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
        from oocli.commands.call.preview import preview  # noqa: PLC0415

        preview(request, portal, presenter.options, app)
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
