"""Running transfers: several at once, few listed ahead, and none stops the others."""

from __future__ import annotations

import threading
import time

import pytest

from oocli.files.transfer import Record, Transfer, TransferStopped, run_transfers
from oocli.model.errors import NotFound, SignInNeeded
from tests.waiting import until


class RecordingReporter:
    """Keeps the last report of progress."""

    def __init__(self):
        self.last, self.is_finished = None, False

    def transferring(self, progress):
        self.last = progress

    def finished(self):
        self.is_finished = True


@pytest.fixture
def reporter():
    return RecordingReporter()


def transfer(name, run=None, size=10):
    """Return a transfer that does `run`, or reports its size and succeeds."""

    def whole(moved):
        moved(size)
        return Record(name, name, bytes=size)

    return Transfer(name, name, size, run or whole)


def failing(name, failure):
    def run(_):
        raise failure

    return transfer(name, run)


def test_each_transfer_gets_its_record(reporter):
    records = list(run_transfers((transfer(f"{n}") for n in range(1000)), 4, reporter))

    assert sorted(int(record.path) for record in records) == list(range(1000))
    assert {record.result for record in records} == {"done"}
    assert reporter.last == (1000, 1000, 10_000, 10_000, True)
    assert reporter.is_finished


def test_a_transfer_that_fails_does_not_stop_the_others(reporter):
    gone, bug = NotFound("gone"), ZeroDivisionError("x")
    items = [failing("a", gone), transfer("b"), failing("c", bug), transfer("d")]

    records = {record.path: record for record in run_transfers(items, 1, reporter)}

    assert [records[name].result for name in "abcd"] == ["failed", "done", "failed", "done"]
    assert records["a"].error is gone
    assert "a bug in oocli: ZeroDivisionError" in records["c"].error.why
    assert reporter.last.files == 4


def test_a_record_among_the_transfers_is_returned(reporter):
    items = [Record("a", "a", result="same"), transfer("b")]

    assert {record.result for record in run_transfers(items, 2, reporter)} == {"same", "done"}


def test_a_refused_credential_ends_all_transfers(reporter):
    refused = SignInNeeded("expired")
    items = (failing(f"{n}", refused) for n in range(100_000))
    seen = []

    with pytest.raises(SignInNeeded):
        seen += run_transfers(items, 2, reporter)
    assert len(seen) <= 2


def test_an_error_of_the_listing_is_raised_after_the_transfers_before_it(reporter):
    def items():
        yield transfer("a")
        raise NotFound("no such folder")

    seen = []
    with pytest.raises(NotFound):
        for record in run_transfers(items(), 2, reporter):
            seen.append(record.path)
    assert seen == ["a"]


def test_exactly_the_allowed_number_of_transfers_run_at_once(reporter):
    together, workers = threading.Barrier(3), set()

    def meet(_):
        workers.add(threading.get_ident())
        together.wait(30)
        return Record("a", "a")

    assert len(list(run_transfers([transfer("a", meet)] * 9, 3, reporter))) == 9
    assert len(workers) == 3


def test_a_transfer_begins_while_files_after_it_are_still_listed(reporter):
    began = threading.Event()

    def items():
        yield transfer("a", lambda _: (began.set(), Record("a", "a"))[1])
        for _ in range(1000):
            yield Record("b", "b", result="same")
        assert began.wait(30)

    records = list(run_transfers(items(), 4, reporter))

    assert len(records) == 1001


def test_only_a_limited_number_of_transfers_are_listed_ahead(reporter):
    taken = 0
    go_on = threading.Event()

    def items():
        nonlocal taken
        for _ in range(10_000):
            taken += 1
            yield transfer("a", lambda _: (go_on.wait(30), Record("a", "a"))[1])

    records = run_transfers(items(), 2, reporter)
    first = threading.Thread(target=lambda: next(records), daemon=True)
    first.start()
    until(lambda: taken > 200)
    time.sleep(0.2)

    assert taken < 300
    go_on.set()
    first.join(30)
    records.close()


def test_closing_the_records_stops_running_transfers_at_their_next_report(reporter):
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

    records = run_transfers([transfer("a"), transfer("b", endless)], 2, reporter)
    next(records)
    assert began.wait(30)
    records.close()

    assert ended.wait(30)
    assert reporter.is_finished
