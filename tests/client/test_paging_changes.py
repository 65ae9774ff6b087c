"""Lists that change while they are read: what is given, what is told, and that each has an end."""

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
class Changing:
    """A list at a portal. Before the n-th later page the n-th change is made to it.

    A change is the place and the number of items that come in (above 0) or go (below 0).
    """

    length: int
    changes: list[tuple[int, int]]
    total: str = "honest"  # or "at first" (never told anew), "more" (Workspace), "none"
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
        total = {"honest": len(self.items), "at first": self.length, "more": more}.get(self.total)
        body: dict[str, Any] = {"response": cut, "total": total}
        if self.is_folder:
            body = {"response": {"folders": [], "files": cut, "total": total}}
        return Page.read(json.dumps(body))


def read(portal: Changing, size: int, limit: int | None = None) -> tuple[list[int], str | None]:
    """Return the ids of the items that came, and what a user is told."""
    walk = Paginator(lambda start: portal.page(size, start), size, limit)
    texts = [text for page in walk.pages(portal.page(size, 0)) for text in page.texts()]
    return [json.loads(text)["id"] for text in texts], walk.warning


changes = st.lists(st.tuples(st.integers(0, 60), st.integers(-6, 12)), max_size=6)
insertions = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=6)


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), changes=insertions,
    total=st.sampled_from(["honest", "more"]), is_folder=st.booleans(),
)  # fmt: skip
def test_what_was_there_all_the_time_comes_once_though_items_are_inserted(
    length, size, changes, total, is_folder
):
    if total == "more" and not is_folder:  # no telling it from a portal that goes in circles
        changes = changes[:1]
    portal = Changing(length, changes, "honest" if is_folder else total, is_folder)

    got, _ = read(portal, size)

    assert len(set(got)) == len(got)
    assert portal.kept <= set(got)


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), changes=changes, is_folder=st.booleans(),
    total=st.sampled_from(["honest", "at first", "more", "none"]),
    limit=st.none() | st.integers(1, 40),
)  # fmt: skip
def test_a_list_that_changes_has_an_end_and_gives_nothing_twice(
    length, size, changes, is_folder, total, limit
):
    portal = Changing(length, changes, "honest" if is_folder else total, is_folder)

    got, _ = read(portal, size, limit)

    assert len(set(got)) == len(got) <= (limit or 1000)
    assert portal.asked <= 2 + 2 * (length + 6 * 12) // size


@given(
    length=st.integers(0, 40), size=st.integers(1, 12), is_folder=st.booleans(),
    changes=st.lists(st.tuples(st.integers(0, 60), st.integers(-6, -1)), max_size=6),
)  # fmt: skip
def test_what_is_lost_because_others_were_deleted_is_told(length, size, changes, is_folder):
    portal = Changing(length, changes, "honest", is_folder)

    got, said = read(portal, size)

    assert portal.kept <= set(got) or (said and "some may be missing" in said)


def test_a_page_of_nothing_new_is_not_the_end_of_a_list_that_grew():
    portal = Changing(6, [(0, 2)])

    assert read(portal, 2) == (
        [0, 1, 2, 3, 4, 5],
        "the total grew (from 6 to 8) while the list was read; the list ended after 6 of 8 items; "
        "some may be missing, repeat the call",
    )


def test_a_list_that_grows_as_fast_as_it_is_read_is_read_on():
    assert read(Changing(2, [(0, 1)] * 5), 1)[0] == [0, 1]


def test_a_total_that_grows_without_end_and_nothing_new_has_an_end():
    asked = []

    def fetch(start):
        asked.append(start)
        assert len(asked) < 1100
        return Page.read(json.dumps({"response": [{"id": 1}], "total": 100 * len(asked)}))

    assert sum(page.size for page in Paginator(fetch, 1).pages(fetch(0))) == 1


def test_a_total_that_was_never_counted_anew_is_believed_as_long_as_items_are_missing():
    assert read(Changing(6, [(0, 2)], "at first"), 2) == ([0, 1, 2, 3, 4, 5], None)


@pytest.mark.parametrize(
    ("changes", "total", "said"),
    [
        ([], "honest", None),
        ([], "none", None),
        ([], "more", None),
        ([(6, 2)], "honest", "the total grew (from 6 to 8) while the list was read"),
        ([(5, -1)], "honest", "the total shrank (from 6 to 5) while the list was read; "
         "some may be missing, repeat the call"),
        ([(0, -1)], "at first", "the list ended after 5 of 6 items; "
         "some may be missing, repeat the call"),
        ([(6, 2), (7, -1)], "honest", "the total grew and shrank (from 6 to 7) while the list was "
         "read; some may be missing, repeat the call"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [2])
def test_a_total_that_changes_or_is_not_reached_is_told(changes, total, said, size):
    assert read(Changing(6, changes, total), size)[1] == said


def test_a_list_that_was_read_no_further_than_the_limit_is_not_called_short():
    assert read(Changing(6, []), 2, limit=3)[1] is None
    assert read(Changing(6, [(0, -1)]), 2, limit=3)[1].startswith("the total shrank (from 6 to 5)")


def test_hidden_entries_of_a_folder_are_not_called_missing():
    pages = [[1], [], [2]]
    texts = [json.dumps({"response": {"folders": [], "files": [{"id": id_} for id_ in ids],
                                      "total": 6}}) for ids in pages]  # fmt: skip
    walk = Paginator(lambda start: Page.read(texts[start // 2]), 2)

    assert sum(page.size for page in walk.pages(Page.read(texts[0]))) == 2
    assert walk.warning is None


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("total", [10**9, 3])
@pytest.mark.parametrize("pages", [[[1, 2]], [[1, 2], [3, 4]], [[1, 2], [2, 1], [3], [1, 3]]])
def test_a_portal_that_goes_round_in_circles_is_left(pages, total, is_folder):
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

    walk = Paginator(fetch, 2)
    read_pages = pages[:2] if is_folder and total == 3 else pages
    assert sum(page.size for page in walk.pages(first)) == len(set().union(*read_pages))
    assert total == 3 or "items; some may be missing" in walk.warning
