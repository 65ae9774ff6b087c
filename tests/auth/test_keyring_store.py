"""The keyring: missing, insecure, locked, broken, slow or too small; each has its own error."""

from __future__ import annotations

import json
import os
import time

import pytest

# oocli gives up on a keyring after 3 s; a busy machine may need longer.
PATIENCE = 20


@pytest.mark.parametrize(
    ("backend", "why"),
    [
        ("keyring.backends.fail.Keyring", "this machine has no keyring that oocli can use"),
        ("keyring.backends.null.Keyring", "this machine has no keyring that oocli can use"),
        ("backends.Plaintext", "the keyring back end backends.Plaintext does not store secrets"),
        (
            "backends.PlaintextKeyring",
            "the keyring back end backends.PlaintextKeyring does not store secrets",
        ),
    ],
)
def test_a_back_end_that_stores_no_secrets_is_refused(portal, home, sign_in, backend, why):
    home.env["PYTHON_KEYRING_BACKEND"] = backend

    ran = sign_in(portal, "--error-format", "json")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert (ran.error["code"], ran.error["message"]) == ("no_store", why)
    assert "OOCLI_TOKEN" in ran.error["hint"]
    assert "--insecure-storage" in ran.error["hint"]
    assert portal.requests == []
    assert home.keyring == {}


def test_oocli_no_keyring_prevents_the_use_of_the_keyring(portal, home, sign_in):
    ran = sign_in(portal, env={"OOCLI_NO_KEYRING": "1"})

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: OOCLI_NO_KEYRING is set: the keyring is not used\nhint: ")
    assert portal.requests == []


@pytest.mark.parametrize(
    ("backend", "why"),
    [
        ("Locked", "the keyring is locked"),
        ("Broken", "the keyring is locked"),
        ("Slow", "the keyring did not answer within 3 s; it may be waiting to be unlocked"),
    ],
)
@pytest.mark.parametrize("command", ["token", "whoami", "logout"])
def test_a_keyring_that_cannot_be_opened_is_not_taken_for_an_empty_one(
    portal, home, oocli, sign_in, backend, why, command
):
    sign_in(portal)
    portal.forget()
    home.use_backend(backend)
    start = time.monotonic()

    ran = oocli(command)

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == f"oocli: {why}"
    assert hint == "hint: unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN"
    assert portal.requests == []
    assert time.monotonic() - start < PATIENCE


def test_an_empty_keyring_means_not_signed_in(portal, home, oocli, sign_in):
    sign_in(portal)
    (home.path / "keyring.json").write_text("{}")

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: {portal.host}: not signed in\nhint: oocli login --portal {portal.host}\n"
    )


@pytest.mark.parametrize("backend", ["Locked", "Slow", "ReadOnly"])
def test_a_sign_in_that_cannot_be_stored_leaves_no_session(either, home, sign_in, backend):
    home.use_backend(backend)

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert either.live_sessions() == []
    assert not (home.config / "portals.json").exists()


def test_a_credential_too_long_for_windows_is_refused_and_not_truncated(portal, home, oocli):
    home.use_backend("Small")
    long = portal.issue_token() + "A" * 1300
    portal.answers("GET", "people/@self", response={"email": "ann@example.com"})

    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin=long)

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == (
        f"oocli: the credential has {len(long)} characters; Windows stores at most 1280"
    )
    assert "--insecure-storage" in hint
    assert home.keyring == {}


def test_the_longest_credential_that_windows_stores_is_accepted(portal, home, oocli):
    home.use_backend("Small")
    portal.answers("GET", "people/@self", response={"email": "ann@example.com"})

    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin="A" * 1280)

    assert ran.exit == 0
    assert home.keyring == {f"oocli/{portal.host}": "A" * 1280}


def test_a_back_end_that_cannot_be_imported_is_an_error(portal, home, sign_in):
    home.env["PYTHON_KEYRING_BACKEND"] = "no_such_module.Keyring"

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: cannot open the keyring: No module named 'no_such_module'")
    assert portal.requests == []


def register_back_ends(home):
    """Register the back ends of these tests as an installed package would."""
    info = home.path / "site" / "backends-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: backends\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\ntests = backends\n")
    home.env["PYTHONPATH"] += os.pathsep + str(info.parent)


def test_later_runs_load_the_back_end_that_the_sign_in_recorded(portal, home, oocli, sign_in):
    register_back_ends(home)
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]

    ran = oocli("token")

    assert home.portals["portals"][portal.host]["credential"]["backend"] == "backends.InFile"
    assert (ran.exit, ran.stderr) == (0, "")
    assert portal.is_live(ran.stdout.decode().strip())


def test_the_configuration_file_of_keyring_overrides_the_recorded_back_end(
    portal, home, oocli, sign_in
):
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]
    folder = home.path / "xdg" / "python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=backends.Locked\n")

    ran = oocli("token", env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: the keyring is locked\n")


@pytest.mark.parametrize("name", ["intruder.Keyring", "keyring.core.disable", "backends.call"])
def test_a_recorded_name_that_is_no_back_end_is_neither_imported_nor_called(
    portal, home, oocli, sign_in, name
):
    register_back_ends(home)
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]
    (home.path / "site" / "intruder.py").write_text(
        "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\n"
    )
    data = home.portals
    data["portals"][portal.host]["credential"]["backend"] = name
    (home.config / "portals.json").write_text(json.dumps(data))

    ran = oocli("token")

    # Keyring then searches by itself, and finds the back end of these tests.
    assert (ran.exit, ran.stderr) == (0, "")
    assert portal.is_live(ran.stdout.decode().strip())
    assert not (home.path / "site" / "ran").exists()
    assert not list(home.path.rglob("keyringrc.cfg"))
