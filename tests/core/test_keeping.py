"""Keeping a sign-in: the credential and its record together, or neither, and nobody forgotten."""

from __future__ import annotations

import json


def as_bob(oocli, portal, *more):
    """Sign in as the other user of a demo portal."""
    return oocli(
        "login", "--portal", portal.origin, "--user", portal.other_user, "--password-stdin", *more,
        stdin=portal.other_password,
    )  # fmt: skip


def test_when_a_second_sign_in_cannot_be_recorded_the_first_one_goes_on(
    either, home, oocli, sign_in
):
    sign_in(either)
    before, records = home.keyring, home.portals
    (home.config / "portals.json.lock").unlink()
    (home.config / "portals.json.lock").mkdir()

    ran = as_bob(oocli, either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert home.keyring == before
    assert home.portals == records
    assert either.live_sessions() == list(before.values())
    assert oocli("call", "GET", "people/@self").json["response"]["email"] == either.user


def test_the_same_with_the_credential_file(either, home, oocli, sign_in):
    sign_in(either, "--insecure-storage")
    file = home.config / "credentials.json"
    before = json.loads(file.read_text())
    (home.config / "portals.json.lock").unlink()
    (home.config / "portals.json.lock").mkdir()

    ran = as_bob(oocli, either, "--insecure-storage")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert json.loads(file.read_text()) == before
    assert either.live_sessions() == list(before["tokens"].values())


def test_a_broken_old_store_does_not_stop_a_new_sign_in(either, home, oocli, sign_in):
    sign_in(either)
    home.use_backend("Locked")

    ran = as_bob(oocli, either, "--insecure-storage")

    assert ran.exit == 0
    assert f"{either.host}: the old credential is still stored: the keyring is locked" in ran.stderr
    (token,) = json.loads((home.config / "credentials.json").read_text())["tokens"].values()
    assert oocli("token").stdout.decode() == token + "\n"


def test_a_portal_that_does_not_end_the_old_session_does_not_stop_the_new_one(
    either, home, oocli, sign_in
):
    sign_in(either)
    old = home.keyring[f"oocli/{either.host}"]
    for method, path in (("GET", "auth.aspx"), ("POST", "authentication/logout")):
        either.answers(method, path, status=500, error="No")

    ran = as_bob(oocli, either)

    assert ran.exit == 0
    assert home.keyring[f"oocli/{either.host}"] != old


def test_a_token_that_was_given_is_not_ended_when_it_cannot_be_kept(either, home, oocli):
    home.use_backend("ReadOnly")
    token = either.issue_token()

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=token)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert either.is_live(token)


def test_giving_the_stored_token_again_does_not_end_it(either, home, oocli, sign_in):
    sign_in(either)
    token = home.keyring[f"oocli/{either.host}"]

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=token)

    assert ran.exit == 0
    assert either.is_live(token)
    assert home.keyring == {f"oocli/{either.host}": token}
