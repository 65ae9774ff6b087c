"""`oocli whoami`: a card on a terminal, the envelope in a pipe."""

from __future__ import annotations

import json
import re

import pytest

from tests.waiting import ended


def test_in_a_pipe_whoami_prints_what_call_prints(either, oocli, sign_in):
    sign_in(either)

    ran = oocli("whoami")

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout == either.last_body + b"\n"
    assert ran.json["response"]["email"] == either.user


def test_on_a_terminal_whoami_shows_a_card(either, home, terminal, sign_in):
    sign_in(either)
    kind = {"workspace": "ONLYOFFICE Workspace", "docspace": "ONLYOFFICE DocSpace"}[either.kind]

    code, shown = ended(terminal("whoami"))

    assert code == 0
    for text in (
        either.host,
        "Ann Lee",
        "ann@example.com",
        "owner",
        f"{either.origin} ({kind})",
        "session token in keyring",
    ):
        assert text in shown
    assert re.search(r"expires +\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d", shown)
    assert home.keyring[f"oocli/{either.host}"] not in shown


def test_the_role_of_an_ordinary_account_is_user(portal, terminal, oocli):
    token = portal.issue_token(portal.other_user)

    code, shown = ended(
        terminal("whoami", env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": token})
    )

    assert code == 0
    assert re.search(r"name +Bob O'Brien", shown)
    assert re.search(r"role +user", shown)
    assert "session token in OOCLI_TOKEN" in shown


def test_format_json_gives_the_envelope_on_a_terminal_too(portal, terminal, sign_in):
    sign_in(portal)

    code, shown = ended(terminal("whoami", "--format", "json"))

    assert code == 0
    assert json.loads(shown) == json.loads(portal.last_body)


def test_names_from_the_portal_cannot_control_the_terminal(portal, terminal, sign_in):
    sign_in(portal)
    person = {"displayName": "[bold]\u202eA\x1b]52;c;x\x07\x9b31m", "email": "a\x00b@x.org"}
    portal.answers("GET", "people/@self", response=person)

    handle = terminal("whoami", "--no-color")
    code, shown = ended(handle)

    assert code == 0
    assert "[bold]\\u202eA\\u001b]52;c;x\\u0007\\u009b31m" in shown
    assert "a\\u0000b@x.org" in shown
    assert "\x1b" not in handle.before
    assert "\u202e" not in handle.before


def test_verbose_shows_where_each_value_came_from_and_four_characters_of_the_secret(
    either, home, oocli, sign_in
):
    sign_in(either)
    token = home.keyring[f"oocli/{either.host}"]

    ran = oocli("whoami", "-v", env={"OOCLI_TIMEOUT": "7"})

    assert ran.exit == 0
    lines = ran.stderr.splitlines()
    assert f"portal: {either.origin} (portals.json)" in lines
    assert f"credential: session token ...{token[-4:]} (keyring)" in lines
    assert f"configuration: {home.config} (OOCLI_CONFIG_DIR)" in lines
    assert "timeout: 7 s (OOCLI_TIMEOUT)" in lines
    assert "retry: 2 (default)" in lines
    assert token[-5:] not in ran.stderr
    assert token not in ran.stderr


def test_a_refused_session_names_the_credential_and_its_source(either, home, oocli, sign_in):
    sign_in(either)
    either.revoke(home.keyring[f"oocli/{either.host}"])

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    first, hint = ran.stderr.splitlines()
    assert first.startswith(f"oocli: GET people/@self on {either.host}: ")
    assert first.endswith(" (401)")
    assert hint == (
        "hint: the session token from keyring was refused; sign in again: "
        f"oocli login --portal {either.origin}"
    )


def test_another_format_is_refused(portal, oocli):
    ran = oocli("whoami", "--format", "xml", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == (
        "oocli: Invalid value for '--format': 'xml' is not one of 'json'.\nhint: oocli whoami -h\n"
    )


@pytest.mark.parametrize("columns", ["20", "200"])
def test_the_card_fits_the_width_in_columns(portal, terminal, columns):
    code, shown = ended(terminal("whoami", signed_in_to=portal, env={"COLUMNS": columns}))

    assert code == 0
    assert max(map(len, shown.splitlines())) <= int(columns)
