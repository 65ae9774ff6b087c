"""Files that are still being downloaded: a neighbour of the file that it will replace.

Its name tells which file of which portal it is a part of, and of which state of that file. So the
next run finds it without any notes, goes on with it, and deletes those of an earlier state.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from contextlib import suppress

from oocli.config.private_file import lock_now
from oocli.files.local_folder import LocalFolder
from oocli.files.tree import Entry
from oocli.model.errors import StorageError
from oocli.model.whole_file import keep_access

_NAME = re.compile(r"\.oocli-([0-9a-f]{16})-[0-9a-f]{16}\.part")
_MAX_TRIES = 10
_IS_POSIX = os.name == "posix"


def part_name(portal: str, entry: Entry, name: str) -> str:
    """Return the name of the part of a file that is downloaded under a name.

    The first half tells file and name, the second the state of the file: version, size and time.
    """
    which = _digest(portal, entry.id, name)
    return f".oocli-{which}-{_digest(entry.version, entry.size, entry.updated)}.part"


def parts_in(folder: LocalFolder) -> dict[str, list[str]]:
    """Return the parts that lie in a folder, by the first half of their names.

    A folder whose names cannot be read has none that would be in the way.
    """
    found: dict[str, list[str]] = {}
    with suppress(OSError):
        for name in folder.names():
            if matched := _NAME.fullmatch(name):
                found.setdefault(matched[1], []).append(name)
    return found


def drop_stale(folder: LocalFolder, parts: dict[str, list[str]], wanted: str) -> None:
    """Delete the parts of a file that belong to another state of it than the part `wanted`."""
    for name in parts.get(str(_NAME.sub(r"\1", wanted)), ()):
        if name != wanted:
            with suppress(OSError):
                folder.remove(name)


class PartFile:
    """A part of a file, open and locked against other runs. Methods raise `OSError`."""

    def __init__(self, folder: LocalFolder, name: str) -> None:
        """Open the part that an earlier run left, or make a new one."""
        self._folder, self._name = folder, name
        self._handle = self._opened()
        self.size = os.lseek(self._handle, 0, os.SEEK_END)

    def write(self, chunk: bytes) -> None:
        """Add bytes."""
        view = memoryview(chunk)
        while view:  # a disk that is nearly full takes a part of it
            count = os.write(self._handle, view)
            view = view[count:]
            self.size += count

    def restart(self) -> None:
        """Let it be empty again."""
        os.ftruncate(self._handle, 0)
        self.size = 0

    def finish(self, name: str, mode: int, changed: float | None) -> None:
        """Let it take the place of the file `name`, with the time of the last change, and close it.

        A new file gets the mode; one that was there keeps its mode, owner and group.
        """
        before = self._folder.state(name)
        if before is not None and not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EEXIST, _what(before))
        if _IS_POSIX:
            if before is None:
                os.fchmod(self._handle, mode)
            else:
                keep_access(self._handle, before)
            if changed is not None:
                os.utime(self._handle, (changed, changed))
            self._folder.replace(self._name, name)
            self._release()
        else:
            self._release()  # Windows renames no open file
            self._folder.replace(self._name, name)
            if changed is not None:
                os.utime(self._folder.path / name, (changed, changed))

    def close(self) -> None:
        """Close it, and with it the lock; delete it if it is empty."""
        if self._handle >= 0 and not self.size:
            with suppress(OSError):
                self._folder.remove(self._name)
        self._release()

    def _release(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __enter__(self) -> PartFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> int:
        for _ in range(_MAX_TRIES):
            handle = self._open()
            try:
                if handle is None or not self._is_ours(handle):
                    self._folder.remove(self._name)
                elif not lock_now(handle):
                    raise StorageError("another run of oocli is downloading this file")
                # A run that had the lock before may have finished the file.
                elif self._has_name(handle):
                    kept, handle = handle, None
                    return kept
            finally:
                if handle is not None:
                    os.close(handle)
        raise OSError(errno.EEXIST, f"{self._name} is put there again and again")

    def _open(self) -> int | None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        try:
            return self._folder.open_file(self._name, flags)
        except OSError as failure:
            if failure.errno in (errno.ELOOP, errno.ENXIO, errno.EACCES):  # put there by others
                return None
            raise

    def _is_ours(self, handle: int) -> bool:
        """Whether nobody else can have written to it: else its bytes would become the file's."""
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return False
        if not _IS_POSIX:
            return True
        return found.st_uid == os.geteuid() and found.st_nlink == 1 and not found.st_mode & 0o077

    def _has_name(self, handle: int) -> bool:
        named, opened = self._folder.state(self._name), os.fstat(handle)
        return named is not None and (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


def _what(found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return "it is a symbolic link, which is not followed"
    return "it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no regular file"


def _digest(*facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
