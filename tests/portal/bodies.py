"""Large bodies for tests: made when they are read, or kept in a temporary file.

The demo portal treats each body as `bytes`. These have the same length, slices and `find`, so that
a test can upload and download more than memory holds.
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
"""Bodies below this size are `bytes`; larger ones are written and read in such blocks."""


class LazyBytes(ABC):
    """Bytes that are read in parts, so that a large file is never whole in memory."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places."""

    def __getitem__(self, part: slice) -> Body:
        start, stop, _ = part.indices(len(self))
        stop = max(start, stop)
        return self.read(start, stop) if stop - start < BLOCK else BodySlice(self, start, stop)

    def __bytes__(self) -> bytes:
        return self.read(0, len(self))

    def __radd__(self, head: bytes) -> bytes:
        return head + bytes(self)

    def decode(self, *args: str) -> str:
        """Return the text of all bytes."""
        return bytes(self).decode(*args)

    def startswith(self, wanted: bytes) -> bool:
        """Tell whether the first bytes are these."""
        return self.read(0, min(len(wanted), len(self))) == wanted

    def find(self, wanted: bytes, start: int = 0) -> int:
        """Return where bytes occur first, or -1; the body is looked through in blocks."""
        for place in range(start, len(self), BLOCK):
            found = self.read(place, min(place + BLOCK + len(wanted) - 1, len(self))).find(wanted)
            if found >= 0:
                return place + found
        return -1


Body = bytes | LazyBytes


@dataclass(frozen=True)
class GeneratedBytes(LazyBytes):
    """`size` bytes that are made when they are read, always the same for one seed."""

    size: int
    seed: str = ""

    @cached_property
    def _block(self) -> bytes:
        digests = (hashlib.sha256(f"{self.seed}:{n}".encode()).digest() for n in range(128))
        return b"".join(digests)

    def __len__(self) -> int:
        return self.size

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places."""
        block = self._block
        skip = start % len(block)
        repeats = (skip + stop - start) // len(block) + 1
        return (block * repeats)[skip : skip + stop - start]


@dataclass(frozen=True)
class BodySlice(LazyBytes):
    """A part of a body, so that a range of a large file is not copied."""

    whole: LazyBytes
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places."""
        return self.whole.read(self.start + start, self.start + stop)


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
            found.append(bytes(self._parts[number - 1][start - above : stop - above]))
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
