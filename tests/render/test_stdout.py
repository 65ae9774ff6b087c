"""Stdout: indented and escaped on a terminal, unchanged in a pipe."""

from __future__ import annotations

import json

import pytest

from oocli.model.errors import StorageError
from oocli.render.stdout import writing
from tests.waiting import ESCAPES, ended

JSON = [("Content-Type", "application/json; charset=utf-8")]


@pytest.fixture
def shown(portal, terminal):
    """Show the answer `body` on a terminal; return exit code and what was shown."""

    def run(body, *args, content_type="application/json; charset=utf-8", **how):
        portal.answers("GET", "thing", body=body, headers=[("Content-Type", content_type)])
        handle = terminal("call", "GET", "thing", *args, signed_in_to=portal, **how)
        ended(handle)
        return handle.exitstatus, handle.before.replace("\r\n", "\n")

    return run


def test_json_is_indented_and_colored_and_keeps_digits_and_key_order(shown):
    body = b'{"z":12345678901234567890.10,"a":[1e400,-0.0],"e":{},"l":[],"n":null,"t":true}'

    code, text = shown(body)

    assert code == 0
    assert "\x1b[" in text
    assert ESCAPES.sub("", text) == (
        "{\n"
        '  "z": 12345678901234567890.10,\n'
        '  "a": [\n    1e400,\n    -0.0\n  ],\n'
        '  "e": {},\n'
        '  "l": [],\n'
        '  "n": null,\n'
        '  "t": true\n'
        "}\n"
    )


def test_no_color_prints_the_same_text_without_escapes(shown):
    body = b'{"b":[1,2],"a":"x"}'

    _, colored = shown(body)
    _, plain = shown(body, "--no-color")

    assert "\x1b" not in plain
    assert ESCAPES.sub("", colored) == plain


def test_long_lines_are_not_wrapped_or_cut(shown):
    value = "x" * 500

    code, text = shown(json.dumps({"a": value}).encode(), size=(40, 40))

    assert code == 0
    assert value in ESCAPES.sub("", text)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x7f", "\\u007f"),
        ("\x9b31m", "\\u009b31m"),
        ("\u202eabc", "\\u202eabc"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u200bb", "a\\u200bb"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("[bold]x[/]", "[bold]x[/]"),
        (":smile:", ":smile:"),
        ("é 漢字 😀 \u00a0", "é 漢字 😀 \u00a0"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--no-color",)])
def test_characters_that_could_control_or_mislead_a_terminal_are_escaped(shown, raw, seen, options):
    body = json.dumps({"k" + raw: raw}, ensure_ascii=False).encode()

    code, text = shown(body, *options)

    assert code == 0
    assert ESCAPES.sub("", text) == f'{{\n  "k{seen}": "{seen}"\n}}\n'


def test_escapes_in_the_portals_json_stay_unchanged(shown):
    code, text = shown(b'{"a":"\\u001b[2J\\u202e\\/\\n"}', "--no-color")

    assert (code, text) == (0, '{\n  "a": "\\u001b[2J\\u202e\\/\\n"\n}\n')


def test_response_is_indented_in_the_same_way(shown):
    code, text = shown(b'{"count":1,"response":[{"a":1.0}]}', "-r", "--no-color")

    assert (code, text) == (0, '[\n  {\n    "a": 1.0\n  }\n]\n')


@pytest.mark.parametrize("body", [b"\x00\x01", b"\xff\xfe\xfd", b"%PDF-1.7\n\xe2\xe3\xcf\xd3"])
def test_binary_data_is_refused_with_a_hint_to_save_it(shown, body):
    code, text = shown(body, content_type="application/pdf")

    assert code == 2
    first, hint = ESCAPES.sub("", text).splitlines()
    assert first.startswith("oocli: the answer is binary (application/pdf")
    assert hint.startswith("hint: ")
    assert "-o" in hint


def test_plain_text_is_shown_without_its_control_characters(shown):
    code, text = shown(b"one\ttwo\nthree\x1b[31m\xc2\x9b\n", content_type="text/plain")

    assert code == 0
    assert "\x1b" not in text
    lines = text.splitlines()
    assert lines[0].split() == ["one", "two"]
    assert lines[1] == "three\\u001b[31m\\u009b"


def test_headers_on_a_terminal_are_escaped(portal, terminal):
    portal.answers("GET", "thing", body=b"{}", headers=[*JSON, ("X-Evil", "a\x1b[2Jb")])

    code, text = ended(terminal("call", "GET", "thing", "-i", "--no-color", signed_in_to=portal))

    assert code == 0
    assert text.startswith("HTTP 200 OK\n")
    assert "\nX-Evil: a\\u001b[2Jb\n" in text
    assert text.endswith("\n\n{}\n")


def test_text_is_written_as_utf_8_whatever_the_locale(portal, oocli):
    body = '{"response":"é漢"}'.encode()
    portal.answers("GET", "x", body=body, headers=JSON)

    ran = oocli(
        "call", "GET", "x", "-r",
        signed_in_to=portal, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (0, '"é漢"\n'.encode())


def test_a_stderr_of_another_encoding_gets_escapes(portal, oocli):
    portal.answers("GET", "x", status=400, error="é漢")

    ran = oocli("call", "GET", "x", signed_in_to=portal, env={"PYTHONIOENCODING": "ascii"})

    assert ran.exit == 8
    assert "\\xe9\\u6f22 (400)\n" in ran.stderr


def test_a_terminal_shows_only_the_start_of_a_large_failing_answer_and_says_so(portal, terminal):
    portal.answers(
        "GET", "x", status=400, body=b"x" * (5 << 20), headers=[("Content-Type", "text/plain")]
    )
    handle = terminal("call", "GET", "x", signed_in_to=portal)
    ended(handle)

    assert handle.exitstatus == 8
    assert 4 << 20 <= handle.before.count("x") < 5 << 20
    assert " bytes of the answer are shown\r\n" in handle.before


def test_a_file_is_replaced_only_by_a_complete_one(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"before")

    with pytest.raises(StorageError), writing(file) as output:
        output.write(b"half")
        raise StorageError("the rest did not come")

    assert file.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["x"]


@pytest.mark.posix
def test_a_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with writing(tmp_path / "link") as output:
        output.write(b"abc")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"abc"
