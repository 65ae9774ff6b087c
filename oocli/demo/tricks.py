"""How each fault of the transport is played on a connection."""

from __future__ import annotations

import functools
import struct
import zlib
from dataclasses import replace

from oocli.demo import faults
from oocli.demo.exchange import Answer
from oocli.demo.wire import Stage

_BLOCK = 1 << 20
JSON = ("Content-Type", "application/json; charset=utf-8")


def play(stage: Stage, fault: faults.Fault | None) -> None:
    """Give the normal answer, or what was ordered in its place or around it."""
    if fault is None:
        stage.send(stage.normal())
    elif isinstance(fault, Answer):
        stage.send(stage.noted(fault))
    elif isinstance(fault, faults.Replacement):
        stage.send(stage.noted(fault.answer()))
    else:
        _trick(fault, stage)


@functools.singledispatch
def _trick(fault: object, stage: Stage) -> None:
    raise TypeError(f"no fault: {fault!r}")


@_trick.register
def _delay(fault: faults.Delay, stage: Stage) -> None:
    answer = stage.normal() if fault.then is None else None
    stage.stopping.wait(fault.seconds)
    if answer is None:
        play(stage, fault.then)
    else:
        stage.send(answer)


@_trick.register
def _hang(fault: faults.Hang, stage: Stage) -> None:
    stage.close()
    stage.stopping.wait()


@_trick.register
def _drop_before(fault: faults.DropBeforeAnswer, stage: Stage) -> None:
    stage.close()
    if fault.acted:
        stage.normal()


@_trick.register
def _drop_in_headers(fault: faults.DropInHeaders, stage: Stage) -> None:
    stage.close()
    head = stage.head(stage.normal())
    stage.write(head[: head.index(b"\r\n") + 2] + b"Content-Ty")


@_trick.register
def _drop_in_body(fault: faults.DropInBody, stage: Stage) -> None:
    stage.close()
    answer = stage.normal()
    stage.write(stage.head(answer) + answer.body[: fault.after_bytes])


@_trick.register
def _wrong_length(fault: faults.WrongLength, stage: Stage) -> None:
    answer = stage.normal()
    length = str(max(len(answer.body) + fault.extra, 0))
    stage.close()
    stage.write(stage.head(answer, ("Content-Length", length), sized=False) + bytes(answer.body))


@_trick.register
def _half_chunk(fault: faults.HalfChunk, stage: Stage) -> None:
    stage.close()
    answer = stage.normal()
    body = bytes(answer.body)
    head = stage.head(answer, ("Transfer-Encoding", "chunked"), sized=False)
    stage.write(head + b"%x\r\n" % max(len(body), 2) + body[: max(len(body), 2) // 2])


@_trick.register
def _chunked(fault: faults.Chunked, stage: Stage) -> None:
    answer = stage.normal()
    stage.write(stage.head(answer, ("Transfer-Encoding", "chunked"), sized=False))
    for start in range(0, len(answer.body), fault.size):
        piece = answer.body[start : start + fault.size]
        stage.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    stage.write(b"0\r\n\r\n")


@_trick.register
def _no_length(fault: faults.NoLength, stage: Stage) -> None:
    stage.close()
    answer = stage.normal()
    head = stage.head(answer, ("Connection", "close"), sized=False)
    stage.write(head + bytes(answer.body))


@_trick.register
def _close_after(fault: faults.CloseAfter, stage: Stage) -> None:
    stage.close()
    stage.send(stage.normal(), *([("Connection", "close")] if fault.told else []))


@_trick.register
def _trickle(fault: faults.Trickle, stage: Stage) -> None:
    answer = stage.normal()
    stage.write(stage.head(answer))
    for at in range(len(answer.body)):
        stage.stopping.wait(fault.interval_s)
        stage.write(answer.body[at : at + 1])


@_trick.register
def _reset_connection(fault: faults.ResetConnection, stage: Stage) -> None:
    if fault.acted:
        stage.normal()
    stage.reset()


@_trick.register
def _bad_gzip(fault: faults.BadGzip, stage: Stage) -> None:
    answer = stage.noted(stage.act())
    stage.send(answer, ("Content-Encoding", "gzip"))


@_trick.register
def _gzip_bomb(fault: faults.GzipBomb, stage: Stage) -> None:
    stage.send(Answer(200, _blanks(fault.size), (JSON, ("Content-Encoding", "gzip"))))


def _blanks(size: int) -> bytes:
    """Pack blanks with gzip: one block is deflated once and repeated, so that it takes no time."""
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


@_trick.register
def _many_headers(fault: faults.ManyHeaders, stage: Stage) -> None:
    stage.send(stage.normal(), *[(f"X-Filler-{n}", "x" * 20) for n in range(fault.n)])


@_trick.register
def _extra_headers(fault: faults.ExtraHeaders, stage: Stage) -> None:
    stage.send(stage.normal(), *fault.headers)


@_trick.register
def _in_body(fault: faults.InBody, stage: Stage) -> None:
    stage.send(stage.noted(replace(stage.act(), body=fault.body, packed=False)))


@_trick.register
def _bytes(fault: faults.Bytes, stage: Stage) -> None:
    stage.close()
    stage.write(fault.raw)
