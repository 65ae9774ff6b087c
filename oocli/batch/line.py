"""One line of a batch: a call as a JSON object, read without changing what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from oocli.model import json_text
from oocli.model.errors import UsageError
from oocli.model.headers import check_header
from oocli.model.json_text import InvalidJson
from oocli.model.request import METHODS, SAFE_METHODS
from oocli.model.secret import masked_line

_KEYS = ("method", "path", "params", "body", "headers", "id")


class _Number(str):
    """A number as it was written."""


# In a query a number is text: it must keep every digit.
_WRITTEN = json.JSONDecoder(parse_int=_Number, parse_float=_Number)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One call. `index` counts the calls from 0, `number` the lines of the file from 1.

    `id` is the text of the value that the answer carries back, `digest` tells this line from
    others without saying what is in it.
    """

    index: int
    number: int
    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    id: str
    digest: str

    @classmethod
    def read(cls, raw: bytes, index: int, number: int) -> BatchLine:
        """Read a line. Raises `UsageError` naming it, for whatever is not as it should be."""
        where = f"line {number}"
        try:
            text = json_text.decoded(raw).strip(" \t\r\n")
            found = json_text.parsed(text)
            spans = json_text.members(text)
        except InvalidJson as failure:
            raise UsageError(f"{where} is not JSON: {_in_line(str(failure))}") from None
        if not isinstance(found, dict):
            raise UsageError(f"{where} is no JSON object", hint=_EXAMPLE)
        _check_keys([key for key, _, _ in spans], where)
        places = {key: (first, last) for key, first, last in spans}

        def slice_of(key: str) -> str | None:
            first, last = places.get(key, (0, 0))
            return None if found.get(key) is None else text[first:last]

        body, params = slice_of("body"), slice_of("params")
        return cls(
            index,
            number,
            _method(found, where),
            _path(found, where),
            _params(params, where),
            _headers(found.get("headers"), where),
            None if body is None else body.encode(),
            slice_of("id") or "null",
            hashlib.sha256(text.encode()).hexdigest()[:32],
        )

    @property
    def is_safe(self) -> bool:
        """Whether running it twice changes nothing."""
        return self.method in SAFE_METHODS

    @property
    def where(self) -> str:
        """The line in a message."""
        return f"line {self.number}"


_EXAMPLE = 'for example: {"method":"GET","path":"people/@self"}'


def _check_keys(keys: list[str], where: str) -> None:
    for key in keys:
        if key not in _KEYS:
            raise UsageError(
                f"{where}: {masked_line(key, 60)!r} is not one of {', '.join(_KEYS)}", hint=_EXAMPLE
            )
        if keys.count(key) > 1:
            raise UsageError(f"{where}: {key} stands there twice")


def _method(found: dict[str, Any], where: str) -> str:
    method = found.get("method")
    if not isinstance(method, str) or method.upper() not in METHODS:
        raise UsageError(f"{where}: method is not one of {', '.join(METHODS)}")
    return method.upper()


def _path(found: dict[str, Any], where: str) -> str:
    path = found.get("path")
    if not isinstance(path, str) or not path:
        raise UsageError(f"{where}: path is no text such as people/@self", hint=_EXAMPLE)
    return path


def _params(text: str | None, where: str) -> tuple[tuple[str, str], ...]:
    if text is None:
        return ()
    found = _WRITTEN.decode(text)
    if not isinstance(found, dict):
        raise UsageError(f"{where}: params is no object of names and values")
    pairs: list[tuple[str, str]] = []
    for name, value in found.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool):
                pairs.append((name, "true" if one else "false"))
            elif isinstance(one, str):
                pairs.append((name, str(one)))
            else:
                raise UsageError(
                    f"{where}: params {masked_line(name, 60)!r} is no text, number, true or false, "
                    "nor a list of these"
                )
    return tuple(pairs)


def _headers(found: object, where: str) -> tuple[tuple[str, str], ...]:
    if found is None:
        return ()
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise UsageError(f"{where}: headers is no object of names and texts")
    for name, value in found.items():
        check_header(name, value, f"{where}: headers")
    return tuple(found.items())


def _in_line(why: str) -> str:
    """Leave out which line of the text the fault is in: there is one."""
    return why.replace("line 1 column", "column")
