"""Large bodies of requests, which are never completely in memory."""

import http.client
import tracemalloc

import pytest

from tests.portal import DemoPortal
from tests.portal.bodies import BLOCK, JoinedBytes, Spool

MIB = 1024 * 1024


def test_a_small_body_is_kept_as_bytes():
    assert Spool().keep([b"ab", b"c"]) == b"abc"


def test_a_large_body_can_be_read_in_parts():
    block = bytes(range(256)) * 4096
    kept = Spool().keep([block, b"x" * 10, block, b"end"])
    whole = block + b"x" * 10 + block + b"end"

    assert not isinstance(kept, bytes)
    assert (len(kept), bytes(kept)) == (len(whole), whole)
    assert kept[MIB - 3 : MIB + 13] == whole[MIB - 3 : MIB + 13]
    assert kept[len(whole) - 3 :] == b"end"


def test_bytes_are_found_across_blocks():
    body = JoinedBytes([b"x" * (BLOCK - 2) + b"--cut", b"x" * BLOCK + b"--cut"])

    assert body.find(b"--cut") == BLOCK - 2
    assert body.find(b"--cut", BLOCK) == 2 * BLOCK + 3
    assert body.find(b"none") == -1


def pieces():
    yield b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    for number in range(48):
        yield bytes([number]) * MIB
    yield b"\r\n--cut--\r\n"


@pytest.mark.parametrize("raw", [False, True])
def test_a_large_upload_takes_little_memory(clock, raw):
    with DemoPortal("workspace", clock=clock) as portal:
        file = portal.add_file("a.bin")
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
        headers = {
            "Authorization": portal.issue_token(),
            "Content-Type": "image/png" if raw else "multipart/form-data; boundary=cut",
            "Transfer-Encoding": "chunked",
        }
        tracemalloc.start()
        connection.request(
            "PUT", f"/api/2.0/files/{file}/update", pieces(), headers, encode_chunked=True
        )
        status = connection.getresponse().status
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        connection.close()

        assert status == 200
        stored = portal.stored(file)
        assert len(stored) == 48 * MIB + (76 if raw else 0)
        assert peak < 16 * MIB
        if not raw:
            assert stored[47 * MIB - 1 : 47 * MIB + 1] == bytes([46, 47])
