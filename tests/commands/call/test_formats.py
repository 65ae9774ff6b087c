"""`oocli call --format` and `--jq`, on both kinds of portal."""

import csv
import io
import json
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import PROGRAM
from tests.waiting import ended

DIGITS = (
    b'{"count":2,"status":0,"statusCode":200,"response":[{"id":12345678901234567890,"size":1.500,'
    b'"name":"a,\\"b\\"\\nc","tags":["x",1.0],"note":null,"on":true},'
    b'{"id":2,"size":1E400,"name":"=1+1","extra":{"deep":{"n":-0.10}}}]}'
)
JSON_TYPE = [("Content-Type", "application/json; charset=utf-8")]


@pytest.fixture
def things(either):
    """A portal of each kind whose `things` are rows with many digits."""
    either.answers("GET", "things", body=DIGITS, headers=JSON_TYPE)
    return either


def rows(ran, delimiter=","):
    return list(csv.reader(io.StringIO(ran.stdout.decode(), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_rows_keep_all_digits_and_flatten_what_is_nested(things, oocli, name, delimiter):
    ran = oocli("call", "GET", "things", "--format", name, signed_in_to=things)

    assert (ran.exit, ran.stderr) == (0, "")
    assert rows(ran, delimiter) == [
        ["id", "size", "name", "tags", "note", "on", "extra"],
        ["12345678901234567890", "1.500", 'a,"b"\nc', '["x",1.0]', "", "true", ""],
        ["2", "1E400", "=1+1", "", "", "", '{"deep":{"n":-0.10}}'],
    ]


def test_columns_select_fields_and_nested_values(things, oocli):
    ran = oocli(
        "call", "GET", "things", "--format", "csv", "--columns", "extra.deep.n,id",
        "--columns", "tags.0", signed_in_to=things,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert rows(ran) == [
        ["extra.deep.n", "id", "tags.0"], ["", "12345678901234567890", "x"], ["-0.10", "2", ""],
    ]  # fmt: skip


def test_safe_cells_escape_formulas_but_not_numbers(things, oocli):
    ran = oocli(
        "call", "GET", "things", "--format", "csv", "--columns", "name,extra.deep.n",
        "--safe-cells", signed_in_to=things,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert rows(ran)[2] == ["'=1+1", "-0.10"]


def test_ndjson_prints_each_item_as_the_portal_sent_it(things, oocli):
    ran = oocli("call", "GET", "things", "--format", "ndjson", signed_in_to=things)

    assert (ran.exit, ran.stderr) == (0, "")
    body = DIGITS.partition(b'"response":[')[2].removesuffix(b"]}")
    assert ran.stdout == body.replace(b"},{", b"}\n{") + b"\n"


def test_a_folder_lists_its_folders_and_then_its_files(either, oocli):
    ran = oocli("call", "GET", "files/@my", "--format", "ndjson", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    inside = json.loads(either.last_body)["response"]
    assert inside["folders"] and inside["files"]
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [
        *inside["folders"], *inside["files"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["csv", "tsv", "ndjson", "table"])
def test_an_empty_list_prints_no_rows(either, oocli, name):
    either.answers("GET", "things", response=[])

    ran = oocli("call", "GET", "things", "--format", name, signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


def test_a_single_object_is_one_row(either, oocli):
    ran = oocli(
        "call", "GET", "people/@self", "--format", "csv", "--columns", "email", signed_in_to=either
    )

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"email\nann@example.com\n", "")


def test_a_table_in_a_pipe_has_no_color_and_no_wrapping(either, oocli):
    ran = oocli(
        "call", "GET", "people", "--format", "table", "--columns", "email,id", signed_in_to=either
    )

    assert (ran.exit, ran.stderr) == (0, "")
    heading, *lines = ran.stdout.decode().splitlines()
    people = json.loads(either.last_body)["response"]
    assert heading.split() == ["email", "id"]
    assert [line.split() for line in lines] == [
        [person["email"], person["id"]] for person in people
    ]


def test_a_table_escapes_control_characters_and_shows_markup_as_text(either, oocli):
    either.answers("GET", "things", response=[{"id": 1, "title": "[bold]x\x1b[31m\u202e:smile:"}])

    ran = oocli("call", "GET", "things", "--format", "table", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode().splitlines()[1] == "[bold]x\\u001b[31m\\u202e:smile:   1"


def test_a_table_on_a_terminal_shows_the_columns_that_fit(either, terminal):
    shown = terminal(
        "call", "GET", "people", "--format", "table", signed_in_to=either, size=(24, 70)
    )
    code, text = ended(shown)

    lines = [line for line in text.splitlines() if line]
    assert code == 0
    assert lines[0].split()[0] == "displayName" and "id" in lines[0].split()
    assert "more columns: choose them with --columns" in lines[-1]
    assert "Ann Lee" in text


def test_format_json_prints_the_envelope(things, oocli):
    ran = oocli("call", "GET", "things", "--format", "json", signed_in_to=things)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, DIGITS + b"\n", "")


def test_format_raw_prints_the_body_without_a_byte_added(things, oocli):
    ran = oocli("call", "GET", "things", "--format", "raw", signed_in_to=things)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, DIGITS, "")


@pytest.mark.parametrize("body", [b"[1, 2]", b'{"count":1,"response":[1, 2],"total":1}'])
@pytest.mark.parametrize(
    "options",
    [[], ["-r"], ["--jq", "."], ["--limit", "2"], ["--limit", "2", "-r"], ["--format", "json"],
     ["--format", "json", "-r"], ["--format", "ndjson"], ["--format", "csv"],
     ["--color", "always"]],
)  # fmt: skip
def test_documents_end_in_exactly_one_newline(portal, oocli, body, options):
    portal.answers("GET", "things", body=body + b" \r\n\n", headers=JSON_TYPE)

    ran = oocli("call", "GET", "things", *options, signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.rstrip() + b"\n" == ran.stdout


# jq


def test_jq_reads_the_whole_envelope_and_keeps_all_digits(things, oocli):
    ran = oocli(
        "call", "GET", "things", "--jq", ".statusCode, .response[].id, .response[0].size, "
        ".response[0].name, .response[0].tags", signed_in_to=things,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout == b'200\n12345678901234567890\n2\n1.500\na,"b"\nc\n["x",1.0]\n'


def test_jq_with_response_reads_only_response(things, oocli):
    ran = oocli("call", "GET", "things", "-r", "--jq", "length", signed_in_to=things)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"2\n", "")


def test_an_invalid_jq_expression_is_refused_before_anything_is_sent(things, oocli):
    ran = oocli("call", "GET", "things", "--jq", ".response[", signed_in_to=things)

    assert (ran.exit, ran.stdout, things.requests) == (2, b"", [])
    assert ran.stderr.startswith("oocli: --jq '.response[': ")
    assert len(ran.stderr.splitlines()) == 2


def test_a_failing_jq_expression_prints_earlier_results_and_the_reason(things, oocli):
    ran = oocli("call", "GET", "things", "--jq", ".status, .response.name", signed_in_to=things)

    assert (ran.exit, ran.stdout) == (1, b"0\n")
    assert ran.stderr.startswith("oocli: the call succeeded (200), but --jq failed: Cannot index")
    assert len(ran.stderr.splitlines()) == 1


def test_halt_error_prints_its_message_and_exits_with_1(things, oocli):
    ran = oocli(
        "call", "GET", "things", "--jq", '.count, ("no such thing\\n" | halt_error), 3',
        signed_in_to=things,
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (1, b"2\n")
    assert ran.stderr == "oocli: the call succeeded (200), but --jq stopped: no such thing\n"


def test_halt_ends_the_output_and_succeeds(things, oocli):
    ran = oocli("call", "GET", "things", "--jq", ".count, halt, 3", signed_in_to=things)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"2\n", "")


def test_jq_cannot_read_the_token(things, oocli):
    ran = oocli(
        "call", "GET", "things", "--jq", "$ENV.OOCLI_TOKEN, env.OOCLI_TOKEN, $ENV.HELLO",
        signed_in_to=things,
        env={"HELLO": "you"},
    )  # fmt: skip

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"null\nnull\nyou\n", "")


def test_max_time_ends_a_jq_expression(things, oocli):
    start = time.monotonic()

    ran = oocli(
        "call", "GET", "things", "--jq", ".count, last(range(1e12))", "--max-time", "3",
        signed_in_to=things,
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (11, b"2\n")
    assert ran.stderr.startswith("oocli: not done within 3 s\n")
    assert time.monotonic() - start < 20


@pytest.mark.skipif(sys.platform != "linux", reason="wants ps with --ppid, and a kernel that tells")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_a_signal_ends_the_run_and_its_jq_process(things, home, name, code):
    env = home.env | {"OOCLI_PORTAL": things.origin, "OOCLI_TOKEN": things.issue_token()}
    with subprocess.Popen(
        [*PROGRAM, "call", "GET", "things", "--jq", ".count, last(range(1e12))"],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=home.path,
    ) as running:  # fmt: skip
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.readline() == b"2\n"  # printed before the endless part
        (child,) = ps_column("pid", "--ppid", running.pid)
        start = time.monotonic()
        running.send_signal(getattr(signal, name))
        assert running.wait(20) == code
        assert time.monotonic() - start < 10
        while any(not state.startswith("Z") for state in ps_column("stat", "-p", child)):
            assert time.monotonic() - start < 20
            time.sleep(0.05)
        assert (running.stdout.read(), running.stderr.read()) == (b"", b"")


def ps_column(column, *which):
    """Return one column of `ps` for some processes."""
    command = ["ps", "-o", f"{column}=", *map(str, which)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def test_without_the_jq_library_the_extra_is_named(things, oocli, tmp_path, home):
    (tmp_path / "jq.py").write_text("raise ImportError('not here')\n")
    path = f"{tmp_path}:{home.env['PYTHONPATH']}"

    ran = oocli("call", "GET", "things", "--jq", ".", env={"PYTHONPATH": path}, signed_in_to=things)

    assert (ran.exit, ran.stdout, things.requests) == (2, b"", [])
    assert ran.stderr == (
        "oocli: --jq: the jq library is not installed\nhint: pip install 'oocli[jq]'\n"
    )


# Failures and misuse


@pytest.mark.parametrize(
    "shape", [["--jq", "."], *(["--format", name] for name in ("json", "csv", "table", "raw"))]
)
def test_a_failure_with_a_format_prints_only_the_error(either, oocli, shape):
    either.answers("GET", "things", status=404, error="There is no such thing")

    ran = oocli("call", "GET", "things", *shape, signed_in_to=either)

    assert (ran.exit, ran.stdout) == (7, b"")
    assert ran.stderr == f"oocli: GET things on {either.host}: There is no such thing (404)\n"


def test_an_error_in_a_200_answer_is_not_a_row(either, oocli):
    either.answers("GET", "things", status=200, error="Access denied")

    ran = oocli("call", "GET", "things", "--format", "csv", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (8, b"")
    assert ran.stderr == f"oocli: GET things on {either.host}: Access denied (200)\n"


def test_no_fail_and_error_format_apply_with_jq_too(either, oocli):
    either.answers("GET", "things", status=403, error="No")

    ran = oocli(
        "call", "GET", "things", "--jq", ".", "--no-fail", "--error-format", "json",
        signed_in_to=either,
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (0, b"")
    assert (ran.error["code"], ran.error["status"]) == ("forbidden", 403)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["--format", "xml"], "Invalid value for '--format': 'xml' is not one of 'json',"),
        (["--columns", "a"], "--columns needs --format table, csv or tsv"),
        (["--format", "ndjson", "--columns", "a"], "--columns needs"),
        (["--format", "csv", "--columns", " ,"], "--columns names no column"),
        (["--safe-cells"], "--safe-cells needs --format table, csv or tsv"),
        (["--jq", ".", "--format", "csv"], "--jq works only with --format json"),
        (["--format", "raw", "-r"], "--format raw cannot be combined with -r"),
        (["-o", "x", "-O"], "use either --output or --remote-name"),
        (["--dry-run", "--print-curl"], "use either --dry-run or --print-curl"),
    ],
)
def test_options_that_contradict_each_other_are_refused(portal, oocli, typed, why):
    ran = oocli("call", "GET", "people", *typed, signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert ran.stderr.startswith(f"oocli: {why}")


def test_a_format_of_a_non_json_answer_is_refused_with_a_hint(portal, oocli):
    portal.answers("GET", "things", body=b"a;b", headers=[("Content-Type", "text/csv")])

    ran = oocli("call", "GET", "things", "--format", "csv", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert ran.stderr == (
        "oocli: the call succeeded (200), but --format csv needs JSON, but the answer is text/csv\n"
        "hint: save it with -o FILE\n"
    )


def test_jq_prints_nothing_for_an_answer_without_a_body(portal, oocli):
    portal.answers("GET", "things", status=204, body=b"")

    ran = oocli("call", "GET", "things", "--jq", ".", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
