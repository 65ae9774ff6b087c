"""Worker threads that are started one by one."""

from __future__ import annotations

import threading
import time

from oocli.model.workers import Workers
from tests.waiting import until


def workers_after(calls: int, limit: int, cpu_time) -> tuple[int, int]:
    """Return how many workers were counted, and how many threads have run."""
    threads = []
    workers = Workers(lambda: threads.append(threading.current_thread()), limit, cpu_time=cpu_time)
    for _ in range(calls):
        workers.start_one()
        time.sleep(0.005)
    until(lambda: len(threads) >= workers.count)
    return workers.count, len(set(threads))


def test_a_process_that_waits_starts_all_workers():
    assert workers_after(5, 3, cpu_time=lambda: 0.0) == (3, 3)


def test_a_process_that_computes_all_the_time_starts_only_the_first_worker():
    assert workers_after(5, 3, cpu_time=time.monotonic) == (1, 1)


def test_the_caller_is_told_when_no_more_workers_follow():
    workers = Workers(lambda: None, 2, cpu_time=lambda: 0.0)

    assert [workers.start_one() for _ in range(3)] == [True, False, False]
