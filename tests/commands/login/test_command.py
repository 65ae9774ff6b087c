"""`oocli login`: requests, messages, storage, and what a failure leaves behind."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta

import pytest

from tests.commands.login.stored import nothing_is_stored
from tests.portal import DemoPortal, faults

POSIX = pytest.mark.posix
# Headers that HTTP itself needs.
TRANSPORT_HEADERS = {"host", "user-agent", "accept-encoding", "connection", "content-length"}


def api_headers(seen):
    """Return the headers of a request that HTTP itself does not need."""
    return {
        name.lower(): value for name, value in seen.headers if name.lower() not in TRANSPORT_HEADERS
    }


def targets(portal, method):
    """Return the targets of all requests with this method."""
    return [seen.target for seen in portal.requests if seen.method == method]


def test_login_sends_the_documented_requests_to_a_workspace_portal(portal, home, sign_in):
    ran = sign_in(portal)

    assert ran.exit == 0
    probe, post, get = portal.requests
    assert (probe.method, probe.target) == ("GET", "/api/2.0/settings/version/build")
    assert api_headers(probe) == {"accept": "application/json"}
    assert (post.method, post.target) == ("POST", "/api/2.0/authentication.json")
    assert api_headers(post) == {"content-type": "application/json", "accept": "application/json"}
    assert json.loads(post.body) == {"userName": portal.user, "password": portal.password}
    token = home.keyring[f"oocli/{portal.host}"]
    assert (get.method, get.target) == ("GET", "/api/2.0/people/@self.json")
    assert api_headers(get) == {"accept": "application/json", "authorization": token}
    assert get.body == b""
    for seen in portal.requests:
        assert seen.header("Host") == portal.host
        assert re.fullmatch(r"oocli/\d+\.\d+\.\d+\S*", seen.header("User-Agent"))


def test_login_uses_paths_without_suffix_on_docspace(docspace, sign_in):
    ran = sign_in(docspace)

    assert ran.exit == 0
    assert targets(docspace, "POST") == ["/api/2.0/authentication"]
    assert targets(docspace, "GET")[-1] == "/api/2.0/people/@self"


def test_docspace_gets_the_hash_and_never_the_password(docspace, sign_in):
    ran = sign_in(docspace)

    assert ran.exit == 0, ran.stderr
    (posted,) = [seen for seen in docspace.requests if seen.method == "POST"]
    assert set(json.loads(posted.body)) == {"userName", "passwordHash"}
    assert docspace.password.encode() not in posted.body


def test_docspace_with_ldap_gets_the_password(docspace, sign_in):
    docspace.ldap = True

    ran = sign_in(docspace)

    assert ran.exit == 0, ran.stderr
    (posted,) = [seen for seen in docspace.requests if seen.method == "POST"]
    assert set(json.loads(posted.body)) == {"userName", "password"}


def test_login_reports_the_account_the_portal_and_the_expiry(either, sign_in):
    kind = {"workspace": "ONLYOFFICE Workspace", "docspace": "ONLYOFFICE DocSpace"}[either.kind]

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (0, b"")
    found = re.fullmatch(
        rf"{re.escape(either.host)}: signed in as ann@example\.com on {kind} "
        r"until (\d{4}-\d\d-\d\d \d\d:\d\d) [+-]\d\d:\d\d\n",
        ran.stderr,
    )
    assert found, ran.stderr
    left = datetime.strptime(found[1], "%Y-%m-%d %H:%M") - datetime.now()
    assert timedelta(days=363) < left < timedelta(days=367)


@pytest.mark.parametrize("status", [200, 201])
def test_200_and_201_are_both_success(either, home, sign_in, status):
    token = either.issue_token()
    either.answers("POST", "authentication", status=status, response={"token": token})

    ran = sign_in(either)

    assert ran.exit == 0, ran.stderr
    assert home.keyring == {f"oocli/{either.host}": token}


def test_an_answer_without_token_and_reason_is_a_failure(either, home, sign_in):
    either.answers("POST", "authentication", status=201, response={"expires": "2030-01-01T00:00Z"})

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (5, b"")
    assert "neither a token nor a reason" in ran.stderr
    assert nothing_is_stored(home)


def test_any_other_500_at_sign_in_exits_with_5(portal, home, sign_in):
    portal.answers("POST", "authentication", status=500, error="Database is down")

    ran = sign_in(portal)

    assert ran.exit == 5
    assert "Database is down (500)" in ran.stderr
    assert nothing_is_stored(home)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_unconfirmed_token_is_not_stored_and_its_session_ends(either, home, sign_in, status):
    either.answers("GET", "people/@self", status=status, error="No")

    ran = sign_in(either)

    assert ran.exit == {403: 6, 404: 7, 500: 5}[status]
    assert nothing_is_stored(home)
    assert either.live_sessions() == []


def test_a_connection_lost_after_the_password_leaves_no_session(either, home, sign_in):
    either.order("GET", "people/@self", faults.ResetConnection(), times=None)

    ran = sign_in(either, "--retry", "0")

    assert ran.exit == 10
    assert nothing_is_stored(home)
    assert either.live_sessions() == []


def test_the_first_portal_becomes_the_default_and_a_later_one_says_how_to_change_it(
    portal, docspace, home, sign_in
):
    first, second = sign_in(portal), sign_in(docspace)

    assert (first.exit, second.exit) == (0, 0)
    assert home.portals["default"] == portal.host
    assert "default" not in first.stderr
    assert second.stderr.splitlines()[-1] == (
        f"{portal.host} is still the default portal; "
        f"to change it: oocli portals use {docspace.host}"
    )


def test_a_second_account_replaces_the_first_and_ends_its_session(either, home, oocli, sign_in):
    sign_in(either)
    old = home.keyring[f"oocli/{either.host}"]

    ran = oocli(
        "login", "--portal", either.origin, "--user", either.other_user, "--password-stdin",
        stdin=either.other_password,
    )  # fmt: skip

    assert ran.exit == 0
    assert f"{either.host}: this replaces the account {either.user}\n" in ran.stderr
    new = home.keyring[f"oocli/{either.host}"]
    assert either.live_sessions() == [new] != [old]
    assert home.portals["portals"][either.host]["account"]["login"] == either.other_user


def test_signing_in_again_as_the_same_account_leaves_one_session(either, home, sign_in):
    sign_in(either)

    ran = sign_in(either)

    assert ran.exit == 0
    assert "replaces" not in ran.stderr
    assert either.live_sessions() == [home.keyring[f"oocli/{either.host}"]]


def test_insecure_storage_removes_the_credential_from_the_keyring(either, home, sign_in):
    sign_in(either)

    ran = sign_in(either, "--insecure-storage")

    assert ran.exit == 0
    assert home.keyring == {}
    kept = json.loads((home.config / "credentials.json").read_text())["tokens"]
    assert either.live_sessions() == list(kept.values())


def test_the_record_of_a_portal_holds_no_secret(either, home, sign_in):
    sign_in(either)

    text = (home.config / "portals.json").read_text()
    entry = json.loads(text)["portals"][either.host]
    assert home.keyring[f"oocli/{either.host}"] not in text
    assert either.password not in text
    assert entry["origin"] == either.origin
    assert entry["kind"] == either.kind
    assert entry["account"] == {"login": either.user, "name": "Ann Lee"}
    assert entry["credential"]["kind"] == "session"
    assert entry["credential"]["store"] == "keyring"


def test_white_space_around_a_token_from_stdin_is_removed(either, home, oocli):
    token = either.issue_token()

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=f"  {token}\r\n\n")

    assert ran.exit == 0, ran.stderr
    assert home.keyring == {f"oocli/{either.host}": token}
    assert targets(either, "POST") == []


@pytest.mark.parametrize("text", ["", "\n", "two words\n", "a\tb", "a\nb\n", "caf\u00e9", "a\0b"])
def test_a_token_with_invalid_characters_is_refused(portal, home, oocli, text):
    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin=text)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: stdin contains ")
    assert nothing_is_stored(home)


def test_a_refused_token_is_not_stored(either, home, oocli):
    token = either.issue_token()
    either.revoke(token)

    ran = oocli("login", "--portal", either.origin, "--with-token", stdin=token)

    assert ran.exit == 4
    assert token not in ran.stderr
    assert nothing_is_stored(home)


def test_print_token_prints_the_token_alone_and_stores_nothing(either, home, sign_in):
    ran = sign_in(either, "--print-token")

    assert ran.exit == 0
    assert ran.stdout.endswith(b"\n")
    assert either.live_sessions() == [ran.stdout[:-1].decode()]
    assert ran.stdout.decode().strip() not in ran.stderr
    assert nothing_is_stored(home)


def test_print_token_needs_no_keyring(either, home, sign_in):
    home.env["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

    ran = sign_in(either, "--print-token")

    assert ran.exit == 0
    assert either.is_live(ran.stdout.decode().strip())


@POSIX
def test_insecure_storage_creates_private_files_in_private_directories_under_any_umask(
    either, home, sign_in, oocli
):
    home.env["OOCLI_CONFIG_DIR"] = str(home.path / "a" / "b" / "config")
    before = os.umask(0)
    try:
        ran = sign_in(either, "--insecure-storage")
    finally:
        os.umask(before)

    assert ran.exit == 0
    below = home.path / "a"
    modes = {
        str(path.relative_to(below)): path.stat().st_mode & 0o777
        for path in sorted(below.rglob("*"))
    }
    files = ("credentials.json", "credentials.json.lock", "portals.json", "portals.json.lock")
    assert below.stat().st_mode & 0o777 == 0o700
    assert modes == {
        "b": 0o700,
        "b/config": 0o700,
        "b/config/locks": 0o700,
        f"b/config/locks/127.0.0.1%3A{either.port}.lock": 0o600,
        **{f"b/config/{name}": 0o600 for name in files},
    }
    assert home.keyring == {}
    assert oocli("call", "GET", "people/@self").exit == 0


@pytest.mark.parametrize(
    "backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"]
)
def test_without_a_keyring_login_stops_before_the_password_and_names_both_alternatives(
    either, home, sign_in, backend
):
    home.env["PYTHON_KEYRING_BACKEND"] = backend

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (1, b"")
    first, hint = ran.stderr.splitlines()
    assert first == "oocli: this machine has no keyring that oocli can use"
    assert "OOCLI_TOKEN" in hint
    assert "--insecure-storage" in hint
    assert either.requests == []


def test_a_session_that_cannot_be_stored_is_ended(either, home, sign_in):
    home.use_backend("ReadOnly")

    ran = sign_in(either)

    assert ran.exit == 1
    assert ran.stderr.startswith("oocli: cannot write the keyring: the vault is full\nhint: ")
    assert len(targets(either, "POST")) >= 1
    assert either.live_sessions() == []
    assert nothing_is_stored(home)


def test_a_session_is_ended_if_the_portal_cannot_be_recorded(either, home, sign_in):
    (home.config / "portals.json.lock").mkdir(parents=True)

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "portals.json cannot be written: Is a directory" in ran.stderr
    assert home.keyring == {}
    assert either.live_sessions() == []


@pytest.mark.parametrize("tail", ["/", "/Products/Files/#recent", "/rooms/shared?x=1", "/login"])
def test_an_address_from_the_address_bar_is_accepted(either, home, oocli, tail):
    ran = oocli(
        "login", "--portal", either.origin + tail, "--with-token", stdin=either.issue_token()
    )

    assert ran.exit == 0, ran.stderr
    assert list(home.portals["portals"]) == [either.host]


@pytest.mark.parametrize("kind", ["workspace", "docspace"])
def test_a_portal_below_a_sub_path_is_a_separate_portal(kind, home, oocli, sign_in):
    with DemoPortal(kind, sub_path="/office") as portal:
        ran = sign_in(portal)
        called = oocli("call", "GET", "people/@self", "-r")
        left = oocli("logout")

        assert (ran.exit, called.exit, left.exit) == (0, 0, 0)
        assert list(home.portals["portals"]) == [f"127.0.0.1:{portal.port}/office"]
        assert all(seen.target.startswith("/office/") for seen in portal.requests)
        assert portal.live_sessions() == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://docs.example.com", "http would send the credential unencrypted"),
        ("https://ann:secret@docs.example.com", "must not contain a user name or password"),
        ("ftp://docs.example.com", "not an http or https address"),
        ("docs.example.com:99999", "a port is a number from 1 to 65535"),
        ("127.1", "ambiguous IP address"),
        ("docs example.com", "white space"),
        ("https://", "write it as yourportal.onlyoffice.com"),
    ],
)
def test_an_unsafe_or_ambiguous_address_is_refused(oocli, home, address, why):
    ran = oocli("login", "--portal", address, "--with-token", stdin="token")

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr
    assert "secret" not in ran.stderr
    assert nothing_is_stored(home)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--password-stdin", "--password-file", "x"], "cannot be combined"),
        (["--password-stdin", "--with-token"], "cannot be combined"),
        (["--with-token", "--user", "x"], "cannot be combined"),
        (["--print-token", "--insecure-storage"], "cannot be combined with --insecure-storage"),
        (["--password", "x"], "--password: no option takes a password"),
        (["--token", "x"], "--token: no option takes a password or token"),
    ],
)
def test_options_that_contradict_or_would_hold_a_secret_are_refused(portal, oocli, given, why):
    ran = oocli("login", "--portal", portal.origin, *given, stdin="secret\n")

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr
    assert portal.requests == []


def posted_password(portal, sign_in_run):
    """Return the password that a refused sign-in has sent."""
    assert sign_in_run.exit == 4
    (post,) = (seen for seen in portal.requests if seen.method == "POST")
    return json.loads(post.body)["password"]


@pytest.mark.parametrize(
    ("stdin", "sent"),
    [
        ("pass", "pass"),
        ("pass\n", "pass"),
        ("pass\r\n", "pass"),
        ("pass\n\n", "pass\n"),
        (" pass word \n", " pass word "),
        ("pässwört\n", "pässwört"),
    ],
)
def test_exactly_one_newline_is_removed_from_a_password_on_stdin(portal, oocli, stdin, sent):
    ran = oocli(
        "login", "--portal", portal.origin, "--user", "x@example.com", "--password-stdin",
        stdin=stdin,
    )  # fmt: skip

    assert posted_password(portal, ran) == sent


def test_a_password_from_a_file_is_read_like_one_from_stdin(portal, home, oocli):
    (home.path / "secret").write_text(portal.password + "\n")

    ran = oocli(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-file", "secret"
    )

    assert ran.exit == 0
    assert portal.is_live(home.keyring[f"oocli/{portal.host}"])


@pytest.mark.parametrize("stdin", ["", "\n", "  \n"])
def test_an_empty_password_is_refused_and_never_sent(portal, oocli, stdin):
    ran = oocli(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin", stdin=stdin
    )

    assert ran.exit == 2
    assert "the password is empty" in ran.stderr
    assert targets(portal, "POST") == []


def test_a_missing_password_file_exits_with_1(portal, oocli):
    ran = oocli("login", "--portal", portal.origin, "--user", "x", "--password-file", "nowhere")

    assert ran.exit == 1
    assert ran.stderr == (
        "oocli: --password-file: nowhere cannot be read: No such file or directory\n"
    )
    assert targets(portal, "POST") == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ([], "--portal HOST"),
        (["--portal", "HERE"], "--user EMAIL"),
        (["--portal", "HERE", "--user", "x"], "--password-stdin or --password-file FILE"),
    ],
)
def test_without_a_terminal_the_missing_option_is_named_and_nothing_is_sent(
    portal, oocli, given, named
):
    ran = oocli("login", *(portal.origin if word == "HERE" else word for word in given))

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.splitlines()[1] == f"hint: give it with {named}"
    assert portal.requests == []


def test_the_portal_may_come_from_the_variable(portal, home, oocli):
    ran = oocli(
        "login", "--with-token", stdin=portal.issue_token(), env={"OOCLI_PORTAL": portal.origin}
    )

    assert ran.exit == 0
    assert list(home.portals["portals"]) == [portal.host]


@pytest.mark.parametrize("variable", ["OOCLI_TOKEN", "OOCLI_TOKEN_FILE"])
def test_login_changes_nothing_while_a_variable_gives_the_credential(
    either, home, sign_in, variable
):
    value = either.issue_token()
    if variable.endswith("FILE"):
        file = home.path / "token"
        file.write_text(value)
        value = str(file)

    ran = sign_in(either, env={variable: value})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert f"{variable} is set for {either.host}; nothing was changed" in ran.stderr
    assert either.requests == []
    assert nothing_is_stored(home)


def test_another_scheme_for_a_known_portal_is_refused_without_a_connection(
    portal, home, sign_in, oocli
):
    sign_in(portal)
    connections = portal.connections

    ran = oocli("login", "--portal", f"https://{portal.host}", "--with-token", stdin="token")

    assert ran.exit == 2
    assert f"{portal.host} is stored with http, not https" in ran.stderr
    assert portal.connections == connections


def test_a_broken_portals_file_is_reported_before_any_request(portal, home, sign_in):
    home.config.mkdir()
    (home.config / "portals.json").write_text("{")

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "portals.json is not a JSON document" in ran.stderr
    assert (home.config / "portals.json").read_text() == "{"
    assert portal.requests == []
