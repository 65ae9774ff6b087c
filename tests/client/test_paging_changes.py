"""Lists that change while they are read: the items returned, the warning, and the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.client.paging import Paginator
from oocli.model.page import Page


@dataclass
class ChangingList:
    """A list of a portal that changes between pages: before page n + 1, change n is made.

    A change is a position and the number of items that are inserted (above 0) or deleted (below 0).
    """

    length: int
    changes: list[tuple[int, int]]
    total: str = "correct"  # or "at first" (never updated), "more" (as in Workspace), "none"
    is_folder: bool = False
    asked: int = 0
    items: list[int] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.items = list(range(self.length))
        self.kept = set(self.items)
        self._fresh = self.length

    def page(self, size: int, start: int) -> Page:
        if 0 < self.asked <= len(self.changes):
            place, number = self.changes[self.asked - 1]
            place %= len(self.items) + 1
            if number > 0:
                self.items[place:place] = range(self._fresh, self._fresh + number)
                self._fresh += number
            else:
                self.kept -= set(self.items[place : place - number])
                del self.items[place : place - number]
        self.asked += 1
        cut = [{"id": number} for number in self.items[start : start + size]]
        more = size + 1 if start + size < len(self.items) else None
        total = {"correct": len(self.items), "at first": self.length, "more": more}.get(self.total)
        body: dict[str, Any] = {"response": cut, "total": total}
        if self.is_folder:
            body = {"response": {"folders": [], "files": cut, "total": total}}
        return Page.read(json.dumps(body))


def read(portal: ChangingList, size: int, limit: int | None = None) -> tuple[list[int], str | None]:
    """Return the ids of the items, and the warning for the user."""
    paginator = Paginator(lambda start: portal.page(size, start), size, limit)
    texts = [text for page in paginator.pages(portal.page(size, 0)) for text in page.texts()]
    return [json.loads(text)["id"] for text in texts], paginator.warning


changes = st.lists(st.tuples(st.integers(0, 60), st.integers(-6, 12)), max_size=6)
insertions = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=6)


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), changes=insertions,
    total=st.sampled_from(["correct", "more"]), is_folder=st.booleans(),
)  # fmt: skip
def test_items_that_stay_are_returned_once_though_others_are_inserted(
    length, size, changes, total, is_folder
):
    if total == "more" and not is_folder:  # or it looks like a portal that repeats its pages
        changes = changes[:1]
    portal = ChangingList(length, changes, "correct" if is_folder else total, is_folder)

    got, _ = read(portal, size)

    assert len(set(got)) == len(got)
    assert portal.kept <= set(got)


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), changes=changes, is_folder=st.booleans(),
    total=st.sampled_from(["correct", "at first", "more", "none"]),
    limit=st.none() | st.integers(1, 40),
)  # fmt: skip
def test_reading_a_changing_list_ends_and_returns_nothing_twice(
    length, size, changes, is_folder, total, limit
):
    portal = ChangingList(length, changes, "correct" if is_folder else total, is_folder)

    got, _ = read(portal, size, limit)

    assert len(set(got)) == len(got) <= (limit or 1000)
    assert portal.asked <= 2 + 2 * (length + 6 * 12) // size


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), is_folder=st.booleans(),
    changes=st.lists(st.tuples(st.integers(0, 60), st.integers(-6, -1)), max_size=6),
)  # fmt: skip
def test_a_warning_says_that_deletions_may_have_hidden_items(length, size, changes, is_folder):
    portal = ChangingList(length, changes, "correct", is_folder)

    got, warning = read(portal, size)

    assert portal.kept <= set(got) or (warning and "some may be missing" in warning)


def test_a_page_without_new_items_does_not_end_a_list_that_grew():
    portal = ChangingList(6, [(0, 2)])

    assert read(portal, 2) == (
        [0, 1, 2, 3, 4, 5],
        "the total grew (from 6 to 8) while the list was read; the list ended after 6 of 8 items; "
        "some may be missing, repeat the call",
    )


def test_a_list_that_grows_as_fast_as_it_is_read_is_read_to_its_end():
    assert read(ChangingList(2, [(0, 1)] * 5), 1)[0] == [0, 1]


def test_reading_ends_though_the_total_keeps_growing_without_new_items():
    asked = []

    def fetch(start):
        asked.append(start)
        assert len(asked) < 1100
        return Page.read(json.dumps({"response": [{"id": 1}], "total": 100 * len(asked)}))

    assert sum(page.size for page in Paginator(fetch, 1).pages(fetch(0))) == 1


def test_a_total_that_is_never_updated_counts_until_that_many_items_are_read():
    assert read(ChangingList(6, [(0, 2)], "at first"), 2) == ([0, 1, 2, 3, 4, 5], None)


@pytest.mark.parametrize(
    ("changes", "total", "warning"),
    [
        ([], "correct", None),
        ([], "none", None),
        ([], "more", None),
        ([(6, 2)], "correct", "the total grew (from 6 to 8) while the list was read"),
        ([(5, -1)], "correct", "the total shrank (from 6 to 5) while the list was read; "
         "some may be missing, repeat the call"),
        ([(0, -1)], "at first", "the list ended after 5 of 6 items; "
         "some may be missing, repeat the call"),
        ([(6, 2), (7, -1)], "correct", "the total grew and shrank (from 6 to 7) while the list was "
         "read; some may be missing, repeat the call"),
    ],
)  # fmt: skip
def test_a_warning_says_that_the_total_changed_or_was_not_reached(changes, total, warning):
    assert read(ChangingList(6, changes, total), 2)[1] == warning


def test_a_list_that_the_limit_cuts_short_gives_no_warning():
    assert read(ChangingList(6, []), 2, limit=3)[1] is None
    assert read(ChangingList(6, [(0, -1)]), 2, limit=3)[1].startswith(
        "the total shrank (from 6 to 5)"
    )


def test_hidden_entries_of_a_folder_give_no_warning():
    pages = [[1], [], [2]]
    texts = [json.dumps({"response": {"folders": [], "files": [{"id": id_} for id_ in ids],
                                      "total": 6}}) for ids in pages]  # fmt: skip
    paginator = Paginator(lambda start: Page.read(texts[start // 2]), 2)

    assert sum(page.size for page in paginator.pages(Page.read(texts[0]))) == 2
    assert paginator.warning is None


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("total", [10**9, 3])
@pytest.mark.parametrize("pages", [[[1, 2]], [[1, 2], [3, 4]], [[1, 2], [2, 1], [3], [1, 3]]])
def test_reading_ends_when_a_portal_repeats_its_pages(pages, total, is_folder):
    texts = []
    for ids in pages:
        found = [{"id": id_} for id_ in ids]
        response = {"folders": [], "files": found, "total": total} if is_folder else found
        texts.append(json.dumps({"response": response, "total": total}))
    portal, asked = cycle(texts), []
    first = Page.read(next(portal))

    def fetch(start: int) -> Page:
        asked.append(start)
        assert len(asked) < 20
        return Page.read(next(portal))

    paginator = Paginator(fetch, 2)
    read_pages = pages[:2] if is_folder and total == 3 else pages
    assert sum(page.size for page in paginator.pages(first)) == len(set().union(*read_pages))
    assert total == 3 or "items; some may be missing" in paginator.warning
