"""Which items of a list came on earlier pages, so that each is given once though items shift.

An item is known by its key: its id, and its version where it has one. If one page holds two items
of one key, keys do not tell the items of that list apart, and whole texts are compared.
"""

from __future__ import annotations

from array import array
from collections import defaultdict

from oocli.model.page import Key, Page, Section


class SeenItems:
    """The items of the pages that came so far. Of their texts only hashes are kept."""

    def __init__(self) -> None:
        self._keys: defaultdict[str, set[Key | None]] = defaultdict(set)
        # Hashes of the texts: eight bytes for each item until the first one comes again.
        self._hashes = array("q")
        self._texts: set[int] | None = None
        self._by_text = False
        # Left out because of their keys, though their texts had not come.
        self._doubtful: list[Section] = []

    def new_on(self, page: Page) -> list[Page]:
        """Return the page with the items that no earlier page had.

        Before it comes a page with the items that were left out by mistake, if `page` is the first
        to show that keys do not tell the items of this list apart.
        """
        late: list[Page] = []
        if not self._by_text and any(_has_one_key_twice(section) for section in page.sections):
            self._by_text = True
            if self._doubtful:
                late = [Page("", tuple(self._doubtful), None, ())]
                self._doubtful = []
        return [
            *late,
            page.with_sections(tuple(self._new_in(section) for section in page.sections)),
        ]

    def add(self, page: Page) -> None:
        """Take a page, as it came, among the earlier ones."""
        for section in page.sections:
            self._keys[section.name].update(section.keys)
            hashes = map(hash, section.texts)
            if self._texts is None:
                self._hashes.extend(hashes)
            else:
                self._texts.update(hashes)

    def _new_in(self, section: Section) -> Section:
        known = self._keys[section.name]
        if known.isdisjoint(section.keys):
            return section
        if self._texts is None:
            self._texts = set(self._hashes)
            self._hashes = array("q")
        new: list[int] = []
        doubtful: list[int] = []
        for at, (key, text) in enumerate(zip(section.keys, section.texts, strict=True)):
            if key is None or key not in known:
                new.append(at)
            elif hash(text) not in self._texts:
                (new if self._by_text else doubtful).append(at)
        if doubtful:
            self._doubtful.append(section.with_items(doubtful))
        return section.with_items(new)


def _has_one_key_twice(section: Section) -> bool:
    with_key = len(section.keys) - section.keys.count(None)
    return len(set(section.keys) - {None}) < with_key
