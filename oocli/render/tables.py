"""Items as rows: the columns found or chosen, which of them fit, and values as cells.

Values are slices of the portal's own text, so every digit stays.
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

# The column of items that are no objects.
VALUE = "value"
_NEWLINES = re.compile(r"[\r\n][ \t\r\n]*")
# What a spreadsheet takes as the start of a formula, in half and full width.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# What a person looks for, the first words first; other keys follow as they come.
_TELLING = (
    "title", "displayName", "name", "email", "id", "userName", "status", "value",
    "contentLength", "created", "updated",
)  # fmt: skip
# What portals encode for HTML
# (DocSpace-server, common/ASC.Core.Common/Users/DisplayUserSettings.cs).
_ENCODED = ("displayName", "department")
# A moment of a portal: its date, its hour and minute; what follows is left out of a table.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
# Columns wider than this are drawn over several lines, so they need no more room.
_WIDEST = 40
_GAP = 2
# A column of fewer characters tells nothing.
_NARROWEST = 3


def on_one_line(item: str) -> str:
    """Return a JSON text without line breaks; inside of strings JSON has none anyway."""
    return _NEWLINES.sub("", item) if "\n" in item or "\r" in item else item


def columns_of(items: Iterable[str]) -> list[str]:
    """Return the keys of all items, in order of appearance; `value` for items without keys."""
    found: dict[str, None] = {}
    for item in items:
        found.update(dict.fromkeys(_members(item)))
    return list(found)


def chosen_columns(typed: Sequence[str]) -> list[str]:
    """Return the columns of `--columns A,B.C`, given once or more often."""
    names = [name.strip() for option in typed for name in option.split(",")]
    return list(dict.fromkeys(name for name in names if name))


def check_columns(columns: Sequence[str], items: Sequence[str]) -> None:
    """Raise `UnknownColumn` for chosen columns that no item has, if others are called nearly so.

    A column without a near name may come with a later page, since portals leave out empty members.
    """
    rows = [row(item, columns) for item in items]
    missing = [name for at, name in enumerate(columns) if all(cells[at] is None for cells in rows)]
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
    """Return the JSON text of each column in an item, None where it has none.

    A column is a key, or keys and list positions (from 0) joined by dots.
    """
    members = _members(item)
    return [members[name] if name in members else _below(members, name) for name in columns]


def cell(value: str | None, column: str = "") -> str:
    """Return a JSON value as the text of a cell.

    Strings stand bare, numbers as the portal wrote them, lists and objects as JSON; null and what
    is missing leave the cell empty. In a column that portals encode for HTML, names are decoded.
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
    """Return a moment as `2026-11-24 06:31`, in the zone that the portal wrote; others as is."""
    found = _MOMENT.fullmatch(text)
    return f"{found[1]} {found[2]}" if found else text


def safe_cell(value: str | None, column: str = "") -> str:
    """Return the text of a cell, with an apostrophe before what a spreadsheet would run.

    A JSON number stays one: `-5` is no formula.
    """
    text = cell(value, column)
    return f"'{text}" if is_formula(text) and value is not None and value[0] in '"{[' else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text."""
    return text.startswith(_FORMULA)


def is_nested(value: str | None) -> bool:
    """Whether a JSON value is a list or an object."""
    return value is not None and value[:1] in ("[", "{")


def fitting(items: Sequence[str], width: int) -> tuple[list[str], int]:
    """Return the columns of `items` that fit into `width`, and how many there are besides.

    Lists, objects and columns without any value stay out; `width` 0 takes all others. At least one
    column is drawn, however narrow the terminal.
    """
    names = columns_of(items)
    found = _plain_columns(items, names)
    ranked = sorted(found, key=lambda name: _TELLING.index(name) if name in _TELLING else 99)
    taken: list[str] = []
    room = width
    for name in ranked:
        needed = found[name] + _GAP
        if not width or not taken or needed <= room + _GAP:
            taken.append(name)
            room -= needed
    return (taken or names[:1]), len(names) - max(len(taken), min(len(names), 1))


def drawable(width: int) -> int:
    """Return how many columns `width` has room for at most."""
    return max(1, (width + _GAP) // (_NARROWEST + _GAP))


def _plain_columns(items: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return each column that holds plain values, and the width that it wants."""
    widths: dict[str, int] = {}
    nested: set[str] = set()
    for item in items:
        for name, value in zip(names, row(item, names), strict=True):
            if is_nested(value):
                nested.add(name)
            elif text := readable(cell(value, name)):
                wanted = max(min(len(text), _WIDEST), len(name), *map(len, text.split()))
                widths[name] = max(widths.get(name, 0), wanted)
    return {name: width for name, width in widths.items() if name not in nested}


def _members(item: str) -> dict[str, str]:
    if not item.startswith("{"):
        return {VALUE: item}
    return {key: item[first:last] for key, first, last in json_text.members(item)}


def _below(members: dict[str, str], name: str) -> str | None:
    """Return the value at a dotted path; keys that hold dots themselves are found as well."""
    for at, character in enumerate(name):
        if character != "." or name[:at] not in members:
            continue
        inner, rest = members[name[:at]], name[at + 1 :]
        inside = _inside(inner)
        if inside and rest in inside:
            return inside[rest]
        found = _below(inside, rest)
        if found is not None:
            return found
    return None


def _inside(value: str) -> dict[str, str]:
    if value.startswith("{"):
        return _members(value)
    if value.startswith("["):
        return {
            str(at): value[first:last] for at, (first, last) in enumerate(json_text.items(value))
        }
    return {}
