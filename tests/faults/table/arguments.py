"""Group 8: what is typed, or put together by a script, as PATH, METHOD, header or address."""

from __future__ import annotations

from tests.conftest import Ran
from tests.faults.checks import (
    NO_DATA,
    NOT_SENT,
    OTHER_NOT_ASKED,
    OTHER_SAW_NOTHING,
    asked,
    check,
    target,
)
from tests.faults.makers import answers, file, made_by, ordered, typed, variables
from tests.faults.row import Row
from tests.faults.world import World, nothing
from tests.portal import DemoPortal, faults

HELP = "hint: oocli call -h"
ELSEWHERE = "hint: a call goes to one portal; choose another one with --portal"
SLASH = "hint: write a slash inside a name as %2F"
UNSENT = (NO_DATA, NOT_SENT)
NOT_ASKED = (NO_DATA, NOT_SENT, OTHER_NOT_ASKED)


@made_by("another portal listens on this machine")
def another(world: World) -> None:
    """Start a second portal that must never hear of the first one's token."""
    other = world.until_the_end(DemoPortal("docspace"))
    world.other = other
    world.names |= {"other": other.origin, "other_host": other.host, "other_port": str(other.port)}


@made_by("the portal is known by its name localhost")
def by_name(world: World) -> None:
    """Name the portal by a word instead of an address."""
    world.env["OOCLI_PORTAL"] = f"http://localhost:{world.portal.port}"
    world.names["host"] = f"localhost:{world.portal.port}"


def called(path: str, *more: str) -> tuple[str, ...]:
    """Spell a GET."""
    return ("call", "GET", path, *more)


def disguised(fault: str, path: str, why: str = "…", hint: str = ELSEWHERE) -> Row:
    """A call whose PATH names another portal in some disguise."""
    lines = (f"oocli: {why}", hint) if hint else (f"oocli: {why}",)
    return Row(fault, another, called(path), 2, lines, NOT_ASKED)


def linked(fault: str, origin: str) -> Row:
    """A call whose PATH names the portal's host wrongly, as a reverse proxy makes it do."""
    path = "/api/2.0/people/@self"
    after = (target(path), asked(1), OTHER_NOT_ASKED)
    return Row(fault, another, called(origin + path), 0, after=after)


def addressed(fault: str, address: str) -> Row:
    """A call whose `--portal` is an odd spelling while a token is bound to the portal."""
    return Row(
        fault, another, called("x", "--portal", address), 2, ("oocli: …", "hint: …"), NOT_ASKED
    )


@check("the header reached the portal as it was typed")
def header_sent(world: World, _: Ran) -> None:
    """Look at the last request."""
    assert world.portal.requests[-1].header("X-Note") == "a: b%20@ c"


ROWS = (
    Row(
        "a line break in a header value",
        nothing(),
        called("people", "-H", "X-Note: a\r\nX-Evil: b"),
        2,
        ("oocli: …",),
        UNSENT,
    ),
    Row(
        "a line feed in a header name",
        nothing(),
        called("people", "-H", "X-No\nte: a"),
        2,
        ("oocli: …",),
        UNSENT,
    ),
    Row(
        "a header with every odd character that is allowed",
        nothing(),
        called("people/@self", "-H", "X-Note: a: b%20@ c"),
        0,
        after=(header_sent,),
    ),
    Row(
        "a credential in a header of one's own",
        nothing(),
        called("people", "-H", "authorization: x"),
        2,
        ("oocli: --header: authorization cannot be set: secrets do not belong there; …",),
        UNSENT,
    ),
    Row(
        "a line break in PATH",
        nothing(),
        called("people\r\nX-Evil: b"),
        2,
        ("oocli: …PATH must not contain backslashes or control characters", "hint: …"),
        UNSENT,
    ),
    Row(
        "a line break in METHOD",
        nothing(),
        ("call", "GET / HTTP/1.1\r\nX-Evil: b", "people"),
        2,
        (
            "oocli: Invalid value for 'METHOD': 'GET / HTTP/1.1\\r\\nX-Evil: b' is not one of …",
            HELP,
        ),
        UNSENT,
    ),
    Row(
        "an empty METHOD",
        nothing(),
        ("call", "", "people"),
        2,
        ("oocli: Invalid value for 'METHOD': '' is not one of …", HELP),
        UNSENT,
    ),
    Row(
        "an empty PATH",
        nothing(),
        called(""),
        2,
        ("oocli: PATH is empty", "hint: for example: oocli call GET people/@self"),
        UNSENT,
    ),
    Row(
        "a line break in a parameter",
        nothing(),
        called("people/@self", "-p", "a=1\r\nX-Evil: b"),
        0,
        after=(target("/api/2.0/people/@self?a=1%0D%0AX-Evil%3A%20b"),),
    ),
    Row(
        "`..` in PATH",
        nothing(),
        called("people/../settings"),
        2,
        ("oocli: people/../settings: `.` and `..` are not allowed in PATH",),
        UNSENT,
    ),
    Row(
        "`..` in PATH, escaped",
        nothing(),
        called("people/%2e%2E/settings"),
        2,
        ("oocli: …`.` and `..` are not allowed in PATH",),
        UNSENT,
    ),
    Row(
        "`..` in PATH behind an escaped slash",
        nothing(),
        called("people%2f..%2fsettings"),
        2,
        ("oocli: …`.` and `..` are not allowed in PATH",),
        UNSENT,
    ),
    Row(
        "two slashes in PATH",
        nothing(),
        called("people//@self"),
        2,
        ("oocli: people//@self: PATH has an empty segment (`//`)", SLASH),
        UNSENT,
    ),
    Row(
        "an escaped slash in a name",
        answers(200, b'{"response":1}', path="files/@search/a/b"),
        called("files/@search/a%2Fb"),
        0,
        after=(target("/api/2.0/files/@search/a%2Fb"),),
    ),
    Row(
        "blanks, a percent sign and a question mark's escape in a name",
        ordered(faults.Empty(204), "*"),
        called("files/@search/100% of it%3F"),
        0,
        after=(target("/api/2.0/files/@search/100%25%20of%20it%3F"),),
    ),
    Row(
        "@ escaped in PATH",
        nothing(),
        called("people/%40self"),
        0,
        after=(target("/api/2.0/people/%40self"),),
    ),
    Row(
        "letters of another script in PATH",
        ordered(faults.Empty(204), "*"),
        called("files/@search/Übersicht"),
        0,
        after=(target("/api/2.0/files/@search/%C3%9Cbersicht"),),
    ),
    Row(
        "an argument that is no UTF-8",
        nothing(),
        called("people/\udcff"),
        2,
        ("oocli: PATH is not valid UTF-8",),
        UNSENT,
    ),
    Row(
        "an empty portal",
        nothing(),
        called("people/@self", "--portal", ""),
        0,
        after=(asked(1),),
    ),
    Row(
        "an empty field",
        nothing(),
        ("call", "POST", "people", "-f", ""),
        2,
        ("oocli: --raw-field '' is not of the form NAME=VALUE", "hint: …"),
        UNSENT,
    ),
    Row(
        "an empty header",
        nothing(),
        called("people", "-H", ""),
        2,
        ("oocli: --header '' is not of the form 'Name: value'", "hint: …"),
        UNSENT,
    ),
    Row(
        "an empty name of a file to write",
        nothing(),
        called("people/@self", "-o", ""),
        2,
        ("oocli: --output: the file name is empty",),
        UNSENT,
    ),
    Row(
        "an empty name of a file to send",
        nothing(),
        ("call", "POST", "people", "-d", "@"),
        1,
        ("oocli: --data @ cannot be read: Is a directory",),
        UNSENT,
    ),
    Row(
        "100 KB of PATH",
        nothing(),
        called("people/" + "x" * 100_000),
        8,
        ("oocli: GET people/xxx… on {host}: Bad Request (400)",),
        (NO_DATA,),
    ),
    Row(
        "200 KB of arguments",
        ordered(faults.Empty(204), "people"),
        ("call", "POST", "people", "-f", "a=" + "x" * 100_000, "-f", "b=" + "y" * 100_000),
        0,
        after=(asked(1),),
    ),
    Row(
        "a JSON body that ends too soon",
        nothing(),
        ("call", "POST", "people", "-d", '{"a":'),
        2,
        ("oocli: --data is not JSON: …line 1 column 6", "hint: …"),
        UNSENT,
    ),
    Row(
        "a body file that is not there",
        nothing(),
        ("call", "POST", "people", "-d", "@nowhere.json"),
        1,
        ("oocli: …nowhere.json…No such file or directory",),
        UNSENT,
    ),
    disguised("another portal, plainly", "http://localhost:{other_port}/api/2.0/people"),
    disguised("another portal behind user info", "http://{host}@{other_host}/api/2.0/people"),
    disguised(
        "another portal behind a backslash",
        "http://{host}\\@{other_host}/x",
        "…PATH must not contain backslashes or control characters",
        "hint: …",
    ),
    disguised(
        "another portal without a scheme",
        "//{other_host}/x",
        "//{other_host}/x: PATH must not start with two slashes",
        "hint: write it as people/@self or /people/@self",
    ),
    disguised("another portal in capitals", "HTTP://LOCALHOST:{other_port}/api/2.0/people"),
    disguised("another portal with one slash", "http:/{other_host}/x"),
    linked("a link with another port of the portal's host", "http://127.0.0.1:{other_port}"),
    linked("a link with the other scheme of the portal's host", "https://{host}"),
    disguised("another portal as an IPv6 address", "http://[::ffff:127.0.0.1]:{other_port}/x"),
    disguised("another portal in octal", "http://0177.0.0.1:{port}/x", "…", "hint: …"),
    disguised("another portal in one number", "http://2130706433:{port}/x", "…", "hint: …"),
    disguised("another portal in hexadecimal", "http://0x7f.1:{port}/x", "…", "hint: …"),
    disguised("another portal in full-width letters", "http://ⅼocalhost:{port}/x"),
    disguised(
        "another portal whose name begins alike", "http://{host}.example.com/x", "…", "hint: …"
    ),
    disguised("a file in place of a URL", "file:///etc/passwd"),
    Row(
        "the portal's own URL in capitals and with a dot at the end",
        by_name,
        called("HTTP://LocalHost.:{port}/api/2.0/people/@self"),
        0,
        after=(target("/api/2.0/people/@self"), asked(1)),
    ),
    addressed("a token of one portal, another in --portal", "{other}"),
    addressed("a token of one portal, user info in --portal", "http://{host}@{other_host}"),
    addressed("a token of one portal, a backslash in --portal", "{host}\\@{other_host}"),
    addressed("a token of one portal, a number in --portal", "http://2130706433:{other_port}"),
    addressed("a token of one portal, a line break in --portal", "{host}\n.example.com"),
    Row(
        "an address beyond this machine over plain http",
        variables(OOCLI_PORTAL="http://portal.example.com"),
        called("people"),
        2,
        (
            "oocli: portal.example.com: http would send the credential unencrypted",
            "hint: use https, or allow http with --insecure-http",
        ),
        UNSENT,
    ),
    Row(
        "a token with a line break inside",
        variables(OOCLI_TOKEN="abcdefgh\r\nX-Evil: 1"),
        called("people"),
        2,
        (
            "oocli: OOCLI_TOKEN contains white space or control characters inside the token",
            "hint: …",
        ),
        UNSENT,
    ),
    Row(
        "a token file without an end",
        variables(OOCLI_TOKEN="", OOCLI_TOKEN_FILE="/dev/zero"),
        called("people"),
        2,
        ("oocli: OOCLI_TOKEN_FILE: /dev/zero is too large for a secret",),
        UNSENT,
    ),
    Row(
        "a password file without an end",
        nothing(),
        ("login", "--portal", "{portal}", "--user", "x", "--password-file", "/dev/zero"),
        2,
        ("oocli: --password-file: /dev/zero is too large for a secret",),
        (NO_DATA, asked(0, "authentication")),
        signed_in=False,
    ),
    Row(
        "a batch line that names another portal",
        another & typed('{"method":"GET","path":"http://localhost:{other_port}/x"}\n'),
        ("batch", "-"),
        2,
        ("oocli: …", ELSEWHERE),
        NOT_ASKED,
    ),
    Row(
        "a link in a portal's own answer to another server",
        another
        & made_by("a file link that redirects there")(
            lambda world: world.portal.order(
                "GET", "/file", faults.Redirect(302, world.filled("{other}/f")), None
            )
        )
        & file("before", "x"),
        called("{portal}/file", "-H", "X-Mine: secret", "-o", "out"),
        0,
        after=(OTHER_SAW_NOTHING,),
    ),
)
