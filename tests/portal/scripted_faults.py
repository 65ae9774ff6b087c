"""Carry out each fault on a connection."""

from __future__ import annotations

import functools
import os
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from oocli.demo.http_io import ResponseWriter
from oocli.demo.messages import Response
from tests.portal import compression, faults

_BLOCK = 1 << 20
_NO_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
JSON = ("Content-Type", "application/json; charset=utf-8")


@dataclass
class Exchange:
    """A request and the connection for its response.

    `carry_out` carries out the request and returns the normal response, `note` receives each body
    before it is sent, and `stopping` ends waits. `compress` compresses the normal response;
    `is_compressed` tells whether a response is compressed while it is sent.
    """

    writer: ResponseWriter
    carry_out: Callable[[], Response]
    note: Callable[[bytes], None]
    stopping: threading.Event
    compress: Callable[[Response], Response] = lambda response: response
    is_compressed: Callable[[Response], bool] = lambda response: False

    def normal(self) -> Response:
        """Carry out the request, note the body, and return the response, maybe compressed."""
        return self.compress(self.noted(self.carry_out()))

    def noted(self, response: Response) -> Response:
        """Note the body of a response, unless it is generated while it is sent."""
        self.note(response.body if isinstance(response.body, bytes) else b"")
        return response

    def send(self, response: Response, *more: tuple[str, str]) -> None:
        """Write a response, with further headers at its end."""
        if self.is_compressed(response) and self.writer.has_body(response):
            compression.send_compressed(self.writer, response, *more)
        else:
            self.writer.send(response, *more)

    def head(self, response: Response, *more: tuple[str, str], sized: bool = True) -> bytes:
        """Return the status line and the headers; `sized` adds `Content-Length`."""
        return self.writer.head(response, *more, sized=sized)

    def write(self, raw: bytes) -> None:
        """Write bytes to the connection."""
        self.writer.write(raw)

    def close(self) -> None:
        """Close the connection after this response."""
        self.writer.open = False

    def reset(self) -> None:
        """End the connection with a TCP reset."""
        self.close()
        self.writer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)


def respond(exchange: Exchange, fault: faults.Fault | None) -> None:
    """Send the normal response, or carry out a fault."""
    if fault is None:
        exchange.send(exchange.normal())
    elif isinstance(fault, Response):
        exchange.send(exchange.noted(fault))
    elif isinstance(fault, faults.Replacement):
        exchange.send(exchange.noted(fault.response()))
    else:
        _carry_out(fault, exchange)


@functools.singledispatch
def _carry_out(fault: object, exchange: Exchange) -> None:
    raise TypeError(f"no fault: {fault!r}")


@_carry_out.register
def _delay(fault: faults.Delay, exchange: Exchange) -> None:
    response = exchange.normal() if fault.then is None else None
    exchange.stopping.wait(fault.seconds)
    if response is None:
        respond(exchange, fault.then)
    else:
        exchange.send(response)


@_carry_out.register
def _hang(fault: faults.Hang, exchange: Exchange) -> None:
    exchange.close()
    exchange.stopping.wait()


@_carry_out.register
def _drop_before(fault: faults.DropBeforeAnswer, exchange: Exchange) -> None:
    exchange.close()
    if fault.acted:
        exchange.normal()


@_carry_out.register
def _drop_in_headers(fault: faults.DropInHeaders, exchange: Exchange) -> None:
    exchange.close()
    head = exchange.head(exchange.normal())
    exchange.write(head[: head.index(b"\r\n") + 2] + b"Content-Ty")


@_carry_out.register
def _drop_in_body(fault: faults.DropInBody, exchange: Exchange) -> None:
    exchange.close()
    response = exchange.normal()
    exchange.write(exchange.head(response) + response.body[: fault.after_bytes])


@_carry_out.register
def _wrong_length(fault: faults.WrongLength, exchange: Exchange) -> None:
    response = exchange.normal()
    length = str(max(len(response.body) + fault.extra, 0))
    exchange.close()
    exchange.write(
        exchange.head(response, ("Content-Length", length), sized=False) + bytes(response.body)
    )


@_carry_out.register
def _half_chunk(fault: faults.HalfChunk, exchange: Exchange) -> None:
    exchange.close()
    response = exchange.normal()
    body = bytes(response.body)
    head = exchange.head(response, ("Transfer-Encoding", "chunked"), sized=False)
    exchange.write(head + b"%x\r\n" % max(len(body), 2) + body[: max(len(body), 2) // 2])


@_carry_out.register
def _chunked(fault: faults.Chunked, exchange: Exchange) -> None:
    response = exchange.normal()
    exchange.write(exchange.head(response, ("Transfer-Encoding", "chunked"), sized=False))
    for start in range(0, len(response.body), fault.size):
        chunk = response.body[start : start + fault.size]
        exchange.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
    exchange.write(b"0\r\n\r\n")


@_carry_out.register
def _no_length(fault: faults.NoLength, exchange: Exchange) -> None:
    exchange.close()
    response = exchange.normal()
    head = exchange.head(response, ("Connection", "close"), sized=False)
    exchange.write(head + bytes(response.body))


@_carry_out.register
def _close_after(fault: faults.CloseAfter, exchange: Exchange) -> None:
    exchange.close()
    exchange.send(exchange.normal(), *([("Connection", "close")] if fault.announced else []))


@_carry_out.register
def _trickle(fault: faults.Trickle, exchange: Exchange) -> None:
    response = exchange.normal()
    exchange.write(exchange.head(response))
    for at in range(len(response.body)):
        exchange.stopping.wait(fault.interval_s)
        exchange.write(response.body[at : at + 1])


@_carry_out.register
def _reset_connection(fault: faults.ResetConnection, exchange: Exchange) -> None:
    if fault.acted:
        exchange.normal()
    exchange.reset()


@_carry_out.register
def _bad_gzip(fault: faults.BadGzip, exchange: Exchange) -> None:
    response = exchange.noted(exchange.carry_out())
    exchange.send(response, ("Content-Encoding", "gzip"))


@_carry_out.register
def _gzip_bomb(fault: faults.GzipBomb, exchange: Exchange) -> None:
    exchange.send(
        Response(200, _compressed_spaces(fault.size), (JSON, ("Content-Encoding", "gzip")))
    )


def _compressed_spaces(size: int) -> bytes:
    """Return `size` spaces as gzip; one block is deflated and then repeated, to save time."""
    block, blocks = b" " * _BLOCK, size // _BLOCK
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    repeated = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    rest = deflate.compress(b" " * (size % _BLOCK)) + deflate.flush()
    check = 0
    for _ in range(blocks):
        check = zlib.crc32(block, check)
    check = zlib.crc32(b" " * (size % _BLOCK), check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + repeated * blocks + rest + struct.pack("<II", check, size & 0xFFFFFFFF)


@_carry_out.register
def _many_headers(fault: faults.ManyHeaders, exchange: Exchange) -> None:
    exchange.send(exchange.normal(), *[(f"X-Filler-{n}", "x" * 20) for n in range(fault.n)])


@_carry_out.register
def _extra_headers(fault: faults.ExtraHeaders, exchange: Exchange) -> None:
    exchange.send(exchange.normal(), *fault.headers)


@_carry_out.register
def _in_body(fault: faults.InBody, exchange: Exchange) -> None:
    exchange.send(exchange.noted(replace(exchange.carry_out(), body=fault.body)))


@_carry_out.register
def _bytes(fault: faults.Bytes, exchange: Exchange) -> None:
    exchange.close()
    exchange.write(fault.raw)
