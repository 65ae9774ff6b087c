"""Long operations on the files of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Server/Api/OperationController.cs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oocli.demo import changes, operations
from oocli.demo.arguments import BadArgument
from oocli.demo.docspace.entries import (
    changeable,
    file_object,
    operation_object,
    the_file,
    the_folder,
)
from oocli.demo.operations import Operation
from oocli.demo.routing import Reply, Route, Visit
from oocli.demo.storage import DUPLICATE, File, Folder


def _told(visit: Visit, started: Operation | None = None) -> Reply:
    """List the caller's operations, or with `returnSingleOperation` only the one just begun."""
    if started is not None and visit.arguments.flag("returnSingleOperation"):
        return Reply([operation_object(started, visit)], lazy=True)
    read = visit.state.operations.read(visit.user)
    return Reply([operation_object(one, visit) for one in read], lazy=True)


def _start(visit: Visit, kind: int, work: Callable[[], changes.Entries]) -> Operation:
    discard = visit.arguments.flag("deleteAfter")
    return visit.state.operations.start(kind, visit.user, work, discard)


def poll(visit: Visit) -> Reply:
    """Answer GET `files/fileops`: to nobody in particular an empty list, which looks like success.

    `id` keeps one operation, the last word of the path one type; others are forgotten all the same
    when they have ended.
    """
    if visit.caller is None:
        return Reply([], lazy=True)
    wanted, kind = visit.arguments.text("id"), visit.names.get("kind", "").lower()
    read = visit.state.operations.read(visit.user, advance=True)
    if wanted:
        read = [one for one in read if one.id == wanted]
    if kind:
        read = [one for one in read if one.kind == operations.NAMES.get(kind)]
    return Reply([operation_object(one, visit) for one in read], lazy=True)


def transfer(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/copy` and `…/move`."""
    word = visit.call.words[4].lower()
    storage = visit.state.storage
    target = changeable(visit, the_folder(visit, visit.arguments.text("destFolderId")))
    entries = _entries(visit)
    owner = visit.user if word == "copy" else None
    work = changes.transfer(storage, entries, target, _conflict(visit), owner)
    started = _start(visit, operations.NAMES[word], work)
    started.target = target
    if changes.into_itself(storage, entries, target):
        started.error = changes.INTO_ITSELF
    return _told(visit, started)


def duplicate(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/duplicate`: copies beside the originals."""
    storage = visit.state.storage
    entries = _entries(visit)

    def work() -> changes.Entries:
        copies = []
        for entry in entries:
            above = entry.folder if isinstance(entry, File) else entry.parent
            if above is not None:
                copies.append(storage.copy(entry, storage.folders[above], visit.user, DUPLICATE))
        return [copied for copied in copies if copied is not None]

    return _told(visit, _start(visit, operations.DUPLICATE, work))


def collisions(visit: Visit) -> Reply:
    """Answer GET `files/fileops/move`: the files whose titles are taken in the target."""
    target = the_folder(visit, visit.arguments.text("destFolderId"))
    there = changes.taken(visit.state.storage, _entries(visit), target)
    return Reply([file_object(visit, one) for one in there], lazy=True)


def delete(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/delete`."""
    return _told(visit, _delete(visit, _entries(visit)))


def delete_one(visit: Visit) -> Reply:
    """Answer DELETE `files/file/{id}` and `files/folder/{id}`, which want a body of their own."""
    entry: File | Folder
    if "file" in visit.names:
        entry = the_file(visit, visit.names["file"])
    else:
        entry = the_folder(visit, visit.names["folder"])
    return _told(visit, _delete(visit, [entry]))


def delete_room(visit: Visit) -> dict[str, Any]:
    """Answer DELETE `files/rooms/{id}`: one operation, not a list."""
    room = the_folder(visit, visit.names["folder"])
    return operation_object(_delete(visit, [room], now=True), visit)


def archive_room(visit: Visit) -> dict[str, Any]:
    """Answer PUT `files/rooms/{id}/archive` and `…/unarchive`: one operation, not a list."""
    room = changeable(visit, the_folder(visit, visit.names["folder"]))
    storage = visit.state.storage
    alias = "@archive" if visit.call.words[5].lower() == "archive" else "@rooms"

    def work() -> changes.Entries:
        storage.move(room, storage.root(alias, visit.user))
        return [room]

    return operation_object(_start(visit, operations.MOVE, work), visit)


def empty_trash(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/emptytrash`."""
    storage = visit.state.storage
    trash = storage.root("@trash", visit.user)
    inside: changes.Entries = [*storage.subfolders(trash.id), *storage.contents(trash.id)]
    return _told(visit, _delete(visit, inside, now=True))


def _delete(visit: Visit, entries: changes.Entries, now: bool = False) -> Operation:
    storage = visit.state.storage
    trash = storage.root("@trash", visit.user)
    for one in entries:
        changeable(visit, storage.folders[one.folder] if isinstance(one, File) else one)
    now = now or visit.arguments.flag("immediately")
    return _start(visit, operations.DELETE, changes.removal(storage, entries, trash, now))


def mark_as_read(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/markasread`."""
    entries = _entries(visit)
    return _told(visit, _start(visit, operations.MARK_AS_READ, lambda: entries))


def terminate(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/terminate` and `…/terminate/{id}`."""
    visit.state.operations.cancel(visit.user, visit.names.get("operation"))
    return _told(visit)


def bulk_download(visit: Visit) -> Reply:
    """Answer PUT `files/fileops/bulkdownload`: an archive, but one file alone stays as it is."""
    entries = _entries(visit)
    work, query = changes.bulk_download(visit.state, visit.user, entries, pack_one_file=False)
    started = _start(visit, operations.DOWNLOAD, work)
    started.url = f"{visit.call.origin}/filehandler.ashx?{query}"
    return _told(visit, started)


def _entries(visit: Visit) -> changes.Entries:
    folders = [the_folder(visit, word) for word in visit.arguments.texts("folderIds")]
    return [*folders, *[the_file(visit, word) for word in visit.arguments.texts("fileIds")]]


def _conflict(visit: Visit) -> int:
    how = changes.conflict(visit.arguments.text("conflictResolveType"))
    if how is None:
        raise BadArgument("The JSON value could not be converted to FileConflictResolveType.")
    return how


ROUTES = (
    Route("GET", "files/fileops", poll, open=True),
    Route("GET", "files/fileops/{kind}", poll, open=True),
    Route("GET", "files/fileops/move", collisions),
    Route("PUT", "files/fileops/copy", transfer, body=True),
    Route("PUT", "files/fileops/move", transfer, body=True),
    Route("PUT", "files/fileops/duplicate", duplicate, body=True),
    Route("PUT", "files/fileops/delete", delete, body=True),
    Route("PUT", "files/fileops/markasread", mark_as_read, body=True),
    Route("PUT", "files/fileops/bulkdownload", bulk_download, body=True),
    Route("PUT", "files/fileops/emptytrash", empty_trash),
    Route("PUT", "files/fileops/terminate", terminate),
    Route("PUT", "files/fileops/terminate/{operation}", terminate),
    Route("DELETE", "files/file/{file}", delete_one, body=True),
    Route("DELETE", "files/folder/{folder}", delete_one, body=True),
    Route("DELETE", "files/rooms/{folder}", delete_room, body=True),
    Route("PUT", "files/rooms/{folder}/archive", archive_room, body=True),
    Route("PUT", "files/rooms/{folder}/unarchive", archive_room, body=True),
)
