"""stdout: data, and nothing but data."""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from oocli.model import json_text
from oocli.model.envelope import Envelope
from oocli.model.errors import PipeClosed, StorageError, UsageError
from oocli.model.json_text import InvalidJson
from oocli.model.response import Response
from oocli.model.secret import redact, redact_headers
from oocli.model.text import escape_control
from oocli.model.whole_file import whole_file
from oocli.render.layout import laid_out_text
from oocli.render.terminal import Terminal

_SPACE = " \t\r\n"  # around a JSON text
_MOST_SPACE = 1 << 20  # bytes of white space kept at one place of a document that is streamed
_VISIBLE = r"[^\n\t]+"


class Stdout:
    """The one writer of stdout. Raises `PipeClosed` when its reader went away."""

    def __init__(
        self,
        terminal: Terminal,
        *,
        before: Callable[[], None] | None = None,
        file: BinaryIO | None = None,
    ) -> None:
        """Write to stdout, or to `file`; `before` is called before a person's terminal is used."""
        self._terminal = terminal
        self._before = before if terminal.stdout_is_terminal else None
        self._file = file

    @contextmanager
    def into(self, path: Path) -> Iterator[Stdout]:
        """Give a writer that fills a file in place of stdout; replaced when the block succeeds."""
        with writing(path) as file:
            yield Stdout(self._terminal.in_a_pipe(), file=file)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads it."""
        return self._terminal.stdout_is_terminal

    @property
    def is_laid_out(self) -> bool:
        """Whether JSON is indented: for a person, or for `--color always` into a pager's pipe."""
        return self.is_terminal or self._terminal.always_coloured

    def line(self, text: str) -> None:
        """Write one line of text, or several; a terminal gets it harmless."""
        self._drawn(self.harmless(text))

    def _drawn(self, text: str) -> None:
        """Write a line that is fit for a terminal already, with the escapes of its colours."""
        self.write(text.encode("utf-8", "surrogatepass") + b"\n")

    def heading(self, text: str) -> None:
        """Write one line that stands out on a terminal with colour."""
        if self._terminal.stdout_colour:
            from oocli.render import pretty  # noqa: PLC0415

            self._drawn(pretty.bold(escape_control(text)))
        else:
            self.line(text)

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
            if binary is None:  # a text stream that somebody put in its place
                sys.stdout.write(data.decode("utf-8", "replace"))
                return
            view = memoryview(data)
            while view:
                view = view[binary.write(view[: 1 << 20]) or 0 :]
            binary.flush()
        except OSError as failure:
            raise _write_failure(failure) from None
        except ValueError:
            raise StorageError("stdout is closed") from None

    def json_lines(self, data: bytes) -> None:
        """Write lines of JSON; a terminal gets its harmful characters as escapes."""
        if self.is_terminal:
            text = data.decode("utf-8", "surrogatepass")
            data = self.harmless(text).encode("utf-8", "surrogatepass")
        self.write(data)

    def chunks(self, pieces: Iterable[bytes]) -> None:
        """Write bytes as they come."""
        for piece in pieces:
            self.write(piece)

    def envelope(self, envelope: Envelope, *, inner: bool = False) -> None:
        """Show an answer: laid out and coloured to a person, the portal's own bytes to a pipe.

        `inner` shows only what is inside the envelope. What is no JSON goes out untouched, except
        that a terminal gets no binary data and no control characters.
        """
        if not envelope.raw:
            return
        if envelope.answer.rest is not None:
            self._long(envelope, envelope.answer.rest)
            return
        try:
            text = envelope.text
            envelope.outline  # noqa: B018 - proves that it parses
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
        """Show a JSON text that oocli made: laid out to a person, on one line in a pipe."""
        if self.is_laid_out:
            self.json(text)
        else:
            self.line(text)

    def json(self, text: str) -> None:
        """Show a JSON text to a person."""
        for part in laid_out_text(text, colour=self._terminal.stdout_colour):
            self.write(part.encode("utf-8", "surrogatepass"))
        self.write(b"\n")

    def untouched(self, pieces: Iterable[bytes]) -> None:
        """Write bytes as they come. To a person's terminal only plain text goes, nothing else."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        for piece in pieces:
            if self.is_terminal and not _is_plain(piece, decoder):
                raise binary_refused()
            self.write(piece)

    def harmless(self, text: str) -> str:
        """Return text without what could drive a terminal, if it is one; tabs and lines stay."""
        if not self.is_terminal or text.isprintable():
            return text
        return re.sub(_VISIBLE, lambda found: escape_control(found[0]), text)

    def head(self, answer: Response) -> None:
        """Write the status line and headers of an answer, secrets masked, and an empty line."""
        lines = [redact(f"HTTP {answer.status} {answer.reason}".rstrip())]
        lines += [f"{name}: {value}" for name, value in redact_headers(answer.header_list)]
        for line in [*lines, ""]:
            self.line(escape_control(line))

    def card(self, title: str, rows: list[tuple[str, str]]) -> None:
        """Show names and values in a frame."""
        from oocli.render import pretty  # noqa: PLC0415

        colour = self._terminal.stdout_colour
        self.write(
            pretty.card(title, rows, colour=colour, width=self._terminal.width()).encode(
                "utf-8", "replace"
            )
        )

    def table(self, columns: list[str], rows: list[list[str]]) -> None:
        """Show rows under column names: drawn for a person, tab-separated lines in a pipe."""
        if not self.is_terminal:
            for row in rows:
                self.line("\t".join(escape_control(cell) for cell in row))
            return
        from oocli.render import pretty  # noqa: PLC0415

        colour, width = self._terminal.stdout_colour, self._terminal.width()
        self.write(pretty.table(columns, rows, colour=colour, width=width).encode())

    def table_width(self) -> int:
        """Return the columns that a drawn table may take; 0 in a pipe: all it wants."""
        return self._terminal.width() if self.is_terminal else self._terminal.columns

    def grid(self, headings: list[str], rows: list[list[str]], numbers: Collection[int]) -> None:
        """Draw a table, in a pipe as well; the columns at `numbers` are aligned to the right."""
        from oocli.render import pretty  # noqa: PLC0415

        colour, width = self._terminal.stdout_colour, self.table_width()
        drawn = pretty.table(headings, rows, colour=colour, width=width, numbers=numbers)
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
            with whole_file(path) as file:
                yield file
    except OSError as failure:
        raise StorageError(f"{path} cannot be written: {failure.strerror}") from None


def binary_refused(kind: str = "") -> UsageError:
    """Say that what came is kept off the terminal; `kind` is its media type."""
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
        held = (held + piece[len(text) :])[:_MOST_SPACE]
    yield b"\n"


def inside(text: str) -> str:
    """Return the text of `response` inside an envelope; `null` where the portal left it out.

    A document that is no envelope is returned without the white space around it.
    """
    if not text.lstrip().startswith("{"):
        return text.strip(_SPACE)
    found = json_text.member(text, "response")
    return text[found[0] : found[1]] if found else "null"


def _write_failure(failure: OSError) -> Exception:
    # Windows says EINVAL for a pipe whose reader is gone.
    if isinstance(failure, BrokenPipeError) or (os.name == "nt" and failure.errno == errno.EINVAL):
        return PipeClosed("stdout was closed")
    return StorageError(f"stdout cannot be written: {failure.strerror or failure}")
