"""What a shell is told when it completes the name of a portal."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def write(home):
    def run(content):
        home.config.mkdir()
        text = content if isinstance(content, str) else json.dumps(content)
        (home.config / "portals.json").write_text(text, encoding="utf-8")

    return run


def test_the_known_portals_are_named_line_by_line(oocli, sign_in, portal, docspace):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode().splitlines() == sorted([portal.host, docspace.host])


def test_without_any_portal_nothing_is_said(oocli):
    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


@pytest.mark.parametrize(
    "content",
    ["", "{ broken", "[]", "3", '{"portals": 3}', '{"portals": null}', "[" * 100_000, "\udcff"],
    ids=["empty", "broken", "list", "number", "no object", "null", "deep", "no text"],
)
def test_a_broken_list_of_portals_is_passed_over_in_silence(oocli, home, content):
    home.config.mkdir()
    raw = content.encode("utf-8", "surrogateescape")
    (home.config / "portals.json").write_bytes(raw)

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


def test_a_list_of_a_newer_version_still_names_its_portals(oocli, write):
    write({"version": 99, "portals": {"docs.example.com": {}}})

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"docs.example.com\n", "")


@pytest.mark.parametrize(
    "key",
    ["a b", "$(id)", "`id`", "a;id", "a|id", "a&id", "-rf", "a\nb", "\x1b[2J", "a'b", 'a"b', "a>b",
     "a\\b", "!!", "*", "~", ""],
)  # fmt: skip
def test_a_name_that_a_shell_would_not_take_as_it_is_stays_out(oocli, write, key):
    write({"version": 1, "portals": {key: {}, "[::1]:8080": {}, "docs.example.com/a-b": {}}})

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"[::1]:8080\ndocs.example.com/a-b\n", "")


@pytest.mark.parametrize("variable", ["OOCLI_TIMEOUT", "OOCLI_RETRY", "OOCLI_TOKEN"])
def test_variables_that_mean_nothing_do_not_matter(oocli, write, variable):
    write({"version": 1, "portals": {"docs.example.com": {}}})

    ran = oocli("completion", "--portals", env={variable: "no good \x07"})

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"docs.example.com\n", "")


def test_a_reader_that_went_away_is_no_trouble(home, write):
    write({"version": 1, "portals": {"docs.example.com": {}}})
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "oocli", "completion", "--portals"],
        stdout=writing, stderr=subprocess.PIPE, env=home.env, timeout=60,
    )  # fmt: skip
    os.close(writing)

    assert done.stderr == b""


def test_neither_the_parser_nor_http_nor_the_keyring_is_loaded(home, write):
    write({"version": 1, "portals": {"docs.example.com": {}}})

    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "oocli", "completion", "--portals"],
        capture_output=True, text=True, env=home.env, timeout=60,
    )  # fmt: skip

    modules = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    assert done.stdout == "docs.example.com\n"
    slow = ("typer", "requests", "keyring", "rich")
    assert "json" in modules
    assert [module for module in modules if module.startswith(slow)] == []
