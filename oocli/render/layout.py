"""JSON laid out for reading, made from the portal's own text: every digit and key stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oocli.model.text import escape_control

_SPACE = r"[ \t\r\n]*"
# One token each; the groups are told apart by their number. A key takes its colon along, an empty
# list or object its closing bracket.
_TOKEN = re.compile(
    rf'("[^"\\]*(?:\\.[^"\\]*)*")({_SPACE}:)?'  # 1 string, 2 which makes it a key
    rf"|([{{\[])(?:{_SPACE}([}}\]]))?"  # 3 opening bracket, 4 closed at once
    r"|([}\]])|(,)"  # 5, 6
    r'|[^\s{}\[\],:"]+'  # a number, true, false or null
)
_WORDS = {"true": "word", "false": "word", "null": "null"}
# What rich makes of "bold blue", "green", "cyan", "italic magenta" and "dim". Written here, since
# rich builds an object for each token: a hundred times the memory of the document.
_COLOURS = {
    "key": "\x1b[1;34m",
    "string": "\x1b[32m",
    "number": "\x1b[36m",
    "word": "\x1b[3;35m",
    "null": "\x1b[2m",
}
_RESET = "\x1b[0m"
INDENT = "  "
_PIECES = 4096  # joined to one text


def laid_out(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield (kind, piece) for a JSON text that is known to be valid, indented by two spaces.

    Kinds are `key`, `string`, `number`, `word`, `null` and `mark`. Characters in strings that could
    drive a terminal come out as `\uXXXX`.
    """
    line = "\n"  # the line break and the indentation of the current depth
    for found in _TOKEN.finditer(text):
        group = found.lastindex
        if group == 1:
            yield "string", escape_control(found[1])
        elif group == 2:
            yield "key", escape_control(found[1])
            yield "mark", ": "
        elif group == 6:
            yield "mark", f",{line}"
        elif group == 3:
            line += INDENT
            yield "mark", f"{found[3]}{line}"
        elif group == 5:
            line = line[: -len(INDENT)]
            yield "mark", f"{line}{found[5]}"
        elif group == 4:
            yield "mark", f"{found[3]}{found[4]}"
        else:
            yield _WORDS.get(found[0], "number"), found[0]


def laid_out_text(text: str, *, colour: bool) -> Iterator[str]:
    """Yield a JSON text laid out, in parts of some ten kilobytes, with or without colour."""
    parts: list[str] = []
    for kind, piece in laid_out(text):
        parts.append(f"{_COLOURS[kind]}{piece}{_RESET}" if colour and kind != "mark" else piece)
        if len(parts) >= _PIECES:
            yield "".join(parts)
            parts.clear()
    yield "".join(parts)
