"""Secrets from the environment, or repeated by a portal, are not printed."""

from __future__ import annotations

import os
import sys

import pytest

from oocli import Portal
from oocli.model import secret
from tests.raw_server import RawServer

ME = ("call", "GET", "people/@self")
PASSWORDS = [
    "hush hush",
    "hush#hush",
    "hush/hush",
    "hush?hush",
    "hush[hush]",
    "hush@hush",
    "hush%zz",
]
NAMES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture
def raw_server():
    """Start servers that send exactly the given bytes."""
    running = []

    def start(script):
        running.append(RawServer(script))
        return running[-1]

    yield start
    for server in running:
        server.close()


def assert_hidden(ran, *secrets):
    """Assert that a run printed none of the secrets and had no bug."""
    printed = ran.stdout.decode() + ran.stderr
    for hidden in secrets:
        assert hidden not in printed, printed
    assert "a bug in oocli" not in printed, printed


@pytest.mark.parametrize("password", PASSWORDS)
def test_doctor_and_a_failing_call_hide_the_proxys_password(oocli, portal, password):
    address = f"http://proxyuser:{password}@127.0.0.1:9"

    for args in (("doctor",), ("doctor", "--format", "json"), (*ME, "--debug")):
        ran = oocli(*args, "--retry", "0", env={"HTTP_PROXY": address}, signed_in_to=portal)
        assert_hidden(ran, "proxyuser", password, "hush")
        assert ran.exit == 10


@pytest.mark.parametrize("name", ["--proxy", *NAMES])
def test_no_source_of_a_proxy_shows_its_password(oocli, home, name):
    env = {"OOCLI_PORTAL": "https://a.invalid" if "s" in name.lower() else "http://localhost:9",
           "OOCLI_TOKEN": "token-of-this-test"}  # fmt: skip
    address = "ftp://proxyuser:hush hush/[x@127.0.0.1:9"
    option = ["--proxy", address] if name == "--proxy" else []

    for args in (("doctor",), (*ME, "-vv")):
        ran = oocli(*args, *option, "--retry", "0", env=env | ({} if option else {name: address}))
        assert_hidden(ran, "proxyuser", "hush")
        assert "the proxy cannot be used" in ran.stderr + ran.stdout.decode()


def test_a_password_in_another_script_reaches_the_proxy(oocli, portal, raw_server):
    proxy = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    address = f"http://user:пароль@127.0.0.1:{proxy.port}"

    ran = oocli(*ME, "--proxy", address, signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (0, "")
    assert b"Proxy-Authorization: Basic dXNlcjrQv9Cw0YDQvtC70Yw=" in proxy.heads[0]


def test_include_masks_secrets_in_the_reason_and_in_names_of_headers(oocli, raw_server):
    server = raw_server(
        b"HTTP/1.1 200 token-of-this-test\r\nX-token-of-this-test: 1\r\nContent-Length: 2\r\n"
        b"Content-Type: application/json\r\n\r\n{}"
    )
    env = {"OOCLI_PORTAL": f"http://127.0.0.1:{server.port}", "OOCLI_TOKEN": "token-of-this-test"}

    ran = oocli(*ME, "-i", "-vv", env=env)

    assert ran.exit == 0
    assert ran.stdout.startswith(b"HTTP 200 ***\nX-***: 1\n")
    assert_hidden(ran, "token-of-this-test")


@pytest.mark.parametrize("expression", ["$ENV.OOCLI_TOKEN", "env.OOCLI_TOKEN", "$ENV|tojson",
    "env|tojson"])  # fmt: skip
def test_jq_cannot_read_a_secret_from_the_environment(oocli, portal, expression):
    proxy = {"FTP_PROXY": "", "HTTPS_PROXY": "http://proxyuser:hush-hush@127.0.0.1:9"}

    ran = oocli(*ME, "--jq", expression, env=proxy, signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (0, "")
    assert_hidden(ran, portal.live_sessions()[0], "hush-hush")


@pytest.mark.parametrize("command", [("login",), ("logout",), ("logout", "--all")])
def test_the_variable_is_still_in_force_for_login_and_logout(oocli, portal, command):
    ran = oocli(*command, signed_in_to=portal)

    assert ran.exit == 2
    assert "OOCLI_TOKEN is set" in ran.stderr


def test_whoami_says_that_the_token_comes_from_the_variable(oocli, portal):
    ran = oocli("whoami", "-v", signed_in_to=portal)

    assert ran.exit == 0
    assert "(OOCLI_TOKEN)" in ran.stderr


def test_the_library_does_not_change_the_environment(portal, monkeypatch, home):
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OOCLI_PORTAL", portal.origin)
    monkeypatch.setenv("OOCLI_TOKEN", portal.issue_token())
    monkeypatch.setenv("HTTPS_PROXY", "http://proxyuser:hush-hush@127.0.0.1:9")
    before = dict(os.environ)

    with Portal.from_keyring() as mine:
        mine.get("people/@self")

    assert dict(os.environ) == before


@pytest.mark.skipif(sys.platform == "win32", reason="the command is a shell script")
def test_a_command_for_codes_gets_the_proxies_but_no_token(oocli, tmp_path):
    from tests.portal import DemoPortal

    with DemoPortal("docspace", tfa="app") as portal:
        script = tmp_path / "code.sh"
        script.write_text(f"#!/bin/sh\nenv > seen\necho {portal.totp()}\n")
        script.chmod(0o755)
        ran = oocli(
            "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin",
            "--otp-command", "./code.sh", stdin=portal.password,
            env={"HTTPS_PROXY": "http://proxyuser:hush-hush@127.0.0.1:9", "OOCLI_RETRY": "1"},
        )  # fmt: skip

    seen = (tmp_path / "seen").read_text()
    assert ran.exit == 0, ran.stderr
    assert "HTTPS_PROXY=" in seen and "OOCLI_TOKEN" not in seen


def test_a_record_of_batch_hides_a_token_that_the_portal_repeats(oocli, portal, tmp_path):
    token = portal.issue_token()
    portal.answers("GET", "x", status=400, error=f"{'x' * 490} {token}")
    (tmp_path / "lines").write_text('{"method":"GET","path":"x"}\n')

    ran = oocli("batch", "lines", env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": token})

    assert ran.exit == 12
    assert ran.json["error"]["message"] == f"{'x' * 490} ***"
    assert token[:4] not in ran.stderr


def test_a_closed_portal_object_leaves_no_secret_in_the_process(portal):
    before = {name: value for name, value in vars(secret).items() if not name.startswith("__")}
    token = portal.issue_token()

    with Portal(portal.origin, token=token) as mine:
        mine.get("people/@self")

    assert {name: vars(secret)[name] for name in before} == before
    assert secret.Redactor._active is None
    assert secret.Redactor().mask(token) == token
