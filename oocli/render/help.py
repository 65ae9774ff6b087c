"""Help as text: the same on a terminal and in a pipe, but for bold headings."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from oocli.model.cli_schema import Block, Command, Option, Row

MAX_WIDTH = 100  # longer lines are hard to read
_NARROW = 60  # below this, descriptions stand below what they describe
_MAX_LABEL = 25
_SHORT_EXAMPLES = 3
Rows = list[tuple[str, str]]


class Page:
    """Lines of one width. `bold` makes the headings stand out."""

    def __init__(self, width: int, bold: Callable[[str], str]) -> None:
        self._width, self._bold = max(20, min(width, MAX_WIDTH)), bold
        self._lines: list[str] = []

    def text(self) -> str:
        """Return the page, which ends in one newline."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def heading(self, text: str, rest: str = "") -> None:
        """Add a heading after an empty line; `rest` stands behind it, as it is."""
        self._lines += ["", self._bold(text) + (f" {rest}" if rest else "")]

    def paragraph(self, text: str) -> None:
        """Add a paragraph, wrapped at words."""
        self._lines += ["", *self._wrap(text, "", "")]

    def as_typed(self, lines: Iterable[str]) -> None:
        """Add lines that are never wrapped: examples, to be copied."""
        self._lines += [f"  {line}" for line in lines]

    def rows(self, rows: Rows, column: int) -> None:
        """Add what is described and its description, which starts at `column` where it fits."""
        for label, text in rows:
            if self._width < _NARROW:
                self._lines.append(f"  {label}")
                self._lines += self._wrap(text, " " * 10, " " * 10)
            elif len(label) + 4 > column:
                self._lines.append(f"  {label}")
                self._lines += self._wrap(text, " " * column, " " * column)
            else:
                start = f"  {label}".ljust(column)
                self._lines += self._wrap(text, start, " " * column) or [f"  {label}"]

    def _wrap(self, text: str, first: str, other: str) -> list[str]:
        return textwrap.wrap(
            text, self._width, initial_indent=first, subsequent_indent=other,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def command_page(command: Command, width: int, bold: Callable[[str], str], *, whole: bool) -> str:
    """Return the help of a command, the whole or the short one."""
    page = Page(width, bold)
    for paragraph in command.description if whole else [first_sentence(command.description[0])]:
        page.paragraph(paragraph)
    page.heading("Usage:", command.usage)
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
    """Return a topic: paragraphs and rows of two columns."""
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
    """Return the column at which descriptions start: behind the longest label of usual length."""
    lengths = [len(label) for label, _ in rows]
    return max((length for length in lengths if length <= _MAX_LABEL), default=0) + 4


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return text.split(". ")[0].removesuffix(".") + "."


def verb_groups(command: Command) -> dict[str, Rows]:
    """Return the headings of the commands below this one, with their rows."""
    groups: dict[str, Rows] = {}
    for verb in command.verbs:
        groups.setdefault(verb.group, []).append((verb.name, f"{verb.summary}."))
    return groups


def option_groups(command: Command, *, whole: bool) -> dict[str, Rows]:
    """Return the headings of the options with their rows: of all, or of those in the short help."""
    groups: dict[str, Rows] = {}
    for option in command.options:
        if whole or option.in_short:
            text = option_help(option) if whole else f"{option.summary}."
            groups.setdefault(option.group, []).append((option_label(option), text))
    return groups


def argument_rows(command: Command, *, whole: bool) -> Rows:
    """Return the rows of the arguments."""
    return [
        (
            argument.metavar,
            argument.help if whole else first_sentence(argument.help),
        )
        for argument in command.arguments
    ]


def option_help(option: Option) -> str:
    """Return the whole description of an option."""
    return option.help + " May be repeated." * (option.repeats and option.value is not None)


def option_label(option: Option) -> str:
    """Return the spellings of an option and its value: `-p, --param K=V`."""
    names = ", ".join(option.names)
    indent = "" if len(option.names[0]) == 2 else "    "
    return f"{indent}{names}" + (f" {option.value.metavar}" if option.value else "")
