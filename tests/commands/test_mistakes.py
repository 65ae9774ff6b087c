"""Likely mistakes: each gets a line that says what is wrong, and a hint that works when pasted."""

from __future__ import annotations

import shlex

import pytest

# What was typed, a part of the message, and the hint.
TYPED = [
    # METHOD and PATH
    ("call people/@self", "METHOD is missing", "oocli call GET people/@self"),
    ("call get", "PATH is missing after GET", "oocli call GET people/@self"),
    ("call", "METHOD and PATH are missing", "oocli call GET people/@self"),
    ("call DELETE", "PATH is missing after DELETE", "oocli call -h"),
    ("call people GET", "METHOD stands before PATH", "oocli call GET people"),
    ("call GET GET people", "METHOD is given twice", "oocli call GET people"),
    ("call -X GET people", "METHOD stands before PATH", "oocli call GET people"),
    ("call people -X GET", "METHOD stands before PATH", "oocli call GET people"),
    (
        "call --request=POST people -d '{\"a\": 1}'",
        "METHOD stands before PATH",
        "oocli call POST people -d '{\"a\": 1}'",
    ),
    ("call --method GET people", "METHOD stands before PATH", "oocli call GET people"),
    ("call --url people", "METHOD is missing", "oocli call GET people"),
    ("call people -d '{}'", "METHOD is missing", "oocli call POST people -d '{}'"),
    ("call GET files/My Documents", "needs quotes", "oocli call GET 'files/My Documents'"),
    ("get people", "No such command 'get'", "oocli call GET people"),
    ("GET people/@self -r", "No such command 'GET'", "oocli call GET people/@self -r"),
    ("people", "No such command 'people'", "oocli call GET people"),
    ("people/@self", "No such command", "oocli call GET people/@self"),
    ("callGET people", "No such command 'callGET'", "oocli call GET people"),
    ("curl people -X GET", "No such command 'curl'", "oocli call GET people"),
    # Fields and parameters
    (
        "call POST files/1/file title=x",
        "title=... needs -f",
        "oocli call POST files/1/file -f title=x",
    ),
    ("call GET people count=1", "count=... needs", "oocli call GET people -p count=1"),
    (
        "call POST files/1/file --data-raw '{}'",
        "--data-raw",
        "oocli call POST files/1/file --data '{}'",
    ),
    # Options
    ("call GET people --csv", "--csv", "oocli call GET people --format csv"),
    ("call GET people --json", "--json", "oocli call GET people --format json"),
    ("call GET people --table", "--table", "oocli call GET people --format table"),
    ("call GET people --all", "--all", "oocli call GET people --paginate"),
    ("call GET people --per-page 5", "--per-page", "oocli call GET people --page-size 5"),
    (
        "call GET people --output-format csv",
        "--output-format",
        "oocli call GET people --format csv",
    ),
    ("call GET people -q .response", "-q is --quiet", "oocli call GET people --jq .response"),
    ("call GET people --paginat", "Did you mean --paginate?", "oocli call GET people --paginate"),
    (
        "call GET people --colums=id --format csv",
        "--columns",
        "oocli call GET people --columns=id --format csv",
    ),
    (
        "call GET people --host docs.example.com",
        "--host",
        "oocli call GET people --portal docs.example.com",
    ),
    ("call GET people --yess", "No such option: --yess", "oocli call -h"),
    ("call GET people --insecur", "No such option: --insecur", "oocli call -h"),
    ("call GET people --verbose=2", "does not take a value", "oocli call GET people -vv"),
    ("call GET people --version", "--version stands alone", "oocli --version"),
    ("call GET people -u ann:pw-of-ann", "-u: no option takes a password", "oocli login"),
    ("call GET people --token=tok-of-ann", "--token: no option takes", "oocli login --with-token"),
    ("login --password pw-of-ann", "--password: no option takes", "oocli login"),
    ("whoami --json", "--json", "oocli whoami --format json"),
    # Commands
    ("auth login", "No such command 'auth'", "oocli login"),
    ("auth status", "No such command 'auth'", "oocli whoami"),
    ("signin", "No such command 'signin'", "oocli login"),
    ("me", "No such command 'me'", "oocli whoami"),
    ("status", "No such command 'status'", "oocli whoami"),
    ("ls", "No such command 'ls'", "oocli portals list"),
    ("config", "No such command 'config'", "oocli portals list"),
    ("portals ls", "No such command 'ls'", "oocli portals list"),
    ("wohami", "Did you mean 'whoami'?", "oocli whoami"),
    ("tokn", "No such command 'tokn'.", "oocli -h"),
    ("logot", "No such command 'logot'.", "oocli -h"),
    ("nosuch", "No such command 'nosuch'.", "oocli -h"),
    ("call help", "METHOD", "oocli call --help"),
    ("whoami help", "extra argument", "oocli whoami --help"),
    ("logout docs.example.com", "as an option", "oocli logout --portal docs.example.com"),
    ("whoami docs.example.com", "as an option", "oocli whoami --portal docs.example.com"),
]


def hint_of(ran):
    """Return the words of the line that a run proposes."""
    first, hint = ran.stderr.splitlines()
    assert first.startswith("oocli: ")
    return shlex.split(hint.removeprefix("hint: "))


@pytest.mark.parametrize(("typed", "why", "hint"), TYPED, ids=[row[0] for row in TYPED])
def test_a_mistake_is_told_with_the_line_that_was_meant(oocli, portal, typed, why, hint):
    ran = oocli(*shlex.split(typed), signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr.splitlines()[0]
    assert ran.stderr.splitlines()[1] == f"hint: {hint}"
    assert "of-ann" not in ran.stderr
    assert portal.requests == []


@pytest.mark.parametrize("hint", sorted({row[2] for row in TYPED}))
def test_the_line_that_is_proposed_is_accepted(oocli, portal, hint):
    words = shlex.split(hint)[1:]
    preview = ["--dry-run"] if words[0] == "call" and words[-1] != "-h" else []
    here = [portal.origin if word == "docs.example.com" else word for word in words]

    ran = oocli(*here, *preview, signed_in_to=portal)

    # A login or logout with OOCLI_TOKEN in force changes nothing, which is told after parsing.
    if words[0] in ("login", "logout"):
        assert "OOCLI_TOKEN is set for" in ran.stderr
    else:
        assert (ran.exit, ran.stderr) == (0, "") or "no portal is known" in ran.stderr


@pytest.mark.parametrize("option", ["-f token=s3cret", "-H 'Authorization: s3cret'"])
def test_a_line_that_may_hold_a_secret_is_not_repeated(oocli, option):
    ran = oocli(*shlex.split(f"call people -X POST {option}"))

    assert ran.exit == 2
    assert "s3cret" not in ran.stderr
    assert ran.stderr.endswith("hint: oocli call -h\n")


# Signing in


def test_login_takes_the_portal_as_an_argument(either, home, oocli):
    ran = oocli(
        "login", either.origin, "--user", either.user, "--password-stdin", stdin=either.password
    )

    assert ran.exit == 0, ran.stderr
    assert list(home.portals["portals"]) == [either.host]


def test_login_takes_one_portal_as_argument_and_option_only_where_both_are_the_same(portal, oocli):
    more = ["--user", portal.user, "--password-stdin"]

    same = oocli("login", portal.origin, "--portal", portal.origin, *more, stdin=portal.password)
    other = oocli("login", "other.example.com", "--portal", portal.origin, *more, stdin="x")

    assert same.exit == 0, same.stderr
    assert (other.exit, other.stdout) == (2, b"")
    assert "two portals are given: other.example.com and --portal" in other.stderr


def test_a_hint_to_sign_in_keeps_http_and_works(portal, oocli):
    ran = oocli("whoami", "--portal", portal.origin)

    assert ran.exit == 4
    assert hint_of(ran) == ["oocli", "login", "--portal", portal.origin]
    pasted = oocli(
        *hint_of(ran)[1:], "--user", portal.user, "--password-stdin", stdin=portal.password
    )
    assert pasted.exit == 0, pasted.stderr


def test_a_hint_after_a_refused_token_keeps_http(portal, oocli):
    ran = oocli("whoami", env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": "dead"})

    assert ran.exit == 4
    assert ran.stderr.rstrip().endswith(f"oocli login --portal {portal.origin} --print-token")


@pytest.mark.parametrize("named", [True, False])
def test_an_empty_token_is_told_as_a_secret_that_the_job_does_not_get(portal, oocli, named):
    ran = oocli("whoami", env={"OOCLI_TOKEN": "", "OOCLI_PORTAL": portal.origin if named else ""})

    assert ran.exit == 4
    first, hint = ran.stderr.splitlines()
    assert first.endswith("; OOCLI_TOKEN is set but empty")
    assert hint.startswith("hint: the CI secret does not reach this job")


def test_an_empty_token_does_not_matter_to_somebody_who_is_signed_in(portal, oocli, sign_in):
    sign_in(portal)

    ran = oocli("whoami", env={"OOCLI_TOKEN": ""})

    assert (ran.exit, ran.stderr) == (0, "")
