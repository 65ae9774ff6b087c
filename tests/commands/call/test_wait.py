"""`oocli call --wait` for file operations, on both kinds of portal."""

from __future__ import annotations

import json

import pytest

from tests.portal import faults


@pytest.fixture
def copying(either):
    """The words of a call that copies a file into another folder."""
    folder, file = either.add_folder("target"), either.add_file("a.txt")
    body = json.dumps({"fileIds": [file], "destFolderId": folder})
    return ("call", "PUT", "files/fileops/copy", "-d", body)


def polls(portal):
    return [seen for seen in portal.requests if seen.method == "GET"]


def test_a_call_returns_when_its_operation_has_ended(either, oocli, copying):
    either.operation_steps = 3

    ran = oocli(*copying, "--wait", signed_in_to=either)

    (operation,) = ran.json["response"]
    assert (ran.exit, ran.stderr) == (0, "")
    assert (operation["finished"], operation["progress"]) == (True, 100)
    assert [file["title"] for file in operation["files"]] == ["a.txt"]
    assert len(polls(either)) == 4  # one before the call, then one for each step


def test_the_answer_has_the_shape_of_the_call_without_waiting(either, oocli, copying):
    waited = oocli(*copying, "--wait", signed_in_to=either)
    plain = oocli(*copying, signed_in_to=either)

    assert list(waited.json) == list(plain.json)
    assert list(waited.json["response"][0])[:3] == list(plain.json["response"][0])[:3]


def test_an_operation_that_fails_is_exit_8_with_its_reason_and_its_state(either, oocli, copying):
    either.fail_next_operation("the disk is full")

    ran = oocli(*copying, "--wait", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["error"]) == (8, "the disk is full")
    assert ran.stderr == (
        f"oocli: PUT files/fileops/copy on {either.host}: the disk is full (200)\n"
    )


def test_a_failed_operation_is_forgiven_with_no_fail(either, oocli, copying):
    either.fail_next_operation("the disk is full")

    ran = oocli(*copying, "--wait", "--no-fail", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["error"]) == (0, "the disk is full")


def test_an_operation_whose_end_another_program_received_counts_as_finished(either, oocli, copying):
    words = json.loads(copying[-1]) | {"deleteAfter": True}  # then no answer reports its end

    ran = oocli(*copying[:-1], json.dumps(words), "--wait", signed_in_to=either)

    (operation,) = ran.json["response"]
    assert (ran.exit, ran.stderr) == (0, "")
    assert (operation["finished"], operation["progress"]) == (True, 100)


def test_an_archive_whose_address_is_lost_is_a_failure(either, oocli):
    file = either.add_file("a.txt")
    body = json.dumps({"fileIds": [file], "deleteAfter": True})
    call = ("call", "PUT", "files/fileops/bulkdownload", "-d", body, "--wait")
    gone = [{"id": "1", "operation": 3, "progress": 0, "error": "", "finished": False}]
    either.answers("PUT", "files/fileops/bulkdownload", response=gone)

    ran = oocli(*call, signed_in_to=either)

    assert ran.exit == 8
    assert "another program received the address of the archive (200)" in ran.stderr


def test_the_address_of_an_archive_is_in_the_answer(either, oocli):
    body = json.dumps({"fileIds": [either.add_file("a.txt")]})
    call = ("call", "PUT", "files/fileops/bulkdownload", "-d", body, "--wait")

    ran = oocli(*call, "--jq", ".response[0].url", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert "action=bulk" in ran.stdout.decode()


def test_older_operations_are_not_waited_for(either, oocli, copying):
    either.operation_steps = 100
    oocli(*copying, signed_in_to=either)
    either.operation_steps = 2

    ran = oocli(*copying, "--wait", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert sorted(operation["finished"] for operation in ran.json["response"]) == [False, True]


def test_wait_timeout_ends_the_wait(either, oocli, copying):
    either.operation_steps = 1000

    ran = oocli(*copying, "--wait-timeout", "0.5", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["finished"]) == (11, False)
    assert ran.stderr == (
        f"oocli: PUT files/fileops/copy on {either.host}: the operation did not end within "
        "0.5 s\nhint: it is still running; check it with: oocli call GET files/fileops\n"
    )


@pytest.mark.parametrize("hangs", [False, True])
def test_max_time_ends_the_wait(either, oocli, copying, hangs):
    either.operation_steps = 1000
    if hangs:  # the poll that is in flight when the time is over
        either.order("GET", "files/fileops", faults.Delay(0))
        either.order("GET", "files/fileops", faults.Hang(), times=None)

    ran = oocli(*copying, "--wait", "--max-time", "2", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["finished"]) == (11, False)
    assert ran.stderr == (
        f"oocli: PUT files/fileops/copy on {either.host}: the operation did not end within "
        "2 s\nhint: it is still running; check it with: oocli call GET files/fileops\n"
    )
    moments = [seen.at for seen in either.requests]
    assert moments[-1] - moments[0] < 2


def test_a_session_that_ends_during_the_wait_is_a_failure(either, oocli, copying):
    empty = faults.Delay(0, None)
    either.order("GET", "files/fileops", empty)  # the poll before the call
    either.answers("GET", "files/fileops", response=[])
    either.answers("GET", "people/@self", status=401, body=b"")

    ran = oocli(*copying, "--wait", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["finished"]) == (4, False)
    assert "was refused" in ran.stderr


def test_a_poll_that_fails_is_reported_after_the_last_state(either, oocli, copying):
    either.order("GET", "files/fileops", faults.Delay(0, None))
    either.answers("GET", "files/fileops", status=500, error="no more")

    ran = oocli(*copying, "--wait", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["finished"]) == (5, False)
    assert ran.stderr.startswith(f"oocli: GET files/fileops on {either.host}: no more (500)")


@pytest.mark.parametrize("path", ["people/@self", "files/@my"])
def test_an_answer_that_is_not_an_operation_is_printed_at_once(either, oocli, path):
    ran = oocli("call", "GET", path, "--wait", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, either.last_body + b"\n", "")
    assert len(either.requests) == 1


def test_a_call_that_fails_is_not_waited_for(either, oocli):
    body = json.dumps({"fileIds": [987654], "destFolderId": either.folder_id()})

    ran = oocli("call", "PUT", "files/fileops/copy", "-d", body, "--wait", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (
        {"workspace": 6, "docspace": 7}[either.kind],
        either.last_body + b"\n",
    )
    assert len(polls(either)) == 1


def test_deleting_a_file_can_be_waited_for(either, oocli):
    file = either.add_file("a.txt")

    ran = oocli("call", "DELETE", f"files/file/{file}", "--yes", "--wait", signed_in_to=either)

    assert (ran.exit, ran.json["response"][0]["finished"], ran.stderr) == (0, True, "")
    assert "a.txt" not in either.titles()


@pytest.mark.parametrize("seconds", ["0", "-1"])
def test_an_invalid_wait_timeout_is_refused(portal, oocli, seconds):
    ran = oocli("call", "GET", "x", f"--wait-timeout={seconds}", signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert ran.stderr == (
        f"oocli: Invalid value for '--wait-timeout': '{seconds}' is not a number of seconds above "
        "0 and below 10,000,000\nhint: oocli call -h\n"
    )
