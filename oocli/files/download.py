"""Files and folders that are downloaded: what goes where, what is there already, and the rest."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from oocli.files.entry_list import EntryList
from oocli.files.file_content import read_file
from oocli.files.local_folder import FolderFacts, LocalFolder, check_replaceable, descend, explained
from oocli.files.local_names import LocalNames
from oocli.files.part_file import PartFile, drop_parts, part_name, parts_in
from oocli.files.remote_path import RemotePath
from oocli.files.transfer import Moved, Record, Transfer
from oocli.files.tree import Entry, Tree
from oocli.model.errors import (
    Forbidden,
    InvalidResponse,
    NotFound,
    OocliError,
    Rejected,
    StorageError,
    UsageError,
)
from oocli.model.local_files import name_with_suffix, resolve_links
from oocli.model.times import parse_timestamp

IfExists = Literal["update", "skip", "overwrite", "rename", "fail"]
# After these a part is deleted; after others the next run goes on with it.
_FINAL = (InvalidResponse, NotFound, Forbidden, Rejected, OSError)
_CLOSE = 2.0  # seconds by which file systems round a time
_MAX_DEPTH = 200  # folders, one in the other


class Target(NamedTuple):
    """Where downloads go: a folder, and the name of the only file where one was chosen."""

    folder: Path
    name: str = ""

    @classmethod
    def of(cls, path: Path, *, is_folder: bool) -> Target:
        """Return what a path means: a folder if it is one, or is to be one; else a file.

        A link that somebody names is followed, unless another user put it into a folder for
        everybody; none that lies in the target is. Raises `StorageError`.
        """
        with explained(path):
            real = resolve_links(path)
        return cls(path) if is_folder or path.is_dir() else cls(real.parent, real.name)


class _Place(NamedTuple):
    """A folder that is listed: at the portal, and as the names that lead to it here."""

    entry: Entry
    names: tuple[str, ...]
    above: tuple[int | str, ...]  # ids of the folders that it lies in


class Download:
    """One run over files and folders. `items` goes to the engine of transfers."""

    def __init__(
        self, tree: Tree, target: Target, if_exists: IfExists, *, dry_run: bool = False
    ) -> None:
        self._tree, self._portal = tree, tree.portal
        self._target, self._if_exists, self._dry_run = target, if_exists, dry_run

    def items(self, entries: Sequence[Entry]) -> Iterator[Transfer | Record]:
        """Yield a transfer for each file, and a record for each that needs none.

        Folders are listed one after the other, while the files of those before are transferred.
        Raises `StorageError` where the target cannot be written.
        """
        waiting: list[_Place] = []
        roots = {(entry.type, entry.id): entry for entry in entries}.values()
        yield from self._contents(_Place(_ROOT, (), ()), roots, waiting)
        while waiting:
            place = waiting.pop()
            below: list[_Place] = []
            try:
                with explained(tempfile.gettempdir()):
                    children = EntryList(place.entry.path, self._tree.entries(place.entry))
            except OocliError as failure:
                yield self._failed(place.entry, place.names, failure)
            else:
                with closing(children):
                    yield from self._contents(place, children, below)
            waiting += reversed(below)

    @cached_property
    def _root(self) -> LocalFolder | None:
        """The target; None in a dry run where it is missing. It lives as long as a transfer."""
        folder = self._target.folder
        with explained(folder):
            if not self._dry_run:
                folder.mkdir(parents=True, exist_ok=True)
            elif not folder.exists():
                return None
            return LocalFolder.open(folder)

    @cached_property
    def _facts(self) -> FolderFacts:
        """What only a file in the target tells: looked at when it is needed first."""
        if self._root is None or self._dry_run:
            return FolderFacts()
        with explained(self._target.folder):
            return FolderFacts.of(self._root)

    def _contents(
        self, place: _Place, entries: Iterable[Entry], below: list[_Place]
    ) -> Iterator[Transfer | Record]:
        """Yield what is to do for the files in a folder; its folders go to `below`."""
        names = LocalNames(entries, lambda: self._facts.ignores_case)
        with ExitStack() as stack:
            try:
                with explained(self._shown(place.names)):
                    folder = self._opened(place.names, stack)
            except StorageError as failure:
                if not place.names:
                    raise
                yield self._failed(place.entry, place.names, failure)
                return
            look = _Look(folder, {} if folder is None else parts_in(folder), names)
            for entry in entries:
                name = names.of(entry) if place.names else self._target.name or names.of(entry)
                where = (*place.names, name)
                if not entry.is_folder:
                    yield self._file(entry, where, look)
                elif entry.id in place.above or len(where) > _MAX_DEPTH:
                    why = "the portal lists this folder inside itself"
                    yield self._failed(entry, where, InvalidResponse(why))
                elif not entry.in_trash:  # portals do not list a folder in the trash
                    below.append(_Place(entry, where, (*place.above, entry.id)))

    def _opened(self, names: tuple[str, ...], stack: ExitStack) -> LocalFolder | None:
        """Open a folder in the target; None in a dry run where it is missing."""
        if self._root is None:
            return None
        try:
            return stack.enter_context(descend(self._root, names, make=not self._dry_run))
        except FileNotFoundError:
            if self._dry_run:
                return None
            raise

    def _file(self, entry: Entry, where: tuple[str, ...], look: _Look) -> Transfer | Record:
        try:
            with explained(self._shown(where)):
                name, result = self._decided(entry, where, look)
        except StorageError as failure:
            return self._failed(entry, where, failure)
        where = (*where[:-1], name)
        local, path = self._shown(where), str(entry.path)
        part = part_name(self._portal.address.key, entry, name)
        if look.folder is not None and not self._dry_run:
            drop_parts(look.folder, look.parts, part, but_this=result is None)
        if result is not None or self._dry_run or self._root is None:
            return Record(path, local, entry.id, entry.size, result or "would")
        # While it replaces a file that only some may read, nobody else may read the new one.
        mode = self._facts.mode if look.state(name) is None else 0o600
        changed = _changed(entry)
        if changed is not None:  # by the clock of this machine
            changed -= self._portal.http.clock_offset
        plan = _Plan(entry, self._root, where, part, mode, changed)
        return Transfer(path, local, entry.size, lambda moved: self._run(plan, moved))

    def _decided(
        self, entry: Entry, where: tuple[str, ...], look: _Look
    ) -> tuple[str, Literal["same", "skipped"] | None]:
        """Return the name for a file, and the result where nothing is to be transferred."""
        name = where[-1]
        found = look.state(name)
        if self._if_exists == "skip" and found is not None:
            return name, "skipped"
        if self._if_exists == "fail" and found is not None:
            raise StorageError(f"{self._shown(where)} exists already")
        if self._if_exists != "rename":
            check_replaceable(found)
        if found is None or self._if_exists == "overwrite":
            return name, None
        if self._if_exists == "update":
            return name, "same" if self._is_same(entry, found) else None
        number, new = 2, name
        while (new != name and look.names.has(new)) or (
            found is not None and not self._is_same(entry, found)
        ):
            new = name_with_suffix(name, f" ({number})", has_extension=True)
            found = look.state(new)
            number += 1
        return new, None if found is None else "same"

    def _is_same(self, entry: Entry, found: os.stat_result) -> bool:
        """Whether a local file needs no update: it has the size, and is not older."""
        if not stat.S_ISREG(found.st_mode) or found.st_size != entry.size:
            return False
        changed = _changed(entry)
        if changed is None or abs(found.st_mtime - changed) <= _CLOSE:
            return True
        return changed - self._portal.http.clock_offset <= found.st_mtime + _CLOSE

    def _run(self, plan: _Plan, moved: Moved) -> Record:
        """Download a file, in a worker's thread: whole or not at all."""
        entry, *names, name = plan.entry, *plan.names
        local = self._shown(plan.names)
        try:
            with (
                explained(local),
                descend(plan.root, tuple(names), make=False) as folder,
                PartFile(folder, plan.part, plan.mode) as part,
            ):
                self._fill(part, entry, moved)
                part.finish(name, plan.mode, plan.changed)
        except OocliError as failure:
            return self._failed(entry, plan.names, failure)
        return Record(str(entry.path), local, entry.id, entry.size)

    def _fill(self, part: PartFile, entry: Entry, moved: Moved) -> None:
        """Read what of a file is not there yet."""
        try:
            if entry.size is not None and part.size > entry.size:
                part.restart()
            if part.size:
                moved(part.size)
            if not part.size or part.size != entry.size:
                for chunk in read_file(self._portal, entry, part.size):
                    part.write(chunk)
                    moved(len(chunk))
        except _FINAL:
            part.restart()  # an empty part is deleted
            raise

    def _shown(self, names: tuple[str, ...]) -> str:
        return str(self._target.folder.joinpath(*names))

    def _failed(self, entry: Entry, names: tuple[str, ...], failure: OocliError) -> Record:
        path, key = str(entry.path), self._portal.address.key
        failure.about(f"{path} on {key}").add_context(path=path, portal=key)
        local = self._shown(names)
        return Record(path, local, entry.id, entry.size, "failed", error=failure)


def entries_to_download(tree: Tree, paths: Sequence[RemotePath], *, recursive: bool) -> list[Entry]:
    """Return the entries at paths. Raises where one is missing, or is a folder unasked for."""
    entries = []
    for path in paths:
        if path.is_root:
            names = ", ".join(str(section) for section in tree.sections())
            raise UsageError(f"the whole portal cannot be downloaded at once, but {names}")
        entry = tree.find(path)
        if entry.is_folder and not recursive:
            raise FolderNotWanted("it is a folder").about(f"{path} on {tree.portal.address.key}")
        # The title of a section is in the language of the portal's user.
        entries.append(entry._replace(title=path.section) if path.is_section else entry)
    return entries


class FolderNotWanted(UsageError):
    """A path of a folder was given where only files were to be downloaded."""


class _Look(NamedTuple):
    """What is found in a local folder before anything is put into it; None where it is missing."""

    folder: LocalFolder | None
    parts: dict[str, list[str]]
    names: LocalNames

    def state(self, name: str) -> os.stat_result | None:
        return None if self.folder is None else self.folder.state(name)


class _Plan(NamedTuple):
    """One file to download: from where to where, under which name meanwhile, and what it gets."""

    entry: Entry
    root: LocalFolder
    names: tuple[str, ...]
    part: str
    mode: int
    changed: float | None


_ROOT = Entry("folder", "", "", RemotePath())


def _changed(entry: Entry) -> float | None:
    moment = parse_timestamp(entry.updated)
    return None if moment is None else moment.timestamp()
