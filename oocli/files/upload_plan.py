"""Files and folders that are uploaded: which titles they get, what is there already, and the rest.

A file is the same as one at the portal if both have one size and the local one is not newer. So a
second run over a tree that nobody changed sends nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from oocli.files.changes import AlreadyExists, make_folder
from oocli.files.local_file import LocalFile
from oocli.files.local_tree import LocalEntry, contents_of
from oocli.files.part_file import is_part
from oocli.files.remote_path import EntryType
from oocli.files.titles import equality_key, file_title, folder_title, is_usable
from oocli.files.transfer import Moved, Record, Transfer
from oocli.files.tree import AmbiguousPath, Entry, Tree
from oocli.files.upload import Existing, Target, Uploader
from oocli.model.errors import OocliError, StorageError, UsageError
from oocli.model.times import parse_timestamp

IfExists = Literal["update", "skip", "version", "rename", "fail"]
# Seconds that two readings of one moment may differ: by the rounding of a time, of a portal that
# keeps whole seconds, and of the difference between two clocks.
_ROUNDED, _WHOLE_SECONDS, _OTHER_CLOCK = 0.01, 1.0, 2.0


class UploadOptions(NamedTuple):
    """How files are uploaded: what to do where one exists, and what to do about links."""

    if_exists: IfExists = "update"
    follow_links: bool = False
    dry_run: bool = False


class _Place(NamedTuple):
    """A local folder and the one at the portal that gets its contents.

    `is_new` where nothing can be in that one yet; `above` are the folders around the local one.
    """

    path: str
    folder: Entry
    is_new: bool
    above: frozenset[tuple[int, int]]


class Uploads:
    """One run over local files and folders. `items` goes to the engine of transfers.

    `note` is told of what is left out.
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
        """Yield a transfer for each file, and a record for each that needs none.

        A folder is made before anything is put into it, or used where it exists.
        """
        waiting: list[_Place] = []
        start = _Place("", folder, is_new=False, above=frozenset())
        yield from self._contents(start, sources, waiting)
        while waiting:
            place = waiting.pop()
            try:
                entries = contents_of(place.path, follow_links=self._options.follow_links)
            except StorageError as failure:
                yield self._failed(str(place.folder.path), place.path, failure)
                continue
            below: list[_Place] = []
            yield from self._contents(place, entries, below)
            waiting += reversed(below)

    def stream(self, source: LocalFile, name: str, folder: Entry) -> Transfer | Record:
        """Return what is to do for a file that has no path, such as what was read from stdin."""
        titles = _Titles(self._tree.entries(folder))
        local = LocalEntry(source.path, name, "file", source.size, source.time / 1e9)
        return self._file(local, titles, folder, source)

    def _contents(
        self, place: _Place, entries: Iterable[LocalEntry], below: list[_Place]
    ) -> Iterator[Transfer | Record]:
        """Yield what is to do for the files; the folders are made and go to `below`."""
        try:
            titles = _Titles(() if place.is_new else self._tree.entries(place.folder))
        except OocliError as failure:
            if not place.path:
                raise
            yield self._failed(str(place.folder.path), place.path, failure)
            return
        changed: list[LocalEntry] = []
        folders: list[LocalEntry] = []
        for entry in entries:
            if why := _reason_to_skip(entry):
                self._note(f"skipped {entry.path}: {why}")
                path = str(place.folder.path.child(file_title(entry.name)))
                yield Record(path, entry.path, result="skipped")
            elif entry.is_folder:
                folders.append(entry)
            elif file_title(entry.name) == entry.name:
                yield self._file(entry, titles, place.folder)
            else:  # a name that the portal does not change has the first claim to its title
                changed.append(entry)
        for entry in changed:
            yield self._file(entry, titles, place.folder)
        for entry in sorted(folders, key=lambda entry: folder_title(entry.name) != entry.name):
            yield from self._folder(entry, titles, place, below)

    # Folders

    def _folder(
        self, entry: LocalEntry, titles: _Titles, place: _Place, below: list[_Place]
    ) -> Iterator[Record]:
        """Make a folder, or take the one that exists. Yields a record if that fails."""
        title = folder_title(entry.name)
        path = place.folder.path.child(title).as_folder()
        try:
            if entry.identity in place.above:
                raise UsageError(f"{entry.path} leads back to a folder around it")
            titles.claim("folder", title, entry.name)
            found = titles.folders(title)
            if len(found) > 1:
                raise AmbiguousPath(path, found)
            if found:
                folder = found[0]
            elif self._options.dry_run:
                folder = Entry("folder", "", title, path)
            else:
                folder = self._made(place.folder, title)
        except OocliError as failure:
            yield self._failed(str(path), entry.path, failure)
            return
        above = place.above | {entry.identity} if self._options.follow_links else place.above
        below.append(_Place(entry.path, folder, not found, above))

    def _made(self, parent: Entry, title: str) -> Entry:
        try:
            return make_folder(self._tree, parent, title)
        except OocliError as failure:
            # Where the answer got lost the folder is there, and a second one would be a twin.
            found = _Titles(Tree(self._portal).entries(parent)).folders(title)
            if len(found) != 1 or failure.status not in (None, 502, 503, 504):
                raise
            return found[0]

    # Files

    def _file(
        self, entry: LocalEntry, titles: _Titles, folder: Entry, source: LocalFile | None = None
    ) -> Transfer | Record:
        title = file_title(entry.name)
        path = str(folder.path.child(title))
        try:
            found = titles.files(title)
            if found and self._options.if_exists == "rename":
                title, found = titles.free(title), []
            titles.claim("file", title, entry.name)
            if len(found) > 1:
                raise _ambiguous(found)
            replaced = found[0] if found else None
            result = self._result(replaced, entry)
            if result is None and replaced is not None:
                self._check_findable(replaced, titles)
        except OocliError as failure:
            return self._failed(path, entry.path, failure)
        if replaced is not None:
            title = replaced.title
        path = str(folder.path.child(title))
        if result is not None:
            id = replaced.id if replaced else None
            return Record(path, entry.path, id, entry.size, result, _changed(title, entry.name))
        target = Target(folder, title, replaced)
        return Transfer(path, entry.path, entry.size, self._transfer(entry, target, source))

    def _result(
        self, found: Existing | None, entry: LocalEntry
    ) -> Literal["same", "skipped", "would"] | None:
        """Return the result for a file of which nothing is to be sent."""
        if found is not None:
            if self._options.if_exists == "skip":
                return "skipped"
            if self._options.if_exists == "fail":
                raise AlreadyExists(f"file:{found.id} has this title already")
            is_update = self._options.if_exists == "update"
            if is_update and entry.size == found.size and not self._is_newer(entry, found):
                return "same"
        return "would" if self._options.dry_run else None

    def _is_newer(self, entry: LocalEntry, found: Existing) -> bool:
        """Whether a local file was changed after the portal's, by the portal's clock.

        A time to come says nothing.
        """
        moment = parse_timestamp(found.updated)
        if moment is None:
            return False
        offset = self._portal.http.clock_offset
        allowed = _ROUNDED
        allowed += 0 if moment.microsecond else _WHOLE_SECONDS
        allowed += _OTHER_CLOCK if offset else 0
        updated = moment.timestamp() - offset
        return updated + allowed < entry.time <= time.time() + allowed

    def _check_findable(self, found: Existing, titles: _Titles) -> None:
        """Raise `UsageError` where the portal, asked by title, might find another file."""
        equal = titles.equal_files(found.title)
        if len(equal) > 1 and not self._portal.kind.updates_by_id:
            raise _ambiguous(equal)

    def _transfer(
        self, entry: LocalEntry, target: Target, source: LocalFile | None
    ) -> Callable[[Moved], Record]:
        """Return what uploads a file, in a worker's thread."""

        def run(moved: Moved) -> Record:
            path = str(target.folder.path.child(target.title))
            try:
                with source or LocalFile(entry.path, follow_links=entry.is_followed) as file:
                    made = self._uploader.upload(file, target, moved)
            except OocliError as failure:
                return self._failed(path, entry.path, failure)
            title = _changed(made.title, entry.name)
            return Record(str(made.path), entry.path, made.id, made.size, title=title)

        return run

    def _failed(self, path: str, local: str, failure: OocliError) -> Record:
        key = self._portal.address.key
        if not isinstance(failure, StorageError):  # which names the local file
            failure.about(f"{path} on {key}")
        failure.add_context(path=path, portal=key)
        return Record(path, local, result="failed", error=failure)


class _Titles:
    """The titles in a folder of the portal, and those that this run puts there."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._files: dict[str, tuple[Existing, ...]] = {}
        self._folders: dict[str, list[Entry]] = {}
        self._claimed: dict[EntryType, dict[str, str]] = {"file": {}, "folder": {}}
        for entry in entries:
            key = equality_key(entry.title)
            if entry.is_folder:
                self._folders.setdefault(key, []).append(entry)
            else:
                size = entry.size or 0
                file = Existing(entry.id, entry.title, size, entry.version, entry.updated)
                self._files[key] = (*self._files.get(key, ()), file)

    def files(self, title: str) -> Sequence[Existing]:
        """Return the files of exactly this title, else those that the portal takes as equal."""
        equal = self.equal_files(title)
        return [file for file in equal if file.title == title] or equal

    def equal_files(self, title: str) -> tuple[Existing, ...]:
        return self._files.get(equality_key(title), ())

    def folders(self, title: str) -> list[Entry]:
        """Return the folders of exactly this title, else those that the portal takes as equal."""
        equal = self._folders.get(equality_key(title), [])
        return [folder for folder in equal if folder.title == title] or equal

    def claim(self, type: EntryType, title: str, name: str) -> None:
        """Take a title for a local name. Raises where that cannot be."""
        if not is_usable(title):
            raise UsageError(f"{title!r} cannot be a title")
        claimed, key = self._claimed[type], equality_key(title)
        if key in claimed:
            raise AlreadyExists(f"the portal gives it the same title as {claimed[key]}")
        claimed[key] = name

    def free(self, title: str) -> str:
        """Return a title with the first number that makes it one that no file has."""
        stem, dot, last = title.rpartition(".")
        number = 0
        while number == 0 or self.equal_files(title) or self._is_claimed(title):
            number += 1
            suffix = f" ({number})"
            title = file_title(f"{stem[: 150 - len(suffix)]}{suffix}{dot}{last}")
        return title

    def _is_claimed(self, title: str) -> bool:
        return equality_key(title) in self._claimed["file"]


def folder_to_fill(tree: Tree, folder: Entry) -> Entry:
    """Return a folder that files can be uploaded into. Raises `UsageError` for anything else."""
    why = ""
    if not folder.is_folder:
        why = "it is a file; files are uploaded into a folder"
    elif folder.in_trash:
        why = "it is in the trash"
    if why:
        key = tree.portal.address.key
        failure = UsageError(why, what=f"{folder.path} on {key}")
        raise failure.add_context(path=str(folder.path), portal=key)
    return folder


def connections_for(parallel: int) -> int:
    """Return how many connections so many uploads at once need: folders are listed meanwhile."""
    return parallel + 1


def _reason_to_skip(entry: LocalEntry) -> str | None:
    if is_part(entry.name):
        return "a download that is not complete"
    return {"link": "a symbolic link", "special": "not a regular file"}.get(entry.type)


def _ambiguous(found: Sequence[Existing]) -> UsageError:
    listed = " and ".join(f"file:{entry.id}" for entry in found)
    why = f"{len(found)} files have this title: {listed}"
    return UsageError(why, hint="rename one of them, then upload again")


def _changed(title: str, name: str) -> str | None:
    return title if title != name else None
