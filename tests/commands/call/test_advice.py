"""Hints after a refused call: the operation or the fields that were probably meant."""

from __future__ import annotations

import json
import shlex

import pytest


def hints_of(ran):
    """Return the hints of a run."""
    return [line for line in ran.stderr.splitlines() if line.startswith("hint: ")]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("GET poeple/@self", "did you mean: oocli call GET people/@self"),
        (
            "PUT people/42/status",
            "did you mean: oocli api PUT 'people/status/{status}'",
        ),
        ("POST files/folderops/move", "did you mean: oocli api PUT files/fileops/move"),
        ("PUT zzz/qqq", None),
    ],
)
def test_an_unknown_path_gets_the_nearest_operation_as_hint(portal, oocli, words, hint):
    method, path = words.split()
    portal.answers(method, path, status=404, body=b"")

    ran = oocli("call", method, path, signed_in_to=portal)

    assert ran.exit == 7
    if hint is None:
        assert not any("did you mean" in line for line in hints_of(ran))
    else:
        assert hints_of(ran)[-1] == f"hint: {hint}"


def test_a_proposed_path_is_quoted_as_one_word(portal, oocli):
    portal.answers("GET", "files/fyle/7;x$(y)", status=404, body=b"")

    ran = oocli("call", "GET", "files/fyle/7;x$(y)", signed_in_to=portal)

    (hint,) = hints_of(ran)
    assert len(shlex.split(hint[hint.index("oocli ") :])) == 4


def test_a_missing_user_gets_no_suggestion(either, oocli):
    ran = oocli("call", "GET", "people/nobody", signed_in_to=either)

    assert ran.exit == 7
    assert "did you mean" not in ran.stderr


def test_unknown_fields_are_named(portal, oocli):
    body = json.dumps({"error": {"message": "bad"}, "status": 1, "statusCode": 400}).encode()
    portal.answers("POST", "files/7/file", status=400, body=body)

    ran = oocli("call", "POST", "files/7/file", "-f", "titel=a", signed_in_to=portal)

    assert ran.exit != 0
    assert (
        "titel is not one of its fields (title is): oocli api POST files/7/file"
        in hints_of(ran)[-1]
    )


def test_a_successful_call_gets_no_hint(portal, oocli):
    portal.answers("POST", "files/folderops/move", body=b"{}")

    ran = oocli("call", "POST", "files/folderops/move", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"{}\n", "")


def test_missing_required_fields_are_named_for_docspace_operations(docspace, oocli):
    docspace.answers("POST", "settings/webhook", status=400, error="Bad")

    ran = oocli("call", "POST", "settings/webhook", signed_in_to=docspace)

    assert hints_of(ran) == ["hint: it needs name, uri: oocli api POST settings/webhook"]


def test_missing_fields_are_not_named_if_workspace_has_the_operation_too(portal, oocli):
    portal.answers("POST", "group", status=400, error="Bad")

    ran = oocli("call", "POST", "group", signed_in_to=portal)

    assert ran.stderr == f"oocli: POST group on {portal.host}: Bad (400)\n"


@pytest.mark.parametrize("status", [401, 403])
def test_an_operation_that_needs_a_browser_cookie_says_so(docspace, oocli, status):
    docspace.answers("GET", "clients", status=status, error="No")

    ran = oocli("call", "GET", "clients", signed_in_to=docspace)

    assert ran.exit != 0
    assert hints_of(ran) == [
        "hint: GET clients takes only the cookie of a browser, which oocli never sends"
    ]
