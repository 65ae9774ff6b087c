"""Requests over HTTP: headers, bodies, retries, timeouts, redirects and proxies."""

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
SECOND = 1.0  # the time limit where a test waits for it to pass


def header(text, name):
    """Return the value of a header in the head of a request, or None."""
    for line in text.split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name.lower():
            return value.strip()
    return None


# Requests


def test_a_request_has_the_necessary_headers_and_no_others(serve, client_of):
    server = serve()
    client = client_of(server.origin)
    client.http.send(client.request(), CREDENTIAL)

    lines = server.heads[0].rstrip().split("\r\n")
    assert lines[0] == "GET /api/2.0/people/@self HTTP/1.1"
    assert sorted(line.split(":")[0] for line in lines[1:]) == [
        "Accept", "Accept-Encoding", "Authorization", "Host", "User-Agent",
    ]  # fmt: skip
    assert header(server.heads[0], "Accept") == "application/json"
    assert header(server.heads[0], "User-Agent") == f"oocli/{__version__}"
    assert header(server.heads[0], "Authorization") == TOKEN


def test_an_anonymous_request_has_no_credential(serve, client_of):
    server = serve()
    client = client_of(server.origin)
    client.http.send(client.request(anonymous=True), CREDENTIAL)

    assert header(server.heads[0], "Authorization") is None
    assert header(server.heads[0], "Cookie") is None


def test_a_sign_out_has_the_session_only_as_a_cookie(serve, client_of):
    server = serve(b"HTTP/1.1 302 Found\r\nLocation: /Auth.aspx\r\nContent-Length: 0\r\n\r\n")
    client = client_of(server.origin)
    answer = client.http.send(client.request(with_cookie=True), CREDENTIAL)

    assert answer.status == 302
    assert len(server.heads) == 1
    assert header(server.heads[0], "Cookie") == f"asc_auth_key={TOKEN}"
    assert header(server.heads[0], "Authorization") is None


def test_netrc_is_never_read(serve, client_of, tmp_path, monkeypatch):
    line = "machine 127.0.0.1 login ann password from-netrc\ndefault login ann password x\n"
    for name in (".netrc", "_netrc", "other"):
        (tmp_path / name).write_text(line)
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / "other"))
    server = serve()
    client = client_of(server.origin)

    client.http.send(client.request(), CREDENTIAL)
    client.http.send(client.request(anonymous=True), CREDENTIAL)
    client.http.send(client.request())

    assert [header(lines, "Authorization") for lines in server.heads] == [TOKEN, None, None]


def test_cookies_of_an_answer_are_not_sent_back(either, client_of):
    either.order("GET", "*", either.faults.ExtraHeaders((("Set-Cookie", "a=b; path=/"),)))
    client = client_of(either.origin)
    client.http.send(client.request(), Credential.of(either.issue_token(), "test"))
    client.http.send(client.request())

    first, second = either.requests
    assert "cookie" not in {name.lower() for name, _ in (*first.headers, *second.headers)}


def test_many_requests_share_one_connection(either, client_of):
    client = client_of(either.origin)
    credential = Credential.of(either.issue_token(), "test")
    for path in ("people/@self", "people", "settings/version/build", "no/such/route"):
        client.http.send(client.request(path=path), credential)
    client.http.send(client.request("HEAD"), credential)

    assert either.connections == 1


def test_a_connection_that_the_portal_has_closed_is_replaced(either, client_of):
    either.order("GET", "people/@self", either.faults.CloseAfter())
    client = client_of(either.origin)
    credential = Credential.of(either.issue_token(), "test")

    assert client.http.send(client.request(), credential).status == 200
    assert client.http.send(client.request(), credential).status == 200
    assert len(client.waits) <= 1


@pytest.mark.parametrize(
    "headers", [(("X-Name", "Müller"),), (("X-Snow", "☃"),), (("Ümlaut", "x"),)]
)
def test_a_header_that_is_not_ascii_is_refused(client_of, headers):
    client = client_of("http://127.0.0.1:9")

    with pytest.raises(UsageError, match="not ASCII"):
        client.http.send(client.request(headers=headers))


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb"])
def test_a_header_with_a_line_break_is_refused(serve, client_of, value):
    server = serve()
    client = client_of(server.origin)

    with pytest.raises(UsageError, match="cannot be sent"):
        client.http.send(client.request(headers=(("X-One", value),)))
    assert server.heads == []


# Answers


@pytest.mark.parametrize("status", [200, 401, 403, 404, 204])
def test_an_empty_answer_is_an_answer(serve, client_of, status):
    server = serve(b"HTTP/1.1 %d Some Words\r\nContent-Length: 0\r\n\r\n" % status)
    client = client_of(server.origin)

    answer = client.http.send(client.request(), CREDENTIAL)

    assert (answer.status, answer.reason, answer.raw) == (status, "Some Words", b"")


def test_repeated_headers_stay_separate(serve, client_of):
    server = serve(b"HTTP/1.1 200 OK\r\nX-One: a\r\nX-One: b\r\nContent-Length: 0\r\n\r\n")
    client = client_of(server.origin)

    answer = client.http.send(client.request())

    assert answer.header_list[:2] == (("X-One", "a"), ("X-One", "b"))


@pytest.mark.parametrize("fault", ["Chunked", "NoLength"])
def test_a_body_without_a_length_is_read_completely(either, client_of, fault):
    either.order("GET", "people/@self", getattr(either.faults, fault)())
    client = client_of(either.origin)

    answer = client.http.send(client.request(), Credential.of(either.issue_token(), "test"))

    assert answer.raw == either.last_body


def test_a_gzip_body_is_decompressed(serve, client_of):
    body = gzip.compress(b'{"response":1}')
    server = serve(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
        % (len(body), body)
    )
    client = client_of(server.origin)

    assert client.http.send(client.request()).raw == b'{"response":1}'


def test_a_body_can_be_read_in_chunks(serve, client_of):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    client = client_of(server.origin)

    reply = client.http.open(client.request())

    assert reply.head.raw == b""
    assert b"".join(reply.chunks(4)) == b"0123456789"


def test_a_body_can_be_read_again_after_it_was_read(serve, client_of):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
    client = client_of(server.origin)
    reply = client.http.open(client.request())

    assert reply.read().raw == reply.read().raw == b"".join(reply.chunks()) == b"abc"


def test_of_a_large_error_answer_the_start_is_read_and_the_rest_is_left(
    serve, client_of, monkeypatch
):
    monkeypatch.setattr(streaming, "MAX_START", 300_000)
    body = bytes(range(256)) * 4096
    start = b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n" % len(body)
    client = client_of(serve(start + body).origin)

    answer = client.http.send(client.request())

    assert 300_000 <= len(answer.raw) < len(body)
    assert answer.raw + b"".join(answer.rest or ()) == body


def test_a_small_error_answer_is_read_completely(serve, client_of):
    server = serve(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nabc")
    client = client_of(server.origin)

    answer = client.http.send(client.request())

    assert (answer.raw, answer.rest) == (b"abc", None)


# Retries


def test_a_503_is_retried_with_growing_waits(either, client_of):
    either.order("GET", "*", either.faults.Empty(503), times=2)
    client = client_of(either.origin)

    answer = client.http.send(client.request(), Credential.of(either.issue_token(), "test"))

    assert answer.status == 200
    assert client.waits == [0.5, 1.0]
    assert len(either.requests) == 3


def test_after_the_last_retry_the_answer_is_returned(either, client_of):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    client = client_of(either.origin, limits=RequestLimits(retries=3))

    assert client.http.send(client.request()).status == 503
    assert len(either.requests) == 4


def test_with_zero_retries_nothing_is_repeated(either, client_of):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    client = client_of(either.origin, limits=RequestLimits(retries=0))

    assert client.http.send(client.request()).status == 503
    assert (len(either.requests), client.waits) == (1, [])


def test_the_wait_before_a_retry_has_a_maximum(either, client_of):
    either.order("GET", "*", either.faults.Empty(503), times=None)
    client = client_of(either.origin, limits=RequestLimits(retries=12))

    assert client.http.send(client.request()).status == 503
    assert max(client.waits) == 30.0


def test_a_post_is_retried_after_the_wait_that_the_portal_asks_for(either, client_of):
    either.order("POST", "*", either.faults.RateLimited(retry_after="7"))
    client = client_of(either.origin)

    client.http.send(client.request("POST", "portal/x", body=b"{}"))

    assert client.waits == [7.0]
    assert [request.body for request in either.requests] == [b"{}", b"{}"]


def test_a_wait_of_more_than_a_minute_is_an_error_instead(either, client_of):
    either.order("GET", "*", either.faults.RateLimited(retry_after="3600"))
    client = client_of(either.origin)

    with pytest.raises(RateLimited, match="3600 s"):
        client.http.send(client.request())
    assert (len(either.requests), client.waits) == (1, [])


def test_the_page_of_a_starting_portal_is_retried(either, client_of):
    either.order("GET", "*", either.faults.WarmingUp(), times=1)
    client = client_of(either.origin)

    answer = client.http.send(client.request(), Credential.of(either.issue_token(), "test"))

    assert answer.content_type == "application/json"
    assert len(client.waits) == 1


def test_a_body_from_disk_is_rewound_for_a_retry(either, client_of):
    class Body:
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

    either.order("POST", "*", either.faults.RateLimited(retry_after="1", status=503))
    client = client_of(either.origin)

    client.http.send(client.request("POST", "portal/x", body=Body()))

    assert [request.body for request in either.requests] == [b"abc", b"abc"]


@pytest.mark.parametrize(
    ("method", "asked"), [("GET", 3), ("HEAD", 3), ("POST", 1), ("PUT", 1), ("DELETE", 1)]
)
def test_after_a_lost_connection_only_get_and_head_are_retried(either, client_of, method, asked):
    either.order(method, "*", either.faults.DropBeforeAnswer(), times=None)
    client = client_of(either.origin)

    with pytest.raises(ConnectionFailed, match="closed without an answer"):
        client.http.send(client.request(method, body=b"{}" if method == "POST" else None))
    assert len(either.requests) == asked


# Timeouts


def test_a_read_timeout_is_not_retried(either, client_of):
    either.order("GET", "*", either.faults.Hang())
    client = client_of(either.origin, limits=RequestLimits(timeout=0.2))

    with pytest.raises(TimeoutExceeded, match=r"no data received for 0\.2 s") as raised:
        client.http.send(client.request())
    assert raised.value.exit == Exit.TIMEOUT
    assert len(either.requests) == 1


def trickle(start):
    """Return a script that sends `start`, then one byte every 20 ms until the connection closes."""

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
def test_the_maximum_time_ends_an_answer_that_arrives_slowly(serve, client_of, start):
    server = serve(trickle(start))
    client = client_of(server.origin, limits=RequestLimits(timeout=30, max_time=SECOND))
    began = time.monotonic()

    with pytest.raises(TimeoutExceeded, match="not done within 1 s") as raised:
        client.http.send(client.request())

    assert raised.value.remedy is Remedy.MAX_TIME
    assert SECOND <= time.monotonic() - began + 0.01 < 15


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_request_starts_after_the_maximum_time(either, client_of, method):
    now = [0.0]
    client = client_of(either.origin, limits=RequestLimits(max_time=3), clock=lambda: now[0])
    now[0] = 3.0

    with pytest.raises(TimeoutExceeded) as raised:
        client.http.send(client.request(method))

    assert raised.value.was_sent is False
    assert (either.connections, either.requests) == (0, [])


def test_a_connection_that_is_established_after_the_maximum_time_is_not_used(
    either, client_of, monkeypatch
):
    look_up, made = socket.getaddrinfo, threading.Event()

    def slow(*args, **more):
        time.sleep(SECOND)
        made.set()
        return look_up(*args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    client = client_of(either.origin, limits=RequestLimits(max_time=SECOND / 2))
    with pytest.raises(TimeoutExceeded):
        client.http.send(client.request("POST"))

    assert made.wait(10)
    time.sleep(SECOND / 2)
    assert (either.connections, either.requests) == (1, [])


def test_a_wait_that_would_exceed_the_maximum_time_is_not_started(either, client_of):
    either.order("GET", "*", either.faults.RateLimited(retry_after="50"))
    client = client_of(either.origin, limits=RequestLimits(max_time=40))

    with pytest.raises(TimeoutExceeded):
        client.http.send(client.request())
    assert client.waits == []


def test_a_call_within_the_maximum_time_succeeds(either, client_of):
    client = client_of(either.origin, limits=RequestLimits(max_time=30))

    answer = client.http.send(client.request(), Credential.of(either.issue_token(), "test"))

    assert answer.raw == either.last_body


# Redirects


def test_a_redirect_within_the_portal_is_followed_with_the_credential(either, client_of):
    either.order("GET", "portal/x", either.faults.Redirect(302, "/api/2.0/people/@self"))
    client = client_of(either.origin)

    answer = client.http.send(
        client.request(path="portal/x"), Credential.of(either.issue_token(), "test")
    )

    assert answer.status == 200
    assert answer.url == f"{either.origin}/api/2.0/people/@self"


def test_a_file_at_another_origin_is_requested_without_headers_of_the_user(
    either, serve, client_of
):
    store = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile")
    either.order("GET", "*", either.faults.Redirect(302, f"{store.origin}/b/f?sig=1"))
    client = client_of(either.origin)
    request = client.request(
        path=f"{either.origin}/filehandler.ashx", headers=(("X-Secret", "mine"),)
    )

    assert client.http.send(request, CREDENTIAL).raw == b"file"
    (asked,) = store.heads
    assert asked.startswith("GET /b/f?sig=1 ")
    assert "mine" not in asked
    assert TOKEN not in asked
    assert header(asked, "Cookie") is None


def test_a_redirect_back_from_another_origin_gets_no_credential(either, serve, client_of):
    back = f"Location: {either.origin}/api/2.0/people/@self".encode()
    store = serve(b"HTTP/1.1 302 Found\r\n%b\r\nContent-Length: 0\r\n\r\n" % back)
    either.order("GET", "filehandler.ashx", either.faults.Redirect(302, f"{store.origin}/b"))
    client = client_of(either.origin)

    answer = client.http.send(
        client.request(path=f"{either.origin}/filehandler.ashx"),
        Credential.of(either.issue_token(), "test"),
    )

    assert answer.status == 401
    names = [{name.lower() for name, _ in request.headers} for request in either.requests]
    assert ["authorization" in headers for headers in names] == [True, False]


def test_the_error_about_a_redirect_contains_the_answer(either, client_of):
    either.order("GET", "*", either.faults.Redirect(302, "https://other.example/x"))
    client = client_of(either.origin)

    with pytest.raises(RedirectNotFollowed, match=r"https://other\.example") as raised:
        client.http.send(client.request(), CREDENTIAL)

    assert raised.value.answer.raw == either.last_body
    assert len(either.requests) == 1


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_sequence_of_redirects_sends_the_credential_to_another_origin(
    portal, serve, client_of, data
):
    other = serve()
    client = client_of(portal.origin)
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
    request = client.request(method, path, headers=(("X-Mine", "of-the-user"),))

    with suppress(OocliError):
        client.http.send(request, CREDENTIAL)

    assert portal.requests
    for asked in other.heads:
        assert TOKEN not in asked
        assert "of-the-user" not in asked
        assert header(asked, "Authorization") is None


# Proxies


def proxied(scheme, proxy, **more):
    """Return connection options with a proxy."""
    return ConnectionOptions(proxies=((scheme, proxy),), **more)


@pytest.mark.parametrize("scheme", ["http", "all"])
def test_a_request_for_a_portal_is_sent_to_the_proxy(serve, client_of, scheme):
    proxy = serve()
    client = client_of("http://portal.example", connection=proxied(scheme, proxy.origin))

    client.http.send(client.request(), CREDENTIAL)

    assert proxy.heads[0].startswith("GET http://portal.example/api/2.0/people/@self HTTP/1.1")


def test_https_uses_a_tunnel_in_which_the_proxy_sees_no_credential(serve, client_of):
    proxy = serve(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    client = client_of("https://portal.example", connection=proxied("https", proxy.origin))

    with pytest.raises(ConnectionFailed, match="the proxy failed"):
        client.http.send(client.request(), CREDENTIAL, retries=0)

    assert proxy.heads[0].startswith("CONNECT portal.example:443 HTTP/1.")
    assert TOKEN not in proxy.heads[0]


def test_user_and_password_of_a_proxy_are_sent_to_the_proxy(serve, client_of):
    proxy = serve()
    address = proxy.origin.replace("//", "//ann:s%40cret@")
    client = client_of("http://portal.example", connection=proxied("http", address))

    client.http.send(client.request())

    sent = header(proxy.heads[0], "Proxy-Authorization")
    assert base64.b64decode(sent.removeprefix("Basic ")) == b"ann:s@cret"


@pytest.mark.parametrize("no_proxy", ["127.0.0.1", "*", "other.example, 127.0.0.1", "127.0.0.0/8"])
def test_a_host_in_no_proxy_is_reached_directly(serve, client_of, no_proxy):
    server, proxy = serve(), serve()
    client = client_of(server.origin, connection=proxied("http", proxy.origin, no_proxy=no_proxy))

    client.http.send(client.request())

    assert (len(server.heads), len(proxy.heads)) == (1, 0)


def test_requests_does_not_take_proxies_from_the_environment(serve, client_of, monkeypatch):
    server, proxy = serve(), serve()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.origin)
    client = client_of(server.origin)

    client.http.send(client.request())

    assert (len(server.heads), len(proxy.heads)) == (1, 0)


def test_no_proxy_in_the_environment_does_not_disable_a_given_proxy(serve, client_of, monkeypatch):
    proxy = serve()
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")
    client = client_of("http://portal.example", connection=proxied("all", proxy.origin))

    client.http.send(client.request())

    assert len(proxy.heads) == 1


@pytest.mark.parametrize(
    ("upper", "lower"), [("HTTP_PROXY", "NO_PROXY"), ("http_proxy", "no_proxy")]
)
def test_oocli_uses_proxy_variables_in_upper_and_lower_case(either, serve, oocli, upper, lower):
    proxy = serve(b"HTTP/1.1 418 From the proxy\r\nContent-Length: 0\r\n\r\n")

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


def test_a_body_with_broken_compression_is_an_invalid_answer(either, client_of):
    either.order("GET", "*", either.faults.BadGzip(), times=None)
    client = client_of(either.origin)

    with pytest.raises(InvalidResponse, match="cannot be decompressed"):
        client.http.send(client.request(), Credential.of(either.issue_token(), "test"))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "compress"])
def test_a_body_with_an_unrequested_content_encoding_is_not_read(serve, client_of, coding):
    body = gzip.compress(b'{"response":1}')
    start = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"
    server = serve(start.encode() + body)
    client = client_of(server.origin)

    assert client.http.send(client.request()).raw == b""
    with pytest.raises(InvalidResponse, match="content encoding"):
        list(client.http.open(client.request()).chunks())
    assert client.waits == []
