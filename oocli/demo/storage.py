"""Folders and files of a portal."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from oocli.demo.accounts import STARTED, Account
from oocli.demo.titles import (
    FILE_TYPES,
    equality_key,
    extension,
    stored_file_title,
    stored_title,
    unused_title,
)

Id = int | str
"""An integer; a string for connected third-party storage."""

SKIP, OVERWRITE, DUPLICATE, TWIN = range(4)
"""What to do if a title is taken: the servers' numbers, and TWIN to use it again."""

ROOTS = {
    "@my": ("My documents", 5),
    "@trash": ("Trash", 3),
    "@share": ("Shared with me", 6),
    "@common": ("Common documents", 1),
    "@recent": ("Recent", 11),
    "@favorites": ("Favorites", 10),
    "@templates": ("Templates", 12),
    "@projects": ("Project documents", 8),
    "@rooms": ("Rooms", 14),
    "@archive": ("Archive", 20),
}
"""The title of each root, and the servers' number for it."""
OWN_ROOTS = ("@my", "@trash", "@share")


@dataclass
class Folder:
    """A folder; `root` is the alias of its tree; with `owner` None it belongs to everybody."""

    id: Id
    title: str
    parent: Id | None
    root: str
    owner: Account | None
    created: float = STARTED
    updated: float = STARTED
    room_type: int | None = None

    @property
    def root_type(self) -> int:
        """The servers' number for the root of its tree."""
        return ROOTS[self.root][1]


@dataclass
class File:
    """A file with its present content; `version` counts from 1.

    `older` holds content and date of older versions, `declared_size` the size that listings
    show if it differs from that of the content.
    """

    id: Id
    title: str
    folder: Id
    content: bytes
    owner: Account
    created: float = STARTED
    updated: float = STARTED
    version: int = 1
    older: list[tuple[bytes, float]] = field(default_factory=list)
    declared_size: int | None = None

    @property
    def size(self) -> int:
        """The size in bytes that the portal shows."""
        return len(self.content) if self.declared_size is None else self.declared_size

    @property
    def extension(self) -> str:
        """The part of the title from the last dot on, in lower case."""
        return extension(self.title)

    @property
    def type_number(self) -> int:
        """The number that both servers give to the type of the extension, 0 for an unknown one."""
        return FILE_TYPES.get(self.extension, 0)

    def at_version(self, version: int) -> File | None:
        """Return a version of the file, or None; 0 or less is the newest."""
        if version <= 0 or version == self.version:
            return self
        if version > len(self.older):
            return None
        content, updated = self.older[version - 1]
        return replace(self, version=version, content=content, updated=updated, declared_size=None)

    def history(self) -> list[File]:
        """Return all versions of the file, the newest first."""
        versions = (self.at_version(number) for number in range(self.version, 0, -1))
        return [file for file in versions if file is not None]

    def change(self, content: bytes, at: float) -> None:
        """Add a new version."""
        self.older.append((self.content, self.updated))
        self.content, self.updated, self.version = content, at, self.version + 1
        self.declared_size = None


class Storage:
    """All folders and files; `people[0]` owns the sample files.

    `sort_orders` holds the last sort order of each user, `ids` the next ids.
    """

    def __init__(self, people: list[Account]) -> None:
        self.folders: dict[Id, Folder] = {}
        self.files: dict[Id, File] = {}
        self.sort_orders: dict[str, tuple[str, bool]] = {}
        self.ids: Iterator[Id] = itertools.count(1)
        self._folders_in: dict[Id, dict[Id, None]] = {}
        self._files_in: dict[Id, dict[Id, None]] = {}
        self._named: dict[tuple[Id, str], dict[Id, None]] = {}
        self._roots: dict[tuple[str, str], Id] = {}
        for alias, (title, _) in ROOTS.items():
            for owner in people if alias in OWN_ROOTS else [None]:
                root = self.add_folder(title, None, owner, alias)
                self._roots[alias, owner.id if owner else ""] = root.id
        ann = people[0]
        own = self._roots["@my", ann.id]
        contracts = self.add_folder("Contracts", own, ann).id
        self.add_file("Lease.docx", contracts, bytes(20_480), ann)
        self.add_file("report.docx", own, bytes(12_349), ann)
        self.add_file("Überblick 2026 €.xlsx", own, bytes(4_096), ann)
        self.add_file("empty.txt", own, b"", ann)

    def root(self, alias: str, account: Account) -> Folder:
        """Return the folder behind an alias such as `@my`, as this account sees it."""
        return self.folders[self._roots.get((alias, account.id)) or self._roots[alias, ""]]

    def add_folder(
        self,
        title: str,
        parent: Id | None,
        owner: Account | None,
        root: str = "",
        at: float = STARTED,
    ) -> Folder:
        """Create a folder in the tree of its parent."""
        number = next(self.ids)
        if parent is not None:
            above = self.folders[parent]
            root, owner = above.root, above.owner or owner
            self._folders_in[parent][number] = None
        folder = Folder(number, title, parent, root, owner, at, at)
        self.folders[number] = folder
        self._folders_in[number], self._files_in[number] = {}, {}
        return folder

    def make_folders(self, folder: Folder, path: str, owner: Account, at: float) -> Folder:
        """Return the folder at a path below another; missing folders are created."""
        for title in map(stored_title, filter(None, path.split("/"))):
            existing = self.folder_named(title, folder.id)
            folder = existing or self.add_folder(title, folder.id, owner, at=at)
        return folder

    def add_file(
        self, title: str, folder: Id, content: bytes, owner: Account, at: float = STARTED
    ) -> File:
        """Create a file, whether or not its title is taken."""
        file = File(next(self.ids), title, folder, content, owner, at, at)
        self.files[file.id] = file
        self._enter(file)
        return file

    def _enter(self, file: File) -> None:
        self._files_in[file.folder][file.id] = None
        self._named.setdefault((file.folder, equality_key(file.title)), {})[file.id] = None

    def _leave(self, file: File) -> None:
        self._files_in[file.folder].pop(file.id, None)
        self._named[file.folder, equality_key(file.title)].pop(file.id, None)

    def rename(self, file: File, title: str, at: float) -> None:
        """Rename a file."""
        self._named[file.folder, equality_key(file.title)].pop(file.id, None)
        file.title, file.updated = title, at
        self._enter(file)

    def save(
        self, title: str, folder: Id, content: bytes, owner: Account, at: float, *, conflict: int
    ) -> File:
        """Store content under a title.

        If the title is taken, OVERWRITE adds a version to that file, DUPLICATE adds a file with a
        number in its title, TWIN one with the same title. The extension is adjusted after the
        lookup: `Makefile` does not find `Makefile.`.
        """
        title = stored_title(title)
        existing = self.file_named(title, folder)
        if existing is not None and conflict == OVERWRITE:
            existing.change(content, at)
            return existing
        if conflict == DUPLICATE:
            title = self.unused_title(title, folder)
        return self.add_file(stored_file_title(title), folder, content, owner, at=at)

    def folder_named(self, title: str, parent: Id) -> Folder | None:
        """Return the first subfolder with a title that the database takes as equal."""
        key = equality_key(title)
        inside = self.subfolders(parent)
        return next((folder for folder in inside if equality_key(folder.title) == key), None)

    def file_named(self, title: str, folder: Id) -> File | None:
        """Return the first file in a folder with a title that the database takes as equal."""
        return next(map(self.files.get, self._named.get((folder, equality_key(title)), ())), None)

    def unused_title(self, title: str, folder: Id) -> str:
        """Return the title, with a number in parentheses if a file in the folder has it."""
        return unused_title(title, lambda wanted: self.file_named(wanted, folder) is not None)

    def subfolders(self, folder: Id) -> list[Folder]:
        """Return the folders in a folder."""
        return [self.folders[id] for id in self._folders_in[folder]]

    def files_in(self, folder: Id) -> list[File]:
        """Return the files in a folder."""
        return [self.files[id] for id in self._files_in[folder]]

    def ids_in(self, folder: Id) -> tuple[Collection[Id], Collection[Id]]:
        """Return the ids of the folders and files in a folder."""
        return self._folders_in[folder], self._files_in[folder]

    def folders_below(self, folder: Id) -> Iterator[Folder]:
        """Return the folders in a folder, and those in them."""
        for subfolder in self.subfolders(folder):
            yield subfolder
            yield from self.folders_below(subfolder.id)

    def files_below(self, folder: Id) -> Iterator[File]:
        """Return the files in a folder, and those in the folders below."""
        yield from self.files_in(folder)
        for subfolder in self.folders_below(folder):
            yield from self.files_in(subfolder.id)

    def path(self, folder: Id) -> list[Folder]:
        """Return the folders from the root to this one."""
        found = [self.folders[folder]]
        while found[0].parent is not None:
            found.insert(0, self.folders[found[0].parent])
        return found

    def parse_id(self, text: str) -> Id:
        """Parse an id: digits are a number, anything else stays a string."""
        return int(text) if text.lstrip("-").isdigit() else text

    def folder(self, id: str) -> Folder | None:
        """Return the folder with this id."""
        return self.folders.get(self.parse_id(id))

    def file(self, id: str) -> File | None:
        """Return the file with this id."""
        return self.files.get(self.parse_id(id))

    def readable(self, entry: File | Folder, account: Account | None) -> bool:
        """Tell whether an account may read an entry: its own, or everybody's."""
        folder = self.folders[entry.folder] if isinstance(entry, File) else entry
        return account is not None and folder.owner in (None, account)

    def writable(self, folder: Folder, account: Account | None) -> bool:
        """Tell whether an account may change a folder: its own, or as an admin everybody's.

        Nobody may change the roots of shared folders and of rooms.
        """
        if account is None or folder.root in ("@share", "@recent", "@favorites"):
            return False
        if folder.parent is None and folder.root in ("@rooms", "@archive"):
            return False
        return folder.owner is account or (folder.owner is None and account.admin)

    def remove(self, entry: File | Folder) -> None:
        """Remove an entry, a folder with its contents."""
        if isinstance(entry, File):
            self._leave(entry)
            self.files.pop(entry.id, None)
            return
        for member in self.members(entry):
            self.remove(member)
        if entry.parent is not None:
            self._folders_in[entry.parent].pop(entry.id, None)
        self.folders.pop(entry.id, None)

    def move(self, entry: File | Folder, target: Folder, conflict: int = SKIP) -> bool:
        """Move an entry; return False if it was skipped because the title is taken."""
        if isinstance(entry, Folder):
            return self._move_folder(entry, target, conflict)
        existing = self.file_named(entry.title, target.id)
        if existing is not None and existing is not entry:
            if conflict == SKIP:
                return False
            if conflict == OVERWRITE:
                existing.change(entry.content, entry.updated)
                self.remove(entry)
                return True
        self._leave(entry)
        if conflict == DUPLICATE:
            entry.title = self.unused_title(entry.title, target.id)
        entry.folder = target.id
        self._enter(entry)
        return True

    def _move_folder(self, moved: Folder, target: Folder, conflict: int) -> bool:
        existing = self._merged_into(moved, target, conflict)
        if existing is moved:
            return True
        if existing is not None:
            members = self.members(moved)
            done = all([self.move(member, existing, conflict) for member in members])
            if done:
                self.remove(moved)
            return done
        if moved.parent is not None:
            self._folders_in[moved.parent].pop(moved.id, None)
        self._folders_in[target.id][moved.id] = None
        moved.parent = target.id
        for folder in (moved, *self.folders_below(moved.id)):
            folder.root, folder.owner = target.root, target.owner or folder.owner
        return True

    def _merged_into(self, folder: Folder, target: Folder, conflict: int) -> Folder | None:
        """Return the existing folder that a moved or copied folder is merged into, or None.

        Source: FileOperations/FileMoveCopyOperation.cs of both servers.
        """
        if conflict == DUPLICATE or folder.room_type is not None:
            return None
        return self.folder_named(folder.title, target.id)

    def members(self, folder: Folder) -> list[File | Folder]:
        """Return the contents of a folder: files, then folders."""
        return [*self.files_in(folder.id), *self.subfolders(folder.id)]

    def copy(
        self, entry: File | Folder, target: Folder, owner: Account, conflict: int = SKIP
    ) -> File | Folder | None:
        """Copy an entry; return the copy, or None if it was skipped because the title is taken."""
        if isinstance(entry, Folder):
            members, made = self.members(entry), self._merged_into(entry, target, conflict)
            if entry is made:
                return None
            made = made or self.add_folder(entry.title, target.id, owner)
            for member in members:
                self.copy(member, made, owner, conflict)
            return made
        if conflict == SKIP and self.file_named(entry.title, target.id) is not None:
            return None
        conflict = conflict or OVERWRITE
        content, at = entry.content, entry.updated
        return self.save(entry.title, target.id, content, owner, at, conflict=conflict)
