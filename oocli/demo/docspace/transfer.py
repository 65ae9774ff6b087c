"""Uploads in one request and downloads of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/HttpHandlers/FileHandler.ashx.cs and
Utils/FileUploader.cs.
"""

from __future__ import annotations

import html
from typing import Any

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.arguments import Arguments, BadArgument, SentFile, multipart
from oocli.demo.docspace.entries import file_object, the_file, the_target, the_title
from oocli.demo.docspace.envelope import exception
from oocli.demo.exchange import Answer, Call
from oocli.demo.routing import Refusal, Route, Visit
from oocli.demo.state import PortalState
from oocli.demo.storage import Folder
from oocli.demo.titles import text_ending, with_ending
from oocli.demo.uploads import EMPTY, TOO_LARGE

HANDLER = "filehandler.ashx"


def upload(visit: Visit) -> list[dict[str, Any]]:
    """Answer POST `files/{folderId}/upload`: multipart with one part `file`, a list of one back.

    A name that is taken becomes a new version, unless `createNewIfExist` wants another file.
    """
    folder = the_target(visit)
    sent = [one for one in _form(visit) if one.part == "file"]
    if not sent:
        raise Refusal(400, "The file is missing", "System.ArgumentException")
    twin = visit.arguments.flag("createNewIfExist")
    return [_store(visit, folder, sent[0].name, sent[0].content, twin)]


def insert(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/insert`: the title is a parameter, never the file's name."""
    folder = the_target(visit)
    files = _form(visit)
    title = visit.arguments.text("title")
    if not title:
        raise Refusal(400, "Value cannot be null. (Parameter 'title')", "System.ArgumentException")
    twin = visit.arguments.flag("createNewIfExist")
    content = files[0].content if files else visit.call.body
    return _store(visit, folder, title, content, twin)


def text(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/text`: what looks like markup becomes an HTML page."""
    return _written(visit, text_ending(visit.arguments.text("content")))


def html_page(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/html`."""
    return _written(visit, ".html")


def _written(visit: Visit, ending: str) -> dict[str, Any]:
    """Store a text. `createNewIfExist` means the opposite here (FilesController.cs)."""
    folder, title = the_target(visit), the_title(visit)
    if not visit.arguments.has("content"):
        raise Refusal(
            400, "Value cannot be null. (Parameter 'content')", "System.ArgumentException"
        )
    content = visit.arguments.text("content").encode()
    twin = not visit.arguments.flag("createNewIfExist")
    return _store(visit, folder, with_ending(title, ending), content, twin)


def _form(visit: Visit) -> list[SentFile]:
    if visit.call.content_type != "multipart/form-data":
        return []
    fields, files = multipart(visit.call)
    visit.arguments.add(fields)
    return files


def _store(visit: Visit, folder: Folder, title: str, content: bytes, twin: bool) -> dict[str, Any]:
    if not content:
        raise Refusal(500, EMPTY, "System.Exception")
    if len(content) > visit.state.uploads.limit:
        raise Refusal(402, TOO_LARGE, "ASC.Core.Tenants.TenantQuotaException")
    made = visit.state.storage.put(title, folder.id, content, visit.user, visit.now, twin)
    return file_object(visit, made)


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
    except (download.BadRange, BadArgument) as error:
        text = html.escape(f"The request is not valid: <{error}>")
        return Answer(400, text.encode(), (("Content-Type", "text/html"),))
    return exception(Refusal(500, "action", "System.InvalidOperationException"))


def _bulk(call: Call, state: PortalState, caller: Account | None, name: str) -> Answer:
    if caller is None:
        return Answer(403)
    prepared = state.bulk_downloads.get((caller.id, name))
    if prepared is None:
        return Answer(404)
    return download.sent(prepared.body, prepared.title, call, ("Accept-Ranges", "bytes"))


def _single(call: Call, state: PortalState, caller: Account | None, given: Arguments) -> Answer:
    file = state.storage.file(given.text("fileid"))
    if file is None:
        return Answer(404)
    if not state.storage.readable(file, caller):
        return Answer(403)
    version = file.at_version(given.number("version"))
    if version is None:
        return Answer(404)
    if state.store_origin:
        return Answer(302, b"", (("Location", download.signed(state.store_origin, version)),))
    return download.sent(version.content, file.title, call, ("Accept-Ranges", "bytes"))


def presigned(visit: Visit) -> str:
    """Answer GET `files/file/{id}/presigneduri`: of use only with the usual credentials."""
    file = the_file(visit, visit.names["file"])
    query = f"action=stream&fileid={file.id}&version={file.version}&stream_auth=demo"
    return f"{visit.call.origin}/{HANDLER}?{query}"


STORING = (("upload", upload, False), ("insert", insert, False))
WRITING = (("text", text, True), ("html", html_page, True))
ROUTES = (
    *(
        Route("POST", f"files/{where}/{word}", act, body=json)
        for where in ("{folder}", "@my", "@common")
        for word, act, json in (*STORING, *WRITING)
    ),
    Route("GET", "files/file/{file}/presigneduri", presigned),
)
