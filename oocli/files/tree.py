"""The folders and files of a portal: find entries by path, list folders, walk through trees.

`find` and `children` keep each folder that they list, so it is requested once per run. `entries`
and `walk` keep nothing, so they can read a tree of any size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from html import unescape
from typing import NamedTuple
from urllib.parse import quote

from oocli.client.paging import PagedList
from oocli.client.portal import PortalClient
from oocli.files.remote_path import EntryType, RemotePath
from oocli.model import json_text
from oocli.model.envelope import Envelope
from oocli.model.errors import Forbidden, InvalidResponse, NotFound, OocliError, UsageError
from oocli.model.kinds import UNKNOWN, kind_from_build
from oocli.model.page import is_empty_answer
from oocli.transport.options import NotesOnly, NullReporter, ProgressReporter

CONNECTIONS = 4  # connections that `Tree.walk` uses
_MAX_AHEAD = 6  # first pages that are kept until their folders are reached
_TRASH = 3  # the `rootFolderType` of entries in the trash, in Workspace and DocSpace


class Entry(NamedTuple):
    """A folder or file at the portal.

    `size` is in bytes and `version` counts from 1; folders have neither. `updated` is the time as
    the portal wrote it. `parent` is the id of the folder around it. Ids are numbers, or strings in
    third-party storage.
    """

    type: EntryType
    id: int | str
    title: str
    path: RemotePath
    size: int | None = None
    updated: str = ""
    owner: str = ""
    version: int | None = None
    parent: int | str | None = None
    view_url: str = ""
    is_room: bool = False
    in_trash: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder, a room or a section."""
        return self.type == "folder"

    @property
    def is_section(self) -> bool:
        """Whether this is a section: a folder that is in no other folder."""
        return self.path.is_section or (self.is_folder and self.parent == 0)

    @property
    def by_id(self) -> RemotePath:
        """The path by its id, which is never ambiguous, such as `file:12`."""
        return RemotePath.of_id(self.type, self.id)


class NoSuchEntry(NotFound):
    """Nothing at the portal has this path. `folder` is the deepest folder of it that exists."""

    def __init__(self, why: str, path: RemotePath, folder: RemotePath) -> None:
        super().__init__(why)
        self.remote_path, self.folder = path, folder


class AmbiguousPath(UsageError):
    """Several entries have this path, so one must be named by its id."""

    def __init__(self, path: RemotePath, found: Sequence[Entry]) -> None:
        listed = " and ".join(str(entry.by_id) for entry in found)
        super().__init__(
            f"{len(found)} entries have this title: {listed}",
            hint=f"name one by its id: {found[0].by_id}",
        )
        self.found = found


class Tree:
    """The folders and files of one portal, as the signed-in user sees them."""

    def __init__(self, portal: PortalClient, reporter: ProgressReporter | None = None) -> None:
        self.portal = portal
        self._notes = NotesOnly(reporter or NullReporter())
        self._children: dict[str, list[Entry]] = {}
        self._starts: dict[str, Entry] = {}
        self._asked_kind = False

    def sections(self) -> list[RemotePath]:
        """Return the sections that this kind of portal has."""
        return [RemotePath(name, names_folder=True) for name, _ in self._sections()]

    def find(self, path: RemotePath) -> Entry:
        """Return the entry at a path. Raises `NoSuchEntry` or `AmbiguousPath`."""
        if path.is_root:
            raise UsageError("the root of the portal is not a folder; name a section")
        if not path.titles:
            return self._start(path)
        folder = path.parent
        found = self.find_in(folder, path.title, only_folders=path.names_folder)
        if found is None:
            wanted = "folder" if path.names_folder else "entry"
            why = f"{folder} has no {wanted} {path.title!r}"
            raise self.error_at(path, NoSuchEntry(why, path, folder))
        return found

    def find_in(
        self, folder: RemotePath | Entry, title: str, *, only_folders: bool = False
    ) -> Entry | None:
        """Return the entry in a folder that has a title, None if there is none.

        An exact match is preferred to another Unicode form, and that to another letter case.
        Raises `AmbiguousPath` if several entries match, `NoSuchEntry` if the folder is missing.
        """
        children = self.children(folder)
        if only_folders:
            children = [child for child in children if child.is_folder]
        found = matches(title, children)
        if len(found) > 1:
            raise self.error_at(found[0].path, AmbiguousPath(found[0].path, found))
        return found[0] if found else None

    def children(self, folder: RemotePath | Entry) -> list[Entry]:
        """Return the entries in a folder, folders first. The list is kept for the next call."""
        key, api_path, path = self._location(folder)
        if key not in self._children:
            self._children[key] = list(self._list(api_path, path))
        return self._children[key]

    def entries(
        self, folder: RemotePath | Entry, opened: Future[PagedList] | None = None
    ) -> Iterator[Entry]:
        """Yield the entries in a folder page by page, folders first, without keeping them.

        `opened` is the list of the folder, if its first page was requested ahead.
        """
        key, api_path, path = self._location(folder)
        return iter(self._children.get(key) or self._list(api_path, path, opened))

    def forget(self, folder: RemotePath | Entry) -> None:
        """Drop the kept list of a folder, because something in the folder has changed."""
        self._children.pop(self._location(folder)[0], None)

    def add(self, folder: Entry, made: Entry) -> None:
        """Add an entry that was just made to the kept list of its folder."""
        self._children.setdefault(self._location(folder)[0], []).append(made)

    def walk(
        self, folder: Entry, on_failure: Callable[[Entry, OocliError], None]
    ) -> Iterator[Entry]:
        """Yield all entries below a folder: its own entries, then those of each subfolder.

        If a folder cannot be listed, `on_failure` is called and the walk continues with the next.
        Folders in the trash are not entered, since portals do not list them
        (FileStorageService.cs).

        The first pages of the next folders are requested ahead, over `CONNECTIONS` connections.
        """
        parents: dict[Entry, frozenset[int | str]] = {}  # of each pending folder: ids around it
        pending = [folder]
        ahead: dict[int | str, Future[PagedList]] = {}
        pool = ThreadPoolExecutor(CONNECTIONS - 1)
        try:
            while pending:
                current = pending.pop()
                opened = ahead.pop(current.id, None)
                around = parents.pop(current, frozenset())
                if current.id in around:
                    why = f"{current.path}: the portal lists a folder inside itself"
                    on_failure(current, InvalidResponse(why))
                    continue
                for following in reversed(pending[1 - CONNECTIONS :]):
                    if len(ahead) < _MAX_AHEAD and following.id not in ahead:
                        ahead[following.id] = pool.submit(self._open_list, _contents_of(following))
                subfolders: list[Entry] = []
                try:
                    for entry in self.entries(current, opened):
                        if entry.is_folder and not entry.in_trash:
                            subfolders.append(entry)
                        yield entry
                except OocliError as failure:
                    on_failure(current, failure)
                pending += reversed(subfolders)
                parents.update(dict.fromkeys(subfolders, around | {current.id}))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def entry_from_answer(self, answer: Envelope, type: EntryType, path: RemotePath) -> Entry:
        """Return the entry that an answer describes.

        `path` is the path that was requested; the portal may have stored another title.
        """
        fields = answer.response
        fields = fields[0] if isinstance(fields, list) and len(fields) == 1 else fields
        entry = _entry(fields, type, path.parent) if isinstance(fields, dict) else None
        if entry is None:
            raise InvalidResponse(f"the answer describes no {type}", answer=answer.answer)
        return entry

    def error_at(self, path: RemotePath, failure: OocliError) -> OocliError:
        """Add a remote path and the portal to an error, and return the error."""
        key = self.portal.address.key
        return failure.about(f"{path} on {key}").add_context(path=str(path), portal=key)

    def _sections(self) -> tuple[tuple[str, str], ...]:
        # `login` records the kind of a portal. If the user signed in otherwise, ask the portal.
        if self.portal.kind is UNKNOWN and not self._asked_kind:
            self._asked_kind = True
            request = self.portal.request("GET", "settings/version/build", anonymous=True)
            envelope = self.portal.send(request)
            known = kind_from_build(envelope.response) if envelope.error is None else None
            self.portal.kind = known or UNKNOWN
        return self.portal.kind.sections

    def _start(self, path: RemotePath) -> Entry:
        """Return the entry at which a path starts: a section, or an entry named by its id."""
        start = path._replace(titles=(), names_folder=False)
        key = str(start)
        if key not in self._starts:
            found = self._find_section(path) if path.section else self._find_by_id(start)
            self._starts[key] = found
        return self._starts[key]

    def _find_section(self, path: RemotePath) -> Entry:
        request = self.portal.request("GET", self._section_path(path), params=[("count", "1")])
        envelope = self.portal.send(request).raise_for_error()
        current = envelope.response.get("current") if isinstance(envelope.response, dict) else None
        section = RemotePath(path.section, names_folder=True)
        entry = _entry(current, "folder", section) if isinstance(current, dict) else None
        if entry is None:
            raise self.error_at(path, InvalidResponse("the answer does not list a folder"))
        return entry._replace(path=section)

    def _section_path(self, path: RemotePath) -> str:
        """Return the API path of the section in a remote path."""
        known = dict(self._sections())
        if path.section not in known:
            title = self.portal.kind.title
            why = f"{title} has no section {path.section!r}, but {', '.join(known)}"
            raise self.error_at(path, NoSuchEntry(why, path, RemotePath()))
        return known[path.section]

    def _find_by_id(self, path: RemotePath) -> Entry:
        self._sections()  # sets the kind of the portal
        types: list[EntryType] = [path.id_type] if path.id_type else ["folder", "file"]
        found, failures = [], []
        for type in types:
            try:
                answer = self.portal.get(f"files/{type}/{segment(path.id)}")
            except OocliError as failure:
                if not self._may_be_missing(failure, path.id):
                    raise
                failures.append(failure)
                continue
            entry = self.entry_from_answer(answer, type, path)
            by_id = entry.by_id
            found.append(entry._replace(path=by_id.as_folder() if entry.is_folder else by_id))
        if len(found) > 1:
            raise self.error_at(path, AmbiguousPath(path, found))
        if found:
            return found[0]
        why = f"no {' or '.join(types)} has this id"
        if isinstance(failures[0], Forbidden):
            why += ", or you are not allowed to see it"
        raise self.error_at(path, NoSuchEntry(why, path, RemotePath()))

    def _may_be_missing(self, failure: OocliError, id: str) -> bool:
        """Whether an error may mean that no entry has this id."""
        if isinstance(failure, Forbidden):
            return self.portal.kind.hides_missing
        # DocSpace answers 500 for an unknown id of third-party storage.
        is_third_party = not id.lstrip("-").isdigit()
        return isinstance(failure, NotFound) or (failure.status == 500 and is_third_party)

    def _location(self, folder: RemotePath | Entry) -> tuple[str, str, RemotePath]:
        """Return the key of a folder in `_children`, the API path that lists it, and its path."""
        path = folder.path if isinstance(folder, Entry) else folder
        if path.is_section:
            return path.section, self._section_path(path), path
        entry = folder if isinstance(folder, Entry) else self._find_folder(path)
        return f"{entry.id!r}", _contents_of(entry), entry.path

    def _find_folder(self, path: RemotePath) -> Entry:
        """Return the folder at a path, even if a file beside it has the same title."""
        entry = self.find(path.as_folder())
        if not entry.is_folder:
            raise self.error_at(path, NoSuchEntry("it is a file, not a folder", path, path))
        return entry

    def _open_list(self, api_path: str) -> PagedList:
        """Request the first page of a folder's list."""
        listing = PagedList(self.portal, self.portal.request("GET", api_path), reporter=self._notes)
        envelope = listing.open()
        if listing.first is None:
            envelope.raise_for_error()
        is_list = listing.first is not None and listing.first.is_folder
        if not is_list and not (listing.first is None and is_empty_answer(envelope.text)):
            raise InvalidResponse("the answer does not list a folder", answer=envelope.answer)
        return listing

    def _list(
        self, api_path: str, path: RemotePath, opened: Future[PagedList] | None = None
    ) -> Iterator[Entry]:
        try:
            listing = self._open_list(api_path) if opened is None else opened.result()
            for page in listing.pages():
                for section in page.sections:
                    type: EntryType = "folder" if section.name == "folders" else "file"
                    # All entries are parsed in one call: a call for each would be much slower.
                    for fields in json_text.parse(f"[{','.join(section.texts)}]"):
                        entry = _entry(fields, type, path) if isinstance(fields, dict) else None
                        if entry is None:
                            raise InvalidResponse(f"a {type} in the list has no id or no title")
                        yield entry
            if listing.failure is not None:
                raise listing.failure
        except OocliError as failure:
            failure.why = f"{path} cannot be listed: {failure.why}"
            failure.add_context(method="GET", path=api_path, portal=self.portal.address.key)
            raise


def _contents_of(folder: Entry) -> str:
    return f"files/{segment(folder.id)}"


def matches(title: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that have a title.

    Only if no title matches exactly, other Unicode forms match too, and then other letter cases.
    """
    for normalize in (str, _nfc, _nfc_without_case):
        wanted = normalize(title)
        found = [entry for entry in entries if normalize(entry.title) == wanted]
        if found:
            return found
    return []


def segment(id: int | str) -> str:
    """Return an id as a segment of an API path, percent-encoded."""
    return quote(str(id), safe="")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _nfc_without_case(text: str) -> str:
    return _nfc(_nfc(text).casefold())


def _entry(fields: dict[str, object], type: EntryType, folder: RemotePath) -> Entry | None:
    """Return the entry for a portal's JSON object; None if it has no id or no title.

    `pureContentLength` and `version` are defined in FileWrapper.cs and FileDto.cs; the portal omits
    a size of 0. `displayName` is HTML-encoded.
    """
    id, title = fields.get("id"), fields.get("title")
    if not isinstance(id, int | str) or isinstance(id, bool) or not isinstance(title, str):
        return None
    path = folder.child(title)
    size, version = fields.get("pureContentLength", 0), fields.get("version")
    author, parent = fields.get("createdBy"), fields.get("parentId", fields.get("folderId"))
    owner = author.get("displayName") if isinstance(author, dict) else None
    is_file = type == "file"
    return Entry(
        type,
        id,
        title,
        path if is_file else path.as_folder(),
        size if is_file and isinstance(size, int) else None,
        _text(fields.get("updated")) or _text(fields.get("created")),
        unescape(_text(owner)),
        version if is_file and isinstance(version, int) else None,
        parent if isinstance(parent, int | str) else None,
        _text(fields.get("viewUrl")),
        fields.get("roomType") is not None,
        fields.get("rootFolderType") == _TRASH,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
