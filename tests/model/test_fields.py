"""Fields as they are typed, and the JSON that they make."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.errors import UsageError
from oocli.model.fields import Field, json_object, pairs

NAMES = st.text(
    st.characters(exclude_characters="[]=", exclude_categories=["Cs"]), min_size=1, max_size=8
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def refuse(name):
    raise AssertionError(f"the file {name} was read")


def json_of(*typed):
    """Return the JSON object that some `-F` fields make."""
    return json_object([Field.typed(text, "-F", refuse) for text in typed])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "nan", "1e", "0x10", "+1", "01"])
def test_a_value_that_is_no_json_number_is_a_string(value):
    assert json_of(f"x={value}") == f'{{"x":"{value}"}}'


@given(NAMES, TEXTS)
def test_a_raw_field_is_always_a_string(name, value):
    assert json.loads(json_object([Field.text(f"{name}={value}", "-f")])) == {name: value}


@given(st.from_regex(NUMBER, fullmatch=True))
def test_a_number_keeps_every_character(number):
    assert json_of(f"n={number}") == f'{{"n":{number}}}'


@given(TEXTS.filter(lambda text: not text.startswith("@")))
def test_a_typed_field_is_a_json_literal_or_else_a_string(value):
    found = json.loads(json_of(f"v={value}"), parse_int=str, parse_float=str)["v"]

    if value in ("true", "false", "null"):
        assert found is json.loads(value)
    else:
        assert found == value


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, TEXTS, min_size=1), max_size=4))
def test_names_in_brackets_are_objects_in_the_order_typed(tree):
    typed = [
        Field.text(f"{outer}[{inner}]={value}", "-f")
        for outer, members in tree.items()
        for inner, value in members.items()
    ]

    assert json_object(typed) == json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


@given(NAMES, st.lists(TEXTS, min_size=1))
def test_empty_brackets_append_to_a_list(name, values):
    typed = [Field.text(f"{name}[]={value}", "-f") for value in values]

    assert json.loads(json_object(typed)) == {name: values}


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXTS, min_size=1), min_size=1))
def test_a_repeated_key_begins_the_next_object_of_a_list(rows):
    # Only rows with the same keys can be separated.
    rows = [dict.fromkeys("abc", "") | row for row in rows]
    typed = [Field.text(f"l[][{k}]={v}", "-f") for row in rows for k, v in row.items()]

    assert json.loads(json_object(typed)) == {"l": rows}


@given(st.lists(st.text("a[]=1", max_size=8), max_size=4))
def test_any_fields_make_an_object_or_a_usage_error(typed):
    try:
        text = json_of(*typed)
    except UsageError:
        return
    assert isinstance(json.loads(text), dict)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["a[]"], {"a": []}),
        (["a[b][]"], {"a": {"b": []}}),
        (["a[][]=1", "a[][]=2"], {"a": [[1], [2]]}),
        (["a[][b][]=1", "a[][b][]=2"], {"a": [{"b": [1, 2]}]}),
        (
            ["a[][b][c]=1", "a[][b][d]=2", "a[][b][c]=3"],
            {"a": [{"b": {"c": 1, "d": 2}}, {"b": {"c": 3}}]},
        ),
        (["a[0]=x"], {"a": {"0": "x"}}),
        (["a="], {"a": ""}),
        (["a=b=c"], {"a": "b=c"}),
        (["a= 1"], {"a": " 1"}),
    ],
)  # fmt: skip
def test_brackets_make_objects_and_lists(typed, expected):
    assert json.loads(json_of(*typed)) == expected


@pytest.mark.parametrize(
    "typed",
    [["a"], ["=1"], ["[a]=1"], ["a[=1"], ["a]=1"], ["a[b]c=1"], ["a[[b]]=1"], ["a=1", "a[]=2"],
     ["a[]=1", "a=2"], ["a" + "[b]" * 60 + "=1"], ["a\ud800=1"], ["a=\udcff"], ["a[]", "a[]"]],
)  # fmt: skip
def test_malformed_and_contradictory_fields_are_refused(typed):
    with pytest.raises(UsageError):
        json_of(*typed)


def test_an_at_sign_reads_a_file_whose_content_is_a_string():
    field = Field.typed("a=@name=1", "-F", {"name=1": "42"}.__getitem__)

    assert json_object([field]) == '{"a":"42"}'


@given(st.lists(st.tuples(NAMES, TEXTS)))
def test_fields_for_a_query_keep_names_and_values(wanted):
    assert pairs(Field.text(f"{name}={value}", "-f") for name, value in wanted) == wanted
