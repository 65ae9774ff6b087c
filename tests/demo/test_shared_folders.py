"""Folders that are shared, rooms in the archive, and folders of many entries."""

import time

import pytest

from tests.portal import DemoPortal


@pytest.fixture
def call_as_bob(portal, ask):
    """Return a function that sends a request as Bob."""
    token = portal.issue_token(portal.other_user)

    def call(method, path, json_body=None, **more):
        return ask(portal, method, path, token=token, json_body=json_body, **more)

    return call


@pytest.fixture
def shared(portal):
    """A folder with a file, within another folder of Ann, that Bob may read."""
    outer = portal.add_folder("Outer")
    folder = portal.add_folder("Shared", outer)
    portal.add_file("a.txt", folder)
    portal.share(folder)
    return folder


def test_a_shared_folder_is_listed_in_the_shared_section_as_its_parent(portal, call_as_bob, shared):
    page = call_as_bob("GET", "files/@share").response

    assert [folder["id"] for folder in page["folders"]] == [shared]
    (folder,) = page["folders"]
    assert folder["parentId"] == page["current"]["id"]
    assert folder["rootFolderType"] == 6
    inside = call_as_bob("GET", f"files/{shared}").response
    assert [file["title"] for file in inside["files"]] == ["a.txt"]
    assert len(inside["pathParts"]) == 1


def test_folders_that_are_not_shared_cannot_be_read_nor_read_only_ones_changed(
    portal, call_as_bob, shared
):
    assert call_as_bob("GET", f"files/{portal.folder_id()}").status == 403
    assert call_as_bob("POST", f"files/folder/{shared}", {"title": "x"}).status == 403


def test_a_folder_that_is_shared_for_writing_can_be_changed(portal, call_as_bob, shared):
    portal.share(shared, writable=True)
    inner = call_as_bob("POST", f"files/folder/{shared}", {"title": "x"}).response["id"]

    assert call_as_bob("POST", f"files/folder/{inner}", {"title": "y"}).status < 300


def test_a_shared_folder_that_its_owner_deletes_is_no_longer_shared(
    portal, ask, call_as_bob, shared
):
    token = portal.issue_token()
    ask(portal, "PUT", "files/fileops/delete", token=token, json_body={"folderIds": [shared]})
    portal.finish_operations()

    assert call_as_bob("GET", "files/@share").response["folders"] == []
    assert call_as_bob("GET", f"files/{shared}").status == 403


def test_archived_rooms_are_listed_on_request(ask, clock):
    with DemoPortal("docspace", clock=clock) as portal:
        token = portal.issue_token()
        body = {"title": "Old", "roomType": 5}
        room = ask(portal, "POST", "files/rooms", token=token, json_body=body).response["id"]
        ask(portal, "PUT", f"files/rooms/{room}/archive", token=token, json_body={})
        portal.finish_operations()

        for area, titles in (("", []), ("Active", []), ("Archive", ["Old"]), ("1", ["Old"])):
            page = ask(portal, "GET", f"files/rooms?searchArea={area}", token=token).response
            assert [folder["title"] for folder in page["folders"]] == titles


def test_a_folder_and_a_file_can_have_the_same_id(portal, ask):
    folder = portal.add_folder("Inner")
    for id in (900, 901):
        portal.add_folder(f"folder {id}", folder, id=id)
        portal.add_file(f"file {id}", folder, id=id)
    pages = [
        ask(portal, "GET", f"files/{folder}?count=1&startIndex={n}", token=portal.issue_token())
        for n in range(5)
    ]

    titles = [
        [entry["title"] for entry in [*page.response["folders"], *page.response["files"]]]
        for page in pages
    ]
    assert titles == [["folder 900"], ["folder 901"], ["file 900"], ["file 901"], []]


def test_a_hundred_thousand_entries_are_added_and_listed_quickly(portal, ask):
    folder, token = portal.add_folder("Big"), portal.issue_token()
    started = time.monotonic()
    portal.add_files(folder, 100_000)
    assert time.monotonic() - started < 10

    started = time.monotonic()
    page = ask(portal, "GET", f"files/{folder}?count=100&startIndex=99950", token=token).response
    assert time.monotonic() - started < 1
    assert (page["total"], len(page["files"])) == (100_000, 50)
    assert page["files"][-1]["title"] == "file-099999.txt"


def test_the_listed_size_of_a_file_can_be_wrong(portal, ask):
    file, token = portal.add_file("a.bin", content=b"123"), portal.issue_token()
    portal.lie_about_size(file, 5)

    shown = ask(portal, "GET", f"files/file/{file}", token=token).response
    assert shown["pureContentLength"] == 5
    path = shown["viewUrl"].removeprefix(portal.origin)
    assert ask(portal, "GET", path, token=token).body == b"123"
