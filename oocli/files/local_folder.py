"""Folders on this machine that files are downloaded into, reached through no symbolic link.

On POSIX each step down is made from the open folder above (`openat`), so that nobody can put a link
in place between a look and a write. Windows has no such calls: there each step is looked at.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oocli.model.errors import StorageError

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_HAS_HANDLES = os.open in os.supports_dir_fd


class LocalFolder:
    """An open folder; names in it are single names, never paths. Methods raise `OSError`."""

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path, self._handle = path, handle

    @classmethod
    def open(cls, path: Path) -> LocalFolder:
        """Open the folder that everything is put into; links on the way to it are followed."""
        if _HAS_HANDLES:
            return cls(path, os.open(path, _FOLDER))
        return cls(path, None)

    def below(self, name: str, *, make: bool) -> LocalFolder:
        """Open a folder in this one; `make` makes it where it is missing. Refuses links."""
        if make:
            with suppress(FileExistsError):
                os.mkdir(self._at(name), dir_fd=self._handle)
        if self._handle is not None:
            handle = os.open(name, _FOLDER | _NO_LINK, dir_fd=self._handle)
            return LocalFolder(self.path / name, handle)
        found = self.state(name)
        if found is None or not stat.S_ISDIR(found.st_mode) or _is_link(found):
            raise NotADirectoryError(name)
        return LocalFolder(self.path / name, None)

    def state(self, name: str) -> os.stat_result | None:
        """Return what a name stands for, a link being one; None where nothing has it."""
        with suppress(FileNotFoundError):
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        return None

    def names(self) -> list[str]:
        """Return the names in the folder."""
        with os.scandir(self.path if self._handle is None else self._handle) as found:
            return [entry.name for entry in found]

    def open_file(self, name: str, flags: int, mode: int = 0o600) -> int:
        """Open a file, never through a link, and return its descriptor."""
        return os.open(self._at(name), flags | _NO_LINK, mode, dir_fd=self._handle)

    def replace(self, old: str, new: str) -> None:
        """Give a file another name; a file that had this name is replaced."""
        os.replace(self._at(old), self._at(new), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._handle)

    def close(self) -> None:
        """Close the folder."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __del__(self) -> None:
        self.close()  # at the latest when no thread uses it any more

    def _at(self, name: str) -> str:
        return name if self._handle is not None else str(self.path / name)


class FolderFacts:
    """What holds for all files below a folder: the mode of new ones, and whether case counts.

    Only a file that is made there tells: the file system and its access lists decide as well.
    """

    def __init__(self, mode: int = 0o600, *, ignores_case: bool = sys.platform != "linux") -> None:
        self.mode, self.ignores_case = mode, ignores_case

    @classmethod
    def of(cls, folder: LocalFolder) -> FolderFacts:
        """Make a file, look at it, and delete it."""
        name = f".oocli-probe-{os.urandom(8).hex()}"
        handle = folder.open_file(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            mode = stat.S_IMODE(os.fstat(handle).st_mode)
            return cls(mode, ignores_case=folder.state(name.upper()) is not None)
        finally:
            os.close(handle)
            folder.remove(name)


@contextmanager
def descend(root: LocalFolder, names: tuple[str, ...], *, make: bool) -> Iterator[LocalFolder]:
    """Give the folder that lies some folders below another one."""
    opened = []
    folder = root
    try:
        for name in names:
            folder = folder.below(name, make=make)
            opened.append(folder)
        yield folder
    finally:
        for folder in opened:
            folder.close()


@contextmanager
def explained(path: Path | str, action: str = "written") -> Iterator[None]:
    """Raise the `OSError` of the block as a `StorageError` that names a path."""
    try:
        yield
    except OSError as failure:
        raise StorageError(f"{path} cannot be {action}: {reason(path, failure)}") from failure


def reason(path: Path | str, failure: OSError) -> str:
    """Return why a path cannot be used; of a link in the way, that it is one."""
    if failure.errno in (errno.ENOTDIR, errno.ELOOP):
        for place in (Path(path), *Path(path).parents):
            with suppress(OSError):
                found = place.lstat()
                if _is_link(found):
                    return f"{place} is a symbolic link, which is not followed"
                if not stat.S_ISDIR(found.st_mode):
                    return f"{place} is a file"
    return failure.strerror or str(failure)


def check_replaceable(found: os.stat_result | None) -> None:
    """Raise `OSError` for what no file takes the place of: all but nothing and a regular file."""
    if found is None or stat.S_ISREG(found.st_mode):
        return
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.EEXIST, "it is a symbolic link, which is not followed")
    what = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
    raise OSError(errno.EEXIST, f"it is {what}")


def _is_link(found: os.stat_result) -> bool:
    # A junction of Windows is no symbolic link, but leads elsewhere as well.
    is_reparse_point = getattr(found, "st_file_attributes", 0) & 0x400
    return stat.S_ISLNK(found.st_mode) or bool(is_reparse_point)
