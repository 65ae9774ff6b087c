"""JSON read without losing a character: where each value stands in the portal's own text.

Python's own decoder finds the ends, so there is no second parser; what is cut out are slices of
the text that arrived, with every digit, key order, duplicate and escape as the portal wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
BOM = b"\xef\xbb\xbf"


class InvalidJson(ValueError):
    """The text is not JSON (RFC 8259), or nests too deep to be read."""


def _refuse_constant(name: str) -> Any:
    raise InvalidJson(f"{name} is not JSON")


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
    outermost: list[tuple[str, Any]] = []

    def keep_last(pairs: list[tuple[str, Any]]) -> _InnerObject:
        nonlocal outermost
        outermost = pairs  # the outermost object is the last to be complete
        return _INNER

    decoder = json.JSONDecoder(object_pairs_hook=keep_last, parse_constant=_refuse_constant)
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
    return [(key, first, last) for key, first, last in _walk(text, start, "{", "}")]


def items(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return start and end of each item of the list at `start`."""
    return [(first, last) for _, first, last in _walk(text, start, "[", "]")]


def member(text: str, key: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the value of `key` stands in the object at `start`; of several, the last."""
    found = [(first, last) for name, first, last in members(text, start) if name == key]
    return found[-1] if found else None


def skip_space(text: str, start: int) -> int:
    """Return the place of the next character that is not JSON white space."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


def place(text: str, position: int) -> str:
    """Return `line L column C`, both from 1."""
    line = text.count("\n", 0, position) + 1
    return f"line {line} column {position - text.rfind(chr(10), 0, position)}"


def _walk(text: str, start: int, opening: str, closing: str) -> Iterator[tuple[str, int, int]]:
    at = skip_space(text, start)
    if text[at : at + 1] != opening:
        return
    at = skip_space(text, at + 1)
    while at < len(text) and text[at] != closing:
        key = ""
        if opening == "{":
            key, at = value_at(text, at)
            at = skip_space(text, skip_space(text, at) + 1)  # the colon
        end = _end_of(text, at)
        yield key, at, end
        at = skip_space(text, end)
        if text[at : at + 1] == ",":
            at = skip_space(text, at + 1)


def _end_of(text: str, start: int) -> int:
    """Return where the value at `start` ends. Raises `InvalidJson`."""
    try:
        return _FINDER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return value_at(text, start)[1]
