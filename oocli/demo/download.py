"""Ranges of files, names of downloads, bulk downloads."""

from __future__ import annotations

import base64
import hashlib
import io
import mimetypes
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import quote

from oocli.demo.exchange import Answer, Body, Call, Part
from oocli.demo.storage import File, Folder, Storage
from oocli.demo.titles import unused

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


def signed(store: str, version: File) -> str:
    """Return the address of a version of a file at a second origin, good for an hour."""
    query = f"versionId={version.version}&X-Amz-Signature=5f1e&X-Amz-Expires=3600"
    return f"{store}/bucket/{version.id}?{query}"


def sent(body: Body, title: str, call: Call, *more: tuple[str, str]) -> Answer:
    """Answer with a file or a range of it."""
    part = ranged(body, call.header("Range"))
    headers = (media_type(title), disposition(title), *more)
    if part.span is None:
        return Answer(200, part.body, headers)
    return Answer(206, part.body, (*headers, ("Content-Range", part.span)))


@dataclass(frozen=True)
class Prepared:
    """What a bulk download has put aside for its user until it is fetched."""

    title: str
    body: Body


def bulk_title(entries: Sequence[File | Folder], now: float, *, pack_one_file: bool) -> str:
    """Name a bulk download: after the only entry, or after the portal and the date.

    So a later one often takes the place of an earlier one. Source: FileOperations/
    FileDownloadOperation.cs in ONLYOFFICE/CommunityServer and ONLYOFFICE/DocSpace-server.
    """
    only = entries[0] if len(entries) == 1 else None
    if isinstance(only, Folder):
        return f"{only.title}.zip"
    if only is not None and not pack_one_file:
        return only.title
    return f"demo-{datetime.fromtimestamp(now, timezone.utc):%Y-%m-%d}.zip"


def bulk_body(storage: Storage, entries: Sequence[File | Folder], *, pack_one_file: bool) -> Body:
    """Pack files and folders into a zip; a single folder is not part of the paths in it."""
    only = entries[0] if len(entries) == 1 else None
    if isinstance(only, Folder):
        return _archive(_paths(storage, _inside(storage, only)))
    if only is not None and not pack_one_file:
        return only.content
    return _archive(_paths(storage, entries))


def sealed(title: str) -> str:
    """Return what stands for a title in the address of a bulk download, which is encrypted."""
    return base64.b64encode(hashlib.sha256(title.encode()).digest()).decode()


def _archive(contents: Iterable[tuple[str, Body]]) -> bytes:
    """Return the same bytes for the same contents."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for path, content in contents:
            name = unused(path, packed.NameToInfo.__contains__)
            packed.writestr(zipfile.ZipInfo(name, _ARCHIVED_AT), bytes(content))
    return target.getvalue()


def _inside(storage: Storage, folder: Folder) -> list[File | Folder]:
    return [*storage.contents(folder.id), *storage.subfolders(folder.id)]


def _paths(
    storage: Storage, entries: Iterable[File | Folder], above: str = ""
) -> Iterator[tuple[str, Body]]:
    """Yield path and content of all there is, folders as empty entries that end in a slash."""
    for entry in entries:
        if isinstance(entry, File):
            yield above + entry.title, entry.content
        else:
            path = f"{above}{entry.title}/"
            yield path, b""
            yield from _paths(storage, _inside(storage, entry), path)
