"""Notes about unfinished transfers: private, valid for one source, and never required."""

from __future__ import annotations

import os
import time

import pytest

from oocli.files.transfer_state import Source, TransferState

SOURCE = Source(10, "2026-11-25T06:00:00Z")
NOTE = {"session": "abc", "chunks": [1, 2]}


@pytest.fixture
def state(tmp_path):
    return TransferState(tmp_path / "state", "docs.example.com", "ann")


def test_a_note_is_found_only_by_the_same_transfer(state, tmp_path):
    state.save("my/a", "/home/a", SOURCE, NOTE)

    assert state.load("my/a", "/home/a", SOURCE) == NOTE
    assert state.load("my/a", "/home/b", SOURCE) is None
    for portal, account in (("docs.example.com", "bob"), ("other.example.com", "ann")):
        other = TransferState(tmp_path / "state", portal, account)
        assert other.load("my/a", "/home/a", SOURCE) is None


@pytest.mark.parametrize("changed", [SOURCE._replace(size=11), SOURCE._replace(time="later")])
def test_the_note_about_a_source_that_has_changed_is_deleted(state, changed):
    state.save("my/a", "/home/a", SOURCE, NOTE)

    assert state.load("my/a", "/home/a", changed) is None
    assert state.load("my/a", "/home/a", SOURCE) is None


@pytest.mark.posix
def test_only_its_owner_can_read_a_note(state, tmp_path):
    before = os.umask(0)
    try:
        state.save("my/a", "/home/a", SOURCE, NOTE)
    finally:
        os.umask(before)

    (file,) = (tmp_path / "state/transfers").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_broken_note_is_ignored(state, tmp_path):
    state.save("my/a", "/home/a", SOURCE, NOTE)
    (file,) = (tmp_path / "state/transfers").iterdir()
    for content in (b"", b"[1]", b"\xff", b'{"progress": {}}', b"[" * 100_000):
        file.write_bytes(content)
        assert state.load("my/a", "/home/a", SOURCE) is None


def test_a_note_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "state").write_text("a file")
    state = TransferState(tmp_path / "state", "docs.example.com", "ann")

    state.save("my/a", "/home/a", SOURCE, NOTE)

    assert state.load("my/a", "/home/a", SOURCE) is None


def test_old_notes_are_deleted(state, tmp_path):
    state.save("my/a", "/home/a", SOURCE, NOTE)
    state.save("my/b", "/home/b", SOURCE, NOTE)
    (file, _) = (tmp_path / "state/transfers").iterdir()
    os.utime(file, (0, time.time() - 15 * 86400))

    state.delete_old()

    assert len(list((tmp_path / "state/transfers").iterdir())) == 1
