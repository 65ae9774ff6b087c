"""The formats that show items: ndjson, csv, tsv and table, each fed page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from oocli.render import cells
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.tables import drawable, fitting


class ItemWriter(Protocol):
    """Shows items as they come: `items` for each page, then `end` once."""

    def items(self, items: Sequence[str]) -> None:
        """Take the JSON texts of some items."""

    def end(self) -> None:
        """Write what is left, and say what should be known."""


class NdjsonWriter:
    """ndjson: each item on a line of its own, in the portal's own words."""

    def __init__(self, output: Stdout, messages: Stderr, look: RowOptions) -> None:
        self._output = output

    def items(self, items: Sequence[str]) -> None:
        """Write a page."""
        text = "".join(f"{self._output.harmless(cells.on_one_line(item))}\n" for item in items)
        self._output.write(text.encode("utf-8", "surrogatepass"))

    def end(self) -> None:
        """Nothing is left."""


class RowOptions:
    """What was asked for of rows: the columns (none: found), and whether cells are disarmed."""

    def __init__(self, columns: Sequence[str] = (), *, safe_cells: bool = False) -> None:
        self.columns = cells.chosen_columns(columns)
        self.text: Callable[[str | None], str] = cells.safe_cell if safe_cells else cells.cell
        self.safe_cells = safe_cells

    def heading(self, name: str) -> str:
        """Return the text above a column."""
        return f"'{name}" if self.safe_cells and cells.is_formula(name) else name


class _Rows:
    """csv and tsv, RFC 4180 in its quoting, but with a bare newline at the end of a line.

    Without chosen columns the first page's keys are the columns; a key that turns up later has no
    place any more, and is told at the end.
    """

    delimiter = ","

    def __init__(self, output: Stdout, messages: Stderr, look: RowOptions) -> None:
        self._output, self._messages, self._look = output, messages, look
        self._columns = list(look.columns)
        self._started = False
        self._late: dict[str, None] = {}
        self._missing = dict.fromkeys(look.columns)
        self._count = 0

    def items(self, items: Sequence[str]) -> None:
        """Write a page."""
        self._start(items)
        self._count += len(items)
        if not self._look.columns:
            known = set(self._columns)
            self._late.update({name: None for name in cells.columns_of(items) if name not in known})
        rows = [cells.row(item, self._columns) for item in items]
        for name in list(self._missing):
            at = self._columns.index(name)
            if any(one[at] is not None for one in rows):
                del self._missing[name]
        self._write([self._look.text(one) for one in values] for values in rows)

    def end(self) -> None:
        """Write the heading if no item came, and tell of columns without a place or a value."""
        self._start(())
        if self._late:
            self._messages.note(
                f"left out, since the first page had no such column: {', '.join(self._late)} "
                "(name all columns with --columns)"
            )
        tell_missing(self._messages, self._missing, self._count)

    def _start(self, items: Sequence[str]) -> None:
        if self._started or not (items or self._columns):
            return
        self._started = True
        self._columns = self._columns or cells.columns_of(items)
        self._write([[self._look.heading(name) for name in self._columns]])

    def _write(self, rows: Iterable[Sequence[str]]) -> None:
        lines = [self._output.harmless(self._line(row)) + "\n" for row in rows]
        self._output.write("".join(lines).encode("utf-8", "surrogatepass"))

    def _line(self, row: Sequence[str]) -> str:
        if len(row) == 1 and not row[0]:
            return '""'  # an empty line would be no row
        return self.delimiter.join(self._quoted(cell) for cell in row)

    def _quoted(self, cell: str) -> str:
        # Not by the csv module: that of Python 3.10 refuses NUL.
        if any(mark in cell for mark in (self.delimiter, '"', "\r", "\n")):
            return '"' + cell.replace('"', '""') + '"'
        return cell


class CsvWriter(_Rows):
    """csv."""


class TsvWriter(_Rows):
    """tsv."""

    delimiter = "\t"


class TableWriter:
    """table: drawn when all items are there, since their widths decide on the columns."""

    def __init__(self, output: Stdout, messages: Stderr, look: RowOptions) -> None:
        self._output, self._messages, self._look = output, messages, look
        self._items: list[str] = []

    def items(self, items: Sequence[str]) -> None:
        """Keep a page."""
        self._items += items

    def end(self) -> None:
        """Draw the table, and tell of columns that did not fit."""
        width = self._output.table_width()
        columns, left_out = list(self._look.columns), 0
        if not columns:
            columns, left_out = fitting(self._items, width)
        rows = [cells.row(item, columns) for item in self._items]
        if not columns:
            return
        without = [name for at, name in enumerate(columns) if all(one[at] is None for one in rows)]
        if width and len(columns) > drawable(width):
            left_out += len(columns) - drawable(width)
            columns = columns[: drawable(width)]
            rows = [values[: len(columns)] for values in rows]
        headings = [self._look.heading(name) for name in columns]
        texts = [[self._look.text(one) for one in values] for values in rows]
        self._output.grid(headings, texts, numbers=_numeric(rows))
        if left_out and width:
            self._messages.note(f"{left_out} more columns: choose with --columns, or --format csv")
        tell_missing(self._messages, without, len(rows))


WRITERS: dict[str, Callable[[Stdout, Stderr, RowOptions], ItemWriter]] = {
    "ndjson": NdjsonWriter,
    "csv": CsvWriter,
    "tsv": TsvWriter,
    "table": TableWriter,
}


def tell_missing(messages: Stderr, names: Iterable[str], count: int) -> None:
    """Tell of chosen columns that no item has: most likely misspelt."""
    names = list(names)
    if names and count:
        messages.note(f"no item has the column {', '.join(names)}")


def _numeric(rows: Sequence[Sequence[str | None]]) -> set[int]:
    """Return the places of the columns that hold numbers alone."""
    found = set()
    for at in range(len(rows[0]) if rows else 0):
        values = [one[at] for one in rows if one[at] not in (None, "null")]
        if values and all(str(value)[0] in "-0123456789" for value in values):
            found.add(at)
    return found
