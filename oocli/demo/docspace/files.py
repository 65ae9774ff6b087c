"""Folders, rooms, files and the operations on them in a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Server/Api/FoldersController.cs,
FilesController.cs, VirtualRoomsController.cs, OperationController.cs.
"""

from __future__ import annotations

from oocli.demo import files, operations
from oocli.demo.files import start, start_deletion
from oocli.demo.messages import JsonObject
from oocli.demo.operations import Entries
from oocli.demo.routing import RequestContext, Result, Route
from oocli.demo.titles import stored_title

ALIASES = ("@my", "@trash", "@recent", "recent", "@favorites", "@share", "@common", "@templates")
ROOM_TYPES = {
    "fillingformsroom": 1,
    "editingroom": 2,
    "customroom": 5,
    "publicroom": 6,
    "virtualdataroom": 8,
    "airoom": 9,
}


def settings(context: RequestContext) -> JsonObject:
    """Answer GET `files/settings`, also without a login: it has the required chunk size."""
    return {
        "maxUploadThreadCount": 15,
        "chunkUploadSize": context.state.uploads.chunk_size,
        "maxUploadSize": context.state.uploads.limit,
        "extsImagePreviewed": [".png", ".jpg"],
        "storeOriginalFiles": True,
        "keepNewFileName": False,
    }


# Rooms


def rooms(context: RequestContext) -> Result:
    """Answer GET `files/rooms`: the contents of the rooms, or of the archive if asked for."""
    archive = context.arguments.text("searchArea").lower() in ("1", "archive")
    root = context.storage.root("@archive" if archive else "@rooms", context.user)
    return context.dialect.contents(context, root)


def create_room(context: RequestContext) -> JsonObject:
    """Answer POST `files/rooms`; only admins may create rooms."""
    if not context.user.admin:
        raise context.dialect.denied()
    root = context.storage.root("@rooms", context.user)
    title = stored_title(context.dialect.title(context, ""))
    room = context.storage.add_folder(title, root.id, None, at=context.now)
    word = context.arguments.text("roomType").lower()
    room.room_type = int(word) if word.isdigit() else ROOM_TYPES.get(word, 5)
    return context.dialect.folder(context, room)


def delete_room(context: RequestContext) -> JsonObject:
    """Answer DELETE `files/rooms/{id}`: one operation, not a list."""
    room = context.folder(context.names["folder"])
    return context.dialect.operation(context, start_deletion(context, [room], permanently=True))


def archive_room(context: RequestContext) -> JsonObject:
    """Answer PUT `files/rooms/{id}/archive` and `…/unarchive`: one operation, not a list."""
    room = context.target_folder()
    alias = "@archive" if context.route.path.endswith("/archive") else "@rooms"
    storage, target = context.storage, context.storage.root(alias, context.user)

    def work() -> Entries:
        storage.move(room, target)
        return [room]

    return context.dialect.operation(context, start(context, operations.MOVE, work))


# Operations


def poll(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/fileops`; without a login the list is empty, which looks like success.

    `id` selects one operation, the last word of the path one type. Other operations that have
    ended are forgotten too.
    """
    if context.caller is None:
        return []
    id, kind = context.arguments.text("id"), context.names.get("kind", "").lower()
    polled = context.state.operations.report(context.user, advance=True)
    if id:
        polled = [operation for operation in polled if operation.id == id]
    if kind:
        polled = [operation for operation in polled if operation.kind == operations.NAMES.get(kind)]
    return [context.dialect.operation(context, operation) for operation in polled]


ROUTES = (
    *files.routes(open=True),
    *(Route("GET", f"files/{alias}", files.alias_contents, paged=True) for alias in ALIASES),
    Route("GET", "files/settings", settings, open=True),
    Route("GET", "files/rooms", rooms, paged=True),
    Route("POST", "files/rooms", create_room, body=True),
    Route("GET", "files/rooms/{folder}", files.folder_info, open=True),
    Route("PUT", "files/rooms/{folder}", files.rename_folder, body=True),
    Route("DELETE", "files/rooms/{folder}", delete_room, body=True),
    Route("PUT", "files/rooms/{folder}/archive", archive_room, body=True),
    Route("PUT", "files/rooms/{folder}/unarchive", archive_room, body=True),
    Route("GET", "files/fileops", poll, open=True),
    Route("GET", "files/fileops/{kind}", poll, open=True),
    Route("PUT", "files/fileops/copy", files.move_or_copy, body=True),
    Route("PUT", "files/fileops/move", files.move_or_copy, body=True),
    Route("PUT", "files/fileops/bulkdownload", files.bulk_download, body=True),
    Route("PUT", "files/fileops/terminate/{operation}", files.terminate),
)
