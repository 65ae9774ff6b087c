"""API keys and OAuth tokens: stored, created and deleted."""

from __future__ import annotations

import pytest

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


def with_token(oocli, portal, token, *more):
    return oocli("login", "--portal", portal.origin, "--with-token", *more, stdin=f"{token}\n")


def test_a_key_is_stored_with_its_owner_and_sent_as_bearer(docspace, oocli, home):
    key = docspace.make_key()

    ran = with_token(oocli, docspace, key)
    called = oocli("call", "GET", "people/@self", "-r")

    assert (ran.exit, ran.stdout) == (0, b"")
    assert f"signed in as {docspace.user}" in ran.stderr
    assert home.keyring[f"oocli/{docspace.host}"] == key
    assert called.exit == 0
    assert docspace.requests[-1].header("Authorization") == f"Bearer {key}"


def test_a_key_without_access_to_people_is_accepted(docspace, oocli, home):
    key = docspace.make_key(scopes=["files:read"])

    ran = with_token(oocli, docspace, key)

    assert ran.exit == 0, ran.stderr
    assert home.keyring[f"oocli/{docspace.host}"] == key
    asked = [seen.target for seen in docspace.requests]
    assert "/api/2.0/keys/@self" in asked


def test_an_invalid_key_is_refused_and_not_stored(docspace, oocli, home):
    ran = with_token(oocli, docspace, "sk-" + "0" * 64)

    assert ran.exit == 4
    assert home.keyring == {}
    assert "--with-token" in ran.stderr


@pytest.mark.parametrize("token", ["sk-" + "1" * 64, JWT])
def test_a_workspace_portal_refuses_keys_and_says_why(portal, oocli, home, token):
    ran = with_token(oocli, portal, token)

    assert ran.exit == 2
    assert "ONLYOFFICE Workspace portal, which accepts no" in ran.stderr
    assert home.keyring == {}
    assert all(seen.header("Authorization") is None for seen in portal.requests)


def test_an_oauth_token_is_sent_as_bearer(docspace, oocli):
    docspace.accept_jwt(JWT)

    ran = with_token(oocli, docspace, JWT)

    assert ran.exit == 0, ran.stderr
    assert docspace.requests[-1].header("Authorization") == f"Bearer {JWT}"


def test_login_creates_a_named_scoped_expiring_key_and_ends_the_session(docspace, sign_in, home):
    ran = sign_in(
        docspace, "--api-key", "--key-name", "nightly", "--key-days", "30",
        "--key-scope", "files:read", "--key-scope", "accounts.self:read",
    )  # fmt: skip

    assert ran.exit == 0, ran.stderr
    (made,) = docspace.live_keys()
    assert made["name"] == "nightly"
    assert made["permissions"] == ["files:read", "accounts.self:read"]
    assert made["ends"]
    assert home.keyring[f"oocli/{docspace.host}"].startswith("sk-")
    assert docspace.live_sessions() == []
    record = home.portals["portals"][docspace.host]["credential"]
    assert (record["kind"], record["key_id"]) == ("api-key", made["id"])
    assert "until" in ran.stderr


def test_a_created_key_works_for_calls_and_logout_deletes_it(docspace, sign_in, oocli, home):
    sign_in(docspace, "--api-key")

    called = oocli("call", "GET", "people/@self")
    ran = oocli("logout")

    assert called.exit == 0, called.stderr
    assert (ran.exit, ran.stderr) == (0, f"{docspace.host}: signed out\n")
    assert docspace.live_keys() == [] and home.keyring == {}


def test_logout_never_deletes_a_key_that_oocli_did_not_create(docspace, oocli, home):
    key = docspace.make_key()
    with_token(oocli, docspace, key)

    ran = oocli("logout")

    assert ran.exit == 0
    assert len(docspace.live_keys()) == 1 and home.keyring == {}
    assert "is still valid at the portal" in ran.stderr


def test_logout_warns_if_a_created_key_may_not_delete_itself(docspace, sign_in, oocli, home):
    sign_in(docspace, "--api-key", "--key-scope", "files:read")

    ran = oocli("logout")

    assert ran.exit == 0
    assert "signed out on this machine, but not at the portal" in ran.stderr
    assert home.keyring == {} and len(docspace.live_keys()) == 1


def test_signing_in_again_deletes_the_key_that_was_created_before(docspace, sign_in, home):
    sign_in(docspace, "--api-key", "--key-scope", "files:read", "--key-name", "first")
    sign_in(docspace, "--api-key", "--key-name", "second")

    assert [key["name"] for key in docspace.live_keys()] == ["second"]
    assert docspace.live_sessions() == []


def test_no_key_is_created_on_workspace_and_no_password_is_sent(portal, sign_in):
    ran = sign_in(portal, "--api-key")

    assert ran.exit == 2
    assert "accepts no API keys" in ran.stderr
    assert not [seen for seen in portal.requests if seen.method == "POST"]


@pytest.mark.parametrize(
    "words",
    [
        ["--key-days", "0", "--api-key"],
        ["--key-days", "366", "--api-key"],
        ["--key-name", "n" * 31, "--api-key"],
        ["--key-name", "x"],
        ["--key-scope", "files:read"],
        ["--otp", "1", "--otp-command", "x"],
    ],
)
def test_invalid_key_options_are_refused_before_anything_is_sent(docspace, sign_in, words):
    ran = sign_in(docspace, *words)

    assert ran.exit == 2
    assert docspace.requests == []


def test_a_key_that_cannot_be_stored_is_deleted_again(docspace, sign_in, home):
    home.use_backend("ReadOnly")

    ran = sign_in(docspace, "--api-key")

    assert ran.exit == 1
    assert docspace.live_keys() == [] and docspace.live_sessions() == []


def test_print_token_prints_a_created_key_and_stores_nothing(docspace, sign_in, home):
    ran = sign_in(docspace, "--api-key", "--print-token")

    assert ran.exit == 0
    assert ran.stdout.startswith(b"sk-") and ran.stdout.count(b"\n") == 1
    assert home.keyring == {} and not (home.config / "portals.json").exists()
    assert len(docspace.live_keys()) == 1 and docspace.live_sessions() == []
