"""The journal of a batch: what was about to be sent and what came back, so that it can go on.

A line's `sending` is written before the request leaves and its `done`, with the answer, before the
answer is printed. So whenever the batch is killed, each line is known to be done, never begun, or
perhaps carried out; the last is repeated only where that changes nothing.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from oocli.batch.line import BatchLine
from oocli.config.private_file import lock_now
from oocli.model import json_text
from oocli.model.errors import StorageError, UsageError
from oocli.model.json_text import InvalidJson

_HEADER = '{"oocli batch journal":1,"portal":'
_READ = 1 << 20


class JournalEntry(NamedTuple):
    """What the journal says of a line: its digest, and where its answer stands (0, 0: nowhere)."""

    digest: str
    start: int
    length: int
    failed: bool

    @property
    def is_done(self) -> bool:
        """Whether the line was finished; otherwise it may have been sent."""
        return self.length > 0


class Journal:
    """An open journal, locked against other batches. Used by several threads at once.

    Answers are in it as they came, so it is made readable for its owner alone.
    """

    def __init__(self, path: Path, portal: str) -> None:
        self._path = path
        self._lock = Lock()
        self._known: dict[int, JournalEntry] = {}
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        for name in ("O_BINARY", "O_NONBLOCK", "O_NOCTTY"):  # a named pipe is not waited for
            flags |= getattr(os, name, 0)
        try:
            self._handle = os.open(path, flags, 0o600)
        except OSError as failure:
            raise self._trouble("opened", failure) from None
        try:
            if not stat.S_ISREG(os.fstat(self._handle).st_mode):
                raise UsageError(f"--resume: {path} is no regular file")
            if not lock_now(self._handle):
                raise UsageError(f"--resume: {path} is in use by another batch")
            self._load(portal)
        except OSError as failure:
            self.close()
            raise self._trouble("read", failure) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Put everything on disk and let the file go; nothing is written after that."""
        with self._lock:
            handle, self._handle = self._handle, -1
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)

    @property
    def highest(self) -> int:
        """The highest index that it knows; -1 for none."""
        return max(self._known, default=-1)

    def known(self, line: BatchLine) -> JournalEntry | None:
        """Return what is known of a line. Raises `UsageError` where another line had its place."""
        found = self._known.get(line.index)
        if found is not None and found.digest != line.digest:
            raise UsageError(
                f"{line.where} is not the one that {self._path} knows in its place",
                hint="give the same lines as before; new ones may follow at the end",
            )
        return found

    def answer(self, known: JournalEntry) -> bytes:
        """Return the line that was printed for a finished call."""
        pieces, left = [], known.length
        with self._lock:
            try:
                os.lseek(self._handle, known.start, os.SEEK_SET)
                while left and (piece := os.read(self._handle, left)):
                    pieces.append(piece)
                    left -= len(piece)
            except OSError as failure:
                raise self._trouble("read", failure) from None
        if left:
            raise StorageError(f"{self._path} became shorter while it was used")
        return b"".join(pieces)

    def sending(self, line: BatchLine) -> None:
        """Note that a line is about to be sent. Raises `StorageError`; then it must not be."""
        self._append(f'{{"line":{line.index},"digest":"{line.digest}","state":"sending"}}\n')
        if not line.is_safe:
            # A crash of the machine must not forget it. What was finished may be forgotten then:
            # the line is reported as perhaps sent, which is safe.
            try:
                os.fsync(self._handle)
            except OSError as failure:
                raise self._trouble("written", failure) from None

    def unsent(self, line: BatchLine) -> None:
        """Note that a line surely did not reach the portal: it may be run again."""
        self._append(f'{{"line":{line.index},"digest":"{line.digest}","state":"unsent"}}\n')

    def done(self, line: BatchLine, answer: bytes, *, failed: bool) -> None:
        """Note that a line is finished, with the line that will be printed for it."""
        head = f'{{"line":{line.index},"digest":"{line.digest}","state":"done",'
        head += f'"failed":{"true" if failed else "false"},"answer":'
        self._append(head.encode() + answer + b"}\n")

    def _append(self, record: str | bytes) -> None:
        data = record.encode() if isinstance(record, str) else record
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._handle, data) :]
            except OSError as failure:
                raise self._trouble("written", failure) from None

    def _load(self, portal: str) -> None:
        """Read what an earlier run noted; a last line that was cut off by its end is dropped."""
        header = f"{_HEADER}{json.dumps(portal)}}}\n".encode()
        whole = 0
        for start, raw in self._lines():
            if start == 0 and not raw.startswith(_HEADER.encode()):
                raise UsageError(f"--resume: {self._path} is no journal of oocli batch")
            if start == 0 and raw != header:
                raise UsageError(f"--resume: {self._path} belongs to a batch on another portal")
            if start:
                self._note(start, raw)
            whole = start + len(raw)
        if whole == 0 and self._size() > 0 and not header.startswith(self._tail(len(header))):
            raise UsageError(f"--resume: {self._path} is no journal of oocli batch")
        try:
            os.ftruncate(self._handle, whole)
        except OSError as failure:
            raise self._trouble("written", failure) from None
        if whole == 0:
            self._append(header)

    def _note(self, start: int, raw: bytes) -> None:
        try:
            if not raw.startswith(b'{"line":'):
                raise InvalidJson(raw[:8])
            text = json_text.decoded(raw)
            found: Any = json_text.parsed(text)
            index, digest, state = _record(found)
            place = json_text.member(text, "answer") if state == "done" else None
        except (InvalidJson, KeyError, TypeError, ValueError):
            raise StorageError(
                f"{self._path} is damaged at byte {start}",
                hint="move it away, and look at the portal which of the lines were carried out",
            ) from None
        if state == "unsent":
            self._known.pop(index, None)
        elif place is None:
            self._known[index] = JournalEntry(digest, 0, 0, False)
        else:
            before = len(text[: place[0]].encode())
            length = len(text[place[0] : place[1]].encode())
            self._known[index] = JournalEntry(digest, start + before, length, found["failed"])

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield where each whole line starts, and the line."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        start, pieces = 0, []
        while piece := os.read(self._handle, _READ):
            first, *others = piece.split(b"\n")
            pieces.append(first)
            if not others:
                continue
            for line in (b"".join(pieces), *others[:-1]):
                yield start, line + b"\n"
                start += len(line) + 1
            pieces = [others[-1]]

    def _size(self) -> int:
        return os.fstat(self._handle).st_size

    def _tail(self, size: int) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.read(self._handle, size + 1)

    def _trouble(self, what: str, failure: OSError) -> StorageError:
        return StorageError(f"{self._path} cannot be {what}: {failure.strerror}")


def _record(found: Any) -> tuple[int, str, str]:
    """Return line, digest and state of a record. Raises for what `Journal` has never written."""
    index, digest, state = found["line"], found["digest"], found["state"]
    if type(index) is not int or index < 0 or state not in ("sending", "unsent", "done"):
        raise ValueError(index)
    if not re.fullmatch("[0-9a-f]{32}", digest):
        raise ValueError(digest)
    if state == "done" and not (type(found["failed"]) is bool and type(found["answer"]) is dict):
        raise ValueError(state)
    return index, digest, state
