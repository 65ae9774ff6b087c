"""Cells, columns and the layout of tables."""

import io
import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from oocli.model.secret import Redactor
from oocli.model.text import one_line
from oocli.render import pretty, tables
from oocli.render.formats import WRITERS, RowOptions
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.tables import drawable, fitting
from oocli.render.terminal import Terminal

PERSON = (
    '{"avatar":"x.png","id":"9b7a","groups":[1],"email":"ann@example.com","displayName":"Ann",'
    '"note":null}'
)


def test_identifying_columns_come_first_and_lists_and_empty_columns_are_left_out():
    assert fitting([PERSON], 0) == (["displayName", "email", "id", "avatar"], 2)


def test_columns_that_do_not_fit_are_counted():
    assert fitting([PERSON], 20) == (["displayName", "id"], 4)


def test_one_column_is_drawn_however_narrow_the_terminal():
    assert fitting([PERSON], 1) == (["displayName"], 5)


def test_items_with_only_lists_still_have_a_column():
    assert fitting(['{"a":[1]}'], 80) == (["a"], 0)


def test_no_items_have_no_columns():
    assert fitting([], 80) == ([], 0)


@given(st.integers(1, 200), st.dictionaries(st.text("abc", min_size=1), st.integers(), min_size=1))
def test_the_chosen_columns_fit_or_there_is_only_one(width, members):
    columns, left_out = fitting([json.dumps(members)], width)

    drawn = sum(max(len(name), len(str(members[name]))) + 2 for name in columns) - 2
    assert drawn <= width or len(columns) == 1
    assert len(columns) + left_out == len(members)


# Rich leaves out an accent without a letter, whose width is 0.
TEXTS = st.text(st.sampled_from("ab 1é漢😀\u0301"), max_size=6).filter(
    lambda text: not text.strip() or cell_len(text.strip()) > 0
)


def drawn_by_rich(names, rows, numbers):
    """Return the lines of a table that rich draws without a limit of width."""
    table = Table(box=None, header_style="", pad_edge=False)
    for at, name in enumerate(names):
        table.add_column(Text(one_line(name)), justify="right" if at in numbers else "left")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console = Console(width=100_000, color_system=None, _environ={})
    with console.capture() as drawn:
        console.print(table)
    return [line.rstrip() for line in drawn.get().splitlines()]


@given(st.integers(1, 4), st.data())
def test_a_table_that_fits_is_the_one_that_rich_draws(count, data):
    row = st.lists(TEXTS, min_size=count, max_size=count)
    names, rows = data.draw(row), data.draw(st.lists(row, min_size=1, max_size=4))
    numbers = data.draw(st.sets(st.integers(0, count - 1)))

    drawn = pretty.table(names, rows, color=False, width=0, numbers=numbers)

    assert drawn.splitlines() == drawn_by_rich(names, rows, numbers)


def test_an_address_is_never_broken_however_narrow_the_terminal():
    names = ["", "portal", "kind", "account"]
    host, user = "documents.example-company.com:8443", "ann.of.the.long.name@example.com"

    for width in (40, 50, 80):
        drawn = pretty.table(
            names, [["*", host, "ONLYOFFICE Workspace", user]], color=False, width=width
        )

        assert host in drawn and user in drawn
        assert all(len(line) <= max(width, len(host) + 9) for line in drawn.splitlines())


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1), st.integers(18, 40))
def test_no_line_of_a_table_is_wider_than_the_terminal(rows, width):
    drawn = pretty.table(["a", "b", "c"], rows, color=False, width=width)

    assert all(cell_len(line.rstrip()) <= width for line in drawn.splitlines())


def test_long_cells_are_wrapped_between_words_and_a_red_row_is_red_in_all_its_lines():
    rows = [["1", "漢字 漢字", "two words"], ["22", "x", "y"]]

    drawn = pretty.table(
        ["id", "name", "text"], rows, color=True, width=15, numbers={0}, red=[True, False]
    )

    assert drawn == (
        "\x1b[1mid  name  text\x1b[0m\n"
        "\x1b[31m 1  漢字  two\x1b[0m\n"
        "\x1b[31m    漢字  words\x1b[0m\n"
        "22  x     y\n"
    )


@pytest.mark.parametrize(
    ("options", "note"),
    [
        (RowOptions(), "1 more column: choose them with --columns, or use --format csv\n"),
        (RowOptions(selectable=False), "1 more column: use --format csv\n"),
    ],
)
def test_a_column_that_does_not_fit_is_reported_with_what_the_command_can_do(options, note, capsys):
    terminal, file = Terminal(False, True, False, columns=12), io.BytesIO()
    output, messages = Stdout(terminal, Redactor(), file=file), Stderr(terminal, Redactor())
    writer = WRITERS["table"](output, messages, options)

    writer.items(['{"id":1,"text":"twelve chars"}'])
    writer.end()

    assert capsys.readouterr().err == note


@pytest.mark.slow
@pytest.mark.parametrize(
    ("terminal", "columns"),
    [
        (Terminal(False, False, False), ()),
        (Terminal(False, True, False, columns=80), ()),
        (Terminal(False, True, False, columns=80), [f"key{at}" for at in range(3000)]),
        (Terminal(False, False, False, stdout_color=True), ()),
    ],
)
def test_three_thousand_columns_take_limited_time_and_memory(terminal, columns, capsys):
    items = [json.dumps({f"key{at}": at * row for at in range(3000)}) for row in range(30)]
    file = io.BytesIO()
    output, messages = Stdout(terminal, Redactor(), file=file), Stderr(terminal, Redactor())
    writer = WRITERS["table"](output, messages, RowOptions(columns))
    tracemalloc.start()
    start = time.process_time()

    writer.items(items)
    writer.end()

    taken, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 20
    assert peak < 100_000_000
    lines = file.getvalue().decode().splitlines()
    assert len(lines) >= 31
    note = capsys.readouterr().err
    if terminal.columns:
        assert all(len(line) <= 80 for line in lines)
        assert "more columns: choose them with --columns, or use --format csv" in note
    else:
        assert (len(lines[1].split()), note) == (3000, "")


@pytest.mark.parametrize(("width", "count"), [(1, 1), (3, 1), (8, 2), (80, 16)])
def test_the_width_limits_the_number_of_columns(width, count):
    assert drawable(width) == count


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


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
    assert tables.cell(value) == text


ITEM = '{"a":1,"b":{"c":2.50,"d.e":3,"l":[4,{"x":5}]},"b.c":6,"a.b":{"c":7}}'


@pytest.mark.parametrize(
    ("column", "value"),
    [("a", "1"), ("b.c", "6"), ("b.d.e", "3"), ("b.l.0", "4"), ("b.l.1.x", "5"), ("a.b.c", "7"),
     ("b", '{"c":2.50,"d.e":3,"l":[4,{"x":5}]}'), ("nope", None), ("a.x", None), ("b.l.9", None)],
)  # fmt: skip
def test_a_column_is_a_key_or_a_path(column, value):
    assert tables.row(ITEM, [column]) == [value]


def test_columns_are_all_keys_in_order_of_appearance():
    assert tables.columns_of(['{"b":1,"a":2}', '{"c":1,"b":2}', "7"]) == ["b", "a", "c", "value"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_safe_cell_escapes_a_formula(start):
    assert tables.safe_cell(json.dumps(f"{start}1+1")) == f"'{start}1+1"


def test_a_safe_cell_keeps_numbers_and_other_texts_unchanged():
    assert [tables.safe_cell(value) for value in ("-5", "-1.50", '"a=b"', '""', "null")] == [
        "-5", "-1.50", "a=b", "", "",
    ]  # fmt: skip


@given(st.dictionaries(ANY_TEXT, ANY_TEXT, min_size=1))
def test_every_text_comes_back_from_its_cell(members):
    item = json.dumps(members, indent=1)

    assert [tables.cell(value) for value in tables.row(item, list(members))] == list(
        members.values()
    )


@given(st.lists(st.text(max_size=10)))
def test_safe_cells_never_start_as_formulas(texts):
    for text in texts:
        assert not tables.is_formula(tables.safe_cell(json.dumps(text)))


def test_only_the_names_that_portals_encode_are_decoded():
    item = json.dumps({"displayName": "O&#39;Brien", "department": "R&amp;D", "name": "R&amp;D"})
    columns = ["displayName", "department", "name"]

    cells = map(tables.cell, tables.row(item, columns), columns)

    assert list(cells) == ["O'Brien", "R&D", "R&amp;D"]


def test_rows_that_do_not_fit_name_the_column_without_a_heading():
    rows = [["*", "docs.example.com"], ["", "other.example.com"]]

    drawn = pretty.table(["", "portal"], rows, color=False, width=16, mark="default")

    assert drawn == ("default  *\nportal   docs.example.com\n\nportal   other.example.com\n")


def test_a_qr_code_that_is_too_tall_is_left_out():
    pytest.importorskip("segno")
    address = "otpauth://totp/docs:ann?secret=GEZDGNBVGY3TQOJQ"
    lines = pretty.qr_lines(address, 24) or []

    assert 0 < len(lines) <= 24
    assert pretty.qr_lines(address, len(lines)) == lines
    assert pretty.qr_lines(address, len(lines) - 1) == []
