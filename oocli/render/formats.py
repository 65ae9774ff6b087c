"""The formats that show items: ndjson, csv, tsv and table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from oocli.model.text import readable_size
from oocli.render import tables
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout


class ItemWriter(Protocol):
    """Writes the items of a list: call `items` for each page, then `end` once."""

    def items(self, items: Sequence[str]) -> None:
        """Take the JSON texts of a page's items."""

    def end(self) -> None:
        """Write what is left, and report columns that no item has."""


class NdjsonWriter:
    """ndjson: each item on one line, as the portal sent it."""

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output = output

    def items(self, items: Sequence[str]) -> None:
        """Write a page."""
        self._output.text("".join(f"{tables.on_one_line(item)}\n" for item in items))

    def end(self) -> None:
        """Do nothing: all items are written."""


class RowOptions:
    """The columns that were chosen (none: those of the items), and how their cells are written.

    `safe_cells` quotes formulas. A table shows the columns named in `sizes` as `12.1 kB`.
    `selectable` tells that the command has an option for the columns.
    """

    def __init__(
        self,
        columns: Sequence[str] = (),
        *,
        safe_cells: bool = False,
        sizes: Sequence[str] = (),
        selectable: bool = True,
    ) -> None:
        self._sizes = sizes
        self.selectable = selectable
        self.columns = tables.chosen_columns(columns)
        self.safe_cells = safe_cells

    def heading(self, name: str) -> str:
        """Return the heading of a column."""
        return f"'{name}" if self.safe_cells and tables.is_formula(name) else name

    def cells(self, row: Sequence[str | None], columns: Sequence[str]) -> list[str]:
        """Return the texts of a row's cells."""
        cell = tables.safe_cell if self.safe_cells else tables.cell
        return [cell(value, column) for value, column in zip(row, columns, strict=True)]

    def readable_cells(self, row: Sequence[str | None], columns: Sequence[str]) -> list[str]:
        """Return the texts of a row's cells, with sizes and times made easier to read."""
        texts = self.cells(row, columns)
        return [
            readable_size(int(text))
            if column in self._sizes and text.isdecimal()
            else tables.readable(text)
            for text, column in zip(texts, columns, strict=True)
        ]


class CsvWriter:
    """csv as in RFC 4180, but each line ends with a newline alone.

    Unless columns were chosen, they are the keys of the first page. Keys that only later pages have
    are left out, and `end` reports them.
    """

    delimiter = ","

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output, self._messages, self._options = output, messages, options
        self._columns = list(options.columns)
        self._has_heading = False
        self._left_out: dict[str, None] = {}
        self._missing = list(options.columns)
        self._has_items = False

    def items(self, items: Sequence[str]) -> None:
        """Write a page. Raises `UnknownColumn` before anything is written."""
        if not self._has_heading:
            tables.check_columns(self._columns, items)
            self._write_heading(items)
        elif not self._options.columns:
            known = set(self._columns)
            late = (name for name in tables.columns_of(items) if name not in known)
            self._left_out |= dict.fromkeys(late)
        self._has_items = self._has_items or bool(items)
        rows = [tables.row(item, self._columns) for item in items]
        if self._missing:
            without = tables.empty_columns(self._columns, rows)
            self._missing = [name for name in self._missing if name in without]
        self._write(self._options.cells(row, self._columns) for row in rows)

    def end(self) -> None:
        """Write the heading if there were no items, and report keys and columns left out."""
        if not self._has_heading:
            self._write_heading(())
        if self._left_out:
            self._messages.note(
                f"left out, because the first page has no such column: {', '.join(self._left_out)} "
                "(choose columns with --columns)"
            )
        if self._has_items:
            report_missing(self._messages, self._missing)

    def _write_heading(self, items: Sequence[str]) -> None:
        if items or self._columns:
            self._has_heading = True
            self._columns = self._columns or tables.columns_of(items)
            self._write([[self._options.heading(name) for name in self._columns]])

    def _write(self, rows: Iterable[Sequence[str]]) -> None:
        self._output.text("".join(f"{self._line(row)}\n" for row in rows))

    def _line(self, row: Sequence[str]) -> str:
        if len(row) == 1 and not row[0]:
            return '""'  # an empty line is not a row
        # The csv module of Python 3.10 cannot write NUL.
        special = (self.delimiter, '"', "\r", "\n")
        return self.delimiter.join(
            '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in special) else cell
            for cell in row
        )


class TsvWriter(CsvWriter):
    """tsv: as csv, with tabs."""

    delimiter = "\t"


class TableWriter:
    """table: written at the end, since all items together decide which columns fit."""

    def __init__(self, output: Stdout, messages: Stderr, options: RowOptions) -> None:
        self._output, self._messages, self._options = output, messages, options
        self._items: list[str] = []

    def items(self, items: Sequence[str]) -> None:
        """Keep a page."""
        self._items += items

    def end(self) -> None:
        """Write the table, and report the columns that did not fit. Raises `UnknownColumn`."""
        tables.check_columns(self._options.columns, self._items)
        width = self._output.table_width()
        columns, left_out = self._options.columns, 0
        if not columns:
            columns, left_out = tables.fitting(self._items, width)
        rows = [tables.row(item, columns) for item in self._items]
        if not columns:
            return
        missing = tables.empty_columns(columns, rows) if rows else []
        if width and len(columns) > tables.drawable(width):
            left_out += len(columns) - tables.drawable(width)
            columns = columns[: tables.drawable(width)]
            rows = [row[: len(columns)] for row in rows]
        self._output.table(
            [self._options.heading(name) for name in columns],
            [self._options.readable_cells(row, columns) for row in rows],
            numbers=tables.numeric_columns(rows),
        )
        if left_out and width:
            choose = "choose them with --columns, or " if self._options.selectable else ""
            count = "1 more column" if left_out == 1 else f"{left_out} more columns"
            self._messages.note(f"{count}: {choose}use --format csv")
        report_missing(self._messages, missing)


WRITERS: dict[str, Callable[[Stdout, Stderr, RowOptions], ItemWriter]] = {
    "ndjson": NdjsonWriter,
    "csv": CsvWriter,
    "tsv": TsvWriter,
    "table": TableWriter,
}


def report_missing(messages: Stderr, columns: Sequence[str]) -> None:
    """Report chosen columns that no item has: they are probably misspelt."""
    if columns:
        messages.note(f"no item has the column {', '.join(columns)}")
