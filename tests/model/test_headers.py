"""Headers that a user gives."""

from __future__ import annotations

import pytest

from oocli.model.errors import UsageError
from oocli.model.headers import check_header


@pytest.mark.parametrize("name", ["Authorization", "COOKIE", "cookie", "Host", "Origin", "referer"])
def test_what_is_not_theirs_to_set_is_refused_in_any_case(name):
    with pytest.raises(UsageError, match=rf"^here: {name} cannot be given by hand: "):
        check_header(name, "x", "here")


@pytest.mark.parametrize(
    ("name", "value"),
    [("", "x"), ("A B", "x"), ("A:", "x"), ("A\r\nB", "x"), ("ж", "x"),
     ("A", "x\r\nB: y"), ("A", "x\x00"), ("A", "ж")],
)  # fmt: skip
def test_what_http_does_not_let_through_is_refused(name, value):
    with pytest.raises(UsageError, match=r"^here: "):
        check_header(name, value, "here")


@pytest.mark.parametrize(("name", "value"), [("X-Own", "a b\tc"), ("Accept-Language", "")])
def test_other_headers_pass(name, value):
    check_header(name, value, "here")
