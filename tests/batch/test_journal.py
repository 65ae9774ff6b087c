"""The journal of a batch: the state of each line after any kind of end."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.batch.journal import Journal
from oocli.batch.line import BatchLine
from oocli.model.errors import OocliError, StorageError, UsageError

HOST = "docs.example.com"


def line(index, method="POST"):
    raw = json.dumps({"method": method, "path": f"x/{index}"}).encode()
    return BatchLine.read(raw, index, index + 1)


@pytest.fixture
def journal(tmp_path):
    """Open the journal of the test, and close the one that was open."""
    kept = []

    def opened(portal=HOST):
        for journal in kept:
            journal.close()
        kept.clear()
        kept.append(Journal(tmp_path / "made.journal", portal))
        return kept[0]

    opened.path = tmp_path / "made.journal"
    yield opened
    for journal in kept:
        journal.close()


def test_a_finished_line_keeps_its_answer(journal):
    answer = '{"index":0,"t":"ж","n":1.50}'.encode()
    first = journal()
    first.sending(line(0))
    first.done(line(0), answer, failed=True)

    again = journal()

    entry = again.entry(line(0))
    assert (entry.is_done, entry.failed, again.answer(entry)) == (True, True, answer)
    assert again.entry(line(1)) is None


def test_a_line_that_was_being_sent_is_known_but_not_done(journal):
    journal().sending(line(0))

    entry = journal().entry(line(0))

    assert entry is not None
    assert not entry.is_done


def test_a_line_that_did_not_arrive_is_forgotten(journal):
    first = journal()
    first.sending(line(0))
    first.unsent(line(0))

    assert journal().entry(line(0)) is None


def test_a_changed_line_is_refused(journal):
    journal().sending(line(0))

    with pytest.raises(UsageError, match="line 1 differs from the line"):
        journal().entry(line(0, "PUT"))


@given(cut=st.integers(0, 600))
def test_a_journal_cut_at_any_byte_is_read_up_to_its_last_whole_record(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("journal") / "made.journal"
    written = Journal(path, HOST)
    for index in range(3):
        written.sending(line(index))
        written.done(line(index), b'{"index":%d}' % index, failed=False)
    written.close()
    path.write_bytes(path.read_bytes()[:cut])
    records = path.read_bytes().count(b"\n") - 1

    read = Journal(path, HOST)

    states = [read.entry(line(index)) for index in range(3)]
    done = sum(state is not None and state.is_done for state in states)
    begun = sum(state is not None for state in states)
    assert (done, begun) == (max(records, 0) // 2, max(records + 1, 0) // 2)
    read.sending(line(2))  # the next record is appended on a line of its own
    read.close()
    assert path.read_bytes().endswith(b'"state":"sending"}\n')
    assert all(json.loads(record) for record in path.read_bytes().splitlines())


def test_a_file_that_is_not_a_journal_is_refused_and_left_unchanged(journal):
    for text in ("my notes\n", "my notes without an end", "{}\n"):
        journal.path.write_text(text)
        with pytest.raises(UsageError, match="is not a journal of oocli batch"):
            journal()
        assert journal.path.read_text() == text


def test_a_journal_of_another_portal_is_refused(journal):
    journal()

    with pytest.raises(UsageError, match="another portal"):
        journal("other.example.com")


DIGEST = b"0" * 32
DONE = b'{"line":1,"digest":"%s","state":"done","failed":false,"answer":{}}' % DIGEST
DAMAGED = (
    b"{oops}",
    b"",
    b"[]",
    b"\0" * 40,
    b"\xff\xfe",
    b"\xef\xbb\xbf" + DONE,
    DONE.replace(b"1,", b'"1",'),
    DONE.replace(b"1,", b"[1],"),
    DONE.replace(b"1,", b"-1,"),
    DONE.replace(b"1,", b"true,"),
    DONE.replace(b"1,", b"1e999,"),
    DONE.replace(b"1,", b"9" * 5000 + b","),
    DONE.replace(b'"%s"' % DIGEST, b"{}"),
    DONE.replace(DIGEST, b"\\ud800"),
    DONE.replace(b"done", b"finished"),
    DONE.replace(b'"done"', b"[]"),
    DONE.replace(b"false", b"1e999"),
    DONE.replace(b'"failed":false,', b""),
    DONE.replace(b"{}", b"null"),
    DONE.replace(b'"answer"', b'"reply"'),
    DONE.replace(b"{}", b"[" * 100_000 + b"]" * 100_000),
    DONE.replace(b"{}", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    DONE.replace(b"{}", b'{"a":}'),
    DONE.replace(b"{}", b'{"a":NaN}'),
    DONE.replace(b"{}", b'{"a":"\xff"}'),
    DONE.replace(b"{}", b"{} {}"),
)


@pytest.mark.parametrize("record", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_record_is_reported_and_not_skipped(journal, record):
    journal().sending(line(0))
    journal.path.write_bytes(journal.path.read_bytes() + record + b"\n")
    before = journal.path.read_bytes()

    with pytest.raises(StorageError, match="damaged at byte") as raised:
        journal()
    assert raised.value.hint.startswith("move it away, and check at the portal")
    assert journal.path.read_bytes() == before


def test_a_mutated_journal_is_read_or_refused_without_a_crash(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # 500 calls of it take seconds
    path, rng = tmp_path / "made.journal", random.Random(20261125)
    written = Journal(path, HOST)
    for index in range(3):
        written.sending(line(index))
        written.done(line(index), b'{"index":%d,"t":"\xd0\xb6"}' % index, failed=False)
    written.close()
    whole = path.read_bytes()
    texts = (b"", b"\n", b"\0", b'"', b"{", b"}", b"1e999", b"-", b"\xff", b"\\ud800", b"\r")
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 2, 5))):
            at = rng.randrange(len(data))
            data[at : at + rng.choice((0, 1, 20))] = rng.choice(texts)
        path.write_bytes(data)
        with contextlib.suppress(OocliError), contextlib.closing(Journal(path, HOST)) as read:
            for index in range(3):
                entry = read.entry(line(index))
                if entry is not None and entry.is_done:
                    json.loads(read.answer(entry))


@pytest.mark.posix
@pytest.mark.parametrize("kind", ["pipe", "directory", "/dev/null", "/dev/zero", "/dev/tty"])
def test_anything_but_a_regular_file_is_refused(tmp_path, kind):
    path = tmp_path / "made.journal"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "directory":
        path.mkdir()
    else:
        path = pathlib.Path(kind)

    with pytest.raises(OocliError, match=r"is not a regular file|cannot be opened"):
        Journal(path, HOST)


def test_a_closed_journal_cannot_be_written(tmp_path):
    closed = Journal(tmp_path / "made.journal", HOST)
    closed.close()

    with pytest.raises(StorageError, match="cannot be written"):
        closed.sending(line(0))
