"""Local files and folders that are uploaded: what is there, links and special files apart."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from oocli.model.errors import StorageError, UsageError

LocalType = Literal["file", "folder", "link", "special"]
# A path that ends so means what is in the folder.
_CONTENTS = re.compile(r"(^|.*[/\\])\.{1,2}[/\\]*" if os.name == "nt" else r"(^|.*/)\.{1,2}/*")


class LocalEntry(NamedTuple):
    """A name in a local folder, its path, and what it is.

    `size` is in bytes, `time` that of the last change in Unix seconds. `identity` tells folders
    apart, to notice a link that leads back to where it is found; `is_followed` allows a link.
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
    def of(cls, path: str, name: str, *, follow_links: bool) -> LocalEntry:
        """Look at a path. Raises `StorageError`."""
        try:
            found = Path(path).stat(follow_symlinks=follow_links)
        except (OSError, ValueError) as failure:  # ValueError: a NUL in the path
            raise _unreadable(path, failure) from None
        identity = found.st_dev, found.st_ino
        tag = getattr(found, "st_reparse_tag", 0)
        type: LocalType = "special"
        if stat.S_ISLNK(found.st_mode) or tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1):
            type = "link"
        elif stat.S_ISDIR(found.st_mode):
            type = "folder"
        elif stat.S_ISREG(found.st_mode):
            type = "file"
        return cls(path, name, type, found.st_size, found.st_mtime, identity, follow_links)


class DirectoryNotWanted(UsageError):
    """A path of a directory was given where only files were to be uploaded."""


def entries_to_upload(
    paths: Sequence[str], *, recursive: bool, follow_links: bool
) -> list[LocalEntry]:
    """Return what paths mean that somebody typed: the files and folders, whatever links lead there.

    One that ends in `.` or `..` stands for what is in the folder. Raises `StorageError` where one
    cannot be read, and `DirectoryNotWanted` for a directory unless it is `recursive`.
    """
    entries: list[LocalEntry] = []
    for path in dict.fromkeys(paths):
        entry = LocalEntry.of(path, Path(path).name, follow_links=True)
        if entry.is_folder and not recursive:
            raise DirectoryNotWanted(f"{path} is a directory")
        if entry.is_folder and (not entry.name or _CONTENTS.fullmatch(path)):
            entries += contents_of(path, follow_links=follow_links)
        else:
            entries.append(entry)
    return entries


def contents_of(folder: str, *, follow_links: bool) -> Iterator[LocalEntry]:
    """Return what is in a folder, by name; each entry is looked at when its turn comes.

    A link is one unless links are followed and it leads somewhere. Raises `StorageError` at once.
    """
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
    except (OSError, ValueError) as failure:
        raise _unreadable(folder, failure) from None
    return (_look(str(Path(folder, name)), name, follow_links=follow_links) for name in names)


def _look(path: str, name: str, *, follow_links: bool) -> LocalEntry:
    try:
        return LocalEntry.of(path, name, follow_links=follow_links)
    except StorageError:
        return LocalEntry(path, name, "link")  # deleted meanwhile, or it leads nowhere


def _unreadable(path: str, failure: Exception) -> StorageError:
    why = getattr(failure, "strerror", None) or str(failure)
    return StorageError(f"{path} cannot be read: {why}")
