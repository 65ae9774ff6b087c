"""A file written as a whole or not at all: a temporary neighbour takes its place at the end."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

# Others may be able to write into the folder: whatever they put there under the same name is
# neither written into nor followed.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NEW |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NAME = 50  # characters of a name that its neighbour shares; a whole one could become too long


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write, which replaces `path` when the block succeeds. Raises `OSError`.

    A symbolic link stays one: the file behind it is replaced. A new file gets the mode that the
    umask leaves; one that was there keeps its mode and, where possible, its owner and group. With
    `private` it is readable for its owner alone in either case, and on disk afterwards. At no time
    can somebody read it who cannot in the end.
    """
    target = behind_links(path)
    temporary = target.with_name(f".{target.name[:_NAME]}.{os.urandom(8).hex()}.part")
    before = None if private else _found(target)
    mode = 0o666 if before is None and not private else 0o600
    try:
        # Inside the block: a signal may end the run as soon as the file is there.
        handle = os.open(temporary, _NEW, mode)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if before is not None:
                keep_access(handle, before)
            if private:
                os.fsync(handle)
        temporary.replace(target)
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            temporary.unlink()
    if private:
        _sync_directory(target.parent)


def behind_links(path: Path) -> Path:
    """Return the file that a path leads to, which may be missing. Raises `OSError`."""
    _refuse_link_of_others(path)
    return Path(os.path.realpath(path))


def _found(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _refuse_link_of_others(path: Path) -> None:
    """Refuse what Linux refuses (fs.protected_symlinks): the link of somebody else in `/tmp`."""
    if os.name == "posix" and path.is_symlink():
        owner, folder = path.lstat().st_uid, path.parent.stat()
        for_all = folder.st_mode & (stat.S_ISVTX | stat.S_IWOTH) == stat.S_ISVTX | stat.S_IWOTH
        if for_all and owner not in (os.geteuid(), folder.st_uid):
            why = "it is a link that another user put into a folder for everybody"
            raise PermissionError(errno.EACCES, why, str(path))


if sys.platform == "win32":

    def keep_access(handle: int, before: os.stat_result) -> None:
        """On Windows a file takes the access list of its folder."""

    def _sync_directory(path: Path) -> None:
        """Windows has no such thing."""

else:

    def keep_access(handle: int, before: os.stat_result) -> None:
        """Give an open file the mode of another, and its owner and group where that is allowed."""
        mode = before.st_mode & 0o777
        now = os.fstat(handle)
        if now.st_uid != before.st_uid:
            with suppress(OSError):
                os.fchown(handle, before.st_uid, -1)
        if now.st_gid != before.st_gid:
            try:
                os.fchown(handle, -1, before.st_gid)
            except OSError:
                # Another group may do no more than everybody.
                mode &= 0o707 | (mode & 0o007) << 3
        os.fchmod(handle, mode)

    def _sync_directory(path: Path) -> None:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
