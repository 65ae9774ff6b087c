"""The keyring: absent, insecure, locked, broken, slow or too small, each told apart."""

from __future__ import annotations

import json
import os
import time

import pytest

# What a hung dialog may take before oocli gives up is 3 s; a loaded machine adds its own.
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
def test_what_keeps_no_secret_is_no_secure_store(portal, home, sign_in, backend, why):
    home.env["PYTHON_KEYRING_BACKEND"] = backend

    ran = sign_in(portal, "--error-format", "json")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert (ran.error["code"], ran.error["message"]) == ("no_store", why)
    assert "OOCLI_TOKEN" in ran.error["hint"]
    assert "--insecure-storage" in ran.error["hint"]
    assert portal.requests == []
    assert home.keyring == {}


def test_our_variable_keeps_the_keyring_closed(portal, home, sign_in):
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
def test_a_store_that_does_not_open_is_told_apart_from_an_empty_one(
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


def test_an_empty_store_is_a_sign_in_that_is_needed(portal, home, oocli, sign_in):
    sign_in(portal)
    (home.path / "keyring.json").write_text("{}")

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: {portal.host}: not signed in\nhint: oocli login --portal {portal.host}\n"
    )


@pytest.mark.parametrize("backend", ["Locked", "Slow", "ReadOnly"])
def test_a_sign_in_that_the_store_does_not_take_leaves_no_session(either, home, sign_in, backend):
    home.use_backend(backend)

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert either.live_sessions() == []
    assert not (home.config / "portals.json").exists()


def test_a_credential_too_long_for_windows_is_not_cut_but_refused(portal, home, oocli):
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


def test_a_credential_of_the_length_that_windows_keeps_is_kept(portal, home, oocli):
    home.use_backend("Small")
    portal.answers("GET", "people/@self", response={"email": "ann@example.com"})

    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin="A" * 1280)

    assert ran.exit == 0
    assert home.keyring == {f"oocli/{portal.host}": "A" * 1280}


def test_a_back_end_that_does_not_exist_is_told_in_one_line(portal, home, sign_in):
    home.env["PYTHON_KEYRING_BACKEND"] = "no_such_module.Keyring"

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: cannot open the keyring: No module named 'no_such_module'")
    assert portal.requests == []


def register(home):
    """Register the back ends of these tests as an installed package would."""
    info = home.path / "site" / "backends-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: backends\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\ntests = backends\n")
    home.env["PYTHONPATH"] += os.pathsep + str(info.parent)


def test_the_back_end_of_the_sign_in_is_loaded_directly_afterwards(portal, home, oocli, sign_in):
    register(home)
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]

    ran = oocli("token")

    assert home.portals["portals"][portal.host]["credential"]["backend"] == "backends.InFile"
    assert (ran.exit, ran.stderr) == (0, "")
    assert portal.is_live(ran.stdout.decode().strip())


def test_keyrings_own_configuration_file_still_decides(portal, home, oocli, sign_in):
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]
    folder = home.path / "xdg" / "python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=backends.Locked\n")

    ran = oocli("token", env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: the keyring is locked\n")


@pytest.mark.parametrize("name", ["intruder.Keyring", "keyring.core.disable", "backends.call"])
def test_a_record_that_names_no_back_end_imports_and_calls_nothing(
    portal, home, oocli, sign_in, name
):
    register(home)
    sign_in(portal)
    del home.env["PYTHON_KEYRING_BACKEND"]
    (home.path / "site" / "intruder.py").write_text(
        "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\n"
    )
    data = home.portals
    data["portals"][portal.host]["credential"]["backend"] = name
    (home.config / "portals.json").write_text(json.dumps(data))

    ran = oocli("token")

    # Keyring's own search goes on, and finds the back end of these tests.
    assert (ran.exit, ran.stderr) == (0, "")
    assert portal.is_live(ran.stdout.decode().strip())
    assert not (home.path / "site" / "ran").exists()
    assert not list(home.path.rglob("keyringrc.cfg"))
