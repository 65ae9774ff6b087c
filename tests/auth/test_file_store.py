"""Credentials in files: credentials.json, and the file that OOCLI_TOKEN_FILE names."""

from __future__ import annotations

import json
import os

import pytest

POSIX = pytest.mark.posix


@pytest.fixture
def credential_file(portal, home, sign_in):
    """The path of credentials.json, with one credential in it."""
    assert sign_in(portal, "--insecure-storage").exit == 0
    return home.config / "credentials.json"


def test_credentials_json_maps_the_portal_to_its_token(portal, credential_file):
    data = json.loads(credential_file.read_text())

    assert data["version"] == 1
    assert list(data["tokens"]) == [portal.host]
    assert portal.is_live(data["tokens"][portal.host])


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
@pytest.mark.parametrize("args", ["token", "call GET people/@self", "logout"])
def test_a_file_that_others_can_read_is_refused_with_the_command_that_repairs_it(
    portal, oocli, credential_file, mode, args
):
    credential_file.chmod(mode)
    portal.forget()

    ran = oocli(*args.split())

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == f"oocli: {credential_file} can be read by others (mode {mode:04o})"
    assert f"chmod 600 {credential_file}" in hint
    assert portal.requests == []


@POSIX
def test_a_file_of_another_user_is_refused(portal, oocli, credential_file):
    if os.geteuid() == 0:
        os.chown(credential_file, 12345, -1)
    else:
        credential_file.unlink()
        credential_file.symlink_to("/etc/passwd")

    ran = oocli("token")

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == f"oocli: {credential_file} belongs to another user and is not trusted"
    assert hint.startswith("hint: ")


@POSIX
def test_a_sign_in_does_not_write_into_a_file_that_others_can_read(
    portal, home, sign_in, credential_file
):
    credential_file.chmod(0o644)
    before = credential_file.read_bytes()
    live = portal.live_sessions()

    ran = sign_in(portal, "--insecure-storage")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "can be read by others" in ran.stderr
    assert credential_file.read_bytes() == before
    assert portal.live_sessions() == live


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"version": 2, "tokens": {}}', b"\xff", b'{"tokens": []}']
)
def test_a_broken_credential_file_is_an_error_and_is_not_rewritten(
    oocli, sign_in, portal, credential_file, content
):
    credential_file.write_bytes(content)

    read, written = oocli("token"), sign_in(portal, "--insecure-storage")

    assert (read.exit, read.stdout) in ((1, b""), (4, b""))
    assert written.exit == 1
    assert str(credential_file) in written.stderr
    assert credential_file.read_bytes() == content


# OOCLI_TOKEN_FILE


@pytest.fixture
def run_with_token_file(portal, home, oocli):
    """Return a function that makes a call with a token file of this content and mode."""

    def run(content, mode=0o600):
        file = home.path / "mounted"
        file.write_bytes(content)
        file.chmod(mode)
        return oocli(
            "call", "GET", "people/@self",
            env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN_FILE": str(file)},
        )  # fmt: skip

    return run


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o666])
def test_a_token_file_is_read_whatever_its_mode(portal, run_with_token_file, mode):
    ran = run_with_token_file(portal.issue_token().encode() + b"\n", mode)

    assert (ran.exit, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("content", "exit", "why"),
    [
        (b"", 2, "contains no token"),
        (b"two words", 2, "contains white space or control characters inside the token"),
        (b"a\nb\n", 2, "contains white space or control characters inside the token"),
        (b"\xff\xfe", 1, "it is not text"),
        (b"x" * 70_000, 2, "is too large for a secret"),
    ],
)
def test_an_invalid_token_file_is_refused_by_the_name_of_its_variable(
    portal, run_with_token_file, content, exit, why
):
    ran = run_with_token_file(content)

    assert (ran.exit, ran.stdout) == (exit, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN_FILE")
    assert why in ran.stderr
    assert portal.requests == []


def test_a_missing_token_file_is_an_error(portal, oocli, home):
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN_FILE": str(home.path / "nowhere")}

    ran = oocli("call", "GET", "people/@self", env=env)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr == (
        f"oocli: OOCLI_TOKEN_FILE: {home.path / 'nowhere'} cannot be read: "
        "No such file or directory\n"
    )


def test_a_token_file_without_a_portal_is_refused(portal, oocli, home, sign_in):
    sign_in(portal)
    portal.forget()
    (home.path / "mounted").write_text("abc")

    ran = oocli("call", "GET", "people/@self", env={"OOCLI_TOKEN_FILE": "mounted"})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN_FILE is set, but no portal is\n")
    assert portal.requests == []
