"""The rules by which operations are watched; the way through the program: test_call_wait.py."""

from __future__ import annotations

import pytest

from oocli.core.operations import Operation


def operation(**facts):
    return Operation("1", {"id": "1", **facts}, "{}", 0, 2)


@pytest.mark.parametrize(
    ("facts", "over"),
    [
        ({"progress": 0, "finished": False}, False),
        ({"progress": 100, "finished": False}, False),  # a moment before the end
        ({"progress": 100, "finished": True}, True),
        ({"progress": 50, "status": 1}, False),
        ({"progress": 50, "status": 2}, True),
        ({"progress": 50, "status": 4}, True),
    ],
)
def test_an_operation_is_over_when_the_portal_says_so(facts, over):
    assert operation(**facts).is_over is over


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"error": ""}, None),
        ({"error": None}, None),
        ({}, None),
        ({"error": "no room", "status": 4}, "no room"),
        ({"error": "", "status": 4}, "the operation failed"),
        ({"error": "", "status": 3}, "canceled"),
        ({"error": "", "status": 2}, None),
    ],
)
def test_a_failure_is_told_by_the_error_or_the_status(facts, why):
    assert operation(**facts).failure == why


@pytest.mark.parametrize("key", ["operation", "Operation"])
def test_the_end_of_an_archive_that_nobody_saw_is_a_failure(key):
    gone = operation(**{key: 3})
    gone.is_gone = True

    assert gone.is_over
    assert gone.failure == "somebody else was told the address of the archive"
