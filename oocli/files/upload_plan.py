"""Plan an upload: choose titles, make folders, and decide which files are new or have changed.

A file is unchanged if the portal's file has the same size and the local file is not newer. So a
second run over an unchanged tree sends nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from oocli.files.changes import AlreadyExists, make_folder
from oocli.files.local_file import LocalFile
from oocli.files.local_tree import LocalEntry, contents_of
from oocli.files.part_file import is_part
from oocli.files.remote_path import EntryType
from oocli.files.titles import equality_key, file_title, folder_title, is_usable
from oocli.files.transfer import OnBytes, Record, Transfer
from oocli.files.tree import AmbiguousPath, Entry, Tree
from oocli.files.upload import ExistingFile, Target, Uploader
from oocli.model.errors import OocliError, StorageError, UsageError
from oocli.model.times import parse_timestamp

IfExists = Literal["update", "skip", "version", "rename", "fail"]
# How many seconds two times of one moment may differ: always, if the portal stores whole seconds,
# and if its clock differs from this machine's.
_ROUNDING, _WHOLE_SECONDS, _CLOCK_OFFSET_ERROR = 0.01, 1.0, 2.0


class UploadOptions(NamedTuple):
    """What to do if a file exists at the portal, and whether to follow symbolic links."""

    if_exists: IfExists = "update"
    follow_links: bool = False
    dry_run: bool = False


class _PendingFolder(NamedTuple):
    """A local folder that is still to be uploaded, and the folder at the portal for its contents.

    `is_new` says that the folder at the portal was just made, so it is empty. `parents` are the
    identities of the local folder and those around it, if links are followed.
    """

    path: str
    folder: Entry
    is_new: bool
    parents: frozenset[tuple[int, int]]


class UploadPlan:
    """An upload of files and folders: `items` is what `run_transfers` takes.

    `note` is called with a message for each file that is skipped, such as a symbolic link.
    """

    def __init__(
        self,
        tree: Tree,
        uploader: Uploader,
        options: UploadOptions,
        note: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._tree, self._portal, self._uploader = tree, tree.portal, uploader
        self._options, self._note = options, note

    def items(self, sources: Sequence[LocalEntry], folder: Entry) -> Iterator[Transfer | Record]:
        """Yield a transfer for each file to upload, and a record for each other file.

        Folders that are missing at the portal are made before their files are yielded.
        """
        pending: list[_PendingFolder] = []
        start = _PendingFolder("", folder, is_new=False, parents=frozenset())
        yield from self._folder_items(start, sources, pending)
        while pending:
            current = pending.pop()
            try:
                entries = contents_of(current.path, follow_links=self._options.follow_links)
            except StorageError as failure:
                yield self._failure_record(str(current.folder.path), current.path, failure)
                continue
            subfolders: list[_PendingFolder] = []
            yield from self._folder_items(current, entries, subfolders)
            pending += reversed(subfolders)

    def stream_item(self, source: LocalFile, name: str, folder: Entry) -> Transfer | Record:
        """Return the item for an open file that has no path of its own, such as a copy of stdin."""
        titles = _Titles(self._tree.entries(folder))
        local = LocalEntry(source.path, name, "file", source.size, source.time / 1e9)
        return self._file_item(local, titles, folder, source)

    def _folder_items(
        self,
        current: _PendingFolder,
        entries: Iterable[LocalEntry],
        subfolders: list[_PendingFolder],
    ) -> Iterator[Transfer | Record]:
        """Yield an item for each file in a folder. Make its folders and append to `subfolders`."""
        try:
            titles = _Titles(() if current.is_new else self._tree.entries(current.folder))
        except OocliError as failure:
            if not current.path:
                raise
            yield self._failure_record(str(current.folder.path), current.path, failure)
            return
        changed: list[LocalEntry] = []
        folders: list[LocalEntry] = []
        for entry in entries:
            if why := _reason_to_skip(entry):
                self._note(f"skipped {entry.path}: {why}")
                path = str(current.folder.path.child(file_title(entry.name)))
                yield Record(path, entry.path, result="skipped")
            elif entry.is_folder:
                folders.append(entry)
            elif file_title(entry.name) == entry.name:
                yield self._file_item(entry, titles, current.folder)
            else:
                changed.append(entry)
        # Names that the portal would change come last: a file whose name is equal to the changed
        # title must get that title.
        for entry in changed:
            yield self._file_item(entry, titles, current.folder)
        for entry in sorted(folders, key=lambda entry: folder_title(entry.name) != entry.name):
            yield from self._add_folder(entry, titles, current, subfolders)

    # Folders

    def _add_folder(
        self,
        entry: LocalEntry,
        titles: _Titles,
        current: _PendingFolder,
        subfolders: list[_PendingFolder],
    ) -> Iterator[Record]:
        """Find or make a folder and append it to `subfolders`. Yields a record if that fails."""
        title = folder_title(entry.name)
        path = current.folder.path.child(title).as_folder()
        try:
            if entry.identity in current.parents:
                raise UsageError(f"{entry.path} leads back to a folder that contains it")
            titles.claim("folder", title, entry.name)
            found = titles.folders(title)
            if len(found) > 1:
                raise AmbiguousPath(path, found)
            if found:
                folder = found[0]
            elif self._options.dry_run:
                folder = Entry("folder", "", title, path)
            else:
                folder = self._make_folder(current.folder, title)
        except OocliError as failure:
            yield self._failure_record(str(path), entry.path, failure)
            return
        parents = current.parents
        if self._options.follow_links:
            parents |= {entry.identity}
        subfolders.append(_PendingFolder(entry.path, folder, not found, parents))

    def _make_folder(self, parent: Entry, title: str) -> Entry:
        try:
            return make_folder(self._tree, parent, title)
        except OocliError as failure:
            # If only the answer was lost, the folder exists, and making it again would add a second
            # folder of the same title.
            found = _Titles(Tree(self._portal).entries(parent)).folders(title)
            if len(found) != 1 or failure.status not in (None, 502, 503, 504):
                raise
            return found[0]

    # Files

    def _file_item(
        self, entry: LocalEntry, titles: _Titles, folder: Entry, source: LocalFile | None = None
    ) -> Transfer | Record:
        title = file_title(entry.name)
        path = str(folder.path.child(title))
        try:
            found = titles.files(title)
            if found and self._options.if_exists == "rename":
                title, found = titles.unused_title(title), []
            titles.claim("file", title, entry.name)
            if len(found) > 1:
                raise _ambiguous(found)
            replaced = found[0] if found else None
            result = self._result_without_upload(replaced, entry)
            if result is None and replaced is not None:
                self._check_found_by_title(replaced, titles)
        except OocliError as failure:
            return self._failure_record(path, entry.path, failure)
        if replaced is not None:
            title = replaced.title
        path = str(folder.path.child(title))
        if result is not None:
            id = replaced.id if replaced else None
            changed_title = _changed_title(title, entry.name)
            return Record(path, entry.path, id, entry.size, result, changed_title)
        upload = partial(self._upload_file, entry, Target(folder, title, replaced), source)
        return Transfer(path, entry.path, entry.size, upload)

    def _result_without_upload(
        self, found: ExistingFile | None, entry: LocalEntry
    ) -> Literal["same", "skipped", "would"] | None:
        """Return the result for a file that needs no upload, else None."""
        if found is not None:
            if self._options.if_exists == "skip":
                return "skipped"
            if self._options.if_exists == "fail":
                raise AlreadyExists(f"file:{found.id} has this title already")
            is_update = self._options.if_exists == "update"
            if is_update and entry.size == found.size and not self._is_newer(entry, found):
                return "same"
        return "would" if self._options.dry_run else None

    def _is_newer(self, entry: LocalEntry, found: ExistingFile) -> bool:
        """Whether a local file was changed after the portal's file, by this machine's clock.

        A local time in the future is ignored.
        """
        moment = parse_timestamp(found.updated)
        if moment is None:
            return False
        offset = self._portal.http.clock_offset
        tolerance = _ROUNDING
        tolerance += 0 if moment.microsecond else _WHOLE_SECONDS
        tolerance += _CLOCK_OFFSET_ERROR if offset else 0
        updated = moment.timestamp() - offset
        return updated + tolerance < entry.time <= time.time() + tolerance

    def _check_found_by_title(self, found: ExistingFile, titles: _Titles) -> None:
        """Raise `UsageError` if the portal, which looks a title up, might find another file."""
        equal = titles.equal_files(found.title)
        if len(equal) > 1 and not self._portal.kind.updates_by_id:
            raise _ambiguous(equal)

    def _upload_file(
        self, entry: LocalEntry, target: Target, source: LocalFile | None, on_bytes: OnBytes
    ) -> Record:
        """Upload a file in a worker thread."""
        path = str(target.folder.path.child(target.title))
        try:
            with source or LocalFile(entry.path, follow_links=entry.is_followed) as file:
                made = self._uploader.upload(file, target, on_bytes)
        except OocliError as failure:
            return self._failure_record(path, entry.path, failure)
        title = _changed_title(made.title, entry.name)
        return Record(str(made.path), entry.path, made.id, made.size, title=title)

    def _failure_record(self, path: str, local: str, failure: OocliError) -> Record:
        key = self._portal.address.key
        if not isinstance(failure, StorageError):  # it names the local file already
            failure.about(f"{path} on {key}")
        failure.add_context(path=path, portal=key)
        return Record(path, local, result="failed", error=failure)


class _Titles:
    """The titles in a folder of the portal, and those that this run will add.

    Titles are equal if the portal's database treats them as equal (`titles.equality_key`).
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._files: dict[str, tuple[ExistingFile, ...]] = {}
        self._folders: dict[str, list[Entry]] = {}
        self._claimed: dict[EntryType, dict[str, str]] = {"file": {}, "folder": {}}
        for entry in entries:
            key = equality_key(entry.title)
            if entry.is_folder:
                self._folders.setdefault(key, []).append(entry)
            else:
                size = entry.size or 0
                file = ExistingFile(entry.id, entry.title, size, entry.version, entry.updated)
                self._files[key] = (*self._files.get(key, ()), file)

    def files(self, title: str) -> Sequence[ExistingFile]:
        """Return the files with exactly this title, else those with an equal title."""
        equal = self.equal_files(title)
        return [file for file in equal if file.title == title] or equal

    def equal_files(self, title: str) -> tuple[ExistingFile, ...]:
        """Return the files with an equal title."""
        return self._files.get(equality_key(title), ())

    def folders(self, title: str) -> list[Entry]:
        """Return the folders with exactly this title, else those with an equal title."""
        equal = self._folders.get(equality_key(title), [])
        return [folder for folder in equal if folder.title == title] or equal

    def claim(self, type: EntryType, title: str, name: str) -> None:
        """Reserve a title for a local name.

        Raises `AlreadyExists` if another local name has reserved it, `UsageError` if no entry can
        have this title.
        """
        if not is_usable(title):
            raise UsageError(f"{title!r} cannot be a title")
        claimed, key = self._claimed[type], equality_key(title)
        if key in claimed:
            raise AlreadyExists(f"the portal gives it the same title as {claimed[key]}")
        claimed[key] = name

    def unused_title(self, title: str) -> str:
        """Return a title with the lowest number that makes it different from all others."""
        stem, dot, last = title.rpartition(".")
        number = 0
        claimed = self._claimed["file"]
        while number == 0 or self.equal_files(title) or equality_key(title) in claimed:
            number += 1
            suffix = f" ({number})"
            title = file_title(f"{stem[: 150 - len(suffix)]}{suffix}{dot}{last}")
        return title


def check_upload_folder(tree: Tree, folder: Entry) -> Entry:
    """Return a folder that files can be uploaded into. Raises `UsageError` for anything else."""
    if not folder.is_folder:
        failure = UsageError("it is a file; files are uploaded into a folder")
        raise tree.error_at(folder.path, failure)
    if folder.in_trash:
        raise tree.error_at(folder.path, UsageError("it is in the trash"))
    return folder


def connections_for(parallel: int) -> int:
    """Return how many connections parallel uploads need: one more, which lists folders."""
    return parallel + 1


def _reason_to_skip(entry: LocalEntry) -> str | None:
    if is_part(entry.name):
        return "a download that is not complete"
    return {"link": "a symbolic link", "special": "not a regular file"}.get(entry.type)


def _ambiguous(found: Sequence[ExistingFile]) -> UsageError:
    listed = " and ".join(f"file:{entry.id}" for entry in found)
    why = f"{len(found)} files have this title: {listed}"
    return UsageError(why, hint="rename one of them, then upload again")


def _changed_title(title: str, name: str) -> str | None:
    """Return the title at the portal if it differs from the local name."""
    return title if title != name else None
