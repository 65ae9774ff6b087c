"""Folders, files and operations of a Workspace portal."""

import json
from urllib.parse import urlsplit

import pytest


def test_the_counts_of_a_folder_are_in_its_response_and_folders_come_first(portal, call):
    result = call("GET", "files/@my?count=3")
    page = result.response

    assert list(result.json) == ["count", "status", "statusCode", "response"]
    assert result.json["count"] == page["count"] == 3
    assert page["total"] == 4
    assert [folder["title"] for folder in page["folders"]] == ["Contracts"]
    assert len(page["files"]) == 2
    assert page["pathParts"] == [page["current"]["id"]]


def test_an_empty_file_has_no_pure_length_and_ids_are_numbers_or_strings(portal, call):
    portal.add_folder("Drive", id="drive-12-|a:b")
    page = call("GET", "files/@my").response
    by_title = {file["title"]: file for file in page["files"]}

    assert "pureContentLength" not in by_title["empty.txt"]
    assert by_title["report.docx"]["pureContentLength"] == 12349
    assert by_title["report.docx"]["contentLength"] == "12.06 KB"
    assert isinstance(by_title["report.docx"]["id"], int)
    assert [folder["id"] for folder in page["folders"]][1] == "drive-12-|a:b"
    assert call("GET", "files/drive-12-%7Ca%3Ab").response["current"]["title"] == "Drive"


def test_hidden_entries_make_pages_short_while_total_counts_them(portal, call):
    folder = portal.add_folder("Big")
    portal.add_files(folder, 250)
    first = call("GET", f"files/{folder}?count=100").response["files"][10]["id"]
    portal.hide(first)

    pages = [
        call("GET", f"files/{folder}?count=100&startIndex={n}").response for n in (0, 100, 200)
    ]

    assert [page["count"] for page in pages] == [99, 100, 50]
    assert {page["total"] for page in pages} == {250}


def test_the_sort_order_of_a_folder_is_remembered(call):
    call("GET", "files/@my?sortBy=size&sortOrder=descending")

    assert call("GET", "files/@my").response["files"][-1]["title"] == "empty.txt"


@pytest.mark.parametrize("path", ["files/999", "files/file/999", "files/folder/999"])
def test_missing_files_and_folders_are_403(call, path):
    result = call("GET", path)

    assert (result.status, result.reason) == (403, "Access denied")
    assert "was not found" in result.message


def test_the_folder_of_another_user_is_a_403(portal, ask):
    mine = portal.folder_id()

    assert (
        ask(portal, "GET", f"files/{mine}", token=portal.issue_token(portal.other_user)).status
        == 403
    )


def test_folders_and_files_can_be_created_and_renamed(portal, call):
    mine = portal.folder_id()

    made = call("POST", f"files/folder/{mine}", {"title": "New"})
    assert (made.status, made.response["title"]) == (201, "New")
    id = made.response["id"]
    assert call("PUT", f"files/folder/{id}", {"title": "Newer"}).response["title"] == "Newer"
    assert call("GET", f"files/folder/{id}/path").json["count"] == 2
    file = call("POST", f"files/{id}/file", {"title": "a.docx"}).response
    assert call("PUT", f"files/file/{file['id']}", {"title": "b"}).response["title"] == "b.docx"


def test_an_operation_advances_with_each_poll_and_its_end_is_listed_once(portal, call):
    file = portal.add_file("gone.txt")
    started = call("DELETE", f"files/file/{file}")

    assert started.status == 200
    (operation,) = started.response
    assert list(operation) == [
        "id",
        "operation",
        "progress",
        "error",
        "processed",
        "finished",
        "url",
        "files",
        "folders",
    ]
    assert (operation["operation"], operation["progress"], operation["url"]) == (2, 0, None)
    assert isinstance(operation["processed"], str)
    polls = [call("GET", "files/fileops").response for _ in range(3)]
    assert [
        [(operation["progress"], operation["finished"]) for operation in poll] for poll in polls
    ] == [
        [(50, False)],
        [(100, True)],
        [],
    ]
    assert "gone.txt" not in portal.titles()
    assert portal.titles(portal.folder_id("@trash")) == ["gone.txt"]


def test_with_delete_after_the_end_is_never_listed(portal, call):
    file = portal.add_file("gone.txt")
    call("PUT", "files/fileops/delete", {"fileIds": [file], "deleteAfter": True})

    assert [len(call("GET", "files/fileops").response) for _ in range(2)] == [1, 0]
    assert "gone.txt" not in portal.titles()


def test_the_end_of_a_failed_operation_is_listed_only_to_the_first_reader(portal, call):
    portal.fail_next_operation("disk full")
    file = portal.add_file("a.txt")
    call("PUT", "files/fileops/delete", {"fileIds": [file]})
    portal.finish_operations()

    (operation,) = call("PUT", "files/fileops/terminate").response
    assert (operation["error"], operation["finished"]) == ("disk full", True)
    assert call("GET", "files/fileops").response == []
    assert "a.txt" in portal.titles()


def test_moves_and_copies_follow_the_rule_for_existing_titles(portal, call):
    portal.operation_steps = 1
    target = portal.add_folder("Target")
    portal.add_file("same.txt", target, b"old")
    file = portal.add_file("same.txt", content=b"new")
    ask = {"destFolderId": target, "fileIds": [file]}

    there = call("GET", f"files/fileops/move?destFolderId={target}&fileIds={file}")
    assert [file["title"] for file in there.response] == ["same.txt"]
    for rule, titles in (
        ("Skip", ["same.txt"]),
        ("2", ["same.txt", "same (1).txt"]),
        ("overwrite", ["same.txt", "same (1).txt"]),
    ):
        call("PUT", "files/fileops/copy", {**ask, "conflictResolveType": rule})
        call("GET", "files/fileops")
        assert portal.titles(target) == titles
    call("PUT", "files/fileops/move", {**ask, "conflictResolveType": "Duplicate"})
    call("GET", "files/fileops")
    assert portal.titles(target)[-1] == "same (2).txt"


def test_a_list_in_a_form_repeats_its_name_with_or_without_brackets(portal, call):
    first, second, third = (portal.add_file(f"{n}.txt") for n in range(3))
    body = f"fileIds={first}&fileIds[]={second}&fileIds[2]={third}&immediately=true"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    call("PUT", "files/fileops/delete", body=body, headers=form)
    portal.finish_operations()

    assert not {"0.txt", "1.txt", "2.txt"} & set(portal.titles())
    result = call("PUT", "files/fileops/delete", body="immediately=1", headers=form)
    assert result.status == 400


def test_a_bulk_download_ends_with_an_address_and_only_one_can_run(portal, call, ask):
    file = portal.add_file("a.txt", content=b"hello")
    call("PUT", "files/fileops/bulkdownload", {"fileIds": [file]})
    assert call("PUT", "files/fileops/bulkdownload", {"fileIds": [file]}).status == 403
    assert call("GET", "files/fileops").response[0]["url"] is None

    (operation,) = call("GET", "files/fileops").response
    where = urlsplit(operation["url"])
    assert call("GET", f"{where.path}?{where.query}").body.startswith(b"PK")
    assert ask(portal, "GET", f"{where.path}?{where.query}").status == 403


def test_a_batch_runs_in_order_and_is_a_201_even_if_calls_fail(portal, call):
    items = [
        {"relativeUrl": "/api/2.0/people/nobody.json", "order": 2},
        {"RelativeUrl": "/api/2.0/people/@self.json", "name": "me", "order": 1},
        {"relativeUrl": "/api/2.0/no/such/route", "order": 3},
    ]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    result = call("POST", "batch.json", body="batch=" + json.dumps(items), headers=form)

    assert result.status == 201
    me, nobody, none = result.response
    assert (me["name"], me["status"], nobody["status"], none) == ("me", 200, 404, None)
    assert list(me["headers"]) == ["content-Type"]
    assert json.loads(me["data"])["response"]["userName"] == "ann"
    assert json.loads(nobody["data"])["status"] == 1


def test_an_empty_batch_and_a_bare_json_body_are_an_error_inside_a_200(call):
    for result in (
        call("POST", "batch"),
        call("POST", "batch", json_body=[{"relativeUrl": "/api/2.0/people"}]),
    ):
        assert result.status == 200
        assert result.json["error"]["message"] == "no batch specified"
        assert list(result.json) == ["status", "error"]


def test_a_batch_with_a_body_type_without_charset_and_a_malformed_batch_are_500(call):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    item = {"relativeUrl": "/api/2.0/people", "method": "POST", "body": "{}"}
    item["bodyContentType"] = "application/json"
    result = call("POST", "batch", body="batch=" + json.dumps([item]), headers=form)
    assert result.status == 500

    result = call("POST", "batch", body="batch=nonsense", headers=form)
    assert (result.status, result.headers["Content-Type"]) == (500, "text/html")


def test_a_negative_start_counts_as_zero(call):
    page = call("GET", "files/@my?startIndex=-5").response

    assert (page["startIndex"], page["count"]) == (0, 4)


def test_a_move_to_a_missing_folder_ends_without_an_error(portal, call):
    portal.operation_steps = 1
    file = portal.add_file("a.txt")
    result = call("PUT", "files/fileops/move", {"destFolderId": 999, "fileIds": [file]})

    assert result.status == 200
    (operation,) = call("GET", "files/fileops").response
    assert (operation["finished"], operation["error"]) == (True, None)
    assert "a.txt" in portal.titles()


def test_files_can_be_filtered_by_extension(call):
    page = call("GET", "files/@my?filterType=11&extension=.xlsx").response

    assert [file["title"] for file in page["files"]] == ["Überblick 2026 €.xlsx"]
    assert page["folders"] == []


def test_recent_files_are_listed(call):
    assert call("GET", "files/@recent").response["current"]["rootFolderType"] == 11
