"""Which columns of a table fit."""

import json

from hypothesis import given
from hypothesis import strategies as st

from oocli.render.tables import fitting

PERSON = (
    '{"avatar":"x.png","id":"9b7a","groups":[1],"email":"ann@example.com","displayName":"Ann",'
    '"note":null}'
)


def test_the_telling_columns_come_first_and_lists_and_empty_ones_stay_out():
    assert fitting([PERSON], 0) == (["id", "displayName", "email", "avatar"], 2)


def test_what_does_not_fit_is_counted():
    assert fitting([PERSON], 20) == (["id", "displayName"], 4)


def test_one_column_is_drawn_however_narrow_the_terminal():
    assert fitting([PERSON], 1) == (["id"], 5)


def test_items_of_lists_alone_still_have_a_column():
    assert fitting(['{"a":[1]}'], 80) == (["a"], 0)


def test_no_items_have_no_columns():
    assert fitting([], 80) == ([], 0)


@given(st.integers(1, 200), st.dictionaries(st.text("abc", min_size=1), st.integers(), min_size=1))
def test_the_chosen_columns_fit_or_there_is_only_one(width, members):
    columns, left_out = fitting([json.dumps(members)], width)

    drawn = sum(max(len(name), len(str(members[name]))) + 2 for name in columns) - 2
    assert drawn <= width or len(columns) == 1
    assert len(columns) + left_out == len(members)
