"""Download files and folders: choose local names, skip unchanged files, transfer the others."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple

from oocli.files.entry_list import EntryList
from oocli.files.file_content import read_file
from oocli.files.local_folder import (
    FolderProperties,
    LocalFolder,
    check_replaceable,
    descend,
    storage_errors,
)
from oocli.files.local_names import LocalNames
from oocli.files.part_file import PartFile, delete_parts, find_parts, part_name
from oocli.files.remote_path import RemotePath
from oocli.files.transfer import OnBytes, Record, Transfer
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
# After these errors a part file is deleted; after others the next run continues it.
_FINAL = (InvalidResponse, NotFound, Forbidden, Rejected, OSError)
_TIME_PRECISION = 2.0  # seconds; some file systems round the time of a file to this
_MAX_DEPTH = 200  # nested folders


class Target(NamedTuple):
    """Where to save downloads: a folder, and the name for a single file if the user chose one."""

    folder: Path
    name: str = ""

    @classmethod
    def from_path(cls, path: Path, *, is_folder: bool) -> Target:
        """Return the target for a path that the user has typed.

        It is a folder if the folder exists or `is_folder` is set, else a file. A symbolic link is
        followed, unless another user put it into a folder that everyone can write to. Raises
        `StorageError`.
        """
        with storage_errors(path):
            real = resolve_links(path)
        return cls(path) if is_folder or path.is_dir() else cls(real.parent, real.name)


class _PendingFolder(NamedTuple):
    """A folder that is still to be downloaded."""

    entry: Entry
    names: tuple[str, ...]  # local names of the folders that lead to it, and its own
    parents: tuple[int | str, ...]  # ids of the folders around it, and its own


class Download:
    """A download of files and folders: `items` is what `run_transfers` takes."""

    def __init__(
        self, tree: Tree, target: Target, if_exists: IfExists, *, dry_run: bool = False
    ) -> None:
        self._tree, self._portal = tree, tree.portal
        self._target, self._if_exists, self._dry_run = target, if_exists, dry_run

    def items(self, entries: Sequence[Entry]) -> Iterator[Transfer | Record]:
        """Yield a transfer for each file to download, and a record for each other file.

        A folder is listed when the caller asks for its first item, so that files are transferred
        while the next folders are listed. Raises `StorageError` if the target cannot be written.
        """
        pending: list[_PendingFolder] = []
        roots = {(entry.type, entry.id): entry for entry in entries}.values()
        yield from self._folder_items(_PendingFolder(_ROOT, (), ()), roots, pending)
        while pending:
            folder = pending.pop()
            subfolders: list[_PendingFolder] = []
            try:
                with storage_errors(tempfile.gettempdir()):
                    children = EntryList(folder.entry.path, self._tree.entries(folder.entry))
            except OocliError as failure:
                yield self._failure_record(folder.entry, folder.names, failure)
            else:
                with closing(children):
                    yield from self._folder_items(folder, children, subfolders)
            pending += reversed(subfolders)

    @cached_property
    def _root(self) -> LocalFolder | None:
        """The target folder; None in a dry run if it is missing."""
        folder = self._target.folder
        with storage_errors(folder):
            if not self._dry_run:
                folder.mkdir(parents=True, exist_ok=True)
            elif not folder.exists():
                return None
            return LocalFolder.open(folder)

    @cached_property
    def _properties(self) -> FolderProperties:
        """Properties of the target folder. They need a test file, so they are found on demand."""
        if self._root is None or self._dry_run:
            return FolderProperties()
        with storage_errors(self._target.folder):
            return FolderProperties.probe(self._root)

    def _folder_items(
        self, folder: _PendingFolder, entries: Iterable[Entry], subfolders: list[_PendingFolder]
    ) -> Iterator[Transfer | Record]:
        """Yield an item for each file in a folder, and append its folders to `subfolders`."""
        names = LocalNames(entries, lambda: self._properties.ignores_case)
        with ExitStack() as stack:
            try:
                with storage_errors(self._local_path(folder.names)):
                    opened = self._open_folder(folder.names, stack)
            except StorageError as failure:
                if not folder.names:
                    raise
                yield self._failure_record(folder.entry, folder.names, failure)
                return
            local = _LocalState(opened, {} if opened is None else find_parts(opened), names)
            for entry in entries:
                name = (not folder.names and self._target.name) or names.name_of(entry)
                path = (*folder.names, name)
                if not entry.is_folder:
                    yield self._file_item(entry, path, local)
                elif entry.id in folder.parents or len(path) > _MAX_DEPTH:
                    why = "the portal lists this folder inside itself"
                    yield self._failure_record(entry, path, InvalidResponse(why))
                elif not entry.in_trash:  # portals do not list a folder in the trash
                    subfolders.append(_PendingFolder(entry, path, (*folder.parents, entry.id)))

    def _open_folder(self, names: tuple[str, ...], stack: ExitStack) -> LocalFolder | None:
        """Open a folder in the target; None in a dry run if it is missing."""
        if self._root is None:
            return None
        try:
            return stack.enter_context(descend(self._root, names, make=not self._dry_run))
        except FileNotFoundError:
            if self._dry_run:
                return None
            raise

    def _file_item(
        self, entry: Entry, names: tuple[str, ...], local: _LocalState
    ) -> Transfer | Record:
        try:
            with storage_errors(self._local_path(names)):
                name, result = self._choose_name(entry, names, local)
        except StorageError as failure:
            return self._failure_record(entry, names, failure)
        names = (*names[:-1], name)
        local_path, path = self._local_path(names), str(entry.path)
        part = part_name(self._portal.address.key, entry, name)
        if local.folder is not None and not self._dry_run:
            delete_parts(local.folder, local.parts, part, keep_current=result is None)
        if result is not None or self._dry_run or self._root is None:
            return Record(path, local_path, entry.id, entry.size, result or "would")
        # A file that will replace another is private until it gets the other's permissions.
        mode = self._properties.mode if local.state(name) is None else 0o600
        changed = _unix_time(entry)
        if changed is not None:  # by the clock of this machine
            changed -= self._portal.http.clock_offset
        job = _Job(entry, self._root, names, part, mode, changed)
        return Transfer(path, local_path, entry.size, partial(self._download_file, job))

    def _choose_name(
        self, entry: Entry, names: tuple[str, ...], local: _LocalState
    ) -> tuple[str, Literal["same", "skipped"] | None]:
        """Return the local name of a file, and its result if it need not be downloaded."""
        name = names[-1]
        found = local.state(name)
        if self._if_exists == "skip" and found is not None:
            return name, "skipped"
        if self._if_exists == "fail" and found is not None:
            raise StorageError(f"{self._local_path(names)} exists already")
        if self._if_exists != "rename":
            check_replaceable(found)
        if found is None or self._if_exists == "overwrite":
            return name, None
        if self._if_exists == "update":
            return name, "same" if self._is_same(entry, found) else None
        number, new = 2, name
        while (new != name and local.names.is_taken(new)) or (
            found is not None and not self._is_same(entry, found)
        ):
            new = name_with_suffix(name, f" ({number})", has_extension=True)
            found = local.state(new)
            number += 1
        return new, None if found is None else "same"

    def _is_same(self, entry: Entry, found: os.stat_result) -> bool:
        """Whether a local file is up to date: it has the portal's size and is not older."""
        if not stat.S_ISREG(found.st_mode) or found.st_size != entry.size:
            return False
        changed = _unix_time(entry)
        if changed is None or abs(found.st_mtime - changed) <= _TIME_PRECISION:
            return True
        return changed - self._portal.http.clock_offset <= found.st_mtime + _TIME_PRECISION

    def _download_file(self, job: _Job, on_bytes: OnBytes) -> Record:
        """Download a file in a worker thread. It gets its name only when it is complete."""
        entry, *names, name = job.entry, *job.names
        local_path = self._local_path(job.names)
        try:
            with (
                storage_errors(local_path),
                descend(job.root, tuple(names), make=False) as folder,
                PartFile(folder, job.part, job.mode) as part,
            ):
                self._complete_part(part, entry, on_bytes)
                part.finish(name, job.mode, job.changed)
        except OocliError as failure:
            return self._failure_record(entry, job.names, failure)
        return Record(str(entry.path), local_path, entry.id, entry.size)

    def _complete_part(self, part: PartFile, entry: Entry, on_bytes: OnBytes) -> None:
        """Download the bytes of a file that its part file lacks."""
        try:
            if entry.size is not None and part.size > entry.size:
                part.restart()
            if part.size:
                on_bytes(part.size)
            if not part.size or part.size != entry.size:
                for chunk in read_file(self._portal, entry, part.size):
                    part.write(chunk)
                    on_bytes(len(chunk))
        except _FINAL:
            part.restart()  # an empty part file is deleted when it is closed
            raise

    def _local_path(self, names: tuple[str, ...]) -> str:
        return str(self._target.folder.joinpath(*names))

    def _failure_record(self, entry: Entry, names: tuple[str, ...], failure: OocliError) -> Record:
        error = self._tree.error_at(entry.path, failure)
        local_path = self._local_path(names)
        return Record(str(entry.path), local_path, entry.id, entry.size, "failed", error=error)


def entries_to_download(tree: Tree, paths: Sequence[RemotePath], *, recursive: bool) -> list[Entry]:
    """Return the entries at paths.

    Raises `NoSuchEntry` if one is missing, and `IsFolder` for a folder unless `recursive` is set.
    """
    entries = []
    for path in paths:
        if path.is_root:
            names = ", ".join(str(section) for section in tree.sections())
            raise UsageError(f"the whole portal cannot be downloaded at once, but {names}")
        entry = tree.find(path)
        if entry.is_folder and not recursive:
            raise IsFolder("it is a folder").about(f"{path} on {tree.portal.address.key}")
        # A section's title depends on the user's language, its name in paths does not.
        entries.append(entry._replace(title=path.section) if path.is_section else entry)
    return entries


class IsFolder(UsageError):
    """A path to download is a folder, but the download is not recursive."""


class _LocalState(NamedTuple):
    """What a local folder holds before the download: None as `folder` means that it is missing."""

    folder: LocalFolder | None
    parts: dict[str, list[str]]
    names: LocalNames  # of the entries to download

    def state(self, name: str) -> os.stat_result | None:
        return None if self.folder is None else self.folder.state(name)


class _Job(NamedTuple):
    """A file to download, its local path and its part file, and the mode and time to give it."""

    entry: Entry
    root: LocalFolder
    names: tuple[str, ...]  # from `root` to the file
    part: str
    mode: int
    changed: float | None  # Unix time


_ROOT = Entry("folder", "", "", RemotePath())


def _unix_time(entry: Entry) -> float | None:
    moment = parse_timestamp(entry.updated)
    return None if moment is None else moment.timestamp()
