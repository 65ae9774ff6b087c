"""The text of the help. On a terminal its headings are bold; otherwise it is the same in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from oocli.model.cli_schema import Block, Command, Row

MAX_WIDTH = 100  # longer lines are hard to read
_NARROW = 60  # in fewer columns, each description is below its label
_MAX_LABEL = 25  # characters; the descriptions of longer labels are below them
_SHORT_EXAMPLES = 3  # the examples in the short help
Rows = list[tuple[str, str]]


class Page:
    """The lines of a page of help. `bold` adds the escapes for headings."""

    def __init__(self, width: int, bold: Callable[[str], str]) -> None:
        self._width, self._bold = max(20, min(width, MAX_WIDTH)), bold
        self._lines: list[str] = []

    def text(self) -> str:
        """Return the page with one newline at its end."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def heading(self, text: str, rest: str = "") -> None:
        """Add an empty line and a heading, followed by `rest` on the same line."""
        self._lines += ["", self._bold(text) + (f" {rest}" if rest else "")]

    def paragraph(self, text: str) -> None:
        """Add an empty line and a paragraph, wrapped between words."""
        self._lines += ["", *self._wrap(text)]

    def as_typed(self, lines: Iterable[str]) -> None:
        """Add lines that are not wrapped, such as examples."""
        self._lines += [f"  {line}" for line in lines]

    def rows(self, rows: Rows, column: int) -> None:
        """Add labels with their descriptions, which start at `column` if there is room."""
        is_narrow = self._width < _NARROW
        for label, text in rows:
            lines = self._wrap(text, indent=10 if is_narrow else column)
            label = f"  {label}"
            if lines and not is_narrow and len(label) + 2 <= column:
                label = label.ljust(column) + lines.pop(0).lstrip()
            self._lines += [label, *lines]

    def _wrap(self, text: str, indent: int = 0) -> list[str]:
        spaces = " " * indent
        return textwrap.wrap(
            text, self._width, initial_indent=spaces, subsequent_indent=spaces,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def command_page(command: Command, width: int, bold: Callable[[str], str], *, whole: bool) -> str:
    """Return the help of a command: the whole help, or the short one."""
    page = Page(width, bold)
    for paragraph in command.description if whole else [first_sentence(command.description[0])]:
        page.paragraph(paragraph)
    page.heading("Usage:", "\n       ".join(command.usages))
    if command.examples:
        page.heading("Examples:")
        page.as_typed(command.examples[: None if whole else _SHORT_EXAMPLES])
    listed = verb_groups(command) | option_groups(command, whole=whole)
    if command.arguments:
        listed = {"Arguments": argument_rows(command, whole=whole)} | listed
    column = label_column(row for rows in listed.values() for row in rows)
    for title, rows in listed.items():
        page.heading(f"{title}:")
        page.rows(rows, column)
    for note in command.notes if whole else [f"All options: {command.words} --help"]:
        page.paragraph(note)
    return page.text()


def topic_page(blocks: Iterable[Block], width: int, bold: Callable[[str], str]) -> str:
    """Return the page of a topic."""
    page = Page(width, bold)
    for title, block in blocks:
        if title:
            page.heading(f"{title}:")
        if isinstance(block, str):
            page.paragraph(block)
        else:
            page.rows(list(block), label_column(block))
    return page.text()


def label_column(rows: Iterable[Row]) -> int:
    """Return the column at which descriptions start, which has room for most labels."""
    lengths = [len(label) for label, _ in rows]
    return max((length for length in lengths if length <= _MAX_LABEL), default=0) + 4


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return text.split(". ")[0].removesuffix(".") + "."


def verb_groups(command: Command) -> dict[str, Rows]:
    """Return the subcommands of a command by their headings."""
    groups: dict[str, Rows] = {}
    for verb in command.verbs:
        groups.setdefault(verb.group, []).append((verb.name, f"{verb.summary}."))
    return groups


def option_groups(command: Command, *, whole: bool) -> dict[str, Rows]:
    """Return the options by their headings: all of them, or those of the short help."""
    groups: dict[str, Rows] = {}
    for option in command.options:
        if not (whole or option.in_short):
            continue
        label = ("    " if option.names[0].startswith("--") else "") + ", ".join(option.names)
        text = option.help if whole else f"{option.summary}."
        if option.value is not None:
            label += f" {option.value.metavar}"
            text += " May be repeated." if whole and option.repeats else ""
        groups.setdefault(option.group, []).append((label, text))
    return groups


def argument_rows(command: Command, *, whole: bool) -> Rows:
    """Return the arguments of a command."""
    return [
        (argument.label, argument.help if whole else first_sentence(argument.help))
        for argument in command.arguments
    ]
