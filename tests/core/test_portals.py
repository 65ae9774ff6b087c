"""portals.json: what is kept through every change, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.portal import DemoPortal

PROCESSES = 20


@pytest.fixture
def book(portal, home, sign_in):
    """The file of a home that is signed in to one portal."""
    assert sign_in(portal).exit == 0
    return home.config / "portals.json"


def changed(file, **more):
    """Change members of a JSON file and return its new content."""
    data = json.loads(file.read_text()) | more
    file.write_text(json.dumps(data))
    return data


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "is not a JSON document"),
        (b"", "is not a JSON document"),
        (b"[]", "holds no JSON object"),
        (b"\xff\xfe{", "cannot be read"),
        (b'{"version": 2}', "was written by a newer oocli"),
        (b'{"version": "x"}', "was written by a newer oocli"),
        (b'{"version": 1, "portals": []}', "'portals' holds no JSON object"),
        (b'{"version": 1, "portals": null}', "'portals' holds no JSON object"),
    ],
)
@pytest.mark.parametrize(
    "args", ["whoami", "login --with-token --portal HERE", "portals", "logout"]
)
def test_a_file_that_cannot_be_understood_is_told_and_never_rewritten(
    portal, home, oocli, content, why, args
):
    home.config.mkdir()
    file = home.config / "portals.json"
    file.write_bytes(content)

    ran = oocli(*args.replace("HERE", portal.origin).split(), stdin=portal.issue_token())

    assert (ran.exit, ran.stdout) == (1, b"")
    assert f"{file}" in ran.stderr
    assert why in ran.stderr
    assert len(ran.stderr.splitlines()) <= 2
    assert file.read_bytes() == content
    assert portal.requests == []


@pytest.mark.parametrize(
    "entry", [None, [], "x", {}, {"origin": 1}, {"origin": "::"}, {"origin": "https://other.org"}]
)
def test_an_entry_that_cannot_be_understood_is_told_with_what_to_do(portal, oocli, book, entry):
    before = changed(book, portals={portal.host: entry})

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert f"the entry of '{portal.host}' cannot be understood" in ran.stderr
    assert f"oocli login --portal {portal.host}" in ran.stderr
    assert json.loads(book.read_text()) == before


def test_members_of_the_wrong_type_count_as_missing(portal, oocli, book):
    entry = json.loads(book.read_text())["portals"][portal.host]
    entry |= {"account": "ann", "clock_offset": "much", "kind": 7, "insecure_http": "yes"}
    changed(book, portals={portal.host: entry})

    ran = oocli("logout")

    assert ran.exit == 0, ran.stderr


def test_what_another_version_has_added_is_kept(portal, docspace, book, oocli, sign_in):
    data = json.loads(book.read_text())
    data["later"] = {"a": 1}
    data["portals"][portal.host]["colour"] = "blue"
    data["portals"][portal.host]["account"]["nick"] = "annie"
    data["portals"][portal.host]["credential"]["scopes"] = ["x"]
    book.write_text(json.dumps(data))

    sign_in(docspace)
    sign_in(portal)

    after = json.loads(book.read_text())
    assert after["later"] == {"a": 1}
    entry = after["portals"][portal.host]
    assert entry["colour"] == "blue"
    assert entry["account"]["nick"] == "annie"
    assert entry["credential"]["scopes"] == ["x"]
    assert docspace.host in after["portals"]


def test_a_default_that_is_not_known_counts_as_none(portal, oocli, book):
    changed(book, default="gone.example.com")

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: no portal is chosen\nhint: oocli portals use {portal.host}, or --portal HOST\n"
    )


def test_a_byte_order_mark_of_an_editor_does_no_harm(portal, oocli, book):
    book.write_bytes(b"\xef\xbb\xbf" + book.read_bytes())

    assert oocli("token").exit == 0


def test_a_symbolic_link_stays_one(portal, docspace, home, book, sign_in):
    elsewhere = home.path / "dotfiles"
    elsewhere.mkdir()
    book.rename(elsewhere / "portals.json")
    book.symlink_to(elsewhere / "portals.json")

    sign_in(docspace)

    assert book.is_symlink()
    assert docspace.host in json.loads((elsewhere / "portals.json").read_text())["portals"]


def test_half_a_character_in_a_name_from_the_portal_can_be_recorded(portal, home, oocli, sign_in):
    person = b'{"count":1,"status":0,"response":{"email":"a@x.org","displayName":"A\\ud83d"}}'
    json_type = [("Content-Type", "application/json; charset=utf-8")]
    portal.answers("GET", "people/@self", body=person, headers=json_type)

    first, second = sign_in(portal), oocli("logout")

    assert (first.exit, second.exit) == (0, 0)
    assert home.portals["portals"][portal.host]["account"]["name"] == "A\ud83d"


def test_names_are_recorded_as_they_are_read(portal, home, sign_in):
    portal.answers("GET", "people/@self", response={"email": "e@x.org", "displayName": "Émile"})

    sign_in(portal)

    assert "Émile" in (home.config / "portals.json").read_text(encoding="utf-8")


def test_a_configuration_directory_that_is_a_file_is_told(portal, home, sign_in):
    home.config.write_text("")

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "portals.json cannot be written: " in ran.stderr
    assert portal.live_sessions() == []
    assert home.keyring == {}


def test_sign_ins_of_many_processes_at_once_all_survive(home):
    with ExitStack() as stack:
        portals = [stack.enter_context(DemoPortal()) for _ in range(PROCESSES)]
        children = [
            subprocess.Popen(
                [sys.executable, "-m", "oocli", "login", "--with-token", "--insecure-storage",
                 "--portal", portal.origin],
                env=home.env, cwd=home.path, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for portal in portals
        ]  # fmt: skip
        tokens = [portal.issue_token() for portal in portals]
        ended = [
            (child.communicate(token, timeout=120), child.returncode)
            for child, token in zip(children, tokens, strict=True)
        ]

        assert [code for _, code in ended] == [0] * PROCESSES, ended
        kept = json.loads((home.config / "credentials.json").read_text())["tokens"]
        assert kept == {one.host: token for one, token in zip(portals, tokens, strict=True)}
        assert set(home.portals["portals"]) == set(kept)
        assert home.portals["default"] in kept
        names = {path.name for path in home.config.iterdir()}
        assert names == {
            "portals.json", "portals.json.lock", "credentials.json", "credentials.json.lock"
        }  # fmt: skip
