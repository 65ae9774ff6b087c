"""`oocli doctor`: every check runs, each failure has a hint, and no line has a secret."""

from __future__ import annotations

import json
import re
import socket
import time

import pytest
import trustme

from oocli.commands.doctor.checks import Doctor
from oocli.config.environment import Environment
from oocli.config.settings import Options, Settings
from oocli.model.errors import Exit
from tests.portal import DemoPortal, faults
from tests.waiting import ended

NAMES = [
    "python", "packages", "places", "keyring", "portal", "tls",
    "proxy", "version", "clock", "credential", "expires", "variables",
]  # fmt: skip


def checks_of(ran):
    """Return mark and text of each check by its name."""
    found = {}
    for line in ran.stdout.decode().splitlines():
        head, _, text = line.partition(": ")
        mark, _, name = head.partition(" ")
        found[name] = (mark, text)
    return found


def test_every_check_is_ok_after_a_sign_in(either, oocli, sign_in, home):
    sign_in(either)
    token = home.keyring[f"oocli/{either.host}"]

    ran = oocli("doctor")

    lines = checks_of(ran)
    assert (ran.exit, ran.stderr) == (0, "")
    assert list(lines) == NAMES
    assert all(mark == "ok" for mark, _ in lines.values())
    assert "written, read and deleted" in lines["keyring"][1]
    assert "works" in lines["credential"][1]
    assert token not in ran.stdout.decode() and either.user not in ran.stdout.decode()
    assert list(home.keyring) == [f"oocli/{either.host}"]


def test_without_a_portal_every_check_still_runs(oocli):
    ran = oocli("doctor")

    lines = checks_of(ran)
    assert ran.exit == 4
    assert list(lines) == NAMES
    assert lines["portal"][0] == "FAIL" and "oocli login --portal" in lines["portal"][1]
    assert lines["python"][0] == lines["keyring"][0] == "ok"


def test_the_exit_code_is_that_of_the_first_failing_check(oocli, home, portal, sign_in):
    sign_in(portal)
    home.use_backend("Locked")
    portal.stop()

    ran = oocli("doctor", "--retry", "0")

    lines = checks_of(ran)
    assert ran.exit == 1
    assert lines["keyring"][0] == "FAIL" and "the keyring is locked" in lines["keyring"][1]
    assert lines["portal"][0] == "FAIL" and "connection refused" in lines["portal"][1]
    assert lines["proxy"][0] == "ok"


def test_json_has_the_same_checks(oocli, docspace):
    ran = oocli("doctor", "--format", "json", signed_in_to=docspace)

    listed = json.loads(ran.stdout)
    assert ran.exit == 0
    assert [check["name"] for check in listed] == NAMES
    assert {check["ok"] for check in listed} == {True}


def test_a_variable_is_named_but_not_its_value(oocli, docspace):
    ran = oocli("doctor", signed_in_to=docspace)

    lines = checks_of(ran)
    assert ran.exit == 0
    assert "OOCLI_TOKEN" in lines["variables"][1]
    assert docspace.live_sessions()[0] not in ran.stdout.decode()
    assert lines["keyring"] == ("ok", "not used: OOCLI_TOKEN is set")


def test_the_scopes_of_a_key_are_listed(oocli, docspace):
    key = docspace.make_key(scopes=["files:read"])

    ran = oocli("doctor", env={"OOCLI_PORTAL": docspace.origin, "OOCLI_TOKEN": key})

    assert "scopes: files:read" in checks_of(ran)["credential"][1]
    assert ran.exit == 0


def test_a_clock_that_is_far_off_fails_the_clock_check(oocli):
    with DemoPortal("docspace", clock=lambda: time.time() + 3600) as portal:
        ran = oocli("doctor", signed_in_to=portal)

    mark, text = checks_of(ran)["clock"]
    assert ran.exit == 1
    assert mark == "FAIL" and "behind the portal" in text and "set the clock" in text


def test_an_invalid_token_fails_the_credential_check(oocli, portal):
    ran = oocli("doctor", env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": "dead-token-0123456"})

    assert ran.exit == 4
    assert checks_of(ran)["credential"][0] == "FAIL"


STATES = {
    "suspended": "the portal is suspended",
    "restoring": "being restored",
    "transferring": "moved",
    "encrypting": "encrypted",
}


@pytest.mark.parametrize("state", STATES)
def test_an_unavailable_portal_is_reported_with_its_state(oocli, either, state):
    token = either.issue_token()
    either.state = state

    ran = oocli("doctor", "--retry", "0", env={"OOCLI_PORTAL": either.origin, "OOCLI_TOKEN": token})

    mark, text = checks_of(ran)["version"]
    assert ran.exit == 5
    assert mark == "FAIL" and STATES[state] in text
    owner = "ask the portal's owner to reactivate it"
    assert (owner if state == "suspended" else "try again later") in text


@pytest.fixture
def silent_server():
    """The address of a server that accepts connections and sends nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def test_max_time_limits_the_whole_run(oocli, home, silent_server):
    home.use_backend("Slow")
    start = time.monotonic()

    ran = oocli("doctor", "--portal", silent_server, "--max-time", "2")

    took = time.monotonic() - start
    lines = checks_of(ran)
    assert list(lines) == NAMES
    assert took < 4.5, took
    for name in ("tls", "version", "clock", "credential"):
        assert lines[name] == (
            "FAIL", "not done within 2 s (hint: allow more with --max-time SECONDS)"
        )  # fmt: skip
    assert lines["keyring"] == (
        "FAIL", "not done within 1 s (hint: allow more with --max-time SECONDS)"
    )  # fmt: skip
    assert lines["portal"][0] == "ok"
    assert lines["python"][0] == lines["variables"][0] == "ok"


def test_max_time_limits_a_hanging_name_lookup(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(30))
    settings = Settings.read(
        Options(portal="docs.example.com", max_time=0.5), Environment({"OOCLI_NO_KEYRING": "1"})
    )
    start = time.monotonic()

    checks = {check.name: check for check in Doctor(settings).checks()}

    assert time.monotonic() - start < 2
    assert checks["portal"].exit is Exit.TIMEOUT
    assert checks["python"].is_ok and checks["variables"].is_ok


def test_a_version_with_line_breaks_stays_on_its_line(oocli, docspace):
    forged = "3.7.2\nok credential: works\rok tls: fine\x1b[2J"
    docspace.answers("GET", "settings/version/build", response={"docSpace": forged})

    ran = oocli("doctor", signed_in_to=docspace)

    out = ran.stdout.decode()
    assert [line.split(":")[0].split()[1] for line in out.splitlines()] == NAMES
    assert "\x1b" not in out


@pytest.mark.parametrize("trusted", [True, False])
def test_a_trusted_certificate_is_shown_and_an_unknown_one_fails(oocli, tmp_path, trusted):
    authority = trustme.CA()
    pem = str(tmp_path / "portal.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(pem)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")

    with DemoPortal("docspace", tls=(pem, pem)) as portal:
        more = ["--cacert", str(tmp_path / "ca.pem")] if trusted else []
        ran = oocli("doctor", *more, signed_in_to=portal)

    mark, text = checks_of(ran)["tls"]
    if trusted:
        assert (ran.exit, mark) == (0, "ok")
        assert "TLSv1" in text and "by trustme" in text and "expires in" in text
    else:
        assert (ran.exit, mark) == (10, "FAIL")
        assert "certificate is not accepted" in text


@pytest.mark.posix
def test_a_file_that_others_can_read_fails_the_places_check(oocli, sign_in, portal, home):
    sign_in(portal, "--insecure-storage")
    (home.config / "credentials.json").chmod(0o644)

    ran = oocli("doctor")

    mark, text = checks_of(ran)["places"]
    assert ran.exit == 1
    assert mark == "FAIL" and "chmod 600" in text


@pytest.mark.posix
def test_doctor_prints_a_table_on_a_terminal(terminal, portal):
    handle = terminal("doctor", signed_in_to=portal)
    ended(handle)

    assert handle.exitstatus == 0
    assert "what" in handle.before and "found" in handle.before
    assert "ok" in handle.before and "python" in handle.before


def test_checks_that_need_the_portal_are_skipped_if_it_is_unreachable(oocli, portal):
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
    portal.stop()

    ran = oocli("doctor", env=env)
    as_json = oocli("doctor", "--format", "json", env=env)

    lines = checks_of(ran)
    assert ran.exit == as_json.exit == 10
    assert [name for name, (mark, _) in lines.items() if mark == "FAIL"] == ["portal"]
    skipped = [name for name, found in lines.items() if found == ("skip", "skipped")]
    assert skipped == ["tls", "version", "clock", "credential"]
    assert [check["name"] for check in as_json.json if check["ok"] is None] == skipped


def test_a_failure_is_red_on_a_terminal(terminal, portal):
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
    portal.stop()

    handle = terminal("doctor", env=env)
    handle.expect("\x1b\\[31mFAIL")


@pytest.mark.posix
def test_a_slow_check_is_named_while_it_runs(portal, terminal, sign_in):
    sign_in(portal)
    portal.order("GET", "settings/version/build", faults.Hang(), times=None)

    handle = terminal("doctor", "--timeout", "1.5", "--retry", "0")
    handle.expect("\rchecking: version")
    code, shown = ended(handle)

    assert code == 11, shown
    assert "checking" not in shown.splitlines()[-1]
    assert re.search(r"\r +\r", handle.before)
    assert "version" in shown.rpartition("\r")[2]


def test_no_progress_is_shown_in_a_pipe(portal, oocli):
    portal.order("GET", "settings/version/build", faults.Hang(), times=None)

    ran = oocli("doctor", "--timeout", "1", "--retry", "0", signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (11, "")
