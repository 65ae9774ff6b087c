"""Remote paths: a section of the portal, then titles, as in `my/Reports/2026/plan.docx`.

A path may start with an id instead of a section: `folder:12/plan.docx`, `file:34`, or `id:34` for a
folder or a file. Ids need not be numbers: those of third-party storage are strings.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from oocli.model.errors import UsageError
from oocli.model.request import check_utf8

SECTIONS = ("my", "rooms", "common", "projects", "shared", "trash", "archive")
EntryType = Literal["folder", "file"]
# In a title, `%2F` stands for a slash, `%0A` and `%0D` for a line break. To write these texts
# themselves, put `25` after the `%`: `%252F` is the title `%2F`. Any other `%` stands for itself.
_ESCAPED = re.compile(r"(?i)%((?:25)*)(2F|0A|0D)")
_TO_ESCAPE = re.compile(r"(?i)[/\n\r]|%(?=(?:25)*(?:2F|0A|0D))")
_BY_ID = re.compile(r"(id|folder|file):(.*)", re.DOTALL)


class RemotePath(NamedTuple):
    """Where a file or folder is at the portal.

    It starts at a `section` or at an `id`, and continues with `titles`. A path with neither is the
    root, which holds the sections. `id_type` is None if the id may be that of a folder or a file.
    `names_folder` says that the path ends with a slash, so it must be a folder.
    """

    section: str = ""
    id: str = ""
    id_type: EntryType | None = None
    titles: tuple[str, ...] = ()
    names_folder: bool = False

    @classmethod
    def parse(cls, typed: str) -> RemotePath:
        """Parse a path that a user has typed. `/` or `@` before the section is accepted.

        Raises `UsageError` for an unknown section, an empty title, and a path that a shell on
        Windows has replaced by a local path.
        """
        check_utf8("the remote path", typed)
        if re.match(r"[A-Za-z]:[/\\]", typed):
            raise UsageError(
                f"{typed}: the shell replaced the remote path by a local path",
                hint="write it without the slash in front: my/Reports",
            )
        text = typed[1:] if typed[:1] in ("/", "@") else typed
        if not text:
            if typed:
                return cls()
            raise UsageError("the remote path is empty", hint="for example: my/Reports")
        names_folder = text.endswith("/")
        first, *rest = text.removesuffix("/").split("/")
        titles = tuple(_unescape(part) for part in rest)
        if not first or "" in titles:
            raise UsageError(
                f"{typed}: the remote path has an empty title (`//`)",
                hint="to put a slash in a title, write %2F",
            )
        by_id = _BY_ID.fullmatch(first)
        if by_id is None:
            section = _parse_section(first, typed)
            return cls(section=section, titles=titles, names_folder=names_folder)
        start = _parse_id(by_id[1], _unescape(by_id[2]), typed)
        return start._replace(titles=titles, names_folder=names_folder)

    @classmethod
    def of_id(cls, id_type: EntryType, id: int | str) -> RemotePath:
        """Return the path that names an entry by its id."""
        return cls(id=str(id), id_type=id_type)

    @property
    def is_root(self) -> bool:
        """Whether this is the root, which holds the sections."""
        return not self.section and not self.id

    @property
    def is_section(self) -> bool:
        """Whether this is a section itself."""
        return bool(self.section) and not self.titles

    @property
    def title(self) -> str:
        """The last title; empty if the path is only a section or an id."""
        return self.titles[-1] if self.titles else ""

    @property
    def parent(self) -> RemotePath:
        """The path of the folder around the last title."""
        return self._replace(titles=self.titles[:-1], names_folder=bool(self.titles))

    def child(self, title: str) -> RemotePath:
        """Return the path of a title in this folder."""
        return RemotePath(self.section, self.id, self.id_type, (*self.titles, title))

    def as_folder(self) -> RemotePath:
        """Return the path with a slash at the end."""
        return self._replace(names_folder=True)

    def __str__(self) -> str:
        start = f"{self.id_type or 'id'}:{_escape(self.id)}" if self.id else self.section
        text = "/".join([start, *(_escape(title) for title in self.titles)])
        return f"{text}/" if self.names_folder or self.is_root else text


def _parse_section(word: str, typed: str) -> str:
    name = word.lower()
    if name not in SECTIONS:
        raise UsageError(
            f"{typed}: {word!r} is not a section of a portal",
            hint=f"a remote path starts with one of: {', '.join(SECTIONS)}, id:, folder:, file:",
        )
    return name


def _parse_id(word: str, id: str, typed: str) -> RemotePath:
    # `@my` and the like are routes of the API, not ids.
    if not id or id.startswith("@") or id in (".", ".."):
        raise UsageError(f"{typed}: {id!r} is not an id", hint="for example: folder:1234")
    types: dict[str, EntryType] = {"folder": "folder", "file": "file"}
    return RemotePath(id=id, id_type=types.get(word))


def _unescape(text: str) -> str:
    def decode(found: re.Match[str]) -> str:
        if found[1]:
            return f"%{found[1][2:]}{found[2]}"
        return chr(int(found[2], 16))

    return _ESCAPED.sub(decode, text)


def _escape(title: str) -> str:
    if title.isprintable() and "/" not in title and "%" not in title:
        return title
    return _TO_ESCAPE.sub(lambda found: f"%{ord(found[0]):02X}", title)
