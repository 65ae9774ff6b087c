"""Bodies read from disk: every byte, any number of times, and what is told when a file changes."""

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
    path.write_bytes(content)
    return multipart([*texts, FilePart.read(f"file=@{path}")], no_stdin)


def whole(body, size=1 << 20):
    pieces = []
    while piece := body.read_chunk(size):
        pieces.append(piece)
    return b"".join(pieces)


@given(content=st.binary(max_size=300), sizes=st.lists(st.integers(1, 50), min_size=1, max_size=3))
def test_any_way_of_reading_gives_the_same_bytes_and_the_length_promised(
    tmp_path_factory, content, sizes
):
    body = body_of(tmp_path_factory.mktemp("part") / "a", content, Field.text("k=v", "-f"))

    expected = b"".join(body)
    assert len(body) == len(expected)
    assert content in expected
    for size in sizes:
        body.rewind()
        assert whole(body, size) == expected
    body.close()


def test_pieces_grow_while_they_go_quickly(tmp_path):
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
def test_a_piece_is_as_large_as_the_way_is_fast(size, took, then):
    assert next_chunk_size(size, took) == then


def test_a_rewind_in_the_middle_starts_again(tmp_path):
    body = body_of(tmp_path / "a", b"x" * 1000)
    expected = whole(body)
    body.rewind()
    body.read_chunk(300)

    body.rewind()

    assert whole(body) == expected
    body.close()


def test_a_file_that_became_shorter_is_told_and_one_that_grew_is_sent_as_promised(tmp_path):
    body = body_of(tmp_path / "a", b"x" * 1000)
    (tmp_path / "a").write_bytes(b"x" * 10)
    with pytest.raises(StorageError, match="became shorter while it was sent"):
        whole(body)
    body.close()

    body = body_of(tmp_path / "b", b"y" * 10)
    (tmp_path / "b").write_bytes(b"y" * 1000)
    assert len(whole(body)) == len(body)
    body.close()


@pytest.mark.posix
def test_a_pipe_is_kept_so_that_it_has_a_length_and_can_be_sent_again(tmp_path):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_bytes, args=(b"from a pipe",), daemon=True)
    writer.start()

    body = multipart([FilePart.read(f"file=@{fifo}")], no_stdin)
    writer.join(10)

    first = whole(body)
    body.rewind()
    assert b"from a pipe" in first
    assert (whole(body), len(body)) == (first, len(first))
    body.close()


def test_stdin_is_a_part_with_a_name():
    part = FilePart.read("file=@-;filename=a.bin")

    body = multipart([part], lambda: io.BytesIO(b"data"))

    assert b'filename="a.bin"' in whole(body)
    body.close()


def test_a_whole_file_is_a_body_and_an_empty_one_has_no_bytes(tmp_path):
    (tmp_path / "full").write_bytes(b"data")
    (tmp_path / "empty").touch()

    body = whole_file(str(tmp_path / "full"), "text/plain", no_stdin)

    assert (whole(body), len(body), body.content_type) == (b"data", 4, "text/plain")
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
def test_how_a_part_is_typed(typed, path, kind, filename):
    assert FilePart.read(typed) == FilePart("f", path, kind, filename)


@pytest.mark.parametrize(
    "typed", ["f", "f=", "=@a", "f=a", "f=@", "f=@-", "f=@/", "f=@a;type=", "f=@a;type=a/b\r\nX: 1"]
)
def test_a_part_that_cannot_be_meant_is_refused(typed):
    with pytest.raises(UsageError):
        FilePart.read(typed)


def test_names_cannot_end_the_line_they_stand_in(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    part = FilePart.read(f'f"\r\nX: 1=@{tmp_path / "a"};filename=b"\r\nY: 2')

    body = multipart([Field('k"\nZ: 3', "v", ""), part], no_stdin)

    text = whole(body)
    assert b'name="k%22%0AZ: 3"' in text
    assert b'name="f%22%0D%0AX: 1"; filename="b%22%0D%0AY: 2"' in text
    body.close()
