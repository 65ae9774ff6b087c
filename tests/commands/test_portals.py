"""`oocli portals`: list, use and remove known portals without a request."""

from __future__ import annotations

import json

import pytest

from tests.waiting import ended


def test_the_list_in_a_pipe_is_tab_separated_with_a_star_at_the_default(
    portal, docspace, oocli, sign_in
):
    sign_in(portal)
    sign_in(docspace, "--insecure-storage")
    portal.forget()

    ran = oocli("portals", "list")

    assert (ran.exit, ran.stderr) == (0, "")
    rows = [line.split("\t")[:-1] for line in ran.stdout.decode().splitlines()]
    assert sorted(rows) == sorted(
        [
            ["*", portal.host, "ONLYOFFICE Workspace", portal.user, "session in keyring"],
            ["", docspace.host, "ONLYOFFICE DocSpace", docspace.user, "session in file"],
        ]
    )
    assert portal.requests == []


def test_portals_without_a_verb_lists_with_the_same_options(portal, oocli, sign_in):
    sign_in(portal)

    alone = oocli("portals")
    with_verb = oocli("portals", "list")
    as_json = oocli("portals", "--format", "json")

    assert alone.stdout == with_verb.stdout != b""
    assert (as_json.exit, as_json.json[0]["host"]) == (0, portal.host)


def test_the_json_list_has_everything_but_the_secret(either, home, oocli, sign_in):
    sign_in(either)

    ran = oocli("portals", "list", "--format", "json")

    assert (ran.exit, ran.stderr) == (0, "")
    (entry,) = ran.json
    assert entry.pop("expires")
    assert entry == {
        "host": either.host,
        "origin": either.origin,
        "kind": either.kind,
        "default": True,
        "signed_in": True,
        "account": either.user,
        "credential": "session",
        "store": "keyring",
    }
    assert home.keyring[f"oocli/{either.host}"] not in ran.stdout.decode()


def test_a_signed_out_portal_stays_in_the_list(portal, oocli, sign_in):
    sign_in(portal)
    oocli("logout")

    ran = oocli("portals", "list", "--format", "json")

    (entry,) = ran.json
    assert (entry["signed_in"], entry["store"], entry["expires"]) == (False, None, None)


def test_an_empty_list_prints_a_note_and_json_prints_an_empty_array(oocli):
    text, as_json = oocli("portals", "list"), oocli("portals", "list", "--format", "json")

    assert (text.exit, text.stdout) == (0, b"")
    assert text.stderr.startswith("no portal is known: oocli login --portal ")
    assert (as_json.exit, as_json.stdout, as_json.stderr) == (0, b"[]\n", "")


def test_use_makes_another_portal_the_default(portal, docspace, home, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("portals", "use", docspace.host.upper())

    assert (ran.exit, ran.stdout) == (0, b"")
    assert ran.stderr == f"{docspace.host} is now the default portal\n"
    assert home.portals["default"] == docspace.host
    assert oocli("token").stdout.decode().strip() == home.keyring[f"oocli/{docspace.host}"]


def test_remove_deletes_record_and_credential_without_a_request(either, home, oocli, sign_in):
    sign_in(either)
    either.forget()

    ran = oocli("portals", "remove", either.host)

    assert (ran.exit, ran.stdout) == (0, b"")
    assert f"{either.host} was removed; there is no default portal now\n" in ran.stderr
    assert home.keyring == {}
    assert home.portals["portals"] == {}
    assert "default" not in home.portals
    assert either.requests == []
    assert len(either.live_sessions()) == 1


def test_removing_the_default_portal_leaves_no_default(portal, docspace, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace)
    oocli("portals", "remove", portal.host)

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: no portal is chosen\nhint: oocli portals use {docspace.host}, or --portal HOST\n"
    )


@pytest.mark.parametrize("verb", ["use", "remove"])
def test_a_portal_that_is_not_known_is_exit_7(portal, home, oocli, sign_in, verb):
    sign_in(portal)
    before = home.portals

    ran = oocli("portals", verb, "other.example.com")

    assert (ran.exit, ran.stdout) == (7, b"")
    assert ran.stderr == (
        "oocli: other.example.com is not a known portal\nhint: oocli portals list\n"
    )
    assert home.portals == before


def test_remove_keeps_the_record_while_the_keyring_is_locked(portal, home, oocli, sign_in):
    sign_in(portal)
    home.use_backend("Locked")

    ran = oocli("portals", "remove", portal.host)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr.startswith("oocli: the keyring is locked\nhint: ")
    assert portal.host in home.portals["portals"]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["nonsense"], "No such command 'nonsense'."),
        (["use"], "Missing argument 'HOST'."),
        (["list", "--format", "xml"], "'--format': 'xml' is not one of 'json'."),
        (["use", "a b"], "white space"),
    ],
)
def test_wrong_usage_is_exit_2(oocli, args, why):
    ran = oocli("portals", *args)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr


def test_on_a_terminal_the_list_is_a_table_without_control_characters(
    portal, home, terminal, oocli, sign_in
):
    sign_in(portal)
    file = home.config / "portals.json"
    data = json.loads(file.read_text())
    data["portals"][portal.host]["account"]["login"] = "[red]\x1b]0;x\x07\u202e"
    file.write_text(json.dumps(data))

    handle = terminal("portals", "--color", "never", size=(40, 200))
    ended(handle)

    assert handle.exitstatus == 0
    assert "portal" in handle.before.splitlines()[0]
    assert "[red]\\u001b]0;x\\u0007\\u202e" in handle.before
    assert "\x1b" not in handle.before


def test_an_unknown_expiry_is_null_in_json(portal, home, oocli, sign_in):
    sign_in(portal)
    file = home.config / "portals.json"
    data = json.loads(file.read_text())
    data["portals"][portal.host]["credential"]["expires"] = "0001-01-01T00:00:00.0000000Z"
    file.write_text(json.dumps(data))

    ran = oocli("portals", "list", "--format", "json")

    assert (ran.exit, ran.json[0]["expires"]) == (0, None)
