"""From items to cells."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.render import cells

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.500", "1.500"),
        ("12345678901234567890.0", "12345678901234567890.0"),
        ("1E400", "1E400"),
        ('"a\\nb"', "a\nb"),
        ('"\\u00e9"', "é"),
        ('"\\ud800x"', "\\ud800x"),
        ("null", ""),
        (None, ""),
        ("true", "true"),
        ('{"a":\n  1.50}', '{"a":1.50}'),
        ("[]", "[]"),
    ],
)
def test_a_value_becomes_a_cell(value, text):
    assert cells.cell(value) == text


ITEM = '{"a":1,"b":{"c":2.50,"d.e":3,"l":[4,{"x":5}]},"b.c":6,"a.b":{"c":7}}'


@pytest.mark.parametrize(
    ("column", "value"),
    [("a", "1"), ("b.c", "6"), ("b.d.e", "3"), ("b.l.0", "4"), ("b.l.1.x", "5"), ("a.b.c", "7"),
     ("b", '{"c":2.50,"d.e":3,"l":[4,{"x":5}]}'), ("nope", None), ("a.x", None), ("b.l.9", None)],
)  # fmt: skip
def test_a_column_is_a_key_or_a_path(column, value):
    assert cells.row(ITEM, [column]) == [value]


def test_columns_are_all_keys_in_order_of_appearance():
    assert cells.columns_of(['{"b":1,"a":2}', '{"c":1,"b":2}', "7"]) == ["b", "a", "c", "value"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_safe_cell_disarms_a_formula(start):
    assert cells.safe_cell(json.dumps(f"{start}1+1")) == f"'{start}1+1"


def test_a_safe_cell_leaves_numbers_and_other_texts_alone():
    assert [cells.safe_cell(one) for one in ("-5", "-1.50", '"a=b"', '""', "null")] == [
        "-5", "-1.50", "a=b", "", "",
    ]  # fmt: skip


@given(st.dictionaries(TEXTS, TEXTS, min_size=1))
def test_every_text_comes_back_from_its_cell(members):
    item = json.dumps(members, indent=1)

    assert [cells.cell(one) for one in cells.row(item, list(members))] == list(members.values())


@given(st.lists(st.text(max_size=10)))
def test_safe_cells_never_start_as_formulas(texts):
    for text in texts:
        assert not cells.is_formula(cells.safe_cell(json.dumps(text)))
