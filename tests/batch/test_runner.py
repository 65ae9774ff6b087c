"""Ordered output and the rate limiter of a batch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.batch.runner import OrderedOutput, RateLimiter


@given(order=st.permutations(range(8)))
def test_records_are_written_in_the_order_of_the_lines_whatever_comes_first(order):
    written = []
    output = OrderedOutput(written.append)

    count = 0
    for index in order:
        output.keep(index, b"%d" % index)
        count += output.write_ready()

    assert b"".join(written) == b"0\n1\n2\n3\n4\n5\n6\n7\n"
    assert count == 8


def test_a_record_waits_for_the_one_before_it_until_the_end():
    written = []
    output = OrderedOutput(written.append)

    output.keep(4, b"4")
    output.keep(2, b"2")
    waiting = output.write_ready()

    assert (waiting, written) == (0, [])
    assert output.write_rest() == 2
    assert output.write_rest() == 0
    assert written == [b"2\n4\n"]


def test_no_line_is_started_far_ahead_of_the_next_record():
    output = OrderedOutput(lambda _: None)
    room = [output.has_room(index) for index in (0, 511, 512)]

    output.keep(0, b"0")
    output.write_ready()

    assert room == [True, True, False]
    assert output.has_room(512)


def test_starts_are_spread_evenly_and_a_pause_is_not_caught_up():
    times = iter([0.0, 0.0, 0.0, 0.1, 5.0, 5.0])
    limiter = RateLimiter(4, clock=lambda: next(times))

    delays = [limiter.delay() for _ in range(5)]

    assert delays == pytest.approx([0.0, 0.25, 0.4, 0.0, 0.25])
