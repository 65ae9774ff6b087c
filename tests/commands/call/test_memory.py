"""Uploads and downloads of any size take constant memory."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.raw_server import RawServer

MIB = 1 << 20
SIZE = 256 * MIB
# Runs the program and prints its peak memory in bytes; macOS counts in bytes, others in KiB.
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def bulk_server():
    """A server that reads uploads and sends `SIZE` bytes; yield it and the lengths of uploads."""
    lengths = []

    def serve(connection):
        head, _, rest = server.heads[-1].partition(b"\r\n\r\n")
        if head.startswith(b"GET"):
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Disposition: attachment\r\n"
                b"Content-Length: %d\r\n\r\n" % SIZE
            )
            for _ in range(SIZE // MIB):
                connection.sendall(bytes(MIB))
        elif head:
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            lengths.append(length)
            buffer, left = bytearray(MIB), length - len(rest)
            while left > 0:
                left -= connection.recv_into(buffer)
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    server = RawServer(serve)
    yield server.origin, lengths
    server.close()


@pytest.fixture
def failing_server():
    """The origin of a server that answers 400 with `SIZE` bytes of JSON and an extra newline."""

    def fail(connection):
        connection.sendall(
            b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % (SIZE + 6)
        )
        connection.sendall(b'["')
        for _ in range(SIZE // MIB):
            connection.sendall(b"x" * MIB)
        connection.sendall(b'"]\n\n')

    server = RawServer(fail)
    yield server.origin
    server.close()


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.parametrize("options", [[], ["--limit", "9"], ["-o", "kept"]])
def test_printing_a_large_failing_answer_takes_constant_memory(failing_server, home, options):
    measured = [sys.executable, "-c", MEASURED, sys.executable, "-m", "oocli", "call", "GET"]
    size, end = 0, b""
    with subprocess.Popen(
        [*measured, "things", *options],
        env=home.env | {"OOCLI_PORTAL": failing_server, "OOCLI_TOKEN": "x" * 20},
        cwd=home.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdout is not None and running.stderr is not None
        while piece := running.stdout.read(MIB):
            size, end = size + len(piece), (end + piece)[-4:]
        said, peak = running.stderr.read().decode().splitlines()

    assert running.returncode == 8
    assert (size, end) == (SIZE + 5, b'x"]\n')
    assert said.startswith("oocli: GET things on 127.0.0.1:") and said.endswith("(400)")
    assert int(peak) / MIB < 100


@pytest.mark.posix
@pytest.mark.parametrize("shape", [["--jq", "."], ["--format", "csv"]])
def test_only_the_start_of_a_large_failing_answer_is_read_with_a_format(
    failing_server, home, shape
):
    code, said, peak = peak_of(home, "call", "GET", "things", *shape, origin=failing_server)

    assert (code, len(said)) == (8, 1)
    assert peak < 100


def peak_of(home, *args, origin):
    """Run the program, and return its exit code, its stderr and its peak memory in MiB."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, "-m", "oocli", *args],
        env=home.env | {"OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 20},
        cwd=home.path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300, text=True,
    )  # fmt: skip
    *said, peak = ran.stderr.splitlines()
    return ran.returncode, said, int(peak) / MIB


@pytest.mark.slow
@pytest.mark.posix
def test_sending_a_large_part_takes_constant_memory(bulk_server, home):
    origin, lengths = bulk_server
    with (home.path / "big").open("wb") as file:
        file.truncate(SIZE)

    code, said, peak = peak_of(home, "call", "POST", "up", "--part", "file=@big", origin=origin)

    assert (code, said) == (0, [])
    assert lengths[0] > SIZE
    assert peak < 80


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.parametrize("how", [["-o", "big"], []])
def test_downloading_a_large_file_takes_constant_memory(bulk_server, home, how):
    origin, _ = bulk_server

    code, said, peak = peak_of(home, "call", "GET", f"{origin}/file", *how, origin=origin)

    assert (code, said) == (0, [])
    assert not how or (home.path / "big").stat().st_size == SIZE
    assert peak < 80


@pytest.fixture
def people(portal):
    """A portal whose `people` are ten million bytes of JSON: its origin and the exact size."""
    item = {"id": "9b7a", "displayName": "Ann Lee", "groups": [{"id": 1}], "size": 1.5, "on": True}
    body = json.dumps({"count": 1, "response": [item] * 105_000, "statusCode": 200}).encode()
    portal.answers(
        "GET", "people", body=body, headers=[("Content-Type", "application/json; charset=utf-8")]
    )
    return portal.origin, len(body)


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.parametrize("inner", [[], ["-r"]])
def test_coloring_a_large_document_takes_at_most_five_times_its_size(people, home, inner):
    origin, size = people
    typed = ["call", "GET", "people", "--color", "always"]
    _, _, least = peak_of(home, *typed, "--dry-run", origin=origin)

    code, said, peak = peak_of(home, *typed, *inner, origin=origin)

    assert (code, said) == (0, [])
    assert (peak - least) * MIB < 5.5 * size  # half a size for imports and allocation


@pytest.mark.posix
def test_a_large_colored_document_is_printed_while_it_is_formatted(people, home):
    origin, _ = people
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "oocli", "call", "GET", "people", "--color", "always"],
        env=home.env | {"OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 20},
        cwd=home.path, stdout=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        os.read(running.stdout.fileno(), 1)
        first = time.monotonic() - start
        running.stdout.read()
        whole = time.monotonic() - start

    assert running.returncode == 0
    assert first < whole * 0.6
