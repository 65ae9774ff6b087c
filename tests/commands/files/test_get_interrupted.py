"""Interrupted downloads: the next run continues where the last one ended."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.commands.files.transfers import (
    HANDLER,
    MIB,
    content,
    parts,
    requested_ranges,
)
from tests.portal import faults
from tests.waiting import until


def interrupt_download(get, either, after=3 * MIB, size=8 * MIB):
    """Break a download off after some bytes; return the id of the file."""
    file = either.add_file("large.bin", None, size)
    either.order("GET", HANDLER, faults.DropInBody(after))
    ran = get("my/large.bin", "--retry", "0")
    assert ran.exit == 10, ran.stderr
    either.forget()
    return file


def test_the_next_run_continues_an_interrupted_download(get, either, tmp_path):
    file = interrupt_download(get, either)
    (part,) = parts(tmp_path)
    size = part.stat().st_size
    assert 2 * MIB < size <= 3 * MIB
    assert not (tmp_path / "large.bin").exists()

    assert get("my/large.bin").exit == 0

    assert requested_ranges(either) == [f"bytes={size}-"]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)
    assert parts(tmp_path) == []


def test_a_download_from_external_storage_is_continued_without_a_credential(get, either, tmp_path):
    either.store_elsewhere()
    file = either.add_file("large.txt", None, 8 * MIB)
    either.order("GET", f"bucket/{file}", faults.DropInBody(3 * MIB))
    assert get("my/large.txt", "--retry", "0").exit == 10

    assert get("my/large.txt").exit == 0

    assert (tmp_path / "large.txt").read_bytes() == content(either, file)
    first, second = either.store_requests
    assert second.header("Range").startswith("bytes=")
    for seen in (first, second):
        assert seen.header("Accept-Encoding") == "identity"
        assert seen.header("Authorization") is None


def test_a_part_of_an_older_version_is_discarded(get, either, tmp_path):
    file = interrupt_download(get, either)
    either._state.storage.files[file].change(b"new" * MIB, time.time())

    assert get("my/large.bin").exit == 0

    assert requested_ranges(either) == [None]
    assert (tmp_path / "large.bin").read_bytes() == b"new" * MIB
    assert parts(tmp_path) == []


@pytest.mark.parametrize("status", [400, 416])
def test_a_refused_range_leads_to_a_download_of_the_whole_file(get, either, tmp_path, status):
    file = interrupt_download(get, either)
    either.order("GET", HANDLER, faults.Response(status))

    assert get("my/large.bin").exit == 0

    assert [bool(asked) for asked in requested_ranges(either)] == [True, False]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


def test_a_portal_that_ignores_ranges_sends_the_whole_file(get, either, tmp_path):
    file = interrupt_download(get, either)
    either.answers("GET", HANDLER, body=content(either, file))

    assert get("my/large.bin").exit == 0
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


def test_a_wrong_range_in_the_answer_is_refused(get, either, tmp_path):
    interrupt_download(get, either)
    headers = (("Content-Range", f"bytes 0-{8 * MIB - 1}/{8 * MIB}"),)
    either.answers("GET", HANDLER, status=206, body=b"x" * 100, headers=headers)

    ran = get("my/large.bin")

    assert ran.exit == 5
    assert "the portal sent the wrong part of the file" in ran.stderr
    assert not (tmp_path / "large.bin").exists()
    assert parts(tmp_path) == []


@pytest.mark.posix
@pytest.mark.parametrize("planted", ["link", "hard link", "writable", "pipe"])
def test_a_part_that_others_may_have_written_is_not_continued(get, either, tmp_path, planted):
    file = interrupt_download(get, either)
    (part,) = parts(tmp_path)
    size = part.stat().st_size
    evil = tmp_path / "evil"
    evil.write_bytes(b"evil" * (size // 4))
    part.unlink()
    if planted == "link":
        part.symlink_to(evil)
    elif planted == "hard link":
        os.link(evil, part)
    elif planted == "pipe":
        os.mkfifo(part)
    else:
        part.write_bytes(evil.read_bytes())
        part.chmod(0o666)

    assert get("my/large.bin").exit == 0

    assert requested_ranges(either) == [None]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)
    assert evil.read_bytes() == b"evil" * (size // 4)


@pytest.mark.posix
def test_two_runs_do_not_write_the_same_part(get, either, tmp_path):
    import fcntl

    interrupt_download(get, either)
    (part,) = parts(tmp_path)
    with part.open("rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = get("my/large.bin")

    assert ran.exit == 1
    assert "another run of oocli is downloading this file" in ran.stderr
    assert parts(tmp_path) == [part]


def test_a_part_is_removed_if_the_file_is_already_complete(get, either, tmp_path):
    file = interrupt_download(get, either)
    (tmp_path / "large.bin").write_bytes(content(either, file))
    (other := tmp_path / ".oocli-0123456789abcdef-0123456789abcdef.part").write_bytes(b"x")

    assert get("my/large.bin").exit == 0
    assert parts(tmp_path) == [other]


def test_a_complete_part_needs_no_request(get, either, tmp_path):
    file = interrupt_download(get, either)
    (part,) = parts(tmp_path)
    part.write_bytes(content(either, file))

    assert get("my/large.bin").exit == 0
    assert requested_ranges(either) == []
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


# Kills and interrupts


def kill_repeatedly(portal, start, tmp_path, *, files, kills, large=0):
    """Kill the download of a tree several times, then let it finish.

    Return how many requests for contents there were in all.
    """
    top = portal.add_folder("Top")
    for number in range(10):
        portal.add_files(portal.add_folder(f"{number}", top), files // 10, 4096)
    for number in range(large):
        portal.add_file(f"large-{number}", top, 50 * MIB)
    token = portal.issue_token()
    for turn in range(kills):
        child = start("files", "get", "-r", "my/Top", signed_in_to=portal, token=token)
        wanted = len(requested_ranges(portal)) + max(1, files // (kills + 1)) - 3
        while len(requested_ranges(portal)) < wanted and child.poll() is None:
            time.sleep(0.01)
        time.sleep(turn % 5 / 100)
        child.kill()
        child.wait()
    last = start("files", "get", "-r", "my/Top", signed_in_to=portal, token=token)
    _, stderr = last.communicate(timeout=300)
    assert last.returncode == 0, stderr
    storage = portal._state.storage
    for folder in (
        top,
        *(folder.id for folder in storage.folders.values() if folder.parent == top),
    ):
        where = tmp_path / "Top" / ("" if folder == top else storage.folders[folder].title)
        for file in storage.files_in(folder):
            assert (where / file.title).read_bytes() == bytes(file.content)
    assert parts(tmp_path) == []
    return len(requested_ranges(portal))


@pytest.mark.posix
def test_a_download_that_is_killed_repeatedly_transfers_nothing_twice(either, start, tmp_path):
    asked = kill_repeatedly(either, start, tmp_path, files=100, kills=4)

    assert asked <= 100 + 4 * 4  # at most one file for each worker and kill


@pytest.mark.slow
@pytest.mark.posix
def test_a_large_download_that_is_killed_twenty_times_transfers_nothing_twice(
    either, start, tmp_path
):
    asked = kill_repeatedly(either, start, tmp_path, files=2000, kills=20, large=4)

    assert asked <= 2004 + 20 * 4


@pytest.mark.posix
def test_an_interrupt_ends_a_download_at_once(either, start, tmp_path):
    either.add_file("large.bin", None, 8 * MIB)
    either.order("GET", HANDLER, faults.Trickle(0.01))
    child = start("files", "get", "my/large.bin", signed_in_to=either)
    until(
        lambda: (parts(tmp_path) and parts(tmp_path)[0].stat().st_size) or requested_ranges(either)
    )

    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    stdout, stderr = child.communicate(timeout=30)

    assert time.monotonic() - began < 3
    assert (child.returncode, stdout, stderr) == (130, b"", b"")
    assert not (tmp_path / "large.bin").exists()


def test_a_download_survives_a_restart_of_the_portal(either, start, tmp_path):
    top = either.add_folder("Top")
    either.add_files(top, 60, 1024)
    either.order("GET", HANDLER, faults.Delay(0.05), times=None)
    child = start("files", "get", "-r", "my/Top", "--retry", "4", signed_in_to=either)
    until(lambda: len(requested_ranges(either)) > 20)

    either.restart()

    _, stderr = child.communicate(timeout=60)
    assert child.returncode == 0, stderr
    assert len(list((tmp_path / "Top").iterdir())) == 60
