"""Everything that is written to stdout: the data that a command was asked for."""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
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

_SPACE = " \t\r\n"  # white space of JSON
_MAX_SPACE = 1 << 20  # bytes of white space that are held back while a document is streamed
_NO_BREAK = r"[^\n\t]+"

# A token of JSON: a key with its colon, or an empty list or object with both brackets, is one too.
_SPACES = r"[ \t\r\n]*"
_TOKEN = (  # compiled when it is used first, on a terminal
    rf'("[^"\\]*(?:\\.[^"\\]*)*")({_SPACES}:)?'  # 1: a string; 2: the colon of a key
    rf"|([{{\[])(?:{_SPACES}([}}\]]))?"  # 3: an opening bracket; 4: its closing one, if empty
    r"|([}\]])|(,)"  # 5: a closing bracket; 6: a comma
    r'|[^\s{}\[\],:"]+'  # a number, true, false or null
)
_WORDS = {"true": "word", "false": "word", "null": "null"}
# The escapes that rich writes for "bold blue", "green", "cyan", "italic magenta" and "dim". Rich
# itself would need an object for each token, a hundred times the memory of the document.
_COLORS = {
    "key": "\x1b[1;34m",
    "string": "\x1b[32m",
    "number": "\x1b[36m",
    "word": "\x1b[3;35m",
    "null": "\x1b[2m",
}
_RESET = "\x1b[0m"
_INDENT = "  "
_TOKENS_AT_ONCE = 4096


class Stdout:
    """Writes to stdout. Raises `PipeClosed` if the program that reads it has ended."""

    def __init__(
        self,
        terminal: Terminal,
        redactor: Redactor,
        *,
        before: Callable[[], None] | None = None,
        file: BinaryIO | None = None,
    ) -> None:
        """Write to stdout, or to `file`; `before` is called before each write to a terminal."""
        self._terminal, self._redactor = terminal, redactor
        self._before = before if terminal.stdout_is_terminal else None
        self._file = file

    @contextmanager
    def into(self, path: Path) -> Iterator[Stdout]:
        """Yield a writer to a file, which replaces `path` when the block succeeds."""
        with writing(path) as file:
            yield Stdout(self._terminal.in_a_pipe(), self._redactor, file=file)

    @property
    def is_terminal(self) -> bool:
        """Whether stdout is a terminal."""
        return self._terminal.stdout_is_terminal

    @property
    def indents_json(self) -> bool:
        """Whether JSON is indented: on a terminal, and with `--color always` (for a pager)."""
        return self.is_terminal or self._terminal.always_colored

    def line(self, text: str) -> None:
        """Write text and a newline; a terminal gets control characters as escapes."""
        self.text(f"{text}\n")

    def text(self, text: str) -> None:
        """Write text; a terminal gets control characters as escapes."""
        self.write(_encoded(self._harmless(text)))

    def heading(self, text: str) -> None:
        """Write one line, bold on a terminal with color."""
        self.pieces([(text, True)])

    def pieces(self, parts: Iterable[tuple[str, bool]]) -> None:
        """Write one line made of parts; those marked True are bold on a terminal with color."""
        in_color = self._terminal.stdout_color
        line = "".join(
            bold(escape_control(text)) if is_bold and in_color else self._harmless(text)
            for text, is_bold in parts
        )
        self.write(_encoded(line.rstrip() + "\n"))

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
            if binary is None:  # a text stream without bytes, as of a Python shell
                sys.stdout.write(data.decode("utf-8", "replace"))
                return
            view = memoryview(data)
            while view:
                view = view[binary.write(view[: 1 << 20]) or 0 :]
            binary.flush()
        except OSError as failure:
            # Windows reports EINVAL if the reader of a pipe has ended.
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
            self.text(data.decode("utf-8", "surrogatepass"))
        else:
            self.write(data)

    def envelope(self, envelope: Envelope, *, inner: bool = False) -> None:
        """Write an answer: indented on a terminal, the portal's own bytes in a pipe.

        `inner` writes only what is inside the envelope. An answer that is not JSON is written
        unchanged, but a terminal gets no control characters. Raises `UsageError` if it would get
        binary data.
        """
        rest = envelope.answer.rest
        if not envelope.raw:
            return
        if rest is not None and not self.is_terminal:
            chunks: Iterable[bytes] = chain([envelope.raw], rest)
            if envelope.is_json:
                start = envelope.raw.removeprefix(json_text.BOM)
                chunks = _with_one_newline(chain([start], rest))
            for chunk in chunks:
                self.write(chunk)
            return
        text = None
        if rest is None and (envelope.is_json or self.is_terminal or inner):
            with suppress(InvalidJson):
                text, _ = envelope.text, envelope.outline  # the outline proves that it parses
        if text is None:
            self._other(envelope)
        elif inner or self.indents_json:
            self.document(inside(text) if inner else text)
        else:
            self.write(envelope.raw.removeprefix(json_text.BOM).rstrip(_SPACE.encode()) + b"\n")

    def document(self, text: str) -> None:
        """Write JSON text: indented on a terminal, unchanged in a pipe."""
        if self.indents_json:
            for part in indented_json(text, color=self._terminal.stdout_color):
                self.write(_encoded(part))
            self.write(b"\n")
        else:
            self.line(text)

    def untouched(self, pieces: Iterable[bytes]) -> None:
        """Write bytes unchanged. Raises `UsageError` if a terminal would get binary data."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        for piece in pieces:
            if self.is_terminal and not _is_plain(piece, decoder):
                raise binary_refused()
            self.write(piece)

    def _harmless(self, text: str) -> str:
        """Return text, for a terminal with control characters except tab and newline as escapes."""
        if not self.is_terminal or text.isprintable():
            return text
        return re.sub(_NO_BREAK, lambda found: escape_control(found[0]), text)

    def head(self, answer: Response) -> None:
        """Write the status line and headers of an answer with secrets masked, and an empty line."""
        lines = [self._redactor.redact(f"HTTP {answer.status} {answer.reason}".rstrip())]
        headers = self._redactor.redact_headers(answer.header_list)
        lines += [f"{name}: {value}" for name, value in headers]
        self.line("\n".join(map(escape_control, lines)) + "\n")

    def card(self, title: str, rows: list[tuple[str, str]]) -> None:
        """Write names and values in a frame."""
        from oocli.render import pretty  # noqa: PLC0415 - loads rich

        color, width = self._terminal.stdout_color, self._terminal.width()
        drawn = pretty.card(title, rows, color=color, width=width)
        self.write(_encoded(drawn))

    def table_width(self) -> int:
        """Return the width of tables; 0 stands for no limit, as in a pipe."""
        return self._terminal.width() if self.is_terminal else self._terminal.columns

    def table(
        self,
        headings: list[str],
        rows: list[list[str]],
        numbers: Collection[int] = (),
        red: Sequence[bool] = (),
        mark: str = "",
    ) -> None:
        """Write a table; the columns at `numbers` are aligned to the right.

        The rows for which `red` is true are red if stdout has color. `mark` is the name of a column
        without a heading, for rows that do not fit and are written one field per line.
        """
        from oocli.render import pretty  # noqa: PLC0415 - loads rich

        color, width = self._terminal.stdout_color, self.table_width()
        drawn = pretty.table(
            headings, rows, color=color, width=width, numbers=numbers, red=red, mark=mark
        )
        self.write(_encoded(drawn))

    def _other(self, envelope: Envelope) -> None:
        """Write an answer that is not JSON."""
        if not self.is_terminal:
            self.write(envelope.raw)
            return
        if not is_text(envelope.raw):
            raise binary_refused(envelope.answer.content_type)
        text = envelope.raw.decode("utf-8", "replace")
        self.line("\n".join(escape_control(line.expandtabs()) for line in text.splitlines()))


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file for writing, which replaces `path` when the block succeeds.

    Raises `StorageError`.
    """
    try:
        if path.is_dir():
            raise StorageError(f"{path} cannot be written: it is a directory")
        if path.exists() and not path.is_file():
            # A device or named pipe is written to, not replaced.
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
        hint="save it with -o FILE",
    )


def is_text(data: bytes) -> bool:
    """Whether bytes are UTF-8 text; the last character may be incomplete."""
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False


def _is_plain(piece: bytes, decoder: codecs.IncrementalDecoder) -> bool:
    """Whether the next bytes of a stream are text without control characters."""
    try:
        text = decoder.decode(piece).replace("\r\n", "\n").removesuffix("\r")
    except UnicodeDecodeError:
        return False
    return all(escape_control(found) == found for found in re.findall(_NO_BREAK, text))


def _with_one_newline(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a document with one newline at the end, in place of any white space."""
    held = b""  # white space, which is dropped if nothing follows
    for piece in pieces:
        text = piece.rstrip(_SPACE.encode())
        if text:
            yield held + text
            held = b""
        held = (held + piece[len(text) :])[:_MAX_SPACE]
    yield b"\n"


def json_tokens(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield the kind and text of each token of a valid JSON text, indented by two spaces.

    Kinds are `key`, `string`, `number`, `word`, `null` and `mark`. Control characters in strings
    are written as `\uXXXX`.
    """
    line = "\n"  # a newline and the current indentation
    for found in re.finditer(_TOKEN, text):
        group = found.lastindex
        if group == 1:
            yield "string", escape_control(found[1])
        elif group == 2:
            yield "key", escape_control(found[1])
            yield "mark", ": "
        elif group == 6:
            yield "mark", f",{line}"
        elif group == 3:
            line += _INDENT
            yield "mark", f"{found[3]}{line}"
        elif group == 5:
            line = line[: -len(_INDENT)]
            yield "mark", f"{line}{found[5]}"
        elif group == 4:
            yield "mark", f"{found[3]}{found[4]}"
        else:
            yield _WORDS.get(found[0], "number"), found[0]


def indented_json(text: str, *, color: bool) -> Iterator[str]:
    """Yield a JSON text, indented, in parts of some ten kilobytes."""
    parts: list[str] = []
    for kind, piece in json_tokens(text):
        parts.append(f"{_COLORS[kind]}{piece}{_RESET}" if color and kind != "mark" else piece)
        if len(parts) >= _TOKENS_AT_ONCE:
            yield "".join(parts)
            parts.clear()
    yield "".join(parts)


def inside(text: str) -> str:
    """Return the text of `response` in an envelope, or `null` if there is none.

    A document that is not an object is returned without white space around it.
    """
    if not text.lstrip().startswith("{"):
        return text.strip(_SPACE)
    found = json_text.member(text, "response")
    return text[found[0] : found[1]] if found else "null"


def _encoded(text: str) -> bytes:
    """Return text as UTF-8; half of a surrogate pair, which JSON may hold, is kept."""
    return text.encode("utf-8", "surrogatepass")
