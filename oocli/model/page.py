"""One page of a list: where each item stands in the portal's own text.

A page is read in one pass by the json module's own scanner, which tells where each value ends. The
items that go on are slices of the text that arrived: nothing is written again, every digit stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from oocli.model.json_text import InvalidJson, place, skip_space, value_at

# A folder answer lists both; item formats print folders, then files, as portals count them.
FOLDER_SECTIONS = ("folders", "files")

_NEXT = (",{", ',"')
# What tells an item from others of its list: its id, with its version where it has one (the history
# of a file lists one id many times), and with its sort where files and folders are mixed.
Key = int | str | tuple["int | str", ...]


class Member(NamedTuple):
    """One member of an object: its key, where that starts, and where its value starts and ends."""

    key: str
    at: int
    start: int
    end: int
    value: Any


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
        members, end = _object(text, start, _response)
        if skip_space(text, end) != len(text):
            raise InvalidJson(f"more text after the document, {place(text, end)}")
        named = {one.key: one for one in members}
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
    members, _ = _object(text, start, value_at_key)
    named = {one.key: one.value for one in members}
    failed = named.get("error") is not None or named.get("status") == 1
    return not failed and named.get("response") in (None, {})


def value_at_key(text: str, key: str, start: int) -> tuple[Any, int]:
    """Return a member's value, whatever its key."""
    return value_at(text, start)


def _folder(text: str, members: tuple[Member, ...], inside: list[Member]) -> Page | None:
    named = {one.key: one.value for one in inside}
    found = [named.get(name) for name in FOLDER_SECTIONS]
    sections = tuple(one for one in found if isinstance(one, Section))
    total = _whole(named.get("total"))
    if len(sections) != len(FOLDER_SECTIONS) or total is None:
        return None
    return Page(text, sections, total, members, tuple(inside))


def _whole(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _object(
    text: str, start: int, read: Callable[[str, str, int], tuple[Any, int]]
) -> tuple[list[Member], int]:
    """Return the members of the object at `start`, each value read by `read`, and its end."""
    members: list[Member] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "}":
        return members, at + 1
    while True:
        if text[at : at + 1] != '"':
            raise InvalidJson(f"a name in quotes is missing, {place(text, at)}")
        key, end = value_at(text, at)
        colon = skip_space(text, end)
        if text[colon : colon + 1] != ":":
            raise InvalidJson(f"a colon is missing, {place(text, colon)}")
        first = skip_space(text, colon + 1)
        value, last = read(text, key, first)
        members.append(Member(key, at, first, last, value))
        mark = skip_space(text, last)
        if text[mark : mark + 1] == "}":
            return members, mark + 1
        at = _after_comma(text, mark)


def _response(text: str, key: str, start: int) -> tuple[Any, int]:
    """Read a member of the envelope: of `response` the lists, of others the value."""
    if key == "response" and text[start : start + 1] == "[":
        return _section(text, "", start)
    if key == "response" and text[start : start + 1] == "{":
        return _object(text, start, _inside)
    return value_at(text, start)


def _inside(text: str, key: str, start: int) -> tuple[Any, int]:
    if key in FOLDER_SECTIONS and text[start : start + 1] == "[":
        return _section(text, key, start)
    return value_at(text, start)


def _section(text: str, name: str, start: int) -> tuple[Section, int]:
    keys: list[Key | None] = []
    texts: list[str] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "]":
        return Section(name, start, at + 1, keys, texts), at + 1
    while True:
        value, end = value_at(text, at)
        keys.append(_key(value, is_mixed=not name))
        texts.append(text[at:end])
        if text.startswith(_NEXT, end):  # as portals write it; all else is looked at closely
            at = end + 1
            continue
        end = skip_space(text, end)
        if text[end : end + 1] == "]":
            return Section(name, start, end + 1, keys, texts), end + 1
        at = _after_comma(text, end)


def _after_comma(text: str, at: int) -> int:
    if text[at : at + 1] != ",":
        raise InvalidJson(f"a comma is missing, {place(text, at)}")
    following = text[at + 1 : at + 2]
    return at + 1 if following in ("{", '"') else skip_space(text, at + 1)


def _key(value: Any, *, is_mixed: bool) -> Key | None:
    if type(value) is not dict:
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


def _sort(value: dict[str, Any]) -> int | str:
    """Return what tells files from folders in a mixed list, such as that of `files/@search`."""
    sort = value.get("fileEntryType")
    if type(sort) is int or type(sort) is str:
        return sort
    return "file" if "fileExst" in value else "folder" if "foldersCount" in value else ""
