"""The portal that users of `oocli demo serve` get: what tests add to it is left out here."""

import pytest

from oocli.demo.server import DemoPortal


@pytest.fixture(params=["workspace", "docspace"])
def portal(request, clock):
    with DemoPortal(request.param, clock=clock) as running:
        yield running


@pytest.fixture
def call(portal, ask):
    login = {"userName": portal.user, "password": portal.password}
    token = ask(portal, "POST", "authentication", json_body=login).response["token"]

    def call(method, path, json_body=None, **more):
        return ask(portal, method, path, token=token, json_body=json_body, **more)

    return call


def test_ann_and_bob_are_found_in_each_list_of_people(call):
    for path in ("people", "people/filter"):
        assert [person["userName"] for person in call("GET", path).response] == ["ann", "bob"]
    (bob,) = call("GET", "people/filter?filterValue=brien").response
    assert call("GET", "people/email?email=bob@example.com").response == bob
    assert call("GET", "people/bob").response == bob
    assert call("GET", "people/nobody").status == 404


def test_both_are_in_the_only_group(call):
    (group,) = call("GET", "group").response

    members = call("GET", f"group/{group['id']}").response["members"]
    assert [member["userName"] for member in members] == ["ann", "bob"]


def test_an_upload_can_be_read_moved_to_the_trash_and_removed(portal, call, form):
    folder = call("GET", "files/@my").response["current"]["id"]
    sent = form([("file", 'filename="a.txt"', b"some text")])
    made = call("POST", f"files/{folder}/upload", **sent).response
    (file,) = made if isinstance(made, list) else [made]
    path = file["viewUrl"].removeprefix(portal.origin)

    assert call("GET", path).body == b"some text"
    assert call("GET", path, headers={"Range": "bytes=5-"}).body == b"text"
    call("PUT", "files/fileops/delete", {"fileIds": [file["id"]]})
    operations = [call("GET", "files/fileops").response for _ in range(3)]
    assert [operation["finished"] for (operation,) in operations[:2]] == [False, True]
    assert operations[2] == []
    (trashed,) = call("GET", "files/@trash").response["files"]
    assert trashed["title"] == "a.txt"


def test_files_of_another_user_stay_closed(portal, call, ask):
    login = {"userName": "bob@example.com", "password": "staple of the other"}
    token = ask(portal, "POST", "authentication", json_body=login).response["token"]
    folder = call("GET", "files/@my").response["current"]["id"]

    assert ask(portal, "GET", f"files/{folder}", token=token).status == 403


def test_what_only_tests_need_is_an_unknown_path(call):
    for path in ("security/activeconnections", "portal", "files/file/1/presigneduri"):
        assert call("GET", path).status == 404


def test_a_header_line_that_is_too_long_ends_the_connection(portal, ask):
    result = ask(portal, "GET", "people", headers={"X": "y" * 70_000})

    assert (result.status, result.headers["Connection"]) == (400, "close")


def test_a_token_expires_after_a_year(call, clock):
    assert call("GET", "people/@self").status == 200
    clock.now += 366 * 86400

    assert call("GET", "people/@self").status == 401
