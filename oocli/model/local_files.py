"""A file written as a whole or not at all: a temporary neighbour takes its place at the end."""

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


MAX_LOCAL_BYTES = 255  # of most file systems
MAX_NAME_BYTES = 240  # where a temporary neighbour is a little longer
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SEPARATORS = re.compile(r'[<>:"|?*/\\]')  # and what is forbidden
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")
# A quoted value whose closing quote is missing goes on to the end.
_PARAMETER = re.compile(r';\s*([\w*!#$%&+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^;]*))')


def suggested_name(disposition: str, path: str) -> str | None:
    """Return a safe name from Content-Disposition, else from the end of a URL's path, else None."""
    for name in (*_disposition_names(disposition), unquote(path.rstrip("/").rpartition("/")[2])):
        safe = safe_name(name)
        if safe:
            return safe
    return None


def safe_name(name: str) -> str:
    """Return a name without folders that every system takes; empty if nothing is left of it.

    No dots, dashes or blanks in front, no control or bidi characters, nothing that Windows reserves
    or forbids, at most `MAX_NAME_BYTES` bytes with the ending kept.
    """
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(mark for mark in name if mark.isprintable() or mark == "\u200d")
    name = _FORBIDDEN.sub("_", name).lstrip(" .-~").rstrip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name)


def _disposition_names(header: str) -> list[str]:
    """Return the names that a Content-Disposition gives, the better one first (RFC 6266)."""
    found: dict[str, str] = {}
    for key, quoted, bare in _PARAMETER.findall(header):
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
    """Return the name for a file or folder of a portal, which every system takes.

    It is as near to the title as can be: separators, control and format characters, and what
    Windows forbids or reserves are replaced, dots and blanks at the end are left out. Two titles
    may have one name.
    """
    name = title
    if not name.isascii() or not name.isprintable():
        name = "".join("_" if _is_unsafe(mark) else mark for mark in name)
    name = _SEPARATORS.sub("_", name).rstrip(" .")
    if not name:
        return "_"
    if _RESERVED.fullmatch(name) or name.startswith(".oocli-"):  # see files/part_file.py
        name = f"_{name}"
    return _cut(name, "", MAX_LOCAL_BYTES, has_ending=True)


def name_with_suffix(name: str, suffix: str, *, has_ending: bool) -> str:
    """Return a name with a text added, in front of its ending where it has one."""
    return _cut(name, local_name(suffix), MAX_LOCAL_BYTES, has_ending=has_ending)


def _is_unsafe(mark: str) -> bool:
    # Joiners are format characters too, but words and emoji are spelled with them.
    return (
        unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp") and mark not in "\u200c\u200d"
    )


def _shortened(name: str) -> str:
    return _cut(name, "", MAX_NAME_BYTES, has_ending=True)


def _cut(name: str, suffix: str, limit: int, *, has_ending: bool) -> str:
    """Return a name of at most `limit` bytes, `suffix` added and the ending kept."""
    if not suffix and len(name) <= limit and (name.isascii() or len(name.encode()) <= limit):
        return name
    stem, dot, ending = name.rpartition(".") if has_ending else (name, "", "")
    if not stem or len(ending.encode("utf-8", "replace")) > 20:
        stem, dot, ending = name, "", ""
    rest = suffix + dot + ending
    if len((stem + rest).encode("utf-8", "replace")) > limit:
        room = limit - len(rest.encode("utf-8", "replace"))
        stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return stem + rest


class TransferProgress(NamedTuple):
    """Files and bytes that are done, and how many are known; more may follow unless `is_listed`.

    Bytes of files of unknown size count as they come.
    """

    files: int = 0
    all_files: int = 0
    bytes: int = 0
    all_bytes: int = 0
    is_listed: bool = False
