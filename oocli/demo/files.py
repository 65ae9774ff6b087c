"""Actions on files and folders that both kinds of portal share."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from urllib.parse import quote

from oocli.demo import operations
from oocli.demo.arguments import BadArgument
from oocli.demo.download import bulk_body, bulk_title
from oocli.demo.listing import SORTS, ListingQuery, list_folder
from oocli.demo.messages import JsonObject
from oocli.demo.operations import Entries, Operation, Work
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.storage import DUPLICATE, OVERWRITE, SKIP, File, Folder
from oocli.demo.titles import new_document_title, stored_title, with_extension
from oocli.demo.uploads import EMPTY, TOO_LARGE

CONFLICTS = {"skip": SKIP, "overwrite": OVERWRITE, "duplicate": DUPLICATE}
CONFLICTS |= {str(number): number for number in CONFLICTS.values()}


# Folders


def folder_page(context: RequestContext, folder: Folder, query: ListingQuery) -> JsonObject:
    """Describe a page of a folder, with its own `startIndex`, `count` and `total`.

    A valid sort order is saved, and used when the same user gives none.
    """
    orders, user = context.storage.sort_orders, context.caller.id if context.caller else ""
    if query.sort_by in SORTS:
        orders[user] = (query.sort_by, query.descending)
    sort_by, descending = orders.get(user, ("", False))
    query = replace(query, sort_by=sort_by, descending=descending)
    page, total = list_folder(context.storage, folder, query)
    dialect = context.dialect
    return {
        "files": [dialect.file(context, entry) for entry in page if isinstance(entry, File)],
        "folders": [dialect.folder(context, entry) for entry in page if isinstance(entry, Folder)],
        "current": context.dialect.folder(context, folder),
        "pathParts": [context.dialect.path_part(part) for part in context.path(folder)],
        "startIndex": query.start,
        "count": len(page),
        "total": total,
        "new": 0,
    }


def alias_contents(context: RequestContext) -> Result:
    """Answer GET `files/@my` and the other aliases."""
    return context.dialect.contents(context, context.alias_folder())


def folder_contents(context: RequestContext) -> Result:
    """Answer GET `files/{folderId}`; folders in the trash cannot be opened."""
    folder = context.folder(context.names["folder"])
    if folder.root == "@trash" and folder.parent is not None:
        raise context.dialect.denied()
    return context.dialect.contents(context, folder)


def folder_info(context: RequestContext) -> JsonObject:
    """Answer GET `files/folder/{id}`."""
    return context.dialect.folder(context, context.folder(context.names["folder"]))


def folder_path(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/folder/{id}/path`."""
    folder = context.folder(context.names["folder"])
    return [context.dialect.folder(context, part) for part in context.path(folder)]


def create_folder(context: RequestContext) -> JsonObject:
    """Answer POST `files/folder/{parentId}`."""
    parent = context.target_folder()
    title = stored_title(context.dialect.title(context, "New folder"))
    made = context.storage.add_folder(title, parent.id, context.user, at=context.now)
    return context.dialect.folder(context, made)


def rename_folder(context: RequestContext) -> JsonObject:
    """Answer PUT `files/folder/{id}`."""
    folder = context.target_folder()
    title = context.dialect.title(context, folder.title)
    folder.title, folder.updated = stored_title(title), context.now
    return context.dialect.folder(context, folder)


# Files


def _version(context: RequestContext, file: File, version: int) -> File:
    found = file.at_version(version)
    if found is None:
        raise context.dialect.missing_file(str(file.id))
    return found


def file_info(context: RequestContext) -> JsonObject:
    """Answer GET `files/file/{id}`, with `version` for an older one."""
    file = context.file(context.names["file"])
    version = _version(context, file, context.arguments.number("version"))
    return context.dialect.file(context, version)


def file_history(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/file/{id}/history`: the newest version first, all with the same `id`."""
    file = context.file(context.names["file"])
    return [context.dialect.file(context, version) for version in file.history()]


def create_file(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/file` and `files/@my/file`: an empty document."""
    folder = context.target_folder()
    title = context.dialect.title(context, "New document.docx")
    title = new_document_title(title, context.arguments.flag("enableExternalExt"))
    user, now, conflict = context.user, context.now, context.dialect.another
    made = context.storage.save(title, folder.id, b"", user, now, conflict=conflict)
    return context.dialect.file(context, made)


def rename_file(context: RequestContext) -> JsonObject:
    """Answer PUT `files/file/{id}`: the extension stays; `lastVersion` restores a version."""
    file = context.file(context.names["file"])
    context.require_writable(context.storage.folders[file.folder])
    version = context.arguments.number("lastVersion")
    if version <= 0 or context.arguments.has("title"):
        title = stored_title(context.dialect.title(context, file.title))
        context.storage.rename(file, with_extension(title, file.extension), context.now)
    if version > 0:
        file.change(_version(context, file, version).content, context.now)
    return context.dialect.file(context, file)


def store(
    context: RequestContext, folder: Folder, title: str, content: bytes, *, as_new: bool
) -> JsonObject:
    """Store a file that was sent in one request."""
    if not content:
        raise Refusal(500, EMPTY, "System.Exception")
    if len(content) > context.state.uploads.limit:
        raise Refusal(context.dialect.too_large, TOO_LARGE, "ASC.Core.Tenants.TenantQuotaException")
    user, now, conflict = context.user, context.now, context.dialect.another
    conflict = conflict if as_new else OVERWRITE
    made = context.storage.save(title, folder.id, content, user, now, conflict=conflict)
    return context.dialect.file(context, made)


# Operations


def entries(context: RequestContext) -> Entries:
    """Return the folders and files in the path or the arguments."""
    arguments, names = context.arguments, context.names
    folders = [names["folder"]] if "folder" in names else arguments.texts("folderIds")
    files = [names["file"]] if "file" in names else arguments.texts("fileIds")
    return [*map(context.folder, folders), *map(context.file, files)]


def start(context: RequestContext, kind: int, work: Work) -> Operation:
    """Begin an operation."""
    discard = context.arguments.flag("deleteAfter")
    return context.state.operations.start(kind, context.user, work, discard)


def report(context: RequestContext, started: Operation | None = None) -> list[JsonObject]:
    """Describe the caller's operations, or only the one just started if asked for."""
    single = context.dialect.returns_single_operation
    if started and single and context.arguments.flag("returnSingleOperation"):
        return [context.dialect.operation(context, started)]
    operations = context.state.operations.report(context.user)
    return [context.dialect.operation(context, operation) for operation in operations]


def move_or_copy(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/move` and `…/copy`.

    Source: FileOperations/FileMoveCopyOperation.cs.
    """
    word = context.route.path.rpartition("/")[2]
    target = context.require_writable(context.folder(context.arguments.text("destFolderId")))
    sources, storage, user = entries(context), context.storage, context.user
    text = context.arguments.text("conflictResolveType").lower() or "skip"
    conflict = CONFLICTS.get(text)
    if conflict is None:
        raise BadArgument("conflictResolveType: the value is not valid.")

    def work() -> Entries:
        if word == "move":
            return [entry for entry in sources if storage.move(entry, target, conflict)]
        copies = [storage.copy(entry, target, user, conflict) for entry in sources]
        return [made for made in copies if made is not None]

    started = start(context, operations.NAMES[word], work)
    started.target = target
    above = storage.path(target.id)
    if any(entry is folder for entry in sources for folder in above):
        started.error = "The destination folder is a subfolder of the source folder"
    return report(context, started)


def delete(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/delete`, and DELETE of a file or a folder."""
    return report(context, start_deletion(context, entries(context)))


def empty_trash(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/emptytrash`."""
    storage = context.storage
    inside = storage.members(storage.root("@trash", context.user))
    return report(context, start_deletion(context, inside))


def start_deletion(
    context: RequestContext, deleted: Entries, *, permanently: bool = False
) -> Operation:
    """Start to move entries to the trash, or to remove them if they are there already."""
    storage = context.storage
    trash = storage.root("@trash", context.user)
    folders = [
        storage.folders[entry.folder] if isinstance(entry, File) else entry for entry in deleted
    ]
    for folder in folders:
        context.require_writable(folder)
    permanently = permanently or context.arguments.flag("immediately")

    def work() -> Entries:
        for entry, folder in zip(deleted, folders, strict=True):
            if permanently or folder.root == trash.root:
                storage.remove(entry)
            else:
                storage.move(entry, trash, DUPLICATE)
        return deleted

    return start(context, operations.DELETE, work)


def terminate(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/terminate`: cancel all of the caller's operations, or one."""
    context.state.operations.cancel(context.user, context.names.get("operation"))
    return report(context)


def bulk_download(context: RequestContext) -> list[JsonObject]:
    """Answer PUT `files/fileops/bulkdownload`: a zip of the entries."""
    state, user, packed = context.state, context.user, entries(context)
    pack_one = context.dialect.packs_single_files
    title = bulk_title(packed, context.now, pack_one_file=pack_one)
    # The servers encrypt the name of the archive in its address.
    token = base64.b64encode(hashlib.sha256(title.encode()).digest()).decode()

    def work() -> Entries:
        body = bulk_body(state.storage, packed, pack_one_file=pack_one)
        state.bulk_downloads[user.id, token] = (title, body)
        return []

    started = start(context, operations.DOWNLOAD, work)
    query = f"action=bulk&filename={quote(token, safe='')}"
    started.url = f"{context.request.origin}{context.dialect.handler}?{query}"
    return report(context, started)


def routes(*, open: bool) -> tuple[Route, ...]:
    """Return the routes that both kinds share; with `open` reading needs no login."""
    return (
        Route("GET", "files/{folder}", folder_contents, open=open, paged=True),
        Route("GET", "files/folder/{folder}", folder_info, open=open),
        Route("GET", "files/folder/{folder}/path", folder_path, open=open),
        Route("POST", "files/folder/{folder}", create_folder, body=True),
        Route("PUT", "files/folder/{folder}", rename_folder, body=True),
        Route("DELETE", "files/folder/{folder}", delete, body=True),
        Route("GET", "files/file/{file}", file_info, open=open),
        Route("GET", "files/file/{file}/history", file_history, open=open),
        Route("POST", "files/{folder}/file", create_file, body=True),
        Route("POST", "files/@my/file", create_file, body=True),
        Route("PUT", "files/file/{file}", rename_file, body=True),
        Route("DELETE", "files/file/{file}", delete, body=True),
        Route("PUT", "files/fileops/delete", delete, body=True),
        Route("PUT", "files/fileops/emptytrash", empty_trash),
        Route("PUT", "files/fileops/terminate", terminate),
    )
