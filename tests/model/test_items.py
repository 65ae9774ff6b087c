"""Which parts of an answer are its items."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.page import items_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)  # fmt: skip


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
def test_the_items_of_an_answer(answer, items):
    assert items_of(answer) == items


@given(st.lists(JSON), st.sampled_from([None, 1, "\t"]))
def test_a_list_of_anything_comes_back_value_by_value(values, indent):
    text = json.dumps({"response": values, "statusCode": 200}, indent=indent)

    assert [json.loads(item) for item in items_of(text)] == values
