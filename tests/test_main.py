"""The entry point: usage errors, errors as JSON, bugs, interrupts and other signals."""

from __future__ import annotations

import json
import os
import re
import signal

import pytest

from tests.portal import faults
from tests.waiting import ended, until

TIME_LIMIT = 60

POSIX = pytest.mark.posix


# Usage


@pytest.mark.parametrize(
    ("args", "why", "hint"),
    [
        (["nosuch"], "No such command 'nosuch'.", "oocli -h"),
        (["portals", "use"], "Missing argument 'HOST'.", "oocli portals use -h"),
        (["whoami", "--nosuch"], "No such option: --nosuch", "oocli whoami -h"),
        (["whoami", "--timeout"], "Option '--timeout' requires an argument.", "oocli whoami -h"),
        (
            ["whoami", "--timeout", "soon"],
            "'soon' is not a number of seconds above 0",
            "oocli whoami -h",
        ),
        (["--nosuch"], "No such option: --nosuch", "oocli -h"),
    ],
)
def test_a_usage_error_is_one_line_and_a_hint_with_the_help_to_read(oocli, args, why, hint):
    ran = oocli(*args)

    assert (ran.exit, ran.stdout) == (2, b"")
    first, second = ran.stderr.splitlines()
    assert first.startswith("oocli: ")
    assert why in first
    assert second == f"hint: {hint}"


@pytest.mark.parametrize(
    ("args", "option", "command"),
    [
        (["--no-color", "whoami"], "--no-color", "whoami"),
        (["--portal", "docs.example.com", "call", "GET", "x"], "--portal", "call"),
        (["--portal=docs.example.com", "whoami"], "--portal", "whoami"),
        (["-v", "login"], "-v", "login"),
    ],
)
def test_an_option_before_the_command_is_an_error_that_says_where_it_goes(
    oocli, args, option, command
):
    ran = oocli(*args)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == (
        f"oocli: {option}: options go after the command name\nhint: oocli {command} {option}\n"
    )


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--color", "blue", "'blue' is not one of 'auto', 'always', 'never'."),
        ("--error-format", "xml", "'xml' is not one of 'text', 'json'."),
        ("--timeout", "0", "'0' is not a number of seconds above 0 and below 10,000,000"),
        ("--timeout", "nan", "'nan' is not a number of seconds above 0 and below 10,000,000"),
        ("--timeout", "1e7", "'1e7' is not a number of seconds above 0 and below 10,000,000"),
        ("--max-time", "-1", "'-1' is not a number of seconds above 0 and below 10,000,000"),
        ("--retry", "21", "21 is not in the range 0<=x<=20."),
        ("--retry", "-1", "-1 is not in the range 0<=x<=20."),
    ],
)
def test_an_invalid_value_is_an_error_that_names_the_option(oocli, option, value, why):
    ran = oocli("whoami", option, value)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == (f"oocli: Invalid value for '{option}': {why}\nhint: oocli whoami -h\n")


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["whoami", "--cacert", "nowhere"], "--cacert: there is no file nowhere"),
        (["whoami", "--client-cert", "nowhere"], "--client-cert: there is no file nowhere"),
    ],
)
def test_a_missing_file_of_certificates_is_an_error_that_names_the_option(oocli, args, why):
    ran = oocli(*args)

    assert (ran.exit, ran.stdout, ran.stderr) == (2, b"", f"oocli: {why}\n")


# --error-format json


KEYS = ["code", "exit", "status", "message", "hint", "method", "path", "portal", "request_id"]


@pytest.mark.parametrize("given", [["--error-format", "json"], ["--error-format=json"]])
def test_an_error_as_json_is_one_object_and_nothing_else_on_stderr(either, oocli, given):
    ran = oocli("call", "GET", "people/nobody", "-v", *given, signed_in_to=either)

    assert ran.exit == 7
    (line,) = ran.stderr.splitlines()
    error = json.loads(line)["error"]
    assert list(error) == KEYS
    assert error["code"] == "not_found"
    assert (error["exit"], error["status"]) == (7, 404)
    assert (error["method"], error["path"]) == ("GET", "people/nobody")
    assert error["portal"] == either.host
    assert ran.stdout == either.last_body + b"\n"


@pytest.mark.parametrize(
    "args",
    [
        ["nosuch", "--error-format", "json"],
        ["call", "--error-format", "json"],
        ["whoami", "--nosuch", "--error-format=json"],
        ["--error-format", "json", "whoami"],
        ["whoami", "--error-format", "json", "--color", "blue"],
    ],
)
def test_a_usage_error_is_json_even_before_a_command_has_parsed(oocli, args):
    ran = oocli(*args)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.count("\n") == 1
    assert list(ran.error) == KEYS
    assert (ran.error["code"], ran.error["exit"], ran.error["status"]) == ("usage", 2, None)


def test_a_success_with_errors_as_json_prints_nothing_on_stderr(either, oocli, sign_in):
    ran = sign_in(either, "--error-format", "json", "-v", "--debug")

    assert (ran.exit, ran.stderr) == (0, "")


def test_the_message_of_a_json_error_is_the_portals_text_in_ascii(portal, oocli):
    portal.answers("GET", "people", status=400, error='Ungültig \u202e\x07 "x"')

    ran = oocli("call", "GET", "people", "--error-format", "json", signed_in_to=portal)

    assert ran.exit == 8
    assert ran.stderr.isascii()
    assert ran.error["message"] == 'Ungültig \\u202e\\u0007 "x"'


# Bugs


@pytest.fixture
def with_a_bug(home):
    """Let a library raise an unexpected exception."""
    broken = home.path / "broken"
    broken.mkdir()
    (broken / "platformdirs.py").write_text(
        "def user_config_dir(*a, **k):\n    raise RuntimeError('boom')\n"
        "user_state_dir = user_cache_dir = user_config_dir\n"
    )
    home.env["PYTHONPATH"] = os.pathsep.join([str(broken), home.env["PYTHONPATH"]])
    del home.env["OOCLI_CONFIG_DIR"]


@pytest.mark.usefixtures("with_a_bug")
def test_a_bug_is_one_line_and_a_hint_how_to_get_a_trace(oocli):
    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == "oocli: a bug in oocli: RuntimeError: boom"
    assert "--debug" in hint
    assert "report" in hint


@pytest.mark.usefixtures("with_a_bug")
def test_with_debug_a_bug_shows_its_trace_without_values_and_secrets(oocli):
    secret = "s3cret-token-0123456789"

    ran = oocli("whoami", "--debug", env={"OOCLI_TOKEN": secret, "OOCLI_PORTAL": "x.example.com"})

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "Traceback (most recent call last)" in ran.stderr
    assert 'platformdirs.py", line 2' in ran.stderr
    assert ran.stderr.splitlines()[-2] == "oocli: a bug in oocli: RuntimeError: boom"
    assert secret not in ran.stderr


@pytest.mark.usefixtures("with_a_bug")
def test_a_bug_as_json_is_one_object(oocli):
    ran = oocli("whoami", "--error-format", "json")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.count("\n") == 1
    assert (ran.error["code"], ran.error["exit"]) == ("failure", 1)


# Interrupts and other signals


def test_an_interrupt_at_a_prompt_ends_at_once_with_130_and_one_newline(portal, terminal):
    handle = terminal("login", "--portal", portal.origin)
    handle.expect("(?i)user for ")
    handle.expect(": ")
    handle.sendintr()
    ended(handle)

    assert handle.exitstatus == 130
    assert handle.before.replace("^C", "") == "\r\n"


def test_an_interrupt_at_a_hidden_prompt_restores_the_echo(portal, terminal):
    import pexpect

    handle = terminal("login", "--portal", portal.origin, "--user", portal.user)
    handle.expect("(?i)password for ")
    handle.expect(": ")
    until(lambda: not handle.getecho())
    handle.sendintr()
    handle.expect(pexpect.EOF)
    echo = handle.getecho()
    handle.wait()

    assert handle.exitstatus == 130
    assert echo
    assert handle.before.replace("^C", "") == "\r\n"
    assert [seen.method for seen in portal.requests] == ["GET"]


def test_the_end_of_input_at_a_prompt_is_a_usage_error(portal, terminal):
    handle = terminal("login", "--portal", portal.origin)
    handle.expect("(?i)user for ")
    handle.expect(": ")
    handle.sendeof()
    ended(handle)

    assert handle.exitstatus == 2
    plain = re.sub(r"\x1b\[[0-9;]*m", "", handle.before)
    assert "oocli: no user was given\r\nhint: give it with --user" in plain


def test_an_interrupt_during_a_request_on_a_terminal_ends_with_130(portal, terminal):
    portal.order("GET", "people", faults.Hang())
    handle = terminal("call", "GET", "people", signed_in_to=portal)
    until(lambda: portal.requests)
    handle.sendintr()
    ended(handle)

    assert handle.exitstatus == 130
    assert handle.before.replace("^C", "") == "\r\n"


@POSIX
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("more", [[], ["--max-time", "60"]])
def test_a_signal_during_a_request_ends_at_once_and_quietly(portal, start, name, code, more):
    portal.order("GET", "people", faults.Hang())
    child = start("call", "GET", "people", *more, signed_in_to=portal)
    until(lambda: portal.requests)

    child.send_signal(getattr(signal, name))
    stdout, stderr = child.communicate(timeout=TIME_LIMIT)

    assert (child.returncode, stdout, stderr) == (code, b"", b"")


@POSIX
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_while_a_body_arrives_leaves_no_partial_file(portal, home, start, name, code):
    portal.order("GET", "people", faults.Trickle(0.5))
    (home.path / "kept.json").write_text("before")
    child = start("call", "GET", "people", "-o", "kept.json", signed_in_to=portal)
    until(lambda: portal.requests)

    child.send_signal(getattr(signal, name))
    child.communicate(timeout=TIME_LIMIT)

    assert child.returncode == code
    assert (home.path / "kept.json").read_text() == "before"
    assert [path.name for path in home.path.iterdir() if path.suffix == ".part"] == []


@POSIX
def test_a_second_interrupt_does_not_wait_for_the_clean_up(portal, home, start):
    portal.order("GET", "people/@self", faults.Hang(), times=None)
    portal.order("GET", "*", faults.Hang(), times=None)
    portal.answers("GET", "settings/version/build", response={"communityServer": "1"})
    (home.path / "secret").write_text(portal.password)
    child = start(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-file", "secret"
    )
    until(lambda: any("people" in seen.target for seen in portal.requests))

    child.send_signal(signal.SIGINT)  # the session is ended at the portal, which hangs
    until(lambda: any("Auth.aspx" in seen.target for seen in portal.requests))
    child.send_signal(signal.SIGINT)
    _, stderr = child.communicate(timeout=TIME_LIMIT)

    assert child.returncode == 130
    assert b"Traceback" not in stderr
    assert home.keyring == {}


@POSIX
def test_a_hang_up_that_nohup_ignores_does_not_end_the_run(portal, start):
    portal.order("GET", "people", faults.Delay(1.0))
    nohup = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]
    child = start("call", "GET", "people", signed_in_to=portal, wrapper=nohup)
    until(lambda: portal.requests)

    child.send_signal(signal.SIGHUP)
    stdout, stderr = child.communicate(timeout=TIME_LIMIT)

    assert (child.returncode, stdout, stderr) == (0, portal.last_body + b"\n", b"")
