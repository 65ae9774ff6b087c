"""People, guests and groups of a DocSpace portal."""

import pytest


def test_groups_have_category_ldap_flag_and_number_of_members(call):
    (listed,) = call("GET", "group").response
    single = call("GET", f"group/{listed['id']}").response

    for group in (listed, single):
        assert group["category"] == "00000000-0000-0000-0000-000000000000"
        assert group["isLDAP"] is False
        assert group["membersCount"] == 2
    assert len(single["members"]) == 2


def test_the_answer_to_an_invitation_lists_all_pending_people_in_short(call):
    def invited(*emails):
        guests = [{"email": email, "type": "User"} for email in emails]
        return call("POST", "people/invite", {"invitations": guests})

    assert len(invited("zoe@example.com").response) == 1
    result = invited("yan@example.com")

    assert (result.status, result.json["count"]) == (200, 2)
    for person in result.response:
        assert {"id", "displayName"} <= set(person)
        assert not {"email", "status", "firstName", "userName", "isVisitor"} & set(person)
    (zoe,) = [
        person for person in call("GET", "people").response if person["email"] == "zoe@example.com"
    ]
    assert (zoe["status"], zoe["activationStatus"]) == (4, 2)
    assert zoe["id"] in [person["id"] for person in result.response]


@pytest.mark.parametrize("kind", ["Guest", "guest", 2])
@pytest.mark.parametrize("path", ["people", "people/invite"])
def test_the_people_routes_refuse_to_add_guests(portal, call, path, kind):
    body = {"email": "zoe@example.com", "firstName": "Zoe", "lastName": "Z", "type": kind}

    result = call("POST", path, {"invitations": [body]} if path == "people/invite" else body)

    assert (result.status, result.message) == (403, "Access denied")
    assert result.json["error"]["type"] == "System.Security.SecurityException"
    assert call("GET", "people").json["total"] == 2


def test_only_an_admin_can_add_a_person(portal, ask, call):
    body = {"email": "Zoe@example.com", "firstName": "Zoe", "lastName": "Z", "type": "User"}

    made = call("POST", "people", body)
    bob = ask(portal, "POST", "people", token=portal.issue_token(portal.other_user), json_body=body)

    assert made.status == 200
    assert (made.response["email"], made.response["displayName"]) == ("zoe@example.com", "Zoe Z")
    assert call("GET", "people").json["total"] == 3
    assert bob.status == 403


def test_a_guest_is_marked_as_a_visitor_and_cannot_create_keys(portal, ask, call):
    portal.make_guest(portal.other_user)
    guest = portal.issue_token(portal.other_user)

    me = ask(portal, "GET", "people/@self", token=guest).response
    result = ask(portal, "POST", "keys", token=guest, json_body={"name": "ci"})

    assert (me["isVisitor"], me["isCollaborator"]) == (True, False)
    assert result.status == 403
