"""Uploads and downloads of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/FileHandler.ashx.cs and
ChunkedUploaderHandler.cs, products/ASC.Files/Core/Utils/FileUploader.cs,
products/ASC.Files/Server/Api/UploadController.cs.
"""

from __future__ import annotations

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, UploadedFile, multipart, query_arguments
from oocli.demo.dates import utc
from oocli.demo.docspace.envelope import document, exception, without_nulls
from oocli.demo.docspace.objects import NULL_REFERENCE, DocspaceDialect
from oocli.demo.files import store
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState
from oocli.demo.storage import DUPLICATE, OVERWRITE, File
from oocli.demo.uploads import EMPTY, TOO_LARGE, Upload

HANDLER = DocspaceDialect.handler
CHUNKS = "/chunkeduploader.ashx"
NOT_AUTHORIZED = "Not authorized or session with specified upload id already expired"
BYTES_MISSING = "uploadSize != bytesTotal"


def upload(context: RequestContext) -> list[JsonObject]:
    """Answer POST `files/{folderId}/upload`: one part `file`; the response is a list of one.

    If the name exists, this is a new version, or another file with `createNewIfExist`.
    """
    folder = context.target_folder()
    uploaded = [file for file in context.arguments.files if file.part == "file"]
    if not uploaded:
        raise Refusal(400, "The file is missing", "System.ArgumentException")
    as_new = context.arguments.flag("createNewIfExist")
    return [store(context, folder, uploaded[0].name, uploaded[0].content, as_new=as_new)]


def insert(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/insert`; the title is a parameter, not the file name."""
    folder = context.target_folder()
    files, title = context.arguments.files, context.arguments.text("title")
    if not title:
        raise context.dialect.missing_argument("title")
    content = files[0].content if files else context.request.body
    as_new = context.arguments.flag("createNewIfExist")
    return store(context, folder, title, content, as_new=as_new)


def file_page(request: Request, state: PortalState, caller: Account | None) -> Response:
    """Send a file, with the header that ranges are supported."""
    response = download.file_page(request, state, caller, lambda file: ("Accept-Ranges", "bytes"))
    return response or exception(Refusal(500, "action", "System.InvalidOperationException"))


def create_session(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/upload/create_session`: the session is in `response.data`."""
    return {"success": True, "data": new_session(context)}


def new_session(context: RequestContext) -> JsonObject:
    """Open a session; only this response has the whole path of the folder."""
    folder = context.target_folder()
    name, size = context.arguments.text("fileName"), context.arguments.number("fileSize")
    if not name:
        raise context.dialect.missing_argument("fileName")
    conflict = DUPLICATE if context.arguments.flag("createNewIfExist") else OVERWRITE
    path, user, now = context.arguments.text("relativePath"), context.user, context.now
    folder = context.storage.make_folders(folder, path, user, now)
    upload = Upload(folder, name, size, user, now, conflict)
    context.state.uploads.open[upload.id] = upload
    ids = [above.id for above in context.storage.path(folder.id)]
    return {**session_object(upload, context.request), "path": ids}


def session_object(upload: Upload, request: Request) -> JsonObject:
    """Describe a session; it has no `bytes_uploaded`, and `path` has only the folder.

    Source: products/ASC.Files/Core/Core/Entries/ChunkedUploadSession.cs.
    """
    return {
        "id": upload.id,
        "path": [upload.folder.id],
        "created": utc(upload.made),
        "expired": utc(upload.ends),
        "location": f"{request.origin}/ChunkedUploader.ashx?uid={upload.id}",
        "bytes_total": upload.size,
    }


def chunk_page(request: Request, state: PortalState, caller: Account | None) -> Response:
    """Receive a chunk. All errors come with status 200, even a missing login."""
    arguments = query_arguments(request)
    upload = state.uploads.find(arguments.text("uid"), state.clock())
    if caller is None or (upload is not None and upload.owner is not caller):
        return _page(200, message=NOT_AUTHORIZED)
    if upload is None:
        return _page(200, message=NULL_REFERENCE)
    route = Route("POST", request.path, lambda context: None)
    context = RequestContext(request, state, DocspaceDialect(), route, caller=caller)
    try:
        if arguments.flag("abort"):
            state.uploads.close(upload)
            return _page(200)
        if arguments.flag("finalize"):
            if not has_all_bytes(upload, state):
                raise BadArgument(BYTES_MISSING)
            return _page(201, describe(context, complete(upload, state)))
        chunk = read_chunk(request)
        if arguments.flag("upload"):
            # The handler takes the length of the body less that of the rest, and counts each header
            # of the part two bytes short, so only parts of two headers come out right
            # (ChunkedUploaderHandler.cs).
            counted = len(chunk.content) + 2 * (chunk.headers - 2)
            put_chunk(upload, arguments, chunk.content, counted, state)
        elif append_chunk(upload, chunk.content, state):
            return _page(201, describe(context, complete(upload, state)))
    except BadArgument as error:
        return _page(200, message=str(error))
    return _page(200, session_object(upload, request))


def _page(status: int, data: JsonObject | None = None, message: str = "") -> Response:
    built = {"success": not message, "data": data, "message": message}
    return document(without_nulls(built), status)


def read_chunk(request: Request) -> UploadedFile:
    """Return the first file of a multipart body. Raises `BadArgument` if there is none."""
    files = multipart(request)[1]
    if not files:
        raise BadArgument("HttpRequest.Files is empty")
    return files[0]


def append_chunk(upload: Upload, chunk: bytes, state: PortalState) -> bool:
    """Append a chunk; return whether the file is complete.

    A file below the chunk size is complete with its first chunk, others when the right
    number of chunks has the right number of bytes, so it never is with smaller chunks
    (common/ASC.Data.Storage/ChunkedUploader/CommonChunkedUploadSessionHolder.cs).
    """
    limit = state.uploads.chunk_size
    _check_length(len(chunk), state)
    upload.append(chunk, state.clock())
    if upload.size < limit:
        return True
    needed = -(-upload.size // limit)
    return len(upload.chunks) == needed and upload.length == upload.size


def put_chunk(
    upload: Upload, arguments: Arguments, chunk: bytes, counted: int, state: PortalState
) -> None:
    """Store a chunk under its `chunkNumber`, by default the next."""
    _check_length(counted, state)
    number = arguments.number("chunkNumber", default=len(upload.chunks) + 1)
    upload.put(number, chunk, counted, state.clock())


def _check_length(length: int, state: PortalState) -> None:
    if length <= 0:
        raise BadArgument(EMPTY)
    if length > state.uploads.chunk_size:
        raise BadArgument(TOO_LARGE)


def has_all_bytes(upload: Upload, state: PortalState) -> bool:
    """Tell whether an upload is complete; below the chunk size the bytes are not counted."""
    return upload.size < state.uploads.chunk_size or upload.length == upload.size


def future_file(upload: Upload, state: PortalState) -> File:
    """Describe the file before it is stored; a new one has no id yet."""
    existing = state.storage.file_named(upload.name, upload.folder.id)
    id = existing.id if existing and upload.conflict == OVERWRITE else 0
    made, size = upload.made, upload.size
    return File(
        id, upload.name, upload.folder.id, b"", upload.owner, made, made, declared_size=size
    )


def complete(upload: Upload, state: PortalState) -> File:
    """Store what was received.

    Below the chunk size its size is not compared with the declared size. Too few bytes are listed
    with the declared size; too many or none are not stored, but the response is a success.
    """
    content = state.uploads.close(upload)
    if not content or 0 < upload.size < len(content):
        return future_file(upload, state)
    file = upload.store(state.storage, content, state.clock())
    file.declared_size = upload.size or None
    return file


def describe(context: RequestContext, file: File) -> JsonObject:
    """Describe a file that was uploaded."""
    return {
        "id": file.id,
        "folderId": file.folder,
        "version": file.version,
        "title": file.title,
        "uploaded": True,
        "file": context.dialect.file(context, file),
    }


FOLDERS = ("{folder}", "@my", "@common")
ROUTES = (
    Route("POST", "files/{folder}/upload/create_session", create_session, body=True),
    *(Route("POST", f"files/{folder}/upload", upload) for folder in FOLDERS),
    *(Route("POST", f"files/{folder}/insert", insert) for folder in FOLDERS),
)
