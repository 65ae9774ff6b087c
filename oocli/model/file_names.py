"""Names for files that a portal suggests, made safe on every system."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from urllib.parse import unquote, unquote_to_bytes

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
