"""The portal names that shell completion offers."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def write_portals(home):
    """Return a function that writes portals.json, as JSON or as these bytes."""

    def write(content):
        home.config.mkdir()
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        (home.config / "portals.json").write_bytes(raw)

    return write


def test_the_known_portals_are_printed_one_per_line(oocli, sign_in, portal, docspace):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode().splitlines() == sorted([portal.host, docspace.host])


def test_without_known_portals_nothing_is_printed(oocli):
    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


@pytest.mark.parametrize(
    "content",
    ["", "{ broken", "[]", "3", '{"portals": 3}', '{"portals": null}', "[" * 100_000, "\udcff"],
    ids=["empty", "broken", "list", "number", "no object", "null", "deep", "no text"],
)
def test_with_a_broken_portals_json_nothing_is_printed(oocli, write_portals, content):
    write_portals(content.encode("utf-8", "surrogateescape"))

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


def test_the_portals_of_a_newer_portals_json_are_printed(oocli, write_portals):
    write_portals({"version": 99, "portals": {"docs.example.com": {}}})

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"docs.example.com\n", "")


@pytest.mark.parametrize(
    "key",
    ["a b", "$(id)", "`id`", "a;id", "a|id", "a&id", "-rf", "a\nb", "\x1b[2J", "a'b", 'a"b', "a>b",
     "a\\b", "!!", "*", "~", ""],
)  # fmt: skip
def test_a_name_that_a_shell_would_have_to_quote_is_left_out(oocli, write_portals, key):
    write_portals(
        {"version": 1, "portals": {key: {}, "[::1]:8080": {}, "docs.example.com/a-b": {}}}
    )

    ran = oocli("completion", "--portals")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"[::1]:8080\ndocs.example.com/a-b\n", "")


@pytest.mark.parametrize("variable", ["OOCLI_TIMEOUT", "OOCLI_RETRY", "OOCLI_TOKEN"])
def test_invalid_variables_do_not_matter(oocli, write_portals, variable):
    write_portals({"version": 1, "portals": {"docs.example.com": {}}})

    ran = oocli("completion", "--portals", env={variable: "no good \x07"})

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"docs.example.com\n", "")


def test_a_closed_pipe_gives_no_error_message(home, write_portals):
    write_portals({"version": 1, "portals": {"docs.example.com": {}}})
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "oocli", "completion", "--portals"],
        stdout=writing, stderr=subprocess.PIPE, env=home.env, timeout=60,
    )  # fmt: skip
    os.close(writing)

    assert done.stderr == b""


def test_neither_the_parser_nor_http_nor_the_keyring_is_loaded(home, write_portals):
    write_portals({"version": 1, "portals": {"docs.example.com": {}}})

    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "oocli", "completion", "--portals"],
        capture_output=True, text=True, env=home.env, timeout=60,
    )  # fmt: skip

    modules = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    assert done.stdout == "docs.example.com\n"
    slow = ("typer", "requests", "keyring", "rich")
    assert "json" in modules
    assert [module for module in modules if module.startswith(slow)] == []
