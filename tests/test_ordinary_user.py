"""Folders and files that the user has no permission to enter, read or write.

Root needs no permission, so if root runs the tests, the program drops its capabilities
(tests/ordinary_user.py).
"""

from __future__ import annotations

import os
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
ME = ("call", "GET", "people/@self")
DENIED = "cannot be read: Permission denied"


@pytest.fixture
def ran(home, portal, tmp_path, run_program):
    """Run the program as an ordinary user; return exit code and stderr."""

    def run(*args, signed_in=True, stdin=b"", **env):
        variables = home.env | env | {"OOCLI_TEST_IMPORT": "ordinary_user"}
        if signed_in:
            variables |= {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
        variables = {name: value for name, value in variables.items() if value is not None}
        code, stdout, stderr = run_program(args, env=variables, cwd=tmp_path, stdin=stdin)
        assert code != 99, "the capabilities cannot be dropped here"
        text = stderr.decode() + stdout.decode()
        assert "a bug in oocli" not in text and "Traceback" not in text, text
        return code, stderr.decode()

    return run


@pytest.fixture
def closed(tmp_path):
    """A folder that its owner cannot enter, with `ca.pem` and a configuration in it."""
    folder = tmp_path / "closed"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "portals.json").write_text("{}")
    (folder / "ca.pem").write_text("nothing")
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize(
    "args",
    [ME, ("portals",), ("whoami",), ("logout",), ("token",),
     ("login", "--user", "ann@example.com", "--password-stdin", "--insecure-storage")],
)  # fmt: skip
@pytest.mark.parametrize("where", ["HOME", "OOCLI_CONFIG_DIR"])
def test_a_home_or_configuration_that_cannot_be_entered(ran, portal, closed, args, where):
    env = {"HOME": str(closed), "OOCLI_CONFIG_DIR": None}
    if where == "OOCLI_CONFIG_DIR":
        env = {where: str(closed / "config")}
    env["OOCLI_PORTAL"] = portal.origin

    exit_code, stderr = ran(*args, signed_in=args == ME, stdin=b"x", **env)

    assert exit_code == 1
    assert stderr.startswith("oocli: ") and f"portals.json {DENIED}" in stderr


def test_doctor_fails_without_a_bug(ran, closed):
    assert ran("doctor", HOME=str(closed), OOCLI_CONFIG_DIR=None)[0] == 1


@pytest.mark.parametrize(
    "source", ["--cacert", "--client-cert", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"]
)
@pytest.mark.parametrize("command", [ME, ("doctor",)])
def test_certificates_in_a_folder_that_cannot_be_entered(ran, closed, source, command):
    file = str(closed / "ca.pem")
    option = (source, file) if source.startswith("--") else ()

    exit_code, stderr = ran(*command, *option, **({} if option else {source: file}))

    assert (exit_code, stderr) == (1, f"oocli: {source}: {file} {DENIED}\n")


def test_a_file_of_certificates_that_cannot_be_read(ran, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    file.chmod(0)

    assert ran(*ME, "--cacert", str(file)) == (1, f"oocli: --cacert: {file} {DENIED}\n")


@pytest.mark.parametrize("mode", [0, 0o555])
def test_output_into_a_folder_that_cannot_be_written(ran, tmp_path, mode):
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(mode)
    try:
        exit_code, stderr = ran(*ME, "-o", str(folder / "x"))
    finally:
        folder.chmod(0o700)

    assert (exit_code, stderr) == (
        1,
        f"oocli: the call succeeded (200), but {folder / 'x'} cannot be written: "
        "Permission denied\n",
    )


def test_a_sign_in_that_cannot_be_stored_ends_its_session(ran, portal, tmp_path):
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o555)
    try:
        exit_code, stderr = ran(
            "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin",
            signed_in=False, stdin=portal.password.encode(), OOCLI_CONFIG_DIR=str(folder / "c"),
        )  # fmt: skip
    finally:
        folder.chmod(0o700)

    assert exit_code == 1 and "cannot be locked: Permission denied" in stderr
    assert portal.live_sessions() == []


@pytest.mark.root
@pytest.mark.parametrize("args", [ME, ("portals",)])
def test_portals_json_of_another_user(ran, home, args):
    home.config.mkdir()
    file = home.config / "portals.json"
    file.write_text("{}")
    file.chmod(0o600)
    os.chown(file, 65534, 65534)

    assert ran(*args) == (1, f"oocli: {file} {DENIED}\n")


@pytest.mark.parametrize("args", [
    ("call", "POST", "people", "-d", "@FILE"), ("call", "POST", "people", "-F", "a=@FILE"),
    ("call", "POST", "people", "--part", "a=@FILE"), ("batch", "FILE"),
])  # fmt: skip
def test_input_that_cannot_be_read(ran, closed, args):
    file = str(closed / "ca.pem")

    exit_code, stderr = ran(*(word.replace("FILE", file) for word in args))

    assert exit_code == 1
    assert stderr.startswith("oocli: ") and stderr.count("\n") == 1 and DENIED in stderr
