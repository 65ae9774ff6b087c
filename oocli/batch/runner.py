"""Many calls: as many at once as pays, their answers in the order of the lines.

Each worker takes the next line, sends it and hands in the answer itself, so one worker alone costs
no switching between threads. A supervisor looks how busy the processor is: while it waits for the
network more workers are let in, up to `parallel`; where it is busy they would only be in each
other's way.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import BoundedSemaphore, Condition, Event, Lock, Thread

from oocli.batch.journal import Journal
from oocli.batch.line import BatchLine
from oocli.batch.result import (
    answered,
    failed,
    interrupted,
    may_have_been_sent,
    too_late,
    unexpected,
)
from oocli.client.portal import PortalClient
from oocli.model.errors import OocliError, PipeClosed, TimeoutExceeded
from oocli.model.progress import ProgressReporter
from oocli.model.request import Request

# DocSpace lets a user have 50 reads and 15 writes under way (DocSpace-server,
# common/ASC.Api.Core/Core/BaseStartup.cs); some are left for the user's other windows.
MOST_READS = 45
MOST_WRITES = 12
# Answers that wait for an earlier one: so many lines are taken ahead of it and no more.
WINDOW = 512
_LOOK = 0.005  # seconds between two looks at the processor
_IDLE, _BUSY = 0.7, 0.95  # shares of one processor
# Seconds that lines under way get to come to their end by themselves.
_AFTER_TIME_LIMIT, _AFTER_CLOSED_PIPE = 0.2, 1.0

BatchItem = tuple[BatchLine, Request]


@dataclass
class BatchResult:
    """How a batch went: lines printed, those of them that failed, and why it stopped early."""

    printed: int = 0
    failed: int = 0
    stopped: BaseException | None = None


class Batch:
    """One run over many lines. `write` gets the lines of the answers, in order."""

    def __init__(
        self,
        portal: PortalClient,
        write: Callable[[bytes], None],
        reporter: ProgressReporter,
        *,
        parallel: int = 8,
        rate: float | None = None,
        stop_on_error: bool = False,
        journal: Journal | None = None,
        total: int | None = None,
    ) -> None:
        self._portal, self._write, self._reporter = portal, write, reporter
        self._parallel, self._journal, self._total = parallel, journal, total
        self._stop_on_error = stop_on_error
        self._pace = RateLimiter(rate) if rate else None
        self._end: float | None = None  # of --max-time, on the monotonic clock
        self._source: Iterator[BatchItem] = iter(())
        self._taking = Lock()
        self._writes = BoundedSemaphore(MOST_WRITES)
        self._given = Condition()  # guards what follows
        self._ready: dict[int, bytes] = {}
        self._taken: set[int] = set()  # lines that a worker has
        self._begun: dict[int, BatchLine] = {}  # those of them that are being sent
        self._next = 0
        self._closed = False
        self._stopping = Event()
        self._given_up: float | None = None  # when lines under way are no longer waited for
        self._tally = BatchResult()
        self._workers = 0
        self._allowed = 1
        self._idle = Event()

    def run(self, lines: Iterator[BatchItem]) -> BatchResult:
        """Run the lines and return how it went. What stops it early is in the tally.

        An interrupt starts nothing more, prints what is finished and, for each line that was
        sent, that its answer did not come, and goes on its way.
        """
        self._source = lines
        # Made here and not by the first worker: its imports take longer than many calls.
        self._end = self._portal.http.end
        try:
            self._start_workers()
            self._supervise()
        finally:
            self._stopping.set()
            self._print_rest()
        return self._tally

    # The supervisor

    def _supervise(self) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        while not self._idle.wait(_LOOK) and not self._is_over():
            now, used = time.perf_counter(), time.process_time()
            busy = (used - cpu) / max(now - wall, 1e-6)
            wall, cpu = now, used
            if busy > _BUSY and self._allowed > 1:
                self._allowed -= 1
            elif busy < _IDLE and self._allowed < self._parallel:
                self._allowed = min(self._parallel, self._allowed * 2)
                self._start_workers()

    def _is_over(self) -> bool:
        """Whether nothing is left to wait for, even if a worker still waits for its next line."""
        if not (self._is_late() or self._stopping.is_set()):
            return False
        return not self._taken or time.monotonic() >= (self._given_up or math.inf)

    def _start_workers(self) -> None:
        with self._given:
            missing = 0 if self._stopping.is_set() else self._allowed - self._workers
            self._workers += max(missing, 0)
        for _ in range(missing):
            Thread(target=self._work, daemon=True).start()

    def _leave(self) -> bool:
        """Let a worker go where there are more than pay."""
        with self._given:
            if self._workers <= self._allowed or self._workers == 1:
                return False
            self._workers -= 1
            return True

    # The workers

    def _work(self) -> None:
        work: BatchItem | None = None
        try:
            while not self._leave():
                work = self._take()
                if work is None:
                    break
                self._do(*work)
                self._taken.discard(work[0].index)
            else:
                return
        except BaseException as failure:  # told by the thread that waits
            self._stop(failure)
            if work is not None:
                self._taken.discard(work[0].index)
        with self._given:
            self._workers -= 1
            if self._workers == 0:
                self._idle.set()

    def _take(self) -> BatchItem | None:
        """Return the next line, or None when there is none or no more are wanted."""
        with self._taking:
            if self._stopping.is_set() or self._is_late():
                return None
            try:
                work = next(self._source, None)
            except OocliError as failure:
                self._stop(failure)
                return None
            if work is None:
                self._stopping.set()
                return None
            with self._given:
                while work[0].index - self._next >= WINDOW and not self._stopping.is_set():
                    self._given.wait(0.1)
            if self._pace is not None and not self._is_done(work[0]):
                self._pace.wait(self._stopping)
            if self._stopping.is_set():
                return None
            self._taken.add(work[0].index)
            return work

    def _is_done(self, line: BatchLine) -> bool:
        known = self._journal.known(line) if self._journal is not None else None
        return known is not None and known.is_done

    def _do(self, line: BatchLine, request: Request) -> None:
        known = self._journal.known(line) if self._journal is not None else None
        if known is not None and self._journal is not None and known.is_done:
            self._give(line, self._journal.answer(known), is_failure=known.failed)
            return
        if known is not None and not line.is_safe:
            self._finish(
                line, failed(line, may_have_been_sent(line, self._portal)), is_failure=True
            )
            return
        if line.is_safe:
            self._send(line, request)
        else:
            with self._writes:
                self._send(line, request)

    def _send(self, line: BatchLine, request: Request) -> None:
        if not self._begin(line):
            return
        was_sent = is_failure = True
        try:
            envelope = self._portal.send(request)
            is_failure = envelope.error is not None
            answer = answered(line, envelope)
        except OocliError as failure:
            was_sent = failure.was_sent
            told = too_late(line, failure) if isinstance(failure, TimeoutExceeded) else failure
            answer = failed(line, told)
        except Exception as bug:  # the line was sent: whatever happens, it is told
            is_failure = True
            answer = failed(line, unexpected(line, self._portal, bug))
        self._finish(line, answer, is_failure=is_failure, was_sent=was_sent)

    def _begin(self, line: BatchLine) -> bool:
        """Note that a line is about to be sent; False where nothing may be sent any more."""
        with self._given:
            if self._closed or self._is_late():
                return False
            self._begun[line.index] = line
        if self._journal is not None:
            try:
                self._journal.sending(line)
            except OocliError:
                with self._given:
                    self._begun.pop(line.index, None)
                raise
        return True

    def _finish(
        self, line: BatchLine, answer: bytes, *, is_failure: bool, was_sent: bool = True
    ) -> None:
        try:
            if self._journal is not None and was_sent:
                self._journal.done(line, answer, failed=is_failure)
            elif self._journal is not None:
                self._journal.unsent(line)
        finally:  # a journal that cannot be written keeps no answer back
            self._give(line, answer, is_failure=is_failure)

    def _give(self, line: BatchLine, answer: bytes, *, is_failure: bool) -> None:
        """Hand an answer in; it is printed as soon as all before it are."""
        if is_failure and self._stop_on_error:
            self._stopping.set()
        with self._given:
            if self._closed:
                return
            self._begun.pop(line.index, None)
            self._tally.failed += is_failure
            self._ready[line.index] = answer
            lines = []
            while (found := self._ready.pop(self._next, None)) is not None:
                lines.append(found + b"\n")
                self._next += 1
            if lines:
                self._write(b"".join(lines))
                self._tally.printed += len(lines)
                self._given.notify_all()
        self._reporter.progress(self._tally.printed, self._total, "calls")

    def _stop(self, failure: BaseException) -> None:
        with self._given:
            if self._tally.stopped is None:
                self._tally.stopped = failure
                if isinstance(failure, TimeoutExceeded):
                    self._given_up = time.monotonic() + _AFTER_TIME_LIMIT
                elif isinstance(failure, PipeClosed):
                    self._given_up = time.monotonic() + _AFTER_CLOSED_PIPE
            self._stopping.set()
            self._given.notify_all()

    def _is_late(self) -> bool:
        """Whether the time of --max-time is over; that stops the run."""
        if self._end is None or time.monotonic() < self._end:
            return False
        self._stop(TimeoutExceeded("the time of --max-time is over", what="batch"))
        return True

    def _print_rest(self) -> None:
        """Print what is finished or was sent though a line before it is not, nothing after it."""
        with self._given:
            self._closed = True
            for index, line in self._begun.items():
                self._ready[index] = failed(line, interrupted(line, self._portal))
                self._tally.failed += 1
            lines = [self._ready[index] + b"\n" for index in sorted(self._ready)]
            self._ready.clear()
            if lines:
                self._write(b"".join(lines))
                self._tally.printed += len(lines)


class RateLimiter:
    """Lets calls start at most `rate` times a second, evenly."""

    def __init__(self, rate: float) -> None:
        self._step = 1 / rate
        self._free = time.monotonic()

    def wait(self, stopping: Event) -> None:
        """Wait for one's turn, or until the run is stopped."""
        now = time.monotonic()
        start = max(now, self._free)
        self._free = start + self._step
        if start > now:
            stopping.wait(start - now)
