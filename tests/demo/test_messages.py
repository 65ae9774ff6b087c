"""The paths, queries and cookies of requests, and contents that are generated when read."""

import pytest

from oocli.demo.messages import Request, chunks, plain_path
from tests.portal.bodies import BodySlice, GeneratedBytes


@pytest.mark.parametrize(
    ("target", "plain"),
    [
        ("/api/2.0/People/@self.json?x=1", "people/@self"),
        ("people/%40self", "people/@self"),
        ("/Auth.aspx?t=logout", "auth.aspx"),
        ("/api/2.0/people/", "people"),
        ("*", "*"),
    ],
)
def test_the_plain_path_is_the_same_for_every_spelling(target, plain):
    assert plain_path(target) == plain


def test_a_generated_content_is_the_same_however_it_is_read():
    content = GeneratedBytes(100_000, "seed")
    whole = bytes(content)

    assert len(content) == len(whole) == 100_000
    assert b"".join(chunks(content, 777)) == whole
    assert content[5000:70_001] == whole[5000:70_001]
    assert content[99_990:200_000] == whole[99_990:]
    assert bytes(BodySlice(content, 10, 50)) == whole[10:50]
    assert BodySlice(content, 10, 50)[35:99] == whole[45:50]
    assert bytes(GeneratedBytes(10, "other")) != whole[:10]


def test_segments_of_a_path_are_split_before_they_are_unescaped():
    request = Request("GET", "/api/2.0/files/drive-1-%7Ca%2Fb/?count=1", ())

    assert request.segments == ("api", "2.0", "files", "drive-1-|a/b")
    assert request.query == (("count", "1"),)


def test_cookies_are_unescaped_and_the_first_of_a_name_counts():
    request = Request("GET", "/", (("Cookie", "a=1%2B; b=2=3; a=9"),))

    assert request.cookies == {"a": "1+", "b": "2=3"}
