"""Refused sign-ins: the reason and the next step."""

from __future__ import annotations

import pytest

from tests.commands.login.stored import nothing_is_stored


def attempt(oocli, portal, password="wrong", *more):  # noqa: S107
    return oocli(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin",
        "--insecure-storage", *more, stdin=password,
    )  # fmt: skip


def posts(portal):
    return [seen for seen in portal.requests if seen.method == "POST"]


def test_a_wrong_password_is_reported_with_the_portals_message_and_sent_once(either, oocli, home):
    ran = attempt(oocli, either)

    assert ran.exit == 4
    first, hint = ran.stderr.splitlines()
    status = 500 if either.kind == "workspace" else 401
    assert first == (
        f"oocli: POST authentication on {either.host}: User authentication failed ({status})"
    )
    assert hint.startswith("hint: check the e-mail address and the password")
    assert len(posts(either)) == 1
    assert nothing_is_stored(home)


def test_the_hint_names_the_other_ways_to_sign_in(either, oocli):
    either.answers(
        "GET",
        "capabilities",
        response={"ldapEnabled": False, "ssoUrl": "https://sso.example.com", "ssoLabel": "Acme ID",
                  "providers": ["google"]},
    )  # fmt: skip

    ran = attempt(oocli, either)

    assert ran.exit == 4
    instead = {
        "workspace": "copy the cookie asc_auth_key of the browser's session",
        "docspace": "create an API key in the portal's developer tools",
    }[either.kind]
    assert ran.stderr.splitlines()[1] == (
        "hint: check the e-mail address and the password; "
        f"an account of Acme ID, google has no password here: {instead}, "
        f"then: oocli login --portal {either.origin} --with-token"
    )


def test_too_many_attempts_are_reported_with_the_time_to_wait(either, oocli):
    for _ in range(5):
        attempt(oocli, either)

    ran = attempt(oocli, either, either.password)

    assert ran.exit == 4
    assert "wait 60 s" in ran.stderr
    assert either.live_sessions() == []


def test_an_unpaid_portal_is_reported(either, oocli):
    either.answers("POST", "authentication", status=402, body=b"")

    ran = attempt(oocli, either)

    assert ran.exit == 6
    assert "must renew the plan" in ran.stderr


def test_a_suspended_portal_is_reported(either, oocli):
    either.state = "suspended"

    ran = attempt(oocli, either, either.password)

    assert ran.exit == 5
    first, hint = ran.stderr.splitlines()
    assert first.startswith("oocli: GET settings/version/build on")
    assert "the portal is suspended" in first
    assert hint == "hint: ask the portal's owner to reactivate it"
    assert posts(either) == []


def test_a_portal_about_to_be_removed_is_reported_as_unrecognized(either, oocli):
    either.state = "removing"

    ran = attempt(oocli, either, either.password)

    assert ran.exit == 5
    assert "not an ONLYOFFICE portal, or one that is suspended or about to be removed" in ran.stderr


BUSY = {"restoring": "restored", "transferring": "moved", "encrypting": "encrypted"}


@pytest.mark.parametrize("state", BUSY)
def test_a_busy_portal_is_reported_with_its_task(either, oocli, state):
    either.state = state

    ran = attempt(oocli, either, either.password, "--retry", "0")

    assert ran.exit == 5
    assert BUSY[state] in ran.stderr
    assert "hint: try again later" in ran.stderr
    if either.kind == "docspace":  # every sign-in is refused, so the password itself is not needed
        (sent,) = posts(either)
        assert b"passwordHash" in sent.body and either.password.encode() not in sent.body


def test_a_forbidden_ip_address_is_reported_and_the_session_ended(either, oocli):
    either.state = "ip-forbidden"

    # The owner may sign in from every address; Bob may not.
    ran = oocli(
        "login", "--portal", either.origin, "--user", either.other_user, "--password-stdin",
        "--insecure-storage", stdin=either.other_password,
    )  # fmt: skip

    assert ran.exit in (5, 6)
    assert "only certain IP addresses" in ran.stderr
    if either.kind == "workspace":
        assert either.live_sessions() == []
    else:  # accepts the sign-in, then refuses every request, logout included
        assert either.requests[-1].target == "/api/2.0/authentication/logout"


def test_a_server_that_is_not_a_portal_is_reported_before_a_password_is_sent(oocli, portal, home):
    portal.answers("*", "*", status=200, body=b"<html><title>Welcome</title></html>",
                   headers=(("Content-Type", "text/html"),))  # fmt: skip

    ran = attempt(oocli, portal)

    assert ran.exit == 5
    assert ran.stderr == (
        f"oocli: GET settings/version/build on {portal.host}: not an ONLYOFFICE portal\n"
        f"hint: check the address: the request went to {portal.origin}\n"
    )
    assert posts(portal) == []
    assert nothing_is_stored(home)
