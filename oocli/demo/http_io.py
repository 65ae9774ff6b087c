"""HTTP on a connection: read requests, write responses."""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from oocli.demo.messages import Headers, Request, Response, chunks, first_value

MAX_LINE = 65536
MAX_HEADERS = 200
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
BodyReader = Callable[[Request, Iterator[bytes]], bytes]
"""Joins the pieces of the body of a request, which is given without it."""


def _read_line(stream: io.BufferedIOBase) -> str:
    line = stream.readline(MAX_LINE + 1)
    if len(line) > MAX_LINE:
        raise ValueError("line too long")
    return line.decode("latin-1").rstrip("\r\n")


def _read_headers(stream: io.BufferedIOBase) -> Headers:
    found: list[tuple[str, str]] = []
    while line := _read_line(stream):
        name, colon, value = line.partition(":")
        if not colon or len(found) >= MAX_HEADERS:
            raise ValueError("bad header")
        found.append((name, value.strip()))
    return tuple(found)


def _read_exactly(stream: io.BufferedIOBase, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = stream.read(min(size, MAX_LINE))
        if not piece:
            raise ConnectionError("the client closed the connection inside a body")
        size -= len(piece)
        yield piece


def _read_chunked(stream: io.BufferedIOBase) -> Iterator[bytes]:
    while size := int(_read_line(stream).partition(";")[0], 16):
        yield from _read_exactly(stream, size)
        _read_line(stream)
    while _read_line(stream):
        pass


def read_request(
    stream: io.BufferedIOBase,
    peer: str,
    send: Callable[[bytes], None],
    read_body: BodyReader,
) -> Request | None:
    """Read one request whole, or None at the end of the connection. Raises `ValueError`.

    `send` writes the interim response to a client that waits for it before it sends a body.
    """
    opening = _read_line(stream)
    if not opening:
        return None
    words = opening.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise ValueError("bad request line")
    headers = _read_headers(stream)
    connection = (first_value(headers, "Connection") or "").lower()
    last = "close" in connection or (words[2] == "HTTP/1.0" and "keep-alive" not in connection)
    request = Request(words[0], words[1], headers, b"", peer, keep_alive=not last)
    if (first_value(headers, "Expect") or "").lower() == "100-continue":
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
    if (first_value(headers, "Transfer-Encoding") or "").lower() == "chunked":
        pieces = _read_chunked(stream)
    else:
        pieces = _read_exactly(stream, int(first_value(headers, "Content-Length") or "0"))
    return replace(request, body=read_body(request, pieces))


def serve_connection(
    connection: socket.socket,
    peer: str,
    stopping: threading.Event,
    handle: Callable[[Request], bool],
    read_body: BodyReader = lambda request, pieces: b"".join(pieces),
) -> None:
    """Read requests and handle them until the client leaves or `handle` returns False."""
    with connection.makefile("rb") as stream:
        while not stopping.is_set():
            try:
                request = read_request(stream, peer, connection.sendall, read_body)
            except ValueError:
                connection.sendall(BAD_REQUEST)
                return
            if request is None or not handle(request):
                return


class ResponseWriter:
    """Writes the response to one request.

    `base_headers` come first. `open` is true as long as the connection may be used for another
    request.
    """

    def __init__(self, connection: socket.socket, method: str, base_headers: Headers) -> None:
        self.connection = connection
        self._method = method
        self._base_headers = base_headers
        self.open = True

    def has_body(self, response: Response) -> bool:
        """Tell whether HTTP allows a body here."""
        return self._method != "HEAD" and response.status not in (204, 304)

    def head(self, response: Response, *more: tuple[str, str], sized: bool = True) -> bytes:
        """Return the status line and the headers; `sized` adds `Content-Length`."""
        reason = response.reason or http.client.responses.get(response.status, "Unknown")
        lines = [f"HTTP/1.1 {response.status} {reason}"]
        headers = [*self._base_headers, *response.headers, *more]
        if sized and response.status not in (204, 304):
            headers.append(("Content-Length", str(len(response.body))))
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")

    def send(self, response: Response, *more: tuple[str, str]) -> None:
        """Write a response, with more headers at its end."""
        self.write(self.head(response, *more))
        if self.has_body(response):
            for chunk in chunks(response.body):
                self.write(chunk)

    def write(self, raw: bytes) -> None:
        """Write bytes to the connection."""
        self.connection.sendall(raw)
