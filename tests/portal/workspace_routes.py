"""Routes of a Workspace portal that only tests call: nothing in oocli names them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote

from oocli.demo.accounts import STARTED
from oocli.demo.arguments import UploadedFile
from oocli.demo.dates import utc
from oocli.demo.messages import JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext, Route
from oocli.demo.state import PortalState
from oocli.demo.storage import File, Storage
from oocli.demo.uploads import EMPTY, Upload
from oocli.demo.workspace.files import ALIASES
from oocli.demo.workspace.transfer import HANDLER, session_object, upload


def redirect_spelling(request: Request) -> Response:
    """Redirect addresses in the wrong letter case to the spelling that works."""
    rest = request.target[len("/Products/Files") :]
    return Response(301, b"", (("Location", f"{request.origin}/Products/Files{rest}"),))


NOT_RAW = (
    "",
    "application/json",
    "text/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)


def _raw_file(request: Request) -> UploadedFile:
    if request.content_type in NOT_RAW:
        raise Refusal(500, EMPTY)
    ending = request.content_type.rpartition("/")[2]
    return UploadedFile("", attachment_name(request) or f"file.{ending}", request.body)


def attachment_name(request: Request) -> str | None:
    """Return the name that a raw body travels under, `%xx` undone, or None."""
    raw = request.header("Content-Disposition") or ""
    match = re.search(r'filename="?([^";]+)"?', raw, re.IGNORECASE)
    return unquote(match[1]) if match else None


def upload_raw(context: RequestContext) -> JsonObject | list[JsonObject]:
    """Answer POST `files/{folderId}/upload`, also for a body that is one raw file."""
    if not context.arguments.files:
        context.arguments.files = [_raw_file(context.request)]
    return upload(context)


def warmup(context: RequestContext) -> str:
    """Answer GET `warmup/progress`: a JSON text inside the text."""
    return '{"Completed":true,"ProgressItems":[]}'


def portal(context: RequestContext) -> JsonObject:
    """Answer GET `portal`, the raw tenant."""
    return {
        "tenantId": 1,
        "tenantAlias": "localhost",
        "name": "Demo portal",
        "tenantDomain": context.request.origin.partition("://")[2],
        "status": context.state.tenant_status,
        "ownerId": context.state.people[0].id,
        "version": 2,
        "createdDateTime": utc(STARTED),
    }


def register(context: RequestContext) -> str:
    """Answer POST `authentication/register`, where errors come back as a success text."""
    return "The portal does not allow registration"


def sign_in_by_key(context: RequestContext) -> bool:
    """Answer POST `authentication/login`: true only with a key from an e-mail."""
    return False


def password_reminder(context: RequestContext) -> str:
    """Answer POST `people/password`, the same whether or not the account exists."""
    email = context.arguments.text("email")
    return f"The password change instruction has been sent to {email} email address."


def roots(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/@root`: the contents of each root in a list."""
    folders = [context.storage.root(alias, context.user) for alias in ALIASES]
    return [context.dialect.contents(context, folder).response for folder in folders]


def search(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/@search/{query}`: files, then folders, cut by the framework."""
    text, storage = context.names["query"].lower(), context.storage
    found = [
        context.dialect.file(context, file)
        for file in storage.files.values()
        if text in file.title.lower() and storage.readable(file, context.caller)
    ]
    found += [
        context.dialect.folder(context, folder)
        for folder in storage.folders.values()
        if text in folder.title.lower() and storage.readable(folder, context.caller)
    ]
    return found


class Replacement(Upload):
    """An upload whose content takes the place of that of a file."""

    replaces: File

    def store(self, storage: Storage, content: bytes, now: float) -> File:
        """Exchange the content; the version stays."""
        self.replaces.content, self.replaces.updated = content, now
        return self.replaces


def edit_session(context: RequestContext) -> JsonObject:
    """Answer POST `files/file/{id}/edit_session`: the content is exchanged, the version stays."""
    file = context.file(context.names["file"])
    folder = context.require_writable(context.storage.folders[file.folder])
    size = context.arguments.number("fileSize")
    session = Replacement(folder, file.title, size, context.user, context.now)
    session.replaces = file
    context.state.uploads.open[session.id] = session
    return {"success": True, "data": session_object(session, context.request, context.state)}


def signature(state: PortalState, file_id: str) -> str:
    """Sign an address, so that it works without a login."""
    return hashlib.sha256(f"{state.people[0].id}:{file_id}".encode()).hexdigest()[:32]


def presigned(context: RequestContext) -> str:
    """Answer GET `files/file/{id}/presigneduri`: an address that works without a login."""
    file = context.file(context.names["file"])
    query = f"fileid={file.id}&stream_auth={signature(context.state, str(file.id))}"
    return f"{context.request.origin}{HANDLER}?action=stream&{query}"


ROUTES = (
    *(
        Route("POST", f"files/{folder}/upload", upload_raw)
        for folder in ("{folder}", "@my", "@common")
    ),
    Route("GET", "warmup/progress", warmup, open=True),
    Route("GET", "portal", portal),
    Route("POST", "authentication/register", register, open=True),
    Route("POST", "authentication/login", sign_in_by_key, open=True),
    Route("POST", "people/password", password_reminder, open=True),
    Route("GET", "files/@root", roots),
    Route("GET", "files/@search/{query}", search),
    Route("POST", "files/file/{file}/edit_session", edit_session),
    Route("GET", "files/file/{file}/presigneduri", presigned),
)
