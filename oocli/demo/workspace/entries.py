"""The objects of files, folders and operations in a Workspace portal, and how they are found.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/FileWrapper.cs,
FolderWrapper.cs, FileOperationWraper.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import Account
from oocli.demo.dates import zoned
from oocli.demo.operations import Operation
from oocli.demo.routing import Refusal, Visit
from oocli.demo.storage import COMMON, PERSONAL, File, Folder, readable_size

ROOT_TYPES = {
    "@common": 1,
    "@trash": 3,
    "@my": 5,
    "@share": 6,
    "@projects": 8,
    "@favorites": 10,
    "@recent": 11,
    "@templates": 12,
}
ALIASES = tuple(alias for alias, _ in (*PERSONAL, *COMMON) if alias in ROOT_TYPES)
NO_FOLDER = "The required folder was not found"
NO_FILE = "The required file was not found"
NO_RIGHT = "You don't have enough permission to perform the operation"


def author(account: Account) -> dict[str, Any]:
    """Build the short form of a person."""
    return {
        "id": account.id,
        "displayName": account.display_name,
        "title": None,
        "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
        "profileUrl": "",
    }


def file_object(visit: Visit, file: File) -> dict[str, Any]:
    """Build the object of a file; `pureContentLength` is left out when it is 0."""
    origin = visit.call.origin
    handler = f"{origin}/Products/Files/HttpHandlers/filehandler.ashx"
    size = file.size
    built: dict[str, Any] = {
        "folderId": file.folder,
        "version": file.version,
        "versionGroup": file.version,
        "contentLength": readable_size(size),
        "pureContentLength": size,
        "fileStatus": 0,
        "viewUrl": f"{handler}?action=download&fileid={file.id}",
        "webUrl": f"{origin}/Products/Files/DocEditor.aspx?fileid={file.id}",
        "fileType": file.type_number,
        "fileExst": file.extension,
        "comment": None,
        "id": file.id,
        "title": file.title,
        "access": 0,
        "shared": False,
        "created": zoned(file.created),
        "createdBy": author(file.owner),
        "updated": zoned(file.updated),
        "updatedBy": author(file.owner),
        "rootFolderType": ROOT_TYPES.get(visit.state.storage.folders[file.folder].root, 0),
    }
    if not size:
        del built["pureContentLength"]
    return built


def folder_object(visit: Visit, folder: Folder) -> dict[str, Any]:
    """Build the object of a folder."""
    storage = visit.state.storage
    owner = folder.owner or visit.state.people.known[0]
    return {
        "parentId": folder.parent or 0,
        "filesCount": len(storage.contents(folder.id)),
        "foldersCount": len(storage.subfolders(folder.id)),
        "id": folder.id,
        "title": folder.title,
        "access": 0,
        "shared": False,
        "created": zoned(folder.created),
        "createdBy": author(owner),
        "updated": zoned(folder.updated),
        "updatedBy": author(owner),
        "rootFolderType": ROOT_TYPES.get(folder.root, 0),
    }


def operation_object(operation: Operation, visit: Visit) -> dict[str, Any]:
    """Build the object of an operation: `operation` in lower case, nulls written."""
    storage = visit.state.storage
    files = [file for file in operation.entries if isinstance(file, File)]
    folders = [folder for folder in operation.entries if isinstance(folder, Folder)]
    return {
        "id": operation.id,
        "operation": operation.kind,
        "progress": operation.progress,
        "error": operation.error or None,
        "processed": str(len(operation.touched) or operation.done),
        "finished": operation.finished,
        "url": operation.url if operation.finished else None,
        "files": [file_object(visit, file) for file in files if file.id in storage.files] or None,
        "folders": [
            folder_object(visit, folder) for folder in folders if folder.id in storage.folders
        ]
        or None,
    }


def the_folder(visit: Visit, word: str, missing: int = 403) -> Folder:
    """Return a folder the caller may read; a missing one is mostly a 403, not a 404.

    Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Products/Files/Services/
    WCFService/FileStorageServiceController.cs.
    """
    folder = visit.state.storage.folder(word)
    if folder is None:
        raise Refusal(missing, NO_FOLDER)
    if not visit.state.storage.readable(folder, visit.caller):
        raise Refusal(403, NO_RIGHT)
    return folder


def of_alias(visit: Visit) -> Folder:
    """Return the folder behind the alias in the path; visitors have no `@my`."""
    alias = visit.call.words[3].lower().removesuffix(".json").removesuffix(".xml")
    if alias == "@my" and visit.user.visitor:
        raise Refusal(403, NO_RIGHT)
    return visit.state.storage.root(alias, visit.user)


def the_file(visit: Visit, word: str) -> File:
    """Return a file the caller may read; a missing one is a 403."""
    file = visit.state.storage.file(word)
    if file is None:
        raise Refusal(403, NO_FILE)
    if not visit.state.storage.readable(file, visit.caller):
        raise Refusal(403, NO_RIGHT)
    return file


def changeable(visit: Visit, folder: Folder) -> Folder:
    """Make sure that the caller may change a folder."""
    if not visit.state.storage.writable(folder, visit.caller):
        raise Refusal(403, NO_RIGHT)
    return folder
