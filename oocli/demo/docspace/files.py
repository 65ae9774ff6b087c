"""Listing and changing folders, rooms and files of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Server/Api/FoldersController.cs,
FilesController.cs, VirtualRoomsController.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.dates import zoned
from oocli.demo.docspace.entries import (
    ALIASES,
    NO_FILE,
    NOT_FOUND,
    changeable,
    denied,
    file_object,
    folder_object,
    of_alias,
    the_file,
    the_folder,
    the_target,
    the_title,
)
from oocli.demo.docspace.paging import Asked
from oocli.demo.listing import SORTS, Question, filter_type, listing
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.storage import File, Folder
from oocli.demo.titles import new_document, with_ending

MOST_THREADS = 15
ROOM_KINDS = {
    "fillingformsroom": 1,
    "editingroom": 2,
    "customroom": 5,
    "publicroom": 6,
    "virtualdataroom": 8,
    "airoom": 9,
}


def contents(visit: Visit, folder: Folder) -> dict[str, Any]:
    """Build the page of a folder; the envelope says nothing of its length.

    A `sortBy` is saved as the caller's order, which holds where none is given. Filters look into
    subfolders unless `withSubFolders` is false (FileStorageService, FoldersController).
    """
    asked = Asked.read(visit.call)
    if asked.start < 0:
        text = f"from ('{asked.start}') must be a non-negative value. (Parameter 'from')"
        raise Refusal(400, text, "System.ArgumentOutOfRangeException")
    given = visit.arguments
    by = given.text("sortBy").lower()
    owner = visit.caller.id if visit.caller else ""
    if by in SORTS:
        descending = given.text("sortOrder").lower() in ("descending", "1")
        visit.state.storage.orders[owner] = (by, descending)
    by, descending = visit.state.storage.orders.get(owner, ("", False))
    endings = given.text("extension").lower().split(",")
    number = filter_type(given.text("filterType"))
    filters = (number, given.text("filterValue"), "".join(endings))
    question = Question(
        filter=number,
        text=given.text("filterValue"),
        extensions=tuple(ending for ending in endings if ending),
        deep=any(filters) and given.flag("withSubFolders", default=True),
        sort_by=by,
        descending=descending,
    )
    page = listing(visit.state.storage, folder, question, asked.start, asked.count)
    return {
        "files": [file_object(visit, one) for one in page.files],
        "folders": [folder_object(visit, one) for one in page.folders],
        "current": folder_object(visit, folder),
        "pathParts": [
            {"id": one.id, "title": one.title, "roomType": one.room_type, "folderType": 0}
            for one in visit.state.storage.path(folder.id)
        ],
        "startIndex": asked.start,
        "count": len(page.files) + len(page.folders),
        "total": page.total,
        "new": 0,
    }


def by_alias(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/@my` and the other aliases, `recent` without its sign too."""
    return contents(visit, of_alias(visit))


def roots(visit: Visit) -> Reply:
    """Answer GET `files/@root`: a lazy list of folder contents."""
    trees = [visit.state.storage.root(one, visit.user) for one in ("@my", "@trash", "@rooms")]
    return Reply([contents(visit, one) for one in trees], lazy=True)


def by_id(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/{folderId}`; what is inside a folder in the trash is not shown."""
    folder = the_folder(visit, visit.names["folder"])
    if folder.root == "@trash" and folder.parent is not None:
        raise denied()
    return contents(visit, folder)


def subfolders(visit: Visit) -> Reply:
    """Answer GET `files/{folderId}/subfolders`: a lazy list."""
    folder = the_folder(visit, visit.names["folder"])
    inside = visit.state.storage.subfolders(folder.id)
    return Reply([folder_object(visit, one) for one in inside], lazy=True)


def file_info(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/file/{id}`, with `version` for an older one."""
    file = the_file(visit, visit.names["file"])
    return file_object(visit, _version(file, visit.arguments.number("version")))


def _version(file: File, version: int) -> File:
    found = file.at_version(version)
    if found is None:
        raise Refusal(404, NO_FILE, NOT_FOUND)
    return found


def file_history(visit: Visit) -> Reply:
    """Answer GET `files/file/{id}/history`: the newest version first, all with the same `id`."""
    file = the_file(visit, visit.names["file"])
    return Reply([file_object(visit, version) for version in file.history()], lazy=True)


def edit_history(visit: Visit) -> Reply:
    """Answer GET `files/file/{id}/edit/history`: what the editors show, the oldest version first.

    Source: products/ASC.Files/Core/ApiModels/ResponseDto/EditHistoryDto.cs.
    """
    file = the_file(visit, visit.names["file"])
    items: list[dict[str, Any]] = [
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
    return Reply(items, lazy=True)


def folder_info(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/folder/{id}`."""
    return folder_object(visit, the_folder(visit, visit.names["folder"]))


def folder_path(visit: Visit) -> Reply:
    """Answer GET `files/folder/{id}/path`: a lazy list."""
    folder = the_folder(visit, visit.names["folder"])
    way = visit.state.storage.path(folder.id)
    return Reply([folder_object(visit, one) for one in way], lazy=True)


def new_folder(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/folder/{parentId}`."""
    parent = changeable(visit, the_folder(visit, visit.names["folder"]))
    title = the_title(visit)
    made = visit.state.storage.add_folder(title, parent.id, visit.user, at=visit.now)
    return folder_object(visit, made)


def rename_folder(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/folder/{id}`."""
    folder = changeable(visit, the_folder(visit, visit.names["folder"]))
    folder.title, folder.updated = the_title(visit), visit.now
    return folder_object(visit, folder)


def new_file(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/file` and `files/@my/file`: an empty document."""
    folder = the_target(visit)
    title = new_document(the_title(visit), visit.arguments.flag("enableExternalExt"))
    made = visit.state.storage.put(title, folder.id, b"", visit.user, visit.now, twin=True)
    return file_object(visit, made)


def rename_file(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/file/{id}`: the ending stays; `lastVersion` brings a version back."""
    file = the_file(visit, visit.names["file"])
    changeable(visit, visit.state.storage.folders[file.folder])
    version = visit.arguments.number("lastVersion")
    if version <= 0 or visit.arguments.has("title"):
        file.title, file.updated = with_ending(the_title(visit), file.extension), visit.now
    if version > 0:
        file.change(_version(file, version).content, visit.now)
    return file_object(visit, file)


def settings(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/settings`, open to everybody: the size that chunks must have."""
    return {
        "maxUploadThreadCount": MOST_THREADS,
        "chunkUploadSize": visit.state.uploads.chunk_size,
        "maxUploadSize": visit.state.uploads.limit,
        "extsImagePreviewed": [".png", ".jpg"],
        "storeOriginalFiles": True,
        "keepNewFileName": False,
    }


def rooms(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/rooms`: a content object."""
    return contents(visit, visit.state.storage.root("@rooms", visit.user))


def new_room(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/rooms`; only admins make rooms here."""
    if not visit.user.admin:
        raise denied()
    root = visit.state.storage.root("@rooms", visit.user)
    made = visit.state.storage.add_folder(the_title(visit), root.id, None, at=visit.now)
    word = visit.arguments.text("roomType").lower()
    made.room_type = int(word) if word.isdigit() else ROOM_KINDS.get(word, 5)
    return folder_object(visit, made)


def rename_room(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/rooms/{id}`."""
    return rename_folder(visit)


ROUTES = (
    *(Route("GET", f"files/{alias}", by_alias, paged=True) for alias in ALIASES),
    Route("GET", "files/recent", by_alias, paged=True),
    Route("GET", "files/@root", roots, paged=True),
    Route("GET", "files/settings", settings, open=True),
    Route("GET", "files/rooms", rooms, paged=True),
    Route("POST", "files/rooms", new_room, body=True),
    Route("GET", "files/rooms/{folder}", folder_info, open=True),
    Route("PUT", "files/rooms/{folder}", rename_room, body=True),
    Route("GET", "files/{folder}", by_id, open=True, paged=True),
    Route("GET", "files/{folder}/subfolders", subfolders, open=True),
    Route("GET", "files/file/{file}", file_info, open=True),
    Route("GET", "files/file/{file}/history", file_history, open=True),
    Route("GET", "files/file/{file}/edit/history", edit_history, open=True),
    Route("GET", "files/folder/{folder}", folder_info, open=True),
    Route("GET", "files/folder/{folder}/path", folder_path, open=True),
    Route("POST", "files/folder/{folder}", new_folder, body=True),
    Route("PUT", "files/folder/{folder}", rename_folder, body=True),
    Route("POST", "files/{folder}/file", new_file, body=True),
    Route("POST", "files/@my/file", new_file, body=True),
    Route("PUT", "files/file/{file}", rename_file, body=True),
)
