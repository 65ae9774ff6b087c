"""Names for local files, and files that are written completely or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.local_files import (
    MAX_SUGGESTED_BYTES,
    atomic_write,
    copy_access,
    safe_name,
    suggested_name,
)

POSIX = pytest.mark.posix


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    """Set the umask during a test; return the function that changes it."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_the_old_content_stays_until_the_end_and_if_the_block_fails(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"before")

    with pytest.raises(ZeroDivisionError), atomic_write(path) as file:
        file.write(b"half")
        file.flush()
        assert path.read_bytes() == b"before"
        raise ZeroDivisionError

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_signal_right_after_the_temporary_file_was_made_leaves_nothing(tmp_path):
    def interrupt(frame, event, function):
        if event == "c_return" and function is os.open:
            sys.setprofile(None)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sys.setprofile(interrupt)
        try:
            with atomic_write(tmp_path / "x"):
                pass
        finally:
            sys.setprofile(None)

    assert list(tmp_path.iterdir()) == []


def test_line_ends_are_written_unchanged(tmp_path):
    with atomic_write(tmp_path / "x") as file:
        file.write(b"a\nb\r\n")

    assert (tmp_path / "x").read_bytes() == b"a\nb\r\n"


def test_a_file_with_the_longest_possible_name_can_be_written(tmp_path):
    path = tmp_path / ("x" * 255)
    with atomic_write(path) as file:
        file.write(b"1")

    assert path.read_bytes() == b"1"


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_new_file_has_the_mode_that_the_umask_allows(tmp_path, umask, mask):
    umask(mask)
    with atomic_write(tmp_path / "x"):
        pass

    assert mode_of(tmp_path / "x") == 0o666 & ~mask


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o400])
def test_a_replaced_file_keeps_its_mode_and_its_temporary_file_is_private(tmp_path, umask, mode):
    umask(0)
    path = tmp_path / "x"
    path.touch()
    path.chmod(mode)

    with atomic_write(path) as file:
        file.write(b"secret")
        (part,) = tmp_path.glob(".x.*.part")
        assert mode_of(part) == 0o600

    assert mode_of(path) == mode
    assert path.read_bytes() == b"secret"


@POSIX
def test_a_private_file_is_private_whatever_the_mode_of_the_old_one(tmp_path, umask):
    umask(0)
    path = tmp_path / "x"
    path.touch(0o644)

    with atomic_write(path, private=True) as file:
        file.write(b"secret")
        (part,) = tmp_path.glob(".x.*.part")
        assert mode_of(part) == 0o600

    assert mode_of(path) == 0o600


@POSIX
def test_a_symbolic_link_in_place_of_the_temporary_file_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "urandom", bytes)  # so that the name of the temporary file is known
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / f".x.{'00' * 8}.part").symlink_to(victim)

    with pytest.raises(FileExistsError), atomic_write(tmp_path / "x") as file:
        file.write(b"other")

    assert victim.read_bytes() == b"mine"
    assert not (tmp_path / "x").exists()


@POSIX
def test_the_name_of_the_temporary_file_cannot_be_predicted(tmp_path):
    names = set()
    for _ in range(20):
        with atomic_write(tmp_path / "x"):
            names |= {part.name for part in tmp_path.glob(".x.*.part")}

    assert len(names) == 20


@pytest.mark.root
def test_a_replaced_file_keeps_its_owner_and_group(tmp_path):
    path = tmp_path / "x"
    path.touch(0o640)
    os.chown(path, 1234, 4321)

    with atomic_write(path) as file:
        file.write(b"1")

    found = path.stat()
    assert (found.st_uid, found.st_gid, mode_of(path)) == (1234, 4321, 0o640)


@pytest.mark.root
@pytest.mark.parametrize(("owner", "mode", "refused"), [
    (1234, 0o1777, True), (1234, 0o755, False), (0, 0o1777, False), (4321, 0o1777, False),
])  # fmt: skip
def test_another_users_symbolic_link_in_a_world_writable_folder_is_not_followed(
    tmp_path, owner, mode, refused
):
    folder, victim = tmp_path / "shared", tmp_path / "victim"
    folder.mkdir()
    os.chown(folder, 4321, 0)
    folder.chmod(mode)
    victim.write_bytes(b"mine")
    (folder / "x").symlink_to(victim)
    os.lchown(folder / "x", owner, 0)

    try:
        with atomic_write(folder / "x") as file:
            file.write(b"new")
    except PermissionError as failure:
        assert refused, failure

    assert victim.read_bytes() == (b"mine" if refused else b"new")


@POSIX
def test_if_the_group_cannot_be_kept_no_other_group_gets_its_permissions(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.touch()
    path.chmod(0o600)
    mode, inode, device, links, owner, group, *rest = path.stat()
    replaced = os.stat_result((mode | 0o064, inode, device, links, owner, group + 1, *rest))

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    with path.open("wb") as file:
        copy_access(file.fileno(), replaced)

    assert mode_of(path) == 0o644


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="report.docx"', "report.docx"),
        ("attachment; filename=report.docx", "report.docx"),
        ("attachment; filename=a b.docx; size=3", "a b.docx"),
        ("attachment; filename*=UTF-8''%C3%9Cber%20%E2%82%AC.txt", "Über €.txt"),
        ("attachment; filename=\"old.txt\"; filename*=UTF-8''new.txt", "new.txt"),
        ("attachment; FILENAME*=utf-8'de'a%2Fb.txt", "b.txt"),
        ("attachment; filename*=iso-8859-1''%FCber.txt", "über.txt"),
        ("attachment; filename=\"Ã\x9cber.txt\"", "Über.txt"),
        ('attachment; filename="a\\"b.txt"', "a_b.txt"),
        ('attachment; filename="x; filename=y.txt"', "x; filename=y.txt"),
        ('attachment; filename="report.docx', "report.docx"),
        ('attachment; filename="a; b.docx', "a; b.docx"),
        ('attachment; filename="report.docx\\', "report.docx"),
        ('attachment; filename="', "from-url.bin"),
        ('attachment; size=3; filename="a.txt"; x="', "a.txt"),
        ("attachment; filename*=UTF-8''", "from-url.bin"),
        ("attachment; filename=\"..\"", "from-url.bin"),
        ("attachment", "from-url.bin"),
        ("", "from-url.bin"),
    ],
)  # fmt: skip
def test_a_suggested_name_comes_from_the_header_or_else_from_the_address(header, name):
    assert suggested_name(header, "/files/from-url.bin") == name


def test_without_header_and_address_there_is_no_suggested_name():
    assert suggested_name("attachment", "/") is None


@pytest.mark.parametrize(
    ("suggested", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\x.dll", "x.dll"),
        ("/absolute", "absolute"),
        (".bashrc", "bashrc"),
        ("...", ""),
        ("-rf", "rf"),
        ("~root", "root"),
        ("a\x1b[31mb\x00\r\n\u202e\u200bc.txt", "a[31mbc.txt"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT\u00b9", "_LPT\u00b9"),
        ("console.txt", "console.txt"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("trailing. . ", "trailing"),
        ("[bold]x[/bold].txt", "bold].txt"),
        ("Überblick 2026 €.xlsx", "Überblick 2026 €.xlsx"),
    ],
)
def test_a_suggested_name_is_made_safe(suggested, safe):
    assert safe_name(suggested) == safe


def test_a_long_suggested_name_is_cut_and_keeps_its_extension():
    name = safe_name("ü" * 5000 + ".docx")

    assert name.endswith("ü.docx")
    assert MAX_SUGGESTED_BYTES - 1 <= len(name.encode()) <= MAX_SUGGESTED_BYTES


@given(st.text(max_size=300))
def test_any_suggested_text_becomes_one_plain_name(text):
    name = safe_name(text)

    assert name == "" or PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not name.startswith((".", "-", "~", " ")) and not name.endswith((".", " "))
    assert len(os.fsencode(name)) <= MAX_SUGGESTED_BYTES
    assert safe_name(name) == name
