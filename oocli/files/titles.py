"""The title that a portal gives to what is sent, and which titles it takes as equal.

Sources: ONLYOFFICE/CommunityServer and ONLYOFFICE/DocSpace-server, Global.cs
(ReplaceInvalidCharsAndTruncate) and FileDao.cs of both.
"""

from __future__ import annotations

import re

MAX_UNITS = 170  # UTF-16 units
# Also each half of a surrogate pair, so that an emoji becomes two of them.
_REPLACED = re.compile(r'[\t*+:"<>?|\\/]')


def stored_title(title: str) -> str:
    """Return the title that a folder, or a file apart from its ending, gets at the portal."""
    cut = title.strip().encode("utf-16-le", "surrogatepass")[: 2 * MAX_UNITS]
    text = cut.decode("utf-16-le", "surrogatepass")
    return "".join(
        "__" if mark > "\uffff" else "_" if "\ud800" <= mark <= "\udfff" else mark
        for mark in _REPLACED.sub("_", text)
    )


def ending(title: str) -> str:
    """Return the ending of a file's title from its last dot on, in lower case."""
    dot = title.rfind(".")
    return title[dot:].lower() if dot >= 0 else ""
