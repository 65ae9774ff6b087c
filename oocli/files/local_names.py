"""The names that the entries of a folder get on this machine."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from oocli.files.tree import Entry
from oocli.model.file_names import local_name, name_with_suffix


def local_names(entries: Sequence[Entry], ignores_case: Callable[[], bool]) -> list[str]:
    """Return a name for each entry of a folder, the same ones in each run.

    Entries whose titles would meet in one name get their ids added. `ignores_case` tells a file
    system to which `a.txt` and `A.TXT` are one name, and the two forms of `é` as well; it is asked
    only where that matters.
    """
    names = [local_name(entry.title) for entry in entries]
    if len(set(map(_folded, names))) == len(names):
        return names
    key = _folded if ignores_case() else str
    while len(count := Counter(map(key, names))) < len(names):
        # Once more where a title looks like another one with its id.
        for at, entry in enumerate(entries):
            if count[key(names[at])] > 1:
                # A folder and a file may have one id.
                suffix = f" (folder {entry.id})" if entry.is_folder else f" ({entry.id})"
                names[at] = name_with_suffix(names[at], suffix, has_ending=not entry.is_folder)
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
