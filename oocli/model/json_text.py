"""A scanner that finds where each value is in a JSON text.

Pages, items, table cells, operations and batch lines are slices of the text that arrived. So all
digits, escapes and duplicate keys stay as the portal sent them, and in its order. Python's own
decoder finds where a value ends; there is no second parser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT = (",{", ',"')  # what portals write between two values
BOM = b"\xef\xbb\xbf"


class InvalidJson(ValueError):
    """The text is not JSON (RFC 8259), or is nested too deeply."""


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is not JSON")


class Member(NamedTuple):
    """One member of an object: its key at `at`, and its value from `start` to `end`."""

    key: str
    at: int
    start: int
    end: int
    value: object


_INNER_OBJECT = object()  # in place of an object whose members were not kept
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
# Finds where values end: `len` in place of `dict` keeps no object.
_FINDER = json.JSONDecoder(object_pairs_hook=len, parse_constant=_refuse_constant)
# Keeps integers with more digits than Python converts (4300) as text.
_LONG_INTEGERS = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=str)


def decode(raw: bytes) -> str:
    """Return the text of a JSON document in UTF-8, with or without a byte order mark."""
    try:
        return raw.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as failure:
        raise InvalidJson(f"not valid UTF-8 at byte {failure.start}") from None


def parse(text: str) -> Any:
    """Return the value of a whole JSON text. Raises `InvalidJson`."""
    value, end = parse_value(text, skip_space(text, 0))
    check_end(text, end)
    return value


def parse_value(text: str, start: int) -> tuple[object, int]:
    """Return the value that starts at `start`, and where it ends. Raises `InvalidJson`."""
    try:
        try:
            return _DECODER.raw_decode(text, start)
        except (json.JSONDecodeError, InvalidJson):
            raise
        except ValueError:
            return _LONG_INTEGERS.raw_decode(text, start)
    except json.JSONDecodeError as failure:
        raise InvalidJson(f"{failure.msg.lower()}, {_place(text, failure.pos)}") from None
    except RecursionError:
        raise InvalidJson("too many levels of nesting") from None


def parse_outline(text: str) -> object:
    """Return the value of a whole JSON text, with objects inside of objects left out.

    These are parsed, so that invalid JSON is found, but not kept. For a large document this needs
    a fraction of the memory and time of `parse`. Raises `InvalidJson`.
    """
    outermost: list[tuple[str, object]] = []

    def _keep_last(pairs: list[tuple[str, object]]) -> object:
        nonlocal outermost
        outermost = pairs  # the outermost object is the last one to be complete
        return _INNER_OBJECT

    decoder = json.JSONDecoder(object_pairs_hook=_keep_last, parse_constant=_refuse_constant)
    start = skip_space(text, 0)
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return parse(text)  # raises the error, or accepts a long integer
    check_end(text, end)
    return dict(outermost) if text[start] == "{" else value


def check_end(text: str, end: int) -> None:
    """Raise `InvalidJson` if more than white space follows the document, which ends at `end`."""
    end = skip_space(text, end)
    if end != len(text):
        raise InvalidJson(f"more text after the document, {_place(text, end)}")


def members(text: str, start: int = 0) -> list[tuple[str, int, int]]:
    """Return the key of each member of the object at `start`, and where its value starts and ends.

    Returns an empty list if no object starts there. Raises `InvalidJson`.
    """
    start = skip_space(text, start)
    if text[start : start + 1] != "{":
        return []
    found, _ = scan_object(text, start, lambda text, _, at: _skip(text, at))
    return [(member.key, member.start, member.end) for member in found]


def items(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return where each item of the list at `start` starts and ends.

    Returns an empty list if no list starts there. Raises `InvalidJson`.
    """
    start = skip_space(text, start)
    if text[start : start + 1] != "[":
        return []
    found: list[tuple[int, int]] = []
    scan_list(text, start, lambda _, first, last: found.append((first, last)), _skip)
    return found


def member(text: str, key: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the value of `key` in the object at `start` starts and ends.

    Of duplicate keys, the last one counts, as in `parse`.
    """
    found = [(first, last) for name, first, last in members(text, start) if name == key]
    return found[-1] if found else None


def scan_object(
    text: str, start: int, read: Callable[[str, str, int], tuple[object, int]]
) -> tuple[list[Member], int]:
    """Return the members of the object that starts at `start`, and where it ends.

    `read(text, key, at)` returns the value that starts at `at`, and its end. Raises `InvalidJson`.
    """
    found: list[Member] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "}":
        return found, at + 1
    while True:
        if text[at : at + 1] != '"':
            raise InvalidJson(f"a name in quotes is missing, {_place(text, at)}")
        name, colon = parse_value(text, at)
        key = str(name)  # it starts with a quote
        if text[colon : colon + 1] != ":":
            colon = skip_space(text, colon)
            if text[colon : colon + 1] != ":":
                raise InvalidJson(f"a colon is missing, {_place(text, colon)}")
        first = skip_space(text, colon + 1)
        value, last = read(text, key, first)
        found.append(Member(key, at, first, last, value))
        if text.startswith(_NEXT, last):  # the fast path
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
    read: Callable[[str, int], tuple[object, int]] = parse_value,
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
        if text.startswith(_NEXT, end):  # the fast path
            at = end + 1
            continue
        end = skip_space(text, end)
        if text[end : end + 1] == "]":
            return end + 1
        at = _after_comma(text, end)


def skip_space(text: str, start: int) -> int:
    """Return the index of the first character from `start` on that is not JSON white space."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _place(text: str, index: int) -> str:
    """Return `line L column C`, both counted from 1."""
    line = text.count("\n", 0, index) + 1
    return f"line {line} column {index - text.rfind(chr(10), 0, index)}"


def _after_comma(text: str, at: int) -> int:
    if text[at : at + 1] != ",":
        raise InvalidJson(f"a comma is missing, {_place(text, at)}")
    return skip_space(text, at + 1)


def _skip(text: str, start: int) -> tuple[None, int]:
    """Return None and where the value at `start` ends. Raises `InvalidJson`."""
    try:
        return None, _FINDER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return None, parse_value(text, start)[1]
