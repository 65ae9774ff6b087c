"""Bodies that are read from disk while they are sent, in flat memory and more than once."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from oocli.model.errors import StorageError, UsageError
from oocli.model.fields import Field, pairs
from oocli.transport.options import NullReporter, ProgressReporter

MIN_CHUNK, MAX_CHUNK = 16 * 1024, 512 * 1024  # bytes that are sent in one step
_QUICK = 0.1  # seconds of a step
ANY_TYPE = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;\s*[\w.+-]+=[\w.+-]+)*")


class FilePart(NamedTuple):
    """A file of a multipart form: `name=@path;type=text/plain;filename=notes.txt`.

    `path` "-" is stdin. `content_type` and `filename` are what the portal reads.
    """

    name: str
    path: str
    content_type: str
    filename: str

    @classmethod
    def read(cls, typed: str, label: str = "part") -> FilePart:
        """Read the form above; errors start with `label`. Raises `UsageError`.

        Whether the file can be read shows later.
        """
        name, equals, rest = typed.partition("=")
        if not (equals and name and rest.startswith("@")):
            raise UsageError(
                f"{label} {typed!r} is not of the form NAME=@FILE",
                hint="text goes into a field, not into a part",
            )
        given: dict[str, str] = {}
        while found := re.fullmatch(r"(?s)(.*);(type|filename)=(.*)", rest):
            rest = found[1]
            given.setdefault(found[2], found[3])
        path = rest[1:]
        filename = given.get("filename", "" if path == "-" else Path(path).name)
        if not filename:
            raise UsageError(
                f"{label} {name}=@{path}: how is the file called?", hint="add ;filename=NAME"
            )
        content_type = given.get("type", ANY_TYPE)
        if not _MEDIA_TYPE.fullmatch(content_type):
            raise UsageError(f"{label} {name}: {content_type!r} is no media type")
        return cls(name, path, content_type, filename)

    @property
    def display(self) -> str:
        """The part as it can be typed again."""
        return f"{self.name}=@{self.path};type={self.content_type};filename={self.filename}"


class _Source:
    """Bytes of known number: a file, or what was kept of a stream that has no length."""

    def __init__(self, label: str, path: str, stdin: Callable[[], BinaryIO]) -> None:
        self._what = f"{label} @{path}"
        self._path = path
        self._kept: BinaryIO | None = None
        self._file: BinaryIO | None = None
        self._stack = ExitStack()  # closes what is opened here
        try:
            if path == "-":
                self._kept = self._spooled(stdin())
            else:
                found = Path(path).stat()
                if stat.S_ISDIR(found.st_mode):
                    raise StorageError(f"{self._what} is a directory")
                with Path(path).open("rb") as file:  # tells now, not in the middle of the sending
                    self._kept = None if stat.S_ISREG(found.st_mode) else self._spooled(file)
            self.size = found.st_size if self._kept is None else self._kept.tell()
        except OSError as failure:
            raise StorageError(f"{self._what} cannot be read: {failure.strerror}") from None
        self.rewind()

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        if not self.left:
            return b""
        try:
            if self._file is None:
                # Not buffered: chunks are larger than a buffer.
                self._file = self._kept or self._stack.enter_context(io.FileIO(self._path))
            chunk = self._file.read(min(size, self.left))
        except OSError as failure:
            raise StorageError(f"{self._what} cannot be read: {failure.strerror}") from None
        if not chunk:
            raise StorageError(f"{self._what} became shorter while it was sent")
        self.left -= len(chunk)
        return chunk

    def rewind(self) -> None:
        """Start again from the first byte."""
        self.left = self.size
        for file in (self._kept, self._file):
            if file is not None:
                file.seek(0)

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def _spooled(self, stream: BinaryIO) -> BinaryIO:
        """Copy a stream that has no length, or cannot be read twice, into a file without a name."""
        with ExitStack() as stack:
            kept = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, kept, MAX_CHUNK)
            self._stack = stack.pop_all()
        return kept


class Readable(Protocol):
    """Bytes of known number, which can be read more than once."""

    size: int

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""

    def rewind(self) -> None:
        """Start again from the first byte."""

    def close(self) -> None:
        """Close what was opened for it."""


class _Text(io.BytesIO):
    """Bytes that are there already."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.size = len(data)

    def rewind(self) -> None:
        """Start again from the first byte."""
        self.seek(0)


class StreamedBody:
    """A body made of texts and files, sent in order (`BodyStream` of `model/request.py`).

    `outline` says what it is made of, a line for each part, for a dry run; `texts` are the fields
    of a form that are no files.
    """

    def __init__(
        self,
        sources: Sequence[Readable],
        content_type: str,
        outline: Sequence[str],
        reporter: ProgressReporter,
        texts: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._sources = sources
        self.content_type = content_type
        self.outline = tuple(outline)
        self.texts = tuple(texts)
        self._reporter = reporter
        self._size = sum(source.size for source in sources)
        self._at = 0
        self._sent = 0

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes, in chunks that grow where the connection is fast."""
        size = MIN_CHUNK
        while chunk := self.read_chunk(size):
            start = time.monotonic()
            yield chunk
            size = next_chunk_size(size, time.monotonic() - start)

    # Not called `read`: urllib3 would use it, and always take 16 KiB.
    def read_chunk(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end. Raises `StorageError`."""
        found: list[bytes] = []
        left = size
        # What is small goes out in one step: each one costs as much as a small file does.
        while left and self._at < len(self._sources):
            chunk = self._sources[self._at].read(left)
            if chunk:
                found.append(chunk)
                left -= len(chunk)
            else:
                self._at += 1
        if found:
            self._sent += size - left
            self._reporter.progress(self._sent, self._size, "bytes")
        return found[0] if len(found) == 1 else b"".join(found)

    def rewind(self) -> None:
        """Start again from the first byte."""
        self._at = self._sent = 0
        for source in self._sources:
            source.rewind()

    def close(self) -> None:
        """Close all files."""
        for source in self._sources:
            source.close()


def next_chunk_size(size: int, took: float) -> int:
    """Return the size of the next chunk, after one of `size` that took so many seconds to send.

    A chunk has one time limit however large it is, and a slow connection must not run into it. So
    chunks grow only while they are sent quickly, up to a size at which their number costs nothing.
    """
    return min(size * 2, MAX_CHUNK) if took < _QUICK else max(size // 2, MIN_CHUNK)


def multipart(
    parts: Sequence[Field | FilePart],
    stdin: Callable[[], BinaryIO],
    reporter: ProgressReporter | None = None,
    label: str = "part",
) -> StreamedBody:
    """Return a multipart form of text fields and files, in that order (RFC 7578).

    `stdin` is called for a part `@-`; errors about a file start with `label` and its part's name.
    Raises `StorageError` for a file that cannot be read.
    """
    boundary = f"oocli-{os.urandom(16).hex()}"
    sources: list[Readable] = []
    outline = []
    for part in parts:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(part.name)}"'
        if isinstance(part, Field):
            sources.append(_Text(f"{head}\r\n\r\n{part.value}\r\n".encode()))
            outline.append(f"{part.name}={part.value}")
            continue
        head += f'; filename="{_quoted(part.filename)}"\r\nContent-Type: {part.content_type}'
        what = f"{label} {part.name}"
        source = _Source(what, part.path, stdin)
        sources += [_Text(_encoded(f"{head}\r\n\r\n", what)), source, _Text(b"\r\n")]
        outline.append(f"{part.display} ({source.size} bytes)")
    sources.append(_Text(f"--{boundary}--\r\n".encode()))
    content_type = f"multipart/form-data; boundary={boundary}"
    texts = pairs(part for part in parts if isinstance(part, Field))
    return StreamedBody(sources, content_type, outline, reporter or NullReporter(), texts)


def file_form(filename: str, content: Readable) -> StreamedBody:
    """Return a multipart form of one file, `file`, as portals read it everywhere.

    The name goes out in UTF-8 as it is: Workspace reads no `filename*`. The part has exactly two
    headers, since the handler of numbered chunks works the length of a chunk out by them
    (ChunkedUploaderHandler.cs of DocSpace).
    """
    boundary = f"oocli-{os.urandom(16).hex()}"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{_quoted(filename)}"\r\nContent-Type: {ANY_TYPE}\r\n\r\n'
    )
    sources = [_Text(head.encode()), content, _Text(f"\r\n--{boundary}--\r\n".encode())]
    content_type = f"multipart/form-data; boundary={boundary}"
    return StreamedBody(sources, content_type, [filename], NullReporter())


def whole_file(
    path: str,
    content_type: str,
    stdin: Callable[[], BinaryIO],
    reporter: ProgressReporter | None = None,
    label: str = "file",
) -> StreamedBody | bytes:
    """Return a file (`-`: stdin) as a body of its own; errors start with `label`.

    Raises `StorageError`.
    """
    source = _Source(label, path, stdin)
    if not source.size:  # a stream of no bytes would go out without a length
        return b""
    outline = [f"@{path} ({source.size} bytes)"]
    return StreamedBody([source], content_type, outline, reporter or NullReporter())


def _quoted(text: str) -> str:
    # As browsers and curl write it: the three characters that would end the line or the name.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _encoded(head: str, what: str) -> bytes:
    try:
        return head.encode()
    except UnicodeEncodeError:
        raise UsageError(
            f"{what}: the file's name is not valid UTF-8", hint="add ;filename=NAME"
        ) from None
