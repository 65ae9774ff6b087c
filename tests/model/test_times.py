"""Moments and durations, and steps with a time limit."""

import re
import threading
import time
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.times import (
    StillRunning,
    format_duration,
    format_timestamp,
    parse_timestamp,
    run_with_timeout,
)


@pytest.fixture
def zone(monkeypatch):
    """Return a function that sets the time zone of this process during a test."""

    tzset = getattr(time, "tzset", lambda: None)  # Windows keeps the zone of the machine

    def put(name):
        monkeypatch.setenv("TZ", name)
        tzset()

    yield put
    monkeypatch.undo()
    tzset()


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-01-10T13:36:24.1234567+03:00", "2027-01-10T10:36:24.123456"),  # Workspace
        ("2027-01-10T13:36:24.0000000-05:30", "2027-01-10T19:06:24"),
        ("2027-01-10T13:36:24.1234567Z", "2027-01-10T13:36:24.123456"),
        ("2027-06-30T10:13:11.12345Z", "2027-06-30T10:13:11.123450"),  # DocSpace
        ("2027-06-30T10:13:11Z", "2027-06-30T10:13:11"),
        ("2027-06-30t10:13:11z", "2027-06-30T10:13:11"),
        ("2027-06-30 10:13:11", "2027-06-30T10:13:11"),
        ("2027-06-30T10:13:11", "2027-06-30T10:13:11"),
        ("2027-06-30T10:13:11+0300", "2027-06-30T07:13:11"),
        ("2027-06-30T10:13:11,5+14:00", "2027-06-29T20:13:11.500000"),
        (" 2027-06-30T10:13:11.1Z\n", "2027-06-30T10:13:11.100000"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00"),
    ],
)
def test_a_moment_is_parsed_in_each_format_that_portals_write(text, utc):
    moment = parse_timestamp(text)

    assert moment.astimezone(timezone.utc) == datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00+03:00",
        "9999-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59Z",
    ],
)  # fmt: skip
def test_the_first_and_the_last_moment_that_a_portal_can_write_mean_never(text):
    assert parse_timestamp(text) is None


@pytest.mark.parametrize(
    "text",
    [
        None, 0, 1736512584, True, [], {}, "", "never", "2027-01-10", "2027-13-01T00:00:00Z",
        "2027-02-30T00:00:00Z", "2027-01-10T24:00:00Z", "2027-01-10T13:36:60Z",
        "2027-01-10T13:36Z", "2027-01-10T13:36:24+25:00", "2027-01-10T13:36:24+24:00",
        "2027-01-10T13:36:24.Z", "2027-01-10T13:36:24.1234567890Z", "2027-01-10T13:36:24ZZ",
        "2027-01-10T13:36:24+3", "x2027-01-10T13:36:24Z",
    ],
)  # fmt: skip
def test_a_value_that_is_no_moment_is_none(text):
    assert parse_timestamp(text) is None


@given(
    st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9998, 12, 30)),
    st.integers(-14 * 60, 14 * 60),
)
def test_each_moment_is_parsed_from_its_iso_format(naive, minutes):
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert parse_timestamp(moment.isoformat()) == moment


@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[Z+-]?.{0,6}"))
def test_any_text_is_none_or_a_moment_that_can_be_formatted(text):
    moment = parse_timestamp(text)

    assert moment is None or format_timestamp(moment)


@pytest.mark.parametrize("name", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_a_moment_is_formatted_in_the_local_time_zone_with_its_offset(zone, name):
    zone(name)
    moment = parse_timestamp("2027-01-10T13:36:00.1234567+03:00")

    text = format_timestamp(moment)

    assert re.fullmatch(r"2027-01-1\d \d\d:\d\d [+-]\d\d:\d\d", text)
    assert datetime.strptime(text, "%Y-%m-%d %H:%M %z") == moment.replace(microsecond=0)
    assert text.endswith(moment.astimezone().strftime("%z")[-2:])


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"), (0, "0 s"), (0.4, "0 s"), (0.6, "1 s"), (59.4, "59 s"), (59.6, "1 min"),
        (60, "1 min"), (61, "1 min 1 s"), (3600, "1 h"), (3605, "1 h"), (12_000, "3 h 20 min"),
        (86_400, "1 d"), (86_405, "1 d"), (90_000, "1 d 1 h"), (31_536_000, "365 d"),
    ],
)  # fmt: skip
def test_a_duration_is_formatted_in_its_two_largest_units(seconds, text):
    assert format_duration(seconds) == text


def test_a_step_that_ends_in_time_returns_its_result():
    assert run_with_timeout(lambda: 7, 30) == 7


def test_a_step_can_return_none():
    assert run_with_timeout(lambda: None, 30) is None


@pytest.mark.parametrize("failure", [ValueError("why"), TimeoutError("its own"), SystemExit(3)])
def test_an_error_of_the_step_is_raised_unchanged(failure):
    def fail():
        raise failure

    with pytest.raises(type(failure)) as raised:
        run_with_timeout(fail, 30)

    assert raised.value is failure


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_step_without_time_is_not_started(seconds):
    with pytest.raises(StillRunning):
        run_with_timeout(lambda: pytest.fail("it was started"), seconds)


def test_a_step_that_takes_too_long_is_abandoned_and_its_result_discarded():
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
