"""Files written as a whole, also where others can write into the folder."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from oocli.model.local_files import atomic_write, copy_access

POSIX = pytest.mark.posix


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    """Set the umask for one test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_what_was_there_stays_until_the_end_and_when_the_block_fails(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"before")

    with pytest.raises(ZeroDivisionError), atomic_write(path) as file:
        file.write(b"half")
        file.flush()
        assert path.read_bytes() == b"before"
        raise ZeroDivisionError

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_signal_right_after_the_neighbour_was_made_leaves_nothing(tmp_path):
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


def test_line_ends_are_written_as_they_are(tmp_path):
    with atomic_write(tmp_path / "x") as file:
        file.write(b"a\nb\r\n")

    assert (tmp_path / "x").read_bytes() == b"a\nb\r\n"


def test_a_name_of_the_greatest_length_can_be_written(tmp_path):
    path = tmp_path / ("x" * 255)
    with atomic_write(path) as file:
        file.write(b"1")

    assert path.read_bytes() == b"1"


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path, umask, mask):
    umask(mask)
    with atomic_write(tmp_path / "x"):
        pass

    assert mode_of(tmp_path / "x") == 0o666 & ~mask


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o400])
def test_a_replaced_file_keeps_its_mode_and_is_private_until_then(tmp_path, umask, mode):
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
def test_a_private_file_is_private_whatever_was_there(tmp_path, umask):
    umask(0)
    path = tmp_path / "x"
    path.touch(0o644)

    with atomic_write(path, private=True) as file:
        file.write(b"secret")
        (part,) = tmp_path.glob(".x.*.part")
        assert mode_of(part) == 0o600

    assert mode_of(path) == 0o600


@POSIX
def test_a_link_put_in_place_of_the_neighbour_is_not_written_through(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "urandom", bytes)  # even if its name were known
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / f".x.{'00' * 8}.part").symlink_to(victim)

    with pytest.raises(FileExistsError), atomic_write(tmp_path / "x") as file:
        file.write(b"other")

    assert victim.read_bytes() == b"mine"
    assert not (tmp_path / "x").exists()


@POSIX
def test_the_name_of_the_neighbour_cannot_be_foretold(tmp_path):
    names = set()
    for _ in range(20):
        with atomic_write(tmp_path / "x"):
            names |= {part.name for part in tmp_path.glob(".x.*.part")}

    assert len(names) == 20


@pytest.mark.root
def test_owner_and_group_stay(tmp_path):
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
def test_the_link_of_another_user_in_a_folder_for_everybody_is_not_followed(
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
def test_a_group_that_cannot_be_kept_gives_its_rights_to_nobody_else(tmp_path, monkeypatch):
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
