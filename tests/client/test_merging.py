"""Many pages that are merged into one envelope."""

from __future__ import annotations

from oocli.client.merging import Merged
from oocli.model.page import Page


def merged(*texts: str) -> tuple[str, str]:
    """Return the envelope that these pages make, and its response."""
    pages = [Page.read(text) for text in texts]
    with Merged(pages[0]) as document:
        for page in pages:
            document.add(page)
        return b"".join(document.pieces()).decode(), b"".join(document.inner_pieces()).decode()


def test_the_first_envelope_gets_all_items_and_their_count_and_no_next_index():
    whole, inner = merged(
        '{"count":2,"nextIndex":3,"total":3,"status":0, "response":[{"id":1.50},{"id":"ж"}]}',
        '{"count":1,"startIndex":2,"total":3,"status":0,"response":[ {"a":[1, 2]} ]}',
    )

    items = '[{"id":1.50},{"id":"ж"},{"a":[1, 2]}]'
    assert whole == f'{{"count":3,"total":3,"status":0, "response":{items}}}'
    assert inner == items


def test_a_next_index_at_the_end_is_removed_with_its_comma():
    whole, _ = merged('{"response":[1],"count":1 , "nextIndex":2}')

    assert whole == '{"response":[1],"count":1}'


def test_a_folder_merges_both_lists_and_both_counts():
    whole, inner = merged(
        '{"response":{"files":[],"folders":[{"id":5}],"count":1,"total":2},"count":1}',
        '{"response":{"files":[{"id":5}],"folders":[],"count":1,"total":2},"count":1}',
    )

    assert inner == '{"files":[{"id":5}],"folders":[{"id":5}],"count":2,"total":2}'
    assert whole == f'{{"response":{inner},"count":2}}'


def test_a_count_that_the_first_page_lacks_is_added():
    whole, _ = merged(
        '{"status":0,"response":{"files":[],"folders":[],"total":2}}',
        '{"count":1,"status":0,"response":{"files":[1],"folders":[],"total":2}}',
    )

    assert whole == '{"count":1,"status":0,"response":{"files":[1],"folders":[],"total":2}}'


def test_an_empty_list_is_left_as_it_arrived():
    text = '{"status":0,"statusCode":200,"response":[]}'

    assert merged(text) == (text, "[]")


def test_items_beyond_the_memory_limit_are_merged_completely():
    item = '"' + "x" * 100_000 + '"'
    text = f'{{"count":10,"response":[{",".join([item] * 10)}]}}'

    whole, _ = merged(*[text] * 10)

    assert whole == f'{{"count":100,"response":[{",".join([item] * 100)}]}}'
