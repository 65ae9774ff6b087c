"""Credentials in files: our own, which only its owner may read, and the one a variable names."""

from __future__ import annotations

import json
import os

import pytest

POSIX = pytest.mark.posix


@pytest.fixture
def kept(portal, home, sign_in):
    """Our credential file, with one credential in it."""
    assert sign_in(portal, "--insecure-storage").exit == 0
    return home.config / "credentials.json"


def test_it_holds_the_bare_credential_by_the_portals_name(portal, kept):
    data = json.loads(kept.read_text())

    assert data["version"] == 1
    assert list(data["tokens"]) == [portal.host]
    assert portal.is_live(data["tokens"][portal.host])


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
@pytest.mark.parametrize("args", ["token", "call GET people/@self", "logout"])
def test_a_file_that_others_can_read_is_refused_with_the_command_that_repairs_it(
    portal, oocli, kept, mode, args
):
    kept.chmod(mode)
    portal.forget()

    ran = oocli(*args.split())

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == f"oocli: {kept} can be read by others (mode {mode:04o})"
    assert f"chmod 600 {kept}" in hint
    assert portal.requests == []


@POSIX
def test_a_file_of_another_user_is_refused(portal, oocli, kept):
    if os.geteuid() == 0:
        os.chown(kept, 12345, -1)
    else:
        kept.unlink()
        kept.symlink_to("/etc/passwd")

    ran = oocli("token")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert f"oocli: {kept} belongs to another user and is not trusted\nhint: " in ran.stderr


@POSIX
def test_a_sign_in_does_not_write_into_a_file_that_others_can_read(portal, home, sign_in, kept):
    kept.chmod(0o644)
    before = kept.read_bytes()
    live = portal.live_sessions()

    ran = sign_in(portal, "--insecure-storage")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "can be read by others" in ran.stderr
    assert kept.read_bytes() == before
    assert portal.live_sessions() == live


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"version": 2, "tokens": {}}', b"\xff", b'{"tokens": []}']
)
def test_a_broken_file_is_told_and_not_rewritten(oocli, sign_in, portal, kept, content):
    kept.write_bytes(content)

    read, written = oocli("token"), sign_in(portal, "--insecure-storage")

    assert (read.exit, read.stdout) in ((1, b""), (4, b""))
    assert written.exit == 1
    assert str(kept) in written.stderr
    assert kept.read_bytes() == content


# OOCLI_TOKEN_FILE


@pytest.fixture
def with_file(portal, home, oocli):
    """Run with a token file of this content and mode."""

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
def test_a_mounted_secret_is_read_whatever_its_mode(portal, with_file, mode):
    ran = with_file(portal.issue_token().encode() + b"\n", mode)

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
def test_a_file_that_holds_no_token_is_told_by_the_name_of_its_variable(
    portal, with_file, content, exit, why
):
    ran = with_file(content)

    assert (ran.exit, ran.stdout) == (exit, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN_FILE")
    assert why in ran.stderr
    assert portal.requests == []


def test_a_file_that_is_not_there_is_local_trouble(portal, oocli, home):
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN_FILE": str(home.path / "nowhere")}

    ran = oocli("call", "GET", "people/@self", env=env)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr == (
        f"oocli: OOCLI_TOKEN_FILE: {home.path / 'nowhere'} cannot be read: "
        "No such file or directory\n"
    )


def test_the_file_belongs_to_one_portal_as_the_variable_does(portal, oocli, home, sign_in):
    sign_in(portal)
    portal.forget()
    (home.path / "mounted").write_text("abc")

    ran = oocli("call", "GET", "people/@self", env={"OOCLI_TOKEN_FILE": "mounted"})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN_FILE is set, but no portal is\n")
    assert portal.requests == []
