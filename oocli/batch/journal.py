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
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from oocli.batch.line import BatchLine
from oocli.config.private_file import lock_now
from oocli.model import json_text
from oocli.model.errors import StorageError, UsageError
from oocli.model.json_text import InvalidJson

_HEADER = b'{"oocli batch journal":1,"portal":'
# Records are read in exactly the form in which they are written.
_RECORD = re.compile(
    rb'\{"line":(?P<line>\d{1,18}),"digest":"(?P<digest>[0-9a-f]{32})",'
    rb'"state":(?:"(?P<state>sending|unsent)"'
    rb'|"done","failed":(?P<failed>true|false),"answer":(?P<answer>\{.*\}))\}\n'
)


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

    Answers are in it as they came, so only its owner can read it.
    """

    def __init__(self, path: Path, portal: str) -> None:
        self._path = path
        self._lock = Lock()
        self._entries: dict[int, JournalEntry] = {}
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        for name in ("O_BINARY", "O_NONBLOCK", "O_NOCTTY"):  # a named pipe is not waited for
            flags |= getattr(os, name, 0)
        with self._explained("opened"):
            self._handle = os.open(path, flags, 0o600)
        try:
            with self._explained("read"):
                if not stat.S_ISREG(os.fstat(self._handle).st_mode):
                    raise UsageError(f"{path} is no regular file")
                if not lock_now(self._handle):
                    raise UsageError(f"{path} is in use by another batch")
                self._load(portal)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Put everything on disk and close the file; nothing is written after that."""
        with self._lock:
            handle, self._handle = self._handle, -1
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)

    @property
    def done_before(self) -> int:
        """How many lines an earlier run finished."""
        return sum(entry.is_done for entry in self._entries.values())

    @property
    def highest(self) -> int:
        """The highest index that it knows; -1 for none."""
        return max(self._entries, default=-1)

    def entry(self, line: BatchLine) -> JournalEntry | None:
        """Return what is known of a line. Raises `UsageError` where another line had its place."""
        entry = self._entries.get(line.index)
        if entry is not None and entry.digest != line.digest:
            raise UsageError(
                f"{line.where} is not the one that {self._path} knows in its place",
                hint="give the same lines as before; new ones may follow at the end",
            )
        return entry

    def answer(self, entry: JournalEntry) -> bytes:
        """Return the record that was printed for a finished line."""
        with self._lock, self._explained("read"):
            os.lseek(self._handle, entry.start, os.SEEK_SET)
            answer = os.read(self._handle, entry.length)
        if len(answer) < entry.length:
            raise StorageError(f"{self._path} became shorter while it was used")
        return answer

    def sending(self, line: BatchLine) -> None:
        """Note that a line is about to be sent. Raises `StorageError`; then it must not be."""
        self._append(line, b'"sending"')
        if not line.is_safe:
            # A crash of the machine must not forget it. What was finished may be forgotten then:
            # the line is reported as perhaps sent, which is safe.
            with self._explained("written"):
                os.fsync(self._handle)

    def unsent(self, line: BatchLine) -> None:
        """Note that a line surely did not reach the portal: it may be run again."""
        self._append(line, b'"unsent"')

    def done(self, line: BatchLine, answer: bytes, *, failed: bool) -> None:
        """Note that a line is finished, with the record that will be printed for it."""
        self._append(line, b'"done","failed":%s,"answer":' % (b"false", b"true")[failed] + answer)

    def _append(self, line: BatchLine, state: bytes) -> None:
        head = f'{{"line":{line.index},"digest":"{line.digest}","state":'
        self._write(head.encode() + state + b"}\n")

    def _write(self, record: bytes) -> None:
        with self._lock, self._explained("written"):
            while record:  # a disk that is nearly full takes a part of it
                record = record[os.write(self._handle, record) :]

    def _load(self, portal: str) -> None:
        """Read what an earlier run noted; a last record that its end cut off is dropped."""
        header = _HEADER + json.dumps(portal).encode() + b"}\n"
        with open(self._handle, "rb", closefd=False) as file:
            first = file.readline(len(header))
            if not header.startswith(first):
                if first.startswith(_HEADER):
                    raise UsageError(f"{self._path} belongs to a batch on another portal")
                raise UsageError(f"{self._path} is no journal of oocli batch")
            end = len(first) if first == header else 0
            for record in file:
                if not record.endswith(b"\n"):
                    break
                self._load_record(record, end)
                end += len(record)
        os.ftruncate(self._handle, end)
        if end == 0:
            self._write(header)

    def _load_record(self, record: bytes, start: int) -> None:
        found = _RECORD.fullmatch(record)
        try:
            if found is None:
                raise InvalidJson("not in the form of a record")
            if found["answer"] is not None:
                json_text.parse_outline(json_text.decode(found["answer"]))
        except InvalidJson:
            raise StorageError(
                f"{self._path} is damaged at byte {start}",
                hint="move it away, and look at the portal which of the lines were carried out",
            ) from None
        index = int(found["line"])
        if found["state"] == b"unsent":
            self._entries.pop(index, None)
        elif found["answer"] is None:
            self._entries[index] = JournalEntry(found["digest"].decode(), 0, 0, False)
        else:
            first, end = found.span("answer")
            self._entries[index] = JournalEntry(
                found["digest"].decode(), start + first, end - first, found["failed"] == b"true"
            )

    @contextmanager
    def _explained(self, action: str) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise StorageError(f"{self._path} cannot be {action}: {failure.strerror}") from None
