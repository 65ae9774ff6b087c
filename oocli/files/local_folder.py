"""Local folders to download into, opened without following symbolic links.

On POSIX each subfolder is opened relative to the open folder above it (`openat`), so that nobody
can put a link in its place between a check and a write. Windows has no such call; there each
subfolder is checked before it is used.
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
    """An open folder. Its methods take names of entries, never paths, and raise `OSError`."""

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path, self._handle = path, handle

    @classmethod
    def open(cls, path: Path) -> LocalFolder:
        """Open the target folder. Links in the user's own path to it are followed."""
        return cls(path, os.open(path, _FOLDER) if _HAS_HANDLES else None)

    def subfolder(self, name: str, *, make: bool) -> LocalFolder:
        """Open a folder in this one, unless it is a link; `make` creates it if it is missing."""
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
        """Return the status of an entry, without following a link; None if it does not exist."""
        with suppress(FileNotFoundError):
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        return None

    def names(self) -> list[str]:
        """Return the names of all entries."""
        with os.scandir(self.path if self._handle is None else self._handle) as found:
            return [entry.name for entry in found]

    def open_file(self, name: str, flags: int, mode: int = 0o600) -> int:
        """Open a file, unless it is a link, and return its descriptor."""
        return os.open(self._at(name), flags | _NO_LINK, mode, dir_fd=self._handle)

    def replace(self, old: str, new: str) -> None:
        """Rename a file, and replace a file that has the new name."""
        os.replace(self._at(old), self._at(new), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Delete a file if it exists."""
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._handle)

    def close(self) -> None:
        """Close the folder."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __del__(self) -> None:
        self.close()  # the target folder is closed when no thread uses it any more

    def _at(self, name: str) -> str:
        return name if self._handle is not None else str(self.path / name)


class FolderProperties:
    """Properties of a folder: the mode that new files get, and whether letter case is ignored.

    They depend on the file system and its access lists, so only a test file can tell them.
    """

    def __init__(self, mode: int = 0o600, *, ignores_case: bool = sys.platform != "linux") -> None:
        self.mode, self.ignores_case = mode, ignores_case

    @classmethod
    def probe(cls, folder: LocalFolder) -> FolderProperties:
        """Find out the properties with a test file, and delete it again."""
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
    """Open the folder that `names` lead to from a folder, and close it after the block."""
    opened = []
    folder = root
    try:
        for name in names:
            folder = folder.subfolder(name, make=make)
            opened.append(folder)
        yield folder
    finally:
        for folder in opened:
            folder.close()


@contextmanager
def storage_errors(path: Path | str) -> Iterator[None]:
    """Turn each `OSError` of the block into a `StorageError` that names a path."""
    try:
        yield
    except OSError as failure:
        raise StorageError(f"{path} cannot be written: {_reason(path, failure)}") from failure


def _reason(path: Path | str, failure: OSError) -> str:
    """Return why a path cannot be written, with the file or link in the way if there is one."""
    if failure.errno in (errno.ENOTDIR, errno.ELOOP):
        for part in (Path(path), *Path(path).parents):
            with suppress(OSError):
                found = part.lstat()
                if _is_link(found):
                    return f"{part} is a symbolic link, which is not followed"
                if not stat.S_ISDIR(found.st_mode):
                    return f"{part} is a file"
    return failure.strerror or str(failure)


def check_replaceable(found: os.stat_result | None) -> None:
    """Raise `OSError` if a path is in use by anything but a regular file."""
    if found is None or stat.S_ISREG(found.st_mode):
        return
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.EEXIST, "it is a symbolic link, which is not followed")
    what = "a folder" if stat.S_ISDIR(found.st_mode) else "not a regular file"
    raise OSError(errno.EEXIST, f"it is {what}")


def _is_link(found: os.stat_result) -> bool:
    # A junction of Windows leads elsewhere too, but is not a symbolic link.
    is_reparse_point = getattr(found, "st_file_attributes", 0) & 0x400
    return stat.S_ISLNK(found.st_mode) or bool(is_reparse_point)
