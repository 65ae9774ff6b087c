"""Downloads by Python programs, and the memory and open files that downloads need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oocli import OocliError, Portal
from oocli.files.transfer import Record, TransfersFailed
from oocli.transport.options import RequestLimits
from tests.conftest import ENVIRONMENT
from tests.portal import faults
from tests.waiting import until

HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
MIB = 1 << 20


@pytest.fixture
def client(either):
    """A portal that a Python program has opened."""
    with Portal(either.origin, token=either.issue_token()) as portal:
        yield portal


def test_python_downloads_a_file(client, either, tmp_path, capfd):
    file = either.add_file("a.txt", None, b"abc")

    (record,) = client.download("my/a.txt", tmp_path / "b.txt")

    assert record == Record("my/a.txt", str(tmp_path / "b.txt"), file, 3, "done")
    assert (tmp_path / "b.txt").read_bytes() == b"abc"
    assert capfd.readouterr() == ("", "")


def test_python_downloads_a_folder_and_the_second_time_nothing(client, either, tmp_path, capfd):
    top = either.add_folder("Top")
    either.add_files(top, 30)

    first = client.download("my/Top", tmp_path, recursive=True, parallel=12)
    second = client.download("my/Top", tmp_path, recursive=True)

    assert {record.result for record in first} == {"done"}
    assert {record.result for record in second} == {"same"}
    assert len(second) == len(list((tmp_path / "Top").iterdir())) == 30
    assert capfd.readouterr() == ("", "")


def test_python_gets_the_error_of_a_single_file(client, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    either.answers("GET", HANDLER, status=404, body=b"")

    with pytest.raises(OocliError, match=r"^my/a.txt on 127.0.0.1:\d+: .*404"):
        client.download("my/a.txt", tmp_path)


def test_python_gets_all_records_when_one_of_several_files_failed(client, either, tmp_path):
    top = either.add_folder("Top")
    either.add_files(top, 3)
    either.lie_about_size(either.add_file("lie", top, b"x"), 9)

    with pytest.raises(TransfersFailed, match="1 of 4 files failed: my/Top/lie on") as caught:
        client.download("my/Top", tmp_path, recursive=True)
    assert sorted(record.result for record in caught.value.records) == ["done"] * 3 + ["failed"]


def test_a_file_with_a_third_party_id_is_downloaded(client, either, tmp_path):
    top = either.add_folder("Drive", id="drive-1")
    either.add_file("a b.txt", top, b"abc", id="drive-1-|a b&c.txt")

    client.download("folder:drive-1", tmp_path, recursive=True)

    assert (tmp_path / "Drive/a b.txt").read_bytes() == b"abc"


def test_without_retries_a_broken_connection_is_an_error(either, tmp_path):
    either.add_file("a.bin", None, 8 * MIB)
    either.order("GET", HANDLER, faults.DropInBody(1000), times=None)
    limits = RequestLimits(retries=0)
    portal = Portal(either.origin, token=either.issue_token(), limits=limits)
    with portal, pytest.raises(OocliError, match="is incomplete"):
        portal.download("my/a.bin", tmp_path)


def test_a_file_is_downloaded_into_a_directory_that_cannot_be_listed(client, either, tmp_path):
    either.add_file("a.txt", None, b"abc")
    (tmp_path / "d").mkdir(mode=0o300)

    client.download("my/a.txt", tmp_path / "d")

    assert (tmp_path / "d/a.txt").read_bytes() == b"abc"


def open_files():
    """Return the number of open descriptors of this process that are no sockets."""
    found = [path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return len([path for path in found if not str(path).startswith("socket:")])


@pytest.mark.posix
def test_downloads_leave_no_descriptor_open(client, either, tmp_path):
    top = either.add_folder("Top")
    for number in range(5):
        either.add_files(either.add_folder(f"{number}", top), 10)
    client.download("my/Top", tmp_path / "first", recursive=True)
    before = open_files()

    for turn in range(3):
        client.download("my/Top", tmp_path / f"{turn}", recursive=True)

    until(lambda: open_files() <= before)


PEAK = """
import re, sys
from oocli.__main__ import main
code = main(sys.argv[1:])
from pathlib import Path
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
sys.exit(code)
"""


def peak(portal, cwd, *args):
    """Run the program; return its peak memory in MiB."""
    env = dict(os.environ) | ENVIRONMENT | {
        "OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token(),
        "OOCLI_CONFIG_DIR": str(cwd / "config"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *args],
        capture_output=True, text=True, env=env, cwd=cwd, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.parametrize("folders", [1, 100])
def test_a_tree_of_a_hundred_thousand_files_takes_little_memory(portal, tmp_path, folders):
    top = portal.add_folder("Top")
    for number in range(folders):
        portal.add_files(portal.add_folder(f"{number}", top), 100_000 // folders, 1)

    assert peak(portal, tmp_path, "files", "get", "-r", "my/Top", "--dry-run", "-q") <= 80


@pytest.mark.slow
@pytest.mark.posix
def test_a_file_of_a_gibibyte_takes_little_memory(portal, tmp_path):
    portal.add_file("large", None, 1 << 30)

    assert peak(portal, tmp_path, "files", "get", "my/large") <= 60
