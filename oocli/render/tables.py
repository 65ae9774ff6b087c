"""Items as rows of a table: which columns they have, which of them fit, and the texts of cells.

Values are parts of the portal's own JSON text, so numbers keep every digit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from html import unescape

from oocli.model import json_text
from oocli.model.errors import UnknownColumn
from oocli.model.text import shell_word

_NEWLINES = re.compile(r"[\r\n][ \t\r\n]*")
# With these, a spreadsheet takes a cell for a formula; the last four are full-width characters.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# The keys that people look for, the most important first. Other keys follow in their own order.
_IMPORTANT = (
    "title", "displayName", "name", "email", "id", "userName", "status", "value",
    "contentLength", "created", "updated",
)  # fmt: skip
# The keys whose values portals encode for HTML
# (DocSpace-server, common/ASC.Core.Common/Users/DisplayUserSettings.cs).
_ENCODED = ("displayName", "department")
# A time as portals write it. A table shows the date, the hour and the minute.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_MAX_WIDTH = 40  # characters; longer cells are wrapped
_MIN_WIDTH = 3
_GAP = 2


def on_one_line(item: str) -> str:
    """Return JSON text without line breaks, which it has only between tokens."""
    return _NEWLINES.sub("", item) if "\n" in item or "\r" in item else item


def columns_of(items: Iterable[str]) -> list[str]:
    """Return the keys of all items in order of appearance, `value` for items without keys."""
    found: dict[str, None] = {}
    for item in items:
        found.update(dict.fromkeys(_members(item)))
    return list(found)


def chosen_columns(typed: Sequence[str]) -> list[str]:
    """Return the columns that the values of `--columns A,B.C` name."""
    names = [name.strip() for option in typed for name in option.split(",")]
    return list(dict.fromkeys(name for name in names if name))


def check_columns(columns: Sequence[str], items: Sequence[str]) -> None:
    """Raise `UnknownColumn` for columns that no item has, if others have similar names.

    Without a similar name, a later page may have the column: portals leave out empty members.
    """
    if not columns:
        return
    missing = empty_columns(columns, [row(item, columns) for item in items])
    others = {name.lower(): name for name in columns_of(items) if name not in columns}
    near = {}
    for name in missing:
        if found := get_close_matches(name.lower(), others, n=1, cutoff=0.8):
            near[name] = others[found[0]]
    if near:
        meant = ",".join(near.get(name, name) for name in columns)
        raise UnknownColumn(
            f"no item has the column {', '.join(near)}; did you mean {', '.join(near.values())}?",
            hint=f"--columns {shell_word(meant)}",
        )


def row(item: str, columns: Sequence[str]) -> list[str | None]:
    """Return the JSON text of each column of an item, None if it has no such value.

    A column is a key, or a path of keys and list positions (from 0) joined by dots.
    """
    members = _members(item)
    return [members[name] if name in members else _below(members, name) for name in columns]


def cell(value: str | None, column: str = "") -> str:
    """Return the text of a cell for a JSON value; empty for null and a missing value (None).

    Strings have no quotes, and are decoded in columns that portals encode for HTML. Numbers, lists
    and objects are shown as the portal wrote them.
    """
    if value is None or value == "null":
        return ""
    if value.startswith('"'):
        text = json.loads(value)
        if "&" in text and column.endswith(_ENCODED):
            text = unescape(text)
        return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return on_one_line(value)


def readable(text: str) -> str:
    """Return a time as `2026-11-24 06:31`, in the portal's zone; return other text unchanged."""
    found = _TIME.fullmatch(text)
    return f"{found[1]} {found[2]}" if found else text


def safe_cell(value: str | None, column: str = "") -> str:
    """Return the text of a cell, with an apostrophe before a formula. The number -5 is none."""
    text = cell(value, column)
    return f"'{text}" if is_formula(text) and value is not None and value[0] in '"{[' else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return text.startswith(_FORMULA)


def empty_columns(columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """Return the columns for which no row has a value."""
    return [name for at, name in enumerate(columns) if all(values[at] is None for values in rows)]


def numeric_columns(rows: Sequence[Sequence[str | None]]) -> set[int]:
    """Return the positions of the columns that contain only numbers."""
    found = set()
    for at, column in enumerate(zip(*rows, strict=True)):
        values = [value for value in column if value not in (None, "null")]
        if values and all(value[0] in "-0123456789" for value in values):
            found.add(at)
    return found


def fitting(items: Sequence[str], width: int) -> tuple[list[str], int]:
    """Return the columns of `items` that fit into `width`, and the number of those left out.

    Lists, objects and columns without values are left out. With `width` 0 all others fit. There is
    always at least one column.
    """
    names = columns_of(items)
    widths: dict[str, int] = {}
    nested: set[str] = set()
    for item in items:
        for name, value in zip(names, row(item, names), strict=True):
            if value is not None and value.startswith(("[", "{")):
                nested.add(name)
            elif text := readable(cell(value, name)):
                wanted = max(min(len(text), _MAX_WIDTH), len(name), *map(len, text.split()))
                widths[name] = max(widths.get(name, 0), wanted)
    candidates = [name for name in widths if name not in nested]
    candidates.sort(key=lambda name: _IMPORTANT.index(name) if name in _IMPORTANT else 99)
    taken: list[str] = []
    room = width
    for name in candidates:
        if not width or not taken or widths[name] <= room:
            taken.append(name)
            room -= widths[name] + _GAP
    taken = taken or names[:1]
    return taken, len(names) - len(taken)


def drawable(width: int) -> int:
    """Return the largest number of columns that `width` has room for."""
    return max(1, (width + _GAP) // (_MIN_WIDTH + _GAP))


def _members(item: str) -> dict[str, str]:
    if not item.startswith("{"):
        return {"value": item}
    return {key: item[first:last] for key, first, last in json_text.members(item)}


def _below(members: dict[str, str], path: str) -> str | None:
    """Return the value at a dotted path; keys that contain dots are found as well."""
    for at, character in enumerate(path):
        if character != "." or path[:at] not in members:
            continue
        value, rest = members[path[:at]], path[at + 1 :]
        inner: dict[str, str] = {}
        if value.startswith("{"):
            inner = _members(value)
        elif value.startswith("["):
            places = enumerate(json_text.items(value))
            inner = {str(number): value[first:last] for number, (first, last) in places}
        found = inner[rest] if rest in inner else _below(inner, rest)
        if found is not None:
            return found
    return None
