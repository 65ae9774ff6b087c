"""API keys and scopes of a DocSpace portal."""

import re

import pytest

from tests.portal import DemoPortal


def status(ask, portal, key, method="GET", path="people/@self"):
    body = None if method == "GET" else {}
    return ask(portal, method, path, token=f"Bearer {key}", json_body=body).status


def test_a_key_is_shown_whole_only_when_it_is_made(portal, ask):
    token = portal.issue_token()
    body = {"name": "ci", "permissions": ["files:read"], "expiresInDays": 30}
    made = ask(portal, "POST", "keys", token=token, json_body=body)

    assert made.status == 200
    assert re.fullmatch("sk-[0-9a-f]{64}", made.response["key"])
    (listed,) = ask(portal, "GET", "keys", token=token).response
    assert listed["key"] == "sk-***" + made.response["key"][-4:]
    assert listed["keyPostfix"] == made.response["key"][-4:]
    assert listed["permissions"] == ["files:read"]
    assert listed["expiresAt"] == "2026-06-27T20:26:40Z"
    assert portal.live_keys()[0]["secret"] == made.response["key"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, ["$", "apiKey"]),
        ({"permissions": ["files:read"]}, ["$", "apiKey"]),
        ({"name": None}, ["Name"]),
        ({"name": ""}, ["Name"]),
        ({"name": "  "}, ["Name"]),
        ({"name": "x" * 31}, ["Name"]),
        ({"name": "x", "expiresInDays": 0}, ["ExpiresInDays"]),
        ({"name": "x", "expiresInDays": 366}, ["ExpiresInDays"]),
        ({"name": "", "expiresInDays": -1}, ["Name", "ExpiresInDays"]),
    ],
)
def test_the_body_of_a_new_key_is_validated(portal, ask, body, names):
    result = ask(portal, "POST", "keys", token=portal.issue_token(), json_body=body)

    assert result.status == 400
    assert result.headers["Content-Type"].startswith("application/problem+json")
    assert (result.json["status"], result.json["statusCode"]) == (1, 400)
    assert result.response["title"] == "One or more validation errors occurred."
    assert list(result.response["errors"]) == names
    assert all(result.response["errors"].values())
    assert portal.live_keys() == []


def test_an_unknown_permission_is_an_exception_envelope(portal, ask):
    body = {"name": "x", "permissions": ["files:read", "nix"]}

    result = ask(portal, "POST", "keys", token=portal.issue_token(), json_body=body)

    assert result.status == 400
    assert result.json["error"]["type"] == "System.ArgumentException"
    assert portal.live_keys() == []


@pytest.mark.parametrize("body", [{"name": "x" * 30}, {"Name": "x", "ExpiresInDays": "365"}])
def test_the_longest_name_and_lifetime_of_a_key_are_accepted(portal, ask, body):
    result = ask(portal, "POST", "keys", token=portal.issue_token(), json_body=body)

    assert result.status == 200


def test_a_key_without_bearer_and_an_expired_key_are_refused(portal, ask, clock):
    key = portal.make_key(days=1)
    assert status(ask, portal, key) == 200
    assert ask(portal, "GET", "people/@self", token=key).status == 401

    clock.now += 86401
    result = ask(portal, "GET", "people/@self", token=f"Bearer {key}")
    assert (result.status, result.body) == (401, b"")
    result = ask(portal, "GET", "authentication", token=f"Bearer {key}")
    assert (result.status, result.json["status"]) == (403, 403)
    assert portal.live_keys() == []


@pytest.mark.parametrize(
    ("scopes", "method", "path", "expected"),
    [
        ([], "POST", "files/rooms", 400),
        (["*"], "GET", "people", 200),
        (["*:read"], "GET", "people", 200),
        (["*:read"], "POST", "keys", 403),
        (["*:write"], "GET", "people/@self", 200),
        (["files:read"], "GET", "files/@my", 200),
        (["files:write"], "GET", "files/rooms", 403),
        (["rooms:read"], "GET", "files/rooms", 200),
        (["rooms:write"], "POST", "files/rooms", 400),
        (["accounts:read"], "GET", "people", 200),
        (["accounts:read"], "GET", "people/@self", 403),
        (["accounts.self:read"], "GET", "people/@self", 200),
        (["accounts:write"], "GET", "group", 403),
        (["accounts:write"], "GET", "people", 200),
        (["accounts:read"], "GET", "group", 200),
        (["files:read"], "GET", "keys/@self", 200),
    ],
)
def test_the_scopes_of_a_key_decide_what_it_may_do(portal, ask, scopes, method, path, expected):
    key = portal.make_key(scopes)

    assert status(ask, portal, key, method, path) == expected


def test_a_403_for_a_missing_scope_is_empty_or_a_problem_on_public_routes(portal, ask):
    key = portal.make_key(["files:read"])

    result = ask(portal, "GET", "people/@self", token=f"Bearer {key}")
    assert (result.status, result.body) == (403, b"")
    for path in ("capabilities", "settings"):
        result = ask(portal, "GET", path, token=f"Bearer {key}")
        assert result.status == 403
        assert result.headers["Content-Type"].startswith("application/problem+json")
    file = portal.add_file("a.txt", content=b"hello")
    path = f"/filehandler.ashx?action=download&fileid={file}"
    other = portal.make_key(["accounts:read"])
    assert ask(portal, "GET", path, token=f"Bearer {other}").body == b"hello"


def test_keys_self_reads_only_the_authorization_header(portal, ask):
    key = portal.make_key(["files:read"], name="ci")

    assert ask(portal, "GET", "keys/@self", token=f"Bearer {key}").response["name"] == "ci"
    cookie = {"Cookie": f"asc_auth_key={portal.issue_token()}"}
    assert ask(portal, "GET", "keys/@self", headers=cookie).status == 400
    assert ask(portal, "GET", "keys/@self", token=portal.issue_token()).status == 500


def test_keys_can_be_changed_and_removed(portal, ask):
    key, token = portal.make_key(), portal.issue_token()
    id = portal.live_keys()[0]["id"]

    assert ask(portal, "PUT", f"keys/{id}", token=token, json_body={"isActive": False}).response
    assert status(ask, portal, key) == 401
    assert ask(portal, "DELETE", f"keys/{id}", token=token).response is True
    assert ask(portal, "DELETE", f"keys/{id}", token=token).status == 500
    assert "*:read" in ask(portal, "GET", "keys/permissions", token=token).response


def test_a_user_lists_own_keys_and_an_admin_all_keys(portal, ask):
    portal.make_key()
    portal.make_key(user=portal.other_user)

    bob = ask(portal, "GET", "keys", token=portal.issue_token(portal.other_user))
    ann = ask(portal, "GET", "keys", token=portal.issue_token())
    assert (len(bob.response), len(ann.response)) == (1, 2)


def test_an_old_portal_has_no_keys(clock, ask):
    with DemoPortal("docspace", api_keys=False, clock=clock) as portal:
        assert status(ask, portal, portal.make_key()) == 401
        assert ask(portal, "GET", "keys", token=portal.issue_token()).status == 404
