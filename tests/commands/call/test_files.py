"""Answers saved with -o and -O, their file names, progress, and binary data on a terminal."""

import contextlib
import gzip
import re
import threading

import pytest

from tests.raw_server import RawServer
from tests.waiting import ended

BINARY = bytes(range(256)) * 2000
DOWNLOAD = "/filehandler.ashx?action=download&fileid=1"


@pytest.fixture
def file(either):
    """Return a function that makes a portal of each kind serve bytes under a link."""

    def serve(body=BINARY, kind="application/octet-stream", disposition="attachment", **how):
        headers = [("Content-Type", kind)]
        if disposition:
            headers.append(("Content-Disposition", disposition))
        either.answers("GET", "/filehandler.ashx", body=body, headers=headers, **how)
        return either

    return serve


def call(oocli, portal, *more, **how):
    return oocli("call", "GET", portal.origin + DOWNLOAD, *more, signed_in_to=portal, **how)


def test_a_file_is_printed_unchanged_in_a_pipe(file, oocli):
    ran = call(oocli, file())

    assert (ran.exit, ran.stdout, ran.stderr) == (0, BINARY, "")


def test_output_replaces_a_file_once_the_download_is_complete(file, oocli, tmp_path):
    (tmp_path / "out").write_text("old")

    ran = call(oocli, file(), "-o", "out")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "out").read_bytes() == BINARY
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out"]


def test_a_broken_download_keeps_the_old_file_and_leaves_no_other(either, oocli, tmp_path):
    (tmp_path / "out").write_text("old")
    (tmp_path / "plan.bin").write_bytes(BINARY)
    made = oocli(
        "call", "POST", "files/@my/upload", "--part", "file=@plan.bin", "--jq",
        ".response | if type == \"array\" then .[0] else . end | .viewUrl", signed_in_to=either,
    )  # fmt: skip
    either.order("GET", "*", either.faults.DropInBody(after_bytes=1000), times=None)

    ran = oocli("call", "GET", made.stdout.decode().strip(), "-o", "out", signed_in_to=either)

    assert ran.exit == 10
    assert "the answer is incomplete" in ran.stderr
    assert (tmp_path / "out").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out"]


def test_output_of_an_api_answer_is_its_body_without_a_byte_added(either, oocli, tmp_path):
    ran = oocli("call", "GET", "people/@self", "-o", "me.json", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "me.json").read_bytes() == either.last_body


def test_output_dash_is_stdout(either, oocli):
    ran = oocli("call", "GET", "people/@self", "-o", "-", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, either.last_body, "")


@pytest.mark.parametrize(
    ("shape", "content"),
    [
        (["--format", "csv", "--columns", "email"], b"email\nann@example.com\n"),
        (["--jq", ".response.email"], b"ann@example.com\n"),
    ],
)
def test_output_saves_the_formatted_answer(either, oocli, tmp_path, shape, content):
    ran = oocli("call", "GET", "people/@self", *shape, "-o", "out", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "out").read_bytes() == content


# File names from the portal


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="plan.docx"', "plan.docx"),
        ("attachment; filename=\"x\"; filename*=UTF-8''%C3%9Cber%20%E2%82%AC.txt", "Über €.txt"),
        ('attachment; filename="../../.ssh/authorized_keys"', "authorized_keys"),
        ('attachment; filename="..\\\\..\\\\run.bat"', "run.bat"),
        ('attachment; filename=".bashrc"', "bashrc"),
        ('attachment; filename="-o"', "o"),
        ("attachment; filename*=UTF-8''a%0D%0A%1B%5B31mb%E2%80%AE.txt", "a[31mb.txt"),
        ('attachment; filename="NUL.txt"', "_NUL.txt"),
        ('attachment; filename=""', "filehandler.ashx"),
        ("", "filehandler.ashx"),
    ],
)  # fmt: skip
def test_remote_name_uses_the_portals_name_and_makes_it_safe(
    file, oocli, tmp_path, disposition, name
):
    before = set(tmp_path.iterdir())

    ran = call(oocli, file(disposition=disposition), "-O")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert {path.name for path in tmp_path.iterdir() if path not in before} - {"config"} == {name}
    assert (tmp_path / name).read_bytes() == BINARY


def test_remote_name_never_overwrites_a_file(file, oocli, tmp_path):
    (tmp_path / "plan.docx").write_text("mine")

    ran = call(oocli, file(disposition='attachment; filename="plan.docx"'), "-O")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "the call succeeded (200), but --remote-name: plan.docx already exists" in ran.stderr
    assert ran.stderr.endswith("hint: -o plan.docx\n")
    assert (tmp_path / "plan.docx").read_text() == "mine"


def test_without_remote_name_the_portals_name_is_not_used(file, oocli, tmp_path):
    ran = call(oocli, file(disposition='attachment; filename="plan.docx"'))

    assert ran.exit == 0
    assert not (tmp_path / "plan.docx").exists()


# Answers to links


def test_a_json_file_is_data_even_if_it_looks_like_an_error(file, oocli):
    body = b'{"success":false,"message":"only data"}'

    ran = call(oocli, file(body=body, kind="application/json"))

    assert (ran.exit, ran.stdout, ran.stderr) == (0, body, "")


def test_a_handler_error_with_status_200_is_a_failure(file, oocli, tmp_path):
    portal = file(
        body=b'{"success":false,"message":"gone"}', kind="application/json", disposition=""
    )

    ran = call(oocli, portal, "-o", "out")

    assert (ran.exit, ran.stdout) == (8, b'{"success":false,"message":"gone"}\n')
    assert "gone (200)" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_gzip_answer_is_decompressed(either, oocli, tmp_path):
    either.answers(
        "GET", "/filehandler.ashx", body=gzip.compress(BINARY),
        headers=[("Content-Type", "application/zip"), ("Content-Encoding", "gzip")],
    )  # fmt: skip

    ran = call(oocli, either, "-o", "out")

    assert (ran.exit, ran.stderr) == (0, "")
    assert (tmp_path / "out").read_bytes() == BINARY


# Terminals


def raw_output(handle):
    """Wait for the end of a run on a terminal; return exit code and output with escapes."""
    ended(handle)
    return handle.exitstatus, handle.before


@pytest.mark.parametrize("how", [[], ["-o", "-"], ["--format", "raw"]])
def test_binary_data_is_not_written_to_a_terminal(file, terminal, how):
    portal = file()

    code, text = raw_output(
        terminal("call", "GET", portal.origin + DOWNLOAD, *how, signed_in_to=portal)
    )

    assert code == 2
    assert "the answer is binary" in text
    assert "hint: save it with -o FILE" in text
    assert "\x01" not in text


def test_control_characters_are_escaped_on_a_terminal_and_refused_with_raw(file, terminal):
    portal = file(body=b"a\x1b]52;c;x\x07b\n", kind="text/plain")
    link = portal.origin + DOWNLOAD

    shown = raw_output(terminal("call", "GET", link, signed_in_to=portal))
    raw = raw_output(terminal("call", "GET", link, "--format", "raw", signed_in_to=portal))

    assert shown == (0, "a\\u001b]52;c;x\\u0007b\r\n")
    assert raw[0] == 2
    assert "\x1b]52" not in raw[1]


@pytest.mark.parametrize("shape", [["--jq", ".response[]"], ["--format", "csv"]])
def test_formats_escape_control_characters_on_a_terminal(either, terminal, shape):
    either.answers("GET", "things", response=["a\x1b[31m\u202eb"])

    code, text = raw_output(terminal("call", "GET", "things", *shape, signed_in_to=either))

    assert code == 0
    assert "a\\u001b[31m\\u202eb" in text


@pytest.fixture
def slow_link():
    """The origin of a server that sends a file block by block until the event is set."""
    enough = threading.Event()

    def send(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Disposition: attachment\r\n\r\n")
        for _ in range(600):
            connection.sendall(b"x" * 131072)
            if enough.wait(0.1):
                return

    server = RawServer(send)
    yield server.origin, enough
    enough.set()
    server.close()


def test_a_slow_download_shows_its_progress_and_erases_it(slow_link, terminal, tmp_path):
    origin, enough = slow_link
    shown = terminal(
        "call", "GET", origin + DOWNLOAD, "-o", "out",
        env={"OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 20},
    )  # fmt: skip
    shown.expect(r"\r\d+ [kM]B, \d+ [kM]B/s|\r\d\.\d MB, ")
    enough.set()
    ended(shown)

    assert shown.exitstatus == 0
    assert re.search(r"\r +\rsaved out \([\d,]+ bytes\)\r\n$", shown.before)
    assert shown.before.count("\n") == 1
    assert (tmp_path / "out").stat().st_size % 131072 == 0


@pytest.fixture
def slow_reader():
    """The origin of a server that reads 16 MiB slowly until the event is set."""
    enough = threading.Event()

    def receive(connection):
        left = (16 << 20) - 65536  # a first block may have come with the head
        while left > 0:
            piece = connection.recv(65536)
            if not piece:
                return
            left -= len(piece)
            enough.wait(0.05)
        connection.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            while connection.recv(65536):
                pass
        connection.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")

    server = RawServer(receive)
    yield server.origin, enough
    enough.set()
    server.close()


def test_a_slow_upload_shows_its_progress_and_erases_it(slow_reader, terminal, tmp_path):
    origin, enough = slow_reader
    with (tmp_path / "big").open("wb") as file:
        file.truncate(16 << 20)
    shown = terminal(
        "call", "POST", "things", "--part", "file=@big",
        env={"OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 20},
    )  # fmt: skip
    shown.expect(r"MB of 16\.8 MB \(\d+%\), .*B/s, \d+:\d\d left")
    enough.set()
    ended(shown)

    assert shown.exitstatus == 0
    assert shown.before.endswith(" \r")


def test_a_terminal_shows_the_saved_file_and_its_size(portal, terminal, tmp_path):
    handle = terminal("call", "GET", "people/@self", "-o", "me.json", signed_in_to=portal)
    code, shown = ended(handle)

    assert code == 0
    size = (tmp_path / "me.json").stat().st_size
    assert f"saved me.json ({size:,} bytes)" in shown


def test_a_terminal_shows_the_file_name_that_the_portal_gave(portal, terminal, tmp_path):
    handle = terminal("call", "GET", DOWNLOAD, "-O", signed_in_to=portal)
    code, shown = ended(handle)

    assert code == 0, shown
    (name,) = {path.name for path in tmp_path.iterdir() if path.is_file()} - {"keyring.json"}
    size = (tmp_path / name).stat().st_size
    assert shown == f"saved {name} ({size:,} bytes)\n"
