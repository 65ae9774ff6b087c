"""`oocli logout`: ends the session at the portal and deletes the credential."""

from __future__ import annotations

import json

import pytest

from tests.portal import faults


def stored(home, portal):
    """Return the token that the keyring holds for a portal."""
    return home.keyring[f"oocli/{portal.host}"]


def test_logout_ends_the_session_and_deletes_the_token_from_the_keyring(
    either, home, oocli, sign_in
):
    sign_in(either)
    token = stored(home, either)
    assert either.is_live(token)

    ran = oocli("logout")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", f"{either.host}: signed out\n")
    assert not either.is_live(token)
    assert home.keyring == {}


def test_logout_uses_the_request_of_the_portals_kind_with_the_token_as_cookie(
    either, home, oocli, sign_in
):
    sign_in(either)
    token = stored(home, either)
    either.forget()

    oocli("logout")

    (seen,) = either.requests
    wanted = {
        "workspace": ("GET", "/Auth.aspx?t=logout"),
        "docspace": ("POST", "/api/2.0/authentication/logout"),
    }
    assert (seen.method, seen.target) == wanted[either.kind]
    assert seen.header("Cookie") == f"asc_auth_key={token}"
    assert seen.header("Authorization") is None


def test_after_logout_the_portal_stays_known_but_signed_out(either, home, oocli, sign_in):
    sign_in(either)

    oocli("logout")

    entry = home.portals["portals"][either.host]
    assert entry["kind"] == either.kind
    assert "credential" not in entry
    assert home.portals["default"] == either.host
    again = oocli("whoami")
    assert (again.exit, again.stdout) == (4, b"")
    assert again.stderr == (
        f"oocli: {either.host}: not signed in\nhint: oocli login --portal {either.host}\n"
    )


def test_logout_deletes_a_credential_in_the_file(either, home, oocli, sign_in):
    sign_in(either, "--insecure-storage")

    ran = oocli("logout")

    assert ran.exit == 0
    assert json.loads((home.config / "credentials.json").read_text())["tokens"] == {}
    assert either.live_sessions() == []


def test_a_second_logout_succeeds_without_a_request(either, oocli, sign_in):
    sign_in(either)
    oocli("logout")
    either.forget()

    ran = oocli("logout")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert ran.stderr == f"{either.host}: already signed out\n"
    assert either.requests == []


def test_logout_succeeds_if_the_session_has_already_ended(either, home, oocli, sign_in):
    sign_in(either)
    either.revoke(stored(home, either))

    ran = oocli("logout")

    assert (ran.exit, ran.stderr) == (0, f"{either.host}: signed out\n")
    assert home.keyring == {}


def test_logout_succeeds_if_the_credential_is_missing_from_the_keyring(
    either, home, oocli, sign_in
):
    sign_in(either)
    (home.path / "keyring.json").write_text("{}")

    ran = oocli("logout")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert "credential" not in home.portals["portals"][either.host]


def test_logout_from_an_unreachable_portal_warns_and_deletes_the_local_credential(
    either, home, oocli, sign_in
):
    sign_in(either)
    either.stop()

    ran = oocli("logout", "--retry", "0")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert ran.stderr == (
        f"warning: {either.host}: signed out on this machine, but not at the portal: "
        "connection refused\n"
    )
    assert home.keyring == {}
    assert "credential" not in home.portals["portals"][either.host]


@pytest.mark.parametrize("fault", [faults.Html(502), faults.DropBeforeAnswer()])
def test_logout_warns_if_the_portal_fails_to_end_the_session(either, home, oocli, sign_in, fault):
    sign_in(either)
    either.order("*", "*", fault, times=None)

    ran = oocli("logout", "--retry", "0")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert "signed out on this machine, but not at the portal" in ran.stderr
    assert home.keyring == {}


def test_the_redirect_of_a_workspace_portal_is_not_followed(portal, oocli, sign_in):
    sign_in(portal)
    portal.forget()

    ran = oocli("logout", "-v")

    assert ran.exit == 0
    assert [seen.target for seen in portal.requests] == ["/Auth.aspx?t=logout"]


def test_logout_all_signs_out_of_each_portal(portal, docspace, home, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("logout", "--all")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert sorted(ran.stderr.splitlines()) == sorted(
        [f"{portal.host}: signed out", f"{docspace.host}: signed out"]
    )
    assert portal.live_sessions() == docspace.live_sessions() == []
    assert home.keyring == {}


def test_logout_all_continues_after_a_portal_that_fails(portal, docspace, home, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace, "--insecure-storage")
    home.use_backend("Locked")

    ran = oocli("logout", "--all")

    assert (ran.exit, ran.stdout) == (12, b"")
    assert f"warning: {portal.host}: still signed in: the keyring is locked" in ran.stderr
    assert "oocli: 1 of 2 portals are still signed in\n" in ran.stderr
    assert docspace.live_sessions() == []
    assert len(portal.live_sessions()) == 1


def test_logout_all_without_a_portal_succeeds(oocli):
    ran = oocli("logout", "--all")

    assert (ran.exit, ran.stdout) == (0, b"")


def test_a_locked_keyring_keeps_the_session_and_gives_a_hint(either, home, oocli, sign_in):
    sign_in(either)
    home.use_backend("Locked")

    ran = oocli("logout")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: the keyring is locked\nhint: ")
    assert len(either.live_sessions()) == 1


def test_logout_without_a_known_portal_exits_with_4(oocli):
    ran = oocli("logout")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr.startswith("oocli: no portal is known\nhint: oocli login --portal ")


def test_a_portal_that_is_not_known_is_already_signed_out(oocli):
    ran = oocli("logout", "--portal", "docs.example.com")

    assert (ran.exit, ran.stderr) == (0, "docs.example.com: already signed out\n")


def test_logout_changes_nothing_while_a_variable_gives_the_credential(either, home, oocli, sign_in):
    sign_in(either)
    either.forget()

    ran = oocli("logout", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert f"OOCLI_TOKEN is set for {either.host}; nothing was changed" in ran.stderr
    assert either.requests == []
    assert either.is_live(stored(home, either))


def test_logout_signs_out_of_the_named_portal_only(portal, docspace, home, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("logout", "--portal", docspace.host)

    assert ran.exit == 0
    assert list(home.keyring) == [f"oocli/{portal.host}"]
    assert len(portal.live_sessions()) == 1
    assert docspace.live_sessions() == []
