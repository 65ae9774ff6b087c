"""`oocli files get`: whole trees, existing files, targets, dry runs and progress."""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from pathlib import Path

import pytest

from tests.commands.files.transfers import (
    HANDLER,
    MIB,
    content,
    parts,
    records,
    requested_ranges,
)
from tests.portal import DemoPortal, faults
from tests.waiting import ended

LONG = "long" * 42  # 168 of the 170 UTF-16 units that portals keep
ODD_TITLES = [
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


# Whole trees


def tree_of_odd_names(portal):
    """Create a folder of files with odd names; return the id of each by its path."""
    top = portal.add_folder("Odd")
    made = {title: portal.add_file(title, top, title.encode() * 9) for title in ODD_TITLES}
    made["empty"] = portal.add_file("empty", top, b"")
    inner = portal.add_folder("sub folder", top)
    portal.add_folder("empty folder", inner)
    made["sub folder/large.bin"] = portal.add_file("large.bin", inner, 25 * MIB)
    return made


def test_a_tree_of_odd_names_is_downloaded_unchanged_and_a_second_run_transfers_nothing(
    get, either, tmp_path
):
    made = tree_of_odd_names(either)

    ran = get("-r", "my/Odd")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert ran.stderr.startswith(f"downloaded {len(made)} files (")
    assert {method for method, _ in either.asked} == {"GET"}
    found = {
        str(path.relative_to(tmp_path / "Odd")): path.read_bytes()
        for path in (tmp_path / "Odd").rglob("*")
        if path.is_file()
    }
    local_names = {title: title for title in made} | {
        "日本語" * 50: ("日本語" * 50).encode()[:255].decode()
    }
    assert found == {local_names[title]: content(either, file) for title, file in made.items()}
    assert (tmp_path / "Odd/sub folder/empty folder").is_dir()

    either.forget()
    again = get("-r", "my/Odd")

    assert again.exit == 0
    assert again.stderr == f"downloaded 0 files (0 bytes), {len(made)} unchanged\n"
    assert requested_ranges(either) == []
    assert {method for method, _ in either.asked} == {"GET"}


def test_files_of_one_title_are_named_with_their_ids_in_each_run(get, either, tmp_path):
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


def test_hostile_titles_stay_below_the_target(get, either, tmp_path):
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


def test_a_folder_that_is_listed_inside_itself_does_not_recurse_forever(get, either, tmp_path):
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


def test_a_folder_needs_r(get, either):
    either.add_folder("Reports")

    ran = get("my/Reports")

    assert ran.exit == 2
    assert ran.stderr == (
        f"oocli: my/Reports on {either.host}: it is a folder\n"
        "hint: to download it with its contents, add -r\n"
    )


# Existing files


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
    assert len(requested_ranges(either)) == is_transferred


def test_the_difference_between_the_clocks_is_considered(oocli, tmp_path):
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
        assert requested_ranges(portal) == []


def test_skip_keeps_an_existing_file(get, either, tmp_path):
    either.add_file("a.txt", None, b"portal's")
    (tmp_path / "a.txt").write_bytes(b"mine")

    ran = get("my/a.txt", "--if-exists", "skip", "--format", "ndjson")

    assert (ran.exit, records(ran)["my/a.txt"]["result"]) == (0, "skipped")
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_fail_ends_with_an_error_and_keeps_an_existing_file(get, either, tmp_path):
    either.add_file("a.txt", None, b"portal's")
    (tmp_path / "a.txt").write_bytes(b"mine")

    ran = get("my/a.txt", "--if-exists", "fail")

    assert ran.exit == 1
    assert ran.stderr == f"oocli: my/a.txt on {either.host}: a.txt exists already\n"
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_overwrite_always_transfers(get, either, tmp_path):
    either.add_file("a.txt", None, b"same")

    for _ in range(2):
        assert get("my/a.txt", "--if-exists", "overwrite").exit == 0
    assert len(requested_ranges(either)) == 2


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
    assert len(requested_ranges(either)) == 2


@pytest.mark.posix
def test_file_modes_follow_the_umask_or_the_replaced_file(get, either, tmp_path):
    for title in ("new.txt", "old.txt"):
        either.add_file(title, None, b"portal's")
    (tmp_path / "old.txt").write_bytes(b"mine")
    (tmp_path / "old.txt").chmod(0o640)
    before = os.umask(0o077)
    os.umask(before)

    assert get("my/new.txt", "my/old.txt").exit == 0
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o666 & ~before
    assert stat.S_IMODE((tmp_path / "old.txt").stat().st_mode) == 0o640


# Targets


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
def test_a_device_is_written_to_and_a_named_link_is_followed(get, either, tmp_path):
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
def test_invalid_arguments_of_get_are_refused(get, either, args, why):
    ran = get(*args)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr
    assert requested_ranges(either) == []


@pytest.mark.root
@pytest.mark.posix
def test_another_users_link_in_a_shared_folder_is_refused(get, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    shared, outside = tmp_path / "shared", tmp_path / "outside"
    shared.mkdir()
    shared.chmod(0o1777)
    outside.mkdir()
    (shared / "link").symlink_to(outside)
    os.lchown(shared / "link", 65534, 65534)

    ran = get("my/a.txt", "-o", shared / "link")

    assert ran.exit == 1
    assert "another user" in ran.stderr
    assert list(outside.iterdir()) == []


def test_a_target_that_cannot_be_created_is_reported(get, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    (tmp_path / "file").write_bytes(b"mine")

    for target in ("file/x.txt", "file/folder/"):
        ran = get("my/a.txt", "-o", target)
        assert ran.exit == 1
        assert "cannot be written" in ran.stderr
    assert (tmp_path / "file").read_bytes() == b"mine"


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


def test_a_local_folder_in_place_of_a_file_and_the_reverse_are_failures(get, either, tmp_path):
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


# Dry runs


def test_a_dry_run_prints_what_would_be_transferred_and_writes_nothing(get, either, tmp_path):
    top = either.add_folder("Top")
    either.add_file("a.txt", top, b"abc")

    plain = get("-r", "my/Top", "--dry-run", "-o", "new")
    ndjson = get("-r", "my/Top", "--dry-run", "--format", "ndjson")

    assert plain.exit == 0
    assert plain.stdout == b"would download my/Top/a.txt to new/Top/a.txt (3 bytes)\n"
    assert records(ndjson)["my/Top/a.txt"]["result"] == "would"
    assert requested_ranges(either) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"config"}


# On a terminal


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (80, r"\d+ of 40 files, \d+ kB of 164 kB \(\d+%\), [\d.]+ k?B/s, 0:\d\d left"),
        (50, r"\d+/40 files, \d+ kB/164 kB, [\d.]+ k?B/s, 0:\d\d"),
    ],
)
def test_progress_is_shown_on_a_terminal(either, terminal, columns, line):
    top = either.add_folder("Top")
    either.add_files(top, 40, 4096)
    either.order("GET", HANDLER, faults.Delay(0.2), times=None)

    handle = terminal("files", "get", "-r", "my/Top", signed_in_to=either, size=(24, columns))
    handle.expect(line)

    code, screen = ended(handle)
    assert code == 0
    assert screen.rstrip().endswith("downloaded 40 files (163,840 bytes)")


def test_the_result_of_one_file_is_shown_on_a_terminal(either, terminal):
    either.add_file("a.txt", None, b"abc")

    assert ended(terminal("files", "get", "my/a.txt", signed_in_to=either)) == (
        0, "downloaded 1 file (3 bytes)\n",
    )  # fmt: skip


def test_binary_content_is_not_written_to_a_terminal(either, terminal):
    either.add_file("a.bin", None, b"\0\1\2")

    code, screen = ended(terminal("files", "get", "my/a.bin", "-o", "-", signed_in_to=either))

    assert code == 2
    assert "is not written to a terminal" in screen
