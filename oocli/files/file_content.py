"""Read the content of a file at the portal and check it against the size that the portal lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from oocli.client.portal import PortalClient
from oocli.files.tree import Entry, segment
from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    InvalidResponse,
    OocliError,
    Rejected,
)
from oocli.model.request import Request, RequestTarget
from oocli.model.response import BodyRest, Response

# The handler of Workspace. DocSpace accepts any path that ends in its last segment
# (FilesServerServiceExtensions.cs). The `viewUrl` of a file is not used: it may name another host.
_HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
# A connection that delivered this many bytes does not count as a failed attempt.
_PROGRESS = 1 << 20


class WrongSize(InvalidResponse):
    """The content of a file has another size than the portal lists."""


def read_file(portal: PortalClient, entry: Entry, start: int = 0) -> Iterator[bytes]:
    """Yield the content of a file, starting at byte `start`.

    If the connection fails, it continues where it stopped. It gives up after as many failures as
    `limits.retries` allows, counted anew whenever a connection delivered a mebibyte. Raises
    `WrongSize` as soon as the content cannot have the listed size.
    """
    position, failures = start, 0
    while True:
        request = _request(portal, entry, position)
        content = _open(portal, entry, request)
        opened_at = position
        try:
            with closing(content.body):
                for chunk in content.chunks():
                    position += len(chunk)
                    if entry.size is not None and position > entry.size:
                        raise _wrong_size(entry, "more")
                    yield chunk
            if entry.size is not None and position < entry.size:
                raise _wrong_size(entry, f"only {position:,}")
            return
        except ConnectionFailed as failure:
            failures = 1 if position - opened_at >= _PROGRESS else failures + 1
            if failures > portal.limits.retries or isinstance(failure, CertificateFailed):
                failure.attempts = failures
                raise
            portal.http.pause_after(failure, failures, request)


class _Content(NamedTuple):
    body: BodyRest
    skip: int  # bytes at the start of the body that the caller has already

    def chunks(self) -> Iterator[bytes]:
        skip = self.skip
        for chunk in self.body:
            if skip < len(chunk):
                yield chunk[skip:] if skip else chunk
            skip = max(0, skip - len(chunk))


def _request(portal: PortalClient, entry: Entry, start: int) -> Request:
    query = f"action=download&fileid={segment(entry.id)}"
    if isinstance(entry.id, int) and entry.version:  # third-party storage has no versions
        query += f"&version={entry.version}"
    target = RequestTarget(_HANDLER, query, _HANDLER, is_api=False)
    return Request("GET", target, from_byte=start)


def _open(portal: PortalClient, entry: Entry, request: Request) -> _Content:
    start = request.from_byte or 0
    try:
        head, body = portal.open_file(request)
    except OocliError as failure:
        # A refused range is answered with 400 or 416: request the whole file instead.
        if start and isinstance(failure, Rejected) and failure.status in (400, 416):
            return _open(portal, entry, request._replace(from_byte=0))._replace(skip=start)
        raise
    try:
        return _Content(body, _bytes_to_skip(head, entry, start))
    except OocliError:
        body.close()
        raise


def _bytes_to_skip(head: Response, entry: Entry, start: int) -> int:
    """Return how many bytes to skip at the start of the body. Raises `InvalidResponse`."""
    headers = head.headers
    if head.status == 206 and start:
        found = _RANGE.fullmatch(headers.get("content-range", "").strip())
        if found is None or int(found[1]) != start or headers.get("content-encoding"):
            raise InvalidResponse("the portal sent the wrong part of the file", status=206)
        if entry.size is not None and found[3] not in ("*", str(entry.size)):
            raise _wrong_size(entry, f"a file of {int(found[3]):,}")
        return 0
    if head.status != 200:
        raise InvalidResponse("the answer is not a file", answer=head)
    length = headers.get("content-length", "")
    is_plain = not headers.get("content-encoding") and length.isascii() and length.isdigit()
    if entry.size is not None and is_plain and int(length[:19]) != entry.size:
        raise _wrong_size(entry, f"{int(length[:19]):,}")
    return start


def _wrong_size(entry: Entry, sent: str) -> WrongSize:
    return WrongSize(f"the portal lists {entry.size:,} bytes, but sends {sent}")
