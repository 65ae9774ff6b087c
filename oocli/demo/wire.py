"""Bytes on a connection: requests read, answers written."""

from __future__ import annotations

import contextlib
import gzip
import http
import io
import os
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from oocli.demo.exchange import Answer, Pairs, first, pieces

LINE_LIMIT = 65536
HEADER_LIMIT = 200
NOT_UNDERSTOOD = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
NO_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class Malformed(Exception):
    """The bytes received are no HTTP request."""


@dataclass(frozen=True)
class Incoming:
    """A request as read from the connection; `last` if the client will send no other one."""

    method: str
    target: str
    headers: Pairs
    body: bytes
    last: bool


def _line(stream: io.BufferedIOBase) -> str:
    line = stream.readline(LINE_LIMIT + 1)
    if len(line) > LINE_LIMIT:
        raise Malformed("line too long")
    return line.decode("latin-1").rstrip("\r\n")


def _headers(stream: io.BufferedIOBase) -> Pairs:
    found: list[tuple[str, str]] = []
    while line := _line(stream):
        name, colon, value = line.partition(":")
        if not colon or len(found) >= HEADER_LIMIT:
            raise Malformed("bad header")
        found.append((name, value.strip()))
    return tuple(found)


def _exactly(stream: io.BufferedIOBase, size: int) -> bytes:
    body = stream.read(size)
    if len(body) < size:
        raise ConnectionError("the client left in the middle of a body")
    return body


def _chunked(stream: io.BufferedIOBase) -> bytes:
    body = bytearray()
    while size := int(_line(stream).partition(";")[0], 16):
        body += _exactly(stream, size)
        _line(stream)
    while _line(stream):
        pass
    return bytes(body)


def read_request(stream: io.BufferedIOBase, go_on: Callable[[bytes], None]) -> Incoming | None:
    """Read one request whole, or None at the end of the connection.

    `go_on` writes the interim answer to a client that waits for it before it sends a body.
    """
    opening = _line(stream)
    if not opening:
        return None
    words = opening.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Malformed("bad request line")
    headers = _headers(stream)
    if (first(headers, "Expect") or "").lower() == "100-continue":
        go_on(b"HTTP/1.1 100 Continue\r\n\r\n")
    try:
        if (first(headers, "Transfer-Encoding") or "").lower() == "chunked":
            body = _chunked(stream)
        else:
            body = _exactly(stream, int(first(headers, "Content-Length") or "0"))
    except ValueError as error:
        raise Malformed("bad length") from error
    asked = (first(headers, "Connection") or "").lower()
    last = "close" in asked or (words[2] == "HTTP/1.0" and "keep-alive" not in asked)
    return Incoming(words[0], words[1], headers, body, last)


def converse(
    connection: socket.socket,
    stopping: threading.Event,
    each: Callable[[Incoming], bool],
) -> None:
    """Read requests and hand them on until the client leaves or `each` says that it is over."""
    with connection.makefile("rb") as stream:
        while not stopping.is_set():
            try:
                incoming = read_request(stream, connection.sendall)
            except Malformed:
                connection.sendall(NOT_UNDERSTOOD)
                return
            if incoming is None or not each(incoming):
                return


class Stage:
    """One connection and one request on it: where its answer is written.

    `base` are the headers each answer carries, `act` carries the request out and gives the normal
    answer, `note` is told each body before it is sent, `stopping` ends waits.
    """

    def __init__(
        self,
        connection: socket.socket,
        *,
        method: str,
        base: Pairs,
        act: Callable[[], Answer],
        note: Callable[[bytes], None],
        stopping: threading.Event,
    ) -> None:
        self.connection = connection
        self.method = method
        self.base = base
        self.act = act
        self.note = note
        self.stopping = stopping
        self.open = True

    def close(self) -> None:
        """Let this be the last answer of the connection."""
        self.open = False

    def bare(self, answer: Answer) -> bool:
        """Tell whether HTTP allows no body here."""
        return self.method == "HEAD" or answer.status in (204, 304) or answer.status < 200

    def head(self, answer: Answer, *extra: tuple[str, str], sized: bool = True) -> bytes:
        """Spell the status line and the headers with the blank line; `sized` adds the length."""
        reason = answer.reason
        if reason is None:
            with contextlib.suppress(ValueError):
                reason = http.HTTPStatus(answer.status).phrase
        lines = [f"HTTP/1.1 {answer.status} {reason or 'Unknown'}"]
        headers = [*self.base, *answer.headers, *extra]
        if sized and answer.status not in (204, 304):
            headers.append(("Content-Length", str(len(answer.body))))
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")

    def normal(self) -> Answer:
        """Act and return the answer as it goes out: noted as the last body, then compressed."""
        answer = self.noted(self.act())
        if not answer.packed or self.bare(answer):
            return answer
        body = gzip.compress(bytes(answer.body), mtime=0)
        return replace(answer, body=body).plus(("Content-Encoding", "gzip"))

    def send(self, answer: Answer, *extra: tuple[str, str]) -> None:
        """Write an answer as it should be."""
        self.write(self.head(answer, *extra))
        if not self.bare(answer):
            for piece in pieces(answer.body):
                self.write(piece)

    def write(self, raw: bytes) -> None:
        """Write bytes to the connection."""
        self.connection.sendall(raw)

    def noted(self, answer: Answer) -> Answer:
        """Remember the body as the last one, unless it is made only while it is sent."""
        self.note(answer.body if isinstance(answer.body, bytes) else b"")
        return answer

    def reset(self) -> None:
        """End the connection with a TCP reset instead of an orderly end."""
        self.open = False
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
