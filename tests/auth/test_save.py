"""Saving a sign-in: the credential and its record together, or neither; the old session ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from oocli.config.environment import Directories
from oocli.config.portals import locked_portal


def sign_in_as_bob(oocli, portal, *more):
    """Sign in as the other user of a demo portal."""
    return oocli(
        "login", "--portal", portal.origin, "--user", portal.other_user, "--password-stdin", *more,
        stdin=portal.other_password,
    )  # fmt: skip


def test_when_a_second_sign_in_cannot_be_recorded_the_first_one_stays(either, home, oocli, sign_in):
    sign_in(either)
    before, records = home.keyring, home.portals
    (home.config / "portals.json.lock").unlink()
    (home.config / "portals.json.lock").mkdir()

    ran = sign_in_as_bob(oocli, either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert home.keyring == before
    assert home.portals == records
    assert either.live_sessions() == list(before.values())
    assert oocli("call", "GET", "people/@self").json["response"]["email"] == either.user


def test_when_a_second_sign_in_cannot_be_recorded_the_credential_file_stays(
    either, home, oocli, sign_in
):
    sign_in(either, "--insecure-storage")
    file = home.config / "credentials.json"
    before = json.loads(file.read_text())
    (home.config / "portals.json.lock").unlink()
    (home.config / "portals.json.lock").mkdir()

    ran = sign_in_as_bob(oocli, either, "--insecure-storage")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert json.loads(file.read_text()) == before
    assert either.live_sessions() == list(before["tokens"].values())


def test_a_locked_old_keyring_does_not_stop_a_new_sign_in(either, home, oocli, sign_in):
    sign_in(either)
    home.use_backend("Locked")

    ran = sign_in_as_bob(oocli, either, "--insecure-storage")

    assert ran.exit == 0
    assert f"{either.host}: the old credential is still stored: the keyring is locked" in ran.stderr
    (token,) = json.loads((home.config / "credentials.json").read_text())["tokens"].values()
    assert oocli("token").stdout.decode() == token + "\n"


def test_a_new_sign_in_succeeds_though_the_portal_does_not_end_the_old_session(
    either, home, oocli, sign_in
):
    sign_in(either)
    old = home.keyring[f"oocli/{either.host}"]
    for method, path in (("GET", "auth.aspx"), ("POST", "authentication/logout")):
        either.answers(method, path, status=500, error="No")

    ran = sign_in_as_bob(oocli, either)

    assert ran.exit == 0
    assert home.keyring[f"oocli/{either.host}"] != old


def test_a_given_token_stays_valid_when_it_cannot_be_stored(either, home, oocli):
    home.use_backend("ReadOnly")
    token = either.issue_token()

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=token)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert either.is_live(token)


def test_signing_in_with_the_stored_token_keeps_it_valid(either, home, oocli, sign_in):
    sign_in(either)
    token = home.keyring[f"oocli/{either.host}"]

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=token)

    assert ran.exit == 0
    assert either.is_live(token)
    assert home.keyring == {f"oocli/{either.host}": token}


def mark_unfinished(home, portal):
    """Write the record that a sign-in leaves when it is killed before its end."""
    data = home.portals
    credential = data["portals"][portal.host]["credential"]
    data["portals"][portal.host]["credential"] = {
        "unfinished": True,
        **{name: credential[name] for name in ("key_id",) if name in credential},
    }
    (home.config / "portals.json").write_text(json.dumps(data))


@pytest.mark.parametrize("options", [[], ["--insecure-storage"]])
def test_after_a_killed_sign_in_nobody_is_signed_in_and_the_next_one_cleans_up(
    portal, home, oocli, sign_in, options
):
    sign_in(portal, *options)
    mark_unfinished(home, portal)

    asked = oocli("whoami")
    listed = oocli("portals", "--format", "json")
    ran = sign_in_as_bob(oocli, portal)

    assert (asked.exit, asked.stdout) == (4, b"")
    assert listed.json[0]["signed_in"] is False
    assert (ran.exit, len(portal.live_sessions())) == (0, 1)
    assert list(home.keyring.values()) == portal.live_sessions()
    assert "unfinished" not in home.portals["portals"][portal.host]["credential"]
    if options:
        assert json.loads((home.config / "credentials.json").read_text())["tokens"] == {}


@pytest.mark.parametrize("options", [[], ["--insecure-storage"]])
def test_after_a_killed_sign_in_a_sign_out_ends_the_stored_session(
    portal, home, oocli, sign_in, options
):
    sign_in(portal, *options)
    mark_unfinished(home, portal)

    ran = oocli("logout")

    assert (ran.exit, ran.stderr) == (0, f"{portal.host}: signed out\n")
    assert portal.live_sessions() == []
    assert home.keyring == {}
    assert "credential" not in home.portals["portals"][portal.host]
    assert oocli("logout").stderr == f"{portal.host}: already signed out\n"


def test_after_a_killed_sign_in_the_portal_can_be_removed(portal, home, oocli, sign_in):
    sign_in(portal, "--insecure-storage")
    mark_unfinished(home, portal)

    ran = oocli("portals", "remove", portal.host, env={"OOCLI_NO_KEYRING": "1"})

    assert ran.exit == 0, ran.stderr
    assert json.loads((home.config / "credentials.json").read_text())["tokens"] == {}
    assert home.portals["portals"] == {}


def test_a_read_only_keyring_leaves_the_previous_sign_in(either, home, oocli, sign_in):
    sign_in(either)
    before, records = home.keyring, home.portals
    home.use_backend("ReadOnly")

    ran = sign_in_as_bob(oocli, either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert (home.keyring, home.portals) == (before, records)
    assert either.live_sessions() == list(before.values())


def test_a_token_without_a_record_is_ended_by_the_next_sign_in(portal, home, oocli, sign_in):
    left = portal.issue_token()
    (home.path / "keyring.json").write_text(json.dumps({f"oocli/{portal.host}": left}))

    assert sign_in(portal).exit == 0

    assert not portal.is_live(left)
    assert len(portal.live_sessions()) == 1


def test_a_sign_out_waits_for_a_running_sign_in_and_ends_its_session(portal, home, oocli, sign_in):
    sign_in(portal, "--insecure-storage")
    with locked_portal(Directories(home.config), portal.host):
        child = subprocess.Popen(
            [sys.executable, "-m", "oocli", "logout"],
            env=home.env, cwd=home.path, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        newer = portal.issue_token()
        time.sleep(1.0)  # by now it has read the record and waits for the lock
        content = {"version": 1, "tokens": {portal.host: newer}}
        (home.config / "credentials.json").write_text(json.dumps(content))
        assert portal.is_live(newer)
    _, stderr = child.communicate(timeout=60)

    assert (child.returncode, stderr) == (0, f"{portal.host}: signed out\n")
    assert not portal.is_live(newer)
