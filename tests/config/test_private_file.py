"""Files that only their owner may read, and that are changed completely or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from oocli.config import private_file
from oocli.model.errors import StorageError

POSIX = pytest.mark.posix
VERSION = 1


def test_a_missing_file_is_read_as_an_empty_object(tmp_path):
    assert private_file.read_object(tmp_path / "none" / "x.json", VERSION) == {}


def test_a_change_is_written_with_the_version_and_read_again(tmp_path):
    path = tmp_path / "a" / "x.json"

    with private_file.changing(path, VERSION) as data:
        data["name"] = "Émile"

    assert json.loads(path.read_bytes()) == {"version": 1, "name": "Émile"}
    assert private_file.read_object(path, VERSION)["name"] == "Émile"


def test_a_change_that_fails_leaves_the_file_as_it_was_and_no_temporary_file(tmp_path):
    path = tmp_path / "x.json"
    private_file.write(path, b'{"a":1}')

    with pytest.raises(ZeroDivisionError), private_file.changing(path, VERSION) as data:
        data["a"] = 1 / 0

    assert path.read_bytes() == b'{"a":1}'
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.json", "x.json.lock"]


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_are_private_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        with private_file.changing(tmp_path / "a" / "b" / "x.json", VERSION) as data:
            data["a"] = 1
    finally:
        os.umask(before)

    found = {
        str(path.relative_to(tmp_path)): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")
    }
    assert found == {"a": 0o700, "a/b": 0o700, "a/b/x.json": 0o600, "a/b/x.json.lock": 0o600}


@POSIX
def test_an_existing_directory_keeps_its_mode(tmp_path):
    (tmp_path / "a").mkdir(mode=0o755)
    (tmp_path / "a").chmod(0o755)

    private_file.make_private_directory(tmp_path / "a" / "b")

    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_file_that_others_could_read_is_private_after_it_is_written(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}")
    path.chmod(0o644)

    private_file.write(path, b"{}")

    assert path.stat().st_mode & 0o777 == 0o600


@POSIX
def test_a_writer_that_is_killed_leaves_the_file_whole_and_the_lock_free(tmp_path):
    path = tmp_path / "x.json"
    private_file.write(path, b'{"a":1}')
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time, pathlib\n"
         "from oocli.config import private_file\n"
         "with private_file.changing(pathlib.Path(sys.argv[1]), 1) as data:\n"
         "    print('in', flush=True)\n"
         "    time.sleep(60)\n", str(path)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    start = time.monotonic()

    with private_file.changing(path, VERSION) as data:
        data["b"] = 2

    assert json.loads(path.read_bytes()) == {"a": 1, "version": 1, "b": 2}
    assert time.monotonic() - start < private_file.LOCK_LIMIT


def test_a_member_that_is_not_an_object_is_an_error(tmp_path):
    with pytest.raises(StorageError, match="'portals' is not a JSON object"):
        private_file.member({"portals": []}, "portals", tmp_path / "x.json")
