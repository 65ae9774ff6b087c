"""Uploads and downloads of a DocSpace portal, and the second origin."""

import http.client
from urllib.parse import urlsplit

import pytest

from tests.portal import faults


def named(name):
    return f'filename="{name}"'


def test_the_answer_to_an_upload_is_a_list_and_an_existing_title_gets_a_version(portal, call, form):
    mine = portal.folder_id()
    sent = form([("file", "filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt", b"1")])
    result = call("POST", f"files/{mine}/upload", **sent)

    assert result.status == 200
    (file,) = result.response
    assert (file["title"], file["version"]) == ("Grüße.txt", 1)
    assert call("POST", f"files/{mine}/upload", **sent).response[0]["version"] == 2
    twin = call("POST", f"files/{mine}/upload?createNewIfExist=true", **sent).response[0]
    assert twin["title"] == "Grüße (1).txt"


def test_invalid_uploads_are_refused(portal, ask, call, form):
    mine = portal.folder_id()
    sent = form([("file", named("a"), b"123456")])

    assert call("POST", f"files/{mine}/upload", body=b"raw").status == 400
    assert call("POST", f"files/{mine}/upload", **form([("other", named("a"), b"1")])).status == 400
    assert call("POST", "files/999/upload", **sent).status == 404
    bob = portal.issue_token(portal.other_user)
    assert ask(portal, "POST", f"files/{mine}/upload", token=bob, **sent).status == 403
    assert ask(portal, "POST", f"files/{mine}/upload", **sent).status == 401
    portal.upload_limit = 5
    assert call("POST", f"files/{mine}/upload", **sent).status == 402


def test_insert_takes_its_title_from_a_parameter(portal, call, form):
    mine = portal.folder_id()
    sent = form([("file", named("ignored"), b"1")], [("title", "a.txt")])

    assert call("POST", f"files/{mine}/insert", **sent).response["title"] == "a.txt"
    assert (
        call("POST", f"files/{mine}/insert?title=b.txt", body=b"raw").response["title"] == "b.txt"
    )
    assert call("POST", "files/@my/insert", body=b"raw").status == 400


def opened(portal, call, size=25, how="upload/create_session", **more):
    body = {"fileName": "a.iso", "fileSize": size, **more}
    result = call("POST", f"files/{portal.folder_id()}/{how}", json_body=body)
    assert result.status == 200
    return result.response


def send(call, location, content, form, more=""):
    where = urlsplit(location)
    sent = form([("file", named("blob"), content)]) if content is not None else {}
    return call("POST", f"{where.path}?{where.query}{more}", **sent)


def test_an_old_session_has_an_inner_envelope_and_a_new_one_has_none(portal, call):
    old, new = opened(portal, call), opened(portal, call, how="session")

    assert old["success"] is True
    keys = ["id", "path", "created", "expired", "location", "bytes_total"]
    assert list(old["data"]) == list(new) == keys
    assert (
        old["data"]["location"] == f"{portal.origin}/ChunkedUploader.ashx?uid={old['data']['id']}"
    )
    assert old["data"]["created"].endswith("Z")


def test_chunks_of_exactly_the_right_size_complete_with_201(portal, call, form):
    portal.chunk_size = 10
    location = opened(portal, call)["data"]["location"]

    for part in (b"a" * 10, b"b" * 10):
        result = send(call, location, part, form)
        assert (result.status, result.json["success"], result.json["message"]) == (200, True, "")
    result = send(call, location, b"c" * 5, form)

    assert result.status == 201
    data = result.json["data"]
    assert data["uploaded"] is True
    assert data["file"]["pureContentLength"] == 25
    assert portal.content(data["id"]) == b"a" * 10 + b"b" * 10 + b"c" * 5


def test_smaller_chunks_never_complete_and_larger_ones_are_refused(portal, call, form):
    portal.chunk_size = 10
    location = opened(portal, call)["data"]["location"]

    for _ in range(5):
        assert send(call, location, b"x" * 5, form).status == 200
    assert portal.open_uploads()
    result = send(call, location, b"x" * 11, form)
    assert (result.status, result.json["success"]) == (200, False)


def test_below_the_chunk_size_the_first_chunk_is_the_whole_file(portal, call, form):
    location = opened(portal, call, size=25)["data"]["location"]
    result = send(call, location, b"short", form)

    assert result.status == 201
    assert portal.content(result.json["data"]["id"]) == b"short"


def test_the_handler_refuses_a_missing_credential_with_status_200(portal, ask, call, form):
    location = opened(portal, call)["data"]["location"]
    where = urlsplit(location)
    sent = form([("file", named("b"), b"x")])

    for token in (None, portal.issue_token(portal.other_user)):
        result = ask(portal, "POST", f"{where.path}?{where.query}", token=token, **sent)
        assert result.status == 200
        assert list(result.json) == ["success", "message"]
        assert result.json["success"] is False
        assert result.json["message"].startswith("Not authorized")
    assert "Object reference" in send(call, location + "0", b"x", form).json["message"]
    assert send(call, location, None, form, "&abort=true").json["success"] is True
    assert portal.open_uploads() == []


def test_a_new_session_takes_chunks_in_order_or_by_number(portal, call, form, clock):
    portal.chunk_size = 10
    mine = portal.folder_id()

    def part(content):
        return form([("file", named("b"), content)])

    path = f"files/{mine}/session/{opened(portal, call, how='session')['id']}"
    assert call("POST", path, **part(b"a" * 11)).status == 402
    assert call("POST", path, **part(b"a" * 10)).status == 200
    assert call("POST", path, **part(b"b" * 10)).status == 200
    result = call("POST", path, **part(b"c" * 5))
    assert (result.status, result.json["statusCode"], result.response["uploaded"]) == (
        201,
        201,
        True,
    )

    path = f"files/{mine}/session/{opened(portal, call, how='session')['id']}"
    call("POST", f"{path}/upload?chunkNumber=3", **part(b"c" * 5))
    call("POST", f"{path}/upload?chunkNumber=1", **part(b"a" * 10))
    assert call("PUT", f"{path}/finalize").status == 400
    call("POST", f"{path}/upload?chunkNumber=2", **part(b"x" * 10))
    assert call("POST", f"{path}/upload?chunkNumber=2", **part(b"b" * 10)).status == 200
    result = call("PUT", f"{path}/finalize")
    assert result.status == 201
    assert portal.content(result.response["id"]) == b"a" * 10 + b"b" * 10 + b"c" * 5
    assert result.response["version"] == 2

    path = f"files/{mine}/session/{opened(portal, call, how='session')['id']}"
    assert call("DELETE", path).status == 200
    assert call("POST", path, **part(b"x")).status == 500
    path = f"files/{mine}/session/{opened(portal, call, how='session')['id']}"
    clock.now += 12 * 3600 + 1
    assert call("POST", path, **part(b"x")).status == 500


def view(file, more=""):
    return f"/filehandler.ashx?action=download&fileid={file}{more}"


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        (None, 200, None),
        ("bytes=3-", 206, "bytes 3-9/10"),
        ("bytes=0-", 200, None),
        ("bytes=-3", 400, None),
        ("bytes=10-", 400, None),
    ],
)
def test_a_download_can_be_a_range(portal, call, asked, status, span):
    file = portal.add_file("a.txt", content=b"0123456789")
    result = call("GET", view(file), headers={"Range": asked} if asked else {})

    assert (result.status, result.headers["Content-Range"]) == (status, span)
    assert result.headers["ETag"] is None
    if status < 300:
        assert result.headers["Accept-Ranges"] == "bytes"
    else:
        assert result.headers["Content-Type"] == "text/html"
        assert b"&lt;" in result.body


def test_a_forbidden_file_is_an_empty_403_and_a_missing_one_an_empty_404(portal, ask, call):
    file = portal.add_file("a.txt")

    for result, status in (
        (ask(portal, "GET", view(file)), 403),
        (call("GET", view(999)), 404),
    ):
        assert (result.status, result.body) == (status, b"")
    assert call("GET", "/filehandler.ashx?action=nix").status == 500
    workspace = "/products/files/httphandlers" + view(file)
    assert call("GET", workspace).status == 200
    result = call("HEAD", view(file))
    assert (result.status, result.headers["Content-Length"], result.body) == (200, "1024", b"")


def test_files_at_a_second_origin_are_a_302_and_need_no_credential(portal, call):
    origin = portal.store_elsewhere()
    file = portal.add_file("a.txt", content=b"0123456789")
    result = call("GET", view(file))
    assert result.status == 302
    location = result.headers["Location"]
    assert location.startswith(origin + "/")
    assert origin != portal.origin

    def fetch(**headers):
        where = urlsplit(location)
        connection = http.client.HTTPConnection(where.netloc, timeout=5)
        connection.request("GET", f"{where.path}?{where.query}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    assert fetch() == (200, b"0123456789")
    assert fetch(Range="bytes=5-") == (206, b"56789")
    assert fetch(Range="bytes=10-")[0] == 416
    assert fetch(Authorization="x")[0] == 400
    assert fetch(Cookie="a=b")[0] == 400
    assert portal.store_requests[3].header("authorization") == "x"
    portal.order("GET", "bucket/*", faults.Empty(503))
    assert fetch() == (503, b"")


def test_a_range_of_a_generated_file_is_a_part_of_it(portal, call):
    file = portal.add_file("big.bin", content=3_000_000)
    whole = call("GET", view(file)).body
    part = call("GET", view(file), headers={"Range": "bytes=1234567-1234599"}).body

    assert len(whole) == 3_000_000
    assert part == whole[1234567:1234600]
    assert len(set(whole[:4096])) > 200


def numbered(portal, call, form, *parts, size=25):
    """Open a new session and send chunks by number; return the session, its path and answers."""
    session = opened(portal, call, size, how="session")
    path = f"files/{portal.folder_id()}/session/{session['id']}"
    answers = [
        call("POST", f"{path}/upload?chunkNumber={n}", **form([("file", named("b"), part)]))
        for n, part in parts
    ]
    return session, path, answers


def test_the_answer_to_a_numbered_chunk_is_the_session_with_only_its_folder(portal, call, form):
    portal.chunk_size = 10
    session, _, (result,) = numbered(portal, call, form, (2, b"b" * 10))

    assert result.status == 200
    assert session["path"] == [portal.folder_id()]
    inner = portal.add_folder("Inner")
    body = {"fileName": "a.iso", "fileSize": 25}
    below = call("POST", f"files/{inner}/session", json_body=body).response
    assert below["path"] == [portal.folder_id(), inner]
    sent = form([("file", 'filename="b"\r\nContent-Type: application/octet-stream', b"a" * 10)])
    answer = call(
        "POST", f"files/{inner}/session/{below['id']}/upload?chunkNumber=1", **sent
    ).response
    assert answer == {**below, "path": [inner]}
    where = urlsplit(below["location"])
    handled = call("POST", f"{where.path}?{where.query}&upload=true&chunkNumber=2", **sent)
    assert handled.json == {"success": True, "data": {**below, "path": [inner]}, "message": ""}
    in_order = call("POST", f"{where.path}?{where.query}", **sent).json["data"]
    assert in_order == {**below, "path": [inner]}


def test_the_answer_to_an_ordered_chunk_is_a_file_with_id_0(portal, call, form):
    portal.chunk_size = 10
    path = f"files/{portal.folder_id()}/session/{opened(portal, call, how='session')['id']}"
    result = call("POST", path, **form([("file", named("b"), b"a" * 10)]))

    assert (result.status, result.json["statusCode"]) == (200, 200)
    keys = ["id", "folderId", "version", "title", "uploaded", "file"]
    assert list(result.response) == keys
    assert (result.response["id"], result.response["uploaded"]) == (0, False)
    assert (result.response["title"], result.response["file"]["id"]) == ("a.iso", 0)


def test_below_the_chunk_size_a_numbered_chunk_is_the_whole_file_too(portal, call, form):
    _, path, _ = numbered(portal, call, form, (1, b"short"))
    result = call("PUT", f"{path}/finalize")

    assert result.status == 201
    assert portal.content(result.response["id"]) == b"short"


def test_below_the_chunk_size_the_declared_size_is_shown_and_a_larger_chunk_is_lost(
    portal, call, form
):
    short = send(call, opened(portal, call)["data"]["location"], b"short", form)
    listed = call("GET", f"files/file/{short.json['data']['id']}").response
    assert listed["pureContentLength"] == 25

    long = send(call, opened(portal, call, size=2)["data"]["location"], b"long", form)
    assert (long.status, long.json["data"]["uploaded"]) == (201, True)
    assert portal.content(listed["id"]) == b"short"
    assert call("GET", f"files/file/{listed['id']}").response["version"] == 1


def test_a_chunk_larger_than_the_declared_size_of_a_new_file_is_a_201_with_id_0(portal, call, form):
    body = {"fileName": "new.bin", "fileSize": 2}
    result = call("POST", f"files/{portal.folder_id()}/session", json_body=body)
    long = send(call, result.response["location"], b"long", form)

    assert (long.status, long.json["data"]["id"]) == (201, 0)
    assert "new.bin" not in portal.titles()


def test_numbered_chunks_at_the_handler_need_parts_with_a_content_type(portal, call, form):
    portal.chunk_size = 10
    two = "\r\nContent-Type: application/octet-stream"
    for more, status in ((two, 201), ("", 200)):
        where = urlsplit(opened(portal, call)["data"]["location"])
        path = f"{where.path}?{where.query}"
        for n, part in ((1, b"a" * 10), (2, b"b" * 10), (3, b"c" * 5)):
            sent = form([("file", named("blob") + more, part)])
            assert call("POST", f"{path}&upload=true&chunkNumber={n}", **sent).json["success"]
        result = call("POST", f"{path}&finalize=true")
        assert (result.status, result.json["success"]) == (status, status == 201)


def test_a_chunk_that_is_not_multipart_is_refused(portal, call):
    where = urlsplit(opened(portal, call)["data"]["location"])

    result = call("POST", f"{where.path}?{where.query}", body=b"raw")
    assert (result.status, result.json["message"]) == (200, "HttpRequest.Files is empty")


def test_an_empty_upload_is_refused(portal, call, form):
    sent = form([("file", named("a.txt"), b"")])

    assert call("POST", "files/@my/upload", **sent).status == 500
