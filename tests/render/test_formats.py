"""The formats csv, tsv, ndjson and table, page by page."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.secret import Redactor
from oocli.render.formats import WRITERS, RowOptions
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.terminal import Terminal

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
PIPE = Terminal(False, False, False)


def written(name, pages, *columns, safe=False):
    """Return what a format writes for pages of JSON texts."""
    file = io.BytesIO()
    output, messages = Stdout(PIPE, Redactor(), file=file), Stderr(PIPE, Redactor())
    writer = WRITERS[name](output, messages, RowOptions(columns, safe_cells=safe))
    for page in pages:
        writer.items(page)
    writer.end()
    return file.getvalue().decode()


def read(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
@given(
    keys=st.lists(TEXTS, min_size=1, max_size=4, unique=True),
    rows=st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=1, max_size=5),
)
def test_every_text_comes_back_from_the_csv_module(name, delimiter, keys, rows):
    items = [json.dumps(dict(zip(keys, row, strict=False))) for row in rows]

    text = written(name, [items])

    assert read(text, delimiter) == [keys, *(row[: len(keys)] for row in rows)]
    assert text.endswith("\n")


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_nul_in_a_cell_is_kept(name):
    assert written(name, [['{"a":"x\\u0000y"}']]) == "a\nx\0y\n"


def test_pages_share_one_heading_and_late_columns_are_reported(capsys):
    text = written("csv", [['{"a":1}'], ['{"a":2,"b":3}'], ['{"b":4}']])

    assert text == 'a\n1\n2\n""\n'
    assert capsys.readouterr().err == (
        "left out, because the first page has no such column: b (choose columns with --columns)\n"
    )


def test_an_empty_first_page_waits_for_the_columns_of_the_next():
    assert written("csv", [[], ['{"a":1}']]) == "a\n1\n"


@pytest.mark.parametrize(("columns", "text"), [((), ""), (("a,b",), "a,b\n")])
def test_no_items_give_a_heading_only_where_the_columns_are_known(columns, text, capsys):
    assert (written("csv", [[]], *columns), capsys.readouterr().err) == (text, "")


def test_columns_that_no_item_has_are_reported(capsys):
    assert written("csv", [['{"a":1}']], "a", "b,c") == "a,b,c\n1,,\n"
    assert capsys.readouterr().err == "no item has the column b, c\n"


def test_safe_cells_escape_headings_too():
    assert written("csv", [['{"=a":"@b","n":-1}']], safe=True) == "'=a,n\n'@b,-1\n"


def test_quotes_follow_rfc_4180():
    items = [json.dumps({"a": text}) for text in ('x"y', "x,y", "x\ny", "x\ry", "x y", " x", "")]

    assert written("csv", [items]) == ('a\n"x""y"\n"x,y"\n"x\ny"\n"x\ry"\nx y\n x\n""\n')


def test_ndjson_puts_each_item_on_one_line_without_other_changes():
    assert written("ndjson", [['{"a":\r\n  1.50,\n  "b": "x  y"}', "[1,\n2]"], ['"z"']]) == (
        '{"a":1.50,"b": "x  y"}\n[1,2]\n"z"\n'
    )


NAMED = (
    '{"displayName":"Bob O&#39;Brien","title":"a &amp; b","since":"2026-11-24T06:31:09.5000000Z"}'
)


def test_names_are_decoded_in_rows_and_timestamps_are_short_only_in_a_table():
    drawn = written("table", [[NAMED]], "displayName", "title", "since").splitlines()[1]

    assert drawn == "Bob O'Brien  a &amp; b  2026-11-24 06:31"
    for name, mark in (("csv", ","), ("tsv", "\t")):
        row = written(name, [[NAMED]]).splitlines()[1]
        assert row == mark.join(["Bob O'Brien", "a &amp; b", "2026-11-24T06:31:09.5000000Z"])
    assert written("ndjson", [[NAMED]]) == NAMED + "\n"


def test_the_name_inside_another_object_is_decoded_too():
    item = json.dumps({"createdBy": {"displayName": "Bob O&#39;Brien"}})

    assert written("csv", [[item]], "createdBy.displayName").endswith("Bob O'Brien\n")


def test_safe_cells_escape_a_formula_in_an_encoded_name():
    item = json.dumps({"displayName": "&#61;1+1"})

    assert written("csv", [[item]], safe=True).splitlines() == ["displayName", "'=1+1"]
