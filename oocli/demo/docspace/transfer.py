"""Uploads in one request and downloads of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/FileHandler.ashx.cs and
Utils/FileUploader.cs.
"""

from __future__ import annotations

import html

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, UploadedFile, multipart
from oocli.demo.docspace.envelope import exception
from oocli.demo.docspace.objects import DocspaceDialect
from oocli.demo.files import store
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState

HANDLER = DocspaceDialect.handler
ACCEPT_RANGES = ("Accept-Ranges", "bytes")


def upload(context: RequestContext) -> list[JsonObject]:
    """Answer POST `files/{folderId}/upload`: multipart with one part `file`, a list of one back.

    A name that is taken becomes a new version, unless `createNewIfExist` wants another file.
    """
    folder = context.target_folder()
    uploaded = [file for file in _read_form(context) if file.part == "file"]
    if not uploaded:
        raise Refusal(400, "The file is missing", "System.ArgumentException")
    as_new = context.arguments.flag("createNewIfExist")
    return [store(context, folder, uploaded[0].name, uploaded[0].content, as_new=as_new)]


def insert(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/insert`: the title is a parameter, never the file's name."""
    folder = context.target_folder()
    files = _read_form(context)
    title = context.arguments.text("title")
    if not title:
        raise context.dialect.missing_argument("title")
    content = files[0].content if files else context.request.body
    as_new = context.arguments.flag("createNewIfExist")
    return store(context, folder, title, content, as_new=as_new)


def _read_form(context: RequestContext) -> list[UploadedFile]:
    if context.request.content_type != "multipart/form-data":
        return []
    fields, files = multipart(context.request)
    context.arguments.add(fields)
    return files


def file_page(request: Request, state: PortalState, caller: Account | None) -> Response:
    """Send a file: 403 and 404 are empty, anything else that fails is 400 with escaped text."""
    arguments = Arguments()
    arguments.add(request.query)
    action = arguments.text("action").lower()
    try:
        if action == "bulk":
            name = arguments.text("filename")
            return download.send_bulk(request, name, state, caller, ACCEPT_RANGES)
        if action in ("download", "view", "stream"):
            found = download.find_version(arguments, state, caller)
            if isinstance(found, Response):
                return found
            content, title = found.content, found.title
            return download.send_body(content, title, request, ACCEPT_RANGES)
    except (download.BadRange, BadArgument) as error:
        text = html.escape(f"The request is not valid: <{error}>")
        return Response(400, text.encode(), (("Content-Type", "text/html"),))
    return exception(Refusal(500, "action", "System.InvalidOperationException"))


FOLDERS = ("{folder}", "@my", "@common")
ROUTES = (
    *(Route("POST", f"files/{folder}/upload", upload) for folder in FOLDERS),
    *(Route("POST", f"files/{folder}/insert", insert) for folder in FOLDERS),
)
