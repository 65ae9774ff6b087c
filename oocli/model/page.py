"""One page of a list, and the items of any answer, as slices of the text that the portal sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oocli.model import json_text
from oocli.model.json_text import Member, check_end, parse_value, scan_list, scan_object, skip_space

# The lists in the answer for a folder. Portals count the folders first, then the files.
FOLDER_SECTIONS = ("folders", "files")

# What identifies an item in its list: the id, with the version if it has one (the history of a file
# lists the same id many times), and with the type where files and folders are in one list.
Key = int | str | tuple["int | str", ...]


class Section(NamedTuple):
    """One list in an answer: `response` itself (no name), or `folders` and `files` inside it.

    `texts` are its items as they arrived; `keys` identify them (None: the item has no id).
    """

    name: str
    start: int
    end: int
    keys: list[Key | None]
    texts: list[str]

    def with_items(self, indexes: Iterable[int]) -> Section:
        """Return this section with only the items at `indexes`."""
        kept = list(indexes)
        return self._replace(
            keys=[self.keys[index] for index in kept], texts=[self.texts[index] for index in kept]
        )


class Page(NamedTuple):
    """A page: the text of the answer, the lists in it, and the `total` that the portal claims.

    `members` are those of the envelope, `inside` those of `response` in the answer for a folder.
    """

    text: str
    sections: tuple[Section, ...]
    total: int | None
    members: tuple[Member, ...]
    inside: tuple[Member, ...] = ()

    @classmethod
    def read(cls, text: str) -> Page | None:
        """Return the page, or None if the answer has no list or reports an error.

        Raises `InvalidJson`.
        """
        start = skip_space(text, 0)
        if text[start : start + 1] != "{":
            return None
        members, end = scan_object(text, start, _read_envelope_member)
        check_end(text, end)
        body = {member.key: member.value for member in members}
        if _is_error(body):
            return None
        response = body.get("response")
        if isinstance(response, Section):
            return cls(text, (response,), _count(body.get("total")), tuple(members))
        if not isinstance(response, list):
            return None
        folder = {member.key: member.value for member in response}
        total = _count(folder.get("total"))
        found = [folder.get(name) for name in FOLDER_SECTIONS]
        sections = tuple(section for section in found if isinstance(section, Section))
        if len(sections) != len(FOLDER_SECTIONS) or total is None:
            return None
        return cls(text, sections, total, tuple(members), tuple(response))

    @property
    def is_folder(self) -> bool:
        """Whether this is the content of a folder, in two lists."""
        return bool(self.inside)

    @property
    def size(self) -> int:
        """The number of items."""
        return sum(len(section.texts) for section in self.sections)

    def with_sections(self, sections: tuple[Section, ...]) -> Page:
        """Return this page with other sections."""
        return self._replace(sections=sections)

    def texts(self) -> Iterator[str]:
        """Yield the text of each item."""
        for section in self.sections:
            yield from section.texts

    def has_same_items(self, other: Page) -> bool:
        """Whether the other page has the same items, character by character."""
        return [section.texts for section in self.sections] == [
            section.texts for section in other.sections
        ]


def is_empty_answer(text: str) -> bool:
    """Whether the `response` of a successful answer is missing, null or `{}`.

    Workspace writes null as an empty object, also in place of a list
    (CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiStandartResponce.cs); DocSpace leaves it out.
    `text` is known to be JSON.
    """
    body = json_text.parse(text)
    return isinstance(body, dict) and not _is_error(body) and body.get("response") in (None, {})


def items_of(text: str) -> list[str]:
    """Return the JSON texts of the items in an answer, in the portal's order.

    These are the items of the list in `response`, of a folder its folders, then its files, or any
    other value of `response` itself. An empty answer has no items. A document that is not an
    envelope counts as a `response`. `text` is known to be JSON.
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
    _, end = parse_value(text, start)
    return [text[start:end]]


def _is_error(body: dict[str, object]) -> bool:
    return body.get("error") is not None or body.get("status") == 1


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _read_envelope_member(text: str, key: str, start: int) -> tuple[object, int]:
    """Read a member of an envelope: `response` with the lists in it, of others the value."""
    if key == "response" and text[start : start + 1] == "[":
        return _read_section(text, "", start)
    if key == "response" and text[start : start + 1] == "{":
        return scan_object(text, start, _read_folder_member)
    return parse_value(text, start)


def _read_folder_member(text: str, key: str, start: int) -> tuple[object, int]:
    if key in FOLDER_SECTIONS and text[start : start + 1] == "[":
        return _read_section(text, key, start)
    return parse_value(text, start)


def _read_section(text: str, name: str, start: int) -> tuple[Section, int]:
    keys: list[Key | None] = []
    texts: list[str] = []

    def _add(value: object, first: int, last: int) -> None:
        keys.append(_key(value, is_mixed=not name) if isinstance(value, dict) else None)
        texts.append(text[first:last])

    end = scan_list(text, start, _add)
    return Section(name, start, end, keys, texts), end


def _key(item: dict[str, object], *, is_mixed: bool) -> Key | None:
    id_, version = item.get("id"), item.get("version")
    if id_ is None and isinstance(current := item.get("current"), dict):
        id_ = current.get("id")  # `files/@root` lists the contents of folders
    if type(id_) is not int and type(id_) is not str:  # a bool is an int for `isinstance`
        return None
    entry_type = _entry_type(item) if is_mixed else ""
    if version is None:
        return (entry_type, id_) if entry_type else id_
    if type(version) is not int and type(version) is not str:
        return None
    return (entry_type, id_, version)


def _entry_type(item: dict[str, object]) -> int | str:
    """Return what tells files from folders in a list of both, such as that of `files/@search`."""
    entry_type = item.get("fileEntryType")
    if type(entry_type) is int or type(entry_type) is str:
        return entry_type
    return "file" if "fileExst" in item else "folder" if "foldersCount" in item else ""
