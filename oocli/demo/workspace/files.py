"""Listing and changing folders and files of a Workspace portal, and the operations on them.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/DocumentsApi.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo import changes, operations
from oocli.demo.arguments import BadArgument
from oocli.demo.download import archive
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.storage import SORTS, File, Folder, Question, listing
from oocli.demo.workspace.entries import (
    ALIASES,
    NO_RIGHT,
    changeable,
    file_object,
    folder_object,
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
    question = Question(
        kinds=given.number("filterType"),
        text=asked.filter_values[0] if asked.filter_values else "",
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
    alias = visit.call.words[3].lower().removesuffix(".json").removesuffix(".xml")
    if alias == "@my" and visit.user.visitor:
        raise Refusal(403, NO_RIGHT)
    return _listed(visit, visit.state.storage.root(alias, visit.user))


def roots(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/@root`: the contents of each root in a list."""
    trees = [visit.state.storage.root(alias, visit.user) for alias in ALIASES]
    without_trash = visit.arguments.flag("withoutTrash")
    return [contents(visit, one) for one in trees if one.root != "@trash" or not without_trash]


def by_id(visit: Visit) -> Reply:
    """Answer GET `files/{folderId}`."""
    return _listed(visit, the_folder(visit, visit.names["folder"]))


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
    """Answer GET `files/file/{id}`."""
    file = the_file(visit, visit.names["file"])
    version = visit.arguments.number("version")
    if file.at_version(max(version, 0)) is None:
        raise Refusal(403, "The required file was not found")
    return file_object(visit, file)


def folder_info(visit: Visit) -> dict[str, Any]:
    """Answer GET `files/folder/{id}`."""
    return folder_object(visit, the_folder(visit, visit.names["folder"]))


def folder_path(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/folder/{id}/path`."""
    folder = the_folder(visit, visit.names["folder"])
    return [folder_object(visit, one) for one in visit.state.storage.path(folder.id)]


def file_history(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/file/{id}/history`: the newest version first."""
    file = the_file(visit, visit.names["file"])
    newest = file_object(visit, file)
    return [{**newest, "version": number} for number in range(file.version, 0, -1)]


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
    """Answer POST `files/{folderId}/file`: an empty document."""
    folder = changeable(visit, the_folder(visit, visit.names["folder"]))
    title = visit.arguments.text("title") or "New document.docx"
    made = visit.state.storage.put(title, folder.id, b"", visit.user, visit.now, twin=True)
    return file_object(visit, made)


def rename_file(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/file/{id}`; the ending stays what it was."""
    file = the_file(visit, visit.names["file"])
    changeable(visit, visit.state.storage.folders[file.folder])
    title = visit.arguments.text("title")
    if title:
        file.title = title if title.lower().endswith(file.extension) else title + file.extension
        file.updated = visit.now
    return file_object(visit, file)


def listed_operations(visit: Visit, advance: bool = False) -> list[dict[str, Any]]:
    """Give all of the caller's operations; those that have ended are forgotten by this."""
    read = visit.state.operations.read(visit.user, advance=advance)
    return [operation_object(one, visit) for one in read]


def poll(visit: Visit) -> list[dict[str, Any]]:
    """Answer GET `files/fileops`: there is no status and no query by id."""
    return listed_operations(visit, advance=True)


def transfer(visit: Visit) -> list[dict[str, Any]]:
    """Answer PUT `files/fileops/move` and `…/copy`."""
    word = visit.call.words[4].lower().partition(".")[0]
    target = changeable(visit, the_folder(visit, visit.arguments.text("destFolderId")))
    entries, storage = _entries(visit), visit.state.storage
    owner = visit.user if word == "copy" else None
    work = changes.transfer(storage, entries, target, _conflict(visit), owner)
    started = visit.state.operations.start(
        operations.NAMES[word], visit.user, work, visit.arguments.flag("deleteAfter")
    )
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
    """Answer PUT `files/fileops/bulkdownload`; a second one beside a first is refused.

    The archive has one fixed name for each user, so a later one overwrites it (FileOperations/
    FileDownloadOperation.cs).
    """
    running = visit.state.operations
    if running.running(visit.user, operations.DOWNLOAD):
        raise Refusal(403, "The download is already in progress")
    entries = _entries(visit)

    def work() -> changes.Entries:
        files = changes.all_files(visit.state.storage, entries)
        visit.state.archives[visit.user.id] = archive(files)
        return []

    started = running.start(operations.DOWNLOAD, visit.user, work)
    handler = f"{visit.call.origin}/Products/Files/HttpHandlers/filehandler.ashx"
    started.url = f"{handler}?action=bulk&ext=.zip"
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
