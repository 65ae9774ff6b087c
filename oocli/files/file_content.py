"""The content of one file at the portal, checked against the size that the portal lists."""

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

# The handler of Workspace; DocSpace answers to any path with this last word
# (FilesServerServiceExtensions.cs). The `viewUrl` of a file may name another host.
_HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
# After so many bytes a connection that breaks off is no reason to give up.
_ENOUGH = 1 << 20


class WrongSize(InvalidResponse):
    """The content of a file is not as long as the portal lists it."""


def read_file(portal: PortalClient, entry: Entry, start: int = 0) -> Iterator[bytes]:
    """Yield the content of a file from a byte on.

    Where the connection breaks off it goes on from there, as often as the limits of the portal's
    client allow without a mebibyte in between. Raises `WrongSize` as soon as the content and the
    listed size cannot agree.
    """
    at, breaks = start, 0
    while True:
        request = _request(portal, entry, at)
        content = _open(portal, entry, request)
        began = at
        try:
            with closing(content.body):
                for chunk in content.chunks():
                    at += len(chunk)
                    if entry.size is not None and at > entry.size:
                        raise _wrong_size(entry, "more")
                    yield chunk
            if entry.size is not None and at < entry.size:
                raise _wrong_size(entry, f"only {at:,}")
            return
        except ConnectionFailed as failure:
            breaks = 1 if at - began >= _ENOUGH else breaks + 1
            if breaks > portal.limits.retries or isinstance(failure, CertificateFailed):
                failure.attempts = breaks
                raise
            portal.http.pause_after(failure, breaks, request)


class _Content(NamedTuple):
    body: BodyRest
    skip: int  # bytes that are there already

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
        # Handlers answer 400, others 416, to a range that they do not like: then all of it.
        if start and isinstance(failure, Rejected) and failure.status in (400, 416):
            return _open(portal, entry, request._replace(from_byte=0))._replace(skip=start)
        raise
    try:
        return _Content(body, _bytes_to_skip(head, entry, start))
    except OocliError:
        body.close()
        raise


def _bytes_to_skip(head: Response, entry: Entry, start: int) -> int:
    """Return how many bytes of an answer come before the first one wanted."""
    headers = head.headers
    if head.status == 206 and start:
        found = _RANGE.fullmatch(headers.get("content-range", "").strip())
        if found is None or int(found[1]) != start or headers.get("content-encoding"):
            raise InvalidResponse("the portal sent another part of the file", status=206)
        if entry.size is not None and found[3] not in ("*", str(entry.size)):
            raise _wrong_size(entry, f"one of {int(found[3]):,}")
        return 0
    if head.status != 200:
        raise InvalidResponse("the answer is no file", answer=head)
    length = headers.get("content-length", "")
    is_plain = not headers.get("content-encoding") and length.isascii() and length.isdigit()
    if entry.size is not None and is_plain and int(length[:19]) != entry.size:
        raise _wrong_size(entry, f"{int(length[:19]):,}")
    return start


def _wrong_size(entry: Entry, came: str) -> WrongSize:
    return WrongSize(f"the portal lists {entry.size:,} bytes, but sends {came}")
