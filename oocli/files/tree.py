"""Folders of a portal: what is in them, and which entry a remote path means.

Each folder is listed once a run, all pages of it. `entries` and `walk` keep nothing, so a tree of
any size can be read.
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

CONNECTIONS = 4  # of a portal client whose trees are walked
_MAX_AHEAD = 6  # pages that are kept for folders further on
_TRASH = 3  # `rootFolderType` of what is in the trash, on both kinds


class Entry(NamedTuple):
    """A folder or file at the portal.

    `size` is in bytes and `version` counts from 1; folders have neither. `updated` is the portal's
    own text. `parent` is the id of the folder that holds it. Ids are numbers, or texts in
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
        """Whether this is a folder, or a room or section."""
        return self.type == "folder"

    @property
    def is_section(self) -> bool:
        """Whether this is a whole section: a folder that lies in none."""
        return self.path.is_section or (self.is_folder and self.parent == 0)

    @property
    def by_id(self) -> RemotePath:
        """The path that names it without any doubt: `file:12`."""
        return RemotePath.of_id(self.type, self.id)


class NoSuchEntry(NotFound):
    """Nothing at the portal has this path; `folder` is the deepest folder of it that exists."""

    def __init__(self, why: str, path: RemotePath, folder: RemotePath) -> None:
        super().__init__(why)
        self.remote_path, self.folder = path, folder


class AmbiguousPath(UsageError):
    """Several entries have this path. They are told apart only by their ids."""

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
        self._folders: dict[str, Entry] = {}
        self._asked_kind = False

    def sections(self) -> list[RemotePath]:
        """Return the sections that this kind of portal has."""
        return [RemotePath(name, names_folder=True) for name, _ in self._sections()]

    def find(self, path: RemotePath) -> Entry:
        """Return the entry at a path.

        Raises `NoSuchEntry` where there is none, and `AmbiguousPath` where there are several.
        """
        if path.is_root:
            raise UsageError("the root of the portal is not a folder that can be changed")
        if not path.titles:
            return self._start(path)
        found = self.find_in(path.parent, path.title, only_folders=path.names_folder)
        if found is None:
            raise self._missing(path, path.parent)
        return found

    def find_in(
        self, folder: RemotePath | Entry, title: str, *, only_folders: bool = False
    ) -> Entry | None:
        """Return the entry of a title in a folder, None where no title is equal.

        Titles are compared exactly first, then by Unicode form, then without case. Raises
        `AmbiguousPath` where several are equal, `NoSuchEntry` where the folder does not exist.
        """
        children = self.children(folder)
        if only_folders:
            children = [child for child in children if child.is_folder]
        found = matches(title, children)
        if len(found) > 1:
            raise self._placed(AmbiguousPath(found[0].path, found), found[0].path)
        return found[0] if found else None

    def children(self, folder: RemotePath | Entry) -> list[Entry]:
        """Return what is in a folder, its folders first; it is listed once a run."""
        key, listed, path = self._listing(folder)
        if key not in self._children:
            self._children[key] = list(self._listed(listed, path))
        return self._children[key]

    def entries(
        self, folder: RemotePath | Entry, opened: Future[PagedList] | None = None
    ) -> Iterator[Entry]:
        """Yield what is in a folder page by page, its folders first, and keep none of it.

        `opened` is its list if the first page has been asked for already.
        """
        key, listed, path = self._listing(folder)
        return iter(self._children.get(key) or self._listed(listed, path, opened))

    def forget(self, folder: RemotePath | Entry) -> None:
        """List a folder again when it is looked at next: something in it was changed."""
        self._children.pop(self._listing(folder)[0], None)

    def add(self, folder: Entry, made: Entry) -> None:
        """Take an entry that was just made into the listing of its folder."""
        self._children.setdefault(self._listing(folder)[0], []).append(made)

    def walk(
        self, folder: Entry, on_failure: Callable[[Entry, OocliError], None]
    ) -> Iterator[Entry]:
        """Yield all that is below a folder: what is in it, then what is in each folder of it.

        Of what was read only the folders that are still to be listed are kept. `on_failure` is told
        of each folder that could not be listed; the others go on. Folders in the trash are not
        entered, since portals do not list them (FileStorageService.cs).

        The first pages of the next folders are asked for ahead, so the client of the portal needs
        `CONNECTIONS` of them.
        """
        above: dict[Entry, frozenset[int | str]] = {}  # of what is waiting: the folders it lies in
        waiting = [folder]
        ahead: dict[int | str, Future[PagedList]] = {}
        pool = ThreadPoolExecutor(CONNECTIONS - 1)
        try:
            while waiting:
                current = waiting.pop()
                opened = ahead.pop(current.id, None)
                around = above.pop(current, frozenset())
                if current.id in around:
                    why = f"{current.path}: the portal lists a folder inside itself"
                    on_failure(current, InvalidResponse(why))
                    continue
                for following in reversed(waiting[1 - CONNECTIONS :]):
                    if len(ahead) < _MAX_AHEAD and following.id not in ahead:
                        ahead[following.id] = pool.submit(self._open, _contents_of(following))
                below: list[Entry] = []
                try:
                    for entry in self.entries(current, opened):
                        if entry.is_folder and not entry.in_trash:
                            below.append(entry)
                        yield entry
                except OocliError as failure:
                    on_failure(current, failure)
                waiting += reversed(below)
                above.update(dict.fromkeys(below, around | {current.id}))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def made(self, answer: Envelope, type: EntryType, path: RemotePath) -> Entry:
        """Return the entry that the portal describes in an answer; its title may be another one.

        `path` is that of the entry, of which the last title is replaced.
        """
        facts = answer.response
        facts = facts[0] if isinstance(facts, list) and len(facts) == 1 else facts
        entry = _entry(facts, type, path.parent) if isinstance(facts, dict) else None
        if entry is None:
            raise InvalidResponse(f"the answer describes no {type}", answer=answer.answer)
        return entry

    def _sections(self) -> tuple[tuple[str, str], ...]:
        # What files need differs by kind. Of a portal that nobody signed in to with `login` only
        # the portal itself can tell it.
        if self.portal.kind is UNKNOWN and not self._asked_kind:
            self._asked_kind = True
            request = self.portal.request("GET", "settings/version/build", anonymous=True)
            envelope = self.portal.send(request)
            known = kind_from_build(envelope.response) if envelope.error is None else None
            self.portal.kind = known or UNKNOWN
        return self.portal.kind.sections

    def _start(self, path: RemotePath) -> Entry:
        """Return the entry at which a path starts: a section, or one that is named by its id."""
        start = path._replace(titles=(), names_folder=False)
        key = str(start)
        if key not in self._folders:
            self._folders[key] = self._section(path) if path.section else self._by_id(start)
        return self._folders[key]

    def _section(self, path: RemotePath) -> Entry:
        request = self.portal.request("GET", self._section_path(path), params=[("count", "1")])
        envelope = self.portal.send(request).raise_for_error()
        current = envelope.response.get("current") if isinstance(envelope.response, dict) else None
        section = RemotePath(path.section, names_folder=True)
        entry = _entry(current, "folder", section) if isinstance(current, dict) else None
        if entry is None:
            raise self._placed(InvalidResponse("the answer is no contents of a folder"), path)
        return entry._replace(path=section)

    def _section_path(self, path: RemotePath) -> str:
        known = dict(self._sections())
        if path.section not in known:
            title = self.portal.kind.title
            why = f"{title} has no section {path.section!r}, but {', '.join(known)}"
            raise self._placed(NoSuchEntry(why, path, RemotePath()), path)
        return known[path.section]

    def _by_id(self, path: RemotePath) -> Entry:
        self._sections()  # learns the kind
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
            entry = self.made(answer, type, path)
            by_id = entry.by_id
            found.append(entry._replace(path=by_id.as_folder() if entry.is_folder else by_id))
        if len(found) > 1:
            raise self._placed(AmbiguousPath(path, found), path)
        if found:
            return found[0]
        why = f"no {' or '.join(types)} has this id"
        if isinstance(failures[0], Forbidden):
            why += ", or you are not allowed to see it"
        raise self._placed(NoSuchEntry(why, path, RemotePath()), path)

    def _may_be_missing(self, failure: OocliError, id: str) -> bool:
        if isinstance(failure, Forbidden):
            return self.portal.kind.hides_missing
        # DocSpace answers 500 for an unknown id of third-party storage.
        is_own = id.lstrip("-").isdigit()
        return isinstance(failure, NotFound) or (failure.status == 500 and not is_own)

    def _listing(self, folder: RemotePath | Entry) -> tuple[str, str, RemotePath]:
        """Return for a folder the key of its listing, the API path to ask, and its own path."""
        path = folder.path if isinstance(folder, Entry) else folder
        if path.is_section:
            return path.section, self._section_path(path), path
        entry = folder if isinstance(folder, Entry) else self._folder(path)
        return f"{entry.id!r}", _contents_of(entry), entry.path

    def _folder(self, path: RemotePath) -> Entry:
        """Return the folder at a path; a file of the same title does not stand in the way."""
        entry = self.find(path.as_folder())
        if not entry.is_folder:
            raise self._placed(NoSuchEntry("it is a file, not a folder", path, path), path)
        return entry

    def _open(self, listed: str) -> PagedList:
        listing = PagedList(self.portal, self.portal.request("GET", listed), reporter=self._notes)
        envelope = listing.open()
        if listing.first is None:
            envelope.raise_for_error()
        is_list = listing.first is not None and listing.first.is_folder
        if not is_list and not (listing.first is None and is_empty_answer(envelope.text)):
            raise InvalidResponse("the answer is no contents of a folder", answer=envelope.answer)
        return listing

    def _listed(
        self, listed: str, path: RemotePath, opened: Future[PagedList] | None = None
    ) -> Iterator[Entry]:
        try:
            listing = self._open(listed) if opened is None else opened.result()
            for page in listing.pages():
                for section in page.sections:
                    type: EntryType = "folder" if section.name == "folders" else "file"
                    # Parsed at once: a call for each entry would take most of the time.
                    for facts in json_text.parse(f"[{','.join(section.texts)}]"):
                        entry = _entry(facts, type, path) if isinstance(facts, dict) else None
                        if entry is None:
                            raise InvalidResponse(f"a {type} in the list has no id or no title")
                        yield entry
            if listing.failure is not None:
                raise listing.failure
        except OocliError as failure:
            failure.why = f"{path} cannot be listed: {failure.why}"
            failure.add_context(method="GET", path=listed, portal=self.portal.address.key)
            raise

    def _missing(self, path: RemotePath, folder: RemotePath) -> NoSuchEntry:
        sort = "folder" if path.names_folder else "entry"
        failure = NoSuchEntry(f"{folder} has no {sort} {path.title!r}", path, folder)
        self._placed(failure, path)
        return failure

    def _placed(self, failure: OocliError, path: RemotePath) -> OocliError:
        """Say of a failure which remote path, on which portal, it belongs to."""
        key = self.portal.address.key
        failure.about(f"{path} on {key}")
        return failure.add_context(path=str(path), portal=key)


def _contents_of(folder: Entry) -> str:
    return f"files/{segment(folder.id)}"


def matches(title: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of a title: those that are equal exactly, else by form, else by case."""
    for same in (str, _nfc, _nfc_without_case):
        wanted = same(title)
        found = [entry for entry in entries if same(entry.title) == wanted]
        if found:
            return found
    return []


def segment(id: int | str) -> str:
    """Return an id as one segment of an API path."""
    return quote(str(id), safe="")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _nfc_without_case(text: str) -> str:
    return _nfc(_nfc(text).casefold())


def _entry(facts: dict[str, object], type: EntryType, folder: RemotePath) -> Entry | None:
    """Return what a portal's object of a file or folder says; None where it names nothing.

    `pureContentLength` and `version` are those of FileWrapper.cs and FileDto.cs; a size of 0 is
    left out there. `displayName` is HTML-encoded.
    """
    id, title = facts.get("id"), facts.get("title")
    if not isinstance(id, int | str) or isinstance(id, bool) or not isinstance(title, str):
        return None
    path = folder.child(title)
    size, version = facts.get("pureContentLength", 0), facts.get("version")
    author, parent = facts.get("createdBy"), facts.get("parentId", facts.get("folderId"))
    owner = author.get("displayName") if isinstance(author, dict) else None
    is_file = type == "file"
    return Entry(
        type,
        id,
        title,
        path if is_file else path.as_folder(),
        size if is_file and isinstance(size, int) else None,
        _text(facts.get("updated")) or _text(facts.get("created")),
        unescape(_text(owner)),
        version if is_file and isinstance(version, int) else None,
        parent if isinstance(parent, int | str) else None,
        _text(facts.get("viewUrl")),
        facts.get("roomType") is not None,
        facts.get("rootFolderType") == _TRASH,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
