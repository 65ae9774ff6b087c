"""portals.json: what each change preserves, and which content is refused."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from contextlib import ExitStack

import pytest

from oocli.auth.credentials import check_expiry
from oocli.config.environment import Directories, Environment
from oocli.config.portals import PortalRecord, PortalRegistry, resolve_portal
from oocli.config.settings import Options, Settings
from oocli.model.errors import OocliError
from oocli.transport.options import NullReporter
from tests.portal import DemoPortal

PROCESSES = 20


@pytest.fixture
def portals_json(portal, home, sign_in):
    """The path of portals.json in a home that is signed in to one portal."""
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
        (b"[]", "is not a JSON object"),
        (b"\xff\xfe{", "cannot be read"),
        (b'{"version": 2}', "was written by a newer oocli"),
        (b'{"version": "x"}', "was written by a newer oocli"),
        (b'{"version": 1, "portals": []}', "'portals' is not a JSON object"),
        (b'{"version": 1, "portals": null}', "'portals' is not a JSON object"),
    ],
)
@pytest.mark.parametrize(
    "args", ["whoami", "login --with-token --portal HERE", "portals", "logout"]
)
def test_an_invalid_file_is_an_error_and_is_never_rewritten(
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
def test_an_invalid_entry_is_an_error_that_proposes_a_sign_in(portal, oocli, portals_json, entry):
    before = changed(portals_json, portals={portal.host: entry})

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (1, b"")
    assert f"the entry of '{portal.host}' is not valid" in ran.stderr
    assert f"oocli login --portal {portal.host}" in ran.stderr
    assert json.loads(portals_json.read_text()) == before


def test_members_of_the_wrong_type_count_as_missing(portal, oocli, portals_json):
    entry = json.loads(portals_json.read_text())["portals"][portal.host]
    entry |= {"account": "ann", "clock_offset": "much", "kind": 7, "insecure_http": "yes"}
    changed(portals_json, portals={portal.host: entry})

    ran = oocli("logout")

    assert ran.exit == 0, ran.stderr


def test_members_that_another_version_added_are_kept(
    portal, docspace, portals_json, oocli, sign_in
):
    data = json.loads(portals_json.read_text())
    data["later"] = {"a": 1}
    data["portals"][portal.host]["colour"] = "blue"
    data["portals"][portal.host]["account"]["nick"] = "annie"
    data["portals"][portal.host]["credential"]["scopes"] = ["x"]
    portals_json.write_text(json.dumps(data))

    sign_in(docspace)
    sign_in(portal)

    after = json.loads(portals_json.read_text())
    assert after["later"] == {"a": 1}
    entry = after["portals"][portal.host]
    assert entry["colour"] == "blue"
    assert entry["account"]["nick"] == "annie"
    assert entry["credential"]["scopes"] == ["x"]
    assert docspace.host in after["portals"]


KNOWN = ("http://a.test", "http://b.test:443", "https://c.test", "https://d.test:80",
         "http://e.test:443", "https://e.test", "http://f.test/office")  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("a.test", "http://a.test"),
        ("a.test:80", "http://a.test"),
        ("A.test.:080/login?x=https://y", "http://a.test"),
        ("a.test:443", None),
        ("b.test:443", "http://b.test:443"),
        ("b.test", None),
        ("c.test", "https://c.test"),
        ("c.test:443", "https://c.test"),
        ("c.test:80", None),
        ("d.test:80", "https://d.test:80"),
        ("e.test", "https://e.test"),
        ("e.test:443", "http://e.test:443"),
        ("https://e.test:443", "https://e.test"),
        ("f.test:80/office/rooms", "http://f.test/office"),
        ("f.test:80", None),
    ],
)
def test_a_portal_typed_without_a_scheme_is_found_among_the_known_ones(tmp_path, typed, origin):
    records = [PortalRecord(known) for known in KNOWN]
    portals = {record.key: {"origin": record.origin} for record in records}
    registry = PortalRegistry(Directories(tmp_path), {"portals": portals})

    address, record = registry.named(typed)

    assert (record and record.origin) == origin
    if record is not None:
        assert address == record.address
    for known in records:  # the key, which is printed as the name of a portal, finds it
        assert registry.named(known.key)[1] == known


def test_an_http_portal_on_the_port_of_https_can_be_the_default(home, oocli):
    home.config.mkdir()
    records = [PortalRecord("http://127.0.0.1:443"), PortalRecord("http://127.0.0.1")]
    portals = {record.key: {"origin": record.origin} for record in records}
    (home.config / "portals.json").write_text(json.dumps({"version": 1, "portals": portals}))

    for typed, key in (("127.0.0.1:443", "127.0.0.1:443"), ("127.0.0.1:80", "127.0.0.1")):
        used = oocli("portals", "use", typed)
        shown = oocli("call", "GET", "people", "--dry-run", "--portal", typed)

        assert (used.exit, home.portals["default"]) == (0, key)
        assert "not signed in" in shown.stderr
    assert oocli("portals", "use", "127.0.0.1:443").exit == 0
    assert oocli("whoami").stderr.startswith("oocli: 127.0.0.1:443: not signed in")
    assert oocli("portals", "remove", "127.0.0.1:80").exit == 0
    assert list(home.portals["portals"]) == ["127.0.0.1:443"]


def test_an_unknown_default_portal_counts_as_none(portal, oocli, portals_json):
    changed(portals_json, default="gone.example.com")

    ran = oocli("whoami")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: no portal is chosen\nhint: oocli portals use {portal.host}, or --portal HOST\n"
    )


def test_a_byte_order_mark_is_accepted(portal, oocli, portals_json):
    portals_json.write_bytes(b"\xef\xbb\xbf" + portals_json.read_bytes())

    assert oocli("token").exit == 0


def test_a_symbolic_link_stays_a_link_and_its_target_is_written(
    portal, docspace, home, portals_json, sign_in
):
    elsewhere = home.path / "dotfiles"
    elsewhere.mkdir()
    portals_json.rename(elsewhere / "portals.json")
    portals_json.symlink_to(elsewhere / "portals.json")

    sign_in(docspace)

    assert portals_json.is_symlink()
    assert docspace.host in json.loads((elsewhere / "portals.json").read_text())["portals"]


def test_a_lone_surrogate_in_the_name_of_an_account_can_be_recorded(portal, home, oocli, sign_in):
    person = b'{"count":1,"status":0,"response":{"email":"a@x.org","displayName":"A\\ud83d"}}'
    json_type = [("Content-Type", "application/json; charset=utf-8")]
    portal.answers("GET", "people/@self", body=person, headers=json_type)

    first, second = sign_in(portal), oocli("logout")

    assert (first.exit, second.exit) == (0, 0)
    assert home.portals["portals"][portal.host]["account"]["name"] == "A\ud83d"


def test_names_are_recorded_without_escapes(portal, home, sign_in):
    portal.answers("GET", "people/@self", response={"email": "e@x.org", "displayName": "Émile"})

    sign_in(portal)

    assert "Émile" in (home.config / "portals.json").read_text(encoding="utf-8")


def test_a_configuration_directory_that_is_a_file_is_an_error(portal, home, sign_in):
    home.config.write_text("")

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ".lock cannot be locked: " in ran.stderr
    assert portal.live_sessions() == []
    assert home.keyring == {}


def test_sign_ins_of_many_processes_at_once_are_all_recorded(home):
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
        stored = json.loads((home.config / "credentials.json").read_text())["tokens"]
        assert stored == {portal.host: token for portal, token in zip(portals, tokens, strict=True)}
        assert set(home.portals["portals"]) == set(stored)
        assert home.portals["default"] in stored
        names = {path.name for path in home.config.iterdir()}
        assert names == {
            "portals.json", "portals.json.lock", "credentials.json", "credentials.json.lock",
            "locks",
        }  # fmt: skip


ODD = [b"null", b"true", b"-1", b"1e999", b"[]", b"{}", b'"\\ud800"', b'"x"', b"NaN", b"9" * 400]


def test_a_mutated_file_is_read_or_refused_without_a_bug(home):
    directories = Directories(home.config)
    directories.config.mkdir()
    record = PortalRecord(
        "https://docs.example.com", "docspace", "ann@example.com", "Ann", "session", "file",
        None, "2030-01-01T00:00:00Z", 7.0, "id", True,
    )  # fmt: skip
    PortalRegistry.read(directories).save(record)
    content, jitter = directories.portals.read_bytes(), random.Random(10)
    values = [found.span() for found in re.finditer(rb'(?<=: )("[^"]*"|[\w.]+)', content)]
    settings = Settings.read(Options(portal="docs.example.com"), Environment({}))._replace(
        directories=directories
    )
    read = 0
    for _ in range(500):
        if jitter.random() < 0.7:
            start, end = jitter.choice(values)
            mutated = content[:start] + jitter.choice(ODD) + content[end:]
        else:
            place = jitter.randrange(len(content))
            mutated = content[:place] + jitter.randbytes(1) + content[place + 1 :]
        directories.portals.write_bytes(mutated)
        try:
            registry = PortalRegistry.read(directories)
            selection = resolve_portal(settings, registry)
            registry.all()
            if selection.record:
                check_expiry(selection.record, NullReporter(), 0.0)
                registry.save(selection.record)
            read += 1
        except OocliError:
            pass

    assert read > 100
