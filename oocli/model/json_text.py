"""JSON read without losing a character: where each value stands in the portal's own text.

The one scanner of JSON text: pages, items, cells, operations and batch lines are cut out with it.
Python's own decoder finds where a value ends, so there is no second parser; what is cut out are
slices of the text that arrived, with every digit, key order, duplicate and escape of the portal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT = (",{", ',"')
BOM = b"\xef\xbb\xbf"


class InvalidJson(ValueError):
    """The text is not JSON (RFC 8259), or nests too deep to be read."""


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is not JSON")


class Member(NamedTuple):
    """One member of an object: its key, where that starts, and where its value starts and ends."""

    key: str
    at: int
    start: int
    end: int
    value: object


class _InnerObject:
    """Stands for an object whose content was not kept."""


_INNER = _InnerObject()
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
# Finds where values end; `len` in place of `dict`, so that no object is kept.
_FINDER = json.JSONDecoder(object_pairs_hook=len, parse_constant=_refuse_constant)
# Integers of more digits than Python turns into numbers (4300) are kept as text.
_PATIENT = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=str)


def decoded(raw: bytes) -> str:
    """Return the text of a JSON document in UTF-8, with or without a byte order mark."""
    try:
        return raw.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as failure:
        raise InvalidJson(f"not valid UTF-8 at byte {failure.start}") from None


def parsed(text: str) -> Any:
    """Return the value of a whole JSON text. Raises `InvalidJson`."""
    value, end = value_at(text, skip_space(text, 0))
    end = skip_space(text, end)
    if end != len(text):
        raise InvalidJson(f"more text after the document, {place(text, end)}")
    return value


def value_at(text: str, start: int) -> tuple[Any, int]:
    """Return the value that starts at `start`, and where it ends. Raises `InvalidJson`."""
    try:
        try:
            return _DECODER.raw_decode(text, start)
        except (json.JSONDecodeError, InvalidJson):
            raise
        except ValueError:
            return _PATIENT.raw_decode(text, start)
    except json.JSONDecodeError as failure:
        raise InvalidJson(f"{failure.msg.lower()}, {place(text, failure.pos)}") from None
    except RecursionError:
        raise InvalidJson("it nests too deep to be read") from None


def outline(text: str) -> Any:
    """Return the value of a whole JSON text without what is inside of inner objects.

    They are parsed, so that a broken document is found, and not kept: a large document costs a
    fraction of the memory and time of `parsed`. Raises `InvalidJson`.
    """
    outermost: list[tuple[str, object]] = []

    def _keep_last(pairs: list[tuple[str, object]]) -> _InnerObject:
        nonlocal outermost
        outermost = pairs  # the outermost object is the last to be complete
        return _INNER

    decoder = json.JSONDecoder(object_pairs_hook=_keep_last, parse_constant=_refuse_constant)
    start = skip_space(text, 0)
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return parsed(text)  # which says what is wrong, or is patient with a number
    if skip_space(text, end) != len(text):
        return parsed(text)
    return dict(outermost) if text[start] == "{" else value


def members(text: str, start: int = 0) -> list[tuple[str, int, int]]:
    """Return key, start and end of each member of the object at `start`, in the order written."""
    start = skip_space(text, start)
    if text[start : start + 1] != "{":
        return []
    found, _ = scan_object(text, start, lambda text, _, at: _skip(text, at))
    return [(member.key, member.start, member.end) for member in found]


def items(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return start and end of each item of the list at `start`."""
    start = skip_space(text, start)
    if text[start : start + 1] != "[":
        return []
    found: list[tuple[int, int]] = []
    scan_list(text, start, lambda _, first, last: found.append((first, last)), _skip)
    return found


def member(text: str, key: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the value of `key` stands in the object at `start`; of several, the last."""
    found = [(first, last) for name, first, last in members(text, start) if name == key]
    return found[-1] if found else None


def scan_object(
    text: str, start: int, read: Callable[[str, str, int], tuple[object, int]]
) -> tuple[list[Member], int]:
    """Return the members of the object whose brace is at `start`, and where it ends.

    `read(text, key, at)` returns the value that starts at `at`, and its end. Raises `InvalidJson`.
    """
    found: list[Member] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "}":
        return found, at + 1
    while True:
        if text[at : at + 1] != '"':
            raise InvalidJson(f"a name in quotes is missing, {place(text, at)}")
        key, colon = value_at(text, at)
        if text[colon : colon + 1] != ":":
            colon = skip_space(text, colon)
            if text[colon : colon + 1] != ":":
                raise InvalidJson(f"a colon is missing, {place(text, colon)}")
        first = skip_space(text, colon + 1)
        value, last = read(text, key, first)
        found.append(Member(key, at, first, last, value))
        if text.startswith(_NEXT, last):  # as portals write it; all else is looked at closely
            at = last + 1
            continue
        at = skip_space(text, last)
        if text[at : at + 1] == "}":
            return found, at + 1
        at = _after_comma(text, at)


def scan_list(
    text: str,
    start: int,
    take: Callable[[object, int, int], object],
    read: Callable[[str, int], tuple[object, int]] = value_at,
) -> int:
    """Call `take(value, first, last)` for each item of the list at `start`; return its end.

    `read(text, at)` returns the value that starts at `at`, and its end. Raises `InvalidJson`.
    """
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        value, end = read(text, at)
        take(value, at, end)
        if text.startswith(_NEXT, end):  # as portals write it; all else is looked at closely
            at = end + 1
            continue
        end = skip_space(text, end)
        if text[end : end + 1] == "]":
            return end + 1
        at = _after_comma(text, end)


def skip_space(text: str, start: int) -> int:
    """Return the place of the next character that is not JSON white space."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


def place(text: str, position: int) -> str:
    """Return `line L column C`, both from 1."""
    line = text.count("\n", 0, position) + 1
    return f"line {line} column {position - text.rfind(chr(10), 0, position)}"


def _after_comma(text: str, at: int) -> int:
    if text[at : at + 1] != ",":
        raise InvalidJson(f"a comma is missing, {place(text, at)}")
    following = text[at + 1 : at + 2]
    return at + 1 if following in ("{", '"') else skip_space(text, at + 1)


def _skip(text: str, start: int) -> tuple[None, int]:
    """Return None and where the value at `start` ends. Raises `InvalidJson`."""
    try:
        return None, _FINDER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return None, value_at(text, start)[1]
