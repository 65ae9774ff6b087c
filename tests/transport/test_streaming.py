"""Bodies that break off, bodies that end with the connection, and compressed bodies."""

import gzip
import zlib

import pytest
import requests

from oocli.model.errors import ConnectionFailed, InvalidResponse, TimeoutExceeded
from oocli.model.response import Response
from oocli.transport.streaming import StreamingResponse

OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
COMPRESSED = OPEN + b"Content-Encoding: gzip\r\n\r\n"
BODY = b'{"response":' + b"1234567890" * 50 + b"}"


@pytest.mark.parametrize(
    "sent",
    [
        COMPRESSED + gzip.compress(BODY),
        COMPRESSED + gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]),
        COMPRESSED + gzip.compress(BODY) + b"\0" * 512,
        COMPRESSED.replace(b"gzip", b"deflate") + zlib.compress(BODY),
        OPEN + b"\r\n" + BODY,
    ],
    ids=["gzip", "two members", "padding after it", "deflate", "not compressed"],
)
def test_a_complete_body_is_read_whatever_its_compression(serve, client_of, sent):
    client = client_of(serve(sent).origin)

    assert client.http.send(client.request()).raw == BODY


@pytest.mark.parametrize("size", [12, 30, -1])
@pytest.mark.parametrize("packing", [b"gzip", b"deflate"])
def test_an_incomplete_compressed_body_is_an_error(serve, client_of, packing, size):
    compressed = gzip.compress(BODY) if packing == b"gzip" else zlib.compress(BODY)
    server = serve(COMPRESSED.replace(b"gzip", packing) + compressed[:size])
    client = client_of(server.origin)

    with pytest.raises(ConnectionFailed, match="the answer is incomplete"):
        client.http.send(client.request(), retries=0)


@pytest.mark.parametrize(
    "sent", [OPEN + b"Content-Le", b"HTTP/1.1 200 OK\r\nContent-Ty"], ids=["second", "first"]
)
def test_headers_that_break_off_in_a_name_are_an_error(serve, client_of, sent):
    client = client_of(serve(sent).origin)

    with pytest.raises(ConnectionFailed, match="the answer is incomplete"):
        client.http.send(client.request(), retries=0)


def test_an_empty_body_that_ends_with_the_connection_is_accepted(serve, client_of):
    client = client_of(serve(b"HTTP/1.1 503 Busy\r\nServer: x\r\n\r\n").origin)

    assert client.http.send(client.request(), retries=0).raw == b""


def test_a_body_that_decompresses_to_more_than_the_limit_is_an_error(serve, client_of):
    blanks = gzip.compress(b" " * (80 << 20))
    client = client_of(serve(COMPRESSED + blanks).origin)

    with pytest.raises(InvalidResponse, match="more than 200 times its size"):
        client.http.send(client.request())


class JustTooLate:
    """A time limit that expires at the very end of a step."""

    is_out_of_time = False

    def run_until_deadline(self, work):
        work()
        self.is_out_of_time = True
        raise TimeoutExceeded("not done within 1 s")


def test_a_body_whose_last_byte_arrives_at_the_time_limit_is_a_timeout(serve):
    server = serve(OPEN + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
    with requests.get(server.origin, stream=True, timeout=10) as answer:
        head = Response(200, "OK", (), b"", server.origin, 0.0)
        streaming = StreamingResponse(head, answer, JustTooLate())

        with pytest.raises(TimeoutExceeded):
            streaming.read()
