"""Uploads and downloads of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/ChunkedUploaderHandler.cs
and FileHandler.ashx.cs, Utils/FileUploader.cs.
"""

from __future__ import annotations

import html
import json
from typing import Any

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, SentFile, multipart
from oocli.demo.dates import utc
from oocli.demo.docspace.entries import changeable, file_object, the_file, the_folder
from oocli.demo.docspace.envelope import exception, without_nulls
from oocli.demo.exchange import Answer, Call
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.state import PortalState
from oocli.demo.storage import File, Folder
from oocli.demo.uploads import Upload, UploadRefused

HANDLER = "filehandler.ashx"
CHUNKS = "/chunkeduploader.ashx"
TOO_LARGE = "The maximum file size is exceeded"
GONE = "Object reference not set to an instance of an object."
NOT_YOURS = "Not authorized or session with specified upload id already expired"
UNEQUAL = "uploadSize != bytesTotal"


def upload(visit: Visit) -> list[dict[str, Any]]:
    """Answer POST `files/{folderId}/upload`: multipart with one part `file`, a list of one back.

    A name that is taken becomes a new version, unless `createNewIfExist` wants another file.
    """
    folder = _target(visit)
    sent = [one for one in _form(visit) if one.part == "file"]
    if not sent:
        raise Refusal(400, "The file is missing", "System.ArgumentException")
    return [_store(visit, folder, sent[0].name, sent[0].content)]


def insert(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/insert`: the title is a parameter, never the file's name."""
    folder = _target(visit)
    files = _form(visit)
    title = visit.arguments.text("title")
    if not title:
        raise Refusal(400, "Value cannot be null. (Parameter 'title')", "System.ArgumentException")
    return _store(visit, folder, title, files[0].content if files else visit.call.body)


def _target(visit: Visit) -> Folder:
    word = visit.names.get("folder")
    if word is None:
        return visit.state.storage.root(visit.call.words[3].lower(), visit.user)
    return changeable(visit, the_folder(visit, word))


def _form(visit: Visit) -> list[SentFile]:
    if visit.call.content_type != "multipart/form-data":
        return []
    fields, files = multipart(visit.call)
    visit.arguments.add(fields)
    return files


def _store(visit: Visit, folder: Folder, title: str, content: bytes) -> dict[str, Any]:
    changeable(visit, folder)
    if len(content) > visit.state.uploads.limit:
        raise Refusal(402, TOO_LARGE, "ASC.Core.Tenants.TenantQuotaException")
    twin = visit.arguments.flag("createNewIfExist")
    made = visit.state.storage.put(title, folder.id, content, visit.user, visit.now, twin)
    return file_object(visit, made)


def _open(visit: Visit) -> Upload:
    folder = changeable(visit, the_folder(visit, visit.names["folder"]))
    name, size = visit.arguments.text("fileName"), visit.arguments.number("fileSize")
    if not name:
        raise Refusal(
            400, "Value cannot be null. (Parameter 'fileName')", "System.ArgumentException"
        )
    twin = visit.arguments.flag("createNewIfExist")
    return visit.state.uploads.begin(folder, name, size, visit.user, visit.now, twin)


def create_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/upload/create_session`: wrapped twice, `response.data`."""
    return {"success": True, "data": session_object(_open(visit), visit.call, visit.state)}


def new_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/session`: wrapped once."""
    return session_object(_open(visit), visit.call, visit.state)


def session_object(opened: Upload, call: Call, state: PortalState) -> dict[str, Any]:
    """Build the object of a session, which has no `bytes_uploaded`.

    Source: products/ASC.Files/Core/Core/Entries/ChunkedUploadSession.cs.
    """
    return {
        "id": opened.id,
        "path": [folder.id for folder in state.storage.path(opened.folder.id)],
        "created": utc(opened.made),
        "expired": utc(opened.ends),
        "location": f"{call.origin}/ChunkedUploader.ashx?uid={opened.id}",
        "bytes_total": opened.size,
    }


def send(visit: Visit) -> Reply:
    """Answer POST `files/{folderId}/session/{id}`: chunks in order, 201 with the last."""
    opened = _session(visit)
    try:
        done = _take(opened, _chunk(visit.call), visit.state)
    except UploadRefused as error:
        raise _too_large(error) from error
    if not done:
        return Reply(session_object(opened, visit.call, visit.state))
    return Reply(_result(visit, opened), status=201)


def send_numbered(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/session/{id}/upload`: chunk N, from 1, in any order."""
    opened = _session(visit)
    try:
        _take_numbered(opened, visit.arguments.number("chunkNumber"), visit.call, visit.state)
    except UploadRefused as error:
        raise _too_large(error) from error
    return session_object(opened, visit.call, visit.state)


def finalize(visit: Visit) -> Reply:
    """Answer PUT `files/{folderId}/session/{id}/finalize`: 201, or 400 if bytes are missing."""
    opened = _session(visit)
    if len(opened.joined()) != opened.size:
        raise Refusal(400, UNEQUAL, "System.ArgumentException")
    return Reply(_result(visit, opened), status=201)


def abort(visit: Visit) -> None:
    """Answer DELETE `files/{folderId}/session/{id}`."""
    visit.state.uploads.close(_session(visit))


def _session(visit: Visit) -> Upload:
    opened = visit.state.uploads.find(visit.names["session"], visit.now)
    if opened is None or opened.owner is not visit.caller:
        raise Refusal(500, GONE, "System.NullReferenceException")
    return opened


def _too_large(error: UploadRefused) -> Refusal:
    return Refusal(402, str(error), "ASC.Core.Tenants.TenantQuotaException")


def _chunk(call: Call) -> bytes:
    if call.content_type != "multipart/form-data":
        return call.body
    files = multipart(call)[1]
    return files[0].content if files else b""


def _take(opened: Upload, chunk: bytes, state: PortalState) -> bool:
    """Take the next chunk; True when the file is complete.

    A file below the chunk size is whatever the one chunk holds. Others are complete when the right
    number of chunks has the right number of bytes, so smaller chunks never get there
    (common/ASC.Data.Storage/ChunkedUploader/CommonChunkedUploadSessionHolder.cs).
    """
    limit = state.uploads.chunk_size
    if len(chunk) > limit or not chunk:
        raise UploadRefused(TOO_LARGE)
    opened.take(chunk, state.clock())
    if opened.size < limit:
        return True
    needed = -(-opened.size // limit)
    return opened.pieces == needed and len(opened.received) == opened.size


def _take_numbered(opened: Upload, number: int, call: Call, state: PortalState) -> None:
    chunk = _chunk(call)
    if number < 1 or not chunk or len(chunk) > state.uploads.chunk_size:
        raise UploadRefused(TOO_LARGE)
    opened.take_numbered(number, chunk, state.clock())


def _complete(opened: Upload, state: PortalState) -> File:
    state.uploads.close(opened)
    return state.storage.put(
        opened.name,
        opened.folder.id,
        opened.joined(),
        opened.owner,
        state.clock(),
        opened.twin,
    )


def _result(visit: Visit, opened: Upload) -> dict[str, Any]:
    file = _complete(opened, visit.state)
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
            if len(opened.joined()) != opened.size:
                return _said(200, False, None, UNEQUAL)
            return _said(201, True, _result(visit, opened), "")
        if given.flag("upload"):
            _take_numbered(opened, given.number("chunkNumber"), call, state)
        elif _take(opened, _chunk(call), state):
            return _said(201, True, _result(visit, opened), "")
    except (BadArgument, UploadRefused) as error:
        return _said(200, False, None, str(error))
    return _said(200, True, session_object(opened, call, state), "")


def _said(status: int, success: bool, data: Any, message: str) -> Answer:
    built = without_nulls({"success": success, "data": data, "message": message})
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    return Answer(status, text.encode(), (("Content-Type", "application/json; charset=utf-8"),))


def file_page(call: Call, state: PortalState, caller: Account | None) -> Answer:
    """Send a file: 403 and 404 are empty, anything else that fails is 400 with escaped text."""
    given = Arguments()
    given.add(call.query)
    action = given.text("action").lower()
    if action == "bulk":
        packed = state.archives.get(caller.id + given.text("filename")) if caller else None
        if packed is None:
            return Answer(404 if caller else 403)
        return download.sent(packed, given.text("filename"), call, ("Accept-Ranges", "bytes"))
    if action not in ("download", "view", "stream"):
        return exception(Refusal(500, "action", "System.InvalidOperationException"))
    file = state.storage.file(given.text("fileid"))
    if file is None:
        return Answer(404)
    if not state.storage.readable(file, caller):
        return Answer(403)
    try:
        body = file.at_version(given.number("version"))
        if body is None:
            return Answer(404)
        if state.store_origin:
            there = f"{state.store_origin}/bucket/{file.id}?X-Amz-Signature=5f1e&X-Amz-Expires=3600"
            return Answer(302, b"", (("Location", there),))
        return download.sent(body, file.title, call, ("Accept-Ranges", "bytes"))
    except (download.BadRange, BadArgument) as error:
        text = html.escape(f"The request is not valid: <{error}>")
        return Answer(400, text.encode(), (("Content-Type", "text/html"),))


def presigned(visit: Visit) -> str:
    """Answer GET `files/file/{id}/presigneduri`: of use only with the usual credentials."""
    file = the_file(visit, visit.names["file"])
    query = f"action=stream&fileid={file.id}&version={file.version}&stream_auth=demo"
    return f"{visit.call.origin}/{HANDLER}?{query}"


ROUTES = (
    Route("POST", "files/{folder}/upload", upload),
    Route("POST", "files/@my/upload", upload),
    Route("POST", "files/@common/upload", upload),
    Route("POST", "files/{folder}/insert", insert),
    Route("POST", "files/@my/insert", insert),
    Route("POST", "files/@common/insert", insert),
    Route("POST", "files/{folder}/upload/create_session", create_session, body=True),
    Route("POST", "files/{folder}/session", new_session, body=True),
    Route("POST", "files/{folder}/session/{session}", send),
    Route("POST", "files/{folder}/session/{session}/upload", send_numbered),
    Route("PUT", "files/{folder}/session/{session}/finalize", finalize),
    Route("DELETE", "files/{folder}/session/{session}", abort),
    Route("GET", "files/file/{file}/presigneduri", presigned),
)
