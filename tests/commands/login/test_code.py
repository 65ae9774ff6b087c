"""Codes of a second factor at sign-in, on both kinds of portal."""

from __future__ import annotations

import sys

import pytest

from tests.portal import DemoPortal

KINDS = ["workspace", "docspace"]


@pytest.fixture(params=KINDS)
def with_app(request):
    with DemoPortal(request.param, tfa="app") as running:
        yield running


@pytest.fixture(params=KINDS)
def with_sms(request):
    with DemoPortal(request.param, tfa="sms") as running:
        yield running


def test_the_code_of_an_app_is_taken_from_an_option(with_app, sign_in, home):
    ran = sign_in(with_app, "--otp", with_app.totp())

    assert ran.exit == 0, ran.stderr
    assert with_app.is_live(home.keyring[f"oocli/{with_app.host}"])


def test_the_code_of_an_app_is_taken_from_a_command(with_app, sign_in, home, tmp_path):
    script = tmp_path / "code.py"
    script.write_text(f"print({with_app.totp()!r})")

    ran = sign_in(with_app, "--otp-command", f"{sys.executable} {script}")

    assert ran.exit == 0, ran.stderr
    assert with_app.is_live(home.keyring[f"oocli/{with_app.host}"])


def test_a_backup_code_with_odd_characters_is_accepted(with_app, sign_in):
    ran = sign_in(with_app, "--otp", with_app.backup_codes[0])

    assert ran.exit == 0, ran.stderr


def test_the_code_of_an_sms_is_taken_from_an_option(with_sms, sign_in, oocli):
    asked = sign_in(with_sms)
    ran = sign_in(with_sms, "--otp", with_sms.sms_code())

    assert asked.exit == 4
    assert "an SMS to" in asked.stderr and "--otp CODE" in asked.stderr
    assert ran.exit == 0, ran.stderr


def test_without_code_and_without_terminal_the_option_is_named(with_app, sign_in, home):
    ran = sign_in(with_app)

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: {with_app.host}: a code from an authenticator app is needed\n"
        "hint: give it with --otp CODE or --otp-command CMD\n"
    )
    assert home.keyring == {} and with_app.live_sessions() == []


def test_a_wrong_code_is_sent_once_and_reported(with_app, sign_in):
    ran = sign_in(with_app, "--otp", "000000")

    assert ran.exit == 4
    assert "the code was not accepted" in ran.stderr
    assert "000000" not in ran.stderr
    tries = [seen for seen in with_app.requests if "authentication/" in seen.target]
    assert len(tries) == 1


def test_no_code_reaches_the_log(with_app, sign_in):
    code = with_app.totp()

    ran = sign_in(with_app, "--otp", code, "-vv", "--debug")

    assert ran.exit == 0
    assert code not in ran.stderr


@pytest.mark.parametrize(
    ("command", "exit_code", "said"),
    [
        ("no-such-program-here", 2, "cannot be started"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", 1, "ended with exit code 3"),
        (f"{sys.executable} -c pass", 2, "expected a code on one line"),
        (f"{sys.executable} -c 'print(1);print(2)'", 2, "expected a code on one line"),
    ],
)
def test_a_code_command_that_fails_is_reported(with_app, sign_in, command, exit_code, said):
    ran = sign_in(with_app, "--otp-command", command)

    assert ran.exit == exit_code
    assert said in ran.stderr and "--otp-command" in ran.stderr


def test_a_code_command_sees_neither_token_nor_password(sign_in, tmp_path):
    with DemoPortal("workspace", tfa="app") as portal:
        script = tmp_path / "code.py"
        script.write_text(
            "import os, sys\n"
            "assert 'OOCLI_TOKEN' not in os.environ\n"
            f"assert {portal.password!r} not in str(os.environ) + str(sys.argv)\n"
            f"print({portal.totp()!r})"
        )
        ran = sign_in(
            portal, "--print-token", "--otp-command", f"{sys.executable} {script}",
            env={"OOCLI_TOKEN": ""},  # login refuses to run with a token in it
        )  # fmt: skip

        assert ran.exit == 0, ran.stderr
        assert portal.is_live(ran.stdout.decode().strip())


@pytest.mark.tools
def test_oathtool_provides_the_code(sign_in, tmp_path):
    with DemoPortal("docspace", tfa="app") as portal:
        key = tmp_path / "key"
        key.write_text(portal.totp_key())

        ran = sign_in(portal, "--otp-command", f"oathtool --totp -b @{key}")

        assert ran.exit == 0, ran.stderr


def test_phone_registers_a_number_on_workspace(sign_in):
    with DemoPortal("workspace", tfa="sms-new") as portal:
        refused = sign_in(portal)
        asked = sign_in(portal, "--phone", "+12025550123")
        ran = sign_in(portal, "--otp", portal.sms_code())

        assert refused.exit == 4 and "--phone NUMBER" in refused.stderr
        assert asked.exit == 4 and "an SMS to" in asked.stderr
        assert ran.exit == 0, ran.stderr


def test_an_account_without_a_phone_is_referred_to_the_browser_on_docspace(sign_in):
    with DemoPortal("docspace", tfa="sms-new") as portal:
        ran = sign_in(portal, "--phone", "+12025550123")

        assert ran.exit == 4
        assert f"in a browser at {portal.origin}" in ran.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_an_app_that_is_not_set_up_needs_a_terminal(sign_in, kind):
    with DemoPortal(kind, tfa="app-new") as portal:
        ran = sign_in(portal, "--otp", "123456")

        assert ran.exit == 4
        assert "authenticator app must be set up" in ran.stderr
        assert "on a terminal" in ran.stderr
