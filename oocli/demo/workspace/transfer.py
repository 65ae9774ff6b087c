"""Uploads and downloads of a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs and
web/studio/ASC.Web.Studio/Products/Files (Utils/FileUploader.cs, HttpHandlers/*).
"""

from __future__ import annotations

import hashlib
import html
import json

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, multipart
from oocli.demo.dates import utc
from oocli.demo.files import store
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState
from oocli.demo.storage import TWIN, Folder
from oocli.demo.uploads import EMPTY, TOO_LARGE, Upload
from oocli.demo.workspace.objects import WorkspaceDialect

HANDLER = WorkspaceDialect.handler
CHUNKS = "/Products/Files/ChunkedUploader.ashx"


def upload(context: RequestContext) -> JsonObject | list[JsonObject]:
    """Answer POST `files/{folderId}/upload`: one file gives an object, several a list.

    A name that is taken makes another file, but a new version in `@my` and `@common`. The parts of
    the body may be called anything.
    """
    folder = _target(context)
    uploaded = context.arguments.files
    if not uploaded:
        raise Refusal(500, EMPTY)
    as_new = context.arguments.flag("createNewIfExist", default="folder" in context.names)
    made = [store(context, folder, file.name, file.content, as_new=as_new) for file in uploaded]
    return made[0] if len(made) == 1 else made


def insert(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/insert`: the title comes as a parameter."""
    folder = _target(context)
    title = context.arguments.text("title")
    if not title:
        raise context.dialect.missing_argument("title")
    contents = [file.content for file in context.arguments.files if file.part == "file"]
    content = contents[0] if contents else context.request.body
    as_new = context.arguments.flag("createNewIfExist", default="folder" in context.names)
    return store(context, folder, title, content, as_new=as_new)


def update(context: RequestContext) -> JsonObject:
    """Answer PUT `files/{fileId}/update`: a new version, whatever its name and size.

    Source: Products/Files/Utils/EntryManager.cs.
    """
    file = context.file(context.names["id"])
    context.require_writable(context.storage.folders[file.folder])
    files = context.arguments.files
    file.change(files[0].content if files else context.request.body, context.now)
    return context.dialect.file(context, file)


def _target(context: RequestContext) -> Folder:
    id = context.names.get("folder")
    if id and context.storage.folder(id) is None:
        raise Refusal(404, context.dialect.missing_folder().message)
    return context.target_folder()


def create_session(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/upload/create_session`; no login gives 403, not 401.

    The object is wrapped twice: `response.data`.
    """
    folder = context.storage.folder(context.names["folder"])
    if folder is None:
        raise Refusal(500, context.dialect.missing_folder().message)
    context.require_writable(folder)
    name, size = context.arguments.text("fileName"), context.arguments.number("fileSize")
    if not name or size <= 0:
        raise Refusal(500, EMPTY)
    path = context.arguments.text("relativePath")
    folder = context.storage.make_folders(folder, path, context.user, context.now)
    return begin_session(context, Upload(folder, name, size, context.user, context.now, TWIN))


def begin_session(context: RequestContext, upload: Upload) -> JsonObject:
    """Open an upload session and describe it, wrapped: `data`."""
    context.state.uploads.begin(upload)
    return {"success": True, "data": session_object(upload, context.request, context.state)}


def session_object(upload: Upload, request: Request, state: PortalState) -> JsonObject:
    """Describe an upload session."""
    return {
        "id": upload.id,
        "path": [folder.id for folder in state.storage.path(upload.folder.id)],
        "created": utc(upload.made),
        "expired": utc(upload.ends),
        "location": f"{request.origin}{CHUNKS}?uid={upload.id}",
        "bytes_uploaded": upload.length,
        "bytes_total": upload.size,
    }


def chunk_page(request: Request, state: PortalState) -> Response:
    """Take a chunk. The session id is all that is needed; errors come with status 200."""
    arguments = Arguments()
    arguments.add(request.query)
    upload = state.uploads.find(arguments.text("uid"), state.clock())
    if upload is None:
        return _chunk_failed("Session with specified upload id already expired")
    if arguments.flag("abort"):
        state.uploads.close(upload)
        return _chunk_taken(200, None)
    try:
        files = multipart(request)[1] if request.content_type == "multipart/form-data" else []
    except BadArgument as error:
        return _chunk_failed(str(error))
    chunk = files[0].content if files else b""
    if not chunk:
        return _chunk_failed(EMPTY)
    if len(chunk) > state.uploads.chunk_size or upload.length + len(chunk) > upload.size:
        return _chunk_failed(TOO_LARGE)
    upload.append(chunk, state.clock())
    if upload.length < upload.size:
        return _chunk_taken(200, session_object(upload, request, state))
    file = upload.store(state.storage, state.uploads.close(upload), state.clock())
    built: JsonObject = {"id": file.id, "folderId": file.folder, "version": file.version}
    built |= {"title": file.title, "provider_key": None, "uploaded": True}
    return _chunk_taken(201, built)


def _chunk_taken(status: int, data: JsonObject | None) -> Response:
    return _json(status, {"success": True, "data": data, "message": ""})


def _chunk_failed(message: str) -> Response:
    return _json(200, {"success": False, "data": None, "message": message})


def _json(status: int, built: JsonObject) -> Response:
    text = json.dumps(built, ensure_ascii=False)
    return Response(status, text.encode(), (("Content-Type", "application/json; charset=utf-8"),))


def file_page(request: Request, state: PortalState, caller: Account | None) -> Response:
    """Send a file: 403 and 404 are empty, anything else that fails is 400 with escaped text."""
    arguments = Arguments()
    arguments.add(request.query)
    action = arguments.text("action").lower()
    text = "The action is unknown"
    try:
        if action == "bulk":
            return download.send_bulk(request, arguments.text("filename"), state, caller)
        if action in ("download", "view", "stream"):
            return _send_file(request, state, caller, arguments)
    except download.BadRange:
        text = "The range is not valid: <bytes>"
    return Response(400, html.escape(text).encode(), (("Content-Type", "text/html"),))


def _send_file(
    request: Request, state: PortalState, caller: Account | None, arguments: Arguments
) -> Response:
    version = download.find_version(arguments, state, caller)
    if isinstance(version, Response):
        return version
    digest = hashlib.sha256(version.title.encode()).hexdigest()[:32]
    tag = f"{version.id}:{version.version}:{digest}:{len(version.content)}"
    if request.header("If-None-Match") == tag:
        return Response(304, b"", (("ETag", tag),))
    content, title = version.content, version.title
    return download.send_body(content, title, request, ("ETag", tag))


ACTIONS = {"upload": upload, "insert": insert}
ROUTES = (
    *(
        Route("POST", f"files/{folder}/{word}", action)
        for folder in ("{folder}", "@my", "@common")
        for word, action in ACTIONS.items()
    ),
    Route("POST", "files/{folder}/upload/create_session", create_session, open=True),
    Route("PUT", "files/{id}/update", update),
)
