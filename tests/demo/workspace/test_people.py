"""Adding people to a Workspace portal."""

import pytest

ZOE = {"email": "zoe@example.com", "firstname": "Zoe", "lastname": "Young"}


def test_an_admin_adds_a_visitor(portal, ask):
    token = portal.issue_token()

    added = ask(portal, "POST", "people", token=token, json_body=ZOE | {"isVisitor": True})

    assert added.status == 201
    assert added.response["isVisitor"] is True
    assert added.response["displayName"] == "Zoe Young"
    found = ask(portal, "GET", "people/email?email=zoe@example.com", token=token)
    assert found.response["id"] == added.response["id"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        (ZOE | {"email": "zoe"}, 500),
        (ZOE | {"email": "bob@example.com"}, 500),
        (ZOE | {"lastname": ""}, 500),
    ],
    ids=["no address", "no address at all", "an address that is taken", "no last name"],
)
def test_a_person_with_missing_or_invalid_members_is_refused(portal, ask, body, status):
    refused = ask(portal, "POST", "people", token=portal.issue_token(), json_body=body)

    assert refused.status == status
    assert refused.message


def test_only_an_admin_can_add_people(portal, ask):
    token = portal.issue_token(portal.other_user)

    assert ask(portal, "POST", "people", token=token, json_body=ZOE).status == 500
