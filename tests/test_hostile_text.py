"""Hostile text in each place where a portal, a file or a person can put it, in every output.

Escape sequences, C1 and bidi characters, line breaks and 100 kB: nothing is printed that controls a
terminal, no line imitates a message of oocli, and no line is too long.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from oocli.commands.doctor.checks import Check
from oocli.model import errors
from oocli.model.errors import Exit, OocliError
from oocli.model.response import Response
from oocli.model.secret import Redactor, Secret
from oocli.model.text import one_line
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.terminal import Terminal
from tests.portal import DemoPortal

FORGED = "oocli: forged"
HOSTILE = {
    "escapes": "a\x1b[2J\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.example\x1b\\b\x7f",
    "c1": "a\x9b31m\x9d0;t\x9c\x85b",
    "bidi": "a\u202egnp.exe\u2066\u2028\u2029\u200b\ufeffb",
    "lines": f"a\r\n{FORGED}\n\x0b\x0c\r{FORGED}\n\nb",
    "long": "x" * 100_000,
    "all": f"\x1b[2J\n{FORGED}\u202e\x9b" * 4000,
}
MAX_LINE = 1200  # characters of a message of oocli


def kinds() -> Iterator[type[OocliError]]:
    """Yield every class of error in `model.errors`; others have facts instead of texts."""
    todo: list[type[OocliError]] = [OocliError]
    while todo:
        kind = todo.pop()
        todo += [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
        # The first has no message, the others have facts instead of texts.
        if kind not in (errors.PipeClosed, errors.PageTooLarge, errors.ReservedParameter):
            yield kind


def assert_harmless(text: str, *, lines: int | None = None, most: int = MAX_LINE) -> None:
    """Assert that a text cannot control a terminal and has `lines` lines, none of them forged."""
    found = text.replace("\r\n", "\n").split("\n")[:-1] if text.endswith("\n") else text.split("\n")
    for line in found:
        bad = {mark for mark in line if not mark.isprintable()}
        assert not bad, f"{sorted(bad)!r} in {line[:200]!r}"
        assert not line.startswith(FORGED), text[:300]
        assert len(line) <= most, f"{len(line)} characters: {line[:200]!r}"
    if lines is not None:
        assert len(found) == lines, text[:500]


class Printed:
    """The output since the last call, and whether the streams are terminals."""

    def __init__(self, capsys, *, is_terminal):
        self._capsys = capsys
        self.terminal = Terminal(is_terminal, is_terminal, is_terminal, columns=100)

    def stdout(self):
        """Return what was printed on stdout."""
        return self._capsys.readouterr().out

    def stderr(self):
        """Return what was printed on stderr."""
        return self._capsys.readouterr().err


@pytest.fixture(params=["terminal", "pipe"])
def printed(request, capsys):
    """The output: the test runs once with terminals and once with pipes."""
    return Printed(capsys, is_terminal=request.param == "terminal")


# Without a whole run: every kind of message with every text


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
@pytest.mark.parametrize("as_json", [False, True])
def test_every_kind_of_error_is_two_lines(printed, as_json, text):
    for kind in kinds():
        check_error(printed, kind, as_json=as_json, text=text)


def check_error(printed, kind, *, as_json, text):
    """Print two errors of one kind, with the text set at once and later, and check the output."""
    headers = (("X-Request-Id", text.encode("unicode_escape").decode()),)
    answer = Response(status=500, reason=text, header_list=headers, raw=b"")
    failure = kind(text, what=text, hint=text, answer=answer)
    later = kind("why").add_context(method="GET", path=text, portal=text)
    later.hint = text
    later.why = text

    for error in (failure, later):
        Stderr(printed.terminal, Redactor(), as_json=as_json).error(error)
        text = printed.stderr()
        if as_json:
            assert text.isascii() and "\n" not in text[:-1]
            assert json.loads(text)["error"]["message"] == one_line(error.why)
        else:
            assert_harmless(text, lines=2)


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
@pytest.mark.parametrize("channel", ["note", "warn", "waiting", "block", "log", "ask", "confirm",
    "ask_hidden"])  # fmt: skip
def test_every_other_message_is_one_line(printed, monkeypatch, channel, text):
    # The log of this test must not stay open for the next ones.
    for name, value in (("handlers", []), ("propagate", False)):
        monkeypatch.setattr(logging.getLogger("oocli"), name, value)
    messages = Stderr(printed.terminal, Redactor(), verbosity=1)
    messages.can_ask = True
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    monkeypatch.setattr(
        "getpass.getpass", lambda question, stream: stream.write(question) and "typed"
    )

    {
        "note": lambda: messages.note(text),
        "warn": lambda: messages.warn(text),
        "waiting": lambda: messages.waiting(20, text),
        "block": lambda: messages.block([text]),
        "log": lambda: messages.log(text),
        "ask": lambda: messages.ask(text, text, "--otp CODE"),
        "confirm": lambda: messages.confirm(text, "--yes"),
        "ask_hidden": lambda: messages.ask_hidden(text, text, "--with-token"),
    }[channel]()

    unbounded = channel in ("block", "log")  # text of oocli itself, and output of -v
    assert_harmless(printed.stderr(), lines=1, most=10**6 if unbounded else MAX_LINE)


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_lines_cells_cards_and_heads_are_harmless(printed, text):
    output = Stdout(printed.terminal, Redactor())

    output.table(["", text], [["", text], ["mark", text]])
    assert_harmless(printed.stdout().replace("\t", ""), most=10**6)
    output.card(text, [(text, text)])
    output.head(Response(status=200, reason=text, header_list=((text, text),), raw=b""))

    assert_harmless(printed.stdout(), most=10**6)


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_data_on_a_terminal_has_no_control_characters_but_line_breaks(capsys, text):
    printed = Printed(capsys, is_terminal=True)
    output = Stdout(printed.terminal, Redactor())

    output.line(text)
    output.json_lines(json.dumps({"a": text}, ensure_ascii=False).encode() + b"\n")

    assert not {mark for mark in printed.stdout() if not mark.isprintable()} - {"\n"}


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
@pytest.mark.parametrize("output_format", [None, "json"])
def test_each_check_of_doctor_is_one_line(printed, monkeypatch, text, output_format):
    from oocli.commands.doctor import command as doctor

    checks = [Check("version", text, Exit.FAILURE, text)] * 2
    monkeypatch.setattr(
        doctor, "Doctor", lambda _: type("Fake", (), {"checks": lambda _: checks})()
    )
    stdout = Stdout(printed.terminal, Redactor())
    messages = Stderr(printed.terminal, Redactor())
    facts = {"settings": None, "stdout": stdout, "stderr": messages, "redactor": Redactor()}
    run = type("Run", (), facts)()
    context = type("Context", (), {"obj": run})()

    with pytest.raises(Exception, match="1"):
        doctor.doctor(context, format=output_format)

    count = 2 if output_format is None and not printed.terminal.stdout_is_terminal else None
    assert_harmless(printed.stdout(), lines=count, most=3000)


def test_a_secret_is_masked_before_a_line_is_cut(printed):
    with Redactor() as redactor:
        Secret("the-secret-of-this-test")
    messages = Stderr(printed.terminal, redactor)
    for before in range(40):
        text = "x" * (1000 - before) + "the-secret-of-this-test" + "y" * 50
        messages.note(text)
        for kind_of in ("what", "why", "hint"):
            short = "x" * (500 - before) + "the-secret-of-this-test"
            given = {"why": "a", "what": "b", "hint": "c"} | {kind_of: short}
            messages.error(OocliError(**given))

    text = printed.stderr()
    assert "the-s" not in text and "this-test" not in text


# With whole runs: the places where text of a portal gets into a message


def serve(portal: DemoPortal, place: str, text: str) -> tuple[str, ...]:
    """Put a text into one place of a portal; return the command that shows it."""
    login = ("login", "--portal", portal.origin, "--user", portal.user, "--password-file", "pw",
             "--insecure-storage")  # fmt: skip
    if place == "phone":
        portal.answers("POST", "authentication", response={"sms": True, "phoneNoise": text})
        return login
    if place in ("sso", "providers"):
        more = {"ssoUrl": "x", "ssoLabel": text} if place == "sso" else {"providers": [text] * 9}
        portal.answers("GET", "capabilities", response=more)
        portal.answers("POST", "authentication", status=401, error="no")
        return login
    if place == "version":
        portal.answers("GET", "settings/version/build", response={"communityServer": text})
        return ("doctor",)
    if place == "batch":
        portal.answers("GET", "x", response={text: text})
        return ("batch", "lines")
    if place == "token":
        return ("token",)
    if place == "person":
        portal.answers("GET", "people/@self", response={"displayName": text, "email": text})
        return ("whoami", "-v")
    if place == "account":
        portal.answers("GET", "people/@self", response={"displayName": text, "email": text})
        return login
    assert place == "message"
    portal.answers("GET", "x", status=500, error=text)
    return ("call", "GET", "x", "--jq", ".")


PLACES = ("phone", "sso", "providers", "version", "batch", "person", "account", "message")


@pytest.mark.parametrize("place", PLACES)
def test_no_run_lets_the_portal_control_the_terminal(terminal, tmp_path, portal, place):
    import pexpect

    (tmp_path / "pw").write_text(portal.password)
    (tmp_path / "lines").write_text('{"method":"GET","path":"x"}\n')
    command = serve(portal, place, HOSTILE["all"][:3000])

    signed_in = {} if command[0] == "login" else {"signed_in_to": portal}
    handle = terminal(*command, size=(40, 4000), **signed_in)
    seen = ""
    if place == "phone":
        handle.expect("code sent to .*send another")
        seen = handle.before + handle.after
        handle.sendintr()
    handle.expect(pexpect.EOF)
    handle.wait()
    seen += handle.before

    for line in seen.replace("\r\n", "\n").split("\n"):
        bad = {mark for mark in line.replace("\x1b[2m", "") if not mark.isprintable()}
        bad -= set("\r") if place == "phone" else set()
        assert not bad - {"\x1b"}, f"{bad!r} in {line[:200]!r}"
        assert "\x1b[2J" not in line and not line.startswith(FORGED), line[:200]


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("batch", "person")])
def test_no_run_in_a_pipe_prints_a_forged_line(oocli, tmp_path, portal, place):
    (tmp_path / "pw").write_text(portal.password)
    command = serve(portal, place, HOSTILE["all"])

    ran = oocli(*command, **({} if command[0] == "login" else {"signed_in_to": portal}))

    assert "a bug" not in ran.stderr
    assert_harmless(ran.stderr)
    assert_harmless(ran.stdout.decode())
