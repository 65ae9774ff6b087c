"""Paging through a list that caps pages, hides, repeats or shifts items, or has a wrong total."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli import Portal
from oocli.client.paging import PagedList, Paginator
from oocli.client.portal import PortalClient
from oocli.model.address import PortalAddress
from oocli.model.errors import Forbidden, PageTooLarge, PortalFailed, UsageError
from oocli.model.kinds import DOCSPACE, UNKNOWN, WORKSPACE
from oocli.model.page import Page
from tests.portal import DemoPortal


@dataclass
class PortalList:
    """A list of a portal, and its peculiarities.

    `total` is "none", "correct", "more" (one above the requested size if more follow) or a number
    that is too high. `growth` items are inserted at the start between any two pages.
    """

    items: list[dict[str, Any]]
    cap: int = 1000
    total: str | int = "none"
    growth: int = 0
    ignores_start: bool = False
    empty_page: str = "[]"  # how the response of an empty page is written
    asked: list[int] = field(default_factory=list)

    def page(self, size: int, start: int) -> Page | None:
        if self.asked and self.growth:
            new = [{"id": f"new-{len(self.asked)}-{n}"} for n in range(self.growth)]
            self.items = [*new, *self.items]
        self.asked.append(start)
        at = 0 if self.ignores_start else start
        cut = self.items[at : at + min(size, self.cap)]
        if not cut and self.empty_page != "[]":
            return None
        more = at + len(cut) < len(self.items)
        totals = {"correct": len(self.items), "more": size + 1 if more else None, "none": None}
        total = totals.get(str(self.total), self.total)
        body = {"count": len(cut), "nextIndex": start + len(cut) + 1, "response": cut}
        return Page.read(json.dumps(body if total is None else {**body, "total": total}))


def read_all(portal_list: PortalList, size: int, limit: int | None = None) -> list[dict[str, Any]]:
    first = portal_list.page(size, 0)
    assert first is not None
    paginator = Paginator(lambda start: portal_list.page(size, start), size, limit)
    return [json.loads(text) for page in paginator.pages(first) for text in page.texts()]


ids = st.one_of(st.integers(), st.text(max_size=8), st.uuids().map(str))
lists = st.lists(ids, unique_by=lambda id_: (type(id_), id_), max_size=60).map(
    lambda found: [{"id": id_, "n": at} for at, id_ in enumerate(found)]
)


@given(
    items=lists,
    size=st.integers(1, 30),
    cap=st.integers(1, 30),
    total=st.sampled_from(["none", "correct", "more"]) | st.integers(1_000, 2_000),
    empty_page=st.sampled_from(["[]", "{}"]),
)
def test_each_item_is_returned_once_and_in_order_whatever_the_cap_and_the_total(
    items, size, cap, total, empty_page
):
    portal_list = PortalList(items, cap, total, empty_page=empty_page if items else "[]")

    assert read_all(portal_list, size) == items


@given(items=lists, size=st.integers(3, 30), growth=st.integers(1, 2), cap=st.integers(3, 30))
def test_items_that_shift_between_pages_are_returned_once(items, size, growth, cap):
    portal_list = PortalList(list(items), cap, "correct", growth=growth)

    assert read_all(portal_list, size) == items


@given(items=lists, size=st.integers(1, 30), limit=st.integers(1, 70), cap=st.integers(1, 30))
def test_a_limit_returns_exactly_that_many_items(items, size, limit, cap):
    assert read_all(PortalList(items, cap), size, limit) == items[:limit]


@given(items=lists, size=st.integers(1, 30))
def test_a_portal_that_ignores_start_index_is_asked_at_most_twice(items, size):
    portal_list = PortalList(items, ignores_start=True)

    assert read_all(portal_list, size) == items[:size]
    assert len(portal_list.asked) <= 2


@given(items=lists, size=st.integers(1, 30), total=st.integers(100, 200) | st.just("more"))
def test_a_portal_that_ignores_start_index_but_claims_more_is_asked_at_most_three_times(
    items, size, total
):
    portal_list = PortalList(items, total=total, ignores_start=True)

    assert read_all(portal_list, size) == items[:size]
    assert len(portal_list.asked) <= 3


def test_equal_items_without_ids_are_all_returned():
    portal_list = PortalList([{"name": "x"}] * 3 + [{"name": "y"}])

    assert read_all(portal_list, 2) == portal_list.items


def test_a_list_without_ids_ends_at_a_page_that_repeats_the_previous_one():
    portal_list = PortalList([{"name": "x"}, {"name": "y"}], ignores_start=True)

    assert read_all(portal_list, 2) == portal_list.items


def test_a_number_and_a_string_are_different_ids():
    portal_list = PortalList([{"id": 5}, {"id": "5"}, {"id": True}, {"id": 1}, {"id": None}])

    assert read_all(portal_list, 2) == portal_list.items


def test_a_file_and_a_folder_with_the_same_id_are_two_items():
    file, folder = {"id": 5, "fileExst": ".txt"}, {"id": 5, "foldersCount": 0}
    newer = [{"id": 7, "fileEntryType": 1}, {"id": 7, "fileEntryType": 2}]

    assert read_all(PortalList([file, folder, *newer]), 1) == [file, folder, *newer]


def test_no_request_follows_once_the_total_is_reached():
    portal_list = PortalList([{"id": n} for n in range(6)], total="correct")

    read_all(portal_list, 3)

    assert portal_list.asked == [0, 3]


def test_a_total_that_only_means_that_more_items_follow_does_not_end_the_list():
    portal_list = PortalList([{"id": n} for n in range(4)], cap=4, total="more")

    assert len(read_all(portal_list, 3)) == 4  # the total of the first page was 4 as well


@dataclass
class Folder:
    """A folder: its entries, those that are left out of pages, and the total that it claims."""

    entries: list[tuple[str, int | str]]
    hidden: frozenset[int]
    claimed: int
    asked: list[int] = field(default_factory=list)

    def page(self, size: int, start: int) -> Page | None:
        self.asked.append(start)
        seen = [
            entry
            for at, entry in enumerate(self.entries)
            if start <= at < start + size and at not in self.hidden
        ]
        response = {
            name: [{"id": id_} for kind, id_ in seen if kind == name]
            for name in ("files", "folders")
        }
        whole = {**response, "startIndex": start, "count": len(seen), "total": self.claimed}
        return Page.read(json.dumps({"count": 1, "response": whole}))

    @property
    def visible(self) -> list[tuple[str, int | str]]:
        return [entry for at, entry in enumerate(self.entries) if at not in self.hidden]


@given(
    folders=st.lists(ids, unique_by=lambda id_: (type(id_), id_), max_size=30),
    files=st.lists(ids, unique_by=lambda id_: (type(id_), id_), max_size=30),
    hidden=st.frozensets(st.integers(0, 59), max_size=50),
    size=st.integers(1, 20),
    excess=st.integers(0, 40),
)
def test_each_visible_entry_of_a_folder_is_returned_once_and_in_order(
    folders, files, hidden, size, excess
):
    entries = [*(("folders", id_) for id_ in folders), *(("files", id_) for id_ in files)]
    folder = Folder(entries, hidden, len(entries) + excess)

    first = folder.page(size, 0)
    found = [
        (section.name, json.loads(text)["id"])
        for page in Paginator(lambda start: folder.page(size, start), size).pages(first)
        for section in page.sections
        for text in section.texts
    ]

    assert found == folder.visible
    assert folder.asked == list(range(0, max(folder.claimed, 1), size))


def test_a_folder_with_too_many_empty_pages_is_an_error():
    folder = Folder([], frozenset(), 10**9)

    with pytest.raises(PortalFailed, match="1000 pages in a row were empty"):
        list(Paginator(lambda start: folder.page(10, start), 10).pages(folder.page(10, 0)))


@pytest.mark.parametrize(
    ("kind", "size", "allowed"),
    [
        (WORKSPACE, 1000, True), (WORKSPACE, 1001, False),
        (DOCSPACE, 100, True), (DOCSPACE, 101, False),
        (UNKNOWN, 1000, True), (UNKNOWN, 1001, False),
    ],
)  # fmt: skip
def test_each_kind_of_portal_has_a_maximum_page_size(kind, size, allowed):
    portal = PortalClient(PortalAddress.parse("https://docs.example.com"), kind=kind)
    request = portal.request("GET", "people")

    if allowed:
        PagedList(portal, request, size=size)
        return
    with pytest.raises(PageTooLarge) as raised:
        PagedList(portal, request, size=size)
    assert (raised.value.size, raised.value.maximum) == (size, kind.page_cap)
    assert "--" not in str(raised.value)


@pytest.mark.parametrize(
    ("limit", "params", "why"),
    [
        (0, {}, "limit=0 is not a number of items above 0"),
        (None, {"count": 5}, "the query sets count, which paging sets itself"),
        (3, {"STARTINDEX": 5}, "the query sets STARTINDEX, which paging sets itself"),
    ],
)
def test_errors_of_portal_pages_name_no_command_line_option(limit, params, why):
    with Portal("docs.example.com") as portal, pytest.raises(UsageError) as raised:
        next(portal.pages("people", limit=limit, params=params))

    assert str(raised.value) == why
    assert raised.value.hint is None


@pytest.mark.parametrize("kind", ["workspace", "docspace"])
def test_portal_pages_returns_every_item(kind):
    with DemoPortal(kind) as demo:
        demo.add_people(250)
        with Portal(demo.origin, token=demo.issue_token(), kind=kind) as portal:
            people = list(portal.pages("people"))
            three = [person["id"] for person in portal.pages("people", limit=3)]

    assert len(people) == len({person["id"] for person in people}) >= 250
    assert three == [person["id"] for person in people[:3]]


def test_portal_pages_returns_each_version_of_a_file():
    history = [{"id": 7, "version": number} for number in range(5, 0, -1)]
    with DemoPortal("workspace") as demo:
        demo.answers("GET", "files/file/7/history", response=history)
        with Portal(demo.origin, token=demo.issue_token(), kind="workspace") as portal:
            assert list(portal.pages("files/file/7/history")) == history


def test_portal_pages_raises_the_error_of_a_page_after_the_items_before_it():
    with DemoPortal("docspace") as demo:
        demo.add_people(250)
        with Portal(demo.origin, token=demo.issue_token(), kind="docspace") as portal:
            pages = portal.pages("people")
            got = [next(pages) for _ in range(100)]
            demo.answers("GET", "people", status=403, error="Access denied")
            with pytest.raises(Forbidden, match="Access denied"):
                got += list(pages)

    assert len(got) == 100
