"""Folders and files of a portal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from oocli.demo.accounts import STARTED, Account
from oocli.demo.exchange import Body, Content
from oocli.demo.titles import FILE_TYPES, ending, unused

Id = int | str
"""Own storage counts in integers; connected third-party storage has texts."""

OVERWRITE, DUPLICATE = 1, 2


def readable_size(size: int) -> str:
    """Spell a size as the web page does."""
    number = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1024 or unit == "GB":
            break
        number /= 1024
    return f"{size} bytes" if unit == "bytes" else f"{number:.2f} {unit}"


@dataclass
class Folder:
    """A folder; `root` is the alias of the tree it belongs to, `owner` None is everybody's."""

    id: Id
    title: str
    parent: Id | None
    root: str
    owner: Account | None
    created: float = STARTED
    updated: float = STARTED
    room_type: int | None = None


@dataclass(frozen=True)
class Version:
    """What a file was before its content was changed."""

    content: Body
    updated: float


@dataclass
class File:
    """A file with its content now; `version` counts from 1.

    `declared` is the size that listings show where it is not that of the content.
    """

    id: Id
    title: str
    folder: Id
    content: Body
    owner: Account
    created: float = STARTED
    updated: float = STARTED
    version: int = 1
    older: list[Version] = field(default_factory=list)
    declared: int | None = None

    @property
    def size(self) -> int:
        """The size in bytes that the portal tells."""
        return len(self.content) if self.declared is None else self.declared

    @property
    def extension(self) -> str:
        """The part of the title from the last dot on, in lower case."""
        return ending(self.title)

    @property
    def type_number(self) -> int:
        """The number that both servers give to what the extension says, 0 for anything else."""
        return FILE_TYPES.get(self.extension, 0)

    def at_version(self, version: int) -> File | None:
        """Return the file as it was in a version, 0 or less being the newest, or None."""
        if version <= 0 or version == self.version:
            return self
        if version > len(self.older):
            return None
        old = self.older[version - 1]
        return replace(
            self, version=version, content=old.content, updated=old.updated, declared=None
        )

    def history(self) -> list[File]:
        """Return the file as it was in each version, the newest first."""
        versions = (self.at_version(number) for number in range(self.version, 0, -1))
        return [file for file in versions if file is not None]

    def change(self, content: Body, at: float) -> None:
        """Make a new version."""
        self.older.append(Version(self.content, self.updated))
        self.content, self.updated, self.version = content, at, self.version + 1
        self.declared = None


PERSONAL = (("@my", "My documents"), ("@trash", "Trash"))
COMMON = (
    ("@common", "Common documents"),
    ("@share", "Shared with me"),
    ("@recent", "Recent"),
    ("@favorites", "Favorites"),
    ("@templates", "Templates"),
    ("@projects", "Project documents"),
    ("@rooms", "Rooms"),
    ("@archive", "Archive"),
)


class Storage:
    """All folders and files. What is in `hidden` is dropped from listings after the cut."""

    def __init__(self, accounts: list[Account]) -> None:
        self.folders: dict[Id, Folder] = {}
        self.files: dict[Id, File] = {}
        self.hidden: set[Id] = set()
        self.orders: dict[str, tuple[str, bool]] = {}
        self._numbers = itertools.count(1)
        self._inside: dict[Id, tuple[dict[Id, None], dict[Id, None]]] = {}
        self._roots: dict[tuple[str, str], Id] = {}
        for account in accounts:
            for alias, title in PERSONAL:
                self._roots[alias, account.id] = self.add_folder(title, None, account, alias).id
        for alias, title in COMMON:
            self._roots[alias, ""] = self.add_folder(title, None, None, alias).id
        ann = accounts[0]
        mine = self._roots["@my", ann.id]
        contracts = self.add_folder("Contracts", mine, ann).id
        self.add_file("Lease.docx", contracts, Content(20_480, "lease"), ann)
        self.add_file("report.docx", mine, Content(12_349, "report"), ann)
        self.add_file("Überblick 2026 €.xlsx", mine, Content(4_096, "overview"), ann)
        self.add_file("empty.txt", mine, b"", ann)

    def root(self, alias: str, account: Account) -> Folder:
        """Return the folder behind an alias such as `@my`, as this account sees it."""
        found = self._roots.get((alias, account.id)) or self._roots[alias, ""]
        return self.folders[found]

    def add_folder(
        self,
        title: str,
        parent: Id | None,
        owner: Account | None,
        root: str = "",
        id: Id | None = None,
        at: float = STARTED,
    ) -> Folder:
        """Make a folder; its tree is the parent's."""
        number = next(self._numbers) if id is None else id
        if parent is not None:
            above = self.folders[parent]
            root, owner = above.root, above.owner or owner
            self._inside[parent][0][number] = None
        folder = Folder(number, title, parent, root, owner, at, at)
        self.folders[number] = folder
        self._inside[number] = ({}, {})
        return folder

    def subfolder(self, folder: Folder, path: str, owner: Account, at: float) -> Folder:
        """Return the folder at a path below another; what is missing of the path is made."""
        for title in filter(None, path.split("/")):
            there = next((sub for sub in self.subfolders(folder.id) if sub.title == title), None)
            folder = there or self.add_folder(title, folder.id, owner, at=at)
        return folder

    def add_file(
        self,
        title: str,
        folder: Id,
        content: Body,
        owner: Account,
        id: Id | None = None,
        at: float = STARTED,
    ) -> File:
        """Make a file."""
        number = next(self._numbers) if id is None else id
        file = File(number, title, folder, content, owner, at, at)
        self.files[number] = file
        self._inside[folder][1][number] = None
        return file

    def put(
        self, title: str, folder: Id, content: Body, owner: Account, at: float, twin: bool
    ) -> File:
        """Store content under a title: a new version of a file there is, or with `twin` another."""
        there = self.named(title, folder)
        if there is None:
            return self.add_file(title, folder, content, owner, at=at)
        if twin:
            return self.add_file(self.free_title(title, folder), folder, content, owner, at=at)
        there.change(content, at)
        return there

    def named(self, title: str, folder: Id) -> File | None:
        """Return the file of that title in a folder."""
        inside = (self.files[one] for one in self._inside[folder][1])
        return next((file for file in inside if file.title == title), None)

    def free_title(self, title: str, folder: Id) -> str:
        """Return a title that no file in a folder has, by a number in brackets if need be."""
        return unused(title, lambda candidate: self.named(candidate, folder) is not None)

    def subfolders(self, folder: Id) -> list[Folder]:
        """Return the folders in a folder."""
        return [self.folders[one] for one in self._inside[folder][0]]

    def contents(self, folder: Id) -> list[File]:
        """Return the files in a folder."""
        return [self.files[one] for one in self._inside[folder][1]]

    def below(self, folder: Id) -> Iterator[File]:
        """Return the files in a folder and in those below."""
        yield from self.contents(folder)
        for one in self.subfolders(folder):
            yield from self.below(one.id)

    def folders_below(self, folder: Id) -> Iterator[Folder]:
        """Return the folders in a folder and in those below."""
        for subfolder in self.subfolders(folder):
            yield subfolder
            yield from self.folders_below(subfolder.id)

    def path(self, folder: Id) -> list[Folder]:
        """Return the folders from the root to this one."""
        way: list[Folder] = []
        at: Id | None = folder
        while at is not None:
            way.insert(0, self.folders[at])
            at = self.folders[at].parent
        return way

    def look_up(self, word: str) -> Id:
        """Read an id out of a path or a body: digits are a number, all else stays a text."""
        return int(word) if word.lstrip("-").isdigit() else word

    def folder(self, word: str) -> Folder | None:
        """Return the folder with this id."""
        return self.folders.get(self.look_up(word))

    def file(self, word: str) -> File | None:
        """Return the file with this id."""
        return self.files.get(self.look_up(word))

    def readable(self, entry: File | Folder, account: Account | None) -> bool:
        """Tell whether an account may look at something: its own things and everybody's."""
        folder = self.folders[entry.folder] if isinstance(entry, File) else entry
        return account is not None and folder.owner in (None, account)

    def writable(self, folder: Folder, account: Account | None) -> bool:
        """Tell whether an account may change a folder: of everybody's only admins may."""
        if account is None or folder.root in ("@share", "@recent", "@favorites"):
            return False
        return folder.owner is account or (folder.owner is None and account.admin)

    def remove(self, entry: File | Folder) -> None:
        """Remove something, with all that is in it."""
        if isinstance(entry, File):
            self._inside[entry.folder][1].pop(entry.id, None)
            self.files.pop(entry.id, None)
            return
        for file in self.contents(entry.id):
            self.remove(file)
        for folder in self.subfolders(entry.id):
            self.remove(folder)
        if entry.parent is not None:
            self._inside[entry.parent][0].pop(entry.id, None)
        self.folders.pop(entry.id, None)

    def move(self, entry: File | Folder, target: Folder, conflict: int = 0) -> bool:
        """Move something; False if it was skipped because the title is taken."""
        if isinstance(entry, Folder):
            if entry.parent is not None:
                self._inside[entry.parent][0].pop(entry.id, None)
            self._inside[target.id][0][entry.id] = None
            entry.parent = target.id
            self._settle(entry, target)
            return True
        if not self._make_room(entry, target, conflict):
            return False
        self._inside[entry.folder][1].pop(entry.id, None)
        self._inside[target.id][1][entry.id] = None
        entry.folder = target.id
        return True

    def copy(
        self, entry: File | Folder, target: Folder, owner: Account, conflict: int = 0
    ) -> File | Folder | None:
        """Copy something and return the copy; None if it was skipped: the title is taken."""
        if isinstance(entry, Folder):
            twin = self.add_folder(entry.title, target.id, owner)
            for file in self.contents(entry.id):
                self.copy(file, twin, owner)
            for folder in self.subfolders(entry.id):
                if folder is not twin:
                    self.copy(folder, twin, owner)
            return twin
        there = self.named(entry.title, target.id)
        if there is not None and conflict not in (OVERWRITE, DUPLICATE):
            return None
        twin_wanted = conflict == DUPLICATE
        return self.put(entry.title, target.id, entry.content, owner, entry.updated, twin_wanted)

    def _settle(self, folder: Folder, target: Folder) -> None:
        folder.root, folder.owner = target.root, target.owner or folder.owner
        for one in self.subfolders(folder.id):
            self._settle(one, target)

    def _make_room(self, entry: File, target: Folder, conflict: int) -> bool:
        there = self.named(entry.title, target.id)
        if there is None or there is entry:
            return True
        if conflict == OVERWRITE:
            self.remove(there)
        elif conflict == DUPLICATE:
            entry.title = self.free_title(entry.title, target.id)
        return conflict in (OVERWRITE, DUPLICATE)

    def fill(self, folder: Id, n: int, size: int, owner: Account) -> None:
        """Add many files whose content is made only when it is read."""
        have = len(self._inside[folder][1])
        for number in range(have, have + n):
            title = f"file-{number:06d}.txt"
            self.add_file(title, folder, Content(size, title), owner)
