"""Local files that are uploaded: opened once, read in pieces, and watched for changes meanwhile."""

from __future__ import annotations

import io
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from oocli.model.errors import StorageError

_BLOCK = 256 * 1024  # bytes


class SourceChanged(StorageError):
    """A local file changed while it was read; what the portal has of it proves nothing."""


class LocalFile:
    """A regular file that several threads read. `size` is in bytes, `time` in nanoseconds.

    Every read is one of the file that was opened, whatever its path means by then.
    """

    def __init__(
        self, path: str, file: BinaryIO | None = None, *, follow_links: bool = True
    ) -> None:
        """Open the file at a path, or take an open one that is no file of the user."""
        self.path, self._place = path, Path(path)
        self._lock = Lock()
        self._is_own = file is not None
        with ExitStack() as stack:
            try:
                # A named pipe would block here until somebody writes to it.
                flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
                if not follow_links:
                    flags |= getattr(os, "O_NOFOLLOW", 0)
                if file is None:
                    file = io.FileIO(os.open(path, flags))
                self._file = stack.enter_context(file)
                found = os.fstat(file.fileno())
            except (OSError, ValueError) as failure:  # ValueError: a NUL in the path
                raise self._unreadable(failure) from None
            if not stat.S_ISREG(found.st_mode):
                raise StorageError(f"{path} is not a regular file")
            self.size, self.time = found.st_size, found.st_mtime_ns
            self._identity = _identity(found)
            self._stack = stack.pop_all()

    def read_at(self, offset: int, size: int) -> bytes:
        """Return the bytes at an offset, at most `size`. Raises `SourceChanged` at an early end."""
        try:
            with self._lock:
                self._file.seek(offset)
                found = self._file.read(size)
        except OSError as failure:
            raise self._unreadable(failure) from None
        if not found:
            raise SourceChanged(f"{self.path} became shorter while it was uploaded")
        return found

    def check(self) -> None:
        """Raise `SourceChanged` if the file, or what its path means, is not what was opened."""
        try:
            found = [os.fstat(self._file.fileno())]
            if not self._is_own:
                found.append(self._place.stat())
        except OSError as failure:
            raise SourceChanged(f"{self.path} changed while it was uploaded: {failure}") from None
        if any(_identity(state) != self._identity for state in found):
            raise SourceChanged(f"{self.path} changed while it was uploaded")

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def __enter__(self) -> LocalFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unreadable(self, failure: Exception) -> StorageError:
        why = getattr(failure, "strerror", None) or str(failure)
        return StorageError(f"{self.path} cannot be read: {why}")


class Piece:
    """Some bytes of a local file as a part of a body; `moved` is told of all that is read.

    The last of them are handed out only if the file has not changed, so that a portal never gets
    the end of a request whose beginning was another file.
    """

    def __init__(
        self, file: LocalFile, start: int, size: int, moved: Callable[[int], None]
    ) -> None:
        self.size = size
        self._file, self._start, self._moved = file, start, moved
        self._done = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        left = self.size - self._done
        if not left:
            return b""
        found = self._file.read_at(self._start + self._done, min(size, left))
        self._done += len(found)
        if self._done == self.size:
            self._file.check()
        self._moved(len(found))
        return found

    def rewind(self) -> None:
        """Start again from the first byte."""
        if self._done:
            self._moved(-self._done)
            self._done = 0

    def close(self) -> None:
        """Do nothing: the file is closed by whoever opened it."""


def kept_stream(stream: BinaryIO, name: str) -> LocalFile:
    """Copy a stream of unknown length into a file that only this process can read.

    It has no name, or is deleted as soon as it is closed.
    """
    with ExitStack() as stack:
        try:
            kept = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, kept, _BLOCK)
            kept.flush()
        except OSError as failure:
            why = failure.strerror or str(failure)
            raise StorageError(f"{name} cannot be kept in a temporary file: {why}") from None
        stack.pop_all()
    return LocalFile(name, kept)


def _identity(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
