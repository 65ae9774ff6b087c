"""Uploads in chunks of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/ChunkedUploaderHandler.cs,
products/ASC.Files/Server/Api/UploadController.cs.
"""

from __future__ import annotations

import json
from typing import Any

from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, SentFile, multipart
from oocli.demo.dates import utc
from oocli.demo.docspace.entries import GONE, file_object, the_target
from oocli.demo.docspace.envelope import without_nulls
from oocli.demo.exchange import Answer, Call
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.state import PortalState
from oocli.demo.storage import File
from oocli.demo.uploads import EMPTY, TOO_LARGE, Upload, UploadRefused

CHUNKS = "/chunkeduploader.ashx"
NO_CHUNK = "HttpRequest.Files is empty"
NOT_YOURS = "Not authorized or session with specified upload id already expired"
UNEQUAL = "uploadSize != bytesTotal"
HEADERS_OF_A_PART = 2


def _open(visit: Visit) -> Upload:
    folder = the_target(visit)
    name, size = visit.arguments.text("fileName"), visit.arguments.number("fileSize")
    if not name:
        raise Refusal(
            400, "Value cannot be null. (Parameter 'fileName')", "System.ArgumentException"
        )
    twin, path = visit.arguments.flag("createNewIfExist"), visit.arguments.text("relativePath")
    folder = visit.state.storage.subfolder(folder, path, visit.user, visit.now)
    return visit.state.uploads.begin(folder, name, size, visit.user, visit.now, twin)


def create_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/upload/create_session`: wrapped twice, `response.data`."""
    return {"success": True, "data": _opened(visit)}


def new_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/session`: wrapped once."""
    return _opened(visit)


def _opened(visit: Visit) -> dict[str, Any]:
    """Build the object of a new session, which alone names the whole way to the folder."""
    opened = _open(visit)
    path = [folder.id for folder in visit.state.storage.path(opened.folder.id)]
    return {**session_object(opened, visit.call), "path": path}


def session_object(opened: Upload, call: Call) -> dict[str, Any]:
    """Build the object of a session, which has no `bytes_uploaded`; `path` is just the folder.

    Source: products/ASC.Files/Core/Core/Entries/ChunkedUploadSession.cs.
    """
    return {
        "id": opened.id,
        "path": [opened.folder.id],
        "created": utc(opened.made),
        "expired": utc(opened.ends),
        "location": f"{call.origin}/ChunkedUploader.ashx?uid={opened.id}",
        "bytes_total": opened.size,
    }


def send(visit: Visit) -> Reply:
    """Answer POST `files/{folderId}/session/{id}`: chunks in order, 201 with the last.

    Until then the answer tells of a file that is not there yet.
    """
    opened = _session(visit)
    try:
        done = _take(opened, _chunk(visit.call).content, visit.state)
    except UploadRefused as error:
        raise _refused(error) from error
    if done:
        return Reply(_result(visit, _complete(opened, visit.state)), status=201)
    return Reply({**_result(visit, _planned(opened, visit.state)), "uploaded": False})


def send_numbered(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/session/{id}/upload`: chunk N, from 1, in any order."""
    opened = _session(visit)
    try:
        chunk = _chunk(visit.call)
        _take_numbered(opened, visit.arguments, chunk, len(chunk.content), visit.state)
    except UploadRefused as error:
        raise _refused(error) from error
    return session_object(opened, visit.call)


def finalize(visit: Visit) -> Reply:
    """Answer PUT `files/{folderId}/session/{id}/finalize`: 201, or 400 if bytes are missing."""
    opened = _session(visit)
    if not _all_there(opened, visit.state):
        raise Refusal(400, UNEQUAL, "System.ArgumentException")
    return Reply(_result(visit, _complete(opened, visit.state)), status=201)


def abort(visit: Visit) -> None:
    """Answer DELETE `files/{folderId}/session/{id}`."""
    visit.state.uploads.close(_session(visit))


def _session(visit: Visit) -> Upload:
    opened = visit.state.uploads.find(visit.names["session"], visit.now)
    if opened is None or opened.owner is not visit.caller:
        raise Refusal(500, GONE, "System.NullReferenceException")
    return opened


def _refused(error: UploadRefused) -> Refusal:
    if str(error) == TOO_LARGE:
        return Refusal(402, TOO_LARGE, "ASC.Core.Tenants.TenantQuotaException")
    return Refusal(500, str(error), "System.Exception")


def _chunk(call: Call) -> SentFile:
    """Return the first file of a multipart body; nothing else is taken."""
    files = multipart(call)[1] if call.content_type == "multipart/form-data" else []
    if not files:
        raise UploadRefused(NO_CHUNK)
    return files[0]


def _take(opened: Upload, chunk: bytes, state: PortalState) -> bool:
    """Take the next chunk; True when the file is complete.

    A file below the chunk size is whatever the one chunk holds. Others are complete when the right
    number of chunks has the right number of bytes, so smaller chunks never get there
    (common/ASC.Data.Storage/ChunkedUploader/CommonChunkedUploadSessionHolder.cs).
    """
    limit = state.uploads.chunk_size
    _check(len(chunk), state)
    opened.take(chunk, state.clock())
    if opened.size < limit:
        return True
    needed = -(-opened.size // limit)
    return opened.pieces == needed and len(opened.received) == opened.size


def _take_numbered(
    opened: Upload, given: Arguments, chunk: SentFile, counted: int, state: PortalState
) -> None:
    """Take a chunk by its `chunkNumber`; without one it is the next."""
    _check(counted, state)
    number = given.number("chunkNumber", default=len(opened.numbered) + 1)
    opened.take_numbered(number, chunk.content, counted, state.clock())


def _check(length: int, state: PortalState) -> None:
    if length <= 0:
        raise UploadRefused(EMPTY)
    if length > state.uploads.chunk_size:
        raise UploadRefused(TOO_LARGE)


def _counted(chunk: SentFile) -> int:
    """Return the length that the handler works out for a numbered chunk.

    It takes the length of the body less that of the rest, and of each header of the part two bytes
    too few, which is right for parts of two headers (ChunkedUploaderHandler.cs).
    """
    return len(chunk.content) + 2 * (chunk.headers - HEADERS_OF_A_PART)


def _all_there(opened: Upload, state: PortalState) -> bool:
    return opened.size < state.uploads.chunk_size or opened.length() == opened.size


def _planned(opened: Upload, state: PortalState) -> File:
    """Return the file that an upload is to become: without an id as long as it is a new one."""
    there = None if opened.twin else state.storage.named(opened.name, opened.folder.id)
    id = there.id if there else 0
    title, folder, made = opened.name, opened.folder.id, opened.made
    return File(id, title, folder, b"", opened.owner, made, made, declared=opened.size)


def _complete(opened: Upload, state: PortalState) -> File:
    """Store what was received.

    Below the chunk size nothing compares it with the size that was declared: too little is listed
    with that size; too much, or nothing, is not stored at all and answered like a success.
    """
    state.uploads.close(opened)
    content = opened.joined()
    if not content or 0 < opened.size < len(content):
        return _planned(opened, state)
    file = state.storage.put(
        opened.name, opened.folder.id, content, opened.owner, state.clock(), opened.twin
    )
    file.declared = opened.size or None
    return file


def _result(visit: Visit, file: File) -> dict[str, Any]:
    return {
        "id": file.id,
        "folderId": file.folder,
        "version": file.version,
        "title": file.title,
        "uploaded": True,
        "file": file_object(visit, file),
    }


def chunk_page(call: Call, state: PortalState, caller: Account | None) -> Answer:
    """Take a chunk outside the API: errors come with status 200, no login among them."""
    given = Arguments()
    given.add(call.query)
    visit = Visit(call, state, given, {}, caller)
    opened = state.uploads.find(given.text("uid"), state.clock())
    if caller is None or (opened is not None and opened.owner is not caller):
        return _said(200, False, None, NOT_YOURS)
    if opened is None:
        return _said(200, False, None, GONE)
    try:
        if given.flag("abort"):
            state.uploads.close(opened)
            return _said(200, True, None, "")
        if given.flag("finalize"):
            if not _all_there(opened, state):
                return _said(200, False, None, UNEQUAL)
            return _said(201, True, _result(visit, _complete(opened, state)), "")
        chunk = _chunk(call)
        if given.flag("upload"):
            _take_numbered(opened, given, chunk, _counted(chunk), state)
        elif _take(opened, chunk.content, state):
            return _said(201, True, _result(visit, _complete(opened, state)), "")
    except (BadArgument, UploadRefused) as error:
        return _said(200, False, None, str(error))
    return _said(200, True, session_object(opened, call), "")


def _said(status: int, success: bool, data: Any, message: str) -> Answer:
    built = without_nulls({"success": success, "data": data, "message": message})
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    return Answer(status, text.encode(), (("Content-Type", "application/json; charset=utf-8"),))


ROUTES = (
    Route("POST", "files/{folder}/upload/create_session", create_session, body=True),
    Route("POST", "files/{folder}/session", new_session, body=True),
    Route("POST", "files/{folder}/session/{session}", send),
    Route("POST", "files/{folder}/session/{session}/upload", send_numbered),
    Route("PUT", "files/{folder}/session/{session}/finalize", finalize),
    Route("DELETE", "files/{folder}/session/{session}", abort),
)
