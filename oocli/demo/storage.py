"""Folders and files of a portal."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oocli.demo.accounts import STARTED, Account
from oocli.demo.exchange import Body, Content

Id = int | str
"""Own storage counts in integers; connected third-party storage has texts."""

OVERWRITE, DUPLICATE = 1, 2
FILE_TYPES = {".zip": 1, ".mp4": 2, ".mp3": 3, ".png": 4, ".xlsx": 5, ".pptx": 6, ".docx": 7}


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


@dataclass
class File:
    """A file with its content now; `version` counts from 1."""

    id: Id
    title: str
    folder: Id
    content: Body
    owner: Account
    created: float = STARTED
    updated: float = STARTED
    version: int = 1
    older: list[Body] = field(default_factory=list)

    @property
    def extension(self) -> str:
        """The part of the title from the last dot on, in lower case."""
        dot = self.title.rfind(".")
        return self.title[dot:].lower() if dot > 0 else ""

    @property
    def type_number(self) -> int:
        """The number that both servers give to what the extension says, 0 for anything else."""
        return FILE_TYPES.get(self.extension, 0)

    def at_version(self, version: int) -> Body | None:
        """Return the content of a version, 0 being the newest, or None."""
        if version in (0, self.version):
            return self.content
        return self.older[version - 1] if 0 < version <= len(self.older) else None


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
        there.older.append(there.content)
        there.content, there.updated, there.version = content, at, there.version + 1
        return there

    def named(self, title: str, folder: Id) -> File | None:
        """Return the file of that title in a folder."""
        inside = (self.files[one] for one in self._inside[folder][1])
        return next((file for file in inside if file.title == title), None)

    def free_title(self, title: str, folder: Id) -> str:
        """Return the title with the first number in brackets that is not taken."""
        stem, dot, ending = title.rpartition(".")
        if not stem:
            stem, dot, ending = title, "", ""
        for number in itertools.count(1):
            candidate = f"{stem} ({number}){dot}{ending}"
            if self.named(candidate, folder) is None:
                return candidate
        raise AssertionError  # `count` does not end.

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

    def copy(self, entry: File | Folder, target: Folder, owner: Account, conflict: int = 0) -> bool:
        """Copy something; False if it was skipped because the title is taken."""
        if isinstance(entry, Folder):
            twin = self.add_folder(entry.title, target.id, owner)
            for file in self.contents(entry.id):
                self.copy(file, twin, owner)
            for folder in self.subfolders(entry.id):
                if folder is not twin:
                    self.copy(folder, twin, owner)
            return True
        there = self.named(entry.title, target.id)
        if there is not None and conflict not in (OVERWRITE, DUPLICATE):
            return False
        twin_wanted = conflict == DUPLICATE
        self.put(entry.title, target.id, entry.content, owner, entry.updated, twin_wanted)
        return True

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


@dataclass(frozen=True)
class Listing:
    """A page of a folder: what is shown, and how many there are before anything was hidden."""

    folders: list[Folder]
    files: list[File]
    total: int


@dataclass(frozen=True)
class Question:
    """What is asked of a folder: filters and order. `kinds` 1 is only files, 2 only folders."""

    kinds: int = 0
    text: str = ""
    extensions: tuple[str, ...] = ()
    deep: bool = False
    sort_by: str = ""
    descending: bool = False


SORTS = ("dateandtime", "az", "size", "author", "type", "new", "dateandtimecreation")


def listing(
    storage: Storage, folder: Folder, asked: Question, start: int, count: int | None
) -> Listing:
    """Cut a page: folders first, then files, as one sequence; the hidden go after the cut."""
    folders = storage.subfolders(folder.id) if asked.kinds != 1 else []
    files: Iterable[File] = []
    if asked.kinds != 2:
        files = storage.below(folder.id) if asked.deep else storage.contents(folder.id)
    wanted = asked.text.lower()
    folders = [one for one in folders if wanted in one.title.lower()]
    files = [one for one in files if wanted in one.title.lower()]
    if asked.extensions:
        folders, files = [], [one for one in files if one.extension in asked.extensions]
    _sort(folders, asked)
    _sort(files, asked)
    entries: list[File | Folder] = [*folders, *files]
    page = entries[start : None if count is None else start + count]
    shown = [one for one in page if one.id not in storage.hidden]
    return Listing(
        [one for one in shown if isinstance(one, Folder)],
        [one for one in shown if isinstance(one, File)],
        len(entries),
    )


def _sort(entries: list[Folder] | list[File], asked: Question) -> None:
    by = asked.sort_by.lower()
    if by not in SORTS:
        return

    def key(entry: Folder | File) -> tuple[object, str]:
        title = entry.title.casefold()
        if by == "size":
            return (len(entry.content) if isinstance(entry, File) else 0, title)
        if by in ("dateandtime", "new"):
            return (entry.updated, title)
        if by == "dateandtimecreation":
            return (entry.created, title)
        return (entry.extension if by == "type" and isinstance(entry, File) else "", title)

    entries.sort(key=key, reverse=asked.descending)
