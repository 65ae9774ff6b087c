"""The faults that tests can order, as bytes on a socket."""

import gzip
import http.client
import json
import socket
import time

import pytest

from tests.portal import faults

PATH = "/api/2.0/settings/version/build"


def raw(portal, *, method="GET", path=PATH, extra=""):
    """Return every byte until the portal closes, and whether it ended with a reset."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as connection:
        connection.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{extra}\r\n".encode()
        )
        found = b""
        try:
            while piece := connection.recv(65536):
                found += piece
        except ConnectionError:
            return found, True
        return found, False


def normal_body(portal):
    return raw(portal)[0].partition(b"\r\n\r\n")[2]


def split(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.decode(), body


def test_a_connection_can_be_closed_before_in_or_after_the_headers(portal):
    body = normal_body(portal)
    portal.order("GET", "settings/version/build", faults.DropBeforeAnswer())
    portal.order("GET", "settings/version/build", faults.DropInHeaders())
    portal.order("GET", "settings/version/build", faults.DropInBody(7))

    assert raw(portal) == (b"", False)
    assert raw(portal) == (b"HTTP/1.1 200 OK\r\nContent-Ty", False)
    head, got = split(raw(portal)[0])
    assert f"Content-Length: {len(body)}" in head
    assert len(got) == 7
    assert len(portal.requests) == 4


def test_a_connection_can_be_reset(portal):
    portal.order("*", "*", faults.ResetConnection())

    assert raw(portal) == (b"", True)


@pytest.mark.parametrize("fault", [faults.DropBeforeAnswer, faults.ResetConnection])
def test_a_request_can_be_carried_out_although_its_answer_is_lost(portal, fault):
    def make(acted):
        portal.order("POST", "authentication", fault(acted=acted))
        body = json.dumps({"userName": portal.user, "password": portal.password})
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            connection.request(
                "POST", "/api/2.0/authentication", body, {"Content-Type": "application/json"}
            )
            connection.getresponse()
        connection.close()

    make(acted=False)
    assert portal.live_sessions() == []
    make(acted=True)
    assert len(portal.live_sessions()) == 1


@pytest.mark.parametrize("extra", [100, -3])
def test_a_content_length_can_be_wrong(portal, extra):
    body = normal_body(portal)
    portal.order("*", "*", faults.WrongLength(extra))
    head, got = split(raw(portal)[0])

    assert f"Content-Length: {len(body) + extra}" in head
    assert len(got) == len(body)


def test_a_body_can_be_chunked_or_break_off_in_a_chunk(portal):
    body = normal_body(portal)
    portal.order("*", "*", faults.HalfChunk())
    portal.order("*", "*", faults.Chunked(7))
    head, got = split(raw(portal)[0])
    assert "Transfer-Encoding: chunked" in head
    assert "Content-Length" not in head
    assert got.startswith(b"%x\r\n" % len(body))
    assert len(got) < len(body)

    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
    connection.request("GET", PATH)
    assert json.loads(connection.getresponse().read())["status"] == 0
    connection.close()


def test_an_answer_can_have_no_length_and_a_connection_can_end_after_it(portal):
    portal.order("*", "*", faults.NoLength())
    portal.order("*", "*", faults.CloseAfter(announced=True))
    portal.order("*", "*", faults.CloseAfter())
    head, got = split(raw(portal)[0])
    assert "Content-Length" not in head
    assert json.loads(got)
    assert "Connection: close" in split(raw(portal)[0])[0]

    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
    connection.request("GET", PATH)
    answer = connection.getresponse()
    assert answer.read()
    assert answer.getheader("Connection") is None
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        connection.request("GET", PATH)
        connection.getresponse()
    connection.close()


def test_an_answer_can_be_delayed_and_a_delay_ends_when_the_portal_stops(portal):
    portal.order("*", "*", faults.Delay(0.05))
    portal.order("*", "*", faults.Delay(0.01, faults.Empty(503)))
    start = time.monotonic()
    assert split(raw(portal)[0])[0].startswith("HTTP/1.1 200")
    assert time.monotonic() - start >= 0.05
    assert split(raw(portal)[0])[0].startswith("HTTP/1.1 503")

    portal.order("*", "*", faults.Hang())
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as connection:
        connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while len(portal.requests) < 3:
            time.sleep(0.001)
        start = time.monotonic()
        portal.stop()
        assert time.monotonic() - start < 2
        assert connection.recv(10) == b""


def test_a_body_can_be_sent_slowly(portal):
    body = normal_body(portal)
    portal.order("*", "*", faults.Trickle(0.0001))

    assert split(raw(portal)[0])[1] == body


def test_an_answer_can_be_replaced(portal):
    cases = [
        (faults.Redirect(301, "https://other.example/"), "301", "Location: https://other.example/"),
        (faults.Html(502, "502 Bad Gateway"), "502", "Content-Type: text/html"),
        (faults.Xml(), "200", "Content-Type: text/xml"),
        (faults.Empty(402), "402", "Content-Length: 0"),
        (faults.RateLimited(), "429", "Content-Length: 0"),
        (faults.RateLimited("7"), "429", "Retry-After: 7"),
        (
            faults.RateLimited(reset="1780000060", status=503),
            "503",
            "X-RateLimit-Reset: 1780000060",
        ),
        (faults.WarmingUp(), "503", "Content-Type: text/html"),
        (faults.WarmingUp(200), "200", "Content-Type: text/html"),
        (faults.Response(418, b"tea", (("X-A", "b"),), "Pot"), "418 Pot", "X-A: b"),
    ]
    for fault, status, header in cases:
        portal.order("*", "*", fault)
        head, _ = split(raw(portal)[0])
        assert head.startswith("HTTP/1.1 " + status)
        assert header in head
        if "7" not in header:
            assert "Retry-After" not in head


def test_a_body_can_be_invalid(portal):
    body = normal_body(portal)
    portal.order("*", "*", faults.BadGzip())
    portal.order("*", "*", faults.GzipBomb(5_000_000))
    portal.order("*", "*", faults.InBody(b"\xff\xfe{"))
    portal.order("*", "*", faults.Bytes(b"HTTP/1.1 nonsense\r\n\r\n"))
    head, got = split(raw(portal)[0])
    assert "Content-Encoding: gzip" in head
    assert got[:10] == body[:10]
    head, got = split(raw(portal)[0])
    assert len(got) < 10_000
    assert len(gzip.decompress(got)) == 5_000_000
    assert split(raw(portal)[0])[1] == b"\xff\xfe{"
    assert raw(portal)[0] == b"HTTP/1.1 nonsense\r\n\r\n"


def test_headers_can_be_added(portal):
    portal.order("*", "*", faults.ManyHeaders(130))
    portal.order("*", "*", faults.ExtraHeaders((("X-A", "1"), ("X-A", "2"))))

    assert split(raw(portal)[0])[0].count("X-Filler-") == 130
    assert "X-A: 1\r\nX-A: 2" in split(raw(portal)[0])[0]


def test_a_fault_matches_every_spelling_of_its_path(portal):
    portal.order("GET", "/api/2.0/People/@self.json", faults.Empty(500), times=None)
    portal.order("*", "files*", faults.Empty(501), times=None)

    for path in ("people/@self", "PEOPLE/%40self.json?x=1"):
        assert split(raw(portal, path="/api/2.0/" + path)[0])[0].startswith("HTTP/1.1 500")
    assert split(raw(portal, path="/api/2.0/files/1", method="PUT")[0])[0].startswith(
        "HTTP/1.1 501"
    )
    assert split(raw(portal, path="/api/2.0/people")[0])[0].startswith("HTTP/1.1 401")


def test_a_request_that_is_not_http_is_a_400_and_chunked_bodies_are_read(portal):
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as connection:
        connection.sendall(b"hello\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as connection:
        connection.sendall(
            b"POST /api/2.0/authentication HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"
        )
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"2\r\n{}\r\n0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 ")
    assert portal.requests[-1].body == b"{}"
