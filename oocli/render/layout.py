"""JSON laid out for reading, made from the portal's own text: every digit and key stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oocli.model.display import shown

# One token each: a string, a bracket or mark, or a bare word (number, true, false, null).
_LEXEME = r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
_WORDS = {"true": "word", "false": "word", "null": "null"}
INDENT = "  "


def laid_out(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield (kind, piece) for a JSON text that is known to be valid, indented by two spaces.

    Kinds are `key`, `string`, `number`, `word`, `null` and `mark`. Characters in strings that could
    drive a terminal come out as `\uXXXX`.
    """
    depth = 0
    tokens = [found[0] for found in re.finditer(_LEXEME, text)]
    for at, piece in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if piece in "{[":
            depth += 1
            empty = after in ("}", "]")
            yield "mark", piece if empty else f"{piece}\n{INDENT * depth}"
        elif piece in "}]":
            depth -= 1
            empty = at > 0 and tokens[at - 1] in ("{", "[")
            yield "mark", piece if empty else f"\n{INDENT * depth}{piece}"
        elif piece == ",":
            yield "mark", f",\n{INDENT * depth}"
        elif piece == ":":
            yield "mark", ": "
        elif piece.startswith('"'):
            yield "key" if after == ":" else "string", shown(piece)
        else:
            yield _WORDS.get(piece, "number"), piece
