"""Folders, rooms, files and operations of a DocSpace portal."""

from urllib.parse import urlsplit

import pytest


def test_the_counts_of_a_folder_are_in_its_response_and_the_envelope_counts_one(portal, call):
    portal.add_files(portal.folder_id(), 146)
    pages = [call("GET", f"files/@my?startIndex={n}") for n in (0, 100, 200)]

    assert {page.json["count"] for page in pages} == {1}
    assert "total" not in pages[0].json
    assert [page.response["count"] for page in pages] == [100, 50, 0]
    assert {page.response["total"] for page in pages} == {150}
    assert pages[0].response["folders"][0]["title"] == "Contracts"
    assert pages[0].response["pathParts"][0]["id"] == portal.folder_id()


def test_hidden_entries_make_a_page_short_or_empty_in_the_middle(portal, call):
    folder = portal.add_folder("Big")
    portal.add_files(folder, 6)
    ids = [file["id"] for file in call("GET", f"files/{folder}").response["files"]]
    portal.hide(*ids[2:4])

    pages = [call("GET", f"files/{folder}?count=2&startIndex={n}").response for n in (0, 2, 4)]

    assert [len(page["files"]) for page in pages] == [2, 0, 2]
    assert {page["total"] for page in pages} == {6}


def test_nulls_are_left_out_of_objects_and_zero_lengths_too(portal, call):
    files = {file["title"]: file for file in call("GET", "files/@my").response["files"]}

    assert "pureContentLength" not in files["empty.txt"]
    assert files["report.docx"]["pureContentLength"] == 12349
    assert "roomType" not in call("GET", "files/@my").response["current"]
    assert files["report.docx"]["viewUrl"].startswith(portal.origin + "/filehandler.ashx?")


@pytest.mark.parametrize("token", [None, "dead"])
def test_reading_files_without_a_login_is_403_or_404_and_never_401(portal, ask, token):
    mine = portal.folder_id()
    file = portal.add_file("a.txt")

    for path, status in (
        (f"files/{mine}", 403),
        (f"files/file/{file}", 403),
        ("files/999", 404),
        ("files/file/999", 404),
    ):
        result = ask(portal, "GET", path, token=token)
        assert result.status == status
        assert result.message
    assert ask(portal, "GET", "files/settings", token=token).response["chunkUploadSize"] == 10485760
    assert ask(portal, "GET", "files/fileops", token=token).response == []
    assert ask(portal, "GET", "files/@my", token=token).status == 401


def test_a_list_of_subfolders_has_the_count_one(portal, call):
    mine = portal.folder_id()
    portal.add_folder("Second")

    result = call("GET", f"files/{mine}/subfolders")
    assert (result.json["count"], len(result.response)) == (1, 2)


def test_folders_and_files_can_be_created_and_renamed(portal, call):
    made = call("POST", f"files/folder/{portal.folder_id()}", {"title": "New"})
    assert (made.status, made.response["title"]) == (200, "New")
    id = made.response["id"]
    assert call("PUT", f"files/folder/{id}", {"title": "Newer"}).response["title"] == "Newer"
    file = call("POST", f"files/{id}/file", {"title": "a.docx"}).response
    assert call("PUT", f"files/file/{file['id']}", {"title": "b"}).response["title"] == "b.docx"
    assert call("POST", f"files/folder/{id}", {}).status == 400


def test_rooms_can_be_created_and_archived_and_their_root_takes_no_file(portal, call, form):
    made = call("POST", "files/rooms", {"title": "Sales", "roomType": "EditingRoom"}).response
    assert made["roomType"] == 2
    assert [folder["title"] for folder in call("GET", "files/rooms").response["folders"]] == [
        "Sales"
    ]
    result = call("PUT", f"files/rooms/{made['id']}/archive", {})
    assert result.response["Operation"] == 0
    portal.finish_operations()
    assert call("GET", "files/rooms").response["folders"] == []
    root = portal.folder_id("@rooms")
    sent = form([("file", 'filename="a.txt"', b"x")])
    assert call("POST", f"files/{root}/upload", **sent).status == 403


def test_a_delete_needs_a_body_and_its_content_type(portal, call):
    file = portal.add_file("a.txt")
    path = f"files/file/{file}"

    assert call("DELETE", path).status == 415
    assert call("DELETE", path, headers={"Content-Type": "application/json"}).status == 400
    assert call("DELETE", path, {}).status == 200


def test_the_member_operation_has_a_capital_and_the_end_is_listed_once(portal, call):
    file = portal.add_file("a.txt")
    (operation,) = call("PUT", "files/fileops/delete", {"fileIds": [str(file)]}).response

    assert operation["Operation"] == 2
    assert "operation" not in operation
    assert "url" not in operation
    assert (operation["status"], operation["error"], operation["processed"]) == (0, "", "0")
    path = f"files/fileops?id={operation['id']}"
    polls = [call("GET", path) for _ in range(3)]
    assert [
        [(operation["progress"], operation["status"]) for operation in poll.response]
        for poll in polls
    ] == [
        [(50, 1)],
        [(100, 2)],
        [],
    ]
    assert polls[2].json["count"] == 1  # even though the list is empty
    assert "a.txt" not in portal.titles()


def test_delete_after_removes_a_finished_operation_from_the_list(portal, call):
    first, second = portal.add_file("1.txt"), portal.add_file("2.txt")
    call("PUT", "files/fileops/delete", {"fileIds": [first], "deleteAfter": True})
    body = {"fileIds": [second], "returnSingleOperation": True}

    assert len(call("PUT", "files/fileops/delete", body).response) == 1
    portal.finish_operations()
    assert len(call("GET", "files/fileops").response) == 1


def test_a_failed_operation_has_status_4(portal, call):
    portal.fail_next_operation("no space")
    file = portal.add_file("a.txt")
    call("PUT", "files/fileops/delete", {"fileIds": [file]})
    portal.finish_operations()

    (operation,) = call("GET", "files/fileops/delete").response
    assert (operation["status"], operation["error"]) == (4, "no space")


def test_a_folder_can_be_copied_but_not_moved_into_itself(portal, call):
    portal.operation_steps = 1
    source, target = portal.add_folder("Source"), portal.add_folder("Target")
    portal.add_file("a.txt", source)
    body = {"folderIds": [source], "destFolderId": target, "conflictResolveType": "Skip"}
    call("PUT", "files/fileops/copy", body)
    call("GET", "files/fileops")
    (twin,) = call("GET", f"files/{target}").response["folders"]
    assert portal.titles(twin["id"]) == ["a.txt"]

    call("PUT", "files/fileops/move", {"folderIds": [target], "destFolderId": twin["id"]})
    (operation,) = call("GET", "files/fileops").response
    assert operation["error"]
    wrong = {**body, "conflictResolveType": "Nonsense"}
    assert call("PUT", "files/fileops/copy", wrong).status == 400


def test_a_bulk_download_ends_with_an_address(portal, call, ask):
    portal.operation_steps = 1
    files = [portal.add_file("a.txt"), portal.add_file("b.txt")]
    call("PUT", "files/fileops/bulkdownload", {"fileIds": files, "returnSingleOperation": True})
    (operation,) = call("GET", "files/fileops").response
    where = urlsplit(operation["url"])

    assert call("GET", f"{where.path}?{where.query}").body.startswith(b"PK")
    assert ask(portal, "GET", f"{where.path}?{where.query}").status == 403


@pytest.mark.parametrize("path", ["files/recent", "files/@recent"])
def test_recent_files_have_two_names(call, path):
    page = call("GET", path).response

    assert page["current"]["title"] == "Recent"
    assert page["current"]["rootFolderType"] == 11


def test_fields_can_name_members_within_lists(portal, call):
    page = call("GET", "files/@my?fields=files.id,files.createdBy.displayName,total").response

    assert set(page) == {"files", "total"}
    assert len(page["files"]) == 3
    for file in page["files"]:
        assert set(file) == {"id", "createdBy"}
        assert set(file["createdBy"]) == {"displayName"}
    assert call("GET", "files/@my?fields=files.id&fields=files").response["files"][0]["title"]
    assert call("GET", "files/@my?fields[]=pathParts.id").response == {
        "pathParts": [{"id": portal.folder_id()}]
    }


def test_a_negative_start_is_refused_in_folders(portal, call):
    for path in ("files/@my", f"files/{portal.folder_id()}", "files/rooms", "files/recent"):
        result = call("GET", f"{path}?startIndex=-1")
        assert (result.status, result.json["status"]) == (400, 1)
        assert result.message
    assert call("GET", "people?startIndex=-1").status == 200


def test_some_booleans_are_written_when_false_and_others_are_left_out(call):
    page = call("GET", "files/@my").response
    always = {"shared", "sharedForUser", "sharedExternal", "parentShared", "canShare", "mute"}

    for entry in (*page["files"], *page["folders"], page["current"]):
        assert all(isinstance(entry[name], bool) for name in always)
        assert not {"encrypted", "isFavorite", "locked", "customFilterEnabled"} & set(entry)
    for folder in (*page["folders"], page["current"]):
        assert [folder[name] for name in ("pinned", "private", "indexing", "denyDownload")] == [
            False
        ] * 4


def test_a_search_includes_subfolders_unless_the_query_excludes_them(call):
    assert [file["title"] for file in call("GET", "files/@my?filterValue=lease").response["files"]]
    flat = call("GET", "files/@my?filterValue=lease&withSubFolders=false").response
    assert flat["total"] == 0
    assert call("GET", "files/@my?withSubFolders=true").response["total"] == 4


def test_a_search_finds_folders_in_folders_too(portal, call):
    inner = portal.add_folder("Lease plans", portal.add_folder("Outer"))

    found = call("GET", "files/@my?filterValue=lease").response
    assert [folder["id"] for folder in found["folders"]] == [inner]


def test_a_get_of_the_move_lists_title_collisions(portal, call):
    target, file = portal.add_folder("Target"), portal.add_file("same.txt")
    portal.add_file("same.txt", target)

    for name in ("fileIds", "fileIds[]"):
        path = f"files/fileops/move?destFolderId={target}&{name}={file}"
        assert [file["title"] for file in call("GET", path).response] == ["same.txt"]


def test_an_unknown_third_party_id_is_a_404_for_folders_and_a_500_for_files(call):
    assert call("GET", "files/drive-1-%7Cx").status == 404
    assert call("GET", "files/file/drive-1-%7Cx").status == 500


def test_a_duplicate_is_in_the_same_folder_with_a_number(portal, call):
    portal.operation_steps = 1
    file = portal.add_file("a.txt")
    call("PUT", "files/fileops/duplicate", {"fileIds": [file], "folderIds": []})
    (operation,) = call("GET", "files/fileops").response

    (copied,) = operation["files"]
    assert (copied["title"], copied["id"] != file) == ("a (1).txt", True)


def test_a_new_document_without_title_is_refused(call):
    assert call("POST", "files/@my/file", {"title": ""}).status == 400


def test_create_new_if_exist_has_the_opposite_effect_for_texts(call):
    def made(**more):
        return call("POST", "files/@my/text", {"title": "a", "content": "x", **more}).response

    first, twin = made(), made()
    assert twin["id"] != first["id"]
    again = made(createNewIfExist=True)
    assert (again["id"], again["version"]) == (first["id"], 2)


def test_titles_above_165_utf_16_units_are_refused(portal, call):
    mine, file = portal.folder_id(), portal.add_file("a.txt")
    fits, too_long = "\U0001f600" * 80 + "12345", "\U0001f600" * 82 + "12"

    for method, path in (
        ("POST", f"files/folder/{mine}"),
        ("PUT", f"files/folder/{portal.add_folder('A')}"),
        ("PUT", f"files/file/{file}"),
    ):
        assert call(method, path, {"title": fits}).status == 200
        result = call(method, path, {"title": too_long})
        assert (result.status, result.json["statusCode"]) == (400, 400)
    assert call("POST", "files/@my/text", {"title": too_long, "content": "x"}).status == 400
