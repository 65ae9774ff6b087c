"""Every prompt of `oocli login`, on a real pseudo-terminal."""

from __future__ import annotations

import re

import pytest

from tests.portal import DemoPortal
from tests.waiting import ESCAPES, ended

pytestmark = pytest.mark.posix
KINDS = ["workspace", "docspace"]


def enter_user_and_password(terminal, portal, *more, **how):
    """Start a login, and answer the prompts for user and password."""
    handle = terminal("login", "--portal", portal.origin, *more, **how)
    handle.expect(f"user for {portal.host}: ")
    handle.sendline(portal.user)
    handle.expect(f"password for {portal.host}: ")
    handle.sendline(portal.password)
    return handle


def test_user_and_password_are_asked_for_and_the_password_is_not_shown(terminal, home, either):
    handle = enter_user_and_password(terminal, either)
    user = handle.before
    code, shown = ended(handle)

    assert code == 0
    assert either.user in user
    assert either.password not in user + shown
    assert f"{either.host}: signed in as {either.user}" in shown
    assert either.is_live(home.keyring[f"oocli/{either.host}"])


def test_the_portal_is_asked_for(terminal, portal):
    handle = terminal("login")
    handle.expect("portal: ")
    handle.sendline(portal.origin)
    handle.expect(f"user for {portal.host}: ")
    handle.sendeof()
    code, shown = ended(handle)

    assert code == 2
    assert "no user was given" in shown and "hint: give it with --user EMAIL" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_is_asked_for_and_shown_as_typed(terminal, kind):
    with DemoPortal(kind, tfa="app") as portal:
        handle = enter_user_and_password(terminal, portal)
        handle.expect("code from the authenticator app for .*: ")
        code = portal.totp()
        handle.sendline(code)
        status, shown = ended(handle)

        assert status == 0
        assert shown.startswith(code)
        assert "signed in as" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_login_ends_after_three_wrong_codes(terminal, kind, home):
    with DemoPortal(kind, tfa="app") as portal:
        handle = enter_user_and_password(terminal, portal)
        for _ in range(3):
            handle.expect("code from the authenticator app for .*: ")
            handle.sendline("000000")
        status, shown = ended(handle)

        assert status == 4
        assert shown.count("the code was not accepted") == 1
        assert home.keyring == {} and portal.live_sessions() == []
        asked = [seen for seen in portal.requests if "authentication/" in seen.target]
        assert len(asked) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_code_may_be_followed_by_the_right_one(terminal, kind):
    with DemoPortal(kind, tfa="app") as portal:
        handle = enter_user_and_password(terminal, portal)
        handle.expect("code from the authenticator app for .*: ")
        handle.sendline("000000")
        handle.expect("the code was not accepted")
        handle.expect("code from the authenticator app for .*: ")
        handle.sendline(portal.totp())
        status, shown = ended(handle)

        assert status == 0, shown


@pytest.mark.parametrize("kind", KINDS)
def test_the_masked_phone_is_named_and_an_empty_line_asks_for_another_sms(terminal, kind):
    with DemoPortal(kind, tfa="sms") as portal:
        handle = enter_user_and_password(terminal, portal)
        handle.expect(r"code sent to \S+ \(empty: send another\) for .*: ")
        handle.sendline("")
        handle.expect("another SMS was sent to")
        handle.expect(r"code sent to \S+ \(empty: send another\) for .*: ")
        handle.sendline(portal.sms_code())
        status, shown = ended(handle)

        assert status == 0, shown
        assert [seen for seen in portal.requests if "sendsms" in seen.target]


def test_a_phone_number_is_asked_for_on_workspace(terminal):
    with DemoPortal("workspace", tfa="sms-new") as portal:
        handle = enter_user_and_password(terminal, portal)
        handle.expect("phone number for the code for .*: ")
        handle.sendline("+12025550123")
        handle.expect(r"code sent to \S+ \(empty: send another\) for .*: ")
        handle.sendline(portal.sms_code())
        status, shown = ended(handle)

        assert status == 0, shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_authenticator_gets_its_key_and_a_qr_code_on_one_screen(terminal, kind):
    with DemoPortal(kind, tfa="app-new") as portal:
        handle = enter_user_and_password(terminal, portal)
        handle.expect("code from the authenticator app for .*: ")
        shown = ESCAPES.sub("", handle.before)
        key = re.search(r"key: ([A-Z2-7]+)", shown)
        handle.sendline(portal.totp())
        status, rest = ended(handle)

        assert status == 0, rest
        assert key is not None
        assert "▀" in shown or "█" in shown
        assert len(shown[shown.index("Add this") :].splitlines()) <= 25, "24 rows and the prompt"


def test_a_new_authenticator_gets_only_its_key_if_the_qr_code_is_too_large(terminal):
    with DemoPortal("docspace", tfa="app-new") as portal:
        handle = enter_user_and_password(terminal, portal, size=(24, 20))
        handle.expect("code from the authenticator app for")
        shown = ESCAPES.sub("", handle.before).replace("\r\n", "\n")

    assert re.search(r"Add this account to your authenticator app:\nkey: [A-Z2-7]+\n$", shown)


def test_the_account_of_the_last_sign_in_is_the_default_user(portal, terminal, sign_in):
    sign_in(portal)
    handle = terminal("login", "--portal", portal.origin)
    handle.expect_exact(f"user for {portal.host} [{portal.user}]: ")
    handle.sendline("")
    handle.expect(f"password for {portal.host}: ")
    handle.sendline(portal.password)
    code, shown = ended(handle)

    assert code == 0, shown
    assert f"{portal.host}: signed in as {portal.user}" in shown


def test_the_default_portal_is_the_default_answer(portal, docspace, terminal, sign_in):
    sign_in(portal)
    sign_in(docspace)
    handle = terminal("login")
    handle.expect_exact(f"portal [{portal.host}]: ")
    handle.sendline("")
    handle.expect_exact(f"user for {portal.host} [{portal.user}]: ")
    handle.sendeof()
    code, shown = ended(handle)

    assert code == 2, shown


def test_a_token_is_asked_for_without_echo(terminal, either, home):
    token = either.issue_token()
    handle = terminal("login", "--portal", either.origin, "--with-token")
    handle.expect(f"token for {either.host}: ")
    handle.sendline(f"  {token}  ")
    status, shown = ended(handle)

    assert status == 0, shown
    assert token not in shown
    assert home.keyring == {f"oocli/{either.host}": token}


def test_an_interrupt_at_the_password_prompt_exits_with_130(terminal, portal):
    handle = terminal("login", "--portal", portal.origin, "--user", portal.user)
    handle.expect("password for .*: ")
    handle.sendintr()
    status, _ = ended(handle)

    assert status == 130
    assert portal.live_sessions() == []


def test_a_wrong_password_may_be_followed_by_the_right_one(terminal, either, home):
    handle = terminal("login", either.origin, "--user", either.user)
    handle.expect("password for .*: ")
    handle.sendline("not this one")
    handle.expect("User authentication failed; try again")
    handle.expect("password for .*: ")
    handle.sendline(either.password)
    status, shown = ended(handle)

    assert status == 0, shown
    assert either.is_live(home.keyring[f"oocli/{either.host}"])


def test_login_ends_after_three_wrong_passwords(terminal, either, home):
    handle = terminal("login", "--portal", either.origin, "--user", either.user)
    for _ in range(3):
        handle.expect("password for .*: ")
        handle.sendline("not this one")
    status, shown = ended(handle)

    assert status == 4
    assert "hint: check the e-mail address and the password" in shown
    assert "password for" not in shown
    assert len([seen for seen in either.requests if seen.method == "POST"]) == 3


def test_a_portal_that_refuses_further_attempts_is_not_asked_again(terminal, oocli, either):
    for _ in range(5):
        oocli("login", either.origin, "--user", either.user, "--password-stdin", stdin="wrong")
    handle = terminal("login", either.origin, "--user", either.user)
    handle.expect("password for .*: ")
    handle.sendline(either.password)
    status, shown = ended(handle)

    assert status == 4
    assert "password for" not in shown
    assert "wait 60 s" in shown


def test_single_sign_on_is_explained_after_the_first_wrong_password(terminal, docspace):
    docspace.answers("GET", "capabilities", response={"ssoUrl": "https://sso.example.com"})
    handle = terminal("login", docspace.origin, "--user", docspace.user)
    handle.expect("password for .*: ")
    handle.sendline("not this one")
    handle.expect("an account of single sign-on has no password here: create an API key")
    handle.expect("password for .*: ")
    handle.sendeof()
    status, _ = ended(handle)

    assert status == 2
