"""Uploads in one request and downloads of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/FileHandler.ashx.cs and
Utils/FileUploader.cs.
"""

from __future__ import annotations

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import UploadedFile, multipart
from oocli.demo.docspace.envelope import exception
from oocli.demo.docspace.objects import DocspaceDialect
from oocli.demo.files import store
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState

HANDLER = DocspaceDialect.handler


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
    """Send a file, with the word that ranges of it can be asked for."""
    response = download.file_page(request, state, caller, lambda file: ("Accept-Ranges", "bytes"))
    return response or exception(Refusal(500, "action", "System.InvalidOperationException"))


FOLDERS = ("{folder}", "@my", "@common")
ROUTES = (
    *(Route("POST", f"files/{folder}/upload", upload) for folder in FOLDERS),
    *(Route("POST", f"files/{folder}/insert", insert) for folder in FOLDERS),
)
