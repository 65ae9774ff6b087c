"""Answers of `oocli call`: -r and -i, failures, redirects, files and unrequested encodings."""

import json

import pytest


def test_response_of_an_envelope_without_response_is_null(docspace, oocli):
    body = b'{"count":0,"status":0,"statusCode":200}'
    docspace.answers("GET", "things", body=body, headers=[("Content-Type", "application/json")])

    ran = oocli("call", "GET", "things", "-r", signed_in_to=docspace)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"null\n", "")


def test_output_of_response_is_what_stdout_would_show(either, oocli, tmp_path):
    printed = oocli("call", "GET", "people/@self", "-r", signed_in_to=either)

    ran = oocli("call", "GET", "people/@self", "-r", "-o", "me.json", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (tmp_path / "me.json").read_bytes() == printed.stdout
    assert json.loads(printed.stdout)["email"] == either.user


@pytest.mark.parametrize("how", [[], ["-r"], ["-i", "-r"], ["-o", "out"], ["-o", "-"]])
def test_a_failure_prints_its_whole_body_whatever_the_options(either, oocli, tmp_path, how):
    either.answers("GET", "things", status=400, error="No such field")

    ran = oocli("call", "GET", "things", *how, signed_in_to=either)

    assert ran.exit == 8
    assert ran.stdout.endswith(either.last_body + b"\n")
    assert (b"HTTP 400" in ran.stdout) == ("-i" in how)
    assert ran.stderr == f"oocli: GET things on {either.host}: No such field (400)\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("shape", [["--jq", ".response.email"], ["--format", "raw"]])
def test_include_prints_the_headers_before_any_format(either, oocli, shape):
    ran = oocli("call", "GET", "people/@self", "-i", *shape, signed_in_to=either)

    head, _, rest = ran.stdout.partition(b"\n\n")
    assert (ran.exit, ran.stderr) == (0, "")
    assert head.startswith(b"HTTP 200 OK\n")
    assert rest == (b"ann@example.com\n" if "--jq" in shape else either.last_body)


@pytest.mark.parametrize("how", [[], ["-O"]])
def test_a_file_at_another_origin_is_fetched_without_credential_and_headers(
    either, oocli, tmp_path, how
):
    (tmp_path / "plan.bin").write_bytes(b"\0content")
    made = oocli(
        "call", "POST", "files/@my/upload", "--part", "file=@plan.bin;filename=kept.bin", "--jq",
        '.response | if type == "array" then .[0] else . end | .viewUrl', signed_in_to=either,
    )  # fmt: skip
    either.store_elsewhere()

    ran = oocli(
        "call", "GET", made.stdout.decode().strip(), *how, "-H", "X-Own: 1", signed_in_to=either
    )

    assert (ran.exit, ran.stderr) == (0, "")
    kept = (tmp_path / "kept.bin").read_bytes() if how else ran.stdout
    assert kept == b"\0content"
    (asked,) = either.store_requests
    names = {name.lower() for name, _ in asked.headers}
    assert not names & {"authorization", "cookie", "x-own"}


@pytest.mark.parametrize("shape", [["--format", "csv"], ["--jq", "."], []])
def test_a_redirect_of_an_api_call_exits_with_3_and_prints_no_body_with_a_format(
    either, oocli, shape
):
    either.order("GET", "things", either.faults.Redirect(302, "https://elsewhere.example/x"))

    ran = oocli("call", "GET", "things", *shape, signed_in_to=either)

    assert ran.exit == 3
    assert bool(ran.stdout) != bool(shape)
    assert "https://elsewhere.example" in ran.stderr


def test_an_html_answer_to_a_link_is_data(either, oocli):
    page = b"<html><title>Hello</title></html>"
    either.answers("GET", "/some/page", body=page, headers=[("Content-Type", "text/html")])

    ran = oocli("call", "GET", f"{either.origin}/some/page", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, page, "")


def test_an_attachment_of_the_api_is_data_whatever_its_type(either, oocli):
    headers = [("Content-Type", "text/xml"), ("Content-Disposition", 'attachment; filename="a"')]
    either.answers("GET", "report", body=b"<a/>", headers=headers)

    ran = oocli("call", "GET", "report", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"<a/>", "")


ENCODED_BODY = b"\x0b\x08\x80packed\x03"
ENCODING_HINT = "hint: a server or proxy in between must compress with gzip, or not at all\n"


def serve_encoded(portal, path, coding="br", *, kind="application/json", status=200):
    """Let the portal answer with a content encoding that oocli does not request."""
    headers = [("Content-Type", kind), ("Content-Encoding", coding)]
    portal.answers("GET", path, body=ENCODED_BODY, headers=headers, status=status)


@pytest.mark.parametrize("kind", ["application/json", "text/html", "image/png"])
@pytest.mark.parametrize(
    "how", [[], ["-r"], ["-o", "out"], ["--format", "raw"], ["--jq", "."], ["--paginate"], ["-i"]]
)
def test_a_body_with_an_unrequested_encoding_is_an_error_and_not_shown(
    portal, oocli, tmp_path, kind, how
):
    (tmp_path / "out").write_bytes(b"of yesterday")
    serve_encoded(portal, "things", kind=kind)

    ran = oocli("call", "GET", "things", *how, signed_in_to=portal)

    assert ran.exit == 5
    assert b"packed" not in ran.stdout
    assert (ran.stdout == b"") == (how != ["-i"])
    assert ran.stderr == (
        f"oocli: GET things on {portal.host}: the answer has the content encoding br, "
        f"which was not requested (200)\n{ENCODING_HINT}"
    )
    assert (tmp_path / "out").read_bytes() == b"of yesterday"


def test_an_unrequested_encoding_of_a_failure_keeps_the_exit_code_of_the_status(portal, oocli):
    serve_encoded(portal, "things", "gzip, br", status=404)

    ran = oocli("call", "GET", "things", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (7, b"")
    assert "the answer has the content encoding br, which was not requested (404)" in ran.stderr


def test_a_file_with_an_unrequested_encoding_is_not_saved(either, oocli, tmp_path):
    url = f"{either.origin}/filehandler.ashx?action=download&fileid=1"
    body = b"\x28\xb5\x2f\xfd" * 100
    headers = [("Content-Disposition", "attachment; filename=a.bin"), ("Content-Encoding", "zstd")]
    either.answers("GET", "/filehandler.ashx", body=body, headers=headers)

    ran = oocli("call", "GET", url, "-O", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (5, b"")
    assert "the answer has the content encoding zstd, which was not requested (200)" in ran.stderr
    assert list(tmp_path.glob("*a.bin*")) == []


def test_a_later_page_with_an_unrequested_encoding_exits_with_12(portal, oocli):
    portal.answers("GET", "group", response=[{"id": 1}], times=1)
    serve_encoded(portal, "group")

    ran = oocli("call", "GET", "group", "--page-size", "1", "-r", signed_in_to=portal)

    assert (ran.exit, ran.json) == (12, [{"id": 1}])
    assert "a later page failed: the answer has the content encoding br" in ran.stderr


def test_a_batch_reports_an_unrequested_encoding(portal, oocli):
    serve_encoded(portal, "things")
    line = '{"method":"GET","path":"things","id":1}\n'

    ran = oocli("batch", "-", stdin=line, signed_in_to=portal)

    assert (ran.exit, ran.json["envelope"], ran.json["status"]) == (12, None, 200)
    assert "body" not in "".join(ran.json)
    assert ran.json["error"]["message"].startswith("the answer has the content encoding br")
    assert ran.json["error"]["exit"] == 5


@pytest.mark.parametrize("how", [[], ["-r"], ["-i"], ["--jq", "."], ["--format", "csv"]])
def test_the_options_method_gets_an_empty_success_on_workspace(portal, oocli, how):
    ran = oocli("call", "OPTIONS", "people", *how, signed_in_to=portal)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout == b"" or (how == ["-i"] and b"Access-Control-Allow-Methods" in ran.stdout)


@pytest.mark.parametrize(("status", "code"), [(200, 5), (404, 7)])
def test_an_empty_html_answer_is_reported_as_empty(portal, oocli, status, code):
    headers = [("Content-Type", "text/html")]
    portal.answers("GET", "things", body=b"", headers=headers, status=status)

    ran = oocli("call", "GET", "things", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (code, b"")
    assert "an empty answer" in ran.stderr
    assert "HTML" not in ran.stderr
