"""Each item that a portal delivers is returned once, whichever items share an id."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from oocli.client.paging import Paginator
from oocli.model.page import Page

names = st.sampled_from(["a", "b", "c"])
ids = st.sampled_from([1, 2, 3, "1", None, 1.5, True, [1]])
plain_items = st.fixed_dictionaries(
    {},
    optional={
        "id": ids,
        "version": st.sampled_from([1, 2, "1", None, 1.5, {}]),
        "fileExst": names,
        "fileEntryType": st.sampled_from([1, 2, "x", None, [], {"a": 1}]),
        "current": st.fixed_dictionaries({"id": ids}),
        "title": names,
    },
)
items = plain_items | st.integers(0, 2) | names | st.none() | st.lists(st.integers(), max_size=1)


def page_of(plain: list) -> Page:
    return Page.read(json.dumps({"response": plain, "total": 10**6}))


def folder_of(folders: list, files: list) -> Page:
    response = {"folders": folders, "files": files, "total": 10**6}
    return Page.read(json.dumps({"response": response}))


def read_pages(pages: list[Page]) -> tuple[list[tuple[str, str]], int]:
    """Return section and text of each item, and how many pages were requested."""
    left = iter(pages)
    asked = []

    def fetch(start: int) -> Page | None:
        asked.append(start)
        return next(left, None)

    first = fetch(0)
    out = [
        (section.name, text)
        for page in Paginator(fetch, 100).pages(first)
        for section in page.sections
        for text in section.texts
    ]
    return out, min(len(asked), len(pages))


def entries(page: Page) -> Counter:
    return Counter((section.name, text) for section in page.sections for text in section.texts)


def key_of(name: str, text: str) -> object:
    """Return what identifies an item, or None; this repeats the rule of oocli.client.paging."""
    item = json.loads(text)
    if not isinstance(item, dict):
        return None
    holder = item
    if item.get("id") is None and isinstance(item.get("current"), dict):
        holder = item["current"] | {"version": item.get("version")}
    id_, version = holder.get("id"), holder.get("version")
    if type(id_) not in (int, str) or not (version is None or type(version) in (int, str)):
        return None
    entry = item.get("fileEntryType")
    sort = entry if type(entry) in (int, str) else "file" if "fileExst" in item else ""
    return name, "" if name else sort, type(id_), id_, type(version), version


def repeats_itself(page: Page) -> bool:
    keys = [key for entry in entries(page).elements() if (key := key_of(*entry)) is not None]
    return len(set(keys)) < len(keys)


def check(pages: list[Page]) -> None:
    """Fail unless each item of the pages is returned as often as the rule says."""
    out, asked = read_pages(pages)
    pages = pages[:asked]
    came = Counter(out)
    by_text = any(map(repeats_itself, pages))
    first_seen: dict[tuple[str, str], int] = {}
    delivered: set[object] = set()
    for before, page in zip([None, *pages], pages, strict=False):
        if before is not None and entries(before) == entries(page):
            continue
        for entry, number in entries(page).items():
            key = key_of(*entry)
            if key is None:
                continue
            if by_text:
                first_seen.setdefault(entry, number)
            elif key not in delivered:
                first_seen[entry] = number
        delivered |= {key_of(*entry) for entry in entries(page)}
    identified = {entry: number for entry, number in came.items() if key_of(*entry) is not None}
    assert identified == first_seen
    for page in pages:  # nothing is dropped that is within one page or has no identity
        for entry, number in entries(page).items():
            assert came[entry] >= number or key_of(*entry) is not None


@settings(max_examples=200)
@given(st.lists(st.lists(items, min_size=1, max_size=5), min_size=1, max_size=6))
def test_each_item_of_a_list_is_returned_once(pages):
    check([page_of(page) for page in pages])


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.lists(plain_items, max_size=3), st.lists(plain_items, max_size=3)),
        min_size=1,
        max_size=5,
    )
)
def test_each_entry_of_a_folder_is_returned_once(pages):
    check([folder_of(*page) for page in pages])


def texts(*pages: list) -> list:
    return [json.loads(text) for _, text in read_pages([page_of(page) for page in pages])[0]]


def test_the_versions_of_one_file_are_separate_items():
    history = [{"id": 7, "version": number, "title": "a"} for number in range(5, 0, -1)]

    assert texts(history) == history
    assert texts(*([version] for version in history)) == history


def test_items_of_one_page_that_share_an_id_are_all_returned():
    log = [{"id": 7, "n": n} for n in range(4)]

    assert texts(log, [{"id": 7, "n": 3}, {"id": 7, "n": 4}]) == [*log, {"id": 7, "n": 4}]


def test_an_item_that_changed_between_two_pages_is_returned_once():
    assert texts([{"id": 1}, {"id": 2, "n": 1}], [{"id": 2, "n": 2}, {"id": 3}]) == [
        {"id": 1}, {"id": 2, "n": 1}, {"id": 3},
    ]  # fmt: skip


def test_omitted_items_are_returned_later_if_ids_turn_out_not_to_be_unique():
    pages = [[{"id": 1, "n": 1}, {"id": 2}], [{"id": 1, "n": 2}, {"id": 2}],
             [{"id": 1, "n": 2}, {"id": 1, "n": 3}]]  # fmt: skip

    assert texts(*pages) == [{"id": 1, "n": 1}, {"id": 2}, {"id": 1, "n": 2}, {"id": 1, "n": 3}]


def test_an_entry_type_that_cannot_be_hashed_is_no_error():
    odd = [{"id": 1, "fileEntryType": []}, {"id": 2, "fileEntryType": {"a": 1}}]

    assert texts(odd) == odd
