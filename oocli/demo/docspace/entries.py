"""The objects of files, folders and operations in a DocSpace portal, and how they are found.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/ApiModels/ResponseDto/*.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import Account
from oocli.demo.arguments import BadArgument
from oocli.demo.dates import zoned
from oocli.demo.operations import Operation
from oocli.demo.routing import Refusal, Visit
from oocli.demo.storage import File, Folder, readable_size

ROOT_TYPES = {
    "@trash": 3,
    "@my": 5,
    "@share": 6,
    "@favorites": 10,
    "@recent": 11,
    "@rooms": 14,
    "@archive": 20,
}
ALIASES = ("@my", "@trash", "@recent", "@favorites", "@share", "@common", "@templates")
FLAGS = dict.fromkeys(
    ("shared", "sharedForUser", "sharedExternal", "parentShared", "canShare", "mute"), False
)
FOLDER_FLAGS = dict.fromkeys(("pinned", "private", "indexing", "denyDownload"), False)
"""Booleans that cannot be null in the server's objects: they are sent when they are false."""

NO_FOLDER = "The required folder was not found"
LONGEST_TITLE = 165
GONE = "Object reference not set to an instance of an object."
NO_FILE = "The required file was not found"
NOT_FOUND = "ASC.Common.Web.ItemNotFoundException"


def denied() -> Refusal:
    """Refuse with the message that the server forces on all that lack a right."""
    return Refusal(403, "Access denied", "System.Security.SecurityException")


def author(account: Account) -> dict[str, Any]:
    """Build the short form of a person."""
    return {"id": account.id, "displayName": account.display_name, "hasAvatar": False}


def file_object(visit: Visit, file: File) -> dict[str, Any]:
    """Build the object of a file; `pureContentLength` is left out when it is 0."""
    origin = visit.call.origin
    size = file.size
    may_change = visit.state.storage.writable(
        visit.state.storage.folders[file.folder], visit.caller
    )
    return {
        "folderId": file.folder,
        "version": file.version,
        "versionGroup": file.version,
        "contentLength": readable_size(size),
        "pureContentLength": size or None,
        "fileStatus": 0,
        "viewUrl": f"{origin}/filehandler.ashx?action=download&fileid={file.id}",
        "webUrl": f"{origin}/doceditor?fileid={file.id}",
        "fileType": file.type_number,
        "fileExst": file.extension,
        "security": {"Read": True, "Edit": may_change, "Delete": may_change},
        "title": file.title,
        "access": 0,
        **FLAGS,
        "canShare": may_change,
        "created": zoned(file.created, 0),
        "createdBy": author(file.owner),
        "updated": zoned(file.updated, 0),
        "updatedBy": author(file.owner),
        "rootFolderType": ROOT_TYPES.get(visit.state.storage.folders[file.folder].root, 1),
        "fileEntryType": 2,
        "id": file.id,
    }


def folder_object(visit: Visit, folder: Folder) -> dict[str, Any]:
    """Build the object of a folder or room."""
    storage = visit.state.storage
    owner = folder.owner or visit.state.people.known[0]
    return {
        "parentId": folder.parent or 0,
        "filesCount": len(storage.contents(folder.id)),
        "foldersCount": len(storage.subfolders(folder.id)),
        "new": 0,
        "roomType": folder.room_type,
        "title": folder.title,
        "access": 0,
        **FLAGS,
        **FOLDER_FLAGS,
        "canShare": storage.writable(folder, visit.caller),
        "created": zoned(folder.created, 0),
        "createdBy": author(owner),
        "updated": zoned(folder.updated, 0),
        "updatedBy": author(owner),
        "rootFolderType": ROOT_TYPES.get(folder.root, 1),
        "fileEntryType": 1,
        "id": folder.id,
    }


def operation_object(operation: Operation, visit: Visit) -> dict[str, Any]:
    """Build the object of an operation; the capital of `Operation` is the server's.

    Source: FileOperationDto.cs.
    """
    storage = visit.state.storage
    files = [file for file in operation.entries if isinstance(file, File)]
    folders = [folder for folder in operation.entries if isinstance(folder, Folder)]
    return {
        "id": operation.id,
        "Operation": operation.kind,
        "progress": operation.progress,
        "error": operation.error,
        "processed": str(len(operation.touched) or operation.done),
        "finished": operation.finished,
        "url": operation.url if operation.finished else None,
        "files": [file_object(visit, file) for file in files if file.id in storage.files] or None,
        "folders": [
            folder_object(visit, folder) for folder in folders if folder.id in storage.folders
        ]
        or None,
        "status": operation.status,
    }


def the_folder(visit: Visit, word: str) -> Folder:
    """Return a folder the caller may read: 404 for a missing one, 403 for another's."""
    folder = visit.state.storage.folder(word)
    if folder is None:
        raise Refusal(404, NO_FOLDER, NOT_FOUND)
    if not visit.state.storage.readable(folder, visit.caller):
        raise denied()
    return folder


def of_alias(visit: Visit) -> Folder:
    """Return the folder behind the alias in the path; guests may have no `@my`."""
    alias = "@" + visit.call.words[3].lower().removeprefix("@")
    if alias == "@my" and visit.user.visitor:
        raise denied()
    return visit.state.storage.root(alias, visit.user)


def the_target(visit: Visit) -> Folder:
    """Return the folder to put something into: by its id or by an alias."""
    word = visit.names.get("folder")
    return changeable(visit, the_folder(visit, word) if word else of_alias(visit))


def the_title(visit: Visit) -> str:
    """Return the title that was sent; none, or one that is too long, is refused."""
    title = visit.arguments.text("title").strip()
    if not title:
        raise Refusal(400, "Value cannot be null. (Parameter 'title')", "System.ArgumentException")
    if len(title.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TITLE:
        raise BadArgument(f"The field Title must not be longer than {LONGEST_TITLE}.")
    return title


def the_file(visit: Visit, word: str) -> File:
    """Return a file the caller may read: 404 for a missing one, 403 for another's.

    An id that is no number is one of third-party storage, where a missing one breaks the server.
    """
    file = visit.state.storage.file(word)
    if file is None and isinstance(visit.state.storage.look_up(word), str):
        raise Refusal(500, GONE, "System.NullReferenceException")
    if file is None:
        raise Refusal(404, NO_FILE, NOT_FOUND)
    if not visit.state.storage.readable(file, visit.caller):
        raise denied()
    return file


def changeable(visit: Visit, folder: Folder) -> Folder:
    """Make sure that the caller may change a folder; the rooms' own roots nobody may."""
    bare_root = folder.parent is None and folder.root in ("@rooms", "@archive")
    if bare_root or not visit.state.storage.writable(folder, visit.caller):
        raise denied()
    return folder
