"""Which columns of a table fit."""

import io
import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text

from oocli.model.text import one_line
from oocli.render import pretty
from oocli.render.formats import WRITERS, RowOptions
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.tables import drawable, fitting
from oocli.render.terminal import Terminal

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


TEXTS = st.text(st.sampled_from("ab 1é漢😀\u0301"), max_size=6)


def drawn_by_rich(names, rows, numbers):
    """Return the lines of a table that rich draws as wide as it wants."""
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

    drawn = pretty.table(names, rows, colour=False, width=0, numbers=numbers)

    assert drawn.splitlines() == drawn_by_rich(names, rows, numbers)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("terminal", "columns"),
    [
        (Terminal(False, False, False), ()),
        (Terminal(False, True, False, columns=80), ()),
        (Terminal(False, True, False, columns=80), [f"key{at}" for at in range(3000)]),
        (Terminal(False, False, False, stdout_colour=True), ()),
    ],
)
def test_three_thousand_columns_cost_seconds_and_some_megabytes(terminal, columns, capsys):
    items = [json.dumps({f"key{at}": at * row for at in range(3000)}) for row in range(30)]
    file = io.BytesIO()
    writer = WRITERS["table"](Stdout(terminal, file=file), Stderr(terminal), RowOptions(columns))
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
    told = capsys.readouterr().err
    if terminal.columns:
        assert all(len(line) <= 80 for line in lines)
        assert "more columns: choose with --columns, or --format csv" in told
    else:
        assert (len(lines[1].split()), told) == (3000, "")


@pytest.mark.parametrize(("width", "count"), [(1, 1), (3, 1), (8, 2), (80, 16)])
def test_a_width_has_room_for_so_many_columns(width, count):
    assert drawable(width) == count
