"""Listing and changing folders and files of a Workspace portal, and the operations on them.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo import changes, operations
from oocli.demo.arguments import BadArgument
from oocli.demo.listing import (
    BY_EXTENSION,
    BY_EXTENSION_WITH_FOLDERS,
    SORTS,
    Question,
    filter_type,
    listing,
)
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.storage import File, Folder
from oocli.demo.titles import new_document, with_ending
from oocli.demo.workspace.entries import (
    ALIASES,
    NO_FILE,
    NO_RIGHT,
    changeable,
    file_object,
    folder_object,
    of_alias,
    operation_object,
    the_file,
    the_folder,
)
from oocli.demo.workspace.lists import Asked


def contents(visit: Visit, folder: Folder) -> dict[str, Any]:
    """Build the page of a folder, with its own `startIndex`, `count` and `total`.

    A valid `sortBy` becomes the caller's order from here on, and holds where none is given.
    """
    asked = Asked.read(visit.call)
    orders = visit.state.storage.orders
    if asked.sort_by in SORTS:
        orders[visit.user.id] = (asked.sort_by, asked.descending)
    by, descending = orders.get(visit.user.id, ("", False))
    given = visit.arguments
    number = filter_type(given.text("filterType"))
    by_ending = number in (BY_EXTENSION, BY_EXTENSION_WITH_FOLDERS)
    question = Question(
        filter=number,
        text=asked.filter_values[0] if asked.filter_values else "",
        extensions=(given.text("extension").lower(),) if by_ending else (),
        deep=given.flag("withSubfolders"),
        sort_by=by,
        descending=descending,
    )
    count = None if asked.everything else asked.count
    page = listing(visit.state.storage, folder, question, asked.start, count)
    return {
        "files": [file_object(visit, one) for one in page.files],
        "folders": [folder_object(visit, one) for one in page.folders],
        "current": folder_object(visit, folder),
        "pathParts": [one.id for one in visit.state.storage.path(folder.id)],
        "startIndex": asked.start,
        "count": len(page.files) + len(page.folders),
        "total": page.total,
        "new": 0,
    }


def _listed(visit: Visit, folder: Folder) -> Reply:
    page = contents(visit, folder)
    return Reply(page, count=page["count"])


def by_alias(visit: Visit) -> Reply:
    """Answer GET `files/@my` and the other aliases; visitors have no `@my`."""
    return _listed(visit, of_alias(visit))


def roots(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/@root`: the contents of each root in a list."""
    trees = [visit.state.storage.root(alias, visit.user) for alias in ALIASES]
    without_trash = visit.arguments.flag("withoutTrash")
    return [contents(visit, one) for one in trees if one.root != "@trash" or not without_trash]


def by_id(visit: Visit) -> Reply:
    """Answer GET `files/{folderId}`; what is inside a folder in the trash is not shown."""
    folder = the_folder(visit, visit.names["folder"])
    if folder.root == "@trash" and folder.parent is not None:
        raise Refusal(403, NO_RIGHT)
    return _listed(visit, folder)


def search(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/@search/{query}`: files, then folders, cut by the framework."""
    wanted = visit.names["query"].lower()
    storage = visit.state.storage
    found: list[dict[str, Any]] = []
    for file in storage.files.values():
        if wanted in file.title.lower() and storage.readable(file, visit.caller):
            found.append(file_object(visit, file))
    for folder in storage.folders.values():
        if wanted in folder.title.lower() and storage.readable(folder, visit.caller):
            found.append(folder_object(visit, folder))
    return found


def file_info(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/file/{id}`, with `version` for an older one."""
    file = the_file(visit, visit.names["file"])
    return file_object(visit, _version(file, visit.arguments.number("version")))


def _version(file: File, version: int) -> File:
    found = file.at_version(version)
    if found is None:
        raise Refusal(403, NO_FILE)
    return found


def folder_info(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/folder/{id}`."""
    return folder_object(visit, the_folder(visit, visit.names["folder"]))


def folder_path(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/folder/{id}/path`."""
    folder = the_folder(visit, visit.names["folder"])
    return [folder_object(visit, one) for one in visit.state.storage.path(folder.id)]


def file_history(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/file/{id}/history`: the newest version first, all with the same `id`."""
    file = the_file(visit, visit.names["file"])
    return [file_object(visit, version) for version in file.history()]


def new_folder(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/folder/{parentId}`."""
    parent = changeable(visit, the_folder(visit, visit.names["folder"]))
    title = visit.arguments.text("title") or "New folder"
    made = visit.state.storage.add_folder(title, parent.id, visit.user, at=visit.now)
    return folder_object(visit, made)


def rename_folder(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/folder/{id}`."""
    folder = changeable(visit, the_folder(visit, visit.names["folder"]))
    folder.title = visit.arguments.text("title") or folder.title
    folder.updated = visit.now
    return folder_object(visit, folder)


def new_file(visit: Visit) -> dict[str, Any]:
    """Answer POST `files/{folderId}/file` and `files/@my/file`: an empty document."""
    word = visit.names.get("folder")
    folder = changeable(visit, the_folder(visit, word) if word else of_alias(visit))
    title = visit.arguments.text("title") or "New document.docx"
    title = new_document(title, visit.arguments.flag("enableExternalExt"))
    made = visit.state.storage.put(title, folder.id, b"", visit.user, visit.now, twin=True)
    return file_object(visit, made)


def rename_file(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/file/{id}`: the ending stays; `lastVersion` brings a version back."""
    file = the_file(visit, visit.names["file"])
    changeable(visit, visit.state.storage.folders[file.folder])
    title = visit.arguments.text("title")
    if title:
        file.title, file.updated = with_ending(title, file.extension), visit.now
    version = visit.arguments.number("lastVersion")
    if version > 0:
        file.change(_version(file, version).content, visit.now)
    return file_object(visit, file)


def listed_operations(visit: Visit, advance: bool = False) -> list[dict[str, Any]]:
    """Give all of the caller's operations; those that have ended are forgotten by this."""
    read = visit.state.operations.read(visit.user, advance=advance)
    return [operation_object(one, visit) for one in read]


def poll(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/fileops`: there is no status and no query by id."""
    return listed_operations(visit, advance=True)


def transfer(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/move` and `…/copy`; without a destination nothing is done.

    Source: FileOperations/FileMoveCopyOperation.cs.
    """
    word = visit.call.words[4].lower().partition(".")[0]
    kind, discard = operations.NAMES[word], visit.arguments.flag("deleteAfter")
    entries, storage = _entries(visit), visit.state.storage
    target = storage.folder(visit.arguments.text("destFolderId"))
    how = _conflict(visit)
    if target is None:
        visit.state.operations.start(kind, visit.user, list, discard)
        return listed_operations(visit)
    changeable(visit, target)
    owner = visit.user if word == "copy" else None
    work = changes.transfer(storage, entries, target, how, owner)
    started = visit.state.operations.start(kind, visit.user, work, discard)
    started.target = target
    if changes.into_itself(storage, entries, target):
        started.error = changes.INTO_ITSELF
    return listed_operations(visit)


def collisions(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/fileops/move`: the files whose titles are taken in the target."""
    target = the_folder(visit, visit.arguments.text("destFolderId"))
    there = changes.taken(visit.state.storage, _entries(visit), target)
    return [file_object(visit, one) for one in there]


def delete(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/delete`."""
    return _delete(visit, _entries(visit))


def delete_one(visit: Visit) -> list[dict[str, Any]]:
    """Answer DELETE `files/file/{id}` and `files/folder/{id}`."""
    if "file" in visit.names:
        return _delete(visit, [the_file(visit, visit.names["file"])])
    return _delete(visit, [the_folder(visit, visit.names["folder"])])


def empty_trash(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/emptytrash`."""
    storage = visit.state.storage
    trash = storage.root("@trash", visit.user)
    return _delete(visit, [*storage.subfolders(trash.id), *storage.contents(trash.id)], True)


def _delete(visit: Visit, entries: changes.Entries, now: bool = False) -> list[dict[str, Any]]:
    storage = visit.state.storage
    trash = storage.root("@trash", visit.user)
    for one in entries:
        folder = storage.folders[one.folder] if isinstance(one, File) else one
        changeable(visit, folder)
    now = now or visit.arguments.flag("immediately")
    work = changes.removal(storage, entries, trash, now)
    discard = visit.arguments.flag("deleteAfter")
    visit.state.operations.start(operations.DELETE, visit.user, work, discard)
    return listed_operations(visit)


def mark_as_read(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/markasread`."""
    entries = _entries(visit)
    visit.state.operations.start(operations.MARK_AS_READ, visit.user, lambda: entries)
    return listed_operations(visit)


def terminate(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/terminate`: all of the caller's operations end."""
    visit.state.operations.cancel(visit.user)
    return listed_operations(visit)


def bulk_download(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/bulkdownload`: always an archive; a second at once is refused."""
    running = visit.state.operations
    if running.running(visit.user, operations.DOWNLOAD):
        raise Refusal(403, "The download is already in progress")
    entries = _entries(visit)
    work, query = changes.bulk_download(visit.state, visit.user, entries, pack_one_file=True)
    started = running.start(operations.DOWNLOAD, visit.user, work)
    started.url = f"{visit.call.origin}/Products/Files/HttpHandlers/filehandler.ashx?{query}"
    return listed_operations(visit)


def _entries(visit: Visit) -> changes.Entries:
    folders = [the_folder(visit, word) for word in visit.arguments.texts("folderIds")]
    files = [the_file(visit, word) for word in visit.arguments.texts("fileIds")]
    files += [the_file(visit, str(one)) for one in _convert_ids(visit)]
    return [*folders, *files]


def _convert_ids(visit: Visit) -> list[Any]:
    pairs = visit.arguments.every("fileConvertIds")
    return [one.get("key", one.get("Key")) for one in pairs if isinstance(one, dict)]


def _conflict(visit: Visit) -> int:
    how = changes.conflict(visit.arguments.text("conflictResolveType"))
    if how is None:
        raise BadArgument("conflictResolveType: requested value was not found")
    return how


ROUTES = (
    *(Route("GET", f"files/{alias}", by_alias) for alias in ALIASES),
    Route("GET", "files/@root", roots),
    Route("GET", "files/@search/{query}", search),
    Route("GET", "files/{folder}", by_id),
    Route("GET", "files/file/{file}", file_info),
    Route("GET", "files/file/{file}/history", file_history),
    Route("GET", "files/folder/{folder}", folder_info),
    Route("GET", "files/folder/{folder}/path", folder_path),
    Route("POST", "files/folder/{folder}", new_folder),
    Route("PUT", "files/folder/{folder}", rename_folder),
    Route("DELETE", "files/folder/{folder}", delete_one),
    Route("POST", "files/{folder}/file", new_file),
    Route("POST", "files/@my/file", new_file),
    Route("PUT", "files/file/{file}", rename_file),
    Route("DELETE", "files/file/{file}", delete_one),
    Route("GET", "files/fileops", poll),
    Route("GET", "files/fileops/move", collisions),
    Route("PUT", "files/fileops/move", transfer),
    Route("PUT", "files/fileops/copy", transfer),
    Route("PUT", "files/fileops/delete", delete),
    Route("PUT", "files/fileops/emptytrash", empty_trash),
    Route("PUT", "files/fileops/markasread", mark_as_read),
    Route("PUT", "files/fileops/terminate", terminate),
    Route("PUT", "files/fileops/bulkdownload", bulk_download),
)
