"""Bodies that end before their end, framed by the end of the connection alone."""

import gzip
import zlib

import pytest
import requests

from oocli.model.errors import ConnectionFailed, InvalidResponse, TimeoutExceeded
from oocli.model.response import Response
from oocli.transport.streaming import StreamingResponse

OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PACKED = OPEN + b"Content-Encoding: gzip\r\n\r\n"
BODY = b'{"response":' + b"1234567890" * 50 + b"}"


@pytest.mark.parametrize(
    "said",
    [
        PACKED + gzip.compress(BODY),
        PACKED + gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]),
        PACKED + gzip.compress(BODY) + b"\0" * 512,
        PACKED.replace(b"gzip", b"deflate") + zlib.compress(BODY),
        OPEN + b"\r\n" + BODY,
    ],
    ids=["gzip", "two members", "padding after it", "deflate", "not compressed"],
)
def test_a_whole_body_is_whole_however_it_is_packed(raw, sender, said):
    sending = sender(raw(said).origin)

    assert sending.http.send(sending.request()).raw == BODY


@pytest.mark.parametrize("size", [12, 30, -1])
@pytest.mark.parametrize("packing", [b"gzip", b"deflate"])
def test_a_packed_body_that_is_cut_is_half_an_answer(raw, sender, packing, size):
    packed = gzip.compress(BODY) if packing == b"gzip" else zlib.compress(BODY)
    server = raw(PACKED.replace(b"gzip", packing) + packed[:size])
    sending = sender(server.origin)

    with pytest.raises(ConnectionFailed, match="the answer is incomplete"):
        sending.http.send(sending.request(), retries=0)


@pytest.mark.parametrize(
    "said", [OPEN + b"Content-Le", b"HTTP/1.1 200 OK\r\nContent-Ty"], ids=["second", "first"]
)
def test_headers_that_end_in_a_name_are_half_an_answer(raw, sender, said):
    sending = sender(raw(said).origin)

    with pytest.raises(ConnectionFailed, match="the answer is incomplete"):
        sending.http.send(sending.request(), retries=0)


def test_an_empty_answer_that_ends_with_the_connection_is_an_answer(raw, sender):
    sending = sender(raw(b"HTTP/1.1 503 Busy\r\nServer: x\r\n\r\n").origin)

    assert sending.http.send(sending.request(), retries=0).raw == b""


def test_a_body_that_unpacks_without_measure_is_given_up(raw, sender):
    blanks = gzip.compress(b" " * (80 << 20))
    sending = sender(raw(PACKED + blanks).origin)

    with pytest.raises(InvalidResponse, match="more than 200 times its size"):
        sending.http.send(sending.request())


class JustTooLate:
    """Steps that come to their end at the moment in which the time of the call is over."""

    is_out_of_time = False

    def run_until_deadline(self, work):
        work()
        self.is_out_of_time = True
        raise TimeoutExceeded("not done within 1 s")


def test_a_body_that_ends_at_the_moment_the_time_is_over_is_a_timeout(raw):
    server = raw(OPEN + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
    with requests.get(server.origin, stream=True, timeout=10) as answer:
        head = Response(200, "OK", (), b"", server.origin, 0.0)
        streaming = StreamingResponse(head, answer, JustTooLate())

        with pytest.raises(TimeoutExceeded):
            streaming.read()
