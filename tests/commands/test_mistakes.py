"""Likely mistakes get a line that says what is wrong, and a hint that works when pasted."""

from __future__ import annotations

import shlex

import pytest

from tests.portal import DemoPortal

# The typed words, a part of the message, and the hint.
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
    ("call POST people -X GET", "METHOD stands before PATH", "oocli call GET people"),
    ("call GET people -XPOST", "METHOD stands before PATH", "oocli call POST people"),
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
    ("files lss my", "'lss'. Did you mean 'ls'?", "oocli files ls my"),
    ("portals lst", "'lst'. Did you mean 'list'?", "oocli portals list"),
    ("files rmm my/a.txt", "No such command 'rmm'.", "oocli files -h"),
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
    (
        "call GET people '--paginat('",
        "Did you mean --paginate?",
        "oocli call GET people --paginate",
    ),
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
    ("token --json", "No such option: --json", "oocli token -h"),
    ("portals --token=tok-of-ann", "--token: no option takes", "oocli login --with-token"),
    ("files ls my --format", "requires an argument", "oocli files ls -h"),
    ("demo nosuch --json", "No such command 'nosuch'", "oocli demo -h"),
    # Commands
    ("auth login", "No such command 'auth'", "oocli login"),
    ("auth status", "No such command 'auth'", "oocli whoami"),
    ("signin", "No such command 'signin'", "oocli login"),
    ("me", "No such command 'me'", "oocli whoami"),
    ("status", "No such command 'status'", "oocli whoami"),
    ("ls", "No such command 'ls'", "oocli files ls"),
    ("config", "No such command 'config'", "oocli portals list"),
    ("portals ls", "No such command 'ls'", "oocli portals list"),
    ("files list my", "No such command 'list'", "oocli files ls my"),
    (
        "files rename my/report.docx my/b.docx",
        "No such command 'rename'",
        "oocli files mv my/report.docx my/b.docx",
    ),
    ("files ls my --csv", "No such option: --csv", "oocli files ls my --format csv"),
    ("files ls my --recursiv", "No such option: --recursiv", "oocli files ls my --recursive"),
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
    """Return the words of the command in the hint of a run."""
    first, hint = ran.stderr.splitlines()
    assert first.startswith("oocli: ")
    return shlex.split(hint.removeprefix("hint: "))


@pytest.mark.parametrize(("typed", "why", "hint"), TYPED, ids=[row[0] for row in TYPED])
def test_a_mistake_is_reported_with_a_corrected_command(oocli, portal, typed, why, hint):
    ran = oocli(*shlex.split(typed), signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr.splitlines()[0]
    assert ran.stderr.splitlines()[1] == f"hint: {hint}"
    assert "of-ann" not in ran.stderr
    assert portal.requests == []


@pytest.mark.parametrize("hint", sorted({row[2] for row in TYPED}))
def test_each_proposed_command_is_accepted(oocli, portal, hint):
    words = shlex.split(hint)[1:]
    preview = ["--dry-run"] if words[0] == "call" and words[-1] != "-h" else []
    here = [portal.origin if word == "docs.example.com" else word for word in words]

    ran = oocli(*here, *preview, signed_in_to=portal)

    # With OOCLI_TOKEN set, login and logout are refused after the words are parsed.
    if words[0] in ("login", "logout"):
        assert "OOCLI_TOKEN is set for" in ran.stderr
    else:
        assert (ran.exit, ran.stderr) == (0, "") or "no portal is known" in ran.stderr


@pytest.mark.parametrize("option", ["-f token=s3cret", "-H 'Authorization: s3cret'"])
def test_a_command_that_may_hold_a_secret_is_not_proposed(oocli, option):
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


def test_login_refuses_different_portals_as_argument_and_option(portal, oocli):
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
def test_an_empty_token_is_reported_as_a_missing_ci_secret(portal, oocli, named):
    ran = oocli("whoami", env={"OOCLI_TOKEN": "", "OOCLI_PORTAL": portal.origin if named else ""})

    assert ran.exit == 4
    first, hint = ran.stderr.splitlines()
    assert first.endswith("; OOCLI_TOKEN is set but empty")
    assert hint.startswith("hint: the CI secret does not reach this job")


def test_an_empty_token_is_ignored_if_a_credential_is_stored(portal, oocli, sign_in):
    sign_in(portal)

    ran = oocli("whoami", env={"OOCLI_TOKEN": ""})

    assert (ran.exit, ran.stderr) == (0, "")


# Calls: mistakes found before anything is sent

REFUSED = [
    ("GET people -d '{}'", "GET sends no body", "for a query parameter use -p NAME=VALUE"),
    ("GET people -o json", "names a file, not a format", "--format json;"),
    ("GET people --output csv", "names a file, not a format", "--format csv;"),
    ("GET people/{id}", "replace {id} with a value", "oocli call GET files/@my"),
    ("GET \u2018people\u2019", "curly quotes", "oocli call GET people/@self"),
    ("GET https://other.example.com/api/2.0/people", "not an address of", "--portal"),
    ("POST people -F title", "not of the form NAME=VALUE", "--field title=Report"),
    ("POST people -f title", "not of the form NAME=VALUE", "--raw-field title=Report"),
    ("POST people -p count", "not of the form NAME=VALUE", "--param count=10"),
    ("POST people -d {a:1}", "the shell removed them", "-d '{\"a\":1}'"),
    ("POST people -d {title:Report,n:null}", "removed", '-d \'{"title":"Report","n":null}\''),
    ("POST people -d \"{'a':1}\"", "quotes are missing", "-d '{\"a\":1}'"),
    ("POST people -d \"'{a:1}'\"", "quotes are missing", "-d '{\"a\":1}'"),
    ("POST people -d '{\u201ca\u201d:1}'", "curly quotes", "-d '{\"a\":1}'"),
    ("POST people -d {password:pw-of-ann}", "quotes are missing", "to a file: -d @FILE"),
    ("POST people -d nonsense", "--data is not JSON", "use -f NAME=VALUE"),
    (
        "POST files/1/upload -f 'file=@a b.txt'",
        "a file is sent with --part",
        "oocli call POST files/1/upload --part 'file=@a b.txt'",
    ),
    (
        "POST files/1/upload.json -F file=@a.txt -f createNewIfExist=true",
        "a file is sent with --part",
        "oocli call POST files/1/upload.json --part file=@a.txt --raw-field createNewIfExist=true",
    ),
]


@pytest.mark.parametrize(("typed", "why", "hint"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_call_with_a_likely_mistake_is_refused_before_it_is_sent(oocli, portal, typed, why, hint):
    ran = oocli("call", *shlex.split(typed), signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    first, second = ran.stderr.splitlines()
    assert why in first
    assert hint in second
    assert "of-ann" not in ran.stderr
    assert portal.requests == []


@pytest.mark.parametrize("typed", ["{a:1}", "{a:{b:[x,2,true]}}", "[{id:7,title:My file}]"])
def test_the_hint_restores_lost_quotes_in_a_body(oocli, portal, typed):
    ran = oocli("call", "POST", "people", "-d", typed, signed_in_to=portal)
    _, body, *_ = shlex.split(ran.stderr.partition("hint: ")[2].partition(";")[0])
    again = oocli("call", "POST", "people", "-d", body, "--dry-run", signed_in_to=portal)

    assert again.exit == 0
    assert body.replace('"', "") == typed


def test_the_proposed_upload_works(either, oocli, tmp_path):
    (tmp_path / "a b.txt").write_text("text")
    folder = oocli("call", "GET", "files/@my", "--jq", ".response.current.id", signed_in_to=either)
    path = f"files/{folder.stdout.decode().strip()}/upload"
    ran = oocli(
        "call", "POST", path, "-f", "file=@a b.txt", "--portal", either.origin, signed_in_to=either
    )

    again = oocli(*hint_of(ran)[1:], signed_in_to=either)

    assert (ran.exit, again.exit) == (2, 0), again.stderr


# Calls: mistakes found in the answer

COLUMNS = ["--format", "csv", "--columns"]


@pytest.mark.parametrize("form", ["csv", "tsv", "table"])
@pytest.mark.parametrize(
    ("typed", "near"),
    [("displayname,mail", "displayName,email"), ("id,e-mail", "id,email")],
)
def test_a_misspelt_column_is_refused_with_the_nearest_name_before_anything_is_printed(
    either, oocli, form, typed, near
):
    ran = oocli("call", "GET", "people", "--format", form, "--columns", typed, signed_in_to=either)
    again = oocli("call", "GET", "people", "--format", form, *hint_of(ran), signed_in_to=either)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert "did you mean" in ran.stderr
    assert hint_of(ran) == ["--columns", near]
    assert (again.exit, again.stderr) == (0, "")


def test_a_misspelt_column_with_paginate_is_refused_before_anything_is_printed(either, oocli):
    ran = oocli("call", "GET", "people", "--paginate", *COLUMNS, "displayname", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (2, b"")


def test_an_unknown_column_without_a_similar_name_is_only_noted(either, oocli):
    ran = oocli("call", "GET", "people", *COLUMNS, "id,contacts.fax", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "no item has the column contacts.fax\n")


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (["--jq", ".response[7"], None),
        (["--jq", ".response | .a.b"], "--jq failed"),
        ([*COLUMNS, "Title"], "no item has the column Title; did you mean title?"),
        (["-o", "missing/file"], "missing/file"),
    ],
)
def test_the_answer_of_a_post_is_printed_if_it_cannot_be_formatted(portal, oocli, shape, why):
    portal.answers("POST", "things", status=201, response=[{"title": "a"}])

    ran = oocli("call", "POST", "things", *shape, signed_in_to=portal)

    if why is None:  # found before the call is sent
        assert (ran.exit, portal.requests) == (2, [])
    else:
        assert (ran.exit, ran.stdout) == (1, portal.last_body + b"\n")
        assert ran.stderr.startswith("oocli: the call succeeded (201), but ")
        assert why in ran.stderr


def test_a_non_json_answer_of_a_post_is_printed_if_jq_needs_json(portal, oocli):
    portal.answers("POST", "things", body=b"a;b", headers=[("Content-Type", "text/csv")])

    ran = oocli("call", "POST", "things", "--jq", ".", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (1, b"a;b")
    assert ran.stderr.startswith("oocli: the call succeeded (200), but --jq needs JSON")


def test_a_path_that_the_portal_lacks_gets_the_nearest_path_as_hint(either, oocli):
    ran = oocli("call", "GET", "poeple", signed_in_to=either)

    assert ran.exit == 7
    first, hint = ran.stderr.splitlines()
    assert "GET poeple on" in first and "the portal has no such address" in first
    assert hint == "hint: did you mean: oocli call GET people"


@pytest.mark.parametrize(
    ("kind", "path", "owner"),
    [
        ("workspace", "keys", "ONLYOFFICE DocSpace"),
        ("workspace", "files/rooms/7", "ONLYOFFICE DocSpace"),
        ("docspace", "crm/contact/filter", "ONLYOFFICE Workspace"),
    ],
)
def test_a_path_of_the_other_kind_is_reported_with_that_kind(oocli, sign_in, kind, path, owner):
    with DemoPortal(kind) as portal:
        sign_in(portal)
        ran = oocli("call", "GET", path)

    of = owner.split()[1].lower()
    assert ran.exit == 7
    assert ran.stderr.splitlines()[1] == (
        f"hint: only {owner} portals have {path}: oocli api GET {path} --kind {of}"
    )


def test_a_missing_item_is_not_reported_as_a_missing_address(either, oocli):
    ran = oocli("call", "GET", "people/@self.", signed_in_to=either)

    assert ran.exit == 7
    assert "no such address" not in ran.stderr
