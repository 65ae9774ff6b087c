"""Requests and their headers, and the headers of answers."""

import pytest

from oocli.model.address import PortalAddress
from oocli.model.errors import UsageError
from oocli.model.kinds import WORKSPACE
from oocli.model.request import Request, RequestTarget, check_header
from oocli.model.response import Response

PORTAL = PortalAddress.parse("docs.example.com")


@pytest.mark.parametrize(
    ("method", "safe"),
    [("GET", True), ("HEAD", True), ("POST", False), ("PUT", False), ("DELETE", False),
     ("PATCH", False), ("OPTIONS", False)],
)  # fmt: skip
def test_only_get_and_head_are_safe(method, safe):
    assert Request(method, RequestTarget.parse("people", PORTAL, WORKSPACE)).is_safe is safe


def test_the_line_of_a_request_has_the_method_and_the_short_path():
    request = Request(
        "GET", RequestTarget.parse("/api/2.0/people/@self.json?x=1", PORTAL, WORKSPACE)
    )

    assert request.line == "GET people/@self"


def test_headers_are_found_in_lower_case_and_repeated_ones_are_joined():
    answer = Response(200, "OK", (("X-One", "a"), ("Allow", "GET"), ("x-one", "b")), b"")

    assert answer.headers == {"x-one": "a, b", "allow": "GET"}
    assert answer.header_list[0] == ("X-One", "a")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("Application/JSON", "application/json"),
        (" text/html ;x", "text/html"),
        (";", ""),
        ("", ""),
    ],
)
def test_the_content_type_is_the_media_type_alone(value, kind):
    assert Response(200, "", (("Content-Type", value),), b"").content_type == kind


def test_an_answer_without_a_content_type_has_an_empty_one():
    assert Response(200, "", (), b"").content_type == ""


@pytest.mark.parametrize(
    ("value", "attachment"),
    [("attachment; filename=a", True), ("ATTACHMENT", True), ("inline", False), ("", False)],
)
def test_an_attachment_is_recognized_by_its_content_disposition(value, attachment):
    assert Response(200, "", (("Content-Disposition", value),), b"").is_attachment is attachment


def test_with_body_changes_only_the_body_of_an_answer():
    answer = Response(404, "Not Found", (("A", "b"),), b"", "https://x/", 1.5)

    assert answer.with_body(b"x") == Response(
        404, "Not Found", (("A", "b"),), b"x", "https://x/", 1.5
    )


@pytest.mark.parametrize("name", ["Authorization", "COOKIE", "cookie", "Host", "Origin", "referer"])
def test_headers_that_oocli_sets_itself_are_refused_in_any_case(name):
    with pytest.raises(UsageError, match=rf"^here: {name} cannot be set: "):
        check_header(name, "x", "here")


@pytest.mark.parametrize(
    ("name", "value"),
    [("", "x"), ("A B", "x"), ("A:", "x"), ("A\r\nB", "x"), ("ж", "x"),
     ("A", "x\r\nB: y"), ("A", "x\x00"), ("A", "ж")],
)  # fmt: skip
def test_a_header_that_http_does_not_allow_is_refused(name, value):
    with pytest.raises(UsageError, match=r"^here: "):
        check_header(name, value, "here")


@pytest.mark.parametrize(("name", "value"), [("X-Own", "a b\tc"), ("Accept-Language", "")])
def test_other_headers_are_accepted(name, value):
    check_header(name, value, "here")
