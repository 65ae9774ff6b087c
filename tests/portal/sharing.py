"""Folders that are shared with somebody, and entries that listings leave out."""

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

    What is in `hidden` is dropped from listings after the page was cut. `shared` holds whether a
    folder may be changed by whom it is shared with, by the ids of both.
    """

    def __init__(self, people: list[Account]) -> None:
        self.hidden: set[Id] = set()
        self.shared: dict[tuple[Id, str], bool] = {}
        super().__init__(people)

    def share(self, folder: Folder, account: Account, *, writable: bool) -> None:
        """Share a folder with somebody, who finds it below `@share`."""
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
        """Tell whether an account may look at something: its own, everybody's, what is shared."""
        folder = self.folders[entry.folder] if isinstance(entry, File) else entry
        return super().readable(entry, account) or self._share(folder, account) is not None

    def writable(self, folder: Folder, account: Account | None) -> bool:
        """Tell whether an account may change a folder; what is shared may be open to changes."""
        return super().writable(folder, account) or bool(self._share(folder, account))

    def remove(self, entry: File | Folder) -> None:
        """Remove something, with all that is in it."""
        if isinstance(entry, Folder):
            self._unshare(entry)
        super().remove(entry)

    def move(self, entry: File | Folder, target: Folder, conflict: int = 0) -> bool:
        """Move something; a folder in the trash is no longer shared."""
        moved = super().move(entry, target, conflict)
        if moved and isinstance(entry, Folder) and entry.root == "@trash":
            self._unshare(entry)
        return moved


class SharingDialect(Dialect):
    """Describes folders as those see them with whom they are shared."""

    def file(self, context: RequestContext, file: File) -> JsonObject:
        """Describe a file; what others share is in `@share`."""
        folder = context.storage.folders[file.folder]
        return self._shown(context, super().file(context, file), folder)

    def folder(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Describe a folder; the parent of a shared one is `@share` where it is not readable.

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
        """Return a page of a folder without what is hidden."""
        result = super().contents(context, folder)
        page, hidden = result.response, context.storage.hidden
        for name in ("files", "folders"):
            page[name] = [entry for entry in page[name] if entry["id"] not in hidden]
        page["count"] = len(page["files"]) + len(page["folders"])
        return replace(result, count=None if result.count is None else page["count"])


class SharingWorkspace(SharingDialect, WorkspaceDialect):
    """How a Workspace portal describes what is shared."""


class SharingDocspace(SharingDialect, DocspaceDialect):
    """How a DocSpace portal describes what is shared."""
