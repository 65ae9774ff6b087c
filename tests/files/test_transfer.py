"""The engine of transfers: many at once, in flat memory, and none that stops the others."""

from __future__ import annotations

import threading
import time

import pytest

from oocli.files.transfer import Record, Transfer, TransferStopped, run_transfers
from oocli.model.errors import NotFound, SignInNeeded
from tests.waiting import until


class Reports:
    """Keeps the last report."""

    def __init__(self):
        self.last, self.is_finished = None, False

    def transferring(self, progress):
        self.last = progress

    def finished(self):
        self.is_finished = True


@pytest.fixture
def reports():
    return Reports()


def transfer(name, run=None, size=10):
    def whole(moved):
        moved(size)
        return Record(name, name, bytes=size)

    return Transfer(name, name, size, run or whole)


def failing(name, failure):
    def run(_):
        raise failure

    return transfer(name, run)


def test_each_transfer_gets_its_record(reports):
    records = list(run_transfers((transfer(f"{n}") for n in range(1000)), 4, reports))

    assert sorted(int(record.path) for record in records) == list(range(1000))
    assert {record.result for record in records} == {"done"}
    assert reports.last == (1000, 1000, 10_000, 10_000, True)
    assert reports.is_finished


def test_one_that_fails_does_not_stop_the_others(reports):
    gone, bug = NotFound("gone"), ZeroDivisionError("x")
    items = [failing("a", gone), transfer("b"), failing("c", bug), transfer("d")]

    records = {record.path: record for record in run_transfers(items, 1, reports)}

    assert [records[name].result for name in "abcd"] == ["failed", "done", "failed", "done"]
    assert records["a"].error is gone
    assert "a bug in oocli: ZeroDivisionError" in records["c"].error.why
    assert reports.last.files == 4


def test_a_record_among_the_transfers_is_passed_on(reports):
    items = [Record("a", "a", result="same"), transfer("b")]

    assert {record.result for record in run_transfers(items, 2, reports)} == {"same", "done"}


def test_a_credential_that_is_refused_ends_all(reports):
    refused = SignInNeeded("expired")
    items = (failing(f"{n}", refused) for n in range(100_000))
    seen = []

    with pytest.raises(SignInNeeded):
        seen += run_transfers(items, 2, reports)
    assert len(seen) <= 2


def test_what_the_list_raises_is_raised_after_the_transfers_that_it_gave(reports):
    def items():
        yield transfer("a")
        raise NotFound("no such folder")

    seen = []
    with pytest.raises(NotFound):
        for record in run_transfers(items(), 2, reports):
            seen.append(record.path)
    assert seen == ["a"]


def test_no_more_run_at_a_time_than_were_allowed_and_they_do_run_at_once(reports):
    together = threading.Barrier(3)

    def meet(_):
        together.wait(30)
        return Record("a", "a")

    assert len(list(run_transfers([transfer("a", meet)] * 9, 3, reports))) == 9


def test_a_process_that_computes_all_the_time_starts_no_second_worker(reports):
    workers = set()

    def run(_):
        workers.add(threading.get_ident())
        time.sleep(0.02)
        return Record("a", "a")

    list(run_transfers([transfer("a", run)] * 20, 4, reports, cpu_time=time.monotonic))

    assert len(workers) == 1


def test_a_transfer_among_many_files_that_need_none_begins_at_once(reports):
    began = threading.Event()

    def items():
        yield transfer("a", lambda _: (began.set(), Record("a", "a"))[1])
        for _ in range(1000):
            yield Record("b", "b", result="same")
        assert began.wait(30)

    records = list(run_transfers(items(), 4, reports))

    assert len(records) == 1001


def test_only_a_few_transfers_are_known_ahead(reports):
    taken = 0
    go_on = threading.Event()

    def items():
        nonlocal taken
        for _ in range(10_000):
            taken += 1
            yield transfer("a", lambda _: (go_on.wait(30), Record("a", "a"))[1])

    records = run_transfers(items(), 2, reports)
    first = threading.Thread(target=lambda: next(records), daemon=True)
    first.start()
    until(lambda: taken > 200)
    time.sleep(0.2)

    assert taken < 300
    go_on.set()
    first.join(30)
    records.close()


def test_transfers_under_way_end_at_their_next_report_when_nobody_waits_any_more(reports):
    began, ended = threading.Event(), threading.Event()

    def endless(moved):
        began.set()
        try:
            while True:
                moved(1)
                time.sleep(0.001)
        except TransferStopped:
            ended.set()
            raise

    records = run_transfers([transfer("a"), transfer("b", endless)], 2, reports)
    next(records)
    assert began.wait(30)
    records.close()

    assert ended.wait(30)
    assert reports.is_finished
