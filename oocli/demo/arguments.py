"""The arguments of a request: names and values from query and body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import unquote

from oocli.demo.messages import JsonObject, Request

MAX_HEAD = 65536
_INDEXED = re.compile(r"\[\d*\]$")


class BadArgument(Exception):
    """An argument is invalid; `errors` maps the names of arguments to messages."""

    def __init__(
        self, message: str = "", errors: dict[str, list[str]] | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.errors = {"$": [message]} if errors is None else errors
        self.status = status


@dataclass(frozen=True)
class UploadedFile:
    """One file of a multipart body; `headers` is the number of headers of its part."""

    part: str
    name: str
    content: bytes
    headers: int = 0


@dataclass
class Arguments:
    """Values by name, ignoring case. Where one value is wanted, the first counts.

    A list repeats the name or `name[]`, or uses `name[0]`, `name[1]`, as on both servers
    (ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Utils/Binder.cs).
    """

    pairs: list[tuple[str, object]] = field(default_factory=list)
    files: list[UploadedFile] = field(default_factory=list)

    def add(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Append values."""
        self.pairs += [(name.lower(), value) for name, value in pairs]

    def all(self, name: str) -> list[object]:
        """Return all values of a list, in order."""
        wanted = name.lower()
        found: list[object] = []
        for key, value in self.pairs:
            if key == wanted or (key.startswith(wanted) and _INDEXED.sub("", key) == wanted):
                found += value if isinstance(value, list) else [value]
        return found

    def has(self, name: str) -> bool:
        """Tell whether the name was given at all."""
        return any(key == name.lower() for key, _ in self.pairs)

    def text(self, name: str, default: str = "") -> str:
        """Return a string; numbers and booleans are converted."""
        value = next(iter(self.all(name)), None)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def texts(self, name: str) -> list[str]:
        """Return a list of strings; numbers are converted, so ids of both types may be mixed."""
        return [str(value) for value in self.all(name)]

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer, which may be sent as a string."""
        text = self.text(name)
        if not text:
            return default
        try:
            return int(text)
        except ValueError as error:
            raise BadArgument(f"{name}: not a number") from error

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean: `true` or `false`, ignoring case."""
        text = self.text(name).lower()
        if not text:
            return default
        if text not in ("true", "false"):
            raise BadArgument("String was not recognized as a valid Boolean.")
        return text == "true"


def query_arguments(request: Request) -> Arguments:
    """Return the arguments in the query of a request."""
    arguments = Arguments()
    arguments.add(request.query)
    return arguments


def json_object(body: bytes) -> JsonObject:
    """Read a body that must be one JSON object."""
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except ValueError as error:
        raise BadArgument(
            f"Unexpected character encountered while parsing value: {error}"
        ) from None
    if not isinstance(value, dict):
        raise BadArgument("JSON root object is not an object")
    return value


def multipart(
    request: Request, *, extended: bool = True
) -> tuple[list[tuple[str, str]], list[UploadedFile]]:
    """Read a multipart body: its fields and its files. Other bodies have neither.

    The body is split at the boundary, not parsed: parts may be large. Without `extended`, a part
    that has only `filename*` is a field, and `filename` wins over `filename*`.
    """
    if request.content_type != "multipart/form-data":
        return [], []
    message = Message()
    message["Content-Type"] = request.header("Content-Type") or ""
    boundary = message.get_boundary()
    if not boundary:
        raise BadArgument("multipart without boundary")
    fields: list[tuple[str, str]] = []
    files: list[UploadedFile] = []
    body, delimiter = request.body, b"\r\n--" + boundary.encode("latin-1")
    # No line ends before the first boundary: it begins two bytes before the body.
    place = -2 if body.startswith(delimiter[2:]) else body.find(delimiter)
    while place != -1 and body[(start := place + len(delimiter)) : start + 2] != b"--":
        place = body.find(delimiter, start)
        stop = place if place >= 0 else len(body)
        head, blank, _ = body[start : min(stop, start + MAX_HEAD)].partition(b"\r\n\r\n")
        content = body[start + len(head) + len(blank) : stop]
        text = head.lstrip(b" \t").removeprefix(b"\r\n").decode("utf-8", "replace")
        name = re.search(r'[;\s]name="?([^";\r\n]*)"?', text, re.IGNORECASE)
        part = name[1] if name else ""
        title = file_name(text, extended)
        if title is None:
            fields.append((part, content.decode("utf-8", "replace")))
        else:
            files.append(UploadedFile(part, title, content, text.count("\r\n") + 1))
    return fields, files


def file_name(head: str, extended: bool = True) -> str | None:
    """Return the file name in the headers of a part: `filename*`, else the raw `filename`."""
    star = re.search(r"filename\*=\s*([\w-]+)''([^;\s]+)", head, re.IGNORECASE)
    if star and extended:
        return unquote(star[2], encoding=star[1])
    plain = re.search(r'filename="((?:[^"\\]|\\.)*)"|filename=([^;\s]+)', head, re.IGNORECASE)
    if not plain:
        return None
    return re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2]
