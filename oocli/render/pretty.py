"""Tables, cards and QR codes for a terminal.

Whether there is color, and how wide the terminal is, are parameters: rich would decide differently.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Collection, Sequence
from itertools import zip_longest

from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from oocli.model.text import one_line
from oocli.render.terminal import BOLD, RED, styled

_GAP = "  "  # between two columns


def card(title: str, rows: Sequence[tuple[str, str]], *, color: bool, width: int) -> str:
    """Return names and values in a frame."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(one_line(name, 60)), Text(one_line(value)))
    frame = Panel(
        grid, title=Text(one_line(title, 300)), box=ROUNDED, expand=False, title_align="left"
    )
    utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    console = Console(
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        width=min(width, 100),
        markup=False,
        emoji=False,
        highlight=False,
        safe_box=not utf8,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as drawn:
        console.print(frame)
    return drawn.get()


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    color: bool,
    width: int,
    numbers: Collection[int] = (),
    red: Sequence[bool] = (),
    mark: str = "",
) -> str:
    """Return a table with a header line, at most `width` columns wide (0: as wide as needed).

    Long cells are wrapped between words. If that is not enough, the rows are written one field per
    line; `mark` is the name of a column without a heading there. The columns at `numbers` are
    aligned to the right, and the rows for which `red` is true are red. Rich draws the same, but it
    takes seconds for a thousand rows and gigabytes for a thousand columns.
    """
    names = [one_line(name, 60) for name in columns]
    texts = [[one_line(cell, 2000) for cell in row] for row in rows]
    texts_of_columns = list(zip(names, *texts, strict=True))
    widths = [max(map(cell_len, column)) for column in texts_of_columns]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    if width and excess > 0:
        words = [
            max(cell_len(word) for text in column for word in text.split() or [""])
            for column in texts_of_columns
        ]
        if sum(widths) - sum(words) < excess:
            return _records([name or mark for name in names], texts, width, color=color)
        for _ in range(excess):
            can_shrink = [at for at in range(len(widths)) if widths[at] > words[at]]
            widths[max(can_shrink, key=widths.__getitem__)] -= 1
    lines = []
    for at, row in enumerate([names, *texts]):
        is_red = 0 < at <= len(red) and red[at - 1]
        style = "" if not color else BOLD if at == 0 else RED if is_red else ""
        lines += [styled(line, style) for line in _row_lines(row, widths, numbers)]
    return "".join(f"{line}\n" for line in lines)


def _row_lines(row: Sequence[str], widths: Sequence[int], numbers: Collection[int]) -> list[str]:
    """Return the lines of one row: more than one if a cell is wider than its column."""
    cells = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        padded = []
        for at, (text, width) in enumerate(zip(parts, widths, strict=True)):
            space = " " * (width - cell_len(text))
            padded.append(space + text if at in numbers else text + space)
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Return text in lines of at most `width` columns; a longer word gets a line of its own."""
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _records(
    names: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, color: bool
) -> str:
    """Return the rows one field per line. A longer word than a line is left to the terminal."""
    longest = max(map(cell_len, names))
    records = []
    for row in rows:
        lines = []
        for name, text in zip(names, row, strict=True):
            if text:
                first, *others = _wrapped(text, width - longest - len(_GAP))
                label = name + " " * (longest - cell_len(name))
                lines.append(f"{styled(label, BOLD if color else '')}{_GAP}{first}\n")
                lines += [f"{' ' * longest}{_GAP}{line}\n" for line in others]
        records.append("".join(lines))
    return "\n".join(records)


def qr_lines(text: str, limit: int) -> list[str] | None:
    """Return the lines of a QR code, none if it needs more than `limit`, None without segno."""
    try:
        import segno  # noqa: PLC0415 - an extra, used only to set up an authenticator
    except ImportError:
        return None
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=drawn, border=1, compact=True)
    lines = drawn.getvalue().splitlines()
    return lines if len(lines) <= limit else []
