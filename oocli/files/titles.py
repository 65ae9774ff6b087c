"""The title that a portal gives to what is sent, and which titles it takes as equal.

Sources: ONLYOFFICE/CommunityServer and ONLYOFFICE/DocSpace-server, Global.cs
(ReplaceInvalidCharsAndTruncate), FileDao.cs and FileUtility.cs of both.
"""

from __future__ import annotations

import re
import unicodedata

MAX_UNITS = 170  # UTF-16 units
# DocSpace refuses a folder of a longer title (CreateFolderRequestDto.cs).
MAX_FOLDER_UNITS = 165
_LONGEST_ENDING = 20  # UTF-16 units of an ending that a cut keeps
# Also each half of a surrogate pair, so that an emoji becomes two of them.
_REPLACED = re.compile(r'[\t*+:"<>?|\\/\ud800-\udfff]')
# A title may travel in a header, where these cannot stand.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def stored_title(title: str) -> str:
    """Return the title that a folder, or a file apart from its ending, gets at the portal."""
    units = _utf16_units(title.strip())
    if len(units) > MAX_UNITS:
        dot = units.rfind(".")
        kept = units[dot:] if dot > MAX_UNITS - _LONGEST_ENDING else ""
        units = units[: max(MAX_UNITS - len(kept), 0)] + kept
    return _REPLACED.sub("_", units)


def file_title(name: str) -> str:
    """Return the title that a file of this local name gets.

    A portal stores the ending in lower case and adds a dot where there is none (`Makefile.`), but
    looks a title up as it was sent. So this title is what is sent as well: it does not change any
    more, and is found the next time.
    """
    title = _CONTROL.sub("_", name)
    for _ in range(2):  # the dot that is added may make it too long
        stem, dot, last = stored_title(title).rpartition(".")
        title = f"{stem}.{last.lower()}" if dot else f"{last}."
    return title


def folder_title(name: str) -> str:
    """Return the title that a folder of this local name gets."""
    return stored_title(stored_title(_CONTROL.sub("_", name))[:MAX_FOLDER_UNITS])


def is_usable(title: str) -> bool:
    """Whether a title can be that of a file or folder."""
    return title not in ("", ".", "..")


def equality_key(title: str) -> str:
    """Return what titles have in common that the portal's database takes as equal.

    That of MySQL compares letter by letter without case and accents (utf8_general_ci, DbFile.cs);
    an accent that is a letter of its own counts. PostgreSQL tells more titles apart.
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
