"""Compressed responses, as Workspace and the reverse proxies of both kinds send them."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import replace

from oocli.demo.http_io import ResponseWriter
from oocli.demo.messages import API, Request, Response, chunks

WORKSPACE_TYPES = "text/plain text/html text/css application/json"
DOCSPACE_TYPES = (
    "text/plain text/html text/css text/csv text/xml application/json application/javascript"
)
MIN_COMPRESSED = 1000
_GZIP = re.compile(r"\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))")


def compress(request: Request, response: Response) -> Response:
    """Compress a success of the Workspace API.

    Workspace splits the header at commas and looks for `gzip` without a space before it.
    """
    accepted = (request.header("Accept-Encoding") or "").split(",")
    in_api = request.path.lower().startswith(API) and "ETag" in dict(response.headers)
    if "gzip" not in accepted or not in_api or response.status >= 400 or request.method == "HEAD":
        return response
    body = gzip.compress(response.body, mtime=0)
    return replace(response, body=body).plus(("Content-Encoding", "gzip"))


def is_compressed_by_proxy(request: Request, response: Response, types: str) -> bool:
    """Tell whether the reverse proxy compresses a file: a whole text file of at least 1000 bytes.

    Source: onlyoffice.conf in ONLYOFFICE/DocSpace-buildtools.
    """
    return (
        bool(_GZIP.search(request.header("Accept-Encoding") or ""))
        and response.status == 200
        and len(response.body) >= MIN_COMPRESSED
        and response.header("Content-Disposition") is not None
        and response.header("Content-Type") in types.split()
    )


def send_compressed(writer: ResponseWriter, response: Response, *more: tuple[str, str]) -> None:
    """Compress a body while it is sent, without the headers about its length and ranges."""
    kept = [pair for pair in response.headers if pair[0] not in ("Accept-Ranges", "ETag")]
    coding = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), *more)
    writer.write(writer.head(replace(response, headers=(*kept, *coding)), sized=False))
    compressor = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    for piece in (*map(compressor.compress, chunks(response.body)), compressor.flush()):
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b"")
    writer.write(b"0\r\n\r\n")
