"""Group 5: text from a portal, or a name of a file, that would drive a person's terminal."""

from __future__ import annotations

import json
import re

from tests.conftest import Ran
from tests.faults.checks import HARMLESS, asked, check
from tests.faults.makers import answers, fails, file, ordered, responds, signed_in, unset, variables
from tests.faults.row import Row
from tests.faults.runners import terminal, wait_and_type
from tests.faults.world import World, nothing
from tests.portal import faults

ME = ("call", "GET", "people/@self")
GET = "oocli: GET people/@self on {host}:"
# Clears the screen, sets the clipboard, hides a link, reverses what is read, rings, steps back.
EVIL = (
    "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.example\x1b\\click\x9b31m\x9d0;t\x9c"
    "\u202egnp.exe\u2066\x08\x00\u200b"
)
MARKUP = "[bold red]x[/bold red] :smile: [link=http://evil.example]y[/link] [/]"


@check("rich's markup and the names of emoji stay as they are")
def markup_stays(_: World, ran: Ran) -> None:
    """Look at the screen, whatever its width."""
    seen = "".join(ran.stderr.split())
    assert "[boldred]x[/boldred]:smile:" in seen, ran.stderr


@check("no line of it is wider than the terminal")
def fits(_: World, ran: Ran) -> None:
    """Look at the screen."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", ran.stderr)
    assert all(len(line) <= 20 for line in plain.splitlines()), plain[:1000]


@check("no word is broken: the terminal wraps the line")
def unbroken(_: World, ran: Ran) -> None:
    """Look at the screen."""
    assert "x" * 1000 in ran.stderr


@check("the file is in the working directory, under a harmless name")
def kept_here(world: World, _: Ran) -> None:
    """Look into the working directory and above it."""
    found = [path.name for path in world.path.iterdir() if path.is_file()]
    (name,) = [name for name in found if "evil" in name]
    assert name.isprintable()
    assert not name.startswith((".", "-"))
    assert not (world.path.parent / "evil.txt").exists()


@check("all of it is ASCII")
def only_ascii(_: World, ran: Ran) -> None:
    """Look at stderr."""
    assert ran.stderr.isascii()


@check("stdout is valid JSON with every character of the name")
def data_is_whole(_: World, ran: Ran) -> None:
    """Look at stdout."""
    assert json.loads(ran.stdout)["response"] == "Jürgen €"


def person(name: str) -> object:
    """Let the person who is signed in have an odd name."""
    who = {"id": "1", "displayName": name, "email": f"a{name}@example.com", "userName": name}
    return responds(who, how="the display name is made of escapes, markup and bidi characters")


def named(title: str) -> object:
    """Let files have an odd name."""
    items = [{"id": 1, "title": title}, {"id": 2, "title": "plain"}]
    return responds(items, "files/@root", how="titles of files hold escapes and markup")


def disposed(name: str) -> object:
    """Let the portal suggest a name for a download."""
    header = f"attachment; filename*=UTF-8''{name}"
    return answers(
        200, b"data", "text/plain", path="/file", headers=(("Content-Disposition", header),)
    )


NO_UTF8 = variables(
    LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING=""
)
SAVE = ("call", "GET", "{portal}/file", "-O")
ROWS = (
    Row(
        "escapes in the portal's message, on a terminal",
        fails(500, EVIL),
        ME,
        5,
        (f"{GET} …(500)",),
        (HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in the portal's message, in a log",
        fails(500, EVIL),
        (*ME, "--jq", "."),
        5,
        (f"{GET} …(500)",),
        (HARMLESS,),
    ),
    Row(
        "escapes in the words of the status line",
        answers(500, b"", None, reason="Evil \x1b]52;c;eA==\x07 \x9b2J"),
        ME,
        5,
        (f"{GET} …(500)",),
        (HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in headers, shown with -i",
        ordered(faults.ExtraHeaders((("X-Evil", "\x1b]52;c;eA==\x07"), ("X-C1", "\x9b2J")))),
        (*ME, "-i"),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in the title of a page",
        answers(200, f"<html><title>{EVIL}</title></html>".encode(), "text/html; charset=utf-8"),
        (*ME, "--jq", "."),
        5,
        (f'{GET} an HTML page ("…") instead of an API answer (200)', "hint: …"),
        (HARMLESS,),
    ),
    Row(
        "escapes in a page, shown to a person",
        answers(200, f"<html>{EVIL}</html>".encode(), "text/html; charset=utf-8"),
        ME,
        5,
        (f"{GET} an HTML page …",),
        (HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in JSON, shown to a person",
        responds({"x": EVIL, EVIL: 1}, how="keys and values hold raw C1 and bidi characters"),
        ME,
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in what jq lets through, shown to a person",
        responds(EVIL, how="the response is a string of escapes"),
        (*ME, "--jq", ".response"),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in plain text, shown to a person",
        answers(200, EVIL.replace("\x00", "").encode(), "text/plain; charset=utf-8"),
        ME,
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "escapes in a name on the card of whoami",
        person(EVIL),
        ("whoami",),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "markup in a name on the card of whoami",
        person(MARKUP),
        ("whoami",),
        0,
        after=(HARMLESS, markup_stays),
        run=terminal(columns=200),
    ),
    Row(
        "escapes in the cells of a table",
        named(EVIL),
        ("call", "GET", "files/@root", "--format", "table"),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "markup in the cells of a table",
        named(MARKUP),
        ("call", "GET", "files/@root", "--format", "table"),
        0,
        after=(HARMLESS, markup_stays),
        run=terminal(columns=200),
    ),
    Row(
        "escapes in CSV, shown to a person",
        named(EVIL),
        ("call", "GET", "files/@root", "--format", "csv"),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "names of 10,000 characters on a terminal of 20 columns",
        named("x" * 10_000),
        ("call", "GET", "files/@root", "--format", "table", "--columns", "title"),
        0,
        after=(unbroken,),
        run=terminal("on a terminal of 20 columns", columns=20),
    ),
    Row(
        "the card of whoami on a terminal of 20 columns",
        person("y" * 10_000),
        ("whoami",),
        0,
        after=(fits,),
        run=terminal("on a terminal of 20 columns", columns=20),
    ),
    Row(
        "a suggested name that leads out of the folder",
        disposed("..%2F..%2F..%2Fevil.txt"),
        SAVE,
        0,
        after=(kept_here,),
    ),
    Row(
        "a suggested name full of escapes",
        disposed("%1B%5D52%3Bc%3BeA%3D%3D%07-.%E2%80%AEevil%0A.txt"),
        SAVE,
        0,
        after=(kept_here, HARMLESS),
    ),
    Row(
        "a suggested name that is already there",
        disposed("evil.txt") & file("evil.txt", "mine"),
        SAVE,
        1,
        (
            "oocli: the call succeeded (200), but --remote-name: evil.txt already exists",
            "hint: -o evil.txt",
        ),
        (kept_here,),
    ),
    Row(
        "a file on disk whose name holds escapes",
        nothing(),
        ("call", "POST", "people", "-d", "@no\x1b]52;c;eA==\x07such\u202e"),
        1,
        ("oocli: …No such file or directory",),
        (HARMLESS, asked(0)),
    ),
    Row(
        "a command that does not exist and holds escapes",
        nothing(),
        ("no\x1b[2Jsuch\x9b2J",),
        2,
        ("oocli: …", "hint: oocli -h"),
        (HARMLESS,),
        run=terminal(),
    ),
    Row(
        "a name of another person in the question of a login",
        signed_in() & unset("OOCLI_TOKEN"),
        ("login", "--portal", "{portal}"),
        130,
        after=(HARMLESS,),
        signed_in=False,
        run=terminal("on a terminal, Ctrl-C at the prompt", talk=wait_and_type(("for .*: ", "^C"))),
    ),
    Row(
        "data in a place without UTF-8",
        NO_UTF8 & responds("Jürgen €", how="the response is `Jürgen €`"),
        ME,
        0,
        after=(data_is_whole,),
    ),
    Row(
        "a message in a place without UTF-8",
        NO_UTF8 & fails(500, "Jürgen € fehlt"),
        (*ME, "--jq", "."),
        5,
        (f"{GET} J\\xfcrgen \\u20ac fehlt (500)",),
        (only_ascii,),
    ),
    Row(
        "a table in a place without UTF-8",
        NO_UTF8 & named("Jürgen €"),
        ("call", "GET", "files/@root", "--format", "table"),
        0,
        after=(HARMLESS,),
        run=terminal(),
    ),
    Row(
        "the help in a place without UTF-8",
        NO_UTF8,
        ("help", "environment"),
        0,
        run=terminal(),
    ),
    Row(
        "a dumb terminal",
        variables(TERM="dumb"),
        ME,
        0,
        after=(
            check("no escape at all reached the screen")(
                lambda _, ran: _without_escapes(ran.stderr)
            ),
        ),
        run=terminal(),
    ),
)


def _without_escapes(text: str) -> None:
    assert "\x1b" not in text
