"""Many files transferred at once: the engine that downloads and uploads share.

One thread takes transfers from an iterator, which may list folders as it goes, and some workers
carry them out. So listing and transferring overlap, and no more than a few transfers are known
ahead. The thread that wants the records only waits: an interrupt ends it at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Condition, Lock, Thread
from time import monotonic, process_time
from typing import Literal, NamedTuple, Protocol

from oocli.model.errors import OocliError, PartialFailure, SignInNeeded, TimeoutExceeded
from oocli.model.local_files import TransferProgress

# DocSpace lets a user have 15 writes under way (DocSpace-server,
# common/ASC.Api.Core/Core/BaseStartup.cs); some are left for the user's other windows.
MAX_PARALLEL = 12
# Transfers that are known before a worker takes them, and records before they are read.
_AHEAD = 256
# Workers are started one after the other, this many seconds apart, unless the process computes for
# more than this share of that time: then more threads only get in each other's way.
_RAMP, _BUSY = 0.01, 0.6
_POLL = 0.1  # seconds between two reports of the progress, and after which records are read

Result = Literal["done", "same", "skipped", "failed", "would"]
# Takes the number of bytes that were transferred since the last call; less than 0 where some are
# transferred again. It raises `TransferStopped` once nobody waits for the transfer any more.
Moved = Callable[[int], None]


class Record(NamedTuple):
    """What became of one file: `path` at the portal, `local` on this machine.

    `bytes` is the size of the file, `title` the portal's title where it is not the one that was
    asked for, `error` why it failed. "would" is the result of a dry run.
    """

    path: str
    local: str
    id: int | str | None = None
    bytes: int | None = None
    result: Result = "done"
    title: str | None = None
    error: OocliError | None = None


class Transfer(NamedTuple):
    """A file to transfer; `bytes` is its size where that is known.

    `run` is called in a worker's thread, and raises `OocliError` or returns the record.
    """

    path: str
    local: str
    bytes: int | None
    run: Callable[[Moved], Record]


class TransferStopped(Exception):
    """Nobody waits for the transfer any more."""


class TransferReporter(Protocol):
    """Receives how far the transfers are."""

    def transferring(self, progress: TransferProgress) -> None:
        """Report what is done and what is known to be left."""

    def finished(self) -> None:
        """Report that the work whose progress was shown has ended, well or not."""


class NullTransferReporter:
    """Ignores every report: the default of the library."""

    def transferring(self, progress: TransferProgress) -> None:
        """Ignore it."""

    def finished(self) -> None:
        """Ignore it."""


def run_transfers(
    items: Iterable[Transfer | Record],
    parallel: int,
    reporter: TransferReporter,
    *,
    cpu_time: Callable[[], float] = process_time,
) -> Iterator[Record]:
    """Carry out transfers, `parallel` at a time, and yield their records as they come.

    `items` is read in a thread of its own. A record in it is passed on: a file that needs no
    transfer, or a folder that cannot be listed. A transfer that fails becomes a record and the
    others go on, unless none of them could succeed: then its error is raised after its record.
    """
    engine = _Engine(items, reporter, cpu_time)
    try:
        yield from engine.records(parallel)
    finally:
        engine.stop()
        reporter.finished()


class TransfersFailed(PartialFailure):
    """Some of several transfers failed; `records` tells of all of them."""

    def __init__(self, why: str, records: list[Record]) -> None:
        super().__init__(why)
        self.records = records


def all_records(records: Iterator[Record], what: str) -> list[Record]:
    """Return all records. Raises the error of the only one, else `TransfersFailed` about `what`."""
    found = list(records)
    failures = [record.error for record in found if record.error is not None]
    if failures and len(found) == 1:
        raise failures[0]
    if failures:
        why = f"{len(failures)} of {len(found)} files failed: {failures[0].message}"
        raise TransfersFailed(why, found).about(what)
    return found


def stops_all(failure: OocliError) -> bool:
    """Whether a failure means that no other transfer can succeed either."""
    is_late = isinstance(failure, TimeoutExceeded) and failure.of_whole_call
    return is_late or isinstance(failure, SignInNeeded)


class _Engine:
    """The threads, and what they share.

    Each switch between threads costs as much as a small file does. So nobody is woken for each
    file: the reader of records waits for many of them, and the list for much room.
    """

    def __init__(
        self,
        items: Iterable[Transfer | Record],
        reporter: TransferReporter,
        cpu_time: Callable[[], float],
    ) -> None:
        self._items, self._reporter, self._cpu_time = items, reporter, cpu_time
        self._lock = Lock()  # it guards all that follows
        self._has_work, self._has_room, self._has_news = (Condition(self._lock) for _ in range(3))
        self._waiting: deque[Transfer] = deque()
        self._records: deque[Record] = deque()
        self._running = self._workers = 0  # transfers, threads
        self._is_listed = self._is_stopped = False
        self._failure: Exception | None = None
        self._files = self._all_files = self._bytes = self._all_bytes = 0

    def records(self, parallel: int) -> Iterator[Record]:
        """Start the threads and yield the records. Raises what ended the transfers early."""
        Thread(target=self._list, daemon=True).start()
        checked, computed = monotonic(), self._cpu_time()
        is_over = False
        while not is_over:
            with self._lock:
                now, used = monotonic(), self._cpu_time()
                may_grow = self._workers < parallel and bool(self._waiting)
                is_busy = used - computed > _BUSY * (now - checked)
                if may_grow and not (is_busy and self._workers):
                    Thread(target=self._work, daemon=True).start()
                    self._workers += 1
                checked, computed = now, used
                self._has_news.wait_for(self._is_news, _RAMP if may_grow else _POLL)
                found = list(self._records)
                self._records.clear()
                is_over = self._is_over()
                progress = TransferProgress(
                    self._files, self._all_files, self._bytes, self._all_bytes, self._is_listed
                )
                self._has_room.notify()
            self._reporter.transferring(progress)
            yield from found
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Let no transfer begin, and those under way end at their next report."""
        with self._lock:
            self._is_stopped = True
            self._wake_all()

    def _is_news(self) -> bool:
        is_first = self._workers == 0 and bool(self._waiting)
        return len(self._records) >= _AHEAD // 2 or is_first or self._is_over()

    def _is_over(self) -> bool:
        nothing_left = self._is_listed and not self._waiting and not self._running
        return self._is_stopped or nothing_left

    def _wake_all(self) -> None:
        for condition in (self._has_work, self._has_room, self._has_news):
            condition.notify_all()

    def _list(self) -> None:
        try:
            for item in self._items:
                if not self._add(item):
                    return
        except Exception as failure:  # raised again by the thread that waits for the records
            self._failure = self._failure or failure
        finally:
            with self._lock:
                self._is_listed = True
                self._wake_all()

    def _add(self, item: Transfer | Record) -> bool:
        with self._lock:
            if max(len(self._waiting), len(self._records)) >= _AHEAD:
                self._has_news.notify()
                self._has_room.wait_for(
                    lambda: (
                        self._is_stopped
                        or max(len(self._waiting), len(self._records)) <= _AHEAD // 2
                    )
                )
            self._all_files += 1
            if isinstance(item, Record):
                self._files += 1
                self._records.append(item)
            else:
                self._all_bytes += item.bytes or 0
                self._waiting.append(item)
                (self._has_work if self._workers else self._has_news).notify()
            return not self._is_stopped

    def _work(self) -> None:
        while (transfer := self._take()) is not None:
            moved = 0

            def report(count: int) -> None:
                nonlocal moved
                moved += count
                with self._lock:
                    self._bytes += count
                    if self._is_stopped:
                        raise TransferStopped

            try:
                record = transfer.run(report)
            except TransferStopped:
                return
            except OocliError as failure:
                record = self._failed(transfer, failure)
            except Exception as bug:  # the other files must not suffer from it
                why = f"a bug in oocli: {type(bug).__name__}: {bug}"
                hint = "report it at the project's issues"
                record = self._failed(transfer, OocliError(why, hint=hint))
            self._finish(transfer, record, moved)

    def _take(self) -> Transfer | None:
        with self._lock:
            self._has_work.wait_for(lambda: self._waiting or self._is_over())
            if self._is_stopped or not self._waiting:
                return None
            self._running += 1
            if len(self._waiting) <= _AHEAD // 2:
                self._has_room.notify()
            return self._waiting.popleft()

    def _finish(self, transfer: Transfer, record: Record, moved: int) -> None:
        with self._lock:
            self._running -= 1
            self._files += 1
            self._all_bytes += moved - (transfer.bytes or 0)  # what was in fact transferred
            self._records.append(record)
            if record.error is not None and stops_all(record.error):
                self._failure = self._failure or record.error
                self._is_stopped = True
            if self._is_over():
                self._wake_all()
            elif len(self._records) >= _AHEAD // 2:
                self._has_news.notify()

    def _failed(self, transfer: Transfer, failure: OocliError) -> Record:
        path, local, size, _ = transfer
        return Record(path, local, bytes=size, result="failed", error=failure)
