"""Large bodies, kept in a temporary file instead of memory."""

from __future__ import annotations

import tempfile
import threading
import weakref
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import IO

from oocli.demo.messages import Body, LazyBytes

BLOCK = 1024 * 1024
"""Bodies below this size stay in memory; larger ones are written and read in such blocks."""


class JoinedBytes(LazyBytes):
    """Several bodies, one behind the other."""

    def __init__(self, parts: Sequence[Body]) -> None:
        self._parts = parts
        self._ends = [0, *accumulate(map(len, parts))]

    def __len__(self) -> int:
        return self._ends[-1]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places."""
        found: list[bytes] = []
        number = bisect_right(self._ends, start)
        while start < stop:
            above = self._ends[number - 1]
            found.append(self._parts[number - 1][start - above : stop - above])
            start, number = self._ends[number], number + 1
        return b"".join(found)


class Spool:
    """One temporary file for all large bodies; it is made when the first one comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None

    def keep(self, pieces: Iterable[bytes]) -> Body:
        """Take a body in pieces; small ones are returned as bytes."""
        stored: list[Body] = []
        buffer = bytearray()
        for piece in pieces:
            buffer += piece
            if len(buffer) >= BLOCK:
                stored.append(self._write(buffer))
                buffer.clear()
        return JoinedBytes([*stored, bytes(buffer)]) if stored else bytes(buffer)

    def _write(self, block: bytearray) -> StoredBytes:
        with self._lock:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
                weakref.finalize(self, self._file.close)
            start = self._file.seek(0, 2)
            self._file.write(block)
        return StoredBytes(self, start, len(block))

    def read(self, start: int, size: int) -> bytes:
        """Return bytes of the file."""
        with self._lock:
            if self._file is None:
                return b""
            self._file.seek(start)
            return self._file.read(size)


class StoredBytes(LazyBytes):
    """A block in a spool."""

    def __init__(self, spool: Spool, start: int, size: int) -> None:
        self._spool, self._start, self._size = spool, start, size

    def __len__(self) -> int:
        return self._size

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places."""
        return self._spool.read(self._start + start, stop - start)


def joined(parts: Sequence[Body]) -> Body:
    """Join bodies; a small result is put together in memory."""
    whole = JoinedBytes(parts)
    return bytes(whole) if len(whole) < BLOCK else whole


def find(body: Body, wanted: bytes, start: int = 0) -> int:
    """Return where bytes occur first, or -1; the body is looked through in blocks."""
    for place in range(start, len(body), BLOCK):
        found = body[place : place + BLOCK + len(wanted) - 1].find(wanted)
        if found >= 0:
            return place + found
    return -1
