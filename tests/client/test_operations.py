"""When an operation is over, and whether it failed; commands/call/test_wait.py runs the program."""

from __future__ import annotations

import json

import pytest

from oocli.client.operations import Operation, OperationWaiter
from oocli.client.portal import PortalClient
from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.kinds import WORKSPACE
from oocli.model.response import Response
from oocli.transport.options import NullReporter


def operation(**facts):
    return Operation("1", {"id": "1", **facts}, "{}", 0, 2)


@pytest.mark.parametrize(
    ("facts", "over"),
    [
        ({"progress": 0, "finished": False}, False),
        ({"progress": 100, "finished": False}, False),  # the last step is still to come
        ({"progress": 100, "finished": True}, True),
        ({"progress": 50, "status": 1}, False),
        ({"progress": 50, "status": 2}, True),
        ({"progress": 50, "status": 4}, True),
    ],
)
def test_finished_or_a_final_status_ends_an_operation(facts, over):
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
def test_the_error_or_else_the_status_gives_the_reason_of_a_failure(facts, why):
    assert operation(**facts).failure == why


@pytest.mark.parametrize("key", ["operation", "Operation"])
def test_an_archive_whose_end_was_not_seen_has_failed(key):
    gone = operation(**{key: 3})
    gone.is_gone = True

    assert gone.is_over
    assert gone.failure == "another program received the address of the archive"


class ScriptedClient(PortalClient):
    """A client that receives these answers in turn, and the last one for every further request."""

    def __init__(self, *answers):
        super().__init__(PortalAddress.parse("https://docs.example.com"), kind=WORKSPACE)
        self.answers = list(answers)

    def send(self, request, **_):
        body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        raw = body if isinstance(body, bytes) else json.dumps({"response": body}).encode()
        return Envelope(request, Response(200, "OK", (("Content-Type", "application/json"),), raw))


class RecordingReporter(NullReporter):
    """Keeps every percentage that is reported."""

    def __init__(self):
        self.percents = []

    def progress(self, done, total, unit):
        self.percents.append(done)


def waited(*answers):
    """Wait for operations, given the answers to the call and to each poll after it.

    Return the final envelope, the failure and the reported percentages.
    """
    portal, reporter = ScriptedClient([], *answers), RecordingReporter()
    request = portal.request("PUT", "files/fileops/copy")
    waiter = OperationWaiter(portal, request, reporter, sleep=lambda _: None)
    final, failure = waiter.finish(portal.send(request))
    return final, failure, reporter.percents


@pytest.mark.parametrize("progress", ["1e999", "-1e999", "9" * 4000, "9" * 5000, '"half"', "null"])
def test_a_progress_that_is_no_percentage_is_no_failure(progress):
    begun = b'{"response":[{"id":"1","operation":1,"progress":%s}]}' % progress.encode()
    ended = [{"id": "1", "operation": 1, "progress": 100, "finished": True}]

    final, failure, percents = waited(begun, begun, ended)

    assert (failure, final.response) == (None, ended)
    assert all(0 <= percent <= 100 for percent in percents)


def test_an_infinite_progress_does_not_end_the_wait():
    begun = b'{"response":[{"id":"1","operation":1,"progress":1e999}]}'
    ended = [{"id": "1", "operation": 1, "progress": 100, "finished": True, "processed": "1"}]

    final, _, _ = waited(begun, begun, begun, begun, ended)

    assert final.response == ended


def test_an_operation_that_is_listed_twice_ends_in_both_places():
    begun = {"id": "1", "operation": 1, "progress": 0, "finished": False}
    ended = begun | {"progress": 100, "finished": True}

    final, failure, _ = waited([begun, begun], [begun, ended])

    assert (failure, final.response) == (None, [ended, ended])


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_a_final_state_listed_beside_an_older_state_counts(places):
    begun = {"id": "1", "operation": 1, "progress": 0, "finished": False}
    both = [begun, begun | {"progress": 100, "finished": True, "error": "no room"}]

    final, failure, _ = waited([begun], [both[place] for place in places], [])

    assert failure.why == "no room"
    assert final.response == [both[1]]


def test_operations_of_different_types_with_the_same_id_are_separate():
    copy = {"id": "1", "operation": 1, "progress": 0, "finished": False}
    move = {"id": "1", "operation": 0, "progress": 0, "finished": False}
    ended = [begun | {"progress": 100, "finished": True} for begun in (copy, move)]

    final, failure, _ = waited([copy, move], [ended[0], move], [ended[1]])

    assert (failure, final.response) == (None, ended)
