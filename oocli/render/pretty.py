"""Drawing with rich. Colour and width are parameters: rich must not decide on them."""

from __future__ import annotations

import io
import sys
import textwrap
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
_MAX_QR_LINES = 24


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
    red: Sequence[bool] = (),
) -> str:
    """Return a table with a header line, fitted to the width (0: as wide as it needs).

    The columns at `numbers` are aligned to the right; the rows for which `red` is true are red.
    """
    names = [one_line(name, 60) for name in columns]
    texts = [[one_line(cell, 2000) for cell in row] for row in rows]
    columns_of_text = list(zip(names, *texts, strict=True))
    widths = [max(map(cell_len, column)) for column in columns_of_text]
    room = width - len(_GAP) * (len(widths) - 1)
    if not width or (sum(widths) <= room and not any(red)):
        return _aligned([names, *texts], widths, colour=colour, numbers=numbers)
    words = [max(map(_longest_word, column)) for column in columns_of_text]
    if width and sum(words) > room:
        return _records(names, texts, width, colour=colour)
    drawn_table = Table(box=None, header_style="bold" if colour else "", pad_edge=False)
    for at, fitted in enumerate(_fitted(widths, words, room)):
        side: Literal["left", "right"] = "right" if at in numbers else "left"
        drawn_table.add_column(Text(names[at]), width=fitted, overflow="fold", justify=side)
    for at, row in enumerate(texts):
        style = "red" if colour and at < len(red) and red[at] else ""
        drawn_table.add_row(*map(Text, row), style=style)
    console = _console(colour=colour, width=width)
    with console.capture() as drawn:
        console.print(drawn_table)
    return drawn.get()


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _fitted(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Return widths that fit into `room`, the widest cut first, none below its longest word."""
    fitted = list(widths)
    for _ in range(sum(widths) - room):
        spare = [at for at in range(len(fitted)) if fitted[at] > words[at]]
        fitted[max(spare, key=fitted.__getitem__)] -= 1
    return fitted


def _records(
    names: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, colour: bool
) -> str:
    """Return the rows one below the other, a line for each column: no word is broken.

    One that is longer than a line is left to the terminal, which copies it as a whole.
    """
    longest = max(map(cell_len, names))
    records = []
    for row in rows:
        lines = []
        for name, text in zip(names, row, strict=True):
            wrapped = textwrap.wrap(
                text,
                max(width - longest - len(_GAP), 1),
                break_long_words=False,
                break_on_hyphens=False,
            )
            for number, line in enumerate(wrapped):
                head = ("" if number else name) + " " * (longest - cell_len("" if number else name))
                lines.append(f"{bold(head) if colour else head}{_GAP}{line}\n")
        records.append("".join(lines))
    return "\n".join(records)


def qr_lines(text: str) -> list[str] | None:
    """Return the lines of a QR code made of half blocks, None without the library.

    There are none if it is higher than the smallest terminal: half a code helps nobody.
    """
    try:
        import segno  # noqa: PLC0415 - an extra, and only for a new authenticator
    except ImportError:
        return None
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=drawn, border=2, compact=True)
    lines = drawn.getvalue().splitlines()
    return lines if len(lines) <= _MAX_QR_LINES else []


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
