"""The formats that show items: ndjson, csv, tsv and table, each fed page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from oocli.render import tables
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout


class ItemWriter(Protocol):
    """Writes items as they come: `items` for each page, then `end` once."""

    def items(self, items: Sequence[str]) -> None:
        """Take the JSON texts of some items."""

    def end(self) -> None:
        """Write what is left, and warn of columns that are missing."""


class NdjsonWriter:
    """ndjson: each item on a line of its own, as the portal wrote it."""

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output = output

    def items(self, items: Sequence[str]) -> None:
        """Write a page."""
        text = "".join(f"{self._output.harmless(tables.on_one_line(item))}\n" for item in items)
        self._output.write(text.encode("utf-8", "surrogatepass"))

    def end(self) -> None:
        """Nothing is left."""


class RowOptions:
    """How rows are written: their columns (none: those found), and whether formulas are quoted."""

    def __init__(self, columns: Sequence[str] = (), *, safe_cells: bool = False) -> None:
        self.columns = tables.chosen_columns(columns)
        self.text: Callable[[str | None, str], str] = (
            tables.safe_cell if safe_cells else tables.cell
        )
        self.safe_cells = safe_cells

    def heading(self, name: str) -> str:
        """Return the text above a column."""
        return f"'{name}" if self.safe_cells and tables.is_formula(name) else name


class _Rows:
    """csv and tsv, RFC 4180 in its quoting, but with a bare newline at the end of a line.

    Without chosen columns the first page's keys are the columns; a key that turns up later has no
    column, and is named in a note at the end.
    """

    delimiter = ","

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output, self._messages, self._options = output, messages, options
        self._columns = list(options.columns)
        self._started = False
        self._late: dict[str, None] = {}
        self._missing = dict.fromkeys(options.columns)
        self._count = 0

    def items(self, items: Sequence[str]) -> None:
        """Write a page. Raises `UnknownColumn` before anything is written."""
        if not self._started:
            tables.check_columns(self._options.columns, items)
        self._start(items)
        self._count += len(items)
        if not self._options.columns:
            known = set(self._columns)
            self._late.update(
                {name: None for name in tables.columns_of(items) if name not in known}
            )
        rows = [tables.row(item, self._columns) for item in items]
        for name in list(self._missing):
            at = self._columns.index(name)
            if any(values[at] is not None for values in rows):
                del self._missing[name]
        self._write(
            [self._options.text(*cell) for cell in zip(values, self._columns, strict=True)]
            for values in rows
        )

    def end(self) -> None:
        """Write the heading if no item came, and name the columns that are missing."""
        self._start(())
        if self._late:
            self._messages.note(
                f"left out, since the first page had no such column: {', '.join(self._late)} "
                "(name all columns with --columns)"
            )
        name_missing(self._messages, self._missing, self._count)

    def _start(self, items: Sequence[str]) -> None:
        if self._started or not (items or self._columns):
            return
        self._started = True
        self._columns = self._columns or tables.columns_of(items)
        self._write([[self._options.heading(name) for name in self._columns]])

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
    """table: drawn when all items have come, since their widths decide on the columns."""

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output, self._messages, self._options = output, messages, options
        self._items: list[str] = []

    def items(self, items: Sequence[str]) -> None:
        """Keep a page."""
        self._items += items

    def end(self) -> None:
        """Draw the table, and name the columns that did not fit."""
        tables.check_columns(self._options.columns, self._items)
        width = self._output.table_width()
        columns, left_out = list(self._options.columns), 0
        if not columns:
            columns, left_out = tables.fitting(self._items, width)
        rows = [tables.row(item, columns) for item in self._items]
        if not columns:
            return
        without = [
            name for at, name in enumerate(columns) if all(values[at] is None for values in rows)
        ]
        if width and len(columns) > tables.drawable(width):
            left_out += len(columns) - tables.drawable(width)
            columns = columns[: tables.drawable(width)]
            rows = [values[: len(columns)] for values in rows]
        headings = [self._options.heading(name) for name in columns]
        texts = [
            [
                tables.readable(self._options.text(*cell))
                for cell in zip(values, columns, strict=True)
            ]
            for values in rows
        ]
        self._output.grid(headings, texts, numbers=_numeric(rows))
        if left_out and width:
            self._messages.note(f"{left_out} more columns: choose with --columns, or --format csv")
        name_missing(self._messages, without, len(rows))


WRITERS: dict[str, Callable[[Stdout, Stderr, RowOptions], ItemWriter]] = {
    "ndjson": NdjsonWriter,
    "csv": CsvWriter,
    "tsv": TsvWriter,
    "table": TableWriter,
}


def name_missing(messages: Stderr, names: Iterable[str], count: int) -> None:
    """Name chosen columns that no item has: most likely they are misspelt."""
    names = list(names)
    if names and count:
        messages.note(f"no item has the column {', '.join(names)}")


def _numeric(rows: Sequence[Sequence[str | None]]) -> set[int]:
    """Return the places of the columns that hold numbers alone."""
    found = set()
    for at in range(len(rows[0]) if rows else 0):
        values = [values[at] for values in rows if values[at] not in (None, "null")]
        if values and all(str(value)[0] in "-0123456789" for value in values):
            found.add(at)
    return found
