"""Large bodies for tests, which are generated when read or kept in a temporary file.

The demo portal treats each body as `bytes`. These classes have the same length, slices and `find`,
so a test can upload and download more than fits into memory.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import weakref
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import IO

BLOCK = 1024 * 1024
"""Bodies below this size are `bytes`; larger ones are written and read in blocks of it."""


class LazyBytes(ABC):
    """Bytes that are read in parts, so that a large file is never completely in memory."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to `stop`."""

    def __getitem__(self, part: slice) -> Body:
        start, stop, _ = part.indices(len(self))
        stop = max(start, stop)
        return self.read(start, stop) if stop - start < BLOCK else BodySlice(self, start, stop)

    def __bytes__(self) -> bytes:
        return self.read(0, len(self))

    def __radd__(self, head: bytes) -> bytes:
        return head + bytes(self)

    def decode(self, *args: str) -> str:
        """Decode all bytes."""
        return bytes(self).decode(*args)

    def startswith(self, wanted: bytes) -> bool:
        """Tell whether the body starts with these bytes."""
        return self.read(0, min(len(wanted), len(self))) == wanted

    def find(self, wanted: bytes, start: int = 0) -> int:
        """Return the first position of these bytes, or -1; the body is searched in blocks."""
        for place in range(start, len(self), BLOCK):
            found = self.read(place, min(place + BLOCK + len(wanted) - 1, len(self))).find(wanted)
            if found >= 0:
                return place + found
        return -1


Body = bytes | LazyBytes


@dataclass(frozen=True)
class GeneratedBytes(LazyBytes):
    """`size` bytes that are generated when they are read, always the same for a seed."""

    size: int
    seed: str = ""

    @cached_property
    def _block(self) -> bytes:
        digests = (hashlib.sha256(f"{self.seed}:{n}".encode()).digest() for n in range(128))
        return b"".join(digests)

    def __len__(self) -> int:
        return self.size

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to `stop`."""
        block = self._block
        skip = start % len(block)
        repeats = (skip + stop - start) // len(block) + 1
        return (block * repeats)[skip : skip + stop - start]


@dataclass(frozen=True)
class BodySlice(LazyBytes):
    """A part of a body, without a copy of its bytes."""

    whole: LazyBytes
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to `stop`."""
        return self.whole.read(self.start + start, self.start + stop)


class JoinedBytes(LazyBytes):
    """Several bodies, one after the other."""

    def __init__(self, parts: Sequence[Body]) -> None:
        self._parts = parts
        self._ends = [0, *accumulate(map(len, parts))]

    def __len__(self) -> int:
        return self._ends[-1]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to `stop`."""
        found: list[bytes] = []
        number = bisect_right(self._ends, start)
        while start < stop:
            above = self._ends[number - 1]
            found.append(bytes(self._parts[number - 1][start - above : stop - above]))
            start, number = self._ends[number], number + 1
        return b"".join(found)


class Spool:
    """A temporary file for all large bodies, which is created for the first of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None

    def keep(self, pieces: Iterable[bytes]) -> Body:
        """Keep a body that arrives in pieces; a small one is returned as `bytes`."""
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
        """Return the bytes from `start` up to `stop`."""
        return self._spool.read(self._start + start, stop - start)


def joined(parts: Sequence[Body]) -> Body:
    """Join bodies; a small result is `bytes`."""
    whole = JoinedBytes(parts)
    return bytes(whole) if len(whole) < BLOCK else whole
