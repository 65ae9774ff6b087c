"""Invalid answers to a sign-in: reported as the portal's fault, and nothing is stored."""

from __future__ import annotations

import dataclasses
import json
import random

import pytest

from oocli import Portal
from oocli.model.errors import UsageError
from tests.commands.login.stored import nothing_is_stored
from tests.portal import faults
from tests.waiting import ended

# The session of each can be ended, because portals decode `%xx` in a cookie.
ODD_TOKENS = {
    "a line break": "abc\r\nX-Evil: 1",
    "NUL": "abc\0def",
    "ESC": "abc\x1b[2Jdef",
    "another script": "абв",
    "a blank": "abc def",
    "a semicolon": "abc; asc_auth_key=x",
    "a long one": "A" * 20_000,
}


def issue(portal, token):
    """Let the portal issue this token for a valid session at the next sign-in."""
    sessions = portal._state.sessions.all
    session = sessions.pop(portal.issue_token())
    sessions[token] = dataclasses.replace(session, token=token)
    answer_json(portal, "POST", "authentication", {"token": token, "expires": None})


def answer_json(portal, method, path, response):
    """Order a JSON answer in ASCII, so that it may contain half a surrogate pair."""
    body = json.dumps({"status": 0, "statusCode": 200, "response": response}).encode()
    portal.answers(method, path, body=body, headers=[("Content-Type", "application/json")])


@pytest.mark.parametrize("token", ODD_TOKENS.values(), ids=ODD_TOKENS)
def test_a_token_that_cannot_be_sent_is_not_stored_and_its_session_ends(
    portal, home, sign_in, token
):
    issue(portal, token)

    ran = sign_in(portal)

    assert (ran.exit, ran.stdout) == (5, b"")
    assert ran.stderr.startswith(
        f"oocli: POST authentication on {portal.host}: its answer contains "
    )
    assert portal.live_sessions() == []
    assert nothing_is_stored(home)


def test_a_session_is_ended_whatever_its_token_contains(docspace, home, sign_in):
    issue(docspace, "abc\ud83d")

    ran = sign_in(docspace)

    assert ran.exit == 5
    assert docspace.requests[-1].target == "/api/2.0/authentication/logout"
    assert docspace.requests[-1].header("Cookie") == "asc_auth_key=abc%ED%A0%BD"
    assert nothing_is_stored(home)


def test_a_token_of_200_kb_is_refused_in_one_line(portal, home, sign_in):
    issue(portal, "A" * 200_000)

    ran = sign_in(portal)

    assert ran.exit == 5
    assert "its answer contains 200000 characters; a token has at most 8192" in ran.stderr
    assert nothing_is_stored(home)


def test_an_api_key_that_cannot_be_sent_is_deleted_with_its_session(docspace, home, sign_in):
    docspace.make_key(name="k")
    key_id = docspace.live_keys()[0]["id"]
    docspace.answers("POST", "keys", response={"key": "sk-a\nb", "id": key_id})

    ran = sign_in(docspace, "--api-key")

    assert ran.exit == 5, ran.stderr
    assert docspace.live_keys() == [] and docspace.live_sessions() == []
    assert nothing_is_stored(home)


@pytest.mark.parametrize("token", ["abc\ndef", "abc\x1bdef", "A" * 9000])
@pytest.mark.parametrize("store", ["file", "keyring"])
def test_a_stored_token_that_cannot_be_sent_is_reported_and_can_be_removed(
    portal, home, oocli, sign_in, store, token
):
    sign_in(portal, *["--insecure-storage"] * (store == "file"))
    if store == "file":
        content = {"version": 1, "tokens": {portal.host: token}}
        (home.config / "credentials.json").write_text(json.dumps(content))
    else:
        (home.path / "keyring.json").write_text(json.dumps({f"oocli/{portal.host}": token}))

    used = oocli("call", "GET", "people/@self")
    out = oocli("logout")

    assert (used.exit, used.stdout) == (1, b"")
    assert f"hint: sign in again: oocli login --portal {portal.host}" in used.stderr
    assert out.exit == 0
    assert "signed out on this machine, but not at the portal" in out.stderr
    if store == "file":
        assert token not in (home.config / "credentials.json").read_text()
    assert home.keyring == {}
    assert oocli("whoami").exit == 4


@pytest.mark.parametrize("token", ["abc\ndef", "abc\x1bdef", "A" * 9000, "a;b"])
def test_a_token_in_a_variable_that_cannot_be_sent_is_a_usage_error(portal, oocli, token):
    ran = oocli(
        "call", "GET", "people/@self", env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": token}
    )

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN contains ")
    assert portal.requests == []


def test_a_token_given_to_the_library_that_cannot_be_sent_is_a_usage_error():
    with pytest.raises(UsageError, match="token= contains white space"):
        Portal("docs.example.com", token="abc\ndef")


@pytest.mark.parametrize(
    "date",
    ["Fri, 31 Dec 9999 23:59:59 +9999", "Fri, 31 Dec 9999 23:59:59 -2359", "x", "1 Jan 1 0:0:0 Z"],
)
def test_an_invalid_date_header_is_ignored(portal, home, oocli, sign_in, date):
    portal.order("*", "*", faults.ExtraHeaders((("Date", date),)), times=None)

    ran = sign_in(portal)
    looked = oocli("doctor", "--max-time", "20")

    assert ran.exit == 0, ran.stderr
    assert "clock_offset" not in home.portals["portals"][portal.host]
    assert "a bug" not in looked.stderr + looked.stdout.decode()


@pytest.mark.parametrize("path", ["authentication", "people/@self", "settings/version/build"])
def test_plain_text_in_place_of_an_answer_exits_with_5(either, home, sign_in, path):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
    either.order("*", path, faults.Bytes(head))

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (5, b"")
    assert either.host in ran.stderr.splitlines()[0]
    assert nothing_is_stored(home)


def test_whoami_reports_plain_text_in_place_of_an_answer(either, oocli):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
    either.order("*", "people/@self", faults.Bytes(head))

    ran = oocli("whoami", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (5, b"")
    assert ran.stderr.startswith(
        f"oocli: GET people/@self on {either.host}: text/plain content instead of an API answer"
    )


@pytest.mark.parametrize("offset", ["1e999", "NaN", "-1e300", "1" + "0" * 400, "true", '"5"'])
def test_an_invalid_stored_clock_offset_is_ignored(portal, home, oocli, sign_in, offset):
    sign_in(portal)
    text = json.dumps(home.portals)
    text = text.replace('"origin"', f'"clock_offset": {offset}, "origin"', 1)
    (home.config / "portals.json").write_text(text)

    ran = oocli("call", "GET", "people/@self")

    assert (ran.exit, ran.stderr) == (0, "")


@pytest.mark.parametrize("key", ["A\ud83dB", ["x"], {"a": 1}, 7, "A\x1b[2J", "A" * 300])
def test_an_unusable_authenticator_key_exits_with_5(portal, terminal, key, home):
    answer_json(portal, "POST", "authentication", {"tfa": True, "tfaKey": key})
    (home.path / "secret").write_text(portal.password)

    handle = terminal(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-file", "secret"
    )
    ended(handle)

    assert handle.exitstatus == 5, handle.before
    assert "its answer holds no usable key for an authenticator app" in handle.before


VALUES = [None, True, 0, -1, 1e300, "", "x", "\ud800", "\x1b[2J", [], [1], {}, {"a": []}, "A" * 999]
FIELDS = {
    "authentication": ["token", "expires", "tfa", "sms", "phoneNoise", "tfaKey"],
    "people/@self": ["id", "email", "userName", "displayName", "isOwner", "isAdmin"],
}


@pytest.mark.parametrize("seed", range(8))
def test_members_of_any_type_in_answers_never_cause_a_crash(either, home, sign_in, oocli, seed):
    jitter = random.Random(seed)
    for path, names in FIELDS.items():
        content = {"token": either.issue_token()} if jitter.random() < 0.5 else {}
        content |= {name: jitter.choice(VALUES) for name in names if jitter.random() < 0.5}
        answer_json(either, "POST" if path == "authentication" else "GET", path, content)

    ran = sign_in(either, "--insecure-storage")
    then = oocli("portals", "--format", "json")

    assert "a bug in oocli" not in ran.stderr + then.stderr
    assert ran.exit in (0, 4, 5) and then.exit == 0
    file = home.config / "credentials.json"
    tokens = json.loads(file.read_text())["tokens"] if file.exists() else {}
    assert (ran.exit == 0) == bool(tokens)
