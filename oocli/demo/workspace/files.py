"""Folders, files and the operations on them in a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs.
"""

from __future__ import annotations

from oocli.demo import files, operations
from oocli.demo.files import report, start
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Refusal, RequestContext, Route

ALIASES = ("@my", "@common", "@share", "@projects", "@favorites", "@recent", "@templates", "@trash")


def poll(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/fileops`: it cannot be asked for one operation."""
    polled = context.state.operations.report(context.user, advance=True)
    return [context.dialect.operation(context, operation) for operation in polled]


def move_or_copy(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/move` and `…/copy`; without a destination they do nothing."""
    if context.storage.folder(context.arguments.text("destFolderId")):
        return files.move_or_copy(context)
    kind = operations.NAMES[context.route.path.rpartition("/")[2]]
    return report(context, start(context, kind, list))


def bulk_download(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/bulkdownload`; a second one is refused until the first ends."""
    own = context.state.operations.of(context.user)
    if any(operation.kind == operations.DOWNLOAD for operation in own):
        raise Refusal(403, "The download is already in progress")
    return files.bulk_download(context)


ROUTES = (
    *files.routes(open=False),
    *(Route("GET", f"files/{alias}", files.alias_contents) for alias in ALIASES),
    Route("GET", "files/fileops", poll),
    Route("PUT", "files/fileops/move", move_or_copy),
    Route("PUT", "files/fileops/copy", move_or_copy),
    Route("PUT", "files/fileops/bulkdownload", bulk_download),
)
