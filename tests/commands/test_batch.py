"""`oocli batch`: input, output, limits, interruptions and resumed runs."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.commands.batch import _lines as lines_of
from tests.portal import faults
from tests.waiting import until


def ndjson(*lines):
    return "".join(json.dumps(line) + "\n" for line in lines)


def people(count):
    calls = (
        {"method": "GET", "path": "people/@self", "params": {"n": n}, "id": f"call {n}"}
        for n in range(count)
    )
    return ndjson(*calls)


def answers(ran):
    return [json.loads(line) for line in ran.stdout.splitlines()]


def new_folders(portal, count):
    """Return lines that must not run twice: each creates a folder."""
    path = f"files/folder/{portal.folder_id()}"
    return [{"method": "POST", "path": path, "body": {"title": f"t{n}"}} for n in range(count)]


def requested_titles(portal):
    """Return the titles of the folders that were requested, in order of arrival."""
    return [json.loads(seen.body)["title"] for seen in portal.requests if seen.method == "POST"]


# Input and output


def test_output_lines_are_in_the_order_of_the_input_lines(either, oocli, tmp_path):
    (tmp_path / "calls.ndjson").write_text(people(200))

    ran = oocli("batch", "calls.ndjson", signed_in_to=either)

    found = answers(ran)
    assert (ran.exit, ran.stderr) == (0, "")
    assert [answer["index"] for answer in found] == list(range(200))
    assert [answer["id"] for answer in found] == [f"call {n}" for n in range(200)]
    assert {answer["status"] for answer in found} == {200}
    assert {answer["envelope"]["response"]["email"] for answer in found} == {either.user}


def test_an_output_line_holds_the_portals_own_text_on_one_line(either, oocli):
    inside = '"response": {"n": 1.500, "t": "a\\nb ж", "id": 1234567890123456789}'
    text = f'{{\n  "count": 1,\r\n  {inside}\n}}\n'
    either.answers("GET", "x", body=text.encode(), headers=[("Content-Type", "application/json")])

    ran = oocli("batch", "-", stdin='{"id":1.0,"method":"get","path":"x"}', signed_in_to=either)

    one_line = f'{{  "count": 1,  {inside}}}'
    expected = f'{{"index":0,"id":1.0,"status":200,"envelope":{one_line}}}\n'
    assert (ran.exit, ran.stdout.decode(), ran.stderr) == (0, expected, "")


def test_params_headers_and_body_arrive_as_written(either, oocli):
    line = (
        '{"method":"PUT","path":"/api/2.0/x?a=1","params":{"n":1.50,"b":true,"l":["x y","z"]},'
        '"headers":{"X-Own":"v"},"body":{"n":1.50,"t":"ж"}}'
    )
    either.answers("PUT", "x", response="done")

    ran = oocli("batch", "-", stdin=line, signed_in_to=either)

    (seen,) = either.requests
    assert (ran.exit, ran.stderr) == (0, "")
    assert seen.target.endswith("/x?a=1&n=1.50&b=true&l=x%20y&l=z")
    assert seen.body.decode() == '{"n":1.50,"t":"ж"}'
    assert (seen.header("X-Own"), seen.header("Content-Type")) == ("v", "application/json")


def test_a_failed_call_has_an_error_beside_its_answer_and_the_run_exits_with_12(either, oocli):
    lines = ndjson({"method": "GET", "path": "people/nobody"}, {"method": "GET", "path": "people"})

    ran = oocli("batch", stdin=lines, signed_in_to=either)

    bad, good = answers(ran)
    assert ran.exit == 12
    assert (
        ran.stderr
        == "oocli: batch: 1 of 2 calls failed\nhint: their output lines have an `error` key\n"
    )
    assert (bad["index"], bad["id"], bad["status"]) == (0, None, 404)
    assert bad["error"] == {
        "code": "not_found", "exit": 7, "status": 404, "message": bad["error"]["message"],
        "hint": None, "method": "GET", "path": "people/nobody", "portal": either.host,
        "request_id": None,
    }  # fmt: skip
    assert bad["envelope"]["error"]["message"] == bad["error"]["message"]
    assert (good["status"], "error" in good) == (200, False)


def test_a_call_without_an_answer_has_no_status(either, oocli):
    either.order("POST", "x", faults.DropBeforeAnswer(), times=None)

    ran = oocli("batch", stdin=ndjson({"method": "POST", "path": "x"}), signed_in_to=either)

    (found,) = answers(ran)
    assert (ran.exit, found["error"]["code"], found["error"]["exit"]) == (12, "connection", 10)
    assert set(found) == {"index", "id", "error"}
    assert len(either.requests) == 1


@pytest.mark.parametrize(
    ("fault", "members"),
    [
        (faults.Html(502), {"body"}),
        (faults.Empty(500), set()),
        (faults.Response(500, b"\xff\xfe", (("Content-Type", "image/png"),)), {"body_base64"}),
    ],
)
def test_an_answer_that_is_not_json_is_in_body_and_the_envelope_is_null(
    either, oocli, fault, members
):
    either.order("GET", "x", fault, times=None)
    lines = ndjson({"method": "GET", "path": "x"})

    ran = oocli("batch", "--retry", "0", stdin=lines, signed_in_to=either)

    (found,) = answers(ran)
    assert (ran.exit, found["envelope"], found["error"]["exit"]) == (12, None, 5)
    assert set(found) == {"index", "id", "status", "envelope", "error"} | members


def test_connections_are_reused(either, oocli):
    ran = oocli("batch", "--parallel", "3", stdin=people(60), signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert either.connections <= 3


# Refused input


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"method":"GET"', "line 2 is not JSON"),
        ("[1]", "line 2 is not a JSON object"),
        ('{"method":"GET"}', "line 2: path is not a text"),
        ('{"path":"x"}', "line 2: method is not one of"),
        ('{"method":"GET","path":"x","parms":{}}', "line 2: 'parms' is not one of"),
        ('{"method":"GET","path":"x","path":"y"}', "line 2: path is given twice"),
        ('{"method":"GET","path":"x","params":{"a":{}}}', "line 2: params 'a' is not a text"),
        ('{"method":"GET","path":"../x"}', "line 2: ../x: `.` and `..` are not allowed"),
        ('{"method":"GET","path":"https://evil.example/x"}', "line 2: https://evil.example/x"),
        ('{"method":"GET","path":"x","headers":{"Cookie":"a=b"}}', "line 2: headers: Cookie"),
        (
            '{"method":"GET","path":"x","headers":{"X":"a\\r\\nB: c"}}',
            "line 2: headers: X contains",
        ),
    ],
)
def test_the_whole_file_is_checked_before_anything_is_sent(either, oocli, tmp_path, line, why):
    (tmp_path / "calls.ndjson").write_text(people(1) + line + "\n")

    ran = oocli("batch", "calls.ndjson", signed_in_to=either)

    assert (ran.exit, ran.stdout, either.requests) == (2, b"", [])
    assert ran.stderr.startswith(f"oocli: {why}")


def test_a_malformed_line_in_a_pipe_stops_the_run_after_the_lines_before_it(either, oocli):
    lines = people(3) + "{oops\n" + people(2)

    ran = oocli("batch", "-", stdin=lines, signed_in_to=either)

    assert (ran.exit, len(answers(ran)), len(either.requests)) == (2, 3, 3)
    assert ran.stderr.startswith("oocli: line 4 is not JSON")


def test_lines_from_a_pipe_run_as_they_arrive(either, start):
    child = start("batch", "-", stdin=subprocess.PIPE, signed_in_to=either)

    child.stdin.write(people(1).encode())
    child.stdin.flush()
    first = child.stdout.readline()  # while the pipe is open and nothing follows
    child.stdin.close()

    assert json.loads(first)["index"] == 0
    assert child.wait(30) == 0


def test_empty_lines_are_skipped(either, oocli):
    ran = oocli("batch", stdin="\n" + people(1) + "  \n\r\n" + people(1), signed_in_to=either)

    assert (ran.exit, [answer["index"] for answer in answers(ran)]) == (0, [0, 1])


def test_empty_input_succeeds(either, oocli):
    ran = oocli("batch", "-", stdin="", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


def test_a_delete_needs_confirmation_before_anything_is_sent(either, oocli, tmp_path):
    file = either.add_file("a.txt")
    delete = ndjson({"method": "DELETE", "path": f"files/file/{file}"})
    (tmp_path / "calls.ndjson").write_text(people(1) + delete)

    refused = oocli("batch", "calls.ndjson", signed_in_to=either)
    asked_before = len(either.requests)
    confirmed = oocli("batch", "calls.ndjson", "--yes", signed_in_to=either)

    assert (refused.exit, refused.stdout, asked_before) == (2, b"", 0)
    assert refused.stderr == (
        f"oocli: 1 DELETE line on {either.host} must be confirmed\nhint: confirm with --yes\n"
    )
    assert (confirmed.exit, len(answers(confirmed))) == (0, 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--parallel", "0"], "'--parallel': 0 is not in the range 1<=x<=45."),
        (["--parallel", "46"], "'--parallel': 46 is not in the range 1<=x<=45."),
        (["--rate", "fast"], "'--rate': 'fast' is not of the form N/s, such as 5/s"),
        (["--rate", "0/s"], "'--rate': '0/s' is not of the form N/s, such as 5/s"),
    ],
)
def test_an_invalid_limit_is_refused(portal, oocli, words, why):
    ran = oocli("batch", *words, stdin=people(1), signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == f"oocli: Invalid value for {why}\nhint: oocli batch -h\n"


# Limits


def most_in_flight(portal, oocli, method, most, parallel):
    """Run slow calls; return the largest number that was in flight at once."""
    portal.order(method, "x", faults.Delay(0.4, faults.Response(500)), times=None)
    lines = ndjson(*[{"method": method, "path": "x"}] * most * 2)
    oocli("batch", "--parallel", str(parallel), "--retry", "0", stdin=lines, signed_in_to=portal)
    times = sorted(seen.at for seen in portal.requests)
    return max(sum(start <= at < start + 0.39 for at in times) for start in times)


def test_eight_calls_are_in_flight_at_once(portal, oocli):
    assert most_in_flight(portal, oocli, "GET", most=8, parallel=8) == 8


def test_at_most_twelve_writes_are_in_flight_at_once(portal, oocli):
    assert most_in_flight(portal, oocli, "POST", most=12, parallel=20) == 12


def test_rate_spreads_the_calls_over_time(portal, oocli):
    ran = oocli("batch", "--rate", "20/s", stdin=people(11), signed_in_to=portal)

    times = [seen.at for seen in portal.requests]
    assert (ran.exit, ran.stderr) == (0, "")
    assert max(times) - min(times) >= 0.4


def test_a_429_for_one_call_pauses_all_calls(portal, oocli):
    portal.order("GET", "limited", faults.RateLimited(retry_after="2"))
    lines = ndjson({"method": "GET", "path": "limited"}) + people(30)

    oocli("batch", "--parallel", "1", stdin=lines, signed_in_to=portal)

    first = portal.requests[0].at
    early = [seen for seen in portal.requests if seen.at < first + 1.9]
    # Calls in flight are not cancelled.
    assert 1 <= len(early) <= 3
    assert len(portal.requests) == 32


# Interruptions


def test_stop_on_error_sends_no_further_calls(either, oocli, tmp_path):
    lines = people(3) + ndjson({"method": "GET", "path": "people/nobody"}) + people(30)
    (tmp_path / "calls.ndjson").write_text(lines)

    ran = oocli("batch", "calls.ndjson", "--stop-on-error", "--parallel", "1", signed_in_to=either)

    found = answers(ran)
    assert (ran.exit, found[3]["status"], len(found)) == (12, 404, len(either.requests))
    assert len(found) < 10
    assert ran.stderr.startswith(
        f"oocli: batch: 1 of {len(found)} calls failed, {34 - len(found)} more were not sent\n"
    )


@pytest.mark.posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_prints_finished_lines_and_sends_nothing_more(either, start, number, code):
    either.order("GET", "slow", faults.Hang(), times=None)
    calls = people(2) + ndjson({"method": "GET", "path": "slow"}) + people(5)
    child = start("batch", "-", "--parallel", "2", stdin=subprocess.PIPE, signed_in_to=either)
    child.stdin.write(calls.encode())
    child.stdin.flush()
    until(lambda: len(either.requests) == 8)

    child.send_signal(number)
    out, err = child.communicate(timeout=30)

    indexes = [json.loads(line)["index"] for line in out.splitlines()]
    assert (child.returncode, err) == (code, b"")
    assert indexes[:3] == [0, 1, 2]
    assert indexes == sorted(set(indexes))
    hanging = json.loads(out.splitlines()[2])
    assert hanging["error"]["message"] == "the run was stopped before the answer came"


@pytest.mark.posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_reports_each_line_that_was_sent(portal, start, tmp_path, number, code):
    portal.order("POST", "*", faults.Hang(), times=None)
    (tmp_path / "calls.ndjson").write_text(ndjson(*new_folders(portal, 20)))
    child = start("batch", "calls.ndjson", signed_in_to=portal)
    until(lambda: len(portal.requests) == 8)

    began = time.monotonic()
    child.send_signal(number)
    out, err = child.communicate(timeout=30)

    lines = [json.loads(line) for line in out.splitlines()]
    assert (child.returncode, err, len(portal.requests)) == (code, b"", 8)
    assert sorted(f"t{line['index']}" for line in lines) == sorted(requested_titles(portal))
    assert {line["error"]["message"] for line in lines} == {
        "the run was stopped before the answer came; it may have been carried out"
    }
    assert {line["error"]["hint"][:16] for line in lines} == {"check the portal"}
    assert time.monotonic() - began < 5


@pytest.mark.posix
def test_a_second_interrupt_does_not_wait_for_the_reader_of_stdout(portal, start, tmp_path):
    big = {"method": "GET", "path": "x", "id": "i" * 1_000_000}  # more than a pipe holds
    portal.answers("GET", "x", response="done")
    (tmp_path / "calls.ndjson").write_text(ndjson(*[big] * 3))
    child = start("batch", "calls.ndjson", signed_in_to=portal)
    until(lambda: portal.requests)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    time.sleep(0.5)
    still_there = child.poll() is None

    child.send_signal(signal.SIGINT)

    until(lambda: child.poll() is not None)
    assert still_there  # it waits for the line that is being written


def test_a_closed_stdout_ends_the_batch_quietly(either, start, tmp_path):
    (tmp_path / "calls.ndjson").write_text(people(300))
    child = start("batch", "calls.ndjson", signed_in_to=either)
    child.stdout.readline()

    child.stdout.close()

    assert child.wait(60) == 141
    assert child.stderr.read() == b""


def test_max_time_ends_the_batch(either, oocli, tmp_path):
    either.order("GET", "slow", faults.Hang(), times=None)
    (tmp_path / "calls.ndjson").write_text(
        people(2) + ndjson({"method": "GET", "path": "slow"}) * 3
    )

    ran = oocli("batch", "calls.ndjson", "--max-time", "3", "--parallel", "1", signed_in_to=either)

    found = answers(ran)
    assert (ran.exit, [answer.get("status") for answer in found[:2]]) == (11, [200, 200])
    assert {answer["error"]["code"] for answer in found[2:]} == {"timeout"}
    assert ran.stderr == "oocli: batch: the limit of --max-time is reached\n"


def run_and_time(start, portal, *args, **more):
    """Run the program; return its process, its lines and the seconds after the first request."""
    child = start(*args, **more, signed_in_to=portal)
    until(lambda: portal.requests)
    began = time.monotonic()
    out = child.stdout.read()
    child.wait(30)
    return child, [json.loads(line) for line in out.splitlines()], time.monotonic() - began


def test_no_line_is_sent_after_max_time_and_sent_lines_are_reported(portal, start, tmp_path):
    (tmp_path / "calls.ndjson").write_text(ndjson(*new_folders(portal, 50)))

    args = ("batch", "calls.ndjson", "--rate", "2/s", "--max-time", "2")
    child, found, seconds = run_and_time(start, portal, *args)

    assert child.returncode == 11
    assert {line["status"] for line in found} <= {200, 201}
    assert [f"t{line['index']}" for line in found] == requested_titles(portal)
    assert seconds < 3


def test_a_post_in_flight_at_max_time_is_reported_as_sent(portal, start, tmp_path):
    portal.order("POST", "*", faults.Hang(), times=None)
    (tmp_path / "calls.ndjson").write_text(ndjson(*new_folders(portal, 20)))

    child, found, seconds = run_and_time(start, portal, "batch", "calls.ndjson", "--max-time", "2")

    assert (child.returncode, len(found)) == (11, len(portal.requests))
    assert {line["error"]["message"] for line in found} == {
        "not done within 2 s; it may have been carried out"
    }
    assert {line["error"]["code"] for line in found} == {"timeout"}
    assert seconds < 3


@pytest.mark.parametrize("words", [(), ("--rate", "1/s")])
def test_max_time_ends_a_batch_whose_stdin_stays_open(portal, start, words):
    read, write = os.pipe()
    os.write(write, people(1).encode())

    args = ("batch", "-", "--max-time", "2", *words)
    child, found, seconds = run_and_time(start, portal, *args, stdin=read)
    os.close(read)
    os.close(write)

    assert (child.returncode, [line["status"] for line in found]) == (11, [200])
    assert child.stderr.read() == b"oocli: batch: the limit of --max-time is reached\n"
    assert seconds < 3


def test_stop_on_error_ends_a_batch_whose_stdin_stays_open(portal, start):
    portal.order(
        "GET", "people/nobody", faults.Delay(0.5)
    )  # the other workers wait for lines meanwhile
    child = start("batch", "-", "--stop-on-error", stdin=subprocess.PIPE, signed_in_to=portal)
    child.stdin.write(ndjson({"method": "GET", "path": "people/nobody"}).encode())
    child.stdin.flush()

    assert child.wait(10) == 12


def test_a_closed_stdout_ends_the_batch_even_while_a_line_hangs(portal, start, tmp_path):
    portal.order("GET", "later", faults.Delay(1))
    portal.order("GET", "slow", faults.Hang(), times=None)
    lines = ndjson(*[{"method": "GET", "path": path} for path in ("x", "later", "slow")])
    (tmp_path / "calls.ndjson").write_text(lines)
    child = start("batch", "calls.ndjson", signed_in_to=portal)
    child.stdout.readline()

    child.stdout.close()

    assert child.wait(10) == 141
    assert child.stderr.read() == b""


def test_a_bug_while_a_line_is_in_flight_still_prints_its_line(portal, oocli, home):
    (home.path / "sitecustomize.py").write_text(BROKEN)
    env = {"PYTHONPATH": os.pathsep.join([str(home.path), home.env["PYTHONPATH"]])}
    lines = ndjson(*new_folders(portal, 4))

    ran = oocli("batch", "--resume", "made.journal", stdin=lines, signed_in_to=portal, env=env)

    found = answers(ran)
    assert (ran.exit, [line["index"] for line in found]) == (12, [0, 1, 2, 3])
    assert len(requested_titles(portal)) == 4
    (broken,) = [line["error"] for line in found if "error" in line]
    assert (broken["code"], broken["method"]) == ("failure", "POST")
    assert broken["message"] == "a bug in oocli: KeyError: 'oops'; it may have been carried out"


# A bug of the program at the second line.
BROKEN = """
import oocli.batch.runner as batch
right = batch.answered
def wrong(line, envelope):
    if line.index == 1:
        raise KeyError("oops")
    return right(line, envelope)
batch.answered = wrong
"""


def test_an_answer_is_printed_although_the_journal_cannot_be_written(portal, oocli, home):
    (home.path / "sitecustomize.py").write_text(NO_ROOM)
    env = {"PYTHONPATH": os.pathsep.join([str(home.path), home.env["PYTHONPATH"]])}
    call = ("batch", "--resume", "made.journal", "--parallel", "1")

    ran = oocli(*call, stdin=ndjson(*new_folders(portal, 3)), signed_in_to=portal, env=env)

    assert (ran.exit, [line["status"] // 100 for line in answers(ran)]) == (1, [2])
    assert requested_titles(portal) == ["t0"]
    assert "made.journal cannot be written: No space left on device" in ran.stderr


NO_ROOM = """
import os
right = os.write
def full(handle, data):
    if b'"done"' in data:
        raise OSError(28, "No space left on device")
    return right(handle, data)
os.write = full
"""


# Lines of any size


def test_a_byte_order_mark_alone_is_not_a_line(portal, oocli, tmp_path):
    (tmp_path / "calls.ndjson").write_bytes(b"\xef\xbb\xbf\r\n" + people(1).encode())

    alone = oocli("batch", "-", stdin=b"\xef\xbb\xbf", signed_in_to=portal)
    before_lines = oocli("batch", "calls.ndjson", signed_in_to=portal)

    assert (alone.exit, alone.stdout, alone.stderr) == (0, b"", "")
    assert (before_lines.exit, len(answers(before_lines))) == (0, 1)


def test_reading_a_long_line_takes_linear_time():
    start = time.process_time()
    (line,) = lines_of(io.BytesIO(b"x" * (48 << 20)), "stdin")

    assert len(line) == 48 << 20
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", ["-", "calls.ndjson"])
def test_a_line_above_the_size_limit_is_refused_in_a_file_and_a_pipe(portal, oocli, home, name):
    (home.path / "sitecustomize.py").write_text(
        "import oocli.commands.batch as batch\nbatch._MAX_LINE = 1 << 20\n"
    )
    env = {"PYTHONPATH": os.pathsep.join([str(home.path), home.env["PYTHONPATH"]])}
    text = people(1) + '{"method":"POST","path":"x","body":"' + "x" * (1 << 20) + '"}\n'
    (home.path / "calls.ndjson").write_text(text)

    stdin = text if name == "-" else None
    ran = oocli("batch", name, stdin=stdin, signed_in_to=portal, env=env)

    assert (ran.exit, requested_titles(portal)) == (2, [])
    assert ran.stderr == (
        "oocli: line 2 is longer than 1 MiB\n"
        "hint: send large content as a file: oocli call POST PATH --part file=@FILE\n"
    )


@given(
    st.lists(st.binary(max_size=9).map(lambda text: text.replace(b"\n", b"")), max_size=9),
    st.integers(1, 12),
)
def test_lines_do_not_depend_on_how_the_input_is_split(texts, size):
    class Pieces(io.RawIOBase):
        left = b"\n".join(texts)

        def readable(self):
            return True

        def readinto(self, buffer):
            piece, self.left = self.left[:size], self.left[size:]
            buffer[: len(piece)] = piece
            return len(piece)

    lines = list(lines_of(io.BufferedReader(Pieces()), "stdin"))

    assert b"".join(lines) == b"\n".join(texts)
    assert all(line.find(b"\n") in (-1, len(line) - 1) for line in lines)
    assert all(line.endswith(b"\n") for line in lines[:-1])


# Resumed runs


def test_a_finished_batch_is_printed_again_from_its_journal_and_sends_nothing(either, oocli):
    lines = ndjson(*new_folders(either, 5)) + ndjson({"method": "GET", "path": "people/nobody"})
    call = ("batch", "-", "--resume", "made.journal")
    first = oocli(*call, stdin=lines, signed_in_to=either)
    either.forget()

    again = oocli(*call, stdin=lines, signed_in_to=either)

    assert (first.exit, again.exit) == (12, 12)
    assert again.stdout == first.stdout
    assert either.requests == []


def test_a_killed_batch_resumes_without_running_a_line_twice(either, start, tmp_path, oocli):
    count = 60
    lines = new_folders(either, count)
    (tmp_path / "calls.ndjson").write_text(ndjson(*lines))
    call = ("batch", "calls.ndjson", "--resume", "made.journal", "--parallel", "4")
    for wanted in (3, 11, 30):
        child = start(*call, signed_in_to=either)
        until(lambda: len(requested_titles(either)) >= wanted or child.poll() is not None)  # noqa: B023
        child.kill()
        child.wait()

    ran = oocli(*call, signed_in_to=either)

    found = answers(ran)
    assert [answer["index"] for answer in found] == list(range(count))
    assert len(requested_titles(either)) == len(set(requested_titles(either))), "a line ran twice"
    reported = {answer["index"] for answer in found if "status" not in answer}
    for answer in found:
        title = f"t{answer['index']}"
        if answer["index"] in reported:
            assert "not repeated" in answer["error"]["message"]
        else:
            assert answer["envelope"]["response"]["title"] == title
            assert title in requested_titles(either)
    assert ran.exit == (12 if reported else 0)
    assert len(reported) <= 3 * 4, "no more than were under way at each kill"


def test_a_line_that_may_have_been_sent_is_repeated_only_if_that_is_safe(
    either, start, tmp_path, oocli
):
    (folder,) = new_folders(either, 1)
    either.order("POST", folder["path"], faults.Hang())
    either.order("GET", "people/@self", faults.Hang())
    (tmp_path / "calls.ndjson").write_text(ndjson(folder) + people(1))
    call = ("batch", "calls.ndjson", "--resume", "made.journal")
    child = start(*call, signed_in_to=either)
    until(lambda: len(either.requests) == 2)
    child.kill()
    child.wait()

    ran = oocli(*call, signed_in_to=either)

    unsafe, safe = answers(ran)
    assert (ran.exit, unsafe["error"]["code"], safe["status"]) == (12, "connection", 200)
    assert unsafe["error"]["message"] == (
        "an earlier run ended while this was being sent; it may have been carried out and is not "
        "repeated"
    )
    assert [seen.method for seen in either.requests].count("POST") == 1


def test_a_line_that_did_not_arrive_is_sent_again_on_resume(portal, oocli, tmp_path):
    (tmp_path / "calls.ndjson").write_text(ndjson(*new_folders(portal, 2)))
    call = ("batch", "calls.ndjson", "--resume", "made.journal", "--retry", "0")
    env = {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
    portal.stop()
    down = oocli(*call, env=env)
    portal.start()

    ran = oocli(*call, env=env)

    assert (down.exit, ran.exit, ran.stderr) == (12, 0, "")
    assert [answer["error"]["code"] for answer in answers(down)] == ["connection"] * 2
    assert sorted(requested_titles(portal)) == ["t0", "t1"]


def test_a_journal_of_other_lines_or_another_portal_is_refused(portal, docspace, oocli, tmp_path):
    call = ("batch", "-", "--resume", "made.journal")
    oocli(*call, stdin=people(3), signed_in_to=portal)
    portal.forget()

    changed = oocli(*call, stdin=people(2) + people(1), signed_in_to=portal)
    elsewhere = oocli(*call, stdin=people(3), signed_in_to=docspace)
    (tmp_path / "notes.txt").write_text("my notes\n")
    foreign = oocli("batch", "--resume", "notes.txt", stdin=people(3), signed_in_to=portal)

    assert (changed.exit, elsewhere.exit, foreign.exit) == (2, 2, 2)
    assert changed.stderr.startswith(
        "3 lines were done before (made.journal)\n"
        "oocli: line 3 differs from the line that made.journal has in its place\n"
    )
    assert (
        elsewhere.stderr == "oocli: --resume: made.journal belongs to a batch on another portal\n"
    )
    assert foreign.stderr == "oocli: --resume: notes.txt is not a journal of oocli batch\n"
    assert (tmp_path / "notes.txt").read_text() == "my notes\n"
    assert (portal.requests, docspace.requests) == ([], [])


def test_a_journal_in_use_by_another_run_is_refused(portal, start, oocli):
    portal.order("GET", "people/@self", faults.Hang(), times=None)
    child = start(
        "batch", "-", "--resume", "made.journal", stdin=subprocess.PIPE, signed_in_to=portal
    )
    child.stdin.write(people(1).encode())
    child.stdin.flush()
    until(lambda: portal.requests)

    ran = oocli("batch", "-", "--resume", "made.journal", stdin=people(1), signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == "oocli: --resume: made.journal is in use by another batch\n"


@pytest.mark.posix
def test_a_journal_is_private_and_holds_no_secret(portal, oocli, tmp_path):
    line = ndjson({"method": "POST", "path": "x", "body": {"password": "s3cr3t-of-bob"}})
    portal.answers("POST", "x", response="done")

    oocli("batch", "--resume", "made.journal", stdin=line, signed_in_to=portal)

    journal = tmp_path / "made.journal"
    assert journal.stat().st_mode & 0o777 == 0o600
    kept = journal.read_text()
    assert "s3cr3t-of-bob" not in kept
    assert all(token not in kept for token in portal.live_sessions())


def test_lines_with_the_same_id_are_separate_lines(portal, oocli):
    lines = [line | {"id": 7} for line in new_folders(portal, 3)]
    lines += [lines[0]]

    ran = oocli("batch", "-", "--resume", "kept", stdin=ndjson(*lines), signed_in_to=portal)

    assert (ran.exit, [answer["index"] for answer in answers(ran)]) == (0, [0, 1, 2, 3])
    assert sorted(requested_titles(portal)) == ["t0", "t0", "t1", "t2"]


def test_a_resumed_batch_says_how_many_lines_were_done_before(portal, oocli):
    call = ("batch", "-", "--resume", "made.journal")
    oocli(*call, stdin=people(3), signed_in_to=portal)

    ran = oocli(*call, stdin=people(3), signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (0, "3 lines were done before (made.journal)\n")
