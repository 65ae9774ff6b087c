import base64
import gzip
import socket
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oocli.model.errors import (
    ConnectionFailed,
    Exit,
    InvalidResponse,
    OocliError,
    RateLimited,
    RedirectNotFollowed,
    Remedy,
    TimeoutExceeded,
    UsageError,
)
from oocli.model.secret import Credential
from oocli.model.version import __version__
from oocli.transport import streaming
from oocli.transport.options import ConnectionOptions, RequestLimits

TOKEN = "Q0lUWVRPS0VOX29mX3RoaXNfdGVzdA=="
CREDENTIAL = Credential.of(TOKEN, "test")
SECOND = 1.0  # as long as a step may take that is to be cut off


def head(text, name):
    """Return the value of a header in the head of a request, None where it is not there."""
    for line in text.split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name.lower():
            return value.strip()
    return None


# What is sent


def test_a_request_carries_what_it_must_and_nothing_else(raw, sender):
    server = raw()
    here = sender(server.origin)
    here.http.send(here.request(), CREDENTIAL)

    lines = server.heads[0].rstrip().split("\r\n")
    assert lines[0] == "GET /api/2.0/people/@self HTTP/1.1"
    assert sorted(line.split(":")[0] for line in lines[1:]) == [
        "Accept", "Accept-Encoding", "Authorization", "Host", "User-Agent",
    ]  # fmt: skip
    assert head(server.heads[0], "Accept") == "application/json"
    assert head(server.heads[0], "User-Agent") == f"oocli/{__version__}"
    assert head(server.heads[0], "Authorization") == TOKEN


def test_an_anonymous_request_carries_no_credential(raw, sender):
    server = raw()
    here = sender(server.origin)
    here.http.send(here.request(anonymous=True), CREDENTIAL)

    assert head(server.heads[0], "Authorization") is None
    assert head(server.heads[0], "Cookie") is None


def test_a_sign_out_carries_the_session_as_cookie_alone(raw, sender):
    server = raw(b"HTTP/1.1 302 Found\r\nLocation: /Auth.aspx\r\nContent-Length: 0\r\n\r\n")
    here = sender(server.origin)
    answer = here.http.send(here.request(with_cookie=True), CREDENTIAL)

    assert answer.status == 302
    assert len(server.heads) == 1
    assert head(server.heads[0], "Cookie") == f"asc_auth_key={TOKEN}"
    assert head(server.heads[0], "Authorization") is None


def test_netrc_is_never_read(raw, sender, tmp_path, monkeypatch):
    line = "machine 127.0.0.1 login ann password from-netrc\ndefault login ann password x\n"
    for name in (".netrc", "_netrc", "other"):
        (tmp_path / name).write_text(line)
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / "other"))
    server = raw()
    here = sender(server.origin)

    here.http.send(here.request(), CREDENTIAL)
    here.http.send(here.request(anonymous=True), CREDENTIAL)
    here.http.send(here.request())

    assert [head(lines, "Authorization") for lines in server.heads] == [TOKEN, None, None]


def test_cookies_are_not_kept(either, sender):
    either.order("GET", "*", either.faults.ExtraHeaders((("Set-Cookie", "a=b; path=/"),)))
    here = sender(either.origin)
    here.http.send(here.request(), Credential.of(either.issue_token(), "test"))
    here.http.send(here.request())

    first, second = either.requests
    assert "cookie" not in {name.lower() for name, _ in (*first.headers, *second.headers)}


def test_one_connection_serves_many_requests(either, sender):
    here = sender(either.origin)
    credential = Credential.of(either.issue_token(), "test")
    for path in ("people/@self", "people", "settings/version/build", "no/such/route"):
        here.http.send(here.request(path=path), credential)
    here.http.send(here.request("HEAD"), credential)

    assert either.connections == 1


def test_a_connection_that_the_portal_closed_meanwhile_is_replaced(either, sender):
    either.order("GET", "people/@self", either.faults.CloseAfter())
    here = sender(either.origin)
    credential = Credential.of(either.issue_token(), "test")

    assert here.http.send(here.request(), credential).status == 200
    assert here.http.send(here.request(), credential).status == 200
    assert len(here.waits) <= 1


@pytest.mark.parametrize(
    "headers", [(("X-Name", "Müller"),), (("X-Snow", "☃"),), (("Ümlaut", "x"),)]
)
def test_a_header_that_http_cannot_spell_is_refused(sender, headers):
    here = sender("http://127.0.0.1:9")

    with pytest.raises(UsageError, match="not ASCII"):
        here.http.send(here.request(headers=headers))


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb"])
def test_a_header_cannot_smuggle_another_one(raw, sender, value):
    server = raw()
    here = sender(server.origin)

    with pytest.raises(UsageError, match="cannot be sent"):
        here.http.send(here.request(headers=(("X-One", value),)))
    assert server.heads == []


# What comes back


@pytest.mark.parametrize("status", [200, 401, 403, 404, 204])
def test_an_empty_answer_is_an_answer(raw, sender, status):
    server = raw(b"HTTP/1.1 %d Some Words\r\nContent-Length: 0\r\n\r\n" % status)
    here = sender(server.origin)

    answer = here.http.send(here.request(), CREDENTIAL)

    assert (answer.status, answer.reason, answer.raw) == (status, "Some Words", b"")


def test_repeated_headers_stay_apart(raw, sender):
    server = raw(b"HTTP/1.1 200 OK\r\nX-One: a\r\nX-One: b\r\nContent-Length: 0\r\n\r\n")
    here = sender(server.origin)

    answer = here.http.send(here.request())

    assert answer.header_list[:2] == (("X-One", "a"), ("X-One", "b"))


@pytest.mark.parametrize("fault", ["Chunked", "NoLength"])
def test_a_body_comes_whole_however_it_is_framed(either, sender, fault):
    either.order("GET", "people/@self", getattr(either.faults, fault)())
    here = sender(either.origin)

    answer = here.http.send(here.request(), Credential.of(either.issue_token(), "test"))

    assert answer.raw == either.last_body


def test_a_gzip_body_is_unpacked(raw, sender):
    body = gzip.compress(b'{"response":1}')
    server = raw(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
        % (len(body), body)
    )
    here = sender(server.origin)

    assert here.http.send(here.request()).raw == b'{"response":1}'


def test_a_body_can_be_read_in_pieces_and_only_once_from_the_wire(raw, sender):
    server = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    here = sender(server.origin)

    reply = here.http.open(here.request())

    assert reply.head.raw == b""
    assert b"".join(reply.chunks(4)) == b"0123456789"


def test_a_body_that_was_read_is_given_again(raw, sender):
    server = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
    here = sender(server.origin)
    reply = here.http.open(here.request())

    assert reply.read().raw == reply.read().raw == b"".join(reply.chunks()) == b"abc"


def test_of_a_large_failing_answer_the_start_is_kept_and_the_rest_can_be_read(
    raw, sender, monkeypatch
):
    monkeypatch.setattr(streaming, "MAX_START", 300_000)
    body = bytes(range(256)) * 4096
    head = b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n" % len(body)
    here = sender(raw(head + body).origin)

    answer = here.http.send(here.request())

    assert 300_000 <= len(answer.raw) < len(body)
    assert answer.raw + b"".join(answer.rest or ()) == body


def test_of_a_small_failing_answer_there_is_no_rest(raw, sender):
    server = raw(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nabc")
    here = sender(server.origin)

    answer = here.http.send(here.request())

    assert (answer.raw, answer.rest) == (b"abc", None)


# Repeats


def test_a_portal_that_is_busy_is_asked_again_with_growing_waits(either, sender):
    either.order("GET", "*", either.faults.Empty(503), times=2)
    here = sender(either.origin)

    answer = here.http.send(here.request(), Credential.of(either.issue_token(), "test"))

    assert answer.status == 200
    assert here.waits == [0.5, 1.0]
    assert len(either.requests) == 3


def test_after_the_last_repeat_the_answer_is_given_as_it_is(either, sender):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    here = sender(either.origin, limits=RequestLimits(retries=3))

    assert here.http.send(here.request()).status == 503
    assert len(either.requests) == 4


def test_no_repeats_means_none(either, sender):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    here = sender(either.origin, limits=RequestLimits(retries=0))

    assert here.http.send(here.request()).status == 503
    assert (len(either.requests), here.waits) == (1, [])


def test_many_repeats_end_with_the_portals_answer_not_with_a_wait_of_ours(either, sender):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    here = sender(either.origin, limits=RequestLimits(retries=12))

    assert here.http.send(here.request()).status == 503
    assert max(here.waits) == 30.0


def test_the_wait_that_the_portal_asks_for_is_obeyed_for_a_post_too(either, sender):
    either.order("POST", "*", either.faults.RateLimited(retry_after="7"))
    here = sender(either.origin)

    here.http.send(here.request("POST", "portal/x", body=b"{}"))

    assert here.waits == [7.0]
    assert [request.body for request in either.requests] == [b"{}", b"{}"]


def test_a_wait_of_more_than_a_minute_is_told_instead(either, sender):
    either.order("GET", "*", either.faults.RateLimited(retry_after="3600"))
    here = sender(either.origin)

    with pytest.raises(RateLimited, match="3600 s"):
        here.http.send(here.request())
    assert (len(either.requests), here.waits) == (1, [])


def test_the_page_of_a_starting_portal_is_waited_out(either, sender):
    either.order("GET", "*", either.faults.WarmingUp(), times=1)
    here = sender(either.origin)

    answer = here.http.send(here.request(), Credential.of(either.issue_token(), "test"))

    assert answer.content_type == "application/json"
    assert len(here.waits) == 1


def test_a_body_from_disk_starts_again_for_a_repeat(either, sender):
    class Stream:
        content_type = "text/plain"

        def __init__(self):
            self.left = b"abc"

        def __len__(self):
            return 3

        def __iter__(self):
            yield self.read()

        def read(self, size=-1):
            piece, self.left = self.left, b""
            return piece

        def rewind(self):
            self.left = b"abc"

    either.order("POST", "*", either.faults.Empty(503), times=0)
    either.order("POST", "*", either.faults.RateLimited(retry_after="1", status=503))
    here = sender(either.origin)

    here.http.send(here.request("POST", "portal/x", body=Stream()))

    assert [request.body for request in either.requests] == [b"abc", b"abc"]


@pytest.mark.parametrize(
    ("method", "asked"), [("GET", 3), ("HEAD", 3), ("POST", 1), ("PUT", 1), ("DELETE", 1)]
)
def test_a_lost_connection_is_not_risked_twice(either, sender, method, asked):
    either.order(method, "*", either.faults.DropBeforeAnswer(), times=None)
    here = sender(either.origin)

    with pytest.raises(ConnectionFailed, match="closed without an answer"):
        here.http.send(here.request(method, body=b"{}" if method == "POST" else None))
    assert len(either.requests) == asked


# Time


def test_a_read_that_runs_out_is_not_repeated(either, sender):
    either.order("GET", "*", either.faults.Hang())
    here = sender(either.origin, limits=RequestLimits(timeout=0.2))

    with pytest.raises(TimeoutExceeded, match=r"no data received for 0\.2 s") as raised:
        here.http.send(here.request())
    assert raised.value.exit == Exit.TIMEOUT
    assert len(either.requests) == 1


def trickle(start):
    """Return a script that says `start`, then one byte each 20 ms as long as somebody listens."""

    def script(connection, ending):
        connection.sendall(start)
        while not ending.wait(0.02):
            connection.sendall(b"x")

    return script


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 ",
    ],
    ids=["body", "chunk", "header", "status line"],
)
def test_an_answer_that_trickles_ends_with_the_time_of_the_whole_call(raw, sender, start):
    server = raw(trickle(start))
    here = sender(server.origin, limits=RequestLimits(timeout=30, max_time=SECOND))
    began = time.monotonic()

    with pytest.raises(TimeoutExceeded, match="not done within 1 s") as raised:
        here.http.send(here.request())

    assert raised.value.remedy is Remedy.MAX_TIME
    assert SECOND <= time.monotonic() - began + 0.01 < 15


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_request_starts_after_the_time_of_the_whole_call(either, sender, method):
    now = [0.0]
    here = sender(either.origin, limits=RequestLimits(max_time=3), clock=lambda: now[0])
    now[0] = 3.0

    with pytest.raises(TimeoutExceeded) as raised:
        here.http.send(here.request(method))

    assert raised.value.was_sent is False
    assert (either.connections, either.requests) == (0, [])


def test_a_connection_that_is_made_too_late_is_not_used(either, sender, monkeypatch):
    look_up, made = socket.getaddrinfo, threading.Event()

    def slow(*args, **more):
        time.sleep(SECOND)
        made.set()
        return look_up(*args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    here = sender(either.origin, limits=RequestLimits(max_time=SECOND / 2))
    with pytest.raises(TimeoutExceeded):
        here.http.send(here.request("POST"))

    assert made.wait(10)
    time.sleep(SECOND / 2)
    assert (either.connections, either.requests) == (1, [])


def test_a_wait_that_would_end_after_the_call_is_not_begun(either, sender):
    either.order("GET", "*", either.faults.RateLimited(retry_after="50"))
    here = sender(either.origin, limits=RequestLimits(max_time=40))

    with pytest.raises(TimeoutExceeded):
        here.http.send(here.request())
    assert here.waits == []


def test_a_call_in_time_is_not_disturbed_by_its_end(either, sender):
    here = sender(either.origin, limits=RequestLimits(max_time=30))

    answer = here.http.send(here.request(), Credential.of(either.issue_token(), "test"))

    assert answer.raw == either.last_body


# Redirects


def test_a_redirect_on_the_portal_is_followed_with_the_credential(either, sender):
    either.order("GET", "portal/x", either.faults.Redirect(302, "/api/2.0/people/@self"))
    here = sender(either.origin)

    answer = here.http.send(
        here.request(path="portal/x"), Credential.of(either.issue_token(), "test")
    )

    assert answer.status == 200
    assert answer.url == f"{either.origin}/api/2.0/people/@self"


def test_a_file_at_another_origin_is_fetched_without_anything_of_the_user(either, raw, sender):
    store = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile")
    either.order("GET", "*", either.faults.Redirect(302, f"{store.origin}/b/f?sig=1"))
    here = sender(either.origin)
    request = here.request(
        path=f"{either.origin}/filehandler.ashx", headers=(("X-Secret", "mine"),)
    )

    assert here.http.send(request, CREDENTIAL).raw == b"file"
    (asked,) = store.heads
    assert asked.startswith("GET /b/f?sig=1 ")
    assert "mine" not in asked
    assert TOKEN not in asked
    assert head(asked, "Cookie") is None


def test_the_credential_stays_at_home_even_if_the_way_leads_back(either, raw, sender):
    back = f"Location: {either.origin}/api/2.0/people/@self".encode()
    store = raw(b"HTTP/1.1 302 Found\r\n%b\r\nContent-Length: 0\r\n\r\n" % back)
    either.order("GET", "filehandler.ashx", either.faults.Redirect(302, f"{store.origin}/b"))
    here = sender(either.origin)

    answer = here.http.send(
        here.request(path=f"{either.origin}/filehandler.ashx"),
        Credential.of(either.issue_token(), "test"),
    )

    assert answer.status == 401
    names = [{name.lower() for name, _ in request.headers} for request in either.requests]
    assert ["authorization" in headers for headers in names] == [True, False]


def test_a_redirect_that_is_not_followed_carries_the_answer(either, sender):
    either.order("GET", "*", either.faults.Redirect(302, "https://other.example/x"))
    here = sender(either.origin)

    with pytest.raises(RedirectNotFollowed, match=r"https://other\.example") as raised:
        here.http.send(here.request(), CREDENTIAL)

    assert raised.value.answer.raw == either.last_body
    assert len(either.requests) == 1


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_sequence_of_answers_makes_a_request_with_the_credential_elsewhere(
    portal, raw, sender, data
):
    other = raw()
    here = sender(portal.origin)
    host = f"127.0.0.1:{portal.port}"
    elsewhere = f"127.0.0.1:{other.port}"
    places = [
        "/x", "filehandler.ashx", f"http://{host}/y", f"//{host}/z", f"http://{elsewhere}/",
        f"//{elsewhere}/", f"http://{host}@{elsewhere}/", f"http://{host}\\@{elsewhere}/",
        f"http:\\\\{elsewhere}/", f"http://localhost:{other.port}/", f"/\\{elsewhere}/",
        f"http:{elsewhere}/", f"http://{elsewhere}\\.{host}/", f"https://{elsewhere}/",
        f"http://127.0.0.1.:{other.port}/", "http://[::1/", "",
    ]  # fmt: skip
    answers = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from([301, 302, 303, 307, 308, 503, 401]), st.sampled_from(places)
            ),
            max_size=7,
        )
    )
    portal.clear_orders()
    portal.forget()
    other.heads.clear()
    for status, place in answers:
        portal.order("*", "*", portal.faults.Redirect(status, place))
    method = data.draw(st.sampled_from(["GET", "HEAD", "POST"]))
    path = data.draw(st.sampled_from(["people/@self", f"{portal.origin}/filehandler.ashx"]))
    request = here.request(method, path, headers=(("X-Mine", "of-the-user"),))

    with suppress(OocliError):
        here.http.send(request, CREDENTIAL)

    assert portal.requests
    for asked in other.heads:
        assert TOKEN not in asked
        assert "of-the-user" not in asked
        assert head(asked, "Authorization") is None


# Proxies


def proxied(scheme, proxy, **more):
    """Return a way through a proxy."""
    return ConnectionOptions(proxies=((scheme, proxy),), **more)


@pytest.mark.parametrize("scheme", ["http", "all"])
def test_a_proxy_gets_the_request_in_place_of_the_portal(raw, sender, scheme):
    proxy = raw()
    here = sender("http://portal.example", connection=proxied(scheme, proxy.origin))

    here.http.send(here.request(), CREDENTIAL)

    assert proxy.heads[0].startswith("GET http://portal.example/api/2.0/people/@self HTTP/1.1")


def test_https_goes_through_a_tunnel_and_the_proxy_sees_no_credential(raw, sender):
    proxy = raw(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    here = sender("https://portal.example", connection=proxied("https", proxy.origin))

    with pytest.raises(ConnectionFailed, match="the proxy failed"):
        here.http.send(here.request(), CREDENTIAL, retries=0)

    assert proxy.heads[0].startswith("CONNECT portal.example:443 HTTP/1.")
    assert TOKEN not in proxy.heads[0]


def test_a_proxys_user_and_password_go_to_the_proxy(raw, sender):
    proxy = raw()
    address = proxy.origin.replace("//", "//ann:s%40cret@")
    here = sender("http://portal.example", connection=proxied("http", address))

    here.http.send(here.request())

    sent = head(proxy.heads[0], "Proxy-Authorization")
    assert base64.b64decode(sent.removeprefix("Basic ")) == b"ann:s@cret"


@pytest.mark.parametrize("no_proxy", ["127.0.0.1", "*", "other.example, 127.0.0.1", "127.0.0.0/8"])
def test_a_host_without_proxy_is_asked_directly(raw, sender, no_proxy):
    server, proxy = raw(), raw()
    here = sender(server.origin, connection=proxied("http", proxy.origin, no_proxy=no_proxy))

    here.http.send(here.request())

    assert (len(server.heads), len(proxy.heads)) == (1, 0)


def test_proxies_of_the_environment_are_not_taken_behind_our_back(raw, sender, monkeypatch):
    server, proxy = raw(), raw()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.origin)
    here = sender(server.origin)

    here.http.send(here.request())

    assert (len(server.heads), len(proxy.heads)) == (1, 0)


def test_an_environment_without_proxies_does_not_undo_a_chosen_one(raw, sender, monkeypatch):
    proxy = raw()
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")
    here = sender("http://portal.example", connection=proxied("all", proxy.origin))

    here.http.send(here.request())

    assert len(proxy.heads) == 1


@pytest.mark.parametrize(
    ("upper", "lower"), [("HTTP_PROXY", "NO_PROXY"), ("http_proxy", "no_proxy")]
)
def test_proxy_variables_are_obeyed_in_both_cases(either, raw, oocli, upper, lower):
    proxy = raw(b"HTTP/1.1 418 From the proxy\r\nContent-Length: 0\r\n\r\n")

    through = oocli("call", "GET", "people/@self", signed_in_to=either, env={upper: proxy.origin})
    around = oocli(
        "call", "GET", "people/@self", signed_in_to=either,
        env={upper: proxy.origin, lower: "127.0.0.1"},
    )  # fmt: skip

    assert (through.exit, through.stdout) == (8, b"")
    assert "From the proxy (418)" in through.stderr
    assert (around.exit, around.stderr) == (0, "")
    assert len(proxy.heads) == 1


# Compression


def test_a_body_whose_compression_is_broken_is_no_answer(either, sender):
    either.order("GET", "*", either.faults.BadGzip(), times=None)
    here = sender(either.origin)

    with pytest.raises(InvalidResponse, match="cannot be decompressed"):
        here.http.send(here.request(), Credential.of(either.issue_token(), "test"))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "compress"])
def test_a_body_packed_as_nobody_asked_is_left_out_or_a_failure(raw, sender, coding):
    body = gzip.compress(b'{"response":1}')
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"
    server = raw(head.encode() + body)
    portal = sender(server.origin)

    assert portal.http.send(portal.request()).raw == b""
    with pytest.raises(InvalidResponse, match="content encoding"):
        list(portal.http.open(portal.request()).chunks())
    assert portal.waits == []
