"""Request bodies read from disk: all bytes, reading again, and files that change."""

import io
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.client.bodies import (
    MAX_CHUNK,
    MIN_CHUNK,
    FilePart,
    multipart,
    next_chunk_size,
    whole_file,
)
from oocli.model.errors import StorageError, UsageError
from oocli.model.fields import Field


def no_stdin():
    raise AssertionError("stdin was read")


def body_of(path, content, *texts):
    """Return the multipart body of a new file with this content, and of text fields."""
    path.write_bytes(content)
    return multipart([*texts, FilePart.read(f"file=@{path}")], no_stdin)


def read_all(body, size=1 << 20):
    """Read a body in chunks of this many bytes; return all of it."""
    pieces = []
    while piece := body.read_chunk(size):
        pieces.append(piece)
    return b"".join(pieces)


@given(content=st.binary(max_size=300), sizes=st.lists(st.integers(1, 50), min_size=1, max_size=3))
def test_every_chunk_size_gives_the_same_bytes_and_the_declared_length(
    tmp_path_factory, content, sizes
):
    body = body_of(tmp_path_factory.mktemp("part") / "a", content, Field.text("k=v", "-f"))

    expected = b"".join(body)
    assert len(body) == len(expected)
    assert content in expected
    for size in sizes:
        body.rewind()
        assert read_all(body, size) == expected
    body.close()


def test_chunks_grow_while_they_are_sent_quickly(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * (4 * MAX_CHUNK))
    body = whole_file(str(tmp_path / "a"), "text/plain", no_stdin)

    sizes = [len(piece) for piece in body]
    assert sizes[0] == MIN_CHUNK
    assert max(sizes) > MIN_CHUNK
    body.close()


@pytest.mark.parametrize(
    ("size", "took", "then"),
    [
        (MIN_CHUNK, 0.0, 2 * MIN_CHUNK),
        (MIN_CHUNK, 5.0, MIN_CHUNK),
        (MAX_CHUNK, 0.0, MAX_CHUNK),
        (MAX_CHUNK, 0.2, MAX_CHUNK // 2),
    ],
)
def test_the_chunk_size_depends_on_the_time_of_the_last_chunk(size, took, then):
    assert next_chunk_size(size, took) == then


def test_a_rewind_in_the_middle_starts_from_the_first_byte(tmp_path):
    body = body_of(tmp_path / "a", b"x" * 1000)
    expected = read_all(body)
    body.rewind()
    body.read_chunk(300)

    body.rewind()

    assert read_all(body) == expected
    body.close()


def test_a_file_that_became_shorter_is_an_error(tmp_path):
    body = body_of(tmp_path / "a", b"x" * 1000)
    (tmp_path / "a").write_bytes(b"x" * 10)

    with pytest.raises(StorageError, match="became shorter while it was sent"):
        read_all(body)
    body.close()


def test_a_file_that_grew_is_sent_with_the_declared_length(tmp_path):
    body = body_of(tmp_path / "b", b"y" * 10)
    (tmp_path / "b").write_bytes(b"y" * 1000)

    assert len(read_all(body)) == len(body)
    body.close()


@pytest.mark.posix
def test_a_pipe_is_buffered_so_that_it_has_a_length_and_can_be_sent_again(tmp_path):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_bytes, args=(b"from a pipe",), daemon=True)
    writer.start()

    body = multipart([FilePart.read(f"file=@{fifo}")], no_stdin)
    writer.join(10)

    first = read_all(body)
    body.rewind()
    assert b"from a pipe" in first
    assert (read_all(body), len(body)) == (first, len(first))
    body.close()


def test_stdin_can_be_a_part_with_a_file_name():
    part = FilePart.read("file=@-;filename=a.bin")

    body = multipart([part], lambda: io.BytesIO(b"data"))

    assert b'filename="a.bin"' in read_all(body)
    body.close()


def test_a_file_can_be_the_whole_body_and_an_empty_file_an_empty_body(tmp_path):
    (tmp_path / "full").write_bytes(b"data")
    (tmp_path / "empty").touch()

    body = whole_file(str(tmp_path / "full"), "text/plain", no_stdin)

    assert (read_all(body), len(body), body.content_type) == (b"data", 4, "text/plain")
    assert whole_file(str(tmp_path / "empty"), "text/plain", no_stdin) == b""
    body.close()


@pytest.mark.parametrize(
    ("typed", "path", "kind", "filename"),
    [
        ("f=@a/b.txt", "a/b.txt", "application/octet-stream", "b.txt"),
        ("f=@b.txt;type=text/plain", "b.txt", "text/plain", "b.txt"),
        ("f=@b;filename=c;type=text/plain;charset=utf-8", "b", "text/plain;charset=utf-8", "c"),
        ("f=@a;b.txt", "a;b.txt", "application/octet-stream", "a;b.txt"),
        ("f=@a=b;filename=c=d", "a=b", "application/octet-stream", "c=d"),
    ],
)
def test_a_typed_part_gives_name_path_type_and_file_name(typed, path, kind, filename):
    assert FilePart.read(typed) == FilePart("f", path, kind, filename)


@pytest.mark.parametrize(
    "typed", ["f", "f=", "=@a", "f=a", "f=@", "f=@-", "f=@/", "f=@a;type=", "f=@a;type=a/b\r\nX: 1"]
)
def test_a_malformed_part_is_refused(typed):
    with pytest.raises(UsageError):
        FilePart.read(typed)


def test_quotes_and_line_breaks_in_names_are_escaped(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    part = FilePart.read(f'f"\r\nX: 1=@{tmp_path / "a"};filename=b"\r\nY: 2')

    body = multipart([Field('k"\nZ: 3', "v", ""), part], no_stdin)

    text = read_all(body)
    assert b'name="k%22%0AZ: 3"' in text
    assert b'name="f%22%0D%0AX: 1"; filename="b%22%0D%0AY: 2"' in text
    body.close()
