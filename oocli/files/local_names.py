"""The names that the entries of a folder get on this machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from oocli.files.tree import Entry
from oocli.model.local_files import local_name, name_with_suffix


class LocalNames:
    """Names for the entries of a folder, the same ones in each run, in any order.

    Entries whose titles would meet in one name get their ids added. `ignores_case` tells a file
    system to which `a.txt` and `A.TXT` are one name, and the two forms of `é` as well; it is asked
    only where that matters. Of the names only hashes are kept: a folder may be very large.
    """

    def __init__(self, entries: Iterable[Entry], ignores_case: Callable[[], bool]) -> None:
        self._key: Callable[[str], str] = _folded
        self._all, self._met = _keys(entries, self._key)
        if self._met and not ignores_case():
            self._key = str
            self._all, self._met = _keys(entries, self._key)
        self._given: set[str] = set()  # of the names with an id

    def of(self, entry: Entry) -> str:
        """Return the name of an entry; called once for each."""
        name = local_name(entry.title)
        if not self._met or hash(self._key(name)) not in self._met:
            return name
        # A folder and a file may have one id.
        suffix = f" (folder {entry.id})" if entry.is_folder else f" ({entry.id})"
        while True:
            name = name_with_suffix(name, suffix, has_extension=not entry.is_folder)
            key = self._key(name)
            # Once more where another title looks like this one with its id.
            if hash(key) not in self._all and key not in self._given:
                self._given.add(key)
                return name

    def has(self, name: str) -> bool:
        """Whether a title gives this name without an id, or one before got it with its id."""
        key = self._key(name)
        return hash(key) in self._all or key in self._given


def _keys(entries: Iterable[Entry], key: Callable[[str], str]) -> tuple[set[int], set[int]]:
    """Return the hashes of the keys of all names, and those that several have."""
    found: set[int] = set()
    met: set[int] = set()
    for entry in entries:
        hashed = hash(key(local_name(entry.title)))
        (met if hashed in found else found).add(hashed)
    return found, met


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
