"""Retries of the command `call`: what is sent again, after how long, and what is reported."""

from __future__ import annotations

import re
import time
from email.utils import formatdate

import pytest

from tests.portal import faults
from tests.waiting import ended

GET = ("call", "GET", "people/@self")
POST = ("call", "POST", "x", "-d", "{}")
RETRY = r"retry 1 of 2 in [\d.]+ s: .+\n"


def seconds_until_retry(portal):
    """Return the seconds between the first and the second request."""
    first, second = portal.requests[:2]
    return second.at - first.at


@pytest.mark.parametrize(
    "fault",
    [
        faults.Empty(503),
        faults.Html(502),
        faults.Html(504),
        faults.RateLimited(),
        faults.RateLimited(retry_after="0"),
        faults.RateLimited(retry_after="soon"),
        faults.RateLimited(retry_after="-5"),
        faults.WarmingUp(503),
        faults.WarmingUp(200),
        faults.DropBeforeAnswer(),
        faults.DropInHeaders(),
        faults.DropInBody(),
        faults.HalfChunk(),
        faults.ResetConnection(),
    ],
    ids=repr,
)
def test_a_get_is_retried_after_a_temporary_failure(either, oocli, fault):
    either.order("GET", "people/@self", fault)

    ran = oocli(*GET, signed_in_to=either)

    assert (ran.exit, ran.json["response"]["email"]) == (0, either.user)
    assert re.fullmatch(RETRY, ran.stderr)
    assert len(either.requests) == 2


@pytest.mark.parametrize(
    "fault",
    [
        faults.Empty(503),
        faults.Html(502),
        faults.Html(504),
        faults.RateLimited(),
        faults.WarmingUp(503),
        faults.DropBeforeAnswer(),
        faults.DropBeforeAnswer(acted=True),
        faults.DropInBody(),
        faults.ResetConnection(),
    ],
    ids=repr,
)
def test_a_post_that_may_have_arrived_is_not_retried(either, oocli, fault):
    either.answers("POST", "x", response="made")
    either.order("POST", "x", fault)

    ran = oocli(*POST, signed_in_to=either)

    assert ran.exit in (5, 9, 10)
    assert len(either.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_post_is_retried_if_the_portal_says_when(either, oocli, status):
    either.answers("POST", "x", response="made")
    either.order("POST", "x", faults.RateLimited(retry_after="1", status=status))

    ran = oocli(*POST, signed_in_to=either)

    assert (ran.exit, ran.json["response"]) == (0, "made")
    assert re.fullmatch(RETRY, ran.stderr)
    assert seconds_until_retry(either) >= 0.95


def test_a_post_that_did_not_arrive_is_retried(portal, oocli):
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
    portal.stop()

    ran = oocli(*POST, "-v", env=env)

    assert (ran.exit, ran.stdout) == (10, b"")
    assert ran.stderr.count("> POST") == 3
    assert ran.stderr.count("connection refused") == 3  # two waits and the error


@pytest.mark.parametrize(
    "limit",
    [
        lambda: {"retry_after": "2"},
        lambda: {"retry_after": formatdate(time.time() + 3, usegmt=True)},
        lambda: {"reset": "2"},
        lambda: {"reset": str(int(time.time()) + 3)},
        lambda: {"retry_after": "2", "reset": str(int(time.time()) + 900)},
    ],
    ids=["seconds", "date", "remainder", "moment", "Retry-After first"],
)
def test_a_retry_waits_as_long_as_the_portal_says(either, oocli, limit):
    either.order("GET", "people/@self", faults.RateLimited(**limit()))

    ran = oocli(*GET, signed_in_to=either)

    assert ran.exit == 0
    assert re.fullmatch(RETRY, ran.stderr)
    # Dates and moments have no fractions of a second, and the program took a while to start.
    assert 0.9 <= seconds_until_retry(either) < 10


@pytest.mark.parametrize(
    "limit",
    [
        {"retry_after": "61"},
        {"retry_after": "99999999999999999999"},
        {"retry_after": "Fri, 31 Dec 2100 23:59:59 GMT"},
        {"reset": "3600"},
        {"reset": "4000000000"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("words", [GET, POST], ids=["GET", "POST"])
def test_a_wait_of_more_than_a_minute_is_reported_and_not_waited_for(either, oocli, limit, words):
    either.order(words[1], words[2], faults.RateLimited(**limit), times=None)

    ran = oocli(*words, signed_in_to=either)

    assert (ran.exit, ran.stdout, len(either.requests)) == (9, b"", 1)
    assert ran.stderr.startswith(
        f"oocli: {words[1]} {words[2]} on {either.host}: the portal asks to wait "
    )
    assert "(429)" in ran.stderr.splitlines()[0]
    assert "hint: run it again in " in ran.stderr


@pytest.mark.parametrize(("retries", "requests"), [("0", 1), ("1", 2), ("3", 4)])
def test_retry_sets_the_number_of_retries(either, oocli, retries, requests):
    either.order("GET", "people/@self", faults.Empty(503), times=None)

    ran = oocli(*GET, "--retry", retries, signed_in_to=either)

    assert (ran.exit, ran.stdout, len(either.requests)) == (5, b"", requests)
    assert ran.stderr.splitlines()[-1].startswith(f"oocli: GET people/@self on {either.host}: ")


def test_the_variable_sets_the_number_of_retries_without_the_option(either, oocli):
    either.order("GET", "people/@self", faults.Empty(503), times=None)

    oocli(*GET, signed_in_to=either, env={"OOCLI_RETRY": "0"})

    assert len(either.requests) == 1


def test_a_lasting_rate_limit_exits_with_9(either, oocli):
    either.order("GET", "people/@self", faults.RateLimited(retry_after="0"), times=None)

    ran = oocli(*GET, signed_in_to=either)

    assert (ran.exit, ran.stdout, len(either.requests)) == (9, b"", 3)
    assert "(429, after 3 attempts)" in ran.stderr


def test_a_portal_that_keeps_starting_up_exits_with_5(either, oocli):
    either.order("GET", "people/@self", faults.WarmingUp(200), times=None)

    ran = oocli(*GET, signed_in_to=either)

    assert (ran.exit, len(either.requests)) == (5, 3)
    assert "HTML page" in ran.stderr


def test_max_time_limits_all_attempts_and_waits_together(either, oocli):
    either.order("GET", "people/@self", faults.RateLimited(retry_after="30"), times=None)
    start = time.monotonic()

    ran = oocli(*GET, "--max-time", "5", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (11, b"")
    assert "not done within 5 s" in ran.stderr
    # A wait that would exceed the limit is not started.
    assert time.monotonic() - start < 25


def test_max_time_limits_all_pages_together(either, oocli):
    either.add_people(150)
    either.order("GET", "people", faults.ExtraHeaders(()))
    either.order("GET", "people", faults.Hang(), times=None)
    call = ("call", "GET", "people", "--page-size", "100", "--max-time", "4")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, ran.json["count"]) == (12, 100)
    assert "a later page failed: not done within 4 s" in ran.stderr


def test_each_retry_is_reported_in_a_pipe(either, oocli):
    either.order("GET", "people/@self", faults.RateLimited(retry_after="1"))
    either.order("GET", "people/@self", faults.RateLimited(retry_after="1"))

    ran = oocli(*GET, signed_in_to=either)

    assert (ran.exit, ran.stderr.splitlines()) == (
        0,
        [f"retry {number} of 2 in 1 s: 429 Too Many Requests" for number in (1, 2)],
    )


def test_error_format_json_prints_only_the_error_object(either, oocli):
    either.order("GET", "people/@self", faults.RateLimited(retry_after="1"), times=None)

    ran = oocli(*GET, "-v", "--error-format", "json", signed_in_to=either)

    assert (ran.exit, ran.error["code"], len(ran.stderr.splitlines())) == (9, "rate_limit", 1)


@pytest.mark.posix
def test_a_retry_is_reported_on_a_terminal(either, terminal):
    either.order("GET", "people/@self", faults.RateLimited(retry_after="1"))

    handle = terminal(*GET, signed_in_to=either)

    handle.expect_exact("retry 1 of 2 in 1 s: 429 Too Many Requests")
    ended(handle)
    assert handle.exitstatus == 0


@pytest.mark.posix
@pytest.mark.parametrize(("size", "is_noted"), [(100, True), (1000, False)])
def test_a_terminal_says_that_a_list_has_more_items(portal, terminal, size, is_noted):
    import pexpect

    portal.add_people(150)

    handle = terminal("call", "GET", "people", "-p", f"count={size}", signed_in_to=portal)

    handle.expect(pexpect.EOF)
    shown = handle.before
    handle.wait()
    assert handle.exitstatus == 0
    assert (" items shown; use --paginate for all" in shown) is is_noted


def test_each_retry_prints_a_line_and_the_error_counts_the_attempts(either, oocli):
    either.order("GET", "people/@self", faults.Empty(503), times=3)

    ran = oocli(*GET, signed_in_to=either)

    assert ran.exit == 5
    first, second, error = ran.stderr.splitlines()[:3]
    assert re.fullmatch(r"retry 1 of 2 in [\d.]+ s: 503 Service Unavailable", first)
    assert re.fullmatch(r"retry 2 of 2 in [\d.]+ s: 503 Service Unavailable", second)
    assert error.startswith("oocli: GET people/@self on ")
    assert error.endswith(" (503, after 3 attempts)")


def test_retries_are_not_reported_with_error_format_json_or_quiet(either, oocli):
    for options in (["--error-format", "json"], ["--quiet"]):
        either.order("GET", "people/@self", faults.Empty(503))

        ran = oocli(*GET, *options, signed_in_to=either)

        assert (ran.exit, ran.stderr) == (0, "")
