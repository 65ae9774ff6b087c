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

# The table of `oocli help exit-codes`, as promised to scripts.
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
    """Return a class and its subclasses in the module of errors."""
    children = [child for child in of.__subclasses__() if child.__module__ == errors.__name__]
    return [of, *(error for child in children for error in family(child))]


def test_exit_codes_never_change_meaning():
    assert {code.name: int(code) for code in Exit} == EXITS


def test_each_error_has_its_exit_code_and_its_own_word():
    assert {error.__name__: (int(error.exit), error.code) for error in family()} == ERRORS


def test_no_two_errors_share_a_word():
    # These carry facts for a command, which tells them as any other usage error.
    facts = (errors.PageTooLarge, errors.ReservedParameter, errors.UnknownColumn)
    words = [error.code for error in family() if error not in facts]

    assert len(set(words)) == len(words)


def test_an_error_of_another_module_is_told_to_scripts_as_the_one_that_it_refines():
    importlib.import_module("oocli.commands.hints")  # knows all that carry facts for a command
    refined = [
        (child, base)
        for base in family()
        for child in base.__subclasses__()
        if child.__module__ != errors.__name__
    ]

    assert refined
    for child, base in refined:
        assert (child.exit, child.code) == (base.exit, base.code), child


def test_the_drawing_of_the_family_shows_each_error_with_its_code():
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
def test_a_status_means_one_error(status, name):
    found = error_for_status(status)

    assert (found.__name__ if found else None) == name


def test_an_error_tells_what_failed_why_and_the_status():
    answer = Response(404, "Not Found", (), b"")
    error = OocliError("no such user", answer=answer)

    assert str(error) == "no such user (404)"
    assert (
        str(error.add_context(portal="docs.example.com")) == "docs.example.com: no such user (404)"
    )
    assert str(error.add_context(method="GET", path="people/x")) == (
        "GET people/x on docs.example.com: no such user (404)"
    )


def test_the_first_word_on_what_an_error_is_about_stands():
    error = (
        OocliError("why").add_context(method="GET", path="a").add_context(method="PUT", portal="p")
    )

    assert str(error) == "GET a on p: why"


def test_a_text_from_a_portal_is_one_harmless_line_in_an_error():
    error = UsageError("a\r\nb\x1b[31m", hint="c\n\u202ed").add_context(method="GET", path="x\ny")

    found = error.as_dict()

    assert str(error) == "GET x y: a b\\u001b[31m"
    assert (found["message"], found["hint"]) == ("a b\\u001b[31m", "c \\u202ed")


def test_a_long_text_is_shortened_where_it_is_shown():
    error = OocliError("x" * 5000, hint="y" * 5000)

    found = error.as_dict()

    assert (len(found["message"]), len(found["hint"])) == (500, 500)


def test_a_secret_in_the_line_of_a_trace_is_still_whole():
    redactor = Redactor()
    redactor.add("correct  horse\nbattery \x1bstaple")

    text = str(OocliError("x" * 2000 + "correct  horse\nbattery \x1bstaple"))

    assert redactor.mask(text) == "x" * 2000 + "***"


def test_a_secret_that_would_be_cut_in_two_is_masked_before():
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


def test_the_object_of_an_error_has_the_keys_that_scripts_know():
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


def test_an_error_without_an_answer_has_no_status_and_no_request():
    found = OocliError("no").as_dict()

    assert {name for name, value in found.items() if value is None} == {
        "status", "hint", "method", "path", "portal", "request_id",
    }  # fmt: skip


def test_a_remedy_is_the_hint_unless_there_is_a_better_one():
    error = OocliError("too slow", remedy=Remedy.TIMEOUT)
    assert error.hint == "allow a longer timeout"

    error.hint = "wait"
    assert error.hint == "wait"


@pytest.mark.parametrize("remedy", Remedy)
def test_no_remedy_names_an_option_of_a_command(remedy):
    assert "--" not in remedy.value
