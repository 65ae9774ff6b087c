"""`oocli files get`: equal bytes, nothing twice, and nothing outside of the target."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
import unicodedata
from pathlib import Path

import pytest

from tests.portal import faults
from tests.waiting import ended, until

HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
MIB = 1 << 20
LONG = "long" * 42  # 168 of the 170 UTF-16 units that portals keep
NASTY = [
    "plain.txt",
    unicodedata.normalize("NFC", "réunion.txt"),
    unicodedata.normalize("NFD", "résumé.txt"),
    unicodedata.normalize("NFC", "résumé.txt"),
    f"{LONG}.t",
    "100%.txt",
    "a%2Fb%20c.txt",
    "#1.txt",
    "a+b&c=d.txt",
    ".hidden",
    "..dots",
    "  blanks.txt",
    "semi;colon'quote.txt",
    "日本語" * 50,
    "👩‍👩‍👧.txt",
]


def content(portal, file):
    return bytes(portal.stored(file))


def contents_asked(portal):
    """Return the ranges of all requests for contents, None for a whole file."""
    return [seen.header("Range") for seen in portal.requests if "filehandler" in seen.target]


def records(ran):
    return {record["path"]: record for record in map(json.loads, ran.stdout.splitlines())}


def parts(path):
    return [found for found in path.rglob("*") if found.name.endswith(".part")]


@pytest.fixture
def get(oocli, either):
    """Run `files get` on a portal of each kind in turn."""

    def run(*args, **how):
        return oocli("files", "get", *args, signed_in_to=either, **how)

    return run


# Whole trees


def nasty_tree(portal):
    """Make a folder of odd files, and return its titles and contents."""
    top = portal.add_folder("Nasty")
    made = {title: portal.add_file(title, top, title.encode() * 9) for title in NASTY}
    made["empty"] = portal.add_file("empty", top, b"")
    inner = portal.add_folder("sub folder", top)
    portal.add_folder("empty folder", inner)
    made["sub folder/large.bin"] = portal.add_file("large.bin", inner, 25 * MIB)
    return made


def test_a_nasty_tree_comes_with_equal_bytes_and_a_second_run_transfers_nothing(
    get, either, tmp_path
):
    made = nasty_tree(either)

    ran = get("-r", "my/Nasty")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert ran.stderr.startswith(f"downloaded {len(made)} files (")
    found = {
        str(path.relative_to(tmp_path / "Nasty")): path.read_bytes()
        for path in (tmp_path / "Nasty").rglob("*")
        if path.is_file()
    }
    local = {title: title for title in made} | {
        "日本語" * 50: ("日本語" * 50).encode()[:255].decode()
    }
    assert found == {local[title]: content(either, file) for title, file in made.items()}
    assert (tmp_path / "Nasty/sub folder/empty folder").is_dir()

    either.forget()
    again = get("-r", "my/Nasty")

    assert again.exit == 0
    assert again.stderr == f"downloaded 0 files (0 bytes), {len(made)} unchanged\n"
    assert contents_asked(either) == []
    assert {method for method, _ in either.asked} == {"GET"}


def test_files_of_one_title_get_their_ids_and_keep_their_names_in_each_run(get, either, tmp_path):
    top = either.add_folder("Twins")
    first, second = (either.add_file("a.txt", top, text) for text in (b"first", b"second"))
    folder = either.add_folder("b.txt", top)
    file = either.add_file("b.txt", top, b"file")
    either.add_file(f"a ({first}).txt", top, b"other")

    for _ in range(2):
        assert get("-r", "my/Twins").exit == 0
        names = {path.name: path for path in (tmp_path / "Twins").iterdir()}
        assert names[f"a ({first}) ({first}).txt"].read_bytes() == b"first"
        assert names[f"a ({first}).txt"].read_bytes() == b"other"
        assert names[f"a ({second}).txt"].read_bytes() == b"second"
        assert names[f"b.txt (folder {folder})"].is_dir()
        assert names[f"b ({file}).txt"].read_bytes() == b"file"
        assert len(names) == 5


def test_hostile_titles_stay_in_the_target(get, either, tmp_path):
    top = either.add_folder("Hostile")
    titles = [
        "../../up", "..", ".", "/etc/passwd", "a\\b", "CON", "nul.txt", "\x1b]0;x\x07", "x.", "y ",
        "\u202egpj.exe", "a\nb", "x" * 300, ".oocli-0123456789abcdef-0123456789abcdef.part",
        "...", "COM1.tar.gz",
    ]  # fmt: skip
    for title in titles:
        either.add_file(title, top, b"x")
    inner = either.add_folder("..", top)
    either.add_file("in", inner, b"y")

    ran = get("-r", "my/Hostile", "-o", "here")

    assert ran.exit == 0, ran.stderr
    assert {path.name for path in tmp_path.iterdir()} - {"config"} == {"here"}
    assert {path.name for path in (tmp_path / "here").iterdir()} == {"Hostile"}
    names = [path.name for path in (tmp_path / "here/Hostile").iterdir()]
    assert len(names) == len(titles) + 1
    assert all(name.isprintable() and not set(name) & set('\\/:*?"<>|') for name in names)
    assert not any(name.endswith((".", " ")) or name in ("CON", "nul.txt") for name in names)
    assert all(len(os.fsencode(name)) <= 255 for name in names)


def test_a_folder_that_is_listed_inside_itself_ends(get, either, tmp_path):
    top = either.add_folder("Loop")
    either.add_file("a.txt", top, b"a")
    listing = {
        "files": [{"id": 1000, "title": "a", "pureContentLength": 1, "version": 1}],
        "folders": [{"id": top, "title": "again", "parentId": top}],
        "current": {"id": top, "title": "Loop"},
        "total": 2,
    }
    either.answers("GET", f"files/{top}", response=listing)
    either.answers("GET", HANDLER, body=b"a")

    ran = get("-r", f"folder:{top}", "--format", "ndjson")

    assert ran.exit == 12
    assert "the portal lists this folder inside itself" in ran.stderr
    assert len(ran.stdout.splitlines()) == 2


def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(get, either, tmp_path):
    top = either.add_folder("Top")
    folders = {title: either.add_folder(title, top) for title in ("a", "b", "c")}
    for folder in folders.values():
        either.add_file("x.txt", folder, b"x")
    either.answers("GET", f"files/{folders['b']}", status=500, error="broken")

    ran = get("-r", "my/Top", "--retry", "0")

    assert ran.exit == 12
    assert "failed: my/Top/b/ on" in ran.stderr
    assert sorted(path.parent.name for path in tmp_path.rglob("x.txt")) == ["a", "c"]


def test_several_files_and_folders_go_into_one_folder(get, either, tmp_path):
    either.add_file("a.txt", None, b"a")
    either.add_file("b.txt", either.add_folder("B"), b"b")

    assert get("my/a.txt", "-r", "my/B", "my/a.txt", "-o", "new/target").exit == 0
    assert (tmp_path / "new/target/a.txt").read_bytes() == b"a"
    assert (tmp_path / "new/target/B/b.txt").read_bytes() == b"b"


def test_a_whole_section_goes_into_a_folder_of_its_name(get, either, tmp_path):
    either.add_file("a.txt", None, b"a")

    assert get("-r", "my").exit == 0
    assert (tmp_path / "my/a.txt").read_bytes() == b"a"


def test_a_folder_without_r_is_refused_with_the_option(get, either):
    either.add_folder("Reports")

    ran = get("my/Reports")

    assert ran.exit == 2
    assert ran.stderr == (
        f"oocli: my/Reports on {either.host}: it is a folder\n"
        "hint: to download it with all that is in it, add -r\n"
    )


# What is there already


def set_time(path, moment):
    os.utime(path, (moment, moment))


def updated(portal, file):
    return portal._state.storage.files[file].updated


def test_a_file_gets_the_time_of_the_portal(get, either, tmp_path):
    file = either.add_file("a.txt", None, b"abc")
    either._state.storage.files[file].updated = 1_600_000_000.0

    assert get("my/a.txt").exit == 0
    assert (tmp_path / "a.txt").stat().st_mtime == 1_600_000_000.0


@pytest.mark.parametrize(
    ("local", "age", "is_transferred"),
    [
        (b"older", 1000, True),
        (b"newer", -1000, False),
        (b"equal", 0, False),
        (b"round", 1.5, False),
        (b"other size", -1000, True),
    ],
)
def test_update_transfers_what_differs_in_size_or_is_newer_at_the_portal(
    get, either, tmp_path, local, age, is_transferred
):
    file = either.add_file("a.txt", None, b"56789")
    target = tmp_path / "a.txt"
    target.write_bytes(local)
    set_time(target, updated(either, file) - age)

    assert get("my/a.txt").exit == 0
    assert target.read_bytes() == (b"56789" if is_transferred else local)
    assert len(contents_asked(either)) == is_transferred


def test_the_clock_of_the_portal_is_allowed_for(oocli, tmp_path):
    from tests.portal import DemoPortal

    with DemoPortal("workspace", clock=lambda: time.time() + 3600) as portal:
        file = portal.add_file("a.txt", None, b"portal")
        portal._state.storage.files[file].updated = time.time() + 3600 - 600  # ten minutes ago
        target = tmp_path / "a.txt"
        target.write_bytes(b"edited")
        set_time(target, time.time() - 300)  # after that

        assert oocli("files", "get", "my/a.txt", signed_in_to=portal).exit == 0
        assert target.read_bytes() == b"edited"

        set_time(target, time.time() - 900)  # before that
        assert oocli("files", "get", "my/a.txt", signed_in_to=portal).exit == 0
        assert target.read_bytes() == b"portal"
        assert abs(target.stat().st_mtime - (time.time() - 600)) < 30

        portal.forget()
        assert oocli("files", "get", "my/a.txt", signed_in_to=portal).exit == 0
        assert contents_asked(portal) == []


def test_skip_leaves_what_is_there(get, either, tmp_path):
    either.add_file("a.txt", None, b"portal's")
    (tmp_path / "a.txt").write_bytes(b"mine")

    ran = get("my/a.txt", "--if-exists", "skip", "--format", "ndjson")

    assert (ran.exit, records(ran)["my/a.txt"]["result"]) == (0, "skipped")
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_fail_ends_with_an_error_and_leaves_what_is_there(get, either, tmp_path):
    either.add_file("a.txt", None, b"portal's")
    (tmp_path / "a.txt").write_bytes(b"mine")

    ran = get("my/a.txt", "--if-exists", "fail")

    assert ran.exit == 1
    assert ran.stderr == f"oocli: my/a.txt on {either.host}: a.txt exists already\n"
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_overwrite_transfers_in_any_case(get, either, tmp_path):
    either.add_file("a.txt", None, b"same")

    for _ in range(2):
        assert get("my/a.txt", "--if-exists", "overwrite").exit == 0
    assert len(contents_asked(either)) == 2


def test_rename_finds_a_free_name_and_a_second_run_transfers_nothing(get, either, tmp_path):
    top = either.add_folder("Top")
    either.add_file("a.txt", top, b"portal's")
    either.add_file("a (2).txt", top, b"another")
    (tmp_path / "Top").mkdir()
    (tmp_path / "Top/a.txt").write_bytes(b"mine")

    for _ in range(2):
        assert get("-r", "my/Top", "--if-exists", "rename").exit == 0
        found = {path.name: path.read_bytes() for path in (tmp_path / "Top").iterdir()}
        assert found == {"a.txt": b"mine", "a (2).txt": b"another", "a (3).txt": b"portal's"}
    assert len(contents_asked(either)) == 2


@pytest.mark.posix
def test_modes_are_those_of_the_umask_and_of_the_file_that_is_replaced(get, either, tmp_path):
    for title in ("new.txt", "old.txt"):
        either.add_file(title, None, b"portal's")
    (tmp_path / "old.txt").write_bytes(b"mine")
    (tmp_path / "old.txt").chmod(0o640)
    before = os.umask(0o077)
    os.umask(before)

    assert get("my/new.txt", "my/old.txt").exit == 0
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o666 & ~before
    assert stat.S_IMODE((tmp_path / "old.txt").stat().st_mode) == 0o640


# Where it goes


def test_o_names_the_file_the_folder_or_stdout(get, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    (tmp_path / "folder").mkdir()

    assert get("my/a.txt", "-o", "b.txt").exit == 0
    assert get("my/a.txt", "-o", "folder").exit == 0
    assert get("my/a.txt", "-o", "new/").exit == 0
    stdout = get("my/a.txt", "-o", "-")

    assert (tmp_path / "b.txt").read_bytes() == b"abc"
    assert (tmp_path / "folder/a.txt").read_bytes() == b"abc"
    assert (tmp_path / "new/a.txt").read_bytes() == b"abc"
    assert (stdout.exit, stdout.stdout, stdout.stderr) == (0, b"abc", "")


@pytest.mark.posix
def test_a_device_is_written_into_and_a_link_that_was_named_is_followed(get, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere/a.txt")

    assert get("my/a.txt", "-o", "/dev/null").exit == 0
    assert get("my/a.txt", "-o", "link").exit == 0

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere/a.txt").read_bytes() == b"abc"
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["my/a", "my/b", "-o", "-"], "--output - takes one file"),
        (["-r", "my/a", "-o", "-"], "--output - takes one file"),
        (["my/a", "-o", "-", "--format", "ndjson"], "--output - and --format both write to stdout"),
        (["/"], "the whole portal cannot be downloaded at once"),
        (["my/a", "--parallel", "13"], "13"),
    ],
)
def test_what_means_nothing_is_refused(get, either, args, why):
    ran = get(*args)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr
    assert contents_asked(either) == []


@pytest.mark.posix
def test_no_link_in_the_target_is_followed(get, either, tmp_path):
    top = either.add_folder("Top")
    for title in ("file", "folder"):
        inner = either.add_folder(title, top)
        either.add_file("a.txt", inner, b"evil")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_bytes(b"precious")
    (tmp_path / "Top/file").mkdir(parents=True)
    (tmp_path / "Top/file/a.txt").symlink_to(outside / "a.txt")
    (tmp_path / "Top/folder").symlink_to(outside)

    ran = get("-r", "my/Top", "--format", "ndjson")

    assert ran.exit == 12
    assert (outside / "a.txt").read_bytes() == b"precious"
    assert [path.name for path in outside.iterdir()] == ["a.txt"]
    assert (tmp_path / "Top/file/a.txt").is_symlink()
    found = records(ran)
    assert "symbolic link, which is not followed" in found["my/Top/file/a.txt"]["error"]["message"]
    assert "Top/folder is a symbolic link" in found["my/Top/folder/"]["error"]["message"]
    assert parts(tmp_path) == []


def test_a_folder_where_a_file_should_be_and_a_file_where_a_folder_should_be(get, either, tmp_path):
    top = either.add_folder("Top")
    either.add_file("a", top, b"a")
    either.add_file("b", either.add_folder("B", top), b"b")
    either.add_file("c", top, b"c")
    (tmp_path / "Top/a").mkdir(parents=True)
    (tmp_path / "Top/B").write_bytes(b"mine")

    ran = get("-r", "my/Top")

    assert ran.exit == 12
    assert "Top/a cannot be written: it is a folder" in ran.stderr
    assert "Top/B is a file" in ran.stderr
    assert (tmp_path / "Top/c").read_bytes() == b"c"
    assert (tmp_path / "Top/B").read_bytes() == b"mine"


# Parts


def interrupted(get, either, after=3 * MIB, size=8 * MIB):
    """Leave a part of a file, and return the file."""
    file = either.add_file("large.bin", None, size)
    either.order("GET", HANDLER if "Products" in HANDLER else "*", faults.DropInBody(after))
    ran = get("my/large.bin", "--retry", "0")
    assert ran.exit == 10, ran.stderr
    either.forget()
    return file


def test_the_next_run_goes_on_with_the_part_of_an_interrupted_one(get, either, tmp_path):
    file = interrupted(get, either)
    (part,) = parts(tmp_path)
    size = part.stat().st_size
    assert 2 * MIB < size <= 3 * MIB
    assert not (tmp_path / "large.bin").exists()

    assert get("my/large.bin").exit == 0

    assert contents_asked(either) == [f"bytes={size}-"]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)
    assert parts(tmp_path) == []


def test_a_part_goes_on_at_the_store_that_the_portal_points_to_without_a_credential(
    get, either, tmp_path
):
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


def test_a_part_of_an_older_version_is_dropped(get, either, tmp_path):
    file = interrupted(get, either)
    either._state.storage.files[file].change(b"new" * MIB, time.time())

    assert get("my/large.bin").exit == 0

    assert contents_asked(either) == [None]
    assert (tmp_path / "large.bin").read_bytes() == b"new" * MIB
    assert parts(tmp_path) == []


@pytest.mark.parametrize("status", [400, 416])
def test_a_range_that_is_refused_means_the_whole_file(get, either, tmp_path, status):
    file = interrupted(get, either)
    either.order("GET", HANDLER, faults.Response(status))

    assert get("my/large.bin").exit == 0

    assert [bool(asked) for asked in contents_asked(either)] == [True, False]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


def test_a_portal_that_knows_no_ranges_sends_the_whole_file(get, either, tmp_path):
    file = interrupted(get, either)
    either.answers("GET", HANDLER, body=content(either, file))

    assert get("my/large.bin").exit == 0
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


def test_another_part_than_the_one_asked_for_is_refused(get, either, tmp_path):
    interrupted(get, either)
    headers = (("Content-Range", f"bytes 0-{8 * MIB - 1}/{8 * MIB}"),)
    either.answers("GET", HANDLER, status=206, body=b"x" * 100, headers=headers)

    ran = get("my/large.bin")

    assert ran.exit == 5
    assert "the portal sent another part of the file" in ran.stderr
    assert not (tmp_path / "large.bin").exists()
    assert parts(tmp_path) == []


@pytest.mark.posix
@pytest.mark.parametrize("planted", ["link", "hard link", "writable", "pipe"])
def test_a_part_that_others_may_have_written_is_not_continued(get, either, tmp_path, planted):
    file = interrupted(get, either)
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

    assert contents_asked(either) == [None]
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)
    assert evil.read_bytes() == b"evil" * (size // 4)


@pytest.mark.posix
def test_two_runs_do_not_write_one_part(get, either, tmp_path):
    import fcntl

    interrupted(get, either)
    (part,) = parts(tmp_path)
    with part.open("rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = get("my/large.bin")

    assert ran.exit == 1
    assert "another run of oocli is downloading this file" in ran.stderr
    assert parts(tmp_path) == [part]


def test_a_part_that_is_whole_needs_no_request(get, either, tmp_path):
    file = interrupted(get, either)
    (part,) = parts(tmp_path)
    part.write_bytes(content(either, file))

    assert get("my/large.bin").exit == 0
    assert contents_asked(either) == []
    assert (tmp_path / "large.bin").read_bytes() == content(either, file)


# Failures


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
    assert ran.stderr.startswith(f"oocli: my/large.bin on {either.host}: the answer broke off")
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
        ["bash", "-c", 'ulimit -f 2048; trap "" XFSZ; exec "$@"', "bash", *PROGRAM_GET],
        env=signed_in(either, tmp_path), cwd=tmp_path, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert b"large.bin cannot be written: File too large" in done.stderr
    assert parts(tmp_path) == []


# Dry runs


def test_a_dry_run_prints_what_would_be_transferred_and_writes_nothing(get, either, tmp_path):
    top = either.add_folder("Top")
    either.add_file("a.txt", top, b"abc")

    plain = get("-r", "my/Top", "--dry-run", "-o", "new")
    ndjson = get("-r", "my/Top", "--dry-run", "--format", "ndjson")

    assert plain.exit == 0
    assert plain.stdout == b"would download my/Top/a.txt to new/Top/a.txt (3 bytes)\n"
    assert records(ndjson)["my/Top/a.txt"]["result"] == "would"
    assert contents_asked(either) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"config"}


# Interruptions


def signed_in(portal, home, token=None):
    from tests.conftest import _inherited

    return _inherited() | {
        "HOME": str(home),
        "OOCLI_CONFIG_DIR": str(home / "config"),
        "OOCLI_PORTAL": portal.origin,
        "OOCLI_TOKEN": token or portal.issue_token(),
    }


def _program_get():
    from tests.conftest import PROGRAM

    return [*PROGRAM, "files", "get", "my/large.bin", "--if-exists", "overwrite"]


PROGRAM_GET = _program_get()


def killed_again_and_again(portal, start, tmp_path, *, files, kills, large=0):
    """Kill a download of a tree often; return how many contents were asked for in all."""
    top = portal.add_folder("Top")
    for number in range(10):
        portal.add_files(portal.add_folder(f"{number}", top), files // 10, 4096)
    for number in range(large):
        portal.add_file(f"large-{number}", top, 50 * MIB)
    token = portal.issue_token()
    for turn in range(kills):
        child = start("files", "get", "-r", "my/Top", signed_in_to=portal, token=token)
        wanted = len(contents_asked(portal)) + max(1, files // (kills + 1)) - 3
        while len(contents_asked(portal)) < wanted and child.poll() is None:
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
    return len(contents_asked(portal))


@pytest.mark.posix
def test_a_download_that_is_killed_again_and_again_transfers_nothing_twice(either, start, tmp_path):
    asked = killed_again_and_again(either, start, tmp_path, files=100, kills=4)

    assert asked <= 100 + 4 * 4  # a file for each worker and kill, at most


@pytest.mark.slow
@pytest.mark.posix
def test_a_large_download_that_is_killed_twenty_times_transfers_nothing_twice(
    either, start, tmp_path
):
    asked = killed_again_and_again(either, start, tmp_path, files=2000, kills=20, large=4)

    assert asked <= 2004 + 20 * 4


@pytest.mark.posix
def test_an_interrupt_ends_at_once_and_the_part_stays(either, start, tmp_path):
    either.add_file("large.bin", None, 8 * MIB)
    either.order("GET", HANDLER, faults.Trickle(0.01))
    child = start("files", "get", "my/large.bin", signed_in_to=either)
    until(lambda: (parts(tmp_path) and parts(tmp_path)[0].stat().st_size) or contents_asked(either))

    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    stdout, stderr = child.communicate(timeout=30)

    assert time.monotonic() - began < 3
    assert (child.returncode, stdout, stderr) == (130, b"", b"")
    assert not (tmp_path / "large.bin").exists()


def test_a_portal_that_restarts_is_waited_for(either, start, tmp_path):
    top = either.add_folder("Top")
    either.add_files(top, 60, 1024)
    either.order("GET", HANDLER, faults.Delay(0.05), times=None)
    child = start("files", "get", "-r", "my/Top", "--retry", "4", signed_in_to=either)
    until(lambda: len(contents_asked(either)) > 20)

    either.restart()

    _, stderr = child.communicate(timeout=60)
    assert child.returncode == 0, stderr
    assert len(list((tmp_path / "Top").iterdir())) == 60


# On a terminal


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (80, r"\d+ of 40 files, \d+ kB of 164 kB \(\d+%\), [\d.]+ k?B/s, 0:\d\d left"),
        (50, r"\d+/40 files, \d+ kB/164 kB, [\d.]+ k?B/s, 0:\d\d"),
    ],
)
def test_a_person_sees_how_far_it_is(either, terminal, columns, line):
    top = either.add_folder("Top")
    either.add_files(top, 40, 4096)
    either.order("GET", HANDLER, faults.Delay(0.2), times=None)

    handle = terminal("files", "get", "-r", "my/Top", signed_in_to=either, size=(24, columns))
    handle.expect(line)

    code, screen = ended(handle)
    assert code == 0
    assert screen.rstrip().endswith("downloaded 40 files (163,840 bytes)")


def test_a_person_sees_what_became_of_one_file(either, terminal):
    either.add_file("a.txt", None, b"abc")

    assert ended(terminal("files", "get", "my/a.txt", signed_in_to=either)) == (
        0, "downloaded 1 file (3 bytes)\n",
    )  # fmt: skip


def test_binary_content_is_not_written_to_a_terminal(either, terminal):
    either.add_file("a.bin", None, b"\0\1\2")

    code, screen = ended(terminal("files", "get", "my/a.bin", "-o", "-", signed_in_to=either))

    assert code == 2
    assert "is not written to a terminal" in screen
