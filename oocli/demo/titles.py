"""Titles of files: the types of extensions, and how titles are stored."""

from __future__ import annotations

import array
import itertools
import re
import unicodedata
from collections.abc import Callable

ARCHIVE, VIDEO, AUDIO, IMAGE, SPREADSHEET, PRESENTATION, DOCUMENT = range(1, 8)
_EXTENSIONS = {
    ARCHIVE: ".zip .rar .7z .tar .gz .tgz .bz2 .iso",
    VIDEO: ".mp4 .avi .mkv .mov .mpeg .mpg .ogv .webm .wmv",
    AUDIO: ".mp3 .aac .flac .m4a .ogg .wav .wma",
    IMAGE: ".png .jpg .jpeg .bmp .gif .ico .svg .tif .tiff .webp",
    SPREADSHEET: ".xlsx .xls .xlsm .xlsb .xlt .xltx .xltm .ods .fods .ots .csv",
    PRESENTATION: ".pptx .ppt .pptm .pps .ppsx .ppsm .pot .potx .potm .odp .fodp .otp",
    DOCUMENT: ".docx .doc .docm .dot .dotx .dotm .odt .fodt .ott .rtf .txt .html .htm .mht .xml"
    " .pdf .djvu .fb2 .epub .xps .oxps",
}
FILE_TYPES = {word: number for number, words in _EXTENSIONS.items() for word in words.split()}
MAX_TITLE_LENGTH = 170
_REPLACED = re.compile(r'[\t*+:"<>?|\\/\ud800-\udfff]')
EDITED_AS = {DOCUMENT: ".docx", SPREADSHEET: ".xlsx", PRESENTATION: ".pptx"}


def extension(title: str) -> str:
    """Return the part of a title from the last dot on, in lower case."""
    dot = title.rfind(".")
    return title[dot:].lower() if 0 < dot < len(title) - 1 else ""


def stored_title(title: str) -> str:
    """Return the title that is stored: trimmed, at most 170 UTF-16 units, some replaced by `_`.

    A cut keeps the ending; each half of a surrogate pair is replaced. Source: Global.cs in
    ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Products/Files/Classes, and in
    ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/Helpers.
    """
    units = array.array("H", title.strip().encode("utf-16", "surrogatepass")[2:])
    text = "".join(map(chr, units))
    dot = text.rfind(".")
    ending = text[dot:] if dot > MAX_TITLE_LENGTH - 20 else ""
    if len(text) > MAX_TITLE_LENGTH:
        text = text[: max(MAX_TITLE_LENGTH - len(ending), 0)] + ending
    return _REPLACED.sub("_", text)


def stored_file_title(title: str) -> str:
    """Return the title that a file is stored under: its ending in lower case, a dot in any case.

    Source: TeamlabDao/FileDao.cs and FileUtility.cs of both servers.
    """
    title = stored_title(title)
    stem, dot, ending = title.rpartition(".")
    return f"{stem}.{ending.lower()}" if dot else f"{title}."


def equality_key(title: str) -> str:
    """Return a key that is the same for titles that the database takes as equal.

    It ignores case and accents, but not a combining accent, which utf8_general_ci takes as a
    character of its own.
    """
    return title.upper() if title.isascii() else "".join(map(_weight, title))


def _weight(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return (parts[0] if all(map(unicodedata.combining, parts[1:])) else letter).upper()[:1]


def new_document_title(title: str, keep_extension: bool) -> str:
    """Return the title of a new document, with an extension that the editors write.

    Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Products/Files/Services/
    WCFService/FileStorageServiceController.cs; ONLYOFFICE/DocSpace-server, products/ASC.Files/
    Core/Core/FileStorageService.cs.
    """
    old = extension(title)
    if keep_extension or old == ".pdf":
        return title
    new = EDITED_AS.get(FILE_TYPES.get(old, 0))
    return title[: -len(old)] + new if new else title + ".docx"


def with_extension(title: str, wanted: str) -> str:
    """Append an extension unless the title has it already, in any letter case."""
    return title if title.lower().endswith(wanted) else title + wanted


def unused_title(title: str, taken: Callable[[str], bool]) -> str:
    """Return the title, with the first free number in parentheses if it is taken."""
    if not taken(title):
        return title
    stem, dot, last = title.rpartition(".")
    if not stem:
        stem, dot, last = title, "", ""
    numbered = (f"{stem} ({number}){dot}{last}" for number in itertools.count(1))
    return next(candidate for candidate in numbered if not taken(candidate))
