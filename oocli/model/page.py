"""One page of a list, and the items of any answer: slices of the portal's own text.

A page is read in one pass. Nothing is written again, so every digit stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oocli.model import json_text
from oocli.model.json_text import (
    InvalidJson,
    Member,
    place,
    scan_list,
    scan_object,
    skip_space,
    value_at,
)

# A folder answer lists both; item formats print folders, then files, as portals count them.
FOLDER_SECTIONS = ("folders", "files")

# What tells an item from others of its list: its id, with its version where it has one (the history
# of a file lists one id many times), and with its sort where files and folders are mixed.
Key = int | str | tuple["int | str", ...]


class Section(NamedTuple):
    """One list in an answer: `response` itself (no name), or `folders` and `files` inside it.

    `texts` are its items as they arrived, `keys` what identifies each (None: it has no id).
    """

    name: str
    start: int
    end: int
    keys: list[Key | None]
    texts: list[str]

    def with_items(self, kept: Iterable[int]) -> Section:
        """Return this section with the items at these places."""
        places = list(kept)
        keys, texts = [self.keys[at] for at in places], [self.texts[at] for at in places]
        return Section(self.name, self.start, self.end, keys, texts)


class Page(NamedTuple):
    """A page: the whole text of its answer, the lists in it, and the `total` that it claims.

    `members` are those of the envelope, `inside` those of a folder answer's `response`.
    """

    text: str
    sections: tuple[Section, ...]
    total: int | None
    members: tuple[Member, ...]
    inside: tuple[Member, ...] = ()

    @classmethod
    def read(cls, text: str) -> Page | None:
        """Return the page, or None where the answer holds no list or tells of an error.

        Raises `InvalidJson`.
        """
        start = skip_space(text, 0)
        if text[start : start + 1] != "{":
            return None
        members, end = scan_object(text, start, _response)
        if skip_space(text, end) != len(text):
            raise InvalidJson(f"more text after the document, {place(text, end)}")
        named = {member.key: member for member in members}
        said = named["error"].value if "error" in named else None
        failed = "status" in named and named["status"].value == 1
        if said is not None or failed or "response" not in named:
            return None
        found = named["response"].value
        if isinstance(found, Section):
            total = named["total"].value if "total" in named else None
            return cls(text, (found,), _whole(total), tuple(members))
        return _folder(text, tuple(members), found) if isinstance(found, list) else None

    @property
    def is_folder(self) -> bool:
        """Whether this is what a folder contains, in two lists."""
        return bool(self.inside)

    @property
    def size(self) -> int:
        """How many items are on it."""
        return sum(len(section.texts) for section in self.sections)

    def with_sections(self, sections: tuple[Section, ...]) -> Page:
        """Return this page with some of its items."""
        return Page(self.text, sections, self.total, self.members, self.inside)

    def texts(self) -> Iterator[str]:
        """Yield the text of each item."""
        for section in self.sections:
            yield from section.texts

    def is_repeated_by(self, other: Page) -> bool:
        """Whether the other page holds the same items, letter by letter."""
        return [section.texts for section in self.sections] == [
            section.texts for section in other.sections
        ]


def is_empty_answer(text: str) -> bool:
    """Whether an answer says "nothing": `response` is absent, null or `{}`.

    Workspace writes null as an empty object, also where a list was promised
    (CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiStandartResponce.cs); DocSpace leaves it out.
    """
    start = skip_space(text, 0)
    if text[start : start + 1] != "{":
        return False
    members, _ = scan_object(text, start, lambda text, _, at: value_at(text, at))
    named = {member.key: member.value for member in members}
    failed = named.get("error") is not None or named.get("status") == 1
    return not failed and named.get("response") in (None, {})


def items_of(text: str) -> list[str]:
    """Return the JSON texts of the items in an answer, in the portal's order.

    They are what the list in `response` holds; of a folder its folders, then its files; of any
    other value the value itself. An answer that says "nothing" has none. A document that is no
    envelope is taken as a `response`. `text` is known to be JSON.
    """
    page = Page.read(text)
    if page is not None:
        return list(page.texts())
    start = skip_space(text, 0)
    if text[start] == "{":
        members = {key: first for key, first, _ in json_text.members(text, start)}
        is_envelope = "response" in members or "statusCode" in members
        if is_envelope and is_empty_answer(text):
            return []
        start = members.get("response", start)
    if text[start] == "[":
        return [text[first:last] for first, last in json_text.items(text, start)]
    _, end = value_at(text, start)
    return [text[start:end]]


def _folder(text: str, members: tuple[Member, ...], inside: list[Member]) -> Page | None:
    named = {member.key: member.value for member in inside}
    found = [named.get(name) for name in FOLDER_SECTIONS]
    sections = tuple(section for section in found if isinstance(section, Section))
    total = _whole(named.get("total"))
    if len(sections) != len(FOLDER_SECTIONS) or total is None:
        return None
    return Page(text, sections, total, members, tuple(inside))


def _whole(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _response(text: str, key: str, start: int) -> tuple[object, int]:
    """Read a member of the envelope: of `response` the lists, of others the value."""
    if key == "response" and text[start : start + 1] == "[":
        return _section(text, "", start)
    if key == "response" and text[start : start + 1] == "{":
        return scan_object(text, start, _inside)
    return value_at(text, start)


def _inside(text: str, key: str, start: int) -> tuple[object, int]:
    if key in FOLDER_SECTIONS and text[start : start + 1] == "[":
        return _section(text, key, start)
    return value_at(text, start)


def _section(text: str, name: str, start: int) -> tuple[Section, int]:
    keys: list[Key | None] = []
    texts: list[str] = []

    def _take(value: object, first: int, last: int) -> None:
        keys.append(_key(value, is_mixed=not name))
        texts.append(text[first:last])

    end = scan_list(text, start, _take)
    return Section(name, start, end, keys, texts), end


def _key(value: object, *, is_mixed: bool) -> Key | None:
    if not isinstance(value, dict):
        return None
    id_ = value.get("id")
    version = value.get("version")
    if id_ is None and isinstance(value.get("current"), dict):
        id_ = value["current"].get("id")  # `files/@root` lists whole folders
    if type(id_) is not int and type(id_) is not str:
        return None
    sort = _sort(value) if is_mixed else ""
    if version is None:
        return (sort, id_) if sort else id_
    if type(version) is not int and type(version) is not str:
        return None
    return (sort, id_, version)


def _sort(value: dict[str, object]) -> int | str:
    """Return what tells files from folders in a mixed list, such as that of `files/@search`."""
    sort = value.get("fileEntryType")
    if type(sort) is int or type(sort) is str:
        return sort
    return "file" if "fileExst" in value else "folder" if "foldersCount" in value else ""
