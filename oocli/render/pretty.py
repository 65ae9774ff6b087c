"""Drawing with rich. Colour and width are parameters: rich must not decide on them."""

from __future__ import annotations

import io
import sys
from collections.abc import Collection, Sequence
from typing import Literal

from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from oocli.model.text import one_line
from oocli.render.terminal import bold

_GAP = "  "  # between two columns


def card(title: str, rows: Sequence[tuple[str, str]], *, colour: bool, width: int) -> str:
    """Return a small framed table of names and values."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(one_line(name, 60)), Text(one_line(value)))
    console = _console(colour=colour, width=min(width, 100))
    with console.capture() as drawn:
        frame = Panel(
            grid, title=Text(one_line(title, 300)), box=ROUNDED, expand=False, title_align="left"
        )
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
    """Return a table with a header line, fitted to the width (0: as wide as it needs).

    The columns at `numbers` are aligned to the right.
    """
    names = [one_line(name, 60) for name in columns]
    texts = [[one_line(cell, 2000) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(names, *texts, strict=True)]
    if not width or sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        return _aligned([names, *texts], widths, colour=colour, numbers=numbers)
    drawn_table = Table(box=None, header_style="bold" if colour else "", pad_edge=False)
    for at, name in enumerate(names):
        side: Literal["left", "right"] = "right" if at in numbers else "left"
        drawn_table.add_column(Text(name), overflow="fold", justify=side)
    for row in texts:
        drawn_table.add_row(*map(Text, row))
    console = _console(colour=colour, width=width)
    with console.capture() as drawn:
        console.print(drawn_table)
    return drawn.get()


def qr_lines(text: str) -> list[str] | None:
    """Return the lines of a QR code made of half blocks, None without the library."""
    try:
        import segno  # noqa: PLC0415 - an extra, and only for a new authenticator
    except ImportError:
        return None
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue().splitlines()


def _aligned(
    rows: Sequence[Sequence[str]], widths: Sequence[int], *, colour: bool, numbers: Collection[int]
) -> str:
    """Return a table whose cells need no second line, as rich draws it but in a fraction of time.

    Rich takes seconds for a thousand rows and gigabytes for a thousand columns.
    """
    lines = []
    for row in rows:
        padded = []
        for at, (text, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(text))
            padded.append(space + text if at in numbers else text + space)
        lines.append(_GAP.join(padded).rstrip())
    if colour:
        lines[0] = bold(lines[0])
    return "".join(f"{line}\n" for line in lines)


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
