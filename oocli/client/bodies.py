"""Request bodies that are read from disk while they are sent, and again for a retry.

The memory that they need does not depend on the size of the files.
"""

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

MIN_CHUNK, MAX_CHUNK = 16 * 1024, 512 * 1024  # bytes
ANY_TYPE = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;\s*[\w.+-]+=[\w.+-]+)*")


class FilePart(NamedTuple):
    """A file of a multipart form: `name=@path;type=text/plain;filename=notes.txt`.

    The `path` "-" is stdin. `content_type` and `filename` are sent to the portal.
    """

    name: str
    path: str
    content_type: str
    filename: str

    @classmethod
    def read(cls, typed: str, label: str = "part") -> FilePart:
        """Parse the form above, without opening the file.

        Raises `UsageError`, whose text starts with `label`.
        """
        name, equals, rest = typed.partition("=")
        if not (equals and name and rest.startswith("@")):
            raise UsageError(
                f"{label} {typed!r} is not of the form NAME=@FILE",
                hint="send text as a field, not as a part",
            )
        given: dict[str, str] = {}
        while found := re.fullmatch(r"(?s)(.*);(type|filename)=(.*)", rest):
            rest = found[1]
            given.setdefault(found[2], found[3])
        path = rest[1:]
        filename = given.get("filename", "" if path == "-" else Path(path).name)
        if not filename:
            raise UsageError(
                f"{label} {name}=@{path}: the file has no name", hint="add ;filename=NAME"
            )
        content_type = given.get("type", ANY_TYPE)
        if not _MEDIA_TYPE.fullmatch(content_type):
            raise UsageError(f"{label} {name}: {content_type!r} is not a media type")
        return cls(name, path, content_type, filename)

    @property
    def display(self) -> str:
        """The part in the form above."""
        return f"{self.name}=@{self.path};type={self.content_type};filename={self.filename}"


class _FileSource:
    """The bytes of a file, or a copy of a stream that has no length or can be read only once."""

    def __init__(self, label: str, path: str, stdin: Callable[[], BinaryIO]) -> None:
        self._what = f"{label} @{path}"
        self._path = path
        self._file: BinaryIO | None = None  # a file is opened when it is read
        self._stack = ExitStack()  # closes the file
        try:
            if path == "-":
                self._copy(stdin())
            else:
                found = Path(path).stat()
                if stat.S_ISDIR(found.st_mode):
                    raise StorageError(f"{self._what} is a directory")
                # An unreadable file fails here, and not in the middle of a request.
                with Path(path).open("rb") as file:
                    if not stat.S_ISREG(found.st_mode):
                        self._copy(file)
            self.size = found.st_size if self._file is None else self._file.tell()
        except OSError as failure:
            raise StorageError(f"{self._what} cannot be read: {failure.strerror}") from None
        self.rewind()

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        if not self._left:
            return b""
        try:
            if self._file is None:
                # Not buffered: chunks are larger than a buffer.
                self._file = self._stack.enter_context(io.FileIO(self._path))
            chunk = self._file.read(min(size, self._left))
        except OSError as failure:
            raise StorageError(f"{self._what} cannot be read: {failure.strerror}") from None
        if not chunk:
            raise StorageError(f"{self._what} became shorter while it was sent")
        self._left -= len(chunk)
        return chunk

    def rewind(self) -> None:
        """Go back to the first byte."""
        self._left = self.size
        if self._file is not None:
            self._file.seek(0)

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def _copy(self, stream: BinaryIO) -> None:
        """Copy a stream into a temporary file, and read that one."""
        with ExitStack() as stack:
            self._file = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, self._file, MAX_CHUNK)
            self._stack = stack.pop_all()


class Readable(Protocol):
    """A known number of bytes, which can be read more than once."""

    size: int

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""

    def rewind(self) -> None:
        """Go back to the first byte."""

    def close(self) -> None:
        """Close the files that were opened."""


class _InMemory(io.BytesIO):
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.size = len(data)

    def rewind(self) -> None:
        """Go back to the first byte."""
        self.seek(0)


class StreamedBody:
    """A body of texts and files, sent one after the other (`BodyStream` of `model/request.py`).

    `outline` describes each part on one line, for a dry run; `texts` holds the text fields of a
    form as names and values.
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
        """Yield the body in chunks, whose size follows the speed of the connection."""
        size = MIN_CHUNK
        while chunk := self.read_chunk(size):
            start = time.monotonic()
            yield chunk
            size = next_chunk_size(size, time.monotonic() - start)

    # Not called `read`: urllib3 would call that, always for 16 KiB.
    def read_chunk(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end. Raises `StorageError`."""
        found: list[bytes] = []
        left = size
        # Small sources share a chunk: sending a chunk takes as long as sending a small file.
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
        """Go back to the first byte."""
        self._at = self._sent = 0
        for source in self._sources:
            source.rewind()

    def close(self) -> None:
        """Close all files."""
        for source in self._sources:
            source.close()


def next_chunk_size(size: int, took: float) -> int:
    """Return the size of the next chunk, after one of `size` bytes that took `took` seconds.

    The time limit of a chunk does not depend on its size, and a slow connection must not exceed
    it. So chunks grow only while each takes less than 0.1 s, up to a size from which on larger
    chunks gain nothing.
    """
    return min(size * 2, MAX_CHUNK) if took < 0.1 else max(size // 2, MIN_CHUNK)


def multipart(
    parts: Sequence[Field | FilePart],
    stdin: Callable[[], BinaryIO],
    reporter: ProgressReporter | None = None,
    label: str = "part",
) -> StreamedBody:
    """Return a multipart form of fields and files, in the given order (RFC 7578).

    `stdin` is called for a part `@-`. Errors about a file start with `label` and the name of its
    part. Raises `StorageError` for a file that cannot be read.
    """
    boundary = f"oocli-{os.urandom(16).hex()}"
    sources: list[Readable] = []
    outline = []
    for part in parts:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(part.name)}"'
        if isinstance(part, Field):
            sources.append(_InMemory(f"{head}\r\n\r\n{part.value}\r\n".encode()))
            outline.append(f"{part.name}={part.value}")
            continue
        head += f'; filename="{_quoted(part.filename)}"\r\nContent-Type: {part.content_type}'
        what = f"{label} {part.name}"
        source = _FileSource(what, part.path, stdin)
        try:
            sources += [_InMemory(f"{head}\r\n\r\n".encode()), source, _InMemory(b"\r\n")]
        except UnicodeEncodeError:
            raise UsageError(
                f"{what}: the file's name is not valid UTF-8", hint="add ;filename=NAME"
            ) from None
        outline.append(f"{part.display} ({source.size} bytes)")
    sources.append(_InMemory(f"--{boundary}--\r\n".encode()))
    content_type = f"multipart/form-data; boundary={boundary}"
    texts = pairs(part for part in parts if isinstance(part, Field))
    return StreamedBody(sources, content_type, outline, reporter or NullReporter(), texts)


def file_form(filename: str, content: Readable) -> StreamedBody:
    """Return a multipart form with one file, named `file`, which every upload of a portal accepts.

    The file name is sent in plain UTF-8, because Workspace ignores `filename*`. The part has
    exactly two headers, because DocSpace calculates the length of a numbered chunk from them
    (ChunkedUploaderHandler.cs).
    """
    boundary = f"oocli-{os.urandom(16).hex()}"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{_quoted(filename)}"\r\nContent-Type: {ANY_TYPE}\r\n\r\n'
    )
    sources = [_InMemory(head.encode()), content, _InMemory(f"\r\n--{boundary}--\r\n".encode())]
    content_type = f"multipart/form-data; boundary={boundary}"
    return StreamedBody(sources, content_type, [filename], NullReporter())


def whole_file(
    path: str,
    content_type: str,
    stdin: Callable[[], BinaryIO],
    reporter: ProgressReporter | None = None,
    label: str = "file",
) -> StreamedBody | bytes:
    """Return a body that consists of one file (`-`: stdin).

    Raises `StorageError`, whose text starts with `label`.
    """
    source = _FileSource(label, path, stdin)
    if not source.size:  # an empty stream would be sent without a length
        return b""
    outline = [f"@{path} ({source.size} bytes)"]
    return StreamedBody([source], content_type, outline, reporter or NullReporter())


def _quoted(text: str) -> str:
    # As browsers and curl do: escape the characters that would end the line or the name.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
