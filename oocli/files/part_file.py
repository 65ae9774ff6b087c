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
from oocli.files.local_folder import LocalFolder, check_replaceable
from oocli.files.tree import Entry
from oocli.model.errors import StorageError
from oocli.model.local_files import copy_access

_NAME = re.compile(r"\.oocli-([0-9a-f]{16})-[0-9a-f]{16}\.part")
_MAX_TRIES = 10
_IS_POSIX = os.name == "posix"
_OTHERS_WRITE = 0o022
# A part, or what others put in its place: a link, a pipe, a file that is not ours.
_IN_THE_WAY = (errno.EEXIST, errno.ELOOP, errno.ENXIO, errno.EACCES)


def part_name(portal: str, entry: Entry, name: str) -> str:
    """Return the name of the part of a file that is downloaded under a name.

    The first half tells file and name, the second the state of the file: version, size and time.
    """
    which = _digest(portal, entry.id, name)
    return f".oocli-{which}-{_digest(entry.version, entry.size, entry.updated)}.part"


def is_part(name: str) -> bool:
    """Whether a local file is what is there of a download that is not complete."""
    return _NAME.fullmatch(name) is not None


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


def drop_parts(
    folder: LocalFolder, parts: dict[str, list[str]], wanted: str, *, but_this: bool
) -> None:
    """Delete the parts of a file; `but_this` keeps the one of its present state, `wanted`."""
    for name in parts.get(str(_NAME.sub(r"\1", wanted)), ()) if parts else ():
        if not (but_this and name == wanted):
            with suppress(OSError):
                folder.remove(name)


class PartFile:
    """A part of a file, open and locked against other runs. Methods raise `OSError`."""

    def __init__(self, folder: LocalFolder, name: str, mode: int) -> None:
        """Open the part that an earlier run left, or make a new one with at most this mode."""
        self._folder, self._name, self._mode = folder, name, mode & ~_OTHERS_WRITE
        self._handle, self.size = self._opened()

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

        A new file has the mode; one that was there keeps its mode, owner and group.
        """
        before = self._folder.state(name)
        try:
            check_replaceable(before)
        except OSError:
            self.restart()
            raise
        if _IS_POSIX:
            if before is not None:
                copy_access(self._handle, before)
            elif mode != self._mode:
                os.fchmod(self._handle, mode)
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

    def _opened(self) -> tuple[int, int]:
        """Return a descriptor and the size so far."""
        for _ in range(_MAX_TRIES):
            is_new = True
            handle = self._open(os.O_EXCL)
            if handle is None:
                is_new, handle = False, self._open(0)
            if handle is None:
                self._folder.remove(self._name)
                continue
            try:
                if not lock_now(handle):
                    raise StorageError("another run of oocli is downloading this file")
                found = os.fstat(handle)
                # A run that had the lock until now may have finished the file: look again.
                if (is_new and not found.st_size) or self._has_name(found):
                    if is_new or _is_ours(found):
                        self._mode = stat.S_IMODE(found.st_mode)
                        kept, handle = handle, -1
                        return kept, found.st_size
                    self._folder.remove(self._name)
            finally:
                if handle >= 0:
                    os.close(handle)
        raise OSError(errno.EEXIST, f"{self._name} is put there again and again")

    def _has_name(self, opened: os.stat_result) -> bool:
        named = self._folder.state(self._name)
        return named is not None and (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)

    def _open(self, flags: int) -> int | None:
        """Return a descriptor; None where something is in the way."""
        flags |= os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        try:
            return self._folder.open_file(self._name, flags, self._mode)
        except OSError as failure:
            if failure.errno in _IN_THE_WAY:
                return None
            raise


def _is_ours(found: os.stat_result) -> bool:
    """Whether nobody else can have written to a part: else its bytes would become the file's."""
    if not stat.S_ISREG(found.st_mode):
        return False
    if not _IS_POSIX:
        return True
    is_own = found.st_uid == os.geteuid() and found.st_nlink == 1
    return is_own and not found.st_mode & _OTHERS_WRITE


def _digest(*facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
