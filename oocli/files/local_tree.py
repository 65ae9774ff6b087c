"""Local files and folders to upload, with symbolic links and special files told apart."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from oocli.files.local_file import unreadable
from oocli.model.errors import StorageError, UsageError

LocalType = Literal["file", "folder", "link", "special"]
# A path that ends in `.` or `..` means the contents of the folder.
_CONTENTS = re.compile(r"(^|.*[/\\])\.{1,2}[/\\]*" if os.name == "nt" else r"(^|.*/)\.{1,2}/*")


class LocalEntry(NamedTuple):
    """A file, folder, link or special file on this machine, and the `name` to upload it under.

    `size` is in bytes, `time` is the Unix time of the last change. `identity` is the same for all
    paths to a folder, so that a link back to a folder around it is noticed. `is_followed` says that
    the file may be opened through a link.
    """

    path: str
    name: str
    type: LocalType
    size: int = 0
    time: float = 0.0
    identity: tuple[int, int] = (0, 0)
    is_followed: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder."""
        return self.type == "folder"

    @classmethod
    def from_path(cls, path: str, name: str, *, follow_links: bool) -> LocalEntry:
        """Return the entry at a path. Raises `StorageError` if it cannot be read."""
        try:
            found = Path(path).stat(follow_symlinks=follow_links)
        except (OSError, ValueError) as failure:  # ValueError: a NUL in the path
            raise unreadable(path, failure) from None
        identity = found.st_dev, found.st_ino
        tag = getattr(found, "st_reparse_tag", 0)
        is_junction = tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
        type: LocalType = "special"
        if stat.S_ISLNK(found.st_mode) or is_junction:
            type = "link"
        elif stat.S_ISDIR(found.st_mode):
            type = "folder"
        elif stat.S_ISREG(found.st_mode):
            type = "file"
        return cls(path, name, type, found.st_size, found.st_mtime, identity, follow_links)


class IsDirectory(UsageError):
    """A path to upload is a directory, but the upload is not recursive."""


def entries_to_upload(
    paths: Sequence[str], *, recursive: bool, follow_links: bool
) -> list[LocalEntry]:
    """Return the files and folders at the paths that a user has typed, links followed.

    A path that ends in `.` or `..` means the contents of the folder. Raises `StorageError` if a
    path cannot be read, and `IsDirectory` for a directory unless `recursive` is set.
    """
    entries: list[LocalEntry] = []
    for path in dict.fromkeys(paths):
        entry = LocalEntry.from_path(path, Path(path).name, follow_links=True)
        if entry.is_folder and not recursive:
            raise IsDirectory(f"{path} is a directory")
        if entry.is_folder and (not entry.name or _CONTENTS.fullmatch(path)):
            entries += contents_of(path, follow_links=follow_links)
        else:
            entries.append(entry)
    return entries


def contents_of(folder: str, *, follow_links: bool) -> Iterator[LocalEntry]:
    """Yield the entries in a folder, sorted by name; each is read from disk when it is needed.

    A link is yielded as a link, or as its target if `follow_links` is set and the target exists.
    Raises `StorageError` before the first entry if the folder cannot be read.
    """
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
    except (OSError, ValueError) as failure:
        raise unreadable(folder, failure) from None
    return (_entry_or_link(folder, name, follow_links=follow_links) for name in names)


def _entry_or_link(folder: str, name: str, *, follow_links: bool) -> LocalEntry:
    path = str(Path(folder, name))
    try:
        return LocalEntry.from_path(path, name, follow_links=follow_links)
    except StorageError:
        return LocalEntry(path, name, "link")  # a broken link, or a file deleted meanwhile
