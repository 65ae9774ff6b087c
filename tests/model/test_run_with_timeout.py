"""A step in a thread: its result, its failure, or the end of its time."""

import threading

import pytest

from oocli.model.times import StillRunning, run_with_timeout


def test_a_step_that_ends_in_time_gives_its_result():
    assert run_with_timeout(lambda: 7, 30) == 7


def test_a_result_of_none_is_a_result():
    assert run_with_timeout(lambda: None, 30) is None


@pytest.mark.parametrize("failure", [ValueError("why"), TimeoutError("its own"), SystemExit(3)])
def test_a_failure_of_the_step_is_raised_as_it_is(failure):
    def fail():
        raise failure

    with pytest.raises(type(failure)) as raised:
        run_with_timeout(fail, 30)

    assert raised.value is failure


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_step_without_time_is_not_begun(seconds):
    with pytest.raises(StillRunning):
        run_with_timeout(lambda: pytest.fail("it was begun"), seconds)


def test_a_step_that_is_late_is_left_behind_and_its_result_discarded():
    release, discarded = threading.Event(), threading.Event()
    found = []

    def work():
        release.wait(30)
        return "late"

    def discard(result):
        found.append(result)
        discarded.set()

    with pytest.raises(StillRunning):
        run_with_timeout(work, 0.01, discard=discard)
    release.set()

    assert discarded.wait(30)
    assert found == ["late"]
