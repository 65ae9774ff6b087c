"""Reading a page: its lists and items, as they stand in the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.json_text import InvalidJson
from oocli.model.page import Page, is_empty_answer, items_of

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
def test_the_items_of_a_page_are_parts_of_its_text(items, indent):
    text = json.dumps({"count": 1, "response": items, "total": 7}, indent=indent)

    page = Page.read(text)

    assert [json.loads(item) for item in page.texts()] == items
    assert (page.total, page.is_folder) == (7, False)


def test_items_keep_their_digits_escapes_and_order_of_keys():
    items = [r'{"b":1.00,"a":"\/ж\u0436"}', "123456789012345678901234567890", "1e400"]

    assert list(Page.read('{"response":[' + " , ".join(items) + "]}").texts()) == items


@pytest.mark.parametrize(
    "text",
    [
        '{"response":{"id":1}}', '{"response":"text"}', '{"count":0}', "[1,2]", "5",
        '{"response":{"files":[1],"folders":[2]}}',  # a folder has a total
        '{"response":[1],"status":1}', '{"response":[1],"error":{"message":"no"}}',
    ],
)  # fmt: skip
def test_an_answer_without_a_list_is_no_page(text):
    assert Page.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"response":[1 2]}', '{"response":[1,]}', '{"response":[1}', '{"response":[1]',
        '{"response" [1]}', '{response:[1]}', '{"response":[1],}', '{"response":[1]} x',
        '{"response":[NaN]}', '{"response":' + "[" * 100_000,
    ],
)  # fmt: skip
def test_a_page_of_broken_json_is_refused(text):
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
def test_an_answer_without_any_content_is_recognized(text, empty):
    assert is_empty_answer(text) is empty


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ('{"count":2,"response":[ {"a":1.50} , 2 ],"statusCode":200}', ['{"a":1.50}', "2"]),
        ('{"response":{"id":1.0},"statusCode":200}', ['{"id":1.0}']),
        (
            '{"response":{"files":[{"id":2}],"folders":[{"id":1}],"total":2},"statusCode":200}',
            ['{"id":1}', '{"id":2}'],
        ),
        ('{"response":"text","statusCode":200}', ['"text"']),
        ('{"response":true,"statusCode":200}', ["true"]),
        ('{"response":[],"statusCode":200}', []),
        ('{"response":{},"status":0,"statusCode":200}', []),
        ('{"response":null,"status":0,"statusCode":200}', []),
        ('{"count":0,"status":0,"statusCode":200}', []),
        ('{"success":true,"data":{"id":1}}', ['{"success":true,"data":{"id":1}}']),
        ("[1,2]", ["1", "2"]),
        ("7", ["7"]),
    ],
)
def test_an_answer_has_these_items(answer, items):
    assert items_of(answer) == items


@given(st.lists(values), st.sampled_from([None, 1, "\t"]))
def test_each_value_of_a_list_is_an_item(values, indent):
    text = json.dumps({"response": values, "statusCode": 200}, indent=indent)

    assert [json.loads(item) for item in items_of(text)] == values
