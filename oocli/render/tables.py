"""Which columns of a table fit, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence

from oocli.render import cells

# What tells one item from the next, the first words first; other keys follow as they come.
_TELLING = (
    "id", "title", "displayName", "name", "userName", "email", "status", "value",
    "contentLength", "created", "updated",
)  # fmt: skip
# Columns wider than this are drawn over several lines, so they need no more room.
_WIDEST = 40
_GAP = 2
# A column of fewer characters tells nothing.
_NARROWEST = 3


def fitting(items: Sequence[str], width: int) -> tuple[list[str], int]:
    """Return the columns of `items` that fit into `width`, and how many there are besides.

    Lists, objects and columns without any value stay out; `width` 0 takes all others. At least one
    column is drawn, however narrow the terminal.
    """
    names = cells.columns_of(items)
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
        for name, value in zip(names, cells.row(item, names), strict=True):
            if cells.is_nested(value):
                nested.add(name)
            elif text := cells.cell(value):
                wanted = min(max(len(text), len(name)), _WIDEST)
                widths[name] = max(widths.get(name, 0), wanted)
    return {name: width for name, width in widths.items() if name not in nested}
