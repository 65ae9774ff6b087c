"""Messages and prompts go to stderr, and oocli prompts only on a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.portal import faults
from tests.waiting import ended, until


@pytest.mark.posix
def test_prompts_go_to_stderr_and_stdout_stays_data(portal, home, tmp_path):
    import pexpect

    command = (
        f"{sys.executable} -m oocli login --portal {portal.origin} --user {portal.user} "
        "--print-token > token"
    )
    handle = pexpect.spawn(
        "sh", ["-c", command], env=home.env, cwd=str(tmp_path), timeout=30, encoding="utf-8"
    )
    handle.expect("(?i)password for ")
    handle.sendline(portal.password)
    ended(handle)

    assert handle.exitstatus == 0
    text = (tmp_path / "token").read_text()
    assert portal.live_sessions() == [text.removesuffix("\n")]


@pytest.mark.posix
@pytest.mark.parametrize("redirect", ["2>errors", "</dev/null"])
def test_nothing_is_asked_unless_stdin_and_stderr_are_terminals(portal, home, tmp_path, redirect):
    import pexpect

    command = f"{sys.executable} -m oocli login --portal {portal.origin} {redirect}"
    handle = pexpect.spawn(
        "sh", ["-c", command], env=home.env, cwd=str(tmp_path), timeout=30, encoding="utf-8"
    )
    ended(handle)

    assert handle.exitstatus == 2
    assert portal.requests == []


def test_no_input_disables_prompts_on_a_terminal(portal, terminal):
    code, shown = ended(terminal("login", "--portal", portal.origin, "--no-input"))

    assert code == 2
    assert shown.startswith("oocli: no user was given, and oocli cannot prompt here\nhint: ")
    assert "--user EMAIL" in shown


def test_stdin_that_is_a_terminal_is_read_after_a_hint(portal, terminal):
    portal.answers("POST", "people", response={})
    handle = terminal("call", "POST", "people", "-d", "@-", signed_in_to=portal)
    handle.expect("reading stdin for .*Ctrl-D")
    handle.sendline('{"a":1}')
    handle.sendeof()
    code, _ = ended(handle)

    assert code == 0
    assert portal.requests[-1].body == b'{"a":1}\n'


def test_an_error_on_a_terminal_is_a_line_without_a_box(portal, terminal):
    code, shown = ended(terminal("call", "GET", "people/nobody", "-q", signed_in_to=portal))

    assert code == 7
    last = shown.splitlines()[-1]
    assert last.startswith(f"oocli: GET people/nobody on {portal.host}: ")
    assert last.endswith(" (404)")
    assert "╭" not in shown


def test_verbose_reports_a_retry_with_its_reason(portal, oocli):
    portal.order("GET", "people", faults.RateLimited(retry_after="1"))

    ran = oocli("call", "GET", "people", "-v", signed_in_to=portal)

    assert ran.exit == 0
    assert "retry 1 of 2 in 1 s: 429" in ran.stderr


@pytest.mark.parametrize("options", [(), ("-v",), ("-vv",), ("--debug",)])
def test_secrets_are_in_no_output_of_a_failing_sign_in(either, oocli, options):
    ran = oocli(
        "login", "--portal", either.origin, "--user", either.user, "--password-stdin", *options,
        stdin="a-wrong-s3cret!\n",
    )  # fmt: skip

    assert ran.exit == 4
    assert "s3cret" not in ran.stderr + ran.stdout.decode()


@pytest.mark.posix
def test_secrets_are_in_no_argument_of_the_process(portal, start):
    portal.order("GET", "people/@self", faults.Hang(), times=None)
    token = portal.issue_token()
    child = start("login", "--portal", portal.origin, "--with-token", stdin=subprocess.PIPE)
    child.stdin.write(token.encode())
    child.stdin.close()
    until(lambda: any("people" in seen.target for seen in portal.requests))

    listed = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(child.pid)], capture_output=True, check=True
    ).stdout.decode()

    assert "--with-token" in listed
    assert token not in listed


def test_an_error_has_a_red_name_and_a_dim_hint_on_a_terminal(terminal):
    handle = terminal("whoami")
    code, _ = ended(handle)
    shown = handle.before

    assert code == 4
    assert "\x1b[31moocli: \x1b[0mno portal is known" in shown
    assert "\x1b[2mhint: oocli login --portal yourportal.onlyoffice.com\x1b[0m" in shown


def test_color_never_prints_an_error_without_colors(terminal):
    handle = terminal("whoami", "--color", "never")
    code, _ = ended(handle)
    shown = handle.before

    assert code == 4
    assert "oocli: no portal is known" in shown and "\x1b" not in shown
