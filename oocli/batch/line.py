"""One line of a batch: a call as a JSON object, whose values are passed on unchanged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from oocli.model import json_text
from oocli.model.errors import UsageError
from oocli.model.json_text import InvalidJson
from oocli.model.request import METHODS, SAFE_METHODS, check_header

_KEYS = ("method", "path", "params", "body", "headers", "id")
_EXAMPLE = 'for example: {"method":"GET","path":"people/@self"}'


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One call. `index` counts the calls from 0, `number` counts the lines of the file from 1.

    `id` is JSON text, which the record of the answer repeats. `digest` identifies the content of
    the line without revealing it.
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
        """Parse a line. Raises `UsageError`, which names the line, if it is not a valid call."""
        where = f"line {number}"
        try:
            text = json_text.decode(raw).strip(" \t\r\n")
            content = json_text.parse(text)
            spans = json_text.members(text)
        except InvalidJson as failure:
            # The line number within this text is always 1, so it is left out.
            why = str(failure).replace("line 1 column", "column")
            raise UsageError(f"{where} is not JSON: {why}") from None
        if not isinstance(content, dict):
            raise UsageError(f"{where} is not a JSON object", hint=_EXAMPLE)
        keys = [key for key, _, _ in spans]
        for key in keys:
            if key not in _KEYS:
                known = ", ".join(_KEYS)
                raise UsageError(f"{where}: {key!r} is not one of {known}", hint=_EXAMPLE)
            if keys.count(key) > 1:
                raise UsageError(f"{where}: {key} is given twice")
        method, path = content.get("method"), content.get("path")
        if not isinstance(method, str) or method.upper() not in METHODS:
            raise UsageError(f"{where}: method is not one of {', '.join(sorted(METHODS))}")
        if not isinstance(path, str) or not path:
            raise UsageError(f"{where}: path is not a text such as people/@self", hint=_EXAMPLE)
        # Values are passed on as the text in the line, so numbers keep all their digits.
        texts = {key: text[start:end] for key, start, end in spans if content[key] is not None}
        return cls(
            index=index,
            number=number,
            method=method.upper(),
            path=path,
            params=_params(texts.get("params", "{}"), where),
            headers=_headers(content["headers"], where) if "headers" in texts else (),
            body=texts["body"].encode() if "body" in texts else None,
            id=texts.get("id", "null"),
            digest=hashlib.sha256(text.encode()).hexdigest()[:32],
        )

    @property
    def is_safe(self) -> bool:
        """Whether the call may run twice, because it changes nothing."""
        return self.method in SAFE_METHODS

    @property
    def where(self) -> str:
        """The position of the line, for messages."""
        return f"line {self.number}"


def _params(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """Return names and values for the query; a list repeats its name."""
    if not text.startswith("{"):
        raise UsageError(f"{where}: params is not an object of names and values")
    # If a name is given twice, the last value counts, as with other JSON parsers.
    values = {name: text[start:end] for name, start, end in json_text.members(text)}
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        is_list = value.startswith("[")
        for item in [value[a:b] for a, b in json_text.items(value)] if is_list else [value]:
            if item[0] in "{[n":  # `n` as in null
                raise UsageError(
                    f"{where}: params {name!r} is not a text, a number, true or false, "
                    "or a list of these"
                )
            pairs.append((name, json_text.parse(item) if item[0] == '"' else item))
    return tuple(pairs)


def _headers(headers: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(headers, dict) or not all(isinstance(text, str) for text in headers.values()):
        raise UsageError(f"{where}: headers is not an object of names and texts")
    for name, value in headers.items():
        check_header(name, value, f"{where}: headers")
    return tuple(headers.items())
