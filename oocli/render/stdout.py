"""stdout: data, and nothing but data."""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from oocli.model import json_text
from oocli.model.envelope import Envelope
from oocli.model.errors import PipeClosed, StorageError, UsageError
from oocli.model.json_text import InvalidJson
from oocli.model.local_files import atomic_write
from oocli.model.response import Response
from oocli.model.secret import Redactor
from oocli.model.text import escape_control
from oocli.render.terminal import Terminal, bold

_SPACE = " \t\r\n"  # around a JSON text
_MAX_SPACE = 1 << 20  # bytes of white space kept at one place of a document that is streamed
_VISIBLE = r"[^\n\t]+"

# For indented JSON.
_SPACES = r"[ \t\r\n]*"
# One token each; the groups are told apart by their number. A key takes its colon along, an empty
# list or object its closing bracket.
_TOKEN = re.compile(
    rf'("[^"\\]*(?:\\.[^"\\]*)*")({_SPACES}:)?'  # 1 string, 2 which makes it a key
    rf"|([{{\[])(?:{_SPACES}([}}\]]))?"  # 3 opening bracket, 4 closed at once
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


class Stdout:
    """The only writer to stdout. Raises `PipeClosed` when the reader has gone."""

    def __init__(
        self,
        terminal: Terminal,
        redactor: Redactor,
        *,
        before: Callable[[], None] | None = None,
        file: BinaryIO | None = None,
    ) -> None:
        """Write to stdout, or to `file`; `before` is called before each use of a terminal."""
        self._terminal, self._redactor = terminal, redactor
        self._before = before if terminal.stdout_is_terminal else None
        self._file = file

    @contextmanager
    def into(self, path: Path) -> Iterator[Stdout]:
        """Give a writer to a file, which is replaced when the block succeeds."""
        with writing(path) as file:
            yield Stdout(self._terminal.in_a_pipe(), self._redactor, file=file)

    @property
    def is_terminal(self) -> bool:
        """Whether it is a terminal."""
        return self._terminal.stdout_is_terminal

    @property
    def is_laid_out(self) -> bool:
        """Whether JSON is indented: on a terminal, or with `--color always`, for a pager."""
        return self.is_terminal or self._terminal.always_coloured

    def line(self, text: str) -> None:
        """Write one line of text, or several; a terminal gets control characters as escapes."""
        self._drawn(self.harmless(text))

    def _drawn(self, text: str) -> None:
        """Write a line that may hold escapes of ours, such as colours."""
        self.write(text.encode("utf-8", "surrogatepass") + b"\n")

    def heading(self, text: str) -> None:
        """Write one line, bold on a terminal with colour."""
        if self._terminal.stdout_colour:
            self._drawn(bold(escape_control(text)))
        else:
            self.line(text)

    def pieces(self, parts: Iterable[tuple[str, bool]]) -> None:
        """Write one line of pieces; those marked are bold on a terminal with colour."""
        coloured = self._terminal.stdout_colour
        drawn = (
            bold(escape_control(text)) if marked and coloured else self.harmless(text)
            for text, marked in parts
        )
        self._drawn("".join(drawn).rstrip())

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        if self._file is not None:
            self._file.write(data)
            return
        if self._before is not None:
            self._before()
        if sys.stdout is None:
            raise StorageError("stdout is closed")
        try:
            sys.stdout.flush()
            binary = getattr(sys.stdout, "buffer", None)
            if binary is None:  # a text stream that took its place
                sys.stdout.write(data.decode("utf-8", "replace"))
                return
            view = memoryview(data)
            while view:
                view = view[binary.write(view[: 1 << 20]) or 0 :]
            binary.flush()
        except OSError as failure:
            # Windows says EINVAL for a pipe whose reader is gone.
            is_windows_pipe = os.name == "nt" and failure.errno == errno.EINVAL
            if isinstance(failure, BrokenPipeError) or is_windows_pipe:
                raise PipeClosed("stdout was closed") from None
            why = failure.strerror or failure
            raise StorageError(f"stdout cannot be written: {why}") from None
        except ValueError:
            raise StorageError("stdout is closed") from None

    def json_lines(self, data: bytes) -> None:
        """Write lines of JSON; a terminal gets control characters as escapes."""
        if self.is_terminal:
            text = data.decode("utf-8", "surrogatepass")
            data = self.harmless(text).encode("utf-8", "surrogatepass")
        self.write(data)

    def chunks(self, pieces: Iterable[bytes]) -> None:
        """Write bytes as they come."""
        for piece in pieces:
            self.write(piece)

    def envelope(self, envelope: Envelope, *, inner: bool = False) -> None:
        """Write an answer: indented and coloured on a terminal, the portal's own bytes in a pipe.

        `inner` writes only what is inside the envelope. What is not JSON is written untouched,
        except that a terminal gets no binary data and no control characters.
        """
        if not envelope.raw:
            return
        if envelope.answer.rest is not None:
            self._long(envelope, envelope.answer.rest)
            return
        try:
            text, _ = envelope.text, envelope.outline  # the outline proves that it parses
        except InvalidJson:
            self._other(envelope)
            return
        if not (envelope.is_json or self.is_terminal or inner):
            self._other(envelope)
            return
        if inner:
            text = inside(text)
        if self.is_laid_out:
            self.json(text)
        elif inner:
            self.write(text.encode("utf-8") + b"\n")
        else:
            self.write(envelope.raw.removeprefix(json_text.BOM).rstrip(_SPACE.encode()) + b"\n")

    def document(self, text: str) -> None:
        """Write a JSON text that oocli made: indented on a terminal, on one line in a pipe."""
        if self.is_laid_out:
            self.json(text)
        else:
            self.line(text)

    def json(self, text: str) -> None:
        """Write a JSON text indented, coloured where colour is wanted."""
        for part in indented_json(text, colour=self._terminal.stdout_colour):
            self.write(part.encode("utf-8", "surrogatepass"))
        self.write(b"\n")

    def untouched(self, pieces: Iterable[bytes]) -> None:
        """Write bytes as they come. Raises `UsageError` if a terminal would get binary data."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        for piece in pieces:
            if self.is_terminal and not _is_plain(piece, decoder):
                raise binary_refused()
            self.write(piece)

    def harmless(self, text: str) -> str:
        """Return text; for a terminal with control characters as escapes, but tabs and newlines."""
        if not self.is_terminal or text.isprintable():
            return text
        return re.sub(_VISIBLE, lambda found: escape_control(found[0]), text)

    def head(self, answer: Response) -> None:
        """Write the status line and headers of an answer, secrets masked, and an empty line."""
        lines = [self._redactor.redact(f"HTTP {answer.status} {answer.reason}".rstrip())]
        headers = self._redactor.redact_headers(answer.header_list)
        lines += [f"{name}: {value}" for name, value in headers]
        for line in [*lines, ""]:
            self.line(escape_control(line))

    def card(self, title: str, rows: list[tuple[str, str]]) -> None:
        """Write names and values in a frame."""
        from oocli.render import pretty  # noqa: PLC0415 - rich, for a drawing alone

        colour, width = self._terminal.stdout_colour, self._terminal.width()
        drawn = pretty.card(title, rows, colour=colour, width=width)
        self.write(drawn.encode("utf-8", "replace"))

    def table(
        self,
        columns: list[str],
        rows: list[list[str]],
        red: Sequence[bool] = (),
        mark: str = "",
    ) -> None:
        """Write rows under column names on a terminal, tab-separated lines in a pipe.

        The rows for which `red` is true are red where colour is wanted; `mark` as in `grid`.
        """
        if not self.is_terminal:
            for row in rows:
                self.line("\t".join(escape_control(cell) for cell in row))
            return
        self.grid(columns, rows, red=red, mark=mark)

    def table_width(self) -> int:
        """Return how wide a drawn table may be; 0 in a pipe: as wide as it needs."""
        return self._terminal.width() if self.is_terminal else self._terminal.columns

    def grid(
        self,
        headings: list[str],
        rows: list[list[str]],
        numbers: Collection[int] = (),
        red: Sequence[bool] = (),
        mark: str = "",
    ) -> None:
        """Draw a table, also in a pipe; the columns at `numbers` are aligned to the right.

        Where the rows do not fit and stand one below the other, a column without a heading is
        called `mark`.
        """
        from oocli.render import pretty  # noqa: PLC0415 - rich, for a drawing alone

        colour, width = self._terminal.stdout_colour, self.table_width()
        drawn = pretty.table(
            headings, rows, colour=colour, width=width, numbers=numbers, red=red, mark=mark
        )
        lines = drawn.splitlines() if not colour else [drawn.removesuffix("\n")]
        for line in lines:
            self._drawn(line.rstrip())

    def _long(self, envelope: Envelope, rest: Iterable[bytes]) -> None:
        """Write an answer that is too large for memory; a terminal gets its start."""
        if self.is_terminal:
            self._other(envelope)
        elif envelope.is_json:
            start = envelope.raw.removeprefix(json_text.BOM)
            self.chunks(_with_one_newline(chain([start], rest)))
        else:
            self.chunks(chain([envelope.raw], rest))

    def _other(self, envelope: Envelope) -> None:
        """Write what is no JSON document."""
        if not self.is_terminal:
            self.write(envelope.raw)
            return
        if not is_text(envelope.raw):
            raise binary_refused(envelope.answer.content_type)
        text = envelope.raw.decode("utf-8", "replace")
        self.line("\n".join(escape_control(line.expandtabs()) for line in text.splitlines()))


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write: a temporary neighbour that replaces `path` when the block succeeds.

    Raises `StorageError`; what was there before then stays.
    """
    try:
        if path.is_dir():
            raise StorageError(f"{path} cannot be written: it is a directory")
        if path.exists() and not path.is_file():
            # /dev/null and named pipes are written into, never replaced.
            with path.open("wb") as file:
                yield file
        else:
            with atomic_write(path) as file:
                yield file
    except OSError as failure:
        raise StorageError(f"{path} cannot be written: {failure.strerror}") from None


def binary_refused(kind: str = "") -> UsageError:
    """Return the error for binary data on a terminal; `kind` is its media type."""
    return UsageError(
        f"the answer is binary{f' ({kind})' if kind else ''} and is not written to a terminal",
        hint="keep it in a file with -o FILE",
    )


def is_text(data: bytes) -> bool:
    """Whether the first bytes of an answer are text; they may end within a character."""
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False


def _is_plain(piece: bytes, decoder: codecs.IncrementalDecoder) -> bool:
    """Whether a piece is text without a character that could drive a terminal."""
    try:
        text = decoder.decode(piece).replace("\r\n", "\n").removesuffix("\r")
    except UnicodeDecodeError:
        return False
    return all(escape_control(found) == found for found in re.findall(_VISIBLE, text))


def _with_one_newline(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = b""  # white space that ends the document, unless more follows
    for piece in pieces:
        text = piece.rstrip(_SPACE.encode())
        if text:
            yield held + text
            held = b""
        held = (held + piece[len(text) :])[:_MAX_SPACE]
    yield b"\n"


def json_tokens(text: str) -> Iterator[tuple[str, str]]:
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


def indented_json(text: str, *, colour: bool) -> Iterator[str]:
    """Yield a JSON text indented, in parts of some ten kilobytes, with or without colour."""
    parts: list[str] = []
    for kind, piece in json_tokens(text):
        parts.append(f"{_COLOURS[kind]}{piece}{_RESET}" if colour and kind != "mark" else piece)
        if len(parts) >= _PIECES:
            yield "".join(parts)
            parts.clear()
    yield "".join(parts)


def inside(text: str) -> str:
    """Return the text of `response` inside an envelope; `null` where the portal left it out.

    A document that is no envelope is returned without the white space around it.
    """
    if not text.lstrip().startswith("{"):
        return text.strip(_SPACE)
    found = json_text.member(text, "response")
    return text[found[0] : found[1]] if found else "null"
