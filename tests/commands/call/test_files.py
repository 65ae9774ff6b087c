"""Answers kept in files: -o, -O, their names, and what a terminal is spared."""

import contextlib
import gzip
import re
import socket
import threading

import pytest

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


def test_a_file_in_a_pipe_comes_untouched(file, oocli):
    ran = call(oocli, file())

    assert (ran.exit, ran.stdout, ran.stderr) == (0, BINARY, "")


def test_output_replaces_a_file_when_all_of_it_came(file, oocli, tmp_path):
    (tmp_path / "out").write_text("old")

    ran = call(oocli, file(), "-o", "out")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "out").read_bytes() == BINARY
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out"]


def test_half_a_file_leaves_the_old_one_and_no_neighbour(either, oocli, tmp_path):
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


def test_output_of_a_failure_writes_no_file_and_shows_the_body(either, oocli, tmp_path):
    either.answers("GET", "things", status=404, error="There is no such thing")

    ran = oocli("call", "GET", "things", "-o", "out", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (7, either.last_body + b"\n")
    assert not (tmp_path / "out").exists()


def test_output_of_an_api_answer_is_its_body_without_a_byte_added(either, oocli, tmp_path):
    ran = oocli("call", "GET", "people/@self", "-o", "me.json", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "me.json").read_bytes() == either.last_body


def test_a_dash_is_stdout(either, oocli):
    ran = oocli("call", "GET", "people/@self", "-o", "-", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, either.last_body, "")


@pytest.mark.parametrize(
    ("shape", "content"),
    [
        (["--format", "csv", "--columns", "email"], b"email\nann@example.com\n"),
        (["--jq", ".response.email"], b"ann@example.com\n"),
    ],
)
def test_output_takes_what_a_format_makes(either, oocli, tmp_path, shape, content):
    ran = oocli("call", "GET", "people/@self", *shape, "-o", "out", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "out").read_bytes() == content


def test_output_into_a_place_that_is_not_there_is_told(either, oocli):
    ran = oocli("call", "GET", "people/@self", "-o", "no/where", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "no/where cannot be written: No such file or directory" in ran.stderr


# Names from the portal


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
def test_the_remote_name_is_taken_and_made_safe(file, oocli, tmp_path, disposition, name):
    before = set(tmp_path.iterdir())

    ran = call(oocli, file(disposition=disposition), "-O")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert {path.name for path in tmp_path.iterdir() if path not in before} - {"config"} == {name}
    assert (tmp_path / name).read_bytes() == BINARY


def test_a_remote_name_never_overwrites(file, oocli, tmp_path):
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


# What a link answers


def test_a_json_file_is_a_file_even_if_it_says_that_something_failed(file, oocli):
    body = b'{"success":false,"message":"only data"}'

    ran = call(oocli, file(body=body, kind="application/json"))

    assert (ran.exit, ran.stdout, ran.stderr) == (0, body, "")


def test_a_handler_that_says_no_with_200_is_a_failure(file, oocli, tmp_path):
    portal = file(
        body=b'{"success":false,"message":"gone"}', kind="application/json", disposition=""
    )

    ran = call(oocli, portal, "-o", "out")

    assert (ran.exit, ran.stdout) == (8, b'{"success":false,"message":"gone"}\n')
    assert "gone (200)" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_packed_answer_is_unpacked(file, oocli, tmp_path):
    portal = file(body=gzip.compress(BINARY))
    portal.clear_orders()
    portal.answers(
        "GET", "/filehandler.ashx", body=gzip.compress(BINARY),
        headers=[("Content-Type", "application/zip"), ("Content-Encoding", "gzip")],
    )  # fmt: skip

    ran = call(oocli, portal, "-o", "out")

    assert (ran.exit, ran.stderr) == (0, "")
    assert (tmp_path / "out").read_bytes() == BINARY


# Terminals


def seen(handle):
    ended(handle)
    return handle.exitstatus, handle.before


@pytest.mark.parametrize("how", [[], ["-o", "-"], ["--format", "raw"]])
def test_binary_is_kept_off_the_terminal(file, terminal, how):
    portal = file()

    code, text = seen(terminal("call", "GET", portal.origin + DOWNLOAD, *how, signed_in_to=portal))

    assert code == 2
    assert "the answer is binary" in text
    assert "hint: save it with -o FILE" in text
    assert "\x01" not in text


def test_text_that_could_drive_the_terminal_is_escaped_or_with_raw_refused(file, terminal):
    portal = file(body=b"a\x1b]52;c;x\x07b\n", kind="text/plain")
    link = portal.origin + DOWNLOAD

    shown = seen(terminal("call", "GET", link, signed_in_to=portal))
    raw = seen(terminal("call", "GET", link, "--format", "raw", signed_in_to=portal))

    assert shown == (0, "a\\u001b]52;c;x\\u0007b\r\n")
    assert raw[0] == 2
    assert "\x1b]52" not in raw[1]


@pytest.mark.parametrize("shape", [["--jq", ".response[]"], ["--format", "csv"]])
def test_shapes_drive_no_terminal_either(either, terminal, shape):
    either.answers("GET", "things", response=["a\x1b[31m\u202eb"])

    code, text = seen(terminal("call", "GET", "things", *shape, signed_in_to=either))

    assert code == 0
    assert "a\\u001b[31m\\u202eb" in text


@pytest.fixture
def slow_link():
    """The link to a file that comes block by block until somebody has seen enough of it."""
    enough = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Disposition: attachment\r\n\r\n")
            for _ in range(600):
                connection.sendall(b"x" * 131072)
                if enough.wait(0.1):
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", enough
    enough.set()
    listening.close()
    thread.join(10)


def test_a_slow_download_shows_its_progress_and_takes_it_away(slow_link, terminal, tmp_path):
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
    """A server that takes what is sent little by little until somebody has seen enough."""
    enough = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with connection:
            left = 16 << 20
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

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", enough
    enough.set()
    listening.close()
    thread.join(10)


def test_a_slow_upload_shows_its_progress_and_takes_it_away(slow_reader, terminal, tmp_path):
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


def test_a_person_is_told_what_was_saved(portal, terminal, tmp_path):
    handle = terminal("call", "GET", "people/@self", "-o", "me.json", signed_in_to=portal)
    code, shown = ended(handle)

    assert code == 0
    size = (tmp_path / "me.json").stat().st_size
    assert f"saved me.json ({size:,} bytes)" in shown


def test_a_person_is_told_the_name_that_the_portal_gave(portal, terminal, tmp_path):
    handle = terminal("call", "GET", DOWNLOAD, "-O", signed_in_to=portal)
    code, shown = ended(handle)

    assert code == 0, shown
    (name,) = {path.name for path in tmp_path.iterdir() if path.is_file()} - {"keyring.json"}
    size = (tmp_path / name).stat().st_size
    assert shown == f"saved {name} ({size:,} bytes)\n"


def test_a_script_is_not_told_what_was_saved(portal, oocli):
    ran = oocli("call", "GET", "people/@self", "-o", "me.json", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
