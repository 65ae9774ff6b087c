"""Titles of files: what their extensions stand for, and how new titles are formed."""

from __future__ import annotations

import itertools
import re
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
EDITED_AS = {DOCUMENT: ".docx", SPREADSHEET: ".xlsx", PRESENTATION: ".pptx"}


def extension(title: str) -> str:
    """Return the part of a title from the last dot on, in lower case."""
    dot = title.rfind(".")
    return title[dot:].lower() if dot > 0 else ""


def new_document_title(title: str, keep_extension: bool) -> str:
    """Return the title of a new empty document, whose extension is one that the editors write.

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


def text_extension(content: str) -> str:
    """Return the extension for a text without one: what contains a tag is HTML."""
    return ".html" if re.search(r"<([^\s>]*)(\s[^<]*)>", content) else ".txt"


def unused_title(title: str, taken: Callable[[str], bool]) -> str:
    """Return the title itself, or with the first number in brackets that makes it a free one."""
    if not taken(title):
        return title
    stem, dot, last = title.rpartition(".")
    if not stem:
        stem, dot, last = title, "", ""
    numbered = (f"{stem} ({number}){dot}{last}" for number in itertools.count(1))
    return next(candidate for candidate in numbered if not taken(candidate))
