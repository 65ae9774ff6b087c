"""The reverse proxy compresses whole text files if the client accepts that."""

import gzip

import pytest

TEXT = b"0123456789" * 100


@pytest.fixture
def fetch(portal, ask):
    def fetch(title, content, method="GET", **headers):
        file = portal.add_file(title, content=content)
        token = portal.issue_token()
        url = ask(portal, "GET", f"files/file/{file}", token=token).response["viewUrl"]
        path = url.removeprefix(portal.origin)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(portal, method, path, token=token, headers=named)

    return fetch


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate", "br, gzip;q=0.5"])
def test_a_text_is_compressed_and_has_neither_length_nor_ranges(fetch, accepted):
    result = fetch("a.txt", TEXT, Accept_Encoding=accepted)

    assert (result.status, result.headers["Content-Encoding"]) == (200, "gzip")
    for name in ("Content-Length", "Accept-Ranges", "ETag"):
        assert result.headers[name] is None
    assert gzip.decompress(result.body) == TEXT


@pytest.mark.parametrize(
    ("title", "content", "headers"),
    [
        ("a.txt", TEXT, {"Accept_Encoding": "identity"}),
        ("a.txt", TEXT, {"Accept_Encoding": "gzip;q=0"}),
        ("a.txt", TEXT[1:], {"Accept_Encoding": "gzip"}),
        ("a.png", TEXT, {"Accept_Encoding": "gzip"}),
    ],
)
def test_a_file_that_is_not_compressed_has_its_length(fetch, title, content, headers):
    result = fetch(title, content, **headers)

    assert result.headers["Content-Encoding"] is None
    assert (result.headers["Content-Length"], result.body) == (str(len(content)), content)


def test_ranges_and_answers_to_head_are_never_compressed(fetch):
    part = fetch("a.txt", TEXT * 3, Accept_Encoding="gzip", Range="bytes=10-1999")
    head = fetch("a.txt", TEXT, "HEAD", Accept_Encoding="gzip")

    assert (part.status, part.body) == (206, (TEXT * 3)[10:2000])
    assert head.headers["Content-Length"] == "1000"
