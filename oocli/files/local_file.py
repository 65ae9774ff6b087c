"""Local files to upload: opened once, read in slices, and checked for changes meanwhile."""

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
    """A local file changed while it was uploaded, so the portal may have parts of two states."""


def unreadable(path: str, failure: Exception) -> StorageError:
    """Return the error for a local path that cannot be read."""
    why = getattr(failure, "strerror", None) or str(failure)
    return StorageError(f"{path} cannot be read: {why}")


class LocalFile:
    """A regular file that several threads may read. `size` is in bytes, `time` in nanoseconds.

    It stays open, so all reads are from the same file even if another takes its path.
    """

    def __init__(
        self, path: str, file: BinaryIO | None = None, *, follow_links: bool = True
    ) -> None:
        """Open the file at a path, or wrap an open temporary `file` with `path` as its label."""
        self.path = path
        self._lock = Lock()
        self._is_temporary = file is not None
        with ExitStack() as stack:
            try:
                # O_NONBLOCK, because opening a named pipe would wait for a writer.
                flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
                if not follow_links:
                    flags |= getattr(os, "O_NOFOLLOW", 0)
                if file is None:
                    file = io.FileIO(os.open(path, flags))
                self._file = stack.enter_context(file)
                found = os.fstat(file.fileno())
            except (OSError, ValueError) as failure:  # ValueError: a NUL in the path
                raise unreadable(path, failure) from None
            if not stat.S_ISREG(found.st_mode):
                raise StorageError(f"{path} is not a regular file")
            self.size, self.time = found.st_size, found.st_mtime_ns
            self._identity = _identity(found)
            self._stack = stack.pop_all()

    def read_at(self, offset: int, size: int) -> bytes:
        """Return at most `size` bytes at an offset. Raises `SourceChanged` if there are none."""
        try:
            with self._lock:
                self._file.seek(offset)
                found = self._file.read(size)
        except OSError as failure:
            raise unreadable(self.path, failure) from None
        if not found:
            raise SourceChanged(f"{self.path} became shorter while it was uploaded")
        return found

    def check(self) -> None:
        """Raise `SourceChanged` if the file has changed or another file has its path now."""
        try:
            found = [os.fstat(self._file.fileno())]
            if not self._is_temporary:
                found.append(Path(self.path).stat())
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


class FileSlice:
    """Some bytes of a local file as part of a request body. `on_bytes` counts the bytes read.

    The last bytes are returned only if the file has not changed, so that a portal never completes
    a request that mixes two states of the file.
    """

    def __init__(
        self, file: LocalFile, start: int, size: int, on_bytes: Callable[[int], None]
    ) -> None:
        self.size = size
        self._file, self._start, self._on_bytes = file, start, on_bytes
        self._done = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; b"" at the end."""
        left = self.size - self._done
        if not left:
            return b""
        found = self._file.read_at(self._start + self._done, min(size, left))
        self._done += len(found)
        if self._done == self.size:
            self._file.check()
        self._on_bytes(len(found))
        return found

    def rewind(self) -> None:
        """Go back to the first byte."""
        if self._done:
            self._on_bytes(-self._done)
            self._done = 0

    def close(self) -> None:
        """Do nothing: whoever opened the file closes it."""


def spool_stream(stream: BinaryIO, name: str) -> LocalFile:
    """Copy a stream of unknown length into a temporary file that only this user can read.

    The file has no name, or is deleted when it is closed.
    """
    with ExitStack() as stack:
        try:
            copy = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, copy, _BLOCK)
            copy.flush()
        except OSError as failure:
            why = failure.strerror or str(failure)
            raise StorageError(f"{name} cannot be copied to a temporary file: {why}") from None
        stack.pop_all()
    return LocalFile(name, copy)


def _identity(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
