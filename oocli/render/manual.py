"""The manual pages, in roff, with the texts of the help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oocli.model.cli_schema import Block, Command, Row
from oocli.model.version import __version__
from oocli.render.help import argument_rows, option_groups, verb_groups

# The characters that roff would read as an escape or replace, such as quotes by typographic ones.
_ESCAPES = str.maketrans(
    {
        "\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti",
        '"': r"\(dq",
    }
)  # fmt: skip


def pages(program: Command, topics: Mapping[str, Iterable[Block]]) -> dict[str, str]:
    """Return all pages by their file names. The page of the program contains the topics."""
    commands = program.all_commands()
    return {
        f"{_name(command)}.1": _page(command, {} if command.path else topics, commands)
        for command in commands
    }


def escape(text: str) -> str:
    """Return text as a line of roff without escapes and requests."""
    line = text.translate(_ESCAPES)
    return rf"\&{line}" if line.startswith(".") else line


def _name(command: Command) -> str:
    return "-".join(("oocli", *command.path))


def _page(command: Command, topics: Mapping[str, Iterable[Block]], commands: list[Command]) -> str:
    name = _name(command)
    what = command.summary or "command-line client for the API of ONLYOFFICE portals"
    lines = [
        f'.TH "{escape(name.upper())}" "1" "" "oocli {__version__}" "oocli manual"',
        ".nh",  # no hyphenation: it would break options
        ".ad l",
        ".SH NAME",
        rf"{escape(name)} \- {escape(what)}",
        ".SH SYNOPSIS",
        *"\n.br\n".join(
            rf"\fB{escape(command.words)}\fR{escape(usage.removeprefix(command.words))}"
            for usage in command.usages
        ).split("\n"),
        ".SH DESCRIPTION",
        *_paragraphs(command.description),
        ".SH EXAMPLES",
        ".nf",
        *map(escape, command.examples),
        ".fi",
    ]
    if command.arguments:
        lines += [".SH ARGUMENTS", *_rows(argument_rows(command, whole=True))]
    if command.verbs:
        lines += [".SH COMMANDS", *_groups(verb_groups(command))]
    lines += [".SH OPTIONS", *_groups(option_groups(command, whole=True))]
    for topic, blocks in topics.items():
        lines += [f".SH {topic.upper().replace('-', ' ')}", *_blocks(blocks)]
    lines += [".SH NOTES", *_paragraphs(command.notes)] if command.notes else []
    # The command above this one, and those below it.
    others = [
        _name(other)
        for other in commands
        if (command.path and other.path == command.path[:-1])
        or (other.path and other.path[:-1] == command.path)
    ]
    lines += [".SH SEE ALSO", ", ".join(rf"\fB{escape(other)}\fR(1)" for other in others)]
    return "\n".join(lines) + "\n"


def _groups(groups: Mapping[str, Iterable[Row]]) -> list[str]:
    """Return the groups of rows under their headings, or a single group without one."""
    if len(groups) == 1:
        return [line for rows in groups.values() for line in _rows(rows)]
    return _blocks((title, tuple(rows)) for title, rows in groups.items())


def _blocks(blocks: Iterable[Block]) -> list[str]:
    lines = []
    for title, block in blocks:
        lines += [f'.SS "{escape(title)}"'] if title else []
        lines += _paragraphs([block]) if isinstance(block, str) else _rows(block)
    return lines


def _paragraphs(paragraphs: Iterable[str]) -> list[str]:
    return [line for text in paragraphs for line in (".PP", escape(text))]


def _rows(rows: Iterable[Row]) -> list[str]:
    lines = []
    for label, text in rows:
        lines += [".TP", rf"\fB{escape(label.strip())}\fR", escape(text)]
    return lines
