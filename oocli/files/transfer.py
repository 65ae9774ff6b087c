"""Transfer many files in parallel: the engine that downloads and uploads share.

One thread reads transfers from an iterator, which may list folders meanwhile, and worker threads
run them. So folders are listed while files are transferred, and only a few transfers wait in
memory. The calling thread only waits for records, so an interrupt ends it at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Condition, Lock, Thread
from typing import Literal, NamedTuple, Protocol

from oocli.model.errors import OocliError, PartialFailure, SignInNeeded, TimeoutExceeded
from oocli.model.local_files import TransferProgress
from oocli.model.workers import START_INTERVAL, Workers

# DocSpace allows a user 15 concurrent writes (DocSpace-server,
# common/ASC.Api.Core/Core/BaseStartup.cs); the others are left for the user's browser.
MAX_PARALLEL = 12
_QUEUE_SIZE = 256  # transfers that wait for a worker, and records that wait for the caller
_REPORT_INTERVAL = 0.1  # seconds between two progress reports

Result = Literal["done", "same", "skipped", "failed", "would"]
# Called with the number of bytes that were transferred since the last call; a negative number
# means bytes that will be transferred again. Raises `TransferStopped` to end the transfer.
OnBytes = Callable[[int], None]


class Record(NamedTuple):
    """The result for one file: `path` at the portal, `local` on this machine.

    `bytes` is the size of the file, `title` is set if the portal chose another title than the
    requested one, `error` tells why the file failed. A dry run has the result "would".
    """

    path: str
    local: str
    id: int | str | None = None
    bytes: int | None = None
    result: Result = "done"
    title: str | None = None
    error: OocliError | None = None


class Transfer(NamedTuple):
    """A file to transfer. `bytes` is its size, None if unknown.

    `run` transfers it in a worker thread, and returns a record or raises `OocliError`.
    """

    path: str
    local: str
    bytes: int | None
    run: Callable[[OnBytes], Record]


class TransferStopped(Exception):
    """The caller no longer waits for the transfer."""


class TransferReporter(Protocol):
    """Receives reports of the progress of transfers."""

    def transferring(self, progress: TransferProgress) -> None:
        """Report how many files and bytes are done and how many are known."""

    def finished(self) -> None:
        """Report that the transfers have ended, successfully or not."""


class NullTransferReporter:
    """Ignores all reports. The Python library uses it by default."""

    def transferring(self, progress: TransferProgress) -> None:
        """Ignore the report."""

    def finished(self) -> None:
        """Ignore the report."""


def run_transfers(
    items: Iterable[Transfer | Record], parallel: int, reporter: TransferReporter
) -> Iterator[Record]:
    """Run transfers, `parallel` at a time, and yield a record for each as soon as it ends.

    `items` is read in a thread of its own; its records (files that need no transfer, folders that
    cannot be listed) are yielded unchanged. If a transfer fails, its record holds the error and
    the others continue. If the error means that all others would fail too (`stops_all`), the
    transfers stop and the error is raised after its record.
    """
    engine = _Engine(items, parallel, reporter)
    try:
        yield from engine.records()
    finally:
        engine.stop()
        reporter.finished()


class TransfersFailed(PartialFailure):
    """Some transfers failed. `records` holds the records of all, failed or not."""

    def __init__(self, why: str, records: list[Record]) -> None:
        super().__init__(why)
        self.records = records


def all_records(records: Iterator[Record], what: str) -> list[Record]:
    """Return all records. If some failed, raises `TransfersFailed` about `what`.

    The error of a single file is raised itself.
    """
    found = list(records)
    failures = [record.error for record in found if record.error is not None]
    if failures and len(found) == 1:
        raise failures[0]
    if failures:
        why = f"{len(failures)} of {len(found)} files failed: {failures[0].message}"
        raise TransfersFailed(why, found).about(what)
    return found


def stops_all(failure: OocliError) -> bool:
    """Whether no other transfer can succeed after this error."""
    is_out_of_time = isinstance(failure, TimeoutExceeded) and failure.of_whole_call
    return is_out_of_time or isinstance(failure, SignInNeeded)


class _Engine:
    """The threads and the data that they share.

    A switch between threads costs as much time as a small file. So threads are not woken for each
    file: the reader of records waits for many of them, and the listing thread for much room.
    """

    def __init__(
        self, items: Iterable[Transfer | Record], parallel: int, reporter: TransferReporter
    ) -> None:
        self._items, self._reporter = items, reporter
        self._workers = Workers(self._work, parallel)
        self._lock = Lock()  # guards all attributes below
        # For workers, for the listing thread, and for the caller.
        self._has_work, self._has_room, self._has_news = (Condition(self._lock) for _ in range(3))
        self._pending: deque[Transfer] = deque()
        self._records: deque[Record] = deque()
        self._running = 0  # transfers
        self._is_listed = self._is_stopped = False
        self._failure: Exception | None = None
        self._files = self._all_files = self._bytes = self._all_bytes = 0

    def records(self) -> Iterator[Record]:
        """Start the threads and yield the records. Raises the error that stopped the transfers."""
        Thread(target=self._list, daemon=True).start()
        is_over = False
        while not is_over:
            with self._lock:
                may_grow = bool(self._pending) and self._workers.start_one()
                interval = START_INTERVAL if may_grow else _REPORT_INTERVAL
                self._has_news.wait_for(self._is_news, interval)
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
        """Start no more transfers, and end each running transfer when it next reports bytes."""
        with self._lock:
            self._is_stopped = True
            self._wake_all()

    def _is_news(self) -> bool:
        needs_worker = self._workers.count == 0 and bool(self._pending)
        return len(self._records) >= _QUEUE_SIZE // 2 or needs_worker or self._is_over()

    def _is_over(self) -> bool:
        is_done = self._is_listed and not self._pending and not self._running
        return self._is_stopped or is_done

    def _wake_all(self) -> None:
        for condition in (self._has_work, self._has_room, self._has_news):
            condition.notify_all()

    def _list(self) -> None:
        """Read all items: the listing thread."""
        try:
            for item in self._items:
                if not self._add(item):
                    return
        except Exception as failure:  # raised again by `records` in the caller's thread
            self._failure = self._failure or failure
        finally:
            with self._lock:
                self._is_listed = True
                self._wake_all()

    def _add(self, item: Transfer | Record) -> bool:
        """Add an item, after waiting for room. Returns whether to read on."""
        with self._lock:
            if max(len(self._pending), len(self._records)) >= _QUEUE_SIZE:
                self._has_news.notify()
                self._has_room.wait_for(
                    lambda: (
                        self._is_stopped
                        or max(len(self._pending), len(self._records)) <= _QUEUE_SIZE // 2
                    )
                )
            self._all_files += 1
            if isinstance(item, Record):
                self._files += 1
                self._records.append(item)
            else:
                self._all_bytes += item.bytes or 0
                self._pending.append(item)
                (self._has_work if self._workers.count else self._has_news).notify()
            return not self._is_stopped

    def _work(self) -> None:
        """Run transfers until none is left: a worker thread."""
        while (transfer := self._take()) is not None:
            transferred = 0

            def on_bytes(count: int) -> None:
                nonlocal transferred
                transferred += count
                with self._lock:
                    self._bytes += count
                    if self._is_stopped:
                        raise TransferStopped

            try:
                record = transfer.run(on_bytes)
            except TransferStopped:
                return
            except OocliError as failure:
                record = self._failed(transfer, failure)
            except Exception as bug:  # a bug must not stop the transfers of other files
                why = f"a bug in oocli: {type(bug).__name__}: {bug}"
                hint = "report it at the project's issues"
                record = self._failed(transfer, OocliError(why, hint=hint))
            self._finish(transfer, record, transferred)

    def _take(self) -> Transfer | None:
        """Wait for a transfer to run. Returns None when there are no more."""
        with self._lock:
            self._has_work.wait_for(lambda: self._pending or self._is_over())
            if self._is_stopped or not self._pending:
                return None
            self._running += 1
            if len(self._pending) <= _QUEUE_SIZE // 2:
                self._has_room.notify()
            return self._pending.popleft()

    def _finish(self, transfer: Transfer, record: Record, transferred: int) -> None:
        with self._lock:
            self._running -= 1
            self._files += 1
            # The size may have been unknown, or the file was transferred only in part.
            self._all_bytes += transferred - (transfer.bytes or 0)
            self._records.append(record)
            if record.error is not None and stops_all(record.error):
                self._failure = self._failure or record.error
                self._is_stopped = True
            if self._is_over():
                self._wake_all()
            elif len(self._records) >= _QUEUE_SIZE // 2:
                self._has_news.notify()

    def _failed(self, transfer: Transfer, failure: OocliError) -> Record:
        path, local, size, _ = transfer
        return Record(path, local, bytes=size, result="failed", error=failure)
