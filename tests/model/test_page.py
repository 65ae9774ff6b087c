"""Reading a page: its lists, items and ids, where they stand in the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.json_text import InvalidJson
from oocli.model.page import Page, is_empty_answer

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(items=st.lists(values, max_size=8), indent=st.sampled_from([None, 0, 2]))
def test_the_items_are_slices_of_the_text_that_arrived(items, indent):
    text = json.dumps({"count": 1, "response": items, "total": 7}, indent=indent)

    page = Page.read(text)

    assert [json.loads(item) for item in page.texts()] == items
    assert (page.total, page.is_folder) == (7, False)


def test_digits_escapes_and_the_order_of_keys_stay():
    items = [r'{"b":1.00,"a":"\/ж\u0436"}', "123456789012345678901234567890", "1e400"]

    assert list(Page.read('{"response":[' + " , ".join(items) + "]}").texts()) == items


@pytest.mark.parametrize(
    "text",
    [
        '{"response":{"id":1}}', '{"response":"text"}', '{"count":0}', "[1,2]", "5",
        '{"response":{"files":[1],"folders":[2]}}',  # without a total it is no folder
        '{"response":[1],"status":1}', '{"response":[1],"error":{"message":"no"}}',
    ],
)  # fmt: skip
def test_what_is_no_list_is_no_page(text):
    assert Page.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"response":[1 2]}', '{"response":[1,]}', '{"response":[1}', '{"response":[1]',
        '{"response" [1]}', '{response:[1]}', '{"response":[1],}', '{"response":[1]} x',
        '{"response":[NaN]}', '{"response":' + "[" * 100_000,
    ],
)  # fmt: skip
def test_broken_json_is_refused(text):
    with pytest.raises(InvalidJson):
        Page.read(text)


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ('{"status":0,"response":{}}', True), ('{"count":0,"status":0}', True),
        ('{"response":null}', True), ('{"response":[]}', False), ('{"response":{"a":1}}', False),
        ('{"status":1}', False), ('{"error":{"message":"no"}}', False), ("[]", False),
    ],
)  # fmt: skip
def test_an_answer_that_says_nothing_is_told_from_others(text, empty):
    assert is_empty_answer(text) is empty
