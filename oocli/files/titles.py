"""How portals change titles when they store them, and which titles they treat as equal.

Sources: ONLYOFFICE/CommunityServer and ONLYOFFICE/DocSpace-server, Global.cs
(ReplaceInvalidCharsAndTruncate), FileDao.cs and FileUtility.cs of both.
"""

from __future__ import annotations

import re
import unicodedata

MAX_UNITS = 170  # UTF-16 units
# DocSpace refuses to make a folder with a longer title (CreateFolderRequestDto.cs).
MAX_FOLDER_UNITS = 165
_LONGEST_ENDING = 20  # UTF-16 units; a longer ending is lost when a title is shortened
# The portal replaces each of these by `_`, and an emoji by two: one for each surrogate.
_REPLACED = re.compile(r'[\t*+:"<>?|\\/\ud800-\udfff]')
# Not allowed in the header that holds the title of an uploaded file.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def stored_title(title: str) -> str:
    """Return the title that a portal stores for a title, except for the ending of a file."""
    units = _utf16_units(title.strip())
    if len(units) > MAX_UNITS:
        dot = units.rfind(".")
        kept = units[dot:] if dot > MAX_UNITS - _LONGEST_ENDING else ""
        units = units[: max(MAX_UNITS - len(kept), 0)] + kept
    return _REPLACED.sub("_", units)


def file_title(name: str) -> str:
    """Return the title to upload a file under, which the portal stores unchanged.

    A portal stores an ending in lower case and adds a dot to a title without one (`Makefile.`), but
    it looks for an existing file under the title as it was sent. So the changes are made here.
    """
    title = _CONTROL.sub("_", name)
    for _ in range(2):  # the added dot may make the title too long
        stem, dot, last = stored_title(title).rpartition(".")
        title = f"{stem}.{last.lower()}" if dot else f"{last}."
    return title


def folder_title(name: str) -> str:
    """Return the title for a folder with this local name, which the portal stores unchanged."""
    return stored_title(stored_title(_CONTROL.sub("_", name))[:MAX_FOLDER_UNITS])


def is_usable(title: str) -> bool:
    """Whether a title can be that of a file or folder."""
    return title not in ("", ".", "..")


def equality_key(title: str) -> str:
    """Return a key that is the same for all titles that the portal's database treats as equal.

    MySQL ignores letter case and accents (utf8_general_ci, DbFile.cs), but not accents that are
    separate characters. PostgreSQL distinguishes more titles.
    """
    return title.upper() if title.isascii() else "".join(map(_weight, title))


def _weight(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    is_accented = all(unicodedata.combining(accent) for accent in parts[1:])
    return (parts[0] if is_accented else letter).upper()[:1]


def _utf16_units(text: str) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(raw[::2], raw[1::2], strict=True))


def ending(title: str) -> str:
    """Return the ending of a file's title from its last dot on, in lower case."""
    dot = title.rfind(".")
    return title[dot:].lower() if dot >= 0 else ""
