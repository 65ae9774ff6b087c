"""The errors of oocli: exit codes, code words, messages and hints."""

import importlib

import pytest

from oocli.model import errors
from oocli.model.errors import (
    Exit,
    OocliError,
    Remedy,
    SignInNeeded,
    UsageError,
    error_for_status,
)
from oocli.model.response import Response
from oocli.model.secret import Redactor

# The exit codes that `oocli help exit-codes` documents for scripts.
EXITS = {
    "DONE": 0, "FAILURE": 1, "USAGE": 2, "REDIRECT": 3, "SIGN_IN": 4, "PORTAL": 5, "FORBIDDEN": 6,
    "NOT_FOUND": 7, "REJECTED": 8, "RATE_LIMIT": 9, "CONNECTION": 10, "TIMEOUT": 11,
    "SOME_FAILED": 12, "HUNG_UP": 129, "INTERRUPTED": 130, "PIPE_CLOSED": 141, "TERMINATED": 143,
}  # fmt: skip
ERRORS = {
    "OocliError": (1, "failure"),
    "StorageError": (1, "storage"),
    "NoSecureStore": (1, "no_store"),
    "UsageError": (2, "usage"),
    "PageTooLarge": (2, "usage"),
    "ReservedParameter": (2, "usage"),
    "UnknownColumn": (2, "usage"),
    "NotConfirmed": (2, "not_confirmed"),
    "RedirectNotFollowed": (3, "redirect"),
    "SignInNeeded": (4, "sign_in"),
    "CodeRequired": (4, "code_required"),
    "WrongCode": (4, "wrong_code"),
    "PortalFailed": (5, "portal_failed"),
    "InvalidResponse": (5, "not_api"),
    "Forbidden": (6, "forbidden"),
    "PaymentRequired": (6, "payment"),
    "NotFound": (7, "not_found"),
    "Rejected": (8, "rejected"),
    "RateLimited": (9, "rate_limit"),
    "ConnectionFailed": (10, "connection"),
    "CertificateFailed": (10, "certificate"),
    "TimeoutExceeded": (11, "timeout"),
    "PartialFailure": (12, "some_failed"),
    "PipeClosed": (141, "pipe_closed"),
}


def family(of=OocliError):
    """Return a class and all its subclasses in oocli.model.errors."""
    children = [child for child in of.__subclasses__() if child.__module__ == errors.__name__]
    return [of, *(error for child in children for error in family(child))]


def test_exit_codes_never_change_meaning():
    assert {code.name: int(code) for code in Exit} == EXITS


def test_each_error_has_its_documented_exit_code_and_code_word():
    assert {error.__name__: (int(error.exit), error.code) for error in family()} == ERRORS


def test_an_error_of_another_module_has_the_exit_code_and_code_word_of_its_base():
    importlib.import_module("oocli.commands.hints")  # imports all modules that define errors
    refined = [
        (child, base)
        for base in family()
        for child in base.__subclasses__()
        if child.__module__ != errors.__name__
    ]

    assert refined
    for child, base in refined:
        assert (child.exit, child.code) == (base.exit, base.code), child


def test_the_tree_in_the_docstring_shows_each_error_with_its_codes():
    drawn = {}
    for line in errors.__doc__.splitlines():
        words = line.strip("│├└─ ").split()
        if len(words) >= 3 and words[1].isdigit():
            drawn[words[0]] = (int(words[1]), words[2])

    assert drawn == ERRORS


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (200, None), (201, None), (204, None), (206, None), (299, None), (304, None),
        (300, "RedirectNotFollowed"), (301, "RedirectNotFollowed"), (302, "RedirectNotFollowed"),
        (307, "RedirectNotFollowed"), (308, "RedirectNotFollowed"), (399, "RedirectNotFollowed"),
        (400, "Rejected"), (401, "SignInNeeded"), (402, "PaymentRequired"), (403, "Forbidden"),
        (404, "NotFound"), (405, "Rejected"), (407, "ConnectionFailed"), (408, "Rejected"),
        (409, "Rejected"), (410, "NotFound"), (413, "Rejected"), (415, "Rejected"),
        (418, "Rejected"), (422, "Rejected"), (429, "RateLimited"), (499, "Rejected"),
        (500, "PortalFailed"), (501, "PortalFailed"), (502, "PortalFailed"),
        (503, "PortalFailed"), (504, "PortalFailed"), (599, "PortalFailed"), (600, "PortalFailed"),
        (999, "PortalFailed"),
    ],
)  # fmt: skip
def test_each_status_has_its_error(status, name):
    found = error_for_status(status)

    assert (found.__name__ if found else None) == name


def test_the_text_of_an_error_has_request_portal_reason_and_status():
    answer = Response(404, "Not Found", (), b"")
    error = OocliError("no such user", answer=answer)

    assert str(error) == "no such user (404)"
    assert (
        str(error.add_context(portal="docs.example.com")) == "docs.example.com: no such user (404)"
    )
    assert str(error.add_context(method="GET", path="people/x")) == (
        "GET people/x on docs.example.com: no such user (404)"
    )


def test_added_context_does_not_replace_earlier_context():
    error = (
        OocliError("why").add_context(method="GET", path="a").add_context(method="PUT", portal="p")
    )

    assert str(error) == "GET a on p: why"


def test_the_text_of_an_error_is_one_line_with_control_characters_escaped():
    error = UsageError("a\r\nb\x1b[31m", hint="c\n\u202ed").add_context(method="GET", path="x\ny")

    found = error.as_dict()

    assert str(error) == "GET x y: a b\\u001b[31m"
    assert (found["message"], found["hint"]) == ("a b\\u001b[31m", "c \\u202ed")


def test_a_long_message_and_a_long_hint_are_shortened():
    error = OocliError("x" * 5000, hint="y" * 5000)

    found = error.as_dict()

    assert (len(found["message"]), len(found["hint"])) == (500, 500)


def test_the_text_of_an_error_contains_a_secret_unchanged_so_that_it_can_be_masked():
    redactor = Redactor()
    redactor.add("correct  horse\nbattery \x1bstaple")

    text = str(OocliError("x" * 2000 + "correct  horse\nbattery \x1bstaple"))

    assert redactor.mask(text) == "x" * 2000 + "***"


def test_a_secret_is_masked_before_the_message_is_shortened():
    redactor = Redactor()
    redactor.add("correct  horse battery staple")
    secret = "correct  horse battery staple"
    headers = (("X-Request-Id", secret),)
    error = OocliError("x" * 490 + secret, hint=secret, answer=Response(500, "", headers, b""))
    error.add_context(method="GET", path=f"a/{secret}", portal=f"{secret}.example.com")

    found = error.as_dict(redactor.mask)

    assert found["message"] == "x" * 490 + "***"
    assert (found["hint"], found["path"], found["portal"]) == ("***", "a/***", "***.example.com")
    assert "correct" not in str(found) and "staple" not in str(found)


def test_the_json_object_of_an_error_has_the_documented_keys():
    headers = (("X-Request-Id", "abc\x1b"),)
    error = SignInNeeded("no", hint="sign in", answer=Response(401, "", headers, b""))
    error.add_context(method="GET", path="people", portal="docs.example.com")

    assert error.as_dict() == {
        "code": "sign_in",
        "exit": 4,
        "status": 401,
        "message": "no",
        "hint": "sign in",
        "method": "GET",
        "path": "people",
        "portal": "docs.example.com",
        "request_id": "abc\\u001b",
    }


def test_an_error_without_context_has_null_for_status_and_request():
    found = OocliError("no").as_dict()

    assert {name for name, value in found.items() if value is None} == {
        "status", "hint", "method", "path", "portal", "request_id",
    }  # fmt: skip


def test_a_remedy_is_the_hint_unless_another_one_is_set():
    error = OocliError("too slow", remedy=Remedy.TIMEOUT)
    assert error.hint == "allow a longer timeout"

    error.hint = "wait"
    assert error.hint == "wait"


@pytest.mark.parametrize("remedy", Remedy)
def test_no_remedy_names_an_option_of_a_command(remedy):
    assert "--" not in remedy.value
