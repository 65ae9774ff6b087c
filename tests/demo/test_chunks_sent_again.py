"""Chunks that are sent twice, and hostile titles, on both kinds of portal."""

from urllib.parse import quote

import pytest


@pytest.fixture
def portal(portal):
    """A portal of each kind in turn, with chunks of 10 bytes."""
    portal.chunk_size = 10
    return portal


@pytest.fixture
def send(portal, call, form):
    """Open a session for a file and send chunks in order; return the answers."""

    def send(size, *chunks, name="a.bin"):
        path = f"files/{portal.folder_id()}/upload/create_session"
        data = call("POST", path, {"fileName": name, "fileSize": size}).response["data"]
        location = data["location"].removeprefix(portal.origin)
        return [
            call("POST", location, **form([("file", 'filename="b"', chunk)])) for chunk in chunks
        ]

    return send


def test_an_ordered_chunk_that_is_sent_twice_gives_a_file_with_wrong_content(portal, send):
    _, done = send(20, b"a" * 10, b"a" * 10)

    assert (done.status, done.json["success"]) == (201, True)
    assert portal.content(done.json["data"]["id"]) == b"a" * 20


def test_a_repeated_chunk_is_noticed_if_the_size_is_not_a_multiple_of_chunks(portal, send):
    *_, last = send(25, b"a" * 10, b"a" * 10, b"b" * 10)

    assert last.status == 200
    assert "a.bin" not in portal.titles()


def test_a_second_session_makes_another_file_on_workspace_and_a_version_on_docspace(portal, send):
    (first,), (second,) = send(3, b"abc"), send(3, b"abd")
    same = first.json["data"]["id"] == second.json["data"]["id"]

    assert same == (portal.kind == "docspace")
    assert second.json["data"]["version"] == (2 if same else 1)


@pytest.mark.parametrize("path", ["files/folder/@my", "files/@my/upload/create_session"])
def test_an_alias_is_refused_where_an_id_is_needed(call, path):
    assert call("POST", path, {"title": "x", "fileName": "x", "fileSize": 1}).status >= 400


@pytest.mark.parametrize(
    "title", ["a\r\nX-Evil: 1.txt", 'a"b;c.txt', "..", "../../etc/passwd", "\x1b[31m.txt", "CON"]
)
def test_a_hostile_title_is_listed_unchanged_and_adds_no_header(portal, call, title):
    file = portal.add_file(title, content=b"x")
    shown = call("GET", f"files/file/{file}").response
    result = call("GET", shown["viewUrl"].removeprefix(portal.origin))

    assert shown["title"] == title
    assert (result.status, result.body, result.headers["X-Evil"]) == (200, b"x", None)
    extended = f"filename*=UTF-8''{quote(title, safe='')}"
    assert result.headers["Content-Disposition"].endswith(extended)
