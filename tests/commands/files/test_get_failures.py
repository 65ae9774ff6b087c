"""Downloads that fail: what is left, what is told, and how they end."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.commands.files.downloads import (
    HANDLER,
    MIB,
    content,
    contents_asked,
    parts,
    records,
    signed_in,
)
from tests.conftest import PROGRAM
from tests.portal import faults


def test_a_connection_that_breaks_off_is_continued_in_the_same_run(get, either, tmp_path):
    file = either.add_file("large.bin", None, 8 * MIB)
    either.order("GET", HANDLER, faults.DropInBody(3 * MIB), times=2)

    assert get("my/large.bin").exit == 0

    asked = contents_asked(either)
    assert asked[0] is None
    assert len(asked) == 3
    starts = [int(range[6:-1]) for range in asked[1:]]
    assert starts == sorted(set(starts))
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


def test_connections_that_break_off_without_end_are_an_error(get, either):
    either.add_file("large.bin", None, 8 * MIB)
    either.order("GET", HANDLER, faults.DropInBody(1000), times=None)

    ran = get("my/large.bin", "--retry", "1")

    assert ran.exit == 10
    assert f"oocli: my/large.bin on {either.host}: the answer is incomplete" in ran.stderr
    assert len(contents_asked(either)) == 2


@pytest.mark.parametrize("size", [99, 101, 0, 10**15])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_size_that_is_a_lie_is_an_error_and_no_file(get, either, tmp_path, size, chunked):
    file = either.add_file("a.bin", None, b"x" * 100)
    either.lie_about_size(file, size)
    if chunked:
        either.order("GET", HANDLER, faults.Chunked())

    ran = get("my/a.bin")

    assert ran.exit == 5
    assert f"the portal lists {size:,} bytes, but sends " in ran.stderr
    assert not (tmp_path / "a.bin").exists()
    assert parts(tmp_path) == []


def test_one_file_that_fails_does_not_stop_the_others(get, either, tmp_path):
    top = either.add_folder("Top")
    either.add_files(top, 20)
    gone = either.add_file("gone.txt", top, b"x")
    either.lie_about_size(gone, 5)

    ran = get("-r", "my/Top", "--format", "ndjson")

    assert ran.exit == 12
    found = records(ran)
    assert len(found) == 21
    assert found["my/Top/gone.txt"]["result"] == "failed"
    assert found["my/Top/gone.txt"]["error"]["code"] == "not_api"
    assert len(list((tmp_path / "Top").iterdir())) == 20
    lines = ran.stderr.splitlines()
    assert lines[0].startswith(f"failed: my/Top/gone.txt on {either.host}: the portal lists 5")
    assert lines[1] == "downloaded 20 files (20,480 bytes), 1 failed"
    assert lines[2].startswith(f"oocli: download on {either.host}: 1 of 21 files failed: my/Top/")


def test_the_only_file_ends_with_its_own_exit_code(get, either):
    file = either.add_file("a.txt", None, b"x")
    either.order("GET", HANDLER, faults.Response(404))

    ran = get("my/a.txt", "--format", "ndjson")

    assert ran.exit == 7
    assert records(ran)["my/a.txt"]["id"] == file
    assert ran.stderr.startswith(f"oocli: my/a.txt on {either.host}: ")


def test_a_credential_that_is_refused_in_the_middle_ends_all(get, either):
    top = either.add_folder("Top")
    either.add_files(top, 200)
    either.order("GET", HANDLER, faults.Response(401), times=None)

    ran = get("-r", "my/Top")

    assert ran.exit == 4
    assert len(contents_asked(either)) <= 12


@pytest.mark.parametrize(
    "fault",
    [faults.RateLimited("1"), faults.Empty(503), faults.WarmingUp(), faults.DropBeforeAnswer()],
)
def test_passing_failures_are_retried(get, either, tmp_path, fault):
    top = either.add_folder("Top")
    either.add_files(top, 10)
    either.order("GET", HANDLER, fault, times=2)

    assert get("-r", "my/Top").exit == 0
    assert len(list((tmp_path / "Top").iterdir())) == 10


def test_a_page_for_browsers_that_speaks_of_warming_up_is_a_file_like_others(get, either, tmp_path):
    either.add_file("a.html", None, b"<html>the portal is starting, warming up</html>")

    assert get("my/a.html").exit == 0
    assert len(contents_asked(either)) == 1


def test_a_json_file_that_looks_like_an_error_is_a_file_like_others(get, either, tmp_path):
    text = b'{"error": {"message": "no"}, "status": 1}'
    either.add_file("a.json", None, text)
    either.answers("GET", HANDLER, body=text, headers=(("Content-Type", "application/json"),))

    assert get("my/a.json").exit == 0
    assert (tmp_path / "a.json").read_bytes() == text


def test_texts_are_asked_for_as_they_are_stored(get, either, tmp_path):
    either.add_file("a.txt", None, b"text " * 1000)

    assert get("my/a.txt").exit == 0
    (seen,) = [seen for seen in either.requests if "filehandler" in seen.target]
    assert seen.header("Accept-Encoding") == "identity"
    assert (tmp_path / "a.txt").read_bytes() == b"text " * 1000


@pytest.mark.posix
def test_a_full_disk_leaves_no_part(get, either, tmp_path, oocli):
    either.add_file("large.bin", None, 8 * MIB)

    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 2048; trap "" XFSZ; exec "$@"', "bash",
         *PROGRAM, "files", "get", "my/large.bin"],
        env=signed_in(either, tmp_path), cwd=tmp_path, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert b"large.bin cannot be written: File too large" in done.stderr
    assert parts(tmp_path) == []


def test_the_time_of_the_whole_run_is_kept(get, either):
    top = either.add_folder("Top")
    either.add_files(top, 300, 10)
    either.order("GET", HANDLER, faults.Delay(0.4), times=None)

    began = time.monotonic()
    ran = get("-r", "my/Top", "--max-time", "1.5")

    assert ran.exit == 11
    assert time.monotonic() - began < 6
    assert ran.stderr.splitlines()[0].startswith("downloaded ")
    assert "not done within 1.5 s" in ran.stderr


def test_failures_are_one_json_object_where_errors_are_json(get, either):
    top = either.add_folder("Top")
    either.add_files(top, 3)
    either.lie_about_size(either.add_file("lie", top, b"x"), 9)

    ran = get("-r", "my/Top", "--error-format", "json")

    assert ran.exit == 12
    assert len(ran.stderr.splitlines()) == 1
    assert ran.error["code"] == "some_failed"
    assert ran.error["message"].startswith("1 of 4 files failed: my/Top/lie on ")


@pytest.mark.posix
@pytest.mark.parametrize("args", ["-r my/Top --format ndjson", "my/large.bin -o -"])
def test_a_reader_that_leaves_ends_the_run_quietly(either, tmp_path, args):
    top = either.add_folder("Top")
    either.add_files(top, 3000, 10)
    either.add_file("large.bin", None, 8 * MIB)
    line = f"{' '.join(PROGRAM)} files get {args} | head -c 1 > one; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run(
        ["bash", "-c", line],
        env=signed_in(either, tmp_path), cwd=tmp_path, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == (b"141\n", b"")
