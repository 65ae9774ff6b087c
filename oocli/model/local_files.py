"""Local files: atomic writes, names that every system accepts, the progress of transfers."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, unquote_to_bytes

# Others may be able to write into the folder: a file or link that they create under the same name
# must not be used.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NEW_FILE |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

MAX_LOCAL_BYTES = 255  # of a name, on most file systems
MAX_SUGGESTED_BYTES = 240  # of a name that a portal suggests; leaves room for an addition
_FORBIDDEN = r'[<>:"|?*/\\]'
_RESERVED = r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?"
_UNSAFE_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")
_JOINERS = {"\u200c", "\u200d"}  # format characters that words and emoji are spelled with
# A quoted value without a closing quote extends to the end.
_PARAMETER = r';\s*([\w*!#$%&+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^;]*))'


class TransferProgress(NamedTuple):
    """Files and bytes that are done, and how many are known; more may follow unless `is_listed`.

    The bytes of a file of unknown size are added as they arrive.
    """

    files: int = 0
    all_files: int = 0
    bytes: int = 0
    all_bytes: int = 0
    is_listed: bool = False


@contextmanager
def atomic_write(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Yield a temporary file, which replaces `path` when the block succeeds. Raises `OSError`.

    If `path` is a symbolic link, the file that it points to is replaced. A new file gets the mode
    that the umask allows; an existing one keeps its mode and, where possible, its owner and group.
    With `private`, only the owner can read the file, and it is synced to the disk. At no time can
    anybody read it who may not read the result.
    """
    target = resolve_links(path)
    # 50 characters of the name: the whole name plus this suffix could be too long.
    temporary = target.with_name(f".{target.name[:50]}.{os.urandom(8).hex()}.part")
    before = None
    if not private:
        with suppress(FileNotFoundError):
            before = target.stat()
    mode = 0o666 if before is None and not private else 0o600
    try:
        # Inside the block: a signal may end the run as soon as the file exists.
        handle = os.open(temporary, _NEW_FILE, mode)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if before is not None:
                copy_access(handle, before)
            if private:
                os.fsync(handle)
        temporary.replace(target)
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            temporary.unlink()
    if private and os.name == "posix":  # Windows cannot sync a folder
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def resolve_links(path: Path) -> Path:
    """Return the file that `path` leads to; it may be missing. Raises `OSError`.

    Refuses what Linux refuses (fs.protected_symlinks): another user's link in a folder like `/tmp`.
    """
    if os.name == "posix" and path.is_symlink():
        owner, folder = path.lstat().st_uid, path.parent.stat()
        shared = stat.S_ISVTX | stat.S_IWOTH
        if folder.st_mode & shared == shared and owner not in (os.geteuid(), folder.st_uid):
            why = "it is a link that another user created in a folder that all users can write to"
            raise PermissionError(errno.EACCES, why, str(path))
    return Path(os.path.realpath(path))


def copy_access(handle: int, before: os.stat_result) -> None:
    """Give an open file the mode of another, and its owner and group where that is allowed.

    Does nothing on Windows, where a file has the access list of its folder.
    """
    if sys.platform != "win32":
        mode = before.st_mode & 0o777
        now = os.fstat(handle)
        if now.st_uid != before.st_uid:
            with suppress(OSError):
                os.fchown(handle, before.st_uid, -1)
        if now.st_gid != before.st_gid:
            try:
                os.fchown(handle, -1, before.st_gid)
            except OSError:
                # The group is another one: it gets no more rights than everybody has.
                mode &= 0o707 | (mode & 0o007) << 3
        os.fchmod(handle, mode)


def suggested_name(disposition: str, path: str) -> str | None:
    """Return a safe name from Content-Disposition, else from the end of a URL's path, else None."""
    for name in (*_disposition_names(disposition), unquote(path.rstrip("/").rpartition("/")[2])):
        safe = safe_name(name)
        if safe:
            return safe
    return None


def safe_name(name: str) -> str:
    """Return the last part of a path as a name that every system accepts; it may be empty.

    The name does not start with dots, dashes or spaces, has no control or bidi characters and
    nothing that Windows reserves or forbids, and is at most `MAX_SUGGESTED_BYTES` long, with its
    extension kept.
    """
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(mark for mark in name if mark.isprintable() or mark == "\u200d")
    name = re.sub(_FORBIDDEN, "_", name).lstrip(" .-~").rstrip(" .")
    if re.fullmatch(_RESERVED, name):
        name = f"_{name}"
    return _cut(name, MAX_SUGGESTED_BYTES)


def _disposition_names(header: str) -> list[str]:
    """Return the names that a Content-Disposition header gives, `filename*` first (RFC 6266)."""
    found: dict[str, str] = {}
    for key, quoted, bare in re.findall(_PARAMETER, header):
        found.setdefault(key.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare.strip())
    names = []
    extended = re.fullmatch(r"(?i)(utf-8|iso-8859-1)'[^']*'(.*)", found.get("filename*", ""))
    if extended:
        names.append(unquote_to_bytes(extended[2]).decode(extended[1], "replace"))
    plain = found.get("filename", "")
    if plain:
        with suppress(UnicodeError):  # header bytes reach Python as Latin-1; portals send UTF-8
            plain = plain.encode("latin-1").decode("utf-8")
        names.append(plain)
    return names


def local_name(title: str) -> str:
    """Return a name for a file or folder of a portal that every system accepts.

    It is as close to the title as possible: separators, control and format characters, and what
    Windows forbids or reserves are replaced; dots and spaces at the end are removed. Two titles
    may get the same name.
    """
    name = title
    if not name.isascii() or not name.isprintable():
        for mark in {*name} - _JOINERS:
            if unicodedata.category(mark) in _UNSAFE_CATEGORIES:
                name = name.replace(mark, "_")
    name = re.sub(_FORBIDDEN, "_", name).rstrip(" .")
    if not name:
        return "_"
    # `.oocli-` starts the names of unfinished downloads (files/part_file.py).
    if re.fullmatch(_RESERVED, name) or name.startswith(".oocli-"):
        name = f"_{name}"
    return _cut(name, MAX_LOCAL_BYTES)


def name_with_suffix(name: str, suffix: str, *, has_extension: bool) -> str:
    """Return a name with `suffix` added, before the extension if it has one."""
    return _cut(name, MAX_LOCAL_BYTES, local_name(suffix), has_extension=has_extension)


def _cut(name: str, limit: int, suffix: str = "", *, has_extension: bool = True) -> str:
    """Return a name of at most `limit` bytes, with `suffix` added and the extension kept."""
    if not suffix and len(name) <= limit and (name.isascii() or len(name.encode()) <= limit):
        return name
    stem, dot, extension = name.rpartition(".") if has_extension else (name, "", "")
    if not stem or len(extension.encode("utf-8", "replace")) > 20:
        stem, dot, extension = name, "", ""
    rest = suffix + dot + extension
    if len((stem + rest).encode("utf-8", "replace")) > limit:
        room = limit - len(rest.encode("utf-8", "replace"))
        stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return stem + rest
