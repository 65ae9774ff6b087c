"""Envelopes, the four formats of errors, paging and states of a DocSpace portal."""

import pytest


def test_the_version_shows_the_kind_and_settings_need_no_login(portal, ask, get):
    assert "docSpace" in ask(portal, "GET", "settings/version/build").response
    result = ask(portal, "GET", "settings")
    assert result.response["docSpace"] is True
    assert result.response["passwordHash"]["iterations"] == 100000
    assert len(result.response["passwordHash"]["salt"]) == 64
    assert "passwordHash" not in get("settings").response
    assert "passwordHash" in get("settings?withpassword=true").response
    assert "identityServerEnabled" in ask(portal, "GET", "capabilities.json").response


def test_only_capabilities_is_found_with_a_json_ending(get):
    assert get("people/@self.json").status == 404
    assert get("settings/version/build.json").status == 404


def test_the_owner_is_not_an_admin_and_display_names_are_html_encoded(get):
    me = get("people/@self").response

    assert (me["isOwner"], me["isAdmin"]) == (True, False)
    assert get("people/bob").response["displayName"] == "Bob O&#39;Brien"


def test_some_lists_have_a_total_and_others_only_a_count_of_one(portal, get):
    portal.add_people(8)
    portal.make_key()
    portal.make_key()

    result = get("people?count=4&startIndex=8")
    assert list(result.json) == ["response", "count", "total", "links", "status", "statusCode"]
    assert (result.json["count"], result.json["total"]) == (2, 10)
    for path in ("keys", "people/@search/example"):
        lazy = get(path)
        assert lazy.json["count"] == 1
        assert "total" not in lazy.json
        assert len(lazy.response) > 1
    assert get("group").json["total"] == 1


@pytest.mark.parametrize("count", ["0", "101", "-1", "x"])
def test_a_count_out_of_range_is_a_validation_problem(get, count):
    for path in ("people", "files/@my", "group"):
        result = get(f"{path}?count={count}")
        assert result.status == 400
        assert (result.json["status"], result.json["statusCode"]) == (1, 400)
        assert result.response["status"] == 400
        assert result.response["errors"]
        assert result.headers["Content-Type"].startswith("application/problem+json")


def test_fields_are_case_sensitive_and_can_name_inner_members(get):
    file = next(iter(get("files/@my").response["files"]))["id"]
    result = get(f"files/file/{file}?fields=id,createdBy.displayName")

    assert result.response == {"createdBy": {"displayName": "Ann Lee"}, "id": file}
    assert get("people/@self?fields=ID").response == {}
    assert [list(person) for person in get("people?fields[]=email").response] == [
        ["email"],
        ["email"],
    ]


def test_unknown_routes_are_404_and_wrong_methods_405(portal, ask, get):
    result = get("people/a/b/c")
    assert (result.status, result.body) == (404, b"")
    assert "Server-Timing" in result.headers
    result = get("nix")
    assert (result.status, result.headers["Content-Type"]) == (404, "text/html")
    result = ask(portal, "POST", "people/@self", json_body={})
    assert (result.status, result.body, result.headers["Allow"]) == (405, b"", "GET")
    assert ask(portal, "HEAD", "capabilities").status == 405
    page = ask(portal, "GET", "/API/2.0/people")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html")


def test_an_unknown_user_is_an_exception_envelope_with_stack(get):
    result = get("people/nobody")

    assert result.status == 404
    assert result.json["error"]["type"] == "ASC.Common.Web.ItemNotFoundException"
    assert result.json["error"]["hresult"] == -2146233088


def test_each_state_of_the_portal_has_its_answers(portal, ask, get):
    portal.state = "suspended"
    assert ask(portal, "GET", "people").status == 401  # the login is checked first
    result = get("people")
    assert (result.status, list(result.json)) == (404, ["type", "title", "status", "traceId"])
    portal.maintenance = True
    for path in ("capabilities", "authentication"):
        assert ask(portal, "GET", path).status == 403
    assert ask(portal, "GET", "settings").response["tenantStatus"] == 4
    assert ask(portal, "GET", "settings/version/build").status == 200
    assert get("people/@self").status == 200
    portal.state = "unpaid"
    result = get("people")
    assert (result.status, list(result.json)) == (402, ["status", "traceId"])
    for path in ("people/@self", "people/filter", "capabilities", "settings", "authentication"):
        assert get(path).status == 200
    assert get("/filehandler.ashx?action=download&fileid=1").status == 402
    portal.state = "warming"
    result = get("people")
    assert (result.status, result.headers["Content-Type"]) == (502, "text/html")


def test_a_user_at_a_forbidden_address_can_sign_in_but_do_nothing_else(portal, ask):
    portal.state = "ip-forbidden"
    login = {"userName": portal.other_user, "password": portal.other_password}
    token = ask(portal, "POST", "authentication", json_body=login).response["token"]

    result = ask(portal, "GET", "people/@self", token=token)
    assert (result.status, result.body) == (403, b"The access to the portal is restricted")
    assert result.headers["Content-Type"].startswith("text/plain")
    assert ask(portal, "GET", "people/@self", token=portal.issue_token()).status == 200


def test_only_an_admin_can_invite_people(portal, ask):
    bob, body = portal.issue_token(portal.other_user), {"invitations": [{"email": "z@example.com"}]}

    assert ask(portal, "POST", "people/invite", token=bob, json_body=body).status == 403
