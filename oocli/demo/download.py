"""Downloads: ranges, names, archives of several files."""

from __future__ import annotations

import html
import io
import mimetypes
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from urllib.parse import quote

from oocli.demo.accounts import Account
from oocli.demo.arguments import BadArgument, query_arguments
from oocli.demo.messages import Request, Response
from oocli.demo.operations import Entries
from oocli.demo.state import PortalState
from oocli.demo.storage import File, Folder, Storage
from oocli.demo.titles import unused_title

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_ARCHIVED_AT = (2026, 1, 1, 0, 0, 0)


def cut_range(body: bytes, header: str | None) -> tuple[bytes, str | None]:
    """Return what a `Range` header asks for, and the value of `Content-Range` or None for all.

    Suffixes, several ranges and starts past the end are refused; a range of the whole file
    is ignored (ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Products/Files/HttpHandlers/
    FileHandler.ashx.cs).
    """
    if header is None:
        return body, None
    size, match = len(body), _RANGE.fullmatch(header.strip())
    start = int(match[1]) if match else size
    stop = min(int(match[2]) + 1, size) if match and match[2] else size
    if start >= stop:
        raise BadArgument(header)  # most servers say 416
    if stop - start == size:
        return body, None
    return body[start:stop], f"bytes {start}-{stop - 1}/{size}"


def send_body(title: str, body: bytes, request: Request, *more: tuple[str, str]) -> Response:
    """Answer with a file or a range of it. Old clients get an ASCII name as well."""
    part, content_range = cut_range(body, request.header("Range"))
    plain = re.sub(r'["?\x00-\x1f\x7f]', "_", title.encode("ascii", "replace").decode())
    name = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title, safe='')}"
    media_type = mimetypes.guess_type(title)[0] or "application/octet-stream"
    headers = (("Content-Type", media_type), ("Content-Disposition", name), *more)
    if content_range is None:
        return Response(200, part, headers)
    return Response(206, part, (*headers, ("Content-Range", content_range)))


def file_page(
    request: Request,
    state: PortalState,
    caller: Account | None,
    header: Callable[[File], tuple[str, str]],
) -> Response | None:
    """Send a file with one more header, or return None for an unknown action.

    403 and 404 have no body; other errors are 400 with an escaped message.
    """
    arguments = query_arguments(request)
    action = arguments.text("action").lower()
    try:
        if action == "bulk":
            if caller is None:
                return Response(403)
            found = state.bulk_downloads.get((caller.id, arguments.text("filename")))
            return send_body(*found, request) if found else Response(404)
        if action in ("download", "view", "stream"):
            file = state.storage.file(arguments.text("fileid"))
            if file is None or not state.storage.readable(file, caller):
                return Response(403 if file else 404)
            version = file.at_version(arguments.number("version"))
            if version is None:
                return Response(404)
            if state.file_address:
                return Response(302, b"", (("Location", state.file_address(version)),))
            return send_body(version.title, version.content, request, header(version))
    except BadArgument as error:
        text = html.escape(f"The request is not valid: <{error}>")
        return Response(400, text.encode(), (("Content-Type", "text/html"),))
    return None


def bulk_title(entries: Sequence[File | Folder], now: float, *, pack_one_file: bool) -> str:
    """Name a bulk download: after the only entry, or after the portal and the date.

    So a later one often replaces an earlier one. Source: FileOperations/
    FileDownloadOperation.cs in ONLYOFFICE/CommunityServer and ONLYOFFICE/DocSpace-server.
    """
    only = entries[0] if len(entries) == 1 else None
    if isinstance(only, Folder):
        return f"{only.title}.zip"
    if only is not None and not pack_one_file:
        return only.title
    return f"demo-{datetime.fromtimestamp(now, timezone.utc):%Y-%m-%d}.zip"


def bulk_body(storage: Storage, entries: Entries, *, pack_one_file: bool) -> bytes:
    """Pack files and folders into a zip; the paths in it leave out a single folder's title."""
    only = entries[0] if len(entries) == 1 else None
    if isinstance(only, File) and not pack_one_file:
        return only.content
    if isinstance(only, Folder):
        entries = storage.members(only)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in _paths(storage, entries):
            name = unused_title(path, archive.NameToInfo.__contains__)
            archive.writestr(zipfile.ZipInfo(name, _ARCHIVED_AT), bytes(content))
    return target.getvalue()


def _paths(storage: Storage, entries: Entries, above: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each entry; folders are empty and end in a slash."""
    for entry in entries:
        if isinstance(entry, File):
            yield above + entry.title, entry.content
        else:
            path = f"{above}{entry.title}/"
            yield path, b""
            yield from _paths(storage, storage.members(entry), path)
