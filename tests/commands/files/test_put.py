"""`oocli files put`: whole trees, existing files, links, failures and interruptions."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

import pytest

from tests.commands.files.transfers import writes
from tests.portal import DemoPortal, faults
from tests.waiting import until

CHUNK = 10 << 20


def records(ran):
    return [json.loads(line) for line in ran.stdout.splitlines()]


def results(ran):
    """Return the result of each file by its local path."""
    return {record["local"]: record["result"] for record in records(ran)}


def stored(portal):
    """Return content and version of all files below Ann's own folder, by path."""
    storage = portal._state.storage
    found = {}

    def look(folder, path):
        for file in storage.files_in(folder):
            key = f"{path}{file.title}"
            assert key not in found, f"two files are {key}"
            found[key] = (bytes(file.content), file.version)
        titles = [below.title for below in storage.subfolders(folder)]
        assert len(titles) == len(set(titles)), f"twins in {path}"
        for below in storage.subfolders(folder):
            look(below.id, f"{path}{below.title}/")

    look(portal.folder_id(), "")
    return found


@pytest.fixture
def put(oocli, tmp_path):
    """Run `oocli files put` in a folder with records on stdout."""
    (tmp_path / "work").mkdir()

    def run(portal, *args, **more):
        words = [os.fspath(arg) for arg in args]
        return oocli("files", "put", *words, "--format", "ndjson", signed_in_to=portal, **more)

    return run


def tree(path, files):
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


ODD_NAMES = {
    "plain.txt": b"plain",
    "Makefile": b"all:",
    "README.TXT": b"read",
    "a+b.txt": b"plus",
    "50%.txt": b"percent",
    "%2F.txt": b"escape",
    "#1.txt": b"hash",
    ".hidden": b"dot",
    ".HIDDEN.RC": b"dots",
    "trailing ": b"blank",
    " leading.txt": b"blank",
    "\U0001f600.txt": b"emoji",
    "caf\u00e9.txt": b"NFC",
    "cafe\u0301.txt": b"NFD",
    "q'\"uote.txt": b"quotes",
    "back\\slash.txt": b"back",
    "two\nlines.txt": b"lines",
    "x" * 251 + ".txt": b"long",
    "\u00fc" * 127: b"255 bytes",
    "empty.bin": b"",
    "CON": b"reserved on Windows",
    "deep/er/a;b=c&d.txt": b"deep",
    "same.txt/same.txt": b"a folder like a file",
    "d+ir/plain.txt": b"in a changed folder",
    "chunk.bin": b"c" * CHUNK,
    "less.bin": b"l" * (CHUNK - 1),
    "more.bin": b"m" * (CHUNK + 1),
    "large.bin": os.urandom(25 << 20),
}


@pytest.mark.posix
def test_a_tree_of_odd_names_is_uploaded_once_and_a_changed_file_is_one_new_version(
    either, put, tmp_path
):
    tree(tmp_path / "work", ODD_NAMES)
    before = len(stored(either))

    first = put(either, "-r", "work", "my")
    content = stored(either)

    assert (first.exit, len(records(first))) == (0, len(ODD_NAMES)), first.stderr
    assert set(results(first).values()) == {"done"}
    assert len(content) == len(ODD_NAMES) + before
    changed = {record["local"]: record for record in records(first)}
    for name, expected in ODD_NAMES.items():
        record = changed[f"work/{name}"]
        path = record["path"].removeprefix("my/").replace("%2F", "/").replace("%252F", "%2F")
        assert (record["bytes"], content[path]) == (len(expected), (expected, 1)), name
    assert changed["work/Makefile"]["title"] == "Makefile."
    assert changed["work/a+b.txt"]["title"] == "a_b.txt"
    assert changed["work/README.TXT"]["title"] == "README.txt"
    assert changed["work/\U0001f600.txt"]["title"] == "__.txt"
    assert changed["work/plain.txt"]["title"] is None

    either.forget()
    second = put(either, "-r", "work", "my")
    assert (second.exit, set(results(second).values()), writes(either)) == (0, {"same"}, [])
    assert [record["title"] for record in records(second)].count(None) < len(ODD_NAMES)
    assert not any("handler" in path.lower() for _, path in either.asked)

    for name in ("plain.txt", "a+b.txt", "Makefile", "more.bin"):
        (tmp_path / "work" / name).write_bytes(b"changed" * CHUNK if "more" in name else b"changed")
        either.forget()
        third = put(either, "-r", "work", "my")
        assert list(results(third).values()).count("done") == 1, name
        assert writes(either)
    versions = [version for _, version in stored(either).values()]
    assert (versions.count(2), versions.count(1)) == (4, len(versions) - 4)
    assert not any(method == "DELETE" for method, _ in either.asked)


def test_a_file_of_the_same_size_that_is_newer_is_a_new_version(either, put, tmp_path):
    either.add_file("a.txt", content=b"one")
    (tmp_path / "a.txt").write_bytes(b"two")

    ran = put(either, "a.txt", "my")

    assert results(ran) == {"a.txt": "done"}
    assert stored(either)["a.txt"] == (b"two", 2)


def test_an_older_file_of_another_size_is_a_new_version_too(either, put, tmp_path):
    either.add_file("a.txt", content=b"old one")
    (tmp_path / "a.txt").write_bytes(b"x")
    os.utime(tmp_path / "a.txt", (0, 0))

    assert results(put(either, "a.txt", "my")) == {"a.txt": "done"}
    assert stored(either)["a.txt"] == (b"x", 2)


@pytest.mark.parametrize("offset", [-3600, 3600])
def test_a_clock_that_is_an_hour_off_neither_hides_nor_makes_a_change(offset, put, tmp_path):
    with DemoPortal("docspace", clock=lambda: time.time() + offset) as portal:
        (tmp_path / "a.txt").write_bytes(b"one")
        put(portal, "a.txt", "my")
        portal.forget()
        assert results(put(portal, "a.txt", "my")) == {"a.txt": "same"}
        assert writes(portal) == []
        (tmp_path / "a.txt").write_bytes(b"two")
        (file,) = [file for file in portal._state.storage.files.values() if file.title == "a.txt"]
        file.updated -= 60
        assert results(put(portal, "a.txt", "my")) == {"a.txt": "done"}


def test_a_modification_time_in_the_future_does_not_repeat_the_upload(either, put, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one")
    os.utime(tmp_path / "a.txt", (time.time() + 86400,) * 2)
    put(either, "a.txt", "my")

    assert results(put(either, "a.txt", "my")) == {"a.txt": "same"}


# Existing files


@pytest.mark.parametrize(
    ("choice", "result", "expected"),
    [
        ("skip", "skipped", {"a.txt": (b"old", 1)}),
        ("version", "done", {"a.txt": (b"old", 2)}),
        ("rename", "done", {"a.txt": (b"old", 1), "a (1).txt": (b"old", 1)}),
        ("update", "same", {"a.txt": (b"old", 1)}),
    ],
)
def test_if_exists_decides_what_happens_to_an_existing_file(
    choice, result, expected, either, put, tmp_path
):
    before = stored(either)
    either.add_file("a.txt", content=b"old")
    (tmp_path / "a.txt").write_bytes(b"old")
    os.utime(tmp_path / "a.txt", (0, 0))

    ran = put(either, "a.txt", "my", "--if-exists", choice)

    assert (ran.exit, results(ran)) == (0, {"a.txt": result})
    assert stored(either) == before | expected


def test_fail_refuses_a_file_that_exists_and_uploads_the_others(either, put, tmp_path):
    id = either.add_file("a.txt", content=b"old")
    tree(tmp_path, {"a.txt": b"new", "b.txt": b"b"})

    one = put(either, "a.txt", "my", "--if-exists", "fail")
    both = put(either, "a.txt", "b.txt", "my", "--if-exists", "fail")

    assert (one.exit, both.exit) == (8, 12)
    assert f"my/a.txt on {either.host}: file:{id} has this title already" in one.stderr
    assert results(both) == {"a.txt": "failed", "b.txt": "done"}
    assert either.content(id) == b"old"


def test_an_ambiguous_remote_title_is_refused_with_both_ids(either, put, tmp_path):
    ids = [either.add_file("a.txt", content=b"old") for _ in range(2)]
    (tmp_path / "a.txt").write_bytes(b"new")

    ran = put(either, "a.txt", "my")

    assert (ran.exit, writes(either)) == (2, [])
    assert all(f"file:{id}" in ran.stderr for id in ids)


@pytest.mark.posix
@pytest.mark.parametrize("names", [("a+b.txt", "a_b.txt"), ("A.txt", "a.txt"), ("é.txt", "e.txt")])
def test_two_local_names_of_one_remote_title_do_not_overwrite_each_other(
    names, either, put, tmp_path
):
    tree(tmp_path / "work", {names[0]: b"first", names[1]: b"second"})

    first = put(either, "-r", "work", "my")
    either.forget()
    second = put(either, "-r", "work", "my")

    assert (first.exit, second.exit, writes(either)) == (12, 12, [])
    assert sorted(results(first).values()) == ["done", "failed"]
    assert sorted(results(second).values()) == ["failed", "same"]
    assert "the same title as" in first.stderr


def test_an_existing_folder_is_used_and_a_missing_one_is_created_once(either, put, tmp_path):
    existing = either.add_folder("work")
    tree(tmp_path / "work", {"new/a.txt": b"a", "new/b.txt": b"b", "c.txt": b"c"})
    (tmp_path / "work/nothing").mkdir()

    ran = put(either, "-r", "work", "my")

    assert (ran.exit, either.titles(existing)) == (0, ["c.txt"])
    assert sum("/files/folder/" in path for method, path in writes(either)) == 2
    assert "work/new/a.txt" in stored(either)


def test_a_trailing_dot_uploads_the_contents_without_the_folder(either, put, tmp_path):
    tree(tmp_path / "work", {"a.txt": b"a"})

    put(either, "-r", "work/.", "my")

    assert "a.txt" in stored(either)


# Links and other files


@pytest.mark.posix
def test_links_are_skipped_and_reported_unless_they_are_followed(either, put, tmp_path):
    tree(tmp_path, {"work/a.txt": b"a", "else/b.txt": b"b"})
    (tmp_path / "work/file").symlink_to(tmp_path / "else/b.txt")
    (tmp_path / "work/folder").symlink_to(tmp_path / "else")
    (tmp_path / "work/loop").symlink_to(tmp_path / "work")
    (tmp_path / "work/nowhere").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "work/pipe")

    ran = put(either, "-r", "work", "my")
    followed = put(either, "-r", "work", "my", "--follow-links")

    assert ran.exit == 0
    assert results(ran) == {"work/a.txt": "done"} | {
        f"work/{name}": "skipped" for name in ("file", "folder", "loop", "nowhere", "pipe")
    }
    assert "skipped work/loop: a symbolic link" in ran.stderr
    assert "skipped work/pipe: not a regular file" in ran.stderr
    assert followed.exit == 12
    assert results(followed) == {
        "work/a.txt": "same", "work/file": "done", "work/folder/b.txt": "done",
        "work/loop": "failed", "work/nowhere": "skipped", "work/pipe": "skipped",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_a_folder_that_cannot_be_read_is_one_failure_among_others(either, put, tmp_path):
    tree(tmp_path / "work", {"closed/a.txt": b"a", "open/b.txt": b"b"})
    (tmp_path / "work/closed").chmod(0)

    # Root may read every folder, so the run drops that capability.
    ran = put(either, "-r", "work", "my", env={"OOCLI_TEST_IMPORT": "ordinary_user"})
    (tmp_path / "work/closed").chmod(0o700)

    assert ran.exit == 12
    assert results(ran) == {"work/closed": "failed", "work/open/b.txt": "done"}


def test_parts_of_interrupted_downloads_are_not_uploaded(either, put, tmp_path):
    part = f".oocli-{'0' * 16}-{'1' * 16}.part"
    tree(tmp_path / "work", {part: b"half", "a.txt": b"a"})

    ran = put(either, "-r", "work", "my")

    assert (ran.exit, results(ran)) == (0, {"work/a.txt": "done", f"work/{part}": "skipped"})
    assert f"skipped work/{part}: a download that is not complete" in ran.stderr


# Stdin, names, dry runs


def test_stdin_is_uploaded_under_a_given_name(either, oocli):
    ran = oocli("files", "put", "-", "my", "--name", "dump.SQL", stdin="x" * 100_000,
                signed_in_to=either)  # fmt: skip

    assert (ran.exit, ran.stdout) == (0, b"")
    assert stored(either)["dump.sql"] == (b"x" * 100_000, 1)


def test_name_sets_the_title_at_the_portal(either, put, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")

    put(either, "a.txt", "my", "--name", "other.txt")

    assert stored(either)["other.txt"] == (b"a", 1)


def test_a_dry_run_prints_what_would_be_sent_and_changes_nothing(either, put, oocli, tmp_path):
    tree(tmp_path / "work", {"new/a.txt": b"abc", "b.txt": b"b"})

    ran = put(either, "-r", "work", "my", "--dry-run")
    plain = oocli("files", "put", "-r", "work", "my", "--dry-run", signed_in_to=either)
    stdin = oocli("files", "put", "-", "my", "--name", "a", "--dry-run", signed_in_to=either)

    assert (ran.exit, writes(either)) == (0, [])
    assert results(ran) == {"work/new/a.txt": "would", "work/b.txt": "would"}
    assert b"would upload work/new/a.txt to my/work/new/a.txt (3 bytes)" in plain.stdout
    assert stdin.stdout == b"would upload - to my/a.\n"


# Usage


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["my"], "the target folder is missing"),
        (["-", "my"], "needs a name"),
        (["-", "a.txt", "my", "--name", "x"], "cannot be combined"),
        (["a.txt", "b.txt", "my", "--name", "x"], "--name works with one file"),
        (["work", "my"], "work is a directory"),
        (["a.txt", "work/.", "my"], "work/. is a directory"),
        (["-r", "work", "my", "--name", "x"], "is a directory"),
        (["a.txt", "nowhere/x"], "not a section"),
    ],
)
def test_invalid_arguments_of_put_are_refused_before_anything_is_sent(
    args, message, portal, oocli, tmp_path
):
    tree(tmp_path, {"a.txt": b"a", "b.txt": b"b", "work/c.txt": b"c"})

    ran = oocli("files", "put", *args, signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert message in ran.stderr


def test_a_missing_local_file_is_reported_before_anything_is_sent(portal, oocli, tmp_path):
    tree(tmp_path, {"a.txt": b"a"})

    ran = oocli("files", "put", "a.txt", "missing.txt", "my", signed_in_to=portal)

    assert (ran.exit, portal.requests) == (1, [])
    assert "missing.txt cannot be read: No such file or directory" in ran.stderr


def test_a_missing_remote_folder_is_reported_with_the_mkdir_command(either, oocli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")

    ran = oocli("files", "put", "a.txt", "my/no/where", signed_in_to=either)

    assert (ran.exit, writes(either)) == (7, [])
    assert f"hint: oocli files mkdir -p --portal {either.origin} my/no/where/" in ran.stderr


def test_a_remote_file_is_not_a_target_folder(either, oocli, tmp_path):
    id = either.add_file("plan.docx")
    (tmp_path / "a.txt").write_bytes(b"a")

    ran = oocli("files", "put", "a.txt", f"file:{id}", signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])
    assert "files are uploaded into a folder" in ran.stderr


def test_the_trash_accepts_no_uploads(either, oocli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")

    ran = oocli("files", "put", "a.txt", "trash", signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])


# Failures


def test_a_failing_file_does_not_stop_the_others_and_is_uploaded_by_the_next_run(
    either, put, tmp_path
):
    folder = either.add_folder("work")
    tree(tmp_path / "work", {f"{number}.txt": b"x" for number in range(5)})
    either.order("POST", f"files/{folder}/upload", faults.Html(500, "Broken"))

    ran = put(either, "-r", "work", "my")
    again = put(either, "-r", "work", "my")

    assert (ran.exit, again.exit) == (12, 0)
    assert sorted(results(ran).values()) == ["done"] * 4 + ["failed"]
    assert "uploaded 4 files (4 bytes), 1 failed" in ran.stderr
    assert sorted(results(again).values()) == ["done"] + ["same"] * 4


@pytest.mark.parametrize(
    "fault", [faults.RateLimited("0"), faults.RateLimited("0", status=503), faults.Html(502),
              faults.DropInUpload(150), faults.DropBeforeAnswer(acted=True)],
)  # fmt: skip
def test_a_tree_is_uploaded_once_despite_temporary_failures(fault, either, put, tmp_path):
    folder = either.add_folder("work")
    files = {f"{number}.txt": b"%d" % number * 100 for number in range(20)}
    tree(tmp_path / "work", files)
    either.order("POST", f"files/{folder}/upload", fault, 4)

    ran = put(either, "-r", "work", "my", "--retry", "5")

    assert ran.exit == 0, ran.stderr
    content = stored(either)
    assert {name: content[f"work/{name}"] for name in files} == {
        name: (expected, 1) for name, expected in files.items()
    }


def test_an_upload_survives_restarts_of_the_portal(either, start, tmp_path):
    files = {f"{number:03}.txt": b"%d" % number for number in range(300)}
    tree(tmp_path / "work", files)
    process = start("files", "put", "-r", "work", "my", "--retry", "8", signed_in_to=either)
    for done in (50, 150):
        until(lambda done=done: len(writes(either)) > done)
        either.restart()

    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 0, stderr
    content = stored(either)
    assert all(content[f"work/{name}"] == (expected, 1) for name, expected in files.items())


# Interruptions


def wait_for(process, portal, count):
    """Wait until the portal received more than `count` writes, or the process has ended."""
    until(lambda: len(writes(portal)) > count or process.poll() is not None)


def kill_repeatedly(either, start, work, files, times):
    """Kill an upload several times, then let it finish; check that each file is stored once."""
    token, done = either.issue_token(), len(writes(either))
    step = max(len(files) // (times + 1), 1)
    for _ in range(times):
        process = start("files", "put", "-r", str(work), "my", signed_in_to=either, token=token)
        done += step
        wait_for(process, either, done)
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = start("files", "put", "-r", str(work), "my", signed_in_to=either, token=token)
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 0, stderr
    content = stored(either)
    for name, expected in files.items():
        assert content[f"work/{name}"] == (expected, 1), name


@pytest.mark.posix
def test_a_killed_upload_is_continued_without_duplicates(either, start, tmp_path):
    either.chunk_size = CHUNK if either.kind == "workspace" else 20_000
    files = {f"{number % 5}/{number:03}.txt": b"%d" % number for number in range(120)}
    files |= {"large.bin": os.urandom(30 << 20 if either.kind == "workspace" else 300_000)}
    tree(tmp_path / "work", files)

    kill_repeatedly(either, start, tmp_path / "work", files, times=4)


@pytest.mark.slow
@pytest.mark.posix
def test_2000_files_with_some_large_ones_survive_20_kills(either, start, tmp_path):
    files = {f"{number % 40}/{number:04}.txt": b"%d" % number for number in range(1996)}
    files |= {f"{number}/large.bin": os.urandom(50 << 20) for number in range(4)}
    tree(tmp_path / "work", files)
    either.forget()

    kill_repeatedly(either, start, tmp_path / "work", files, times=20)

    # At most the files under way, and where chunks have numbers the chunks under way, each time.
    uploads = [
        path for method, path in either.asked if method == "POST" and "upload" in path.lower()
    ]
    chunks = 4 * (5 + 2)
    assert len(uploads) <= 1996 + chunks + 20 * (4 + 5 + 2)


@pytest.mark.posix
def test_an_interrupt_ends_an_upload_at_once(docspace, start, tmp_path):
    tree(tmp_path / "work", {"large.bin": b"x" * (30 << 20)})
    docspace.order("POST", "/ChunkedUploader.ashx", faults.Hang(), None)
    process = start("files", "put", "-r", "work", "my", signed_in_to=docspace)
    until(lambda: any("Chunked" in path for _, path in docspace.asked))

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)

    assert process.returncode == 130


# Secrets


def test_the_link_of_an_upload_session_is_not_logged_and_its_state_is_private(
    docspace, put, home, tmp_path
):
    docspace.chunk_size = 10_000
    (tmp_path / "a.bin").write_bytes(b"x" * 35_000)
    docspace.order("POST", "/ChunkedUploader.ashx", faults.Html(500), None)

    ran = put(docspace, "a.bin", "my", "-vv", "--debug")

    (session,) = docspace.open_uploads()
    states = list((home.path / "config").rglob("*.json"))
    assert ran.exit == 5
    assert session not in ran.stderr + ran.stdout.decode()
    assert [state for state in states if session in state.read_text()]
    if os.name == "posix":
        assert all(state.stat().st_mode & 0o77 == 0 for state in states)


def test_the_record_of_a_failure_holds_an_error_object(portal, put, tmp_path):
    tree(tmp_path, {"a.txt": b"a", "b.txt": b"b"})
    portal.order("POST", f"files/{portal.folder_id()}/upload", faults.Html(500, "Broken"), None)

    ran = put(portal, "a.txt", "b.txt", "my")

    errors = [record["error"] for record in records(ran)]
    assert [error["status"] for error in errors] == [500, 500]
    assert {error["path"] for error in errors} <= {
        "my/a.txt",
        "my/b.txt",
        f"files/{portal.folder_id()}/upload",
    }
    assert ran.exit == 12
