"""Which requests are retried and when, and which redirects are followed."""

from datetime import datetime, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.address import PortalAddress
from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    Exit,
    RateLimited,
    RedirectNotFollowed,
)
from oocli.model.kinds import UNKNOWN
from oocli.model.request import Request, RequestTarget
from oocli.model.response import Response
from oocli.transport import policy

PORTAL = PortalAddress.parse("https://docs.example.com")
LOOPBACK = PortalAddress.parse("http://127.0.0.1:8080")
NOW = 1_800_000_000.0
HTML = ("Content-Type", "text/html; charset=utf-8")
WARM = b"<html><head><title>Portal is starting</title></head></html>"
WAIT = ("Retry-After", "3")


def request_with(method="GET", **more):
    """Return a request with this method."""
    return Request(method, RequestTarget.parse("people", PORTAL, UNKNOWN), **more)


def answer(status, *headers, raw=b"", url="https://docs.example.com/api/2.0/people"):
    """Return an answer with this status."""
    return Response(status, "", headers, raw, url)


# Retries


@pytest.mark.parametrize(
    ("method", "given", "again"),
    [
        ("GET", answer(429), True),
        ("GET", answer(502), True),
        ("GET", answer(503), True),
        ("GET", answer(504), True),
        ("HEAD", answer(503), True),
        ("GET", answer(200, HTML, raw=WARM), True),
        ("GET", answer(503, HTML, raw=WARM), True),
        ("GET", answer(200), False),
        ("GET", answer(200, HTML, raw=b"<title>Sign in</title>"), False),
        ("GET", answer(200, ("Content-Type", "application/json"), raw=b'"warmup"'), False),
        ("GET", answer(404, HTML, raw=WARM), False),
        ("GET", answer(302), False),
        ("GET", answer(400), False),
        ("GET", answer(401), False),
        ("GET", answer(403), False),
        ("GET", answer(404), False),
        ("GET", answer(500), False),
        ("GET", answer(500, WAIT), False),
        ("GET", answer(501), False),
        *[
            (method, given, again)
            for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")
            for given, again in [
                (answer(429, WAIT), True),
                (answer(503, WAIT), True),
                (answer(429), False),
                (answer(503), False),
                (answer(429, ("X-RateLimit-Reset", "3")), False),
                (answer(502, WAIT), False),
                (answer(504, WAIT), False),
                (answer(500, WAIT), False),
                (answer(200, HTML, raw=WARM), False),
            ]
        ],
    ],
)
def test_these_answers_are_retried(method, given, again):
    assert policy.may_retry_response(request_with(method), given) is again


@pytest.mark.parametrize(
    ("method", "sent", "again"),
    [
        ("GET", True, True),
        ("GET", False, True),
        ("HEAD", True, True),
        ("POST", True, False),
        ("POST", False, True),
        ("PUT", True, False),
        ("PUT", False, True),
        ("DELETE", True, False),
        ("DELETE", False, True),
    ],
)
def test_a_lost_connection_is_retried_only_if_nothing_can_happen_twice(method, sent, again):
    failure = ConnectionFailed("lost")
    failure.was_sent = sent

    assert policy.may_retry_error(request_with(method), failure) is again


def test_a_refused_certificate_is_not_retried():
    assert not policy.may_retry_error(request_with(), CertificateFailed("expired"))


# Waits before retries


@pytest.mark.parametrize(
    ("attempt", "jitter", "seconds"),
    [
        (1, 0.0, 0.5), (1, 1.0, 0.75), (2, 0.0, 1.0), (3, 0.5, 2.5), (6, 0.0, 16.0), (7, 0.0, 30.0),
        (20, 0.0, 30.0), (20, 1.0, 45.0),
    ],
)  # fmt: skip
def test_the_wait_doubles_with_jitter_up_to_a_maximum(attempt, jitter, seconds):
    assert policy.retry_delay(attempt, {}, NOW, jitter) == seconds
    assert seconds < policy.MAX_WAIT


def http_date(seconds):
    """Return the HTTP date so many seconds after NOW."""
    return format_datetime(datetime.fromtimestamp(NOW + seconds, timezone.utc), usegmt=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        (" 12 ", 12.0),
        ("1.5", 1.5),
        ("60", 60.0),
        ("61", 61.0),
        ("3600", 3600.0),
        ("9" * 30, 1e9),
        ("9" * 5000, 1e9),
        (http_date(30), 30.0),
        (http_date(86_400), 86_400.0),
        (http_date(20).replace("GMT", "-0000"), 20.0),
        (http_date(20).replace(" GMT", ""), 20.0),
        (http_date(20).replace("GMT", "+0000"), 20.0),
    ],
)
def test_retry_after_can_be_a_number_or_a_date(value, seconds):
    headers = {"retry-after": value, "x-ratelimit-reset": "7"}

    assert policy.retry_delay(1, headers, NOW, 0.0) == seconds


@pytest.mark.parametrize("value", ["0", "0.0", http_date(0), http_date(-3600)])
def test_a_retry_after_of_zero_still_waits_a_moment(value):
    assert policy.retry_delay(1, {"retry-after": value}, NOW, 0.0) == 0.25
    assert policy.retry_delay(1, {"retry-after": value}, NOW, 1.0) == 0.75


@pytest.mark.parametrize(
    "value",
    ["", "soon", "-5", "1e3", "0x10", "\u00b2", "\u0663", "1 2", "NaN", "inf", "Wed", "Wed, 99 Foo",
     "Wed, 21 Oct 99999 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 +99999999", ",", " "],
)  # fmt: skip
def test_an_invalid_retry_after_is_ignored(value):
    assert policy.retry_delay(2, {"retry-after": value}, NOW, 0.0) == 1.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("120", 120.0),
        ("1.5", 1.5),
        (str(int(NOW) + 42), 42.0),
        (str(int(NOW) + 7200), 7200.0),
        (str(int(NOW) - 5), 0.25),
        ("0", 0.25),
        ("later", 0.5),
        ("-3", 0.5),
        ("9" * 40, 0.5),
        ("", 0.5),
    ],
)
def test_a_rate_limit_reset_is_a_number_of_seconds_or_a_moment(value, seconds):
    assert policy.retry_delay(1, {"x-ratelimit-reset": value}, NOW, 0.0) == seconds


@given(
    st.dictionaries(
        st.sampled_from(["retry-after", "x-ratelimit-reset"]),
        st.text(max_size=40)
        | st.integers(-10, 10**12).map(str)
        | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} [\d:]{1,8} ?[-+A-Z\d]*\Z"),
    ),
    st.integers(1, 20),
    st.floats(0, 1),
)
def test_any_header_gives_a_finite_wait_above_zero(headers, attempt, jitter):
    wait = policy.retry_delay(attempt, headers, NOW, jitter)

    assert 0 < wait < float("inf")


@pytest.mark.parametrize(
    ("wait", "span"),
    [(61, "61 seconds"), (600, "10 minutes"), (7200, "2 hours"), (864_000, "10 days")],
)
def test_the_error_about_a_long_wait_says_when_to_run_again(wait, span):
    error = policy.wait_too_long(float(wait), answer(503))

    assert isinstance(error, RateLimited)
    assert (error.exit, error.status) == (Exit.RATE_LIMIT, 503)
    assert f"{wait} s" in error.why
    assert error.hint == f"run it again in {span}"


# Redirects


def follow(location, status=302, *, method="GET", portal=PORTAL, hops=0, files=False, at=None):
    """Return the next redirect after an answer with this Location."""
    start = f"{portal.origin}/api/2.0/people" if at is None else at
    headers = () if location is None else (("Location", location),)
    request = request_with(method)
    return policy.next_redirect(
        request, answer(status, *headers, url=start), portal, hops, to_files=files
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/rooms", "https://docs.example.com/rooms"),
        ("other", "https://docs.example.com/api/2.0/other"),
        ("?a=b", "https://docs.example.com/api/2.0/people?a=b"),
        ("//docs.example.com/x", "https://docs.example.com/x"),
        ("https://docs.example.com/x?a=b#c", "https://docs.example.com/x?a=b"),
        ("https://docs.example.com", "https://docs.example.com"),
        ("https://DOCS.example.com.:443/x", "https://docs.example.com/x"),
        ("https://docs.example.com?a=b", "https://docs.example.com?a=b"),
        ("https://doc\uff53.example.com/x", "https://docs.example.com/x"),
    ],
)
def test_get_and_head_follow_redirects_within_the_portal(status, method, location, url):
    assert follow(location, status, method=method) == policy.Redirect(url, same_server=True)


@pytest.mark.parametrize("status", [200, 204, 300, 304, 305, 306, 401, 404])
def test_an_answer_with_another_status_is_not_followed(status):
    assert follow("https://evil.example/", status) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/same", "https://docs.example.com/x", "https://e.example/"])
def test_other_methods_never_follow_redirects(method, status, location):
    with pytest.raises(RedirectNotFollowed, match=f"{method} is not repeated"):
        follow(location, status, method=method, files=True)


OTHERS = [
    "https://evil.example/",
    "//evil.example/",
    "https://docs.example.com:8443/",
    "https://www.docs.example.com/",
    "https://docs.example.com.evil.example/",
]


@pytest.mark.parametrize("location", OTHERS)
def test_an_api_call_does_not_follow_a_redirect_to_another_origin_and_names_it(location):
    with pytest.raises(RedirectNotFollowed, match="redirect not followed: it points to") as raised:
        follow(location)

    assert raised.value.exit == Exit.REDIRECT
    named = "https://" + location.partition("//")[2].rstrip("/")
    assert named in raised.value.why
    assert raised.value.answer.status == 302


@pytest.mark.parametrize("location", OTHERS)
def test_a_redirect_of_a_file_to_another_origin_is_followed_as_untrusted(location):
    assert follow(location, files=True).same_server is False


@pytest.mark.parametrize(
    "location",
    [
        "https://ann:secret@docs.example.com/",
        "https://docs.example.com@evil.example/",
        "https://evil.example\\@docs.example.com/",
        "https:\\\\evil.example/",
        "http://[::1",
        "https://[docs.example.com]/",
        "https://0x7f000001/",
        "https://docs.example.com:99999/",
        "https://",
        "https:evil.example",
        "https:///evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "ftp://docs.example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://ex ample.com/",
    ],
)
def test_a_redirect_to_an_invalid_address_is_not_followed(location):
    for files in (False, True):
        with pytest.raises(RedirectNotFollowed) as raised:
            follow(location, files=files)
        assert "secret" not in str(raised.value)


@pytest.mark.parametrize("location", [None, "", "  "])
def test_a_redirect_without_a_location_is_not_followed(location):
    with pytest.raises(RedirectNotFollowed, match="does not say where"):
        follow(location)


@pytest.mark.parametrize("files", [True, False])
@pytest.mark.parametrize("location", ["http://docs.example.com/", "http://127.0.0.1/"])
def test_a_redirect_from_https_to_http_is_not_followed(location, files):
    with pytest.raises(RedirectNotFollowed, match="not encrypted"):
        follow(location, files=files)


def test_a_later_redirect_from_https_to_http_is_not_followed_either():
    with pytest.raises(RedirectNotFollowed, match="not encrypted"):
        follow("http://127.0.0.1/x", portal=LOOPBACK, files=True, at="https://store.example/x")


def test_a_file_at_another_origin_is_requested_only_over_https_or_on_this_machine():
    with pytest.raises(RedirectNotFollowed, match="not encrypted"):
        follow("http://store.example/x", portal=LOOPBACK, files=True)

    assert follow("http://127.0.0.1:9090/x", portal=LOOPBACK, files=True).same_server is False
    assert follow("https://store.example/x", portal=LOOPBACK, files=True).same_server is False


def test_five_redirects_are_followed_and_no_sixth():
    assert follow("/x", hops=4) is not None
    with pytest.raises(RedirectNotFollowed, match="more than 5 redirects"):
        follow("/x", hops=5)


def test_the_error_about_a_redirect_to_https_has_a_hint():
    with pytest.raises(RedirectNotFollowed) as raised:
        follow(
            "https://127.0.0.1/api/2.0/people",
            301,
            method="POST",
            portal=PortalAddress.parse("http://127.0.0.1"),
        )

    assert (raised.value.hint, raised.value.sign_in_at) == ("use https", "https://127.0.0.1")


def test_the_redirect_of_a_sign_out_is_not_followed():
    request = request_with(with_cookie=True)

    assert (
        policy.next_redirect(
            request, answer(302, ("Location", "/Auth.aspx")), PORTAL, 0, to_files=True
        )
        is None
    )


def test_the_page_of_a_starting_portal_is_recognized_by_its_text():
    assert policy.is_warming_up(answer(200, HTML, raw=WARM))
    assert policy.is_warming_up(answer(503, HTML, raw=b"<title>WarmUp</title>"))
    assert not policy.is_warming_up(answer(200, HTML, raw=b"<html>"))
    assert not policy.is_warming_up(answer(502, HTML, raw=WARM))


places = st.sampled_from(
    ["/x", "https://docs.example.com/x", "https://evil.example/", "http://docs.example.com/",
     "https://docs.example.com@evil.example/", "//evil.example", "https://DOCS.EXAMPLE.COM./y",
     "https://docs.example.com:8443/", "\\\\evil.example\\", "https:evil.example", "",
     "https://docs.example.com\\.evil.example/", "/\\evil.example/", "///evil.example/",
     "https:///evil.example/", "http://127.0.0.1/", "https://docs.example.com\t.evil.example/"]
)  # fmt: skip


@given(st.lists(places | st.text(max_size=20), max_size=8), st.booleans())
def test_no_chain_of_redirects_is_trusted_at_another_origin(locations, files):
    url, trusted = "https://docs.example.com/api/2.0/people", True
    for hops, location in enumerate(locations):
        try:
            hop = follow(location, hops=hops, files=files, at=url)
        except RedirectNotFollowed:
            return
        url, trusted = hop.url, trusted and hop.same_server

        assert url.startswith("https://")
        if trusted or not files:
            assert url == "https://docs.example.com" or url[24:25] in ("/", "?")
            assert url.startswith("https://docs.example.com")
