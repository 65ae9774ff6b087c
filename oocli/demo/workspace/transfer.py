"""Uploads and downloads of a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs and
web/studio/ASC.Web.Studio/Products/Files (Utils/FileUploader.cs, HttpHandlers/*).
"""

from __future__ import annotations

import hashlib
import json

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import BadArgument, multipart, query_arguments
from oocli.demo.dates import utc
from oocli.demo.files import store
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState
from oocli.demo.storage import TWIN, File, Folder
from oocli.demo.uploads import EMPTY, TOO_LARGE, Upload
from oocli.demo.workspace.envelope import JSON_TYPE
from oocli.demo.workspace.objects import WorkspaceDialect

HANDLER = WorkspaceDialect.handler
CHUNKS = "/Products/Files/ChunkedUploader.ashx"


def upload(context: RequestContext) -> JsonObject | list[JsonObject]:
    """Answer POST `files/{folderId}/upload`: one file gives an object, several a list.

    If the name exists, this is another file, in `@my` and `@common` a new version. The parts may
    have any name.
    """
    folder = _target(context)
    uploaded = context.arguments.files
    if not uploaded:
        raise Refusal(500, EMPTY)
    as_new = context.arguments.flag("createNewIfExist", default="folder" in context.names)
    made = [store(context, folder, file.name, file.content, as_new=as_new) for file in uploaded]
    return made[0] if len(made) == 1 else made


def insert(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/insert`; the title is a parameter."""
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
    """Answer POST `files/{folderId}/upload/create_session`; no login gives 403, not 401."""
    folder = context.storage.folder(context.names["folder"])
    if folder is None:
        raise Refusal(500, context.dialect.missing_folder().message)
    context.require_writable(folder)
    name, size = context.arguments.text("fileName"), context.arguments.number("fileSize")
    if not name or size <= 0:
        raise Refusal(500, EMPTY)
    path = context.arguments.text("relativePath")
    folder = context.storage.make_folders(folder, path, context.user, context.now)
    upload = Upload(folder, name, size, context.user, context.now, TWIN)
    context.state.uploads.open[upload.id] = upload
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
    """Receive a chunk. It needs only the session id; errors come with status 200."""
    arguments, uploads = query_arguments(request), state.uploads
    upload = uploads.find(arguments.text("uid"), state.clock())
    if upload is None:
        return _chunk_answer(200, message="Session with specified upload id already expired")
    try:
        if arguments.flag("abort"):
            uploads.close(upload)
            return _chunk_answer(200)
        files = multipart(request)[1]
    except BadArgument as error:
        return _chunk_answer(200, message=str(error))
    chunk = files[0].content if files else b""
    if not chunk:
        return _chunk_answer(200, message=EMPTY)
    if len(chunk) > uploads.chunk_size or upload.length + len(chunk) > upload.size:
        return _chunk_answer(200, message=TOO_LARGE)
    upload.append(chunk, state.clock())
    if upload.length < upload.size:
        return _chunk_answer(200, session_object(upload, request, state))
    file = upload.store(state.storage, uploads.close(upload), state.clock())
    built: JsonObject = {"id": file.id, "folderId": file.folder, "version": file.version}
    built |= {"title": file.title, "provider_key": None, "uploaded": True}
    return _chunk_answer(201, built)


def _chunk_answer(status: int, data: JsonObject | None = None, message: str = "") -> Response:
    built = {"success": not message, "data": data, "message": message}
    text = json.dumps(built, ensure_ascii=False)
    return Response(status, text.encode(), (("Content-Type", JSON_TYPE),))


def file_page(request: Request, state: PortalState, caller: Account | None) -> Response:
    """Send a file with an ETag of version, title and size."""
    response = download.file_page(request, state, caller, _tag)
    if response is None:
        return Response(400, b"The action is unknown", (("Content-Type", "text/html"),))
    tag = response.header("ETag")
    if tag and request.header("If-None-Match") == tag:
        return Response(304, b"", (("ETag", tag),))
    return response


def _tag(version: File) -> tuple[str, str]:
    digest = hashlib.sha256(version.title.encode()).hexdigest()[:32]
    return ("ETag", f"{version.id}:{version.version}:{digest}:{len(version.content)}")


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
