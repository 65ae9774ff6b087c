"""One line of a batch is read without changes to its text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.batch.line import BatchLine
from oocli.model.errors import UsageError

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)
members = st.dictionaries(
    st.sampled_from(["method", "path", "params", "body", "headers", "id", "other"]), json_values
)


@given(raw=st.binary(max_size=60) | members.map(lambda line: json.dumps(line).encode()))
def test_any_input_is_a_line_or_a_usage_error_that_names_it(raw):
    try:
        line = BatchLine.read(raw, 4, 7)
    except UsageError as failure:
        assert failure.why.startswith("line 7")
    else:
        assert (line.index, line.number, line.where) == (4, 7, "line 7")


@given(body=json_values.filter(lambda value: value is not None), id_=json_values)
def test_body_and_id_are_slices_of_the_line(body, id_):
    try:
        texts = [json.dumps(value, allow_nan=False) for value in (body, id_)]
    except ValueError:
        return  # NaN and infinity are not JSON
    raw = f'{{"path": "x", "body" : {texts[0]} ,"id":{texts[1]}, "method":"put"}}'

    line = BatchLine.read(raw.encode(), 0, 1)

    assert (line.method, line.body, line.id) == ("PUT", texts[0].encode(), texts[1])


def test_null_means_not_given():
    raw = b'{"method":"GET","path":"x","params":null,"headers":null,"body":null,"id":null}'

    line = BatchLine.read(raw, 0, 1)

    assert (line.params, line.headers, line.body, line.id) == ((), (), None, "null")


def test_numbers_in_params_keep_their_digits_and_lists_repeat_the_name():
    raw = b'{"method":"GET","path":"x","params":{"a":1.50,"b":[1e2,"t",true],"c":false}}'

    assert BatchLine.read(raw, 0, 1).params == (
        ("a", "1.50"), ("b", "1e2"), ("b", "t"), ("b", "true"), ("c", "false"),
    )  # fmt: skip


def test_the_digest_depends_on_the_line_and_not_on_white_space_around_it():
    same = [b'{"method":"GET","path":"x"}', b'  {"method":"GET","path":"x"}\r\n']
    other = b'{"method":"GET","path":"y"}'

    digests = [BatchLine.read(raw, 0, 1).digest for raw in (*same, other)]

    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(("method", "safe"), [("get", True), ("HEAD", True), ("POST", False)])
def test_only_get_and_head_are_safe_to_repeat(method, safe):
    raw = json.dumps({"method": method, "path": "x"}).encode()

    assert BatchLine.read(raw, 0, 1).is_safe is safe
