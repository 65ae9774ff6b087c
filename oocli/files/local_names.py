"""The names that the entries of a folder get on this machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from oocli.files.tree import Entry
from oocli.model.local_files import local_name, name_with_suffix


class LocalNames:
    """Local names for the entries of a folder, the same in each run and in any order.

    Entries whose titles result in the same name get their ids appended. `ignores_case` tells
    whether the file system takes `a.txt` and `A.TXT` for one file, and the two Unicode forms of `é`
    too; it is called only if that matters. Names are kept as hashes, since a folder may be very
    large.
    """

    def __init__(self, entries: Iterable[Entry], ignores_case: Callable[[], bool]) -> None:
        self._key: Callable[[str], str] = _folded
        self._names, self._shared = _hashes(entries, self._key)
        if self._shared and not ignores_case():
            self._key = str
            self._names, self._shared = _hashes(entries, self._key)
        self._with_id: set[str] = set()  # keys of the names that got an id

    def name_of(self, entry: Entry) -> str:
        """Return the name of an entry. Call it once for each entry."""
        name = local_name(entry.title)
        if not self._shared or hash(self._key(name)) not in self._shared:
            return name
        # A folder and a file may have the same id.
        suffix = f" (folder {entry.id})" if entry.is_folder else f" ({entry.id})"
        while True:
            name = name_with_suffix(name, suffix, has_extension=not entry.is_folder)
            key = self._key(name)
            # Append the id again if another title is equal to this one with its id.
            if hash(key) not in self._names and key not in self._with_id:
                self._with_id.add(key)
                return name

    def is_taken(self, name: str) -> bool:
        """Whether an entry of the folder has or may get this name."""
        key = self._key(name)
        return hash(key) in self._names or key in self._with_id


def _hashes(entries: Iterable[Entry], key: Callable[[str], str]) -> tuple[set[int], set[int]]:
    """Return the hashes of all names, and those that several entries share."""
    names: set[int] = set()
    shared: set[int] = set()
    for entry in entries:
        hashed = hash(key(local_name(entry.title)))
        (shared if hashed in names else names).add(hashed)
    return names, shared


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
