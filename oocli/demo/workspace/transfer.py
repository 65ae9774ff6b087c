"""Uploads and downloads of a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs and
web/studio/ASC.Web.Studio/Products/Files (Utils/FileUploader.cs, HttpHandlers/*).
"""

from __future__ import annotations

import hashlib
import html
import json
from typing import Any

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, SentFile, attachment_name, multipart
from oocli.demo.dates import utc
from oocli.demo.exchange import Answer, Call
from oocli.demo.routing import Refusal, Route, Visit
from oocli.demo.state import PortalState
from oocli.demo.storage import Folder
from oocli.demo.titles import text_ending, with_ending
from oocli.demo.uploads import EMPTY, TOO_LARGE, Upload
from oocli.demo.workspace.entries import (
    NO_RIGHT,
    changeable,
    file_object,
    of_alias,
    the_file,
    the_folder,
)

HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
CHUNKS = "/Products/Files/ChunkedUploader.ashx"
NOT_RAW = ("", "application/json", "text/xml", "application/x-www-form-urlencoded")


def upload(visit: Visit) -> Any:
    """Answer POST `files/{folderId}/upload`: one file gives an object, several a list.

    A name that is taken makes another file, but a new version in `@my` and `@common`.
    """
    folder = _target(visit)
    twin = visit.arguments.flag("createNewIfExist", default="folder" in visit.names)
    made = [_store(visit, folder, one.name, one.content, twin) for one in _sent(visit)]
    return made[0] if len(made) == 1 else made


def insert(visit: Visit) -> Any:
    """Answer POST `files/{folderId}/insert`: the title comes as a parameter."""
    folder = _target(visit)
    title = visit.arguments.text("title")
    if not title:
        raise Refusal(400, "Value cannot be null. Parameter name: title")
    named = [one for one in visit.arguments.files if one.part == "file"]
    content = named[0].content if named else visit.call.body
    twin = visit.arguments.flag("createNewIfExist", default="folder" in visit.names)
    return _store(visit, folder, title, content, twin)


def text(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/text`: what looks like markup becomes an HTML page."""
    return _written(visit, text_ending(visit.arguments.text("content")))


def html_page(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/html`."""
    return _written(visit, ".html")


def _written(visit: Visit, ending: str) -> dict[str, Any]:
    for name in ("title", "content"):
        if not visit.arguments.has(name):
            raise Refusal(400, f"Value cannot be null. Parameter name: {name}")
    title = with_ending(visit.arguments.text("title"), ending)
    content = visit.arguments.text("content").encode()
    return _store(visit, _target(visit), title, content, twin=True)


def _target(visit: Visit) -> Folder:
    word = visit.names.get("folder")
    return the_folder(visit, word, missing=404) if word else of_alias(visit)


def _sent(visit: Visit) -> list[SentFile]:
    """Give the files of a multipart body, whatever their parts are called, or the raw body."""
    if visit.arguments.files:
        return visit.arguments.files
    call = visit.call
    if call.content_type in NOT_RAW or call.content_type == "multipart/form-data":
        raise Refusal(500, EMPTY)
    ending = call.content_type.rpartition("/")[2]
    return [SentFile("", attachment_name(call) or f"file.{ending}", call.body)]


def _store(visit: Visit, folder: Folder, title: str, content: bytes, twin: bool) -> dict[str, Any]:
    changeable(visit, folder)
    if not content:
        raise Refusal(500, EMPTY)
    if len(content) > visit.state.uploads.limit:
        raise Refusal(500, TOO_LARGE)
    made = visit.state.storage.put(title, folder.id, content, visit.user, visit.now, twin)
    return file_object(visit, made)


def create_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/upload/create_session`; no login gives 403, not 401.

    The object is wrapped twice: `response.data`.
    """
    folder = the_folder(visit, visit.names["folder"], missing=500)
    if not visit.state.storage.writable(folder, visit.caller):
        raise Refusal(403, NO_RIGHT)
    size = visit.arguments.number("fileSize")
    name = visit.arguments.text("fileName")
    if not name or size <= 0:
        raise Refusal(500, EMPTY)
    path = visit.arguments.text("relativePath")
    folder = visit.state.storage.subfolder(folder, path, visit.user, visit.now)
    opened = visit.state.uploads.begin(folder, name, size, visit.user, visit.now, twin=True)
    return {"success": True, "data": session_object(opened, visit.call, visit.state)}


def edit_session(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/file/{id}/edit_session`: the content is exchanged, the version stays."""
    file = the_file(visit, visit.names["file"])
    folder = changeable(visit, visit.state.storage.folders[file.folder])
    size = visit.arguments.number("fileSize")
    opened = visit.state.uploads.begin(
        folder, file.title, size, visit.user, visit.now, replaces=file
    )
    return {"success": True, "data": session_object(opened, visit.call, visit.state)}


def session_object(upload: Upload, call: Call, state: PortalState) -> dict[str, Any]:
    """Build the object of an upload session."""
    return {
        "id": upload.id,
        "path": [folder.id for folder in state.storage.path(upload.folder.id)],
        "created": utc(upload.made),
        "expired": utc(upload.ends),
        "location": f"{call.origin}{CHUNKS}?uid={upload.id}",
        "bytes_uploaded": len(upload.received),
        "bytes_total": upload.size,
    }


def chunk_page(call: Call, state: PortalState) -> Answer:
    """Take a chunk. The session id is all that is asked for; errors come with status 200."""
    given = Arguments()
    given.add(call.query)
    opened = state.uploads.find(given.text("uid"), state.clock())
    if opened is None:
        return _said(200, False, None, "Session with specified upload id already expired")
    if given.flag("abort"):
        state.uploads.close(opened)
        return _said(200, True, None, "")
    try:
        files = multipart(call)[1] if call.content_type == "multipart/form-data" else []
    except BadArgument as error:
        return _said(200, False, None, str(error))
    chunk = files[0].content if files else b""
    if not chunk or len(chunk) > state.uploads.chunk_size:
        return _said(200, False, None, TOO_LARGE if chunk else EMPTY)
    if len(opened.received) + len(chunk) > opened.size:
        return _said(200, False, None, TOO_LARGE)
    opened.take(chunk, state.clock())
    if len(opened.received) < opened.size:
        return _said(200, True, session_object(opened, call, state), "")
    return _said(201, True, _complete(opened, state), "")


def _complete(opened: Upload, state: PortalState) -> dict[str, Any]:
    state.uploads.close(opened)
    content = opened.joined()
    if opened.replaces is not None:
        file = opened.replaces
        file.content, file.updated = content, state.clock()
    else:
        file = state.storage.put(
            opened.name, opened.folder.id, content, opened.owner, state.clock(), opened.twin
        )
    return {
        "id": file.id,
        "folderId": file.folder,
        "version": file.version,
        "title": file.title,
        "provider_key": None,
        "uploaded": True,
    }


def _said(status: int, success: bool, data: Any, message: str) -> Answer:
    text = json.dumps({"success": success, "data": data, "message": message}, ensure_ascii=False)
    return Answer(status, text.encode(), (("Content-Type", "application/json; charset=utf-8"),))


def file_page(call: Call, state: PortalState, caller: Account | None) -> Answer:
    """Send a file: 403 and 404 are empty, anything else that fails is 400 with escaped text."""
    given = Arguments()
    given.add(call.query)
    action = given.text("action").lower()
    try:
        if action == "bulk":
            return _bulk(call, state, caller, given.text("filename"))
        if action in ("download", "view", "stream"):
            return _single(call, state, caller, given)
    except download.BadRange:
        return _failed("The range is not valid: <bytes>")
    return _failed("The action is unknown")


def _bulk(call: Call, state: PortalState, caller: Account | None, name: str) -> Answer:
    if caller is None:
        return Answer(403)
    prepared = state.bulk_downloads.get((caller.id, name))
    return download.sent(prepared.body, prepared.title, call) if prepared else Answer(404)


def _single(call: Call, state: PortalState, caller: Account | None, given: Arguments) -> Answer:
    file = state.storage.file(given.text("fileid"))
    if file is None:
        return Answer(404)
    streamed = given.text("action").lower() == "stream"
    signed = streamed and given.text("stream_auth") == signature(state, str(file.id))
    if not signed and not state.storage.readable(file, caller):
        return Answer(403)
    version = file.at_version(given.number("version"))
    if version is None:
        return Answer(404)
    if state.store_origin:
        return Answer(302, b"", (("Location", download.signed(state.store_origin, version)),))
    mark = hashlib.sha256(file.title.encode()).hexdigest()[:32]
    tag = f"{file.id}:{version.version}:{mark}:{len(version.content)}"
    if call.header("If-None-Match") == tag:
        return Answer(304, b"", (("ETag", tag),))
    return download.sent(version.content, file.title, call, ("ETag", tag))


def _failed(text: str) -> Answer:
    return Answer(400, html.escape(text).encode(), (("Content-Type", "text/html"),))


def signature(state: PortalState, word: str) -> str:
    """Sign an address, so that it works without a login."""
    return hashlib.sha256(f"{state.people.known[0].id}:{word}".encode()).hexdigest()[:32]


def presigned(visit: Visit) -> str:
    """Answer GET `files/file/{id}/presigneduri`: an address that works without a login."""
    file = the_file(visit, visit.names["file"])
    mark = signature(visit.state, str(file.id))
    return f"{visit.call.origin}{HANDLER}?action=stream&fileid={file.id}&stream_auth={mark}"


def wrong_case(call: Call) -> Answer:
    """Send lower-case addresses of the documents to the spelling that works."""
    tail = call.target[len("/Products/Files") :]
    return Answer(301, b"", (("Location", f"{call.origin}/Products/Files{tail}"),))


STORING = {"upload": upload, "insert": insert, "text": text, "html": html_page}
ROUTES = (
    *(
        Route("POST", f"files/{where}/{word}", act)
        for where in ("{folder}", "@my", "@common")
        for word, act in STORING.items()
    ),
    Route("POST", "files/{folder}/upload/create_session", create_session, open=True),
    Route("POST", "files/file/{file}/edit_session", edit_session),
    Route("GET", "files/file/{file}/presigneduri", presigned),
)
