"""`oocli demo` and `oocli demo serve`."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from tests.portal import DemoPortal
from tests.waiting import ended

COMMANDS = ["login", "whoami", "call", "files", "files", "logout"]
WAIT_S = 60
KINDS = pytest.mark.parametrize("kind", ["workspace", "docspace"])


def commands_in(shown: str) -> list[str]:
    """Return the name of each command that was shown."""
    return re.findall(r"^\$ oocli (\w+)", shown, re.MULTILINE)


def without_changing_parts(shown: str) -> str:
    """Replace what differs between runs: the port, ids and the end of the session."""
    shown = re.sub(r"127\.0\.0\.1:\d+", "HOST", shown)
    shown = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*", "WHEN", shown)
    return re.sub(r"[0-9a-f]{32}", "ID", shown)


def read_until(process: subprocess.Popen[bytes], start: str) -> None:
    """Read stdout up to a line that starts with this text."""
    for line in process.stdout:
        if line.decode().startswith(start):
            return
    raise AssertionError(f"it ended before {start!r}: {process.stderr.read()!r}")


@pytest.fixture
def temporary_folder(home, tmp_path) -> Path:
    """The empty folder for temporary files of all runs in this test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        home.env[name] = str(folder)
    return folder


@KINDS
def test_demo_shows_each_command_and_its_output(kind, oocli):
    ran = oocli("demo", "--kind", kind)

    shown = ran.stdout.decode()
    assert (ran.exit, ran.stderr) == (0, "")
    assert commands_in(shown) == COMMANDS
    logged_in, _, out = shown.partition("signed in as ann@example.com on ONLYOFFICE ")
    assert logged_in.endswith(": ")
    assert out.lower().startswith(kind)
    envelopes = [json.loads(line) for line in shown.splitlines() if line.startswith("{")]
    assert [envelope["response"]["email"] for envelope in envelopes] == ["ann@example.com"] * 2
    assert ": signed out\n" in out


def test_demo_ends_with_the_commands_for_your_own_portal(oocli):
    ran = oocli("demo")

    assert (ran.exit, ran.stderr) == (0, "")
    ending = ran.stdout.decode().rpartition(": signed out\n")[2]
    assert [line.split()[:2] for line in ending.splitlines() if line.startswith("  ")] == [
        ["oocli", "login"],
        ["oocli", "whoami"],
        ["oocli", "call"],
        ["oocli", "logout"],
    ]
    assert "--portal yourportal.onlyoffice.com" in ending


def test_demo_touches_neither_keyring_nor_configuration_and_leaves_no_files(
    oocli, home, temporary_folder
):
    ran = oocli("demo")

    assert (ran.exit, ran.stderr) == (0, "")
    assert sorted(home.path.iterdir()) == [temporary_folder]
    assert list(temporary_folder.iterdir()) == []


def test_demo_keeps_an_existing_sign_in_and_the_default_portal(oocli, home, portal, sign_in):
    sign_in(portal)
    before = (home.portals, home.keyring)

    ran = oocli("demo")

    assert (ran.exit, ran.stderr) == (0, "")
    assert (home.portals, home.keyring) == before
    assert portal.live_sessions() == [home.keyring[f"oocli/{portal.host}"]]


def test_demo_ignores_the_variables_of_oocli(oocli, tmp_path):
    plain = oocli("demo")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "portals.json").write_text("{")

    ran = oocli(
        "demo",
        env={
            "OOCLI_PORTAL": "docs.example.com",
            "OOCLI_TOKEN": "not-for-the-demo",
            "OOCLI_TOKEN_FILE": str(tmp_path / "absent"),
            "OOCLI_CONFIG_DIR": str(broken),
            "OOCLI_NO_INPUT": "1",
            "OOCLI_NO_KEYRING": "1",
            "OOCLI_TIMEOUT": "soon",
            "OOCLI_RETRY": "often",
            "OOCLI_INSECURE_HTTP": "1",
            "OOCLI_COLOR": "always",
            "OOCLI_DEBUG": "1",
        },
    )

    assert (ran.exit, ran.stderr) == (0, "")
    assert without_changing_parts(ran.stdout.decode()) == without_changing_parts(
        plain.stdout.decode()
    )


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_demo_ignores_proxy_variables(name, oocli):
    ran = oocli("demo", env={name: "http://127.0.0.1:9"})

    assert (ran.exit, ran.stderr) == (0, "")
    assert commands_in(ran.stdout.decode()) == COMMANDS


def test_demo_does_not_import_modules_from_the_working_directory(oocli, tmp_path):
    (tmp_path / "requests.py").write_text("raise SystemExit('run by mistake')")

    ran = oocli("demo")

    assert (ran.exit, ran.stderr) == (0, "")
    assert b"run by mistake" not in ran.stdout


def test_demo_logs_each_request_with_v(oocli):
    ran = oocli("demo", "-v")

    shown = ran.stdout.decode()
    assert (ran.exit, ran.stderr) == (0, "")
    assert "$ oocli whoami -v\n> GET http://127.0.0.1:" in shown
    assert "correct horse battery" not in shown


def test_color_always_colors_the_demo_in_a_pipe(oocli):
    ran = oocli("demo", "--color", "always")

    assert (ran.exit, ran.stderr) == (0, "")
    assert b"\x1b[1m$ oocli whoami\x1b[0m\n" in ran.stdout


@KINDS
@pytest.mark.posix
def test_on_a_terminal_the_commands_of_the_demo_see_a_terminal(kind, terminal):
    handle = terminal("demo", "--kind", kind, size=(50, 120))
    code, _ = ended(handle)

    shown = handle.before.replace("\r\n", "\n")
    assert code == 0
    assert "\x1b[1m$ oocli whoami\x1b[0m\n" in shown
    assert "│ \x1b[2mname" in shown
    assert '\x1b[1;34m"email"\x1b[0m: \x1b[32m"ann@example.com"\x1b[0m' in shown


@pytest.mark.posix
def test_ctrl_c_ends_the_demo_and_leaves_no_files(terminal, temporary_folder):
    handle = terminal("demo")
    handle.expect_exact("oocli whoami")
    handle.sendintr()
    code, shown = ended(handle)

    assert code == 130
    assert "Traceback" not in shown
    assert "with your own portal" not in shown
    assert list(temporary_folder.iterdir()) == []


@pytest.mark.posix
def test_sigterm_ends_the_demo_and_leaves_no_files(start, temporary_folder):
    demo = start("demo")
    read_until(demo, "$ oocli login")

    demo.terminate()
    _, stderr = demo.communicate(timeout=WAIT_S)

    assert (demo.returncode, stderr) == (143, b"")
    assert list(temporary_folder.iterdir()) == []


@pytest.mark.posix
def test_a_closed_stdout_ends_the_demo_quietly_and_leaves_no_files(start, temporary_folder):
    demo = start("demo")
    read_until(demo, "$ oocli login")

    demo.stdout.close()
    code = demo.wait(timeout=WAIT_S)

    assert (code, demo.stderr.read()) == (141, b"")
    assert list(temporary_folder.iterdir()) == []


@pytest.mark.parametrize("words", [["demo"], ["demo", "serve"]])
def test_an_unknown_kind_of_portal_is_refused(words, oocli):
    ran = oocli(*words, "--kind", "forum")

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == (
        "oocli: Invalid value for '--kind': 'forum' is not one of 'workspace', 'docspace'.\n"
        f"hint: oocli {' '.join(words)} -h\n"
    )


@pytest.mark.parametrize("words", [["demo"], ["demo", "serve"]])
def test_help_begins_with_examples(words, oocli):
    ran = oocli(*words, "-h")

    lines = [line.strip() for line in ran.stdout.decode().splitlines() if line.strip()]
    assert (ran.exit, ran.stderr) == (0, "")
    assert lines[1].startswith(f"Usage: oocli {' '.join(words)} ")
    assert lines[2] == "Examples:"
    assert lines[3].startswith("oocli demo")


# demo serve


@dataclass
class Served:
    """A running `oocli demo serve`, and what it printed about its portal."""

    process: subprocess.Popen[bytes]
    printed: dict[str, str]

    @property
    def address(self) -> str:
        return self.printed["address"]

    @property
    def login(self) -> tuple[str, ...]:
        """The words of a login that reads the password from stdin."""
        return ("login", "--portal", self.address, "--user", self.printed["user"],
                "--password-stdin")  # fmt: skip

    def end(self, number: int) -> tuple[int, str]:
        """Send a signal; return the exit code and the rest of stderr."""
        self.process.send_signal(number)
        _, stderr = self.process.communicate(timeout=WAIT_S)
        return self.process.returncode, stderr.decode()


@pytest.fixture
def serve(start) -> Callable[..., Served]:
    """Start `oocli demo serve` and read its first three lines and `more`."""

    def run(*words: str, more: int = 0) -> Served:
        process = start("demo", "serve", *words)
        lines = [process.stdout.readline().decode() for _ in range(3 + more)]
        if "--quiet" not in words:
            assert process.stderr.readline() == b"serving until Ctrl-C\n"
        return Served(process, dict(line.rstrip("\n").split(": ", 1) for line in lines))

    return run


@KINDS
def test_login_works_at_a_served_portal(kind, serve, oocli):
    served = serve("--kind", kind)

    ran = oocli(
        *served.login,
        stdin=served.printed["password"],
    )  # fmt: skip

    assert list(served.printed) == ["address", "user", "password"]
    assert (ran.exit, ran.stdout) == (0, b"")
    assert f"signed in as {served.printed['user']} on ONLYOFFICE" in ran.stderr


def test_login_works_at_a_portal_served_over_tls(serve, oocli, tmp_path):
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    issued.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    issued.private_key_pem.write_to_path(tmp_path / "key.pem")
    served = serve("--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem"))

    ran = oocli(
        *served.login,
        "--cacert", tmp_path / "authority.pem", stdin=served.printed["password"],
    )  # fmt: skip

    assert served.address.startswith("https://127.0.0.1:")
    assert (ran.exit, ran.stdout) == (0, b"")
    assert "signed in as" in ran.stderr


@KINDS
def test_serve_prints_the_key_that_generates_authenticator_codes(kind, serve, oocli):
    served = serve("--kind", kind, "--tfa", "app", more=1)
    same_portal = DemoPortal(kind, tfa="app")
    assert served.printed["app key"] == same_portal.totp_key()

    ran = oocli(
        *served.login,
        "--otp", same_portal.totp(), stdin=served.printed["password"],
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (0, b"")
    assert "signed in as" in ran.stderr


@KINDS
def test_serve_prints_sms_codes_as_they_are_sent(kind, serve, oocli):
    served = serve("--kind", kind, "--tfa", "sms")
    assert oocli(*served.login, stdin=served.printed["password"]).exit == 4
    name, _, code = served.process.stdout.readline().decode().rstrip("\n").partition(": ")

    ran = oocli(*served.login, "--otp", code, stdin=served.printed["password"])

    assert name == "sms"
    assert (ran.exit, ran.stdout) == (0, b"")
    assert "signed in as" in ran.stderr


@KINDS
def test_fault_applies_only_to_its_method_and_path(kind, serve, oocli):
    served = serve(
        "--kind", kind, "--fault", "post authentication 402", "--fault", "GET files* 503"
    )

    ran = oocli(*served.login, stdin=served.printed["password"])
    probe = oocli("call", "GET", "settings/version/build", env={
        "OOCLI_PORTAL": served.address, "OOCLI_TOKEN": "not-checked-by-this-path",
    })  # fmt: skip

    assert ran.exit == 6
    assert "made to fail by --fault (402)" in ran.stderr
    assert probe.exit == 0


@pytest.mark.parametrize("typed", ["GET people", "GET people 200", "GET people x", ""])
def test_an_invalid_fault_is_refused(typed, oocli):
    ran = oocli("demo", "serve", "--fault", typed)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert "METHOD PATH STATUS" in ran.stderr


def test_api_keys_prints_a_working_key(serve, oocli):
    served = serve("--kind", "docspace", "--api-keys", more=1)

    ran = oocli(
        "call", "GET", "people/@self",
        env={"OOCLI_PORTAL": served.address, "OOCLI_TOKEN": served.printed["api key"]},
    )  # fmt: skip

    assert served.printed["api key"].startswith("sk-")
    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.json["response"]["email"] == served.printed["user"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ["--tfa", "dice"],
            "Invalid value for '--tfa': 'dice' is not one of 'app', 'app-new', 'sms', 'sms-new'.\n"
            "hint: oocli demo serve -h",
        ),
        (["--api-keys"], "--api-keys needs --kind docspace: Workspace has no API keys"),
    ],
)
def test_options_that_no_portal_supports_are_refused(words, why, oocli):
    ran = oocli("demo", "serve", *words)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == f"oocli: {why}\n"


@pytest.mark.posix
def test_ctrl_c_stops_serving_with_exit_0(serve):
    served = serve()

    assert served.end(signal.SIGINT) == (0, "stopped\n")


@pytest.mark.posix
def test_quiet_serving_prints_only_address_user_and_password(serve):
    served = serve("--quiet")

    assert served.end(signal.SIGINT) == (0, "")


@pytest.mark.posix
def test_port_is_used_and_is_free_again_after_sigterm(serve):
    first = serve()
    port = first.address.rpartition(":")[2]
    assert first.end(signal.SIGTERM) == (143, "")

    assert serve("--port", port).address == first.address


@pytest.mark.posix
def test_serving_ends_while_a_client_holds_a_connection_open(serve):
    served = serve()
    host, _, port = served.address.removeprefix("http://").rpartition(":")

    with socket.create_connection((host, int(port)), timeout=WAIT_S) as client:
        client.sendall(b"GET /api/2.0/capabilities HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(12).startswith(b"HTTP/1.1 200")

        assert served.end(signal.SIGINT)[0] == 0


def test_a_port_in_use_is_reported_with_a_hint(oocli):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ran = oocli("demo", "serve", "--port", str(port))

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith(f"oocli: the demo portal cannot listen on port {port}: ")
    assert ran.stderr.endswith("\nhint: omit --port to use any free port\n")


def test_a_certificate_without_its_key_is_a_usage_error(oocli, tmp_path):
    ran = oocli("demo", "serve", "--tls-cert", tmp_path / "cert.pem")

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == "oocli: --tls-cert and --tls-key must be used together\n"


def test_tls_files_that_are_missing_are_named(oocli, tmp_path):
    absent = tmp_path / "absent.pem"

    ran = oocli("demo", "serve", "--tls-cert", absent, "--tls-key", absent)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr == f"oocli: --tls-cert: {absent} cannot be read: No such file or directory\n"


def test_invalid_tls_files_are_reported(oocli, tmp_path):
    other = tmp_path / "other.pem"
    other.write_text("a letter")

    ran = oocli("demo", "serve", "--tls-cert", other, "--tls-key", other)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr == (
        "oocli: --tls-cert and --tls-key are not a certificate and its key in PEM form\n"
    )
