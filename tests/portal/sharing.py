"""Folders that are shared with other users, and entries that listings leave out."""

from __future__ import annotations

from dataclasses import replace

from oocli.demo.accounts import Account
from oocli.demo.docspace.objects import DocspaceDialect
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Dialect, RequestContext, Result
from oocli.demo.storage import File, Folder, Id, Storage
from oocli.demo.workspace.objects import WorkspaceDialect

SHARED_TYPE = 6


class SharingStorage(Storage):
    """Folders and files, some of them shared.

    Entries in `hidden` are dropped from a page after it was cut. `shared` maps the ids of a folder
    and a user to whether that user may change the folder.
    """

    def __init__(self, people: list[Account]) -> None:
        self.hidden: set[Id] = set()
        self.shared: dict[tuple[Id, str], bool] = {}
        super().__init__(people)

    def share(self, folder: Folder, account: Account, *, writable: bool) -> None:
        """Share a folder with a user, who finds it in `@share`."""
        self.shared[folder.id, account.id] = writable
        self._folders_in[self.root("@share", account).id][folder.id] = None

    def _share(self, folder: Folder, account: Account | None) -> bool | None:
        if account is None:
            return None
        above = reversed(self.path(folder.id))
        found = (self.shared.get((part.id, account.id)) for part in above)
        return next((writable for writable in found if writable is not None), None)

    def _unshare(self, folder: Folder) -> None:
        for id, account in [key for key in self.shared if key[0] == folder.id]:
            del self.shared[id, account]
            self._folders_in[self._roots["@share", account]].pop(id, None)

    def readable(self, entry: File | Folder, account: Account | None) -> bool:
        """Tell whether a user may read an entry: an own, a common or a shared one."""
        folder = self.folders[entry.folder] if isinstance(entry, File) else entry
        return super().readable(entry, account) or self._share(folder, account) is not None

    def writable(self, folder: Folder, account: Account | None) -> bool:
        """Tell whether a user may change a folder: an own one, or one shared for writing."""
        return super().writable(folder, account) or bool(self._share(folder, account))

    def remove(self, entry: File | Folder) -> None:
        """Remove an entry with everything in it."""
        if isinstance(entry, Folder):
            self._unshare(entry)
        super().remove(entry)

    def move(self, entry: File | Folder, target: Folder, conflict: int = 0) -> bool:
        """Move an entry; a folder in the trash is no longer shared."""
        moved = super().move(entry, target, conflict)
        if moved and isinstance(entry, Folder) and entry.root == "@trash":
            self._unshare(entry)
        return moved


class SharingDialect(Dialect):
    """Describes shared entries to the users with whom they are shared."""

    def file(self, context: RequestContext, file: File) -> JsonObject:
        """Describe a file; one that another user shares is in `@share`."""
        folder = context.storage.folders[file.folder]
        return self._shown(context, super().file(context, file), folder)

    def folder(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Describe a folder; a shared one is in `@share` if its real parent is not readable.

        Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/FolderWrapper.cs.
        """
        built = super().folder(context, folder)
        if folder.parent is not None and len(context.path(folder)) < 2:
            built["parentId"] = context.storage.root("@share", context.user).id
        return self._shown(context, built, folder)

    def _shown(self, context: RequestContext, built: JsonObject, folder: Folder) -> JsonObject:
        if folder.root == "@my" and folder.owner is not context.caller:
            built["rootFolderType"] = SHARED_TYPE
        return built

    def contents(self, context: RequestContext, folder: Folder) -> Result:
        """Return a page of a folder without hidden entries."""
        result = super().contents(context, folder)
        page, hidden = result.response, context.storage.hidden
        for name in ("files", "folders"):
            page[name] = [entry for entry in page[name] if entry["id"] not in hidden]
        page["count"] = len(page["files"]) + len(page["folders"])
        return replace(result, count=None if result.count is None else page["count"])


class SharingWorkspace(SharingDialect, WorkspaceDialect):
    """How a Workspace portal describes entries, shared ones included."""


class SharingDocspace(SharingDialect, DocspaceDialect):
    """How a DocSpace portal describes entries, shared ones included."""
