"""Runs the calls of a batch in parallel and writes their records in the order of the lines.

Each worker thread takes the next line, sends it, and passes on its record. The thread that runs
the batch only waits, so an interrupt or a time limit can end it while the workers still wait for a
line or an answer.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from threading import BoundedSemaphore, Condition, Event, Lock
from typing import NamedTuple

from oocli.batch.journal import Journal, JournalEntry
from oocli.batch.line import BatchLine
from oocli.batch.result import (
    answered,
    failed,
    interrupted,
    not_repeated,
    uncertain,
    unexpected,
)
from oocli.client.portal import PortalClient
from oocli.model.errors import OocliError, PipeClosed, TimeoutExceeded
from oocli.model.request import Request
from oocli.model.workers import START_INTERVAL, Workers
from oocli.transport.options import ProgressReporter

# DocSpace allows each user 50 reads and 15 writes at the same time (DocSpace-server,
# common/ASC.Api.Core/Core/BaseStartup.cs). Some are left for the other programs of the user.
MAX_READS = 45
MAX_WRITES = 12
_WINDOW = 512  # how many lines may be taken beyond the one whose record is printed next
_POLL = 0.05  # seconds between two checks of the time limits
# Seconds to wait for the answers of lines that were sent, after the batch has stopped.
_AFTER_TIME_LIMIT, _AFTER_CLOSED_PIPE = 0.2, 1.0


class BatchItem(NamedTuple):
    """A line and its request."""

    line: BatchLine
    request: Request


@dataclass
class BatchResult:
    """How a batch went: records printed, how many of them failed, and why it stopped early."""

    printed: int = 0
    failed: int = 0
    stopped: Exception | None = None


@dataclass(frozen=True)
class RunOptions:
    """How a batch runs.

    `rate` is in lines per second. `end` is the time limit, on the monotonic clock. None: no limit.
    """

    parallel: int = 8
    rate: float | None = None
    stop_on_error: bool = False
    end: float | None = None


class Batch:
    """One run over many lines. `write` receives the records, in order."""

    def __init__(
        self,
        portal: PortalClient,
        write: Callable[[bytes], None],
        reporter: ProgressReporter,
        options: RunOptions,
        *,
        journal: Journal | None = None,
        total: int | None = None,
    ) -> None:
        self._portal, self._reporter, self._options = portal, reporter, options
        self._journal, self._total = journal, total
        self._lines: Iterator[BatchItem] = iter(())
        self._take_lock = Lock()  # held by the worker that takes a line
        self._rate_limiter = RateLimiter(options.rate) if options.rate else None
        self._write_slots = BoundedSemaphore(MAX_WRITES)
        self._ended = Event()  # the batch is stopping, and no worker has a line
        # Guards the attributes below, and wakes the worker that waits to take a line.
        self._changed = Condition()
        self._output = OrderedOutput(write)
        self._result = BatchResult()
        # The lines of the workers, by index: None before a line is sent and after its answer.
        self._in_progress: dict[int, BatchLine | None] = {}
        self._is_stopping = self._is_closed = False
        self._give_up_at = math.inf  # when to stop waiting for answers

    def run(self, lines: Iterator[BatchItem]) -> BatchResult:
        """Run the lines and return how it went, with the error that stopped it early.

        On an interrupt, no further line is sent, the finished records are printed, each line
        without an answer gets the record of a failure, and the interrupt is raised again.
        """
        self._lines = lines
        try:
            workers = Workers(self._work, self._options.parallel)
            interval = 0.0
            while not self._ended.wait(interval) and time.monotonic() < self._give_up_at:
                self._stop_if_late()
                interval = START_INTERVAL if workers.start_one() else _POLL
        finally:
            # Print the records that wait for earlier lines, and nothing after that.
            with self._changed:
                self._is_stopping = self._is_closed = True
                for line in list(self._in_progress.values()):
                    if line is not None:
                        self._output.keep(line.index, self._failed(line, interrupted(line)))
                        self._result.failed += 1
                self._result.printed += self._output.write_rest()
        return self._result

    def _stop(self, failure: Exception | None = None) -> None:
        """Let no worker take another line. `failure` is the reason, unless the lines have ended."""
        with self._changed:
            if failure is not None and self._result.stopped is None:
                self._result.stopped = failure
                if isinstance(failure, TimeoutExceeded):
                    self._give_up_at = time.monotonic() + _AFTER_TIME_LIMIT
                elif isinstance(failure, PipeClosed):
                    self._give_up_at = time.monotonic() + _AFTER_CLOSED_PIPE
            self._is_stopping = True
            self._changed.notify()
            if not self._in_progress:
                self._ended.set()

    def _stop_if_late(self) -> bool:
        """Stop the batch if its time limit is exceeded, and return whether it is."""
        is_late = self._options.end is not None and time.monotonic() >= self._options.end
        if is_late:
            self._stop(TimeoutExceeded("the time for the whole batch is over", what="batch"))
        return is_late

    # The methods below run in the worker threads.

    def _work(self) -> None:
        while (found := self._take()) is not None:
            (line, request), entry = found
            try:
                self._run(line, request, entry)
            except Exception as failure:  # the command raises it in the main thread
                self._stop(failure)
            # No lock is needed: either the last worker sees that the batch is stopping, or the
            # thread that stops it sees that no line is in progress, and `_take` adds no other.
            del self._in_progress[line.index]
            if self._is_stopping and not self._in_progress:
                self._ended.set()

    def _take(self) -> tuple[BatchItem, JournalEntry | None] | None:
        """Wait until the next line may start. Return it with its entry, or None at the end."""
        with self._take_lock:
            if self._is_stopping or self._stop_if_late():
                return None
            try:
                item = next(self._lines, None)
                entry = self._journal.entry(item.line) if item and self._journal else None
            except Exception as failure:
                self._stop(failure)
                return None
            if item is None:
                self._stop()
                return None
            index = item.line.index
            with self._changed:
                self._changed.wait_for(lambda: self._is_stopping or self._output.has_room(index))
                if self._rate_limiter is not None and (entry is None or not entry.is_done):
                    self._changed.wait_for(lambda: self._is_stopping, self._rate_limiter.delay())
                if self._is_stopping:
                    return None
                self._in_progress[index] = None
            return item, entry

    def _run(self, line: BatchLine, request: Request, entry: JournalEntry | None) -> None:
        """Send a line and print its record, unless an earlier run did that or may have done it."""
        if self._journal is not None and entry is not None and entry.is_done:
            self._print(line, self._journal.answer(entry), is_failure=entry.failed)
        elif entry is not None and not line.is_safe:
            self._finish(line, self._failed(line, not_repeated()), is_failure=True)
        else:
            with nullcontext() if line.is_safe else self._write_slots:
                if self._begin(line):
                    self._send(line, request)

    def _begin(self, line: BatchLine) -> bool:
        """Record that a line will be sent. Return False if nothing may be sent any more."""
        with self._changed:
            if self._is_closed or self._stop_if_late():
                return False
            self._in_progress[line.index] = line
        try:
            if self._journal is not None:
                self._journal.sending(line)
        except OocliError:
            with self._changed:
                self._in_progress[line.index] = None
            raise
        return True

    def _send(self, line: BatchLine, request: Request) -> None:
        is_failure = was_sent = True
        try:
            envelope = self._portal.send(request)
            record, is_failure = answered(line, envelope), envelope.error is not None
        except OocliError as failure:
            was_sent = failure.was_sent
            if isinstance(failure, TimeoutExceeded) and was_sent and not line.is_safe:
                uncertain(failure)
            record = self._failed(line, failure)
        except Exception as bug:  # the line was sent, so it needs a record
            record = self._failed(line, unexpected(bug))
        self._finish(line, record, is_failure=is_failure, was_sent=was_sent)

    def _failed(self, line: BatchLine, failure: OocliError) -> bytes:
        failure.add_context(method=line.method, path=line.path, portal=self._portal.address.key)
        return failed(line, failure)

    def _finish(
        self, line: BatchLine, record: bytes, *, is_failure: bool, was_sent: bool = True
    ) -> None:
        """Write the record to the journal, then print it."""
        try:
            if self._journal is not None and was_sent:
                self._journal.done(line, record, failed=is_failure)
            elif self._journal is not None:
                self._journal.unsent(line)
        finally:  # print the record even if the journal cannot be written
            self._print(line, record, is_failure=is_failure)

    def _print(self, line: BatchLine, record: bytes, *, is_failure: bool) -> None:
        """Print a record as soon as all earlier ones are printed."""
        if is_failure and self._options.stop_on_error:
            self._stop()
        with self._changed:
            if self._is_closed:
                return
            self._in_progress[line.index] = None
            self._result.failed += is_failure
            self._output.keep(line.index, record)
            self._result.printed += self._output.write_ready()
            self._changed.notify()
        self._reporter.progress(self._result.printed, self._total, "calls")


class OrderedOutput:
    """Writes records in the order of their lines. The caller must hold a lock."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._kept: dict[int, bytes] = {}
        self._next = 0

    def has_room(self, index: int) -> bool:
        """Whether this line is close enough to the one whose record is printed next."""
        return index - self._next < _WINDOW

    def keep(self, index: int, record: bytes) -> None:
        """Keep a record until all earlier ones are written."""
        self._kept[index] = record

    def write_ready(self) -> int:
        """Write the records that come next, and return their number."""
        start = self._next
        while self._next in self._kept:
            self._next += 1
        return self._write_all(range(start, self._next))

    def write_rest(self) -> int:
        """Write all kept records, even if earlier ones are missing, and return their number."""
        return self._write_all(sorted(self._kept))

    def _write_all(self, indexes: Iterable[int]) -> int:
        records = [self._kept.pop(index) + b"\n" for index in indexes]
        if records:
            self._write(b"".join(records))
        return len(records)


class RateLimiter:
    """Spaces the starts of calls evenly, at most `rate` per second."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._step, self._clock = 1 / rate, clock
        self._next_start = clock()

    def delay(self) -> float:
        """Reserve the next start, and return the seconds until then."""
        now = self._clock()
        start = max(now, self._next_start)
        self._next_start = start + self._step
        return start - now
