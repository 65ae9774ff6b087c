"""Ranges of files, names of downloads, archives of several files."""

from __future__ import annotations

import io
import mimetypes
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from oocli.demo.exchange import Answer, Body, Call, Part
from oocli.demo.storage import File

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_ARCHIVED_AT = (2026, 1, 1, 0, 0, 0)


class BadRange(Exception):
    """A range that the file handler does not take: it answers 400 where others say 416."""


@dataclass(frozen=True)
class Slice:
    """What a request gets of a file; `span` is the value of `Content-Range`, or None for all."""

    body: Body
    span: str | None


def ranged(body: Body, header: str | None) -> Slice:
    """Read a `Range` header: suffixes, several ranges and starts behind the end are refused.

    A range that covers the whole file is answered like none (ONLYOFFICE/CommunityServer,
    web/studio/ASC.Web.Studio/Products/Files/HttpHandlers/FileHandler.ashx.cs).
    """
    if header is None:
        return Slice(body, None)
    match = _RANGE.fullmatch(header.strip())
    size = len(body)
    if not match or int(match[1]) >= size:
        raise BadRange(header)
    start, stop = int(match[1]), min(int(match[2]) + 1 if match[2] else size, size)
    if stop <= start:
        raise BadRange(header)
    if stop - start == size:
        return Slice(body, None)
    return Slice(Part(body, start, stop), f"bytes {start}-{stop - 1}/{size}")


def disposition(title: str) -> tuple[str, str]:
    """Name a download: a quoted form for old clients, the real one after it."""
    plain = title.encode("ascii", "replace").decode().replace('"', "_").replace("?", "_")
    value = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title, safe='')}"
    return ("Content-Disposition", value)


def media_type(title: str) -> tuple[str, str]:
    """Guess the type from the ending."""
    guessed = mimetypes.guess_type(title)[0] or "application/octet-stream"
    return ("Content-Type", guessed)


def sent(body: Body, title: str, call: Call, *more: tuple[str, str]) -> Answer:
    """Answer with a file or a range of it."""
    part = ranged(body, call.header("Range"))
    headers = (media_type(title), disposition(title), *more)
    if part.span is None:
        return Answer(200, part.body, headers)
    return Answer(206, part.body, (*headers, ("Content-Range", part.span)))


def archive(files: Iterable[File]) -> bytes:
    """Pack files into a zip, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for file in files:
            packed.writestr(zipfile.ZipInfo(file.title, _ARCHIVED_AT), bytes(file.content))
    return target.getvalue()
