"""Envelopes, formats, unknown routes and states of a Workspace portal."""

import gzip
import json

import pytest


def test_zero_and_null_members_of_the_envelope_are_left_out(portal, ask):
    token = portal.issue_token()

    single = ask(portal, "GET", "people/@self", token=token)
    empty = ask(portal, "GET", "people/filter?filterValue=nobody", token=token)
    text = ask(portal, "GET", "warmup/progress")

    assert list(single.json) == ["count", "status", "statusCode", "response"]
    assert empty.json == {"status": 0, "statusCode": 200, "response": []}
    assert text.json["count"] == len(text.response)  # the count of a string is its length
    assert json.loads(text.response)["Completed"] is True


def test_slashes_are_escaped_nulls_written_and_umlauts_not_escaped(portal, ask):
    portal.add_people(10)
    result = ask(portal, "GET", "people", token=portal.issue_token())

    assert b"http:\\/\\/" in result.body
    assert b'"terminated":null' in result.body
    assert "Jürgen".encode() in result.body


def test_display_names_are_html_encoded_and_their_parts_are_not(portal, ask):
    bob = ask(portal, "GET", "people/bob", token=portal.issue_token()).response

    assert (bob["displayName"], bob["lastName"]) == ("Bob O&#39;Brien", "O'Brien")


def test_every_answer_has_another_etag_and_forbids_caching(portal, ask):
    first, second = (ask(portal, "GET", "capabilities") for _ in range(2))

    assert first.headers["ETag"] != second.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, max-age=0"
    assert first.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [("gzip", True), ("gzip, deflate", True), ("deflate, gzip", False)],
)
def test_an_answer_is_compressed_only_if_gzip_has_no_space_before_it(
    portal, ask, accepted, is_compressed
):
    result = ask(portal, "GET", "capabilities", headers={"Accept-Encoding": accepted})

    assert (result.headers["Content-Encoding"] == "gzip") is is_compressed
    plain = gzip.decompress(result.body) if is_compressed else result.body
    assert plain == portal.last_body
    assert "count" in json.loads(plain)


def test_an_unknown_user_is_a_404_envelope_with_a_fixed_reason(portal, ask):
    result = ask(portal, "GET", "people/nobody", token=portal.issue_token())

    assert (result.status, result.reason) == (404, "The record could not be found")
    assert result.json["error"]["data"] == {}
    assert result.json["status"] == 1


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "nix"), ("PUT", "people/@self"), ("HEAD", "people")]
)
def test_unknown_routes_and_wrong_methods_are_404_pages(portal, ask, method, path):
    result = ask(portal, method, path, token=portal.issue_token())

    assert result.status == 404
    assert result.headers["Content-Type"] == "text/html"
    assert result.headers["Allow"] is None
    assert result.body.startswith(b"<html>") is (method != "HEAD")


@pytest.mark.parametrize("path", ["people", "nix", "people/@self.json", "a/b/c?d=e"])
def test_options_is_an_empty_success_for_every_path(portal, ask, path):
    result = ask(portal, "OPTIONS", path)

    assert (result.status, result.body, result.headers["Content-Type"]) == (200, b"", None)
    assert result.headers["Access-Control-Allow-Origin"] == "*"
    assert "OPTIONS" in result.headers["Access-Control-Allow-Methods"]


def test_an_unknown_page_is_the_web_application(portal, ask):
    page = ask(portal, "GET", "/nowhere")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html")


def test_xml_needs_the_ending_and_no_json_content_type(portal, ask):
    token = portal.issue_token()

    result = ask(portal, "GET", "group.xml", token=token)
    assert result.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert result.body.startswith(b"<result><count>1</count><status>0</status><statusCode>200")
    assert b"<response><id>" in result.body
    json_asked = {"Content-Type": "application/json"}
    result = ask(portal, "GET", "group.xml", token=token, headers=json_asked)
    assert result.headers["Content-Type"] == "application/json; charset=utf-8"
    result = ask(portal, "GET", "group", token=token, headers={"Accept": "text/xml"})
    assert result.json["count"] == 1
    error = ask(portal, "GET", "people/nobody.xml", token=token)
    assert error.body.startswith(b"<result><status>1</status><statusCode>404</statusCode><error>")


def test_one_json_ending_is_removed_from_the_last_segment(portal, ask):
    token = portal.issue_token()
    portal.add_file("report.json")

    assert ask(portal, "GET", "files/@search/report.json", token=token).json["count"] == 2
    assert ask(portal, "GET", "files/@search/report.json.json", token=token).json["count"] == 1


def test_paths_can_be_in_any_case_escaped_or_with_a_trailing_slash(portal, ask):
    token = portal.issue_token()
    for path in ("PEOPLE/@Self", "people/%40self", "people/@self/", "people/@self.json"):
        assert ask(portal, "GET", path, token=token).status == 200


def test_settings_need_a_login_and_contain_no_password_hash(portal, ask):
    assert ask(portal, "GET", "settings").status == 401
    token = portal.issue_token()
    assert "passwordHash" not in ask(portal, "GET", "settings", token=token).response
    assert ask(portal, "GET", "portal", token=token).response["status"] == 0
    assert "communityServer" in ask(portal, "GET", "settings/version/build").response
    assert "identityServerEnabled" not in ask(portal, "GET", "capabilities").response


@pytest.mark.parametrize(
    ("state", "status", "ready"),
    [
        ("suspended", 404, 200),
        ("removing", 404, 404),
        ("restoring", 503, 200),
        ("transferring", 503, 200),
        ("encrypting", 503, 200),
        ("unpaid", 402, 200),
    ],
)
def test_a_closed_portal_sends_empty_answers_except_for_capabilities_json(
    portal, ask, state, status, ready
):
    portal.state = state

    for path in ("people/@self", "capabilities", "authentication"):
        result = ask(portal, "GET", path)
        assert (result.status, result.body, result.headers["Retry-After"]) == (status, b"", None)
    assert ask(portal, "GET", "capabilities.json").status == ready


def test_a_starting_portal_is_a_502_page_and_the_owner_may_use_any_address(portal, ask):
    ann, bob = portal.issue_token(), portal.issue_token(portal.other_user)
    portal.state = "ip-forbidden"
    assert ask(portal, "GET", "people/@self", token=ann).status == 200
    result = ask(portal, "GET", "people/@self", token=bob)
    assert (result.status, result.body) == (403, b"")
    login = {"userName": portal.other_user, "password": portal.other_password}
    result = ask(portal, "POST", "authentication", json_body=login)
    assert result.status == 500
    assert "IPSecurityException" in result.message
    portal.state = "warming"
    assert ask(portal, "GET", "capabilities.json").status == 502


def test_the_answer_to_a_password_reminder_is_the_same_for_unknown_addresses(portal, ask):
    def reminded(email):
        return ask(portal, "POST", "people/password", json_body={"email": email})

    known, unknown = reminded("ann@example.com"), reminded("nix@example.com")
    assert known.status == unknown.status == 201
    assert known.response.replace("ann@", "nix@") == unknown.response


def test_a_debug_build_shows_type_and_stack(portal, ask):
    portal.debug_build = True

    error = ask(portal, "GET", "people/nobody", token=portal.issue_token()).json["error"]
    assert list(error) == ["message", "type", "stack", "hresult", "data"]


def test_addresses_in_answers_begin_with_the_public_origin(portal, ask):
    portal.public_origin = "https://docs.example.com"
    result = ask(portal, "GET", "people/@self", token=portal.issue_token())

    assert result.response["profileUrl"].startswith("https://docs.example.com/Products/")


def test_addresses_in_answers_begin_with_the_rewritten_address(portal, ask):
    token = portal.issue_token()

    def profile(path="people/@self", **headers):
        return ask(portal, "GET", path, token=token, headers=headers).response["profileUrl"]

    named = {"X-REWRITER-URL": "https://docs.example.com/office/products"}
    assert profile(**named).startswith("https://docs.example.com/Products/")
    query = "people/@self?X-REWRITER-URL=https%3A%2F%2Fdocs.example.com"
    assert profile(query).startswith("https://docs.example.com/Products/")
    other = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "docs.example.com"}
    assert profile(**other).startswith(portal.origin + "/")
    assert profile(**{"X-REWRITER-URL": "nix"}).startswith(portal.origin + "/")


def test_a_cookie_is_secure_if_the_rewritten_address_is_https(portal, ask):
    login = {"userName": portal.user, "password": portal.password}

    for address, secure in ((None, False), ("https://docs.example.com", True)):
        headers = {"X-REWRITER-URL": address} if address else {}
        result = ask(portal, "POST", "authentication", json_body=login, headers=headers)
        assert ("; Secure" in result.headers["Set-Cookie"]) is secure


def test_a_null_answer_is_an_empty_object(portal, ask):
    portal.answers("GET", "people/@search/x")

    assert ask(portal, "GET", "people/@search/x").json == {
        "status": 0,
        "statusCode": 200,
        "response": {},
    }
