"""Drawing with rich. Colour and width are told to it, never asked of it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from typing import Literal

from rich.box import ROUNDED
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from oocli.model.display import one_line

_UNBOUNDED = 1_000_000  # columns: no table is wider


def bold(line: str) -> str:
    """Return a line with the escapes that make it stand out."""
    console = _console(colour=True, width=80)
    with console.capture() as drawn:
        console.print(Text(line, "bold", end=""), soft_wrap=True, end="")
    return drawn.get()


def card(title: str, rows: Sequence[tuple[str, str]], *, colour: bool, width: int) -> str:
    """Return a small framed table of names and values."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(name), Text(one_line(value)))
    console = _console(colour=colour, width=min(width, 100))
    with console.capture() as drawn:
        frame = Panel(grid, title=Text(title), box=ROUNDED, expand=False, title_align="left")
        console.print(frame)
    return drawn.get()


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    colour: bool,
    width: int,
    numbers: Collection[int] = (),
) -> str:
    """Return a table with a header line, fitted to the width (0: as wide as it wants).

    The columns at `numbers` are aligned to the right.
    """
    drawn_table = Table(box=None, header_style="bold" if colour else "", pad_edge=False)
    for at, name in enumerate(columns):
        side: Literal["left", "right"] = "right" if at in numbers else "left"
        drawn_table.add_column(Text(one_line(name, 60)), overflow="fold", justify=side)
    for row in rows:
        drawn_table.add_row(*(Text(one_line(cell, 2000)) for cell in row))
    console = _console(colour=colour, width=width or _UNBOUNDED)
    with console.capture() as drawn:
        console.print(drawn_table)
    return drawn.get()


def _console(*, colour: bool, width: int) -> Console:
    utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return Console(
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        safe_box=not utf8,
        legacy_windows=False,
        _environ={},
    )
