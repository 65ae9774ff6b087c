"""Part files: downloads that are not complete yet, in the same folder as the finished file.

The name of a part file identifies the portal, the file and the state of the file. So the next run
can find it and continue, and delete parts of an older state, without any other record.
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
# Errors that mean that a part file, a link, a pipe or another user's file has the name.
_IN_THE_WAY = (errno.EEXIST, errno.ELOOP, errno.ENXIO, errno.EACCES)


def part_name(portal: str, entry: Entry, name: str) -> str:
    """Return the name of the part file for an entry that is downloaded as `name`.

    The first half identifies the portal, the entry and `name`; the second half the entry's version,
    size and time.
    """
    which = _digest(portal, entry.id, name)
    return f".oocli-{which}-{_digest(entry.version, entry.size, entry.updated)}.part"


def is_part(name: str) -> bool:
    """Whether a local name is that of a part file."""
    return _NAME.fullmatch(name) is not None


def find_parts(folder: LocalFolder) -> dict[str, list[str]]:
    """Return the part files in a folder, grouped by the first half of their names.

    Returns none if the folder cannot be listed.
    """
    found: dict[str, list[str]] = {}
    with suppress(OSError):
        for name in folder.names():
            if matched := _NAME.fullmatch(name):
                found.setdefault(matched[1], []).append(name)
    return found


def delete_parts(
    folder: LocalFolder, parts: dict[str, list[str]], current: str, *, keep_current: bool
) -> None:
    """Delete the part files of the same file as `current`, the name of its present part file."""
    for name in parts.get(str(_NAME.sub(r"\1", current)), ()) if parts else ():
        if not (keep_current and name == current):
            with suppress(OSError):
                folder.remove(name)


class PartFile:
    """An open part file, locked against other runs. Methods raise `OSError`."""

    def __init__(self, folder: LocalFolder, name: str, mode: int) -> None:
        """Open the part file of an earlier run, or make one with at most the permissions `mode`.

        Raises `StorageError` if another run has locked it.
        """
        self._folder, self._name, self._mode = folder, name, mode & ~_OTHERS_WRITE
        self._handle, self.size = self._open_and_lock()

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        view = memoryview(chunk)
        while view:  # `os.write` writes less if the disk is almost full
            count = os.write(self._handle, view)
            view = view[count:]
            self.size += count

    def restart(self) -> None:
        """Delete the content."""
        os.ftruncate(self._handle, 0)
        self.size = 0

    def finish(self, name: str, mode: int, changed: float | None) -> None:
        """Rename the complete part file to `name`, and close it.

        `changed` is the Unix time of the last change to set. A new file gets `mode`; if it replaces
        a file, it gets the mode, owner and group of that file.
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
            self._release()  # Windows cannot rename an open file
            self._folder.replace(self._name, name)
            if changed is not None:
                os.utime(self._folder.path / name, (changed, changed))

    def close(self) -> None:
        """Close and unlock the part file, and delete it if it is empty."""
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

    def _open_and_lock(self) -> tuple[int, int]:
        """Return a descriptor of the part file and its size."""
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
                # A run that held the lock until now may have renamed or deleted it.
                if (is_new and not found.st_size) or self._has_name(found):
                    if is_new or _is_ours(found):
                        self._mode = stat.S_IMODE(found.st_mode)
                        kept, handle = handle, -1
                        return kept, found.st_size
                    self._folder.remove(self._name)
            finally:
                if handle >= 0:
                    os.close(handle)
        raise OSError(errno.EEXIST, f"{self._name} is replaced again and again")

    def _has_name(self, opened: os.stat_result) -> bool:
        """Whether the open file still has the name of the part file."""
        named = self._folder.state(self._name)
        return named is not None and (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)

    def _open(self, flags: int) -> int | None:
        """Return a descriptor, None if something else has the name."""
        flags |= os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        try:
            return self._folder.open_file(self._name, flags, self._mode)
        except OSError as failure:
            if failure.errno in _IN_THE_WAY:
                return None
            raise


def _is_ours(found: os.stat_result) -> bool:
    """Whether only this user can have written to a part file, so that it is safe to continue it."""
    if not stat.S_ISREG(found.st_mode):
        return False
    if not _IS_POSIX:
        return True
    is_own = found.st_uid == os.geteuid() and found.st_nlink == 1
    return is_own and not found.st_mode & _OTHERS_WRITE


def _digest(*values: object) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]
