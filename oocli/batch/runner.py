"""Many calls at once, their records in the order of the lines.

Each worker takes the next line, sends it and hands in the record itself. The thread that runs the
batch only waits: an interrupt or a time limit ends it though workers still wait for a line or an
answer.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from threading import BoundedSemaphore, Condition, Event, Lock, Thread
from typing import NamedTuple

from oocli.batch.journal import Journal, JournalEntry
from oocli.batch.line import BatchLine
from oocli.batch.result import (
    answered,
    failed,
    interrupted,
    not_repeated,
    too_late,
    unexpected,
)
from oocli.client.portal import PortalClient
from oocli.model.errors import OocliError, PipeClosed, TimeoutExceeded
from oocli.model.request import Request
from oocli.transport.options import ProgressReporter

# DocSpace lets a user have 50 reads and 15 writes under way (DocSpace-server,
# common/ASC.Api.Core/Core/BaseStartup.cs); some are left for the user's other windows.
MAX_READS = 45
MAX_WRITES = 12
_WINDOW = 512  # records that may wait for an earlier one; no line beyond is taken meanwhile
_POLL = 0.05  # seconds between two looks at the time limits
# Seconds that lines under way get to come to their end by themselves.
_AFTER_TIME_LIMIT, _AFTER_CLOSED_PIPE = 0.2, 1.0


class BatchItem(NamedTuple):
    """A line and the request that it means."""

    line: BatchLine
    request: Request


@dataclass
class BatchResult:
    """How a batch went: records printed, those of them that failed, and why it stopped early."""

    printed: int = 0
    failed: int = 0
    stopped: Exception | None = None


@dataclass(frozen=True)
class RunOptions:
    """How a batch runs.

    `rate` is in lines a second, `end` is when its time is over on the monotonic clock; None for
    neither.
    """

    parallel: int = 8
    rate: float | None = None
    stop_on_error: bool = False
    end: float | None = None


class Batch:
    """One run over many lines. `write` gets the records, in order."""

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
        self._taking = Lock()  # held by the worker that takes a line
        self._rate_limiter = RateLimiter(options.rate) if options.rate else None
        self._write_slots = BoundedSemaphore(MAX_WRITES)
        self._over = Event()  # stopping, and no line under way
        # It guards what follows, and tells the worker that takes a line of room, or of a stop.
        self._changed = Condition()
        self._output = OrderedOutput(write)
        self._result = BatchResult()
        # The lines that workers have, by index: the line once it is sent, None before and after.
        self._under_way: dict[int, BatchLine | None] = {}
        self._is_stopping = self._is_closed = False
        self._give_up_at = math.inf  # when lines under way are no longer waited for

    def run(self, lines: Iterator[BatchItem]) -> BatchResult:
        """Run the lines and return how it went. What stops it early is in the result.

        An interrupt starts nothing more, prints what is finished and, for each line that was
        sent, that its answer did not come, and goes on its way.
        """
        self._lines = lines
        try:
            for _ in range(self._options.parallel):
                Thread(target=self._work, daemon=True).start()
            while not self._over.wait(_POLL) and time.monotonic() < self._give_up_at:
                self._stop_if_late()
        finally:
            self._close()
        return self._result

    def _close(self) -> None:
        """Print what is finished or was sent though a line before it is not, nothing after it."""
        with self._changed:
            self._is_stopping = self._is_closed = True
            for line in list(self._under_way.values()):
                if line is not None:
                    self._output.keep(line.index, self._failed(line, interrupted(line)))
                    self._result.failed += 1
            self._result.printed += self._output.write_rest()

    def _stop(self, failure: Exception | None = None) -> None:
        """Let no worker take another line: there is none, none is wanted, or something failed."""
        with self._changed:
            if failure is not None and self._result.stopped is None:
                self._result.stopped = failure
                if isinstance(failure, TimeoutExceeded):
                    self._give_up_at = time.monotonic() + _AFTER_TIME_LIMIT
                elif isinstance(failure, PipeClosed):
                    self._give_up_at = time.monotonic() + _AFTER_CLOSED_PIPE
            self._is_stopping = True
            self._changed.notify()
            if not self._under_way:
                self._over.set()

    def _stop_if_late(self) -> bool:
        """Stop the run where its time is over, and return whether it is."""
        is_late = self._options.end is not None and time.monotonic() >= self._options.end
        if is_late:
            self._stop(TimeoutExceeded("the time for the whole batch is over", what="batch"))
        return is_late

    # The workers

    def _work(self) -> None:
        while (item := self._take()) is not None:
            try:
                self._run(item)
            except Exception as failure:  # the command raises it in its own thread
                self._stop(failure)
            # This needs no lock: either the last worker sees that the run is stopping, or whoever
            # stops it sees that no line is under way, and `_take` adds none after that.
            del self._under_way[item.line.index]
            if self._is_stopping and not self._under_way:
                self._over.set()

    def _take(self) -> BatchItem | None:
        """Return the next line once it may start, or None when there is none or none is wanted."""
        with self._taking:
            if self._is_stopping or self._stop_if_late():
                return None
            try:
                item = next(self._lines, None)
                entry = None if item is None else self._entry(item.line)
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
                self._under_way[index] = None
            return item

    def _run(self, item: BatchItem) -> None:
        line, entry = item.line, self._entry(item.line)
        if self._journal is not None and entry is not None and entry.is_done:
            self._hand_in(line, self._journal.answer(entry), is_failure=entry.failed)
        elif entry is not None and not line.is_safe:
            self._finish(line, self._failed(line, not_repeated()), is_failure=True)
        else:
            with nullcontext() if line.is_safe else self._write_slots:
                self._send(line, item.request)

    def _entry(self, line: BatchLine) -> JournalEntry | None:
        return None if self._journal is None else self._journal.entry(line)

    def _send(self, line: BatchLine, request: Request) -> None:
        if not self._begin(line):
            return
        is_failure = was_sent = True
        try:
            envelope = self._portal.send(request)
            record, is_failure = answered(line, envelope), envelope.error is not None
        except TimeoutExceeded as failure:
            record, was_sent = self._failed(line, too_late(line, failure)), failure.was_sent
        except OocliError as failure:
            record, was_sent = self._failed(line, failure), failure.was_sent
        except Exception as bug:  # the line was sent: whatever happens, it gets its record
            record = self._failed(line, unexpected(bug))
        self._finish(line, record, is_failure=is_failure, was_sent=was_sent)

    def _begin(self, line: BatchLine) -> bool:
        """Note that a line is about to be sent; False where nothing may be sent any more."""
        with self._changed:
            if self._is_closed or self._stop_if_late():
                return False
            self._under_way[line.index] = line
        try:
            if self._journal is not None:
                self._journal.sending(line)
        except OocliError:
            with self._changed:
                self._under_way[line.index] = None
            raise
        return True

    def _failed(self, line: BatchLine, failure: OocliError) -> bytes:
        failure.add_context(method=line.method, path=line.path, portal=self._portal.address.key)
        return failed(line, failure)

    def _finish(
        self, line: BatchLine, record: bytes, *, is_failure: bool, was_sent: bool = True
    ) -> None:
        try:
            if self._journal is not None and was_sent:
                self._journal.done(line, record, failed=is_failure)
            elif self._journal is not None:
                self._journal.unsent(line)
        finally:  # a journal that cannot be written keeps no record back
            self._hand_in(line, record, is_failure=is_failure)

    def _hand_in(self, line: BatchLine, record: bytes, *, is_failure: bool) -> None:
        """Print a record, as soon as all before it are printed."""
        if is_failure and self._options.stop_on_error:
            self._stop()
        with self._changed:
            if self._is_closed:
                return
            self._under_way[line.index] = None
            self._result.failed += is_failure
            self._output.keep(line.index, record)
            self._result.printed += self._output.write_ready()
            self._changed.notify()
        self._reporter.progress(self._result.printed, self._total, "calls")


class OrderedOutput:
    """Writes records in the order of their lines. Whoever uses it holds a lock."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._kept: dict[int, bytes] = {}
        self._next = 0

    def has_room(self, index: int) -> bool:
        """Whether the line is near enough to the one whose record is printed next."""
        return index - self._next < _WINDOW

    def keep(self, index: int, record: bytes) -> None:
        """Take a record that is printed when its turn comes."""
        self._kept[index] = record

    def write_ready(self) -> int:
        """Write the records whose turn it is, and return how many these are."""
        start = self._next
        while self._next in self._kept:
            self._next += 1
        return self._write_all(range(start, self._next))

    def write_rest(self) -> int:
        """Write all records that are left, though some between them are missing."""
        return self._write_all(sorted(self._kept))

    def _write_all(self, indexes: Sequence[int]) -> int:
        if indexes:
            self._write(b"".join([self._kept.pop(index) + b"\n" for index in indexes]))
        return len(indexes)


class RateLimiter:
    """Spreads starts evenly, at most `rate` a second."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._step, self._clock = 1 / rate, clock
        self._next_start = clock()

    def delay(self) -> float:
        """Return the seconds until the next start, which is taken by this."""
        now = self._clock()
        start = max(now, self._next_start)
        self._next_start = start + self._step
        return start - now
