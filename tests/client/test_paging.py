"""The rules of paging against a model of a portal that caps, hides, repeats, shifts and lies."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.client.paging import PagedList, Paginator
from oocli.client.portal import PortalClient
from oocli.model.address import PortalAddress
from oocli.model.errors import PageTooLarge, PortalFailed, UsageError
from oocli.model.kinds import DOCSPACE, UNKNOWN, WORKSPACE
from oocli.model.page import Page


@dataclass
class Model:
    """A list at a portal: what it holds, and how it misbehaves.

    `total` is "none", "honest", "more" (one above what was asked for) or a lie above the truth.
    `growth` items are put in front between any two pages.
    """

    items: list[dict[str, Any]]
    cap: int = 1000
    total: str | int = "none"
    growth: int = 0
    deaf: bool = False  # to startIndex
    nothing_is: str = "[]"  # how an empty page is written
    asked: list[int] = field(default_factory=list)

    def page(self, size: int, start: int) -> Page | None:
        if self.asked and self.growth:
            new = [{"id": f"new-{len(self.asked)}-{n}"} for n in range(self.growth)]
            self.items = [*new, *self.items]
        self.asked.append(start)
        at = 0 if self.deaf else start
        cut = self.items[at : at + min(size, self.cap)]
        if not cut and self.nothing_is != "[]":
            return None
        more = at + len(cut) < len(self.items)
        totals = {"honest": len(self.items), "more": size + 1 if more else None, "none": None}
        total = totals.get(str(self.total), self.total)
        body = {"count": len(cut), "nextIndex": start + len(cut) + 1, "response": cut}
        return Page.read(json.dumps(body if total is None else {**body, "total": total}))


def walked(model: Model, size: int, limit: int | None = None) -> list[dict[str, Any]]:
    first = model.page(size, 0)
    assert first is not None
    paginator = Paginator(lambda start: model.page(size, start), size, limit)
    return [json.loads(text) for page in paginator.pages(first) for text in page.texts()]


ids = st.one_of(st.integers(), st.text(max_size=8), st.uuids().map(str))
lists = st.lists(ids, unique_by=lambda id_: (type(id_), id_), max_size=60).map(
    lambda found: [{"id": id_, "n": at} for at, id_ in enumerate(found)]
)


@given(
    items=lists,
    size=st.integers(1, 30),
    cap=st.integers(1, 30),
    total=st.sampled_from(["none", "honest", "more"]) | st.integers(1_000, 2_000),
    nothing_is=st.sampled_from(["[]", "{}"]),
)
def test_each_item_comes_once_and_in_order_whatever_the_cap_and_the_total(
    items, size, cap, total, nothing_is
):
    model = Model(items, cap, total, nothing_is=nothing_is if items else "[]")

    assert walked(model, size) == items


@given(items=lists, size=st.integers(3, 30), growth=st.integers(1, 2), cap=st.integers(3, 30))
def test_items_that_shift_between_pages_come_once(items, size, growth, cap):
    model = Model(list(items), cap, "honest", growth=growth)
    there_at_the_start = list(items)

    assert walked(model, size) == there_at_the_start


@given(items=lists, size=st.integers(1, 30), limit=st.integers(1, 70), cap=st.integers(1, 30))
def test_a_limit_is_exact(items, size, limit, cap):
    assert walked(Model(items, cap), size, limit) == items[:limit]


@given(items=lists, size=st.integers(1, 30))
def test_a_portal_that_ignores_start_index_is_asked_twice_at_most(items, size):
    model = Model(items, deaf=True)

    assert walked(model, size) == items[:size]
    assert len(model.asked) <= 2


@given(items=lists, size=st.integers(1, 30), total=st.integers(100, 200) | st.just("more"))
def test_a_portal_that_ignores_start_index_and_promises_more_is_asked_thrice_at_most(
    items, size, total
):
    model = Model(items, total=total, deaf=True)

    assert walked(model, size) == items[:size]
    assert len(model.asked) <= 3


def test_items_without_ids_stay_even_when_they_are_equal():
    model = Model([{"name": "x"}] * 3 + [{"name": "y"}])

    assert walked(model, 2) == model.items


def test_items_without_ids_end_with_a_page_that_repeats_the_one_before():
    model = Model([{"name": "x"}, {"name": "y"}], deaf=True)

    assert walked(model, 2) == model.items


def test_a_number_and_a_text_are_different_ids():
    model = Model([{"id": 5}, {"id": "5"}, {"id": True}, {"id": 1}, {"id": None}])

    assert walked(model, 2) == model.items


def test_a_file_and_a_folder_of_one_id_in_a_mixed_list_are_two_items():
    file, folder = {"id": 5, "fileExst": ".txt"}, {"id": 5, "foldersCount": 0}
    newer = [{"id": 7, "fileEntryType": 1}, {"id": 7, "fileEntryType": 2}]

    assert walked(Model([file, folder, *newer]), 1) == [file, folder, *newer]


def test_a_total_equal_to_what_came_saves_a_request():
    model = Model([{"id": n} for n in range(6)], total="honest")

    walked(model, 3)

    assert model.asked == [0, 3]


def test_a_total_that_only_means_more_does_not_end_the_list():
    model = Model([{"id": n} for n in range(4)], cap=4, total="more")

    assert len(walked(model, 3)) == 4  # after 3 + 1 items the total said 4


@dataclass
class Folder:
    """What a folder holds, some of it hidden after the page was cut, and the total it claims."""

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
    lie=st.integers(0, 40),
)
def test_a_folder_gives_each_visible_entry_once_and_in_order(folders, files, hidden, size, lie):
    entries = [*(("folders", id_) for id_ in folders), *(("files", id_) for id_ in files)]
    folder = Folder(entries, hidden, len(entries) + lie)

    first = folder.page(size, 0)
    found = [
        (section.name, json.loads(text)["id"])
        for page in Paginator(lambda start: folder.page(size, start), size).pages(first)
        for section in page.sections
        for text in section.texts
    ]

    assert found == folder.visible
    assert folder.asked == list(range(0, max(folder.claimed, 1), size))


def test_a_folder_that_promises_without_end_is_a_failure_and_not_a_loop():
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
def test_the_size_of_a_page_is_capped_by_the_kind_of_portal(kind, size, allowed):
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
def test_python_users_read_of_no_option_in_an_error_of_paging(limit, params, why):
    from oocli import Portal

    with Portal("docs.example.com") as portal, pytest.raises(UsageError) as raised:
        next(portal.pages("people", limit=limit, params=params))

    assert str(raised.value) == why
    assert raised.value.hint is None


@pytest.mark.parametrize("kind", ["workspace", "docspace"])
def test_python_users_get_every_item_of_all_pages(kind):
    from oocli import Portal
    from tests.portal import DemoPortal

    with DemoPortal(kind) as demo:
        demo.add_people(250)
        with Portal(demo.origin, token=demo.issue_token(), kind=kind) as portal:
            people = list(portal.pages("people"))
            three = [person["id"] for person in portal.pages("people", limit=3)]

    assert len(people) == len({person["id"] for person in people}) >= 250
    assert three == [person["id"] for person in people[:3]]


def test_python_users_get_each_version_of_a_file():
    from oocli import Portal
    from tests.portal import DemoPortal

    history = [{"id": 7, "version": number} for number in range(5, 0, -1)]
    with DemoPortal("workspace") as demo:
        demo.answers("GET", "files/file/7/history", response=history)
        with Portal(demo.origin, token=demo.issue_token(), kind="workspace") as portal:
            assert list(portal.pages("files/file/7/history")) == history


def test_python_users_get_the_error_of_a_page_that_does_not_come():
    from oocli import Portal
    from oocli.model.errors import Forbidden
    from tests.portal import DemoPortal

    with DemoPortal("docspace") as demo:
        demo.add_people(250)
        got = []
        with Portal(demo.origin, token=demo.issue_token(), kind="docspace") as portal:
            pages = portal.pages("people")
            got = [next(pages) for _ in range(100)]
            demo.answers("GET", "people", status=403, error="Access denied")
            with pytest.raises(Forbidden, match="Access denied"):
                got += list(pages)

    assert len(got) == 100
