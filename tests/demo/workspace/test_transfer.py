"""Uploads and downloads of a Workspace portal."""

from urllib.parse import urlsplit

import pytest


def named(name):
    return f'filename="{name}"'


def test_the_answer_to_one_uploaded_file_is_an_object_and_to_several_a_list(portal, call, form):
    mine = portal.folder_id()

    made = call("POST", f"files/{mine}/upload", **form([("any", named("Grüße.txt"), b"1")]))
    two = call(
        "POST", f"files/{mine}/upload", **form([("a", named("b"), b"1"), ("c", named("d"), b"2")])
    )

    assert (made.status, made.response["title"]) == (201, "Grüße.txt")
    assert [file["title"] for file in two.response] == ["b.", "d."]
    assert portal.content(made.response["id"]) == b"1"


def test_an_existing_title_makes_another_file_but_a_version_in_an_alias(portal, call, form):
    mine = portal.folder_id()
    sent = form([("file", named("a.txt"), b"x")])
    call("POST", f"files/{mine}/upload", **sent)

    assert call("POST", f"files/{mine}/upload", **sent).response["version"] == 1
    assert call("POST", "files/@my/upload", **sent).response["version"] == 2
    path = f"files/{mine}/upload?createNewIfExist=false"
    assert call("POST", path, **sent).response["version"] == 3


def test_a_raw_body_has_its_name_in_a_header(portal, call):
    headers = {
        "Content-Type": "text/plain",
        "Content-Disposition": 'attachment; filename="Gr%C3%BC%C3%9Fe.txt"',
    }
    result = call("POST", f"files/{portal.folder_id()}/upload", body=b"raw", headers=headers)

    assert result.response["title"] == "Grüße.txt"


def test_invalid_uploads_are_refused(portal, ask, call, form):
    mine = portal.folder_id()
    full = form([("f", named("a"), b"123456")])

    assert call("POST", f"files/{mine}/upload", **form([("f", named("a"), b"")])).status == 500
    assert call("POST", "files/999/upload", **full).status == 404
    bob = portal.issue_token(portal.other_user)
    assert ask(portal, "POST", f"files/{mine}/upload", token=bob, **full).status == 403
    portal.upload_limit = 5
    assert call("POST", f"files/{mine}/upload", **full).status == 500


def opened(portal, call, size=25, name="a.iso"):
    body = {"fileName": name, "fileSize": size}
    return call("POST", f"files/{portal.folder_id()}/upload/create_session", json_body=body)


def send(portal, ask, location, content, form, more=""):
    where = urlsplit(location)
    sent = form([("file", named("blob"), content)]) if content is not None else {}
    return ask(portal, "POST", f"{where.path}?{where.query}{more}", **sent)


def test_chunks_need_no_credentials_and_end_with_201(portal, ask, call, form):
    portal.chunk_size = 10
    session = opened(portal, call)
    assert session.status == 201
    data = session.response["data"]
    assert session.response["success"] is True
    assert (
        data["location"] == f"{portal.origin}/Products/Files/ChunkedUploader.ashx?uid={data['id']}"
    )

    for part, done in ((b"a" * 10, 10), (b"b" * 4, 14), (b"c" * 10, 24)):
        result = send(portal, ask, data["location"], part, form)
        assert (result.status, result.json["data"]["bytes_uploaded"]) == (200, done)
        assert result.json["message"] == ""
    result = send(portal, ask, data["location"], b"d", form)

    assert result.status == 201
    assert list(result.json["data"]) == [
        "id",
        "folderId",
        "version",
        "title",
        "provider_key",
        "uploaded",
    ]
    assert portal.content(result.json["data"]["id"]) == b"a" * 10 + b"b" * 4 + b"c" * 10 + b"d"


def test_handler_errors_are_200_with_success_false(portal, ask, call, form, clock):
    portal.chunk_size = 10
    location = opened(portal, call).response["data"]["location"]

    for content in (b"x" * 11, b""):
        result = send(portal, ask, location, content, form)
        assert (result.status, result.json["success"], result.json["data"]) == (200, False, None)
    assert send(portal, ask, location + "0", b"x", form).json["success"] is False
    assert send(portal, ask, location, None, form, "&abort=true").json["success"] is True
    assert portal.open_uploads() == []
    late = opened(portal, call).response["data"]["location"]
    clock.now += 12 * 3600 + 1
    assert send(portal, ask, late, b"x", form).json["success"] is False


def test_create_session_is_a_403_without_a_login_and_a_500_for_a_missing_folder(portal, ask, call):
    body = {"fileName": "a", "fileSize": 5}
    path = f"files/{portal.folder_id()}/upload/create_session"

    assert ask(portal, "POST", path, json_body=body).status == 403
    assert call("POST", "files/999/upload/create_session", json_body=body).status == 500


def test_edit_session_changes_the_content_and_not_the_version(portal, ask, call, form):
    file = portal.add_file("a.txt", content=b"old")
    result = call("POST", f"files/file/{file}/edit_session", json_body={"fileSize": 3})
    send(portal, ask, result.response["data"]["location"], b"new", form)

    assert portal.content(file) == b"new"
    assert call("GET", f"files/file/{file}").response["version"] == 1


def view(file, more=""):
    return f"/Products/Files/HttpHandlers/filehandler.ashx?action=download&fileid={file}{more}"


def test_a_download_has_length_name_and_an_unquoted_etag(portal, call):
    file = portal.add_file("Grüße.txt", content=b"0123456789")
    result = call("GET", view(file))

    assert (result.status, result.body) == (200, b"0123456789")
    assert result.headers["Content-Length"] == "10"
    assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt" in result.headers["Content-Disposition"]
    tag = result.headers["ETag"]
    assert tag.startswith(f"{file}:1:")
    assert tag.endswith(":10")
    again = call("GET", view(file), headers={"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "body", "span"),
    [
        ("bytes=3-", 206, b"3456789", "bytes 3-9/10"),
        ("bytes=3-4", 206, b"34", "bytes 3-4/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=0-", 200, b"0123456789", None),
        ("bytes=0-9", 200, b"0123456789", None),
        ("bytes=-3", 400, None, None),
        ("bytes=1-2,4-5", 400, None, None),
        ("bytes=10-", 400, None, None),
    ],
)
def test_a_download_can_be_a_range(portal, call, asked, status, body, span):
    file = portal.add_file("a.txt", content=b"0123456789")
    result = call("GET", view(file), headers={"Range": asked})

    assert (result.status, result.headers["Content-Range"]) == (status, span)
    assert body is None or result.body == body


def test_a_forbidden_file_is_an_empty_403_and_a_missing_one_an_empty_404(portal, ask, call):
    file = portal.add_file("a.txt")

    for result, status in (
        (ask(portal, "GET", view(file)), 403),
        (ask(portal, "GET", view(file), token=portal.issue_token(portal.other_user)), 403),
        (call("GET", view(999)), 404),
    ):
        assert (result.status, result.body) == (status, b"")


def test_the_lower_case_address_is_redirected(portal, call):
    result = call("GET", view(1).lower())

    assert result.status == 301
    assert "/Products/Files/" in result.headers["Location"]


def test_a_presigned_address_works_without_login(portal, ask, call):
    file = portal.add_file("a.txt", content=b"hello")
    where = urlsplit(call("GET", f"files/file/{file}/presigneduri").response)

    assert ask(portal, "GET", f"{where.path}?{where.query}").body == b"hello"


def test_a_part_with_only_an_extended_file_name_is_no_file(portal, call, form):
    path = f"files/{portal.folder_id()}/upload"
    extended = "filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt"

    assert call("POST", path, **form([("file", extended, b"1")])).status == 500
    both = form([("file", f'filename="Grüße.txt"; {extended}', b"1")])
    assert call("POST", path, **both).response["title"] == "Grüße.txt"
