"""The journal of a batch, which records what was sent and answered, so that it can be resumed.

The record `sending` of a line is written before the request is sent, and the record `done`, which
contains the answer, before the answer is printed. So after any end of the batch, each line is
known to be done, not sent, or perhaps carried out. The last kind is repeated only if it is safe.
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
# Records must have exactly the form in which they are written.
_RECORD = re.compile(
    rb'\{"line":(?P<line>\d{1,18}),"digest":"(?P<digest>[0-9a-f]{32})",'
    rb'"state":(?:"(?P<state>sending|unsent)"'
    rb'|"done","failed":(?P<failed>true|false),"answer":(?P<answer>\{.*\}))\}\n'
)


class JournalEntry(NamedTuple):
    """What the journal knows of a line: its digest, and the position of its answer in the file.

    `length` is 0 if there is no answer.
    """

    digest: str
    start: int = 0
    length: int = 0
    failed: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the line is finished. If not, it may have been sent."""
        return self.length > 0


class Journal:
    """An open journal, locked against other batches. Several threads may use it at once.

    It contains answers of the portal, so only its owner can read it.
    """

    def __init__(self, path: Path, portal: str) -> None:
        self._path = path
        self._lock = Lock()
        self._entries: dict[int, JournalEntry] = {}
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        for name in ("O_BINARY", "O_NONBLOCK", "O_NOCTTY"):  # does not wait for a named pipe
            flags |= getattr(os, name, 0)
        with self._storage_errors("opened"):
            self._handle = os.open(path, flags, 0o600)
        try:
            with self._storage_errors("read"):
                if not stat.S_ISREG(os.fstat(self._handle).st_mode):
                    raise UsageError(f"{path} is not a regular file")
                if not lock_now(self._handle):
                    raise UsageError(f"{path} is in use by another batch")
                self._load(portal)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Sync the journal to disk and close it. Later writes fail."""
        with self._lock:
            handle, self._handle = self._handle, -1
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)

    @property
    def done_before(self) -> int:
        """The number of lines that earlier runs finished."""
        return sum(entry.is_done for entry in self._entries.values())

    @property
    def highest(self) -> int:
        """The highest index of a line in the journal, or -1."""
        return max(self._entries, default=-1)

    def entry(self, line: BatchLine) -> JournalEntry | None:
        """Return the entry of a line, or None. Raises `UsageError` if it is of another line."""
        entry = self._entries.get(line.index)
        if entry is not None and entry.digest != line.digest:
            raise UsageError(
                f"{line.where} differs from the line that {self._path} has in its place",
                hint="use the same lines as before; you can add new ones at the end",
            )
        return entry

    def answer(self, entry: JournalEntry) -> bytes:
        """Return the record that was printed for a finished line."""
        with self._lock, self._storage_errors("read"):
            os.lseek(self._handle, entry.start, os.SEEK_SET)
            answer = os.read(self._handle, entry.length)
        if len(answer) < entry.length:
            raise StorageError(f"{self._path} became shorter while it was used")
        return answer

    def sending(self, line: BatchLine) -> None:
        """Record that a line will be sent. If this raises `StorageError`, do not send the line."""
        self._append(line, b'"sending"')
        if not line.is_safe:
            # This record must survive a crash of the machine. A `done` record need not: without
            # it, the line is reported as perhaps carried out.
            with self._storage_errors("written"):
                os.fsync(self._handle)

    def unsent(self, line: BatchLine) -> None:
        """Record that a line certainly did not reach the portal, so that it can run again."""
        self._append(line, b'"unsent"')

    def done(self, line: BatchLine, answer: bytes, *, failed: bool) -> None:
        """Record that a line is finished; `answer` is the record that will be printed for it."""
        self._append(line, b'"done","failed":%s,"answer":' % (b"false", b"true")[failed] + answer)

    def _append(self, line: BatchLine, state: bytes) -> None:
        head = f'{{"line":{line.index},"digest":"{line.digest}","state":'
        self._write(head.encode() + state + b"}\n")

    def _write(self, record: bytes) -> None:
        with self._lock, self._storage_errors("written"):
            while record:  # if the disk is nearly full, only a part is written
                record = record[os.write(self._handle, record) :]

    def _load(self, portal: str) -> None:
        """Read the records of earlier runs, and remove a last record that is incomplete."""
        header = _HEADER + json.dumps(portal).encode() + b"}\n"
        with open(self._handle, "rb", closefd=False) as file:
            first = file.readline(len(header))
            if not header.startswith(first):
                if first.startswith(_HEADER):
                    raise UsageError(f"{self._path} belongs to a batch on another portal")
                raise UsageError(f"{self._path} is not a journal of oocli batch")
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
                raise InvalidJson("not a record")
            if found["answer"] is not None:
                json_text.parse_outline(json_text.decode(found["answer"]))
        except InvalidJson:
            raise StorageError(
                f"{self._path} is damaged at byte {start}",
                hint="move it away, and check at the portal which lines were carried out",
            ) from None
        index, digest = int(found["line"]), found["digest"].decode()
        if found["state"] == b"unsent":
            self._entries.pop(index, None)
        elif found["answer"] is None:
            self._entries[index] = JournalEntry(digest)
        else:
            first, end = found.span("answer")
            is_failure = found["failed"] == b"true"
            self._entries[index] = JournalEntry(digest, start + first, end - first, is_failure)

    @contextmanager
    def _storage_errors(self, action: str) -> Iterator[None]:
        """Raise an `OSError` of the block as `StorageError`: the journal cannot be `action`."""
        try:
            yield
        except OSError as failure:
            raise StorageError(f"{self._path} cannot be {action}: {failure.strerror}") from None
