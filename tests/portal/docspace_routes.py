"""Routes of a DocSpace portal that only tests call: nothing in oocli names them."""

from __future__ import annotations

from oocli.demo import operations
from oocli.demo.api_keys import SCOPES
from oocli.demo.arguments import BadArgument
from oocli.demo.dates import zoned
from oocli.demo.docspace.api_keys import find_key
from oocli.demo.docspace.objects import NULL_REFERENCE
from oocli.demo.docspace.transfer import (
    BYTES_MISSING,
    HANDLER,
    append_chunk,
    complete,
    describe,
    future_file,
    has_all_bytes,
    new_session,
    put_chunk,
    read_chunk,
    session_object,
)
from oocli.demo.files import entries, report, start
from oocli.demo.messages import JsonObject
from oocli.demo.operations import Entries
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.storage import DUPLICATE, File
from oocli.demo.uploads import TOO_LARGE, Upload
from tests.portal.common_routes import end_session


def color_theme(context: RequestContext) -> JsonObject:
    """Answer GET `settings/colortheme`."""
    colors = {"accent": "#4781D1", "buttons": "#5299E0"}
    texts = {"accent": "#FFFFFF", "buttons": "#FFFFFF"}
    theme = {"id": 1, "name": "blue", "main": colors, "text": texts}
    return {"themes": [theme], "selected": 1, "limit": 9}


def logos(context: RequestContext) -> list[JsonObject]:
    """Answer GET `settings/whitelabel/logos`."""
    picture = f"{context.request.origin}/static/images/logo/lightsmall.svg"
    return [{"name": "LightSmall", "path": {"light": picture, "dark": picture}}]


def end_connection(context: RequestContext) -> bool:
    """Answer PUT `security/activeconnections/logout/{id}`; an id that is not one's own is false."""
    event = context.names["event"]
    if not event.isdigit():
        raise Refusal(400, "The value is not valid", "System.ArgumentException")
    return end_session(context, int(event))


def is_signed_in(context: RequestContext) -> bool:
    """Answer GET `authentication`: true or false, never 401."""
    return context.caller is not None


def confirm(context: RequestContext) -> JsonObject:
    """Answer POST `authentication/confirm`: no link was ever mailed, so none is valid."""
    return {"result": 1, "isAgent": False}


def roots(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/@root`: the contents of the roots."""
    folders = [context.storage.root(alias, context.user) for alias in ("@my", "@trash", "@rooms")]
    return [context.dialect.contents(context, folder).response for folder in folders]


def subfolders(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/{folderId}/subfolders`."""
    inside = context.storage.subfolders(context.folder(context.names["folder"]).id)
    return [context.dialect.folder(context, folder) for folder in inside]


def edit_history(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/file/{id}/edit/history`: what the editors show, the oldest version first.

    Source: products/ASC.Files/Core/ApiModels/ResponseDto/EditHistoryDto.cs.
    """
    file = context.file(context.names["file"])
    return [
        {
            "id": version.id,
            "key": f"{version.id}_{version.version}_{round(version.updated)}",
            "version": version.version,
            "versionGroup": version.version,
            "user": {"id": version.owner.id, "name": version.owner.display_name},
            "created": zoned(version.updated, 0),
            "changes": [],
        }
        for version in reversed(file.history())
    ]


def duplicate(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/duplicate`: copies beside the originals."""
    storage, user, originals = context.storage, context.user, entries(context)

    def work() -> Entries:
        copies: Entries = []
        for entry in originals:
            parent = entry.folder if isinstance(entry, File) else entry.parent
            target = None if parent is None else storage.folders[parent]
            made = target and storage.copy(entry, target, user, DUPLICATE)
            copies += [made] if made else []
        return copies

    return report(context, start(context, operations.DUPLICATE, work))


def presigned(context: RequestContext) -> str:
    """Answer GET `files/file/{id}/presigneduri`: of use only with the usual credentials."""
    file = context.file(context.names["file"])
    query = f"action=stream&fileid={file.id}&version={file.version}&stream_auth=demo"
    return f"{context.request.origin}{HANDLER}?{query}"


def search(context: RequestContext) -> list[JsonObject]:
    """Answer GET `people/@search/{query}`."""
    text = context.names["query"].lower()
    found = [person for person in context.state.people if person.matches(text)]
    return [context.dialect.person(context, person) for person in found]


def permissions(context: RequestContext) -> Result:
    """Answer GET `keys/permissions`."""
    return Result(list(SCOPES), count=len(SCOPES))


def change(context: RequestContext) -> bool:
    """Answer PUT `keys/{id}`."""
    key = find_key(context)
    arguments = context.arguments
    key.name = arguments.text("name") or key.name
    if arguments.has("permissions"):
        key.scopes = arguments.texts("permissions")
    key.active = arguments.flag("isActive", default=key.active)
    return True


def send_chunk(context: RequestContext) -> Result:
    """Answer POST `files/{folderId}/session/{id}`: chunks in order, 201 with the last.

    Until then the answer describes a file that does not exist yet.
    """
    upload = _find_upload(context)
    try:
        is_complete = append_chunk(upload, read_chunk(context.request).content, context.state)
    except BadArgument as error:
        raise _refusal(error) from error
    if is_complete:
        return Result(describe(context, complete(upload, context.state)), status=201)
    return Result({**describe(context, future_file(upload, context.state)), "uploaded": False})


def send_numbered_chunk(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/session/{id}/upload`: chunk N, from 1, in any order."""
    upload = _find_upload(context)
    try:
        chunk = read_chunk(context.request)
        put_chunk(upload, context.arguments, chunk.content, len(chunk.content), context.state)
    except BadArgument as error:
        raise _refusal(error) from error
    return session_object(upload, context.request)


def finalize(context: RequestContext) -> Result:
    """Answer PUT `files/{folderId}/session/{id}/finalize`: 201, or 400 if bytes are missing."""
    upload = _find_upload(context)
    if not has_all_bytes(upload, context.state):
        raise Refusal(400, BYTES_MISSING, "System.ArgumentException")
    return Result(describe(context, complete(upload, context.state)), status=201)


def abort(context: RequestContext) -> None:
    """Answer DELETE `files/{folderId}/session/{id}`."""
    context.state.uploads.close(_find_upload(context))


def _find_upload(context: RequestContext) -> Upload:
    upload = context.state.uploads.find(context.names["session"], context.now)
    if upload is None or upload.owner is not context.caller:
        raise Refusal(500, NULL_REFERENCE, "System.NullReferenceException")
    return upload


def _refusal(error: BadArgument) -> Refusal:
    if str(error) == TOO_LARGE:
        return Refusal(402, TOO_LARGE, "ASC.Core.Tenants.TenantQuotaException")
    return Refusal(500, str(error), "System.Exception")


ROUTES = (
    Route("GET", "settings/colortheme", color_theme, open=True),
    Route("GET", "settings/whitelabel/logos", logos, open=True),
    Route("PUT", "security/activeconnections/logout/{event}", end_connection),
    Route("GET", "authentication", is_signed_in, open=True),
    Route("POST", "authentication/confirm", confirm, open=True, body=True),
    Route("GET", "files/@root", roots, paged=True),
    Route("GET", "files/{folder}/subfolders", subfolders, open=True),
    Route("GET", "files/file/{file}/edit/history", edit_history, open=True),
    Route("PUT", "files/fileops/duplicate", duplicate, body=True),
    Route("GET", "files/file/{file}/presigneduri", presigned),
    Route("GET", "people/@search/{query}", search),
    Route("GET", "keys/permissions", permissions),
    Route("PUT", "keys/{key}", change, body=True),
    Route("POST", "files/{folder}/session", new_session, body=True),
    Route("POST", "files/{folder}/session/{session}", send_chunk),
    Route("POST", "files/{folder}/session/{session}/upload", send_numbered_chunk),
    Route("PUT", "files/{folder}/session/{session}/finalize", finalize),
    Route("DELETE", "files/{folder}/session/{session}", abort),
)
