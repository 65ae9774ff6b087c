"""Fields as typed, and the JSON they make."""

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


def made(*typed):
    """Return the JSON object of some `-F` fields."""
    return json_object([Field.typed(text, "-F", refuse) for text in typed])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "nan", "1e", "0x10", "+1", "01"])
def test_a_value_that_is_no_number_of_json_stays_text(value):
    assert made(f"x={value}") == f'{{"x":"{value}"}}'


@given(NAMES, TEXTS)
def test_a_raw_field_is_text_whatever_it_looks_like(name, value):
    assert json.loads(json_object([Field.text(f"{name}={value}", "-f")])) == {name: value}


@given(st.from_regex(NUMBER, fullmatch=True))
def test_a_number_keeps_every_character(number):
    assert made(f"n={number}") == f'{{"n":{number}}}'


@given(TEXTS.filter(lambda text: not text.startswith("@")))
def test_a_typed_field_is_what_json_reads_in_it_or_else_text(value):
    found = json.loads(made(f"v={value}"), parse_int=str, parse_float=str)["v"]

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
def test_a_list_of_objects_begins_one_where_a_key_comes_again(rows):
    # Rows of the same keys are the ones that can be told apart.
    rows = [dict.fromkeys("abc", "") | row for row in rows]
    typed = [Field.text(f"l[][{k}]={v}", "-f") for row in rows for k, v in row.items()]

    assert json.loads(json_object(typed)) == {"l": rows}


@given(st.lists(st.text("a[]=1", max_size=8), max_size=4))
def test_any_text_makes_an_object_or_a_usage_error(typed):
    try:
        text = made(*typed)
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
def test_what_brackets_make(typed, expected):
    assert json.loads(made(*typed)) == expected


@pytest.mark.parametrize(
    "typed",
    [["a"], ["=1"], ["[a]=1"], ["a[=1"], ["a]=1"], ["a[b]c=1"], ["a[[b]]=1"], ["a=1", "a[]=2"],
     ["a[]=1", "a=2"], ["a" + "[b]" * 60 + "=1"], ["a\ud800=1"], ["a=\udcff"], ["a[]", "a[]"]],
)  # fmt: skip
def test_names_and_values_that_cannot_be_meant_are_refused(typed):
    with pytest.raises(UsageError):
        made(*typed)


def test_an_at_sign_reads_a_file_and_its_text_stays_text():
    field = Field.typed("a=@name=1", "-F", {"name=1": "42"}.__getitem__)

    assert json_object([field]) == '{"a":"42"}'


@given(st.lists(st.tuples(NAMES, TEXTS)))
def test_a_query_takes_names_and_values_as_typed(wanted):
    assert pairs(Field.text(f"{name}={value}", "-f") for name, value in wanted) == wanted
