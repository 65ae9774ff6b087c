"""What an answer means: data, an envelope, or an error with its exit code."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope, describe_page
from oocli.model.errors import Exit, InvalidResponse, OocliError, Rejected, SignInNeeded
from oocli.model.json_text import InvalidJson
from oocli.model.kinds import WORKSPACE
from oocli.model.request import Request, RequestTarget
from oocli.model.response import Response

PORTAL = PortalAddress.parse("https://docs.example.com")
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json"
HTML = "text/html"
CHUNKS = "https://docs.example.com/Products/Files/ChunkedUploader.ashx?uid=1"
FILE = "https://docs.example.com/filehandler.ashx?action=download&fileid=1"


def envelope(
    raw=b"", status=200, kind=JSON, reason="", *, method="GET", path="people/@self", headers=()
):
    """Return the envelope of an answer with this body to this request."""
    if not isinstance(raw, bytes):
        raw = json.dumps(raw).encode()
    types = [("Content-Type", kind)] if kind else []
    answer = Response(status, reason, (*types, *headers), raw)
    return Envelope(Request(method, RequestTarget.parse(path, PORTAL, WORKSPACE)), answer)


def failed(*args, **more):
    """Return the exit code and the message of the error that an answer means."""
    error = envelope(*args, **more).error
    assert error is not None
    assert (error.method, error.path) == (more.get("method", "GET"), "people/@self")
    return int(error.exit), error.as_dict()["message"]


@pytest.mark.parametrize(
    ("body", "response"),
    [
        ({"count": 1, "status": 0, "statusCode": 200, "response": {"a": 1}}, {"a": 1}),
        ({"status": 0, "statusCode": 200, "response": []}, []),
        ({"status": 0, "statusCode": 200, "response": {}}, {}),
        ({"count": 4, "status": 0, "statusCode": 200, "response": "text"}, "text"),
        ({"count": 1, "status": 0, "statusCode": 200, "response": False}, False),
        ({"count": 0, "links": [], "status": 0, "statusCode": 200}, None),
        ({"error": None, "status": 0, "response": 1}, 1),
        ([1, 2], [1, 2]),
        (7, 7),
        (None, None),
        ({"__proto__": {"status": 1}, "response": 1}, 1),
        ({"status": True, "response": 1}, 1),
        ({"status": "1", "response": 1}, 1),
    ],
)
def test_a_success_has_no_error_and_gives_its_response(body, response):
    answered = envelope(body)

    assert answered.error is None
    assert answered.raise_for_error() is answered
    assert answered.response == response


@pytest.mark.parametrize("status", [200, 201])
def test_each_2xx_status_is_a_success(status):
    assert envelope({"response": 1, "statusCode": status}, status).error is None


def test_the_body_is_kept_unchanged():
    raw = b'\xef\xbb\xbf{ "response" : 1.10 }\r\n'

    assert envelope(raw).raw == raw
    assert envelope(raw).text == '{ "response" : 1.10 }\r\n'
    assert envelope(raw).body == {"response": 1.1}


WORKSPACE_404 = {"status": 1, "statusCode": 404, "error": {"message": "User not found", "data": {}}}
DOCSPACE_404 = {
    "error": {
        "message": "The required folder was not found",
        "type": "ASC.Common.Web.ItemNotFoundException",
        "stack": "   at ASC.Files.Core...",
        "hresult": -2146233088,
    },
    "status": 1,
    "statusCode": 404,
}
VALIDATION = {
    "response": {
        "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
        "title": "One or more validation errors occurred.",
        "status": 400,
        "errors": {"count": ["The field Count must be between 1 and 100."], "x": ["a", "b"]},
        "traceId": "00-1",
    },
    "count": 1,
    "status": 1,
    "statusCode": 400,
}
UNSUPPORTED = {
    "response": {"title": "Unsupported Media Type", "status": 415, "traceId": "00-1"},
    "status": 0,
    "statusCode": 200,
}
FAILED_SIGN_IN = {"message": "User authentication failed", "type": None, "stack": None}


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason", "expected"),
    [
        (404, WORKSPACE_404, JSON, "The record could not be found", (7, "User not found")),
        (404, DOCSPACE_404, JSON, "", (7, "The required folder was not found")),
        (400, VALIDATION, PROBLEM, "",
         (8, "One or more validation errors occurred. "
             "count: The field Count must be between 1 and 100.; x: a; x: b")),
        (415, UNSUPPORTED, PROBLEM, "", (8, "Unsupported Media Type")),
        (404, {"title": "Not Found", "status": 404}, PROBLEM, "", (7, "Not Found")),
        (402, {"status": 402, "traceId": "00-1"}, PROBLEM, "Payment Required",
         (6, "Payment Required")),
        (401, {"error": FAILED_SIGN_IN, "status": 1}, JSON, "", (4, "User authentication failed")),
        (401, b"", "", "Unauthorized", (4, "Unauthorized")),
        (401, b"Unauthorized", HTML, "Unauthorized", (4, "Unauthorized")),
        (402, b"", "", "Payment Required", (6, "Payment Required")),
        (403, b"", "", "Forbidden", (6, "Forbidden")),
        (403, b"The access to the portal is restricted", "text/plain", "Forbidden",
         (6, "The access to the portal is restricted")),
        (404, b"<html><head><title>404 Not Found</title>", HTML, "Not Found",
         (7, 'an HTML page ("404 Not Found")')),
        (410, b"", "", "Gone", (7, "Gone")),
        (405, b"", "", "Method Not Allowed", (8, "Method Not Allowed")),
        (400, b"The file &quot;a&quot; isn&#39;t here", HTML, "Bad Request",
         (8, 'The file "a" isn\'t here')),
        (429, b"", "", "Too Many Requests", (9, "Too Many Requests")),
        (407, b"", "", "Proxy Authentication Required", (10, "Proxy Authentication Required")),
        (500, {"status": 1, "error": {"message": "Object reference not set"}}, JSON, "Server error",
         (5, "Object reference not set")),
        (500, {"status": 1, "error": {"message": "User authentication failed"}}, JSON, "",
         (4, "User authentication failed")),
        (500, {"status": 1, "error": {"message": "Login Fail. Too many attempts"}}, JSON, "",
         (4, "Login Fail. Too many attempts")),
        (502, b"<HTML>\n<TITLE lang=en>\n502 &amp; Bad\n Gateway</TITLE>", HTML, "Bad Gateway",
         (5, 'an HTML page ("502 & Bad Gateway")')),
        (502, b"<html>no title", "", "Bad Gateway", (5, "an HTML page without a title")),
        (503, b"", "", "Service Unavailable", (5, "Service Unavailable")),
        (500, b"<result><status>1</status></result>", "text/xml", "", (5, "an XML answer")),
        (500, b"{broken", JSON, "Server error", (5, "Server error")),
        (500, b'{"error":{}}', JSON, "Server error", (5, "Server error")),
        (500, b'{"error":"plain words"}', JSON, "", (5, "plain words")),
        (500, b'{"error":{"message":{"a":1}}}', JSON, "", (5, "{'a': 1}")),
        (500, b"[]", JSON, "Server error", (5, "Server error")),
        (500, b'{"a":1}{"a":2}', JSON, "Server error", (5, "Server error")),
        (500, b"[" * 100_000, JSON, "Server error", (5, "Server error")),
        (500, b"", "", "", (5, "no reason given")),
        (599, b"", "", "Odd", (5, "Odd")),
    ],
)  # fmt: skip
def test_an_error_status_gives_an_exit_code_and_the_message_of_the_portal(
    status, body, kind, reason, expected
):
    assert failed(body, status, kind, reason) == expected


def test_control_characters_in_a_message_are_escaped_on_one_line():
    body = {"error": {"message": "no\r\n\x1b[31msuch \u202euser\ud800"}, "status": 1}

    assert failed(body, 404) == (7, "no \\u001b[31msuch \\u202euser\\ud800")


def test_the_error_about_a_redirect_names_its_location():
    answered = envelope(b"", 302, "", headers=[("Location", "https://other.example/x")])

    assert answered.error.exit == Exit.REDIRECT
    assert "https://other.example/x" in answered.error.why


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"status": 0, "error": {"message": "no batch specified"}}, "no batch specified"),
        ({"status": 1, "statusCode": 200, "error": {"message": "Access denied"}}, "Access denied"),
        ({"status": 1, "response": {"title": "Not so"}}, "Not so"),
        ({"error": "plain", "response": 1}, "plain"),
        ({"error": {}, "response": 1}, "an error without a message"),
        ({"status": 1}, "an error without a message"),
    ],
)
def test_an_error_in_the_body_of_a_200_is_an_error(body, why):
    answered = envelope(body, reason="OK")

    assert isinstance(answered.error, Rejected)
    assert (answered.error.exit, answered.error.why, answered.error.status) == (8, why, 200)
    with pytest.raises(Rejected):
        answered.raise_for_error()


@pytest.mark.parametrize(
    ("raw", "kind", "what"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", HTML, 'an HTML page ("Sign in")'),
        (b" <html></html>", "", "an HTML page without a title"),
        (b"fine", HTML, 'an HTML page ("fine")'),
        (b"", HTML, "an empty answer"),
        (b"", JSON, "an empty answer"),
        (b"", "", "an empty answer"),
        (b"<result/>", "text/xml; charset=utf-8", "an XML answer"),
        (b"<result/>", "application/xml", "an XML answer"),
        (b"<result/>", "", "an XML answer"),
        (b" \r\n", JSON, "broken JSON"),
        (b'{"response":', JSON, "broken JSON"),
        (b'{"response":NaN}', JSON, "broken JSON (NaN is not JSON)"),
        (b'{"response":"\xff"}', JSON, "broken JSON (not valid UTF-8 at byte 13)"),
        (b"[" * 100_000 + b"]" * 100_000, JSON, "broken JSON (too many levels of nesting)"),
        (b'{"error":1}{"error":1}', JSON, "broken JSON (more text after the document"),
        (b"{oops", "", "broken JSON"),
    ],
)
def test_a_200_that_is_no_api_answer_is_an_error_of_the_portal(raw, kind, what):
    answered = envelope(raw, 200, kind, reason="OK")

    assert isinstance(answered.error, InvalidResponse)
    assert answered.error.exit == Exit.PORTAL
    assert answered.error.why.startswith(what)
    assert answered.error.answer.raw == raw


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"BEGIN:VCALENDAR", "text/calendar"),
        (b"\x89PNG", "image/png"),
        (b"log", "text/plain"),
        (b"\x00\x01", ""),
    ],
)
def test_a_body_of_another_content_type_is_data(raw, kind):
    assert envelope(raw, 200, kind).error is None


def test_an_attachment_is_data_whatever_its_type():
    attachment = [("Content-Disposition", 'Attachment; filename="a.html"')]

    assert envelope(b"<html>", 200, HTML, headers=attachment).error is None
    assert envelope(b"{broken", 200, JSON, headers=attachment).error is None


@pytest.mark.parametrize("kind", ["", HTML, JSON])
@pytest.mark.parametrize(
    ("status", "method"), [(204, "GET"), (200, "HEAD"), (304, "GET"), (200, "OPTIONS")]
)
def test_answers_without_content_and_to_head_and_options_may_be_empty(status, method, kind):
    assert envelope(b"", status, kind, method=method).error is None


def test_an_answer_to_options_can_be_an_envelope_or_an_error():
    assert envelope({"response": 1}, method="OPTIONS").error is None
    assert failed(b"<title>Sign in</title>", 200, HTML, method="OPTIONS") == (
        5, 'an HTML page ("Sign in") instead of an API answer',
    )  # fmt: skip
    assert failed(b"", 405, "", "Method Not Allowed", method="OPTIONS") == (8, "Method Not Allowed")


@pytest.mark.parametrize("raw", [b"", b" \r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("kind", [HTML, "application/xhtml+xml", "text/xml"])
def test_an_empty_page_is_described_as_an_empty_answer(raw, kind):
    assert failed(raw, 404, kind, "Not Found") == (7, "an empty answer")
    assert failed(raw, 200, kind, "OK") == (5, "an empty answer instead of an API answer")


@pytest.mark.parametrize("kind", [HTML, "text/xml"])
def test_an_answer_to_head_is_not_described_as_empty(kind):
    assert failed(b"", 404, kind, "Not Found", method="HEAD") == (7, "Not Found")


UNREQUESTED = "the answer has the content encoding {}, which was not requested"


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ([("Content-Encoding", "br")], "br"),
        ([("content-encoding", " ZSTD ")], "zstd"),
        ([("Content-Encoding", "gzip, br")], "br"),
        ([("Content-Encoding", "br"), ("Content-Encoding", "gzip")], "br"),
        ([("Content-Encoding", "aes\x1b[31m" + "x" * 99)], "aes\\u001b[31m" + "x" * 99),
    ],
)
@pytest.mark.parametrize("path", ["people/@self", FILE, CHUNKS])
def test_an_unrequested_content_encoding_is_an_error_that_names_it(headers, name, path):
    for kind in (JSON, HTML, "", "image/png"):
        error = envelope(b"\x0b\x02\x80{}\x03", 200, kind, headers=headers, path=path).error
        assert (error.exit, error.as_dict()["message"]) == (5, UNREQUESTED.format(name))
    error = envelope(b"\x0b\x02\x80{}\x03", 404, HTML, headers=headers, path=path).error
    assert (error.exit, error.as_dict()["message"]) == (7, UNREQUESTED.format(name))


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "identity", "GZIP", "", "gzip,"])
def test_a_requested_content_encoding_is_accepted(coding):
    headers = [("Content-Encoding", coding)]

    assert envelope({"response": 1}, headers=headers).error is None


@pytest.mark.parametrize(("status", "method"), [(204, "GET"), (200, "HEAD"), (304, "GET")])
def test_the_content_encoding_of_an_answer_without_a_body_does_not_matter(status, method):
    headers = [("Content-Encoding", "br")]

    assert envelope(b"", status, HTML, method=method, headers=headers).error is None


def test_the_content_encoding_of_an_empty_body_does_not_matter():
    headers = [("Content-Encoding", "br"), ("Content-Length", "0")]

    assert failed(b"", 200, HTML, headers=headers) == (
        5, "an empty answer instead of an API answer",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "raw", "kind", "error"),
    [
        (CHUNKS, b'{"success":true,"data":{},"message":""}', JSON, None),
        (CHUNKS, b'{"success":false,"data":null,"message":"too late"}', JSON, Rejected),
        (CHUNKS, b'{"success":false}', "text/json", Rejected),
        (CHUNKS, b'{"success":false,"message":"x"}', "", Rejected),
        (CHUNKS, b"{broken", JSON, InvalidResponse),
        (FILE, b"<html>a page that somebody keeps</html>", HTML, None),
        (FILE, b"", "", None),
        ("https://docs.example.com/x.html", b'{"success":false}', JSON, None),
    ],
)
def test_a_file_handler_can_refuse_with_status_200(path, raw, kind, error):
    found = envelope(raw, 200, kind, path=path).error

    assert type(found) is (error or type(None))


def test_the_message_of_a_file_handler_is_the_reason():
    raw = b'{"success":false,"message":"Not authorized"}'

    assert envelope(raw, path=CHUNKS).error.why == "Not authorized"


def test_a_sign_in_message_counts_only_with_status_500():
    body = {"error": {"message": "User authentication failed"}, "status": 1}

    assert failed(body, 503) == (5, "User authentication failed")
    assert isinstance(envelope(body, 500).error, SignInNeeded)


def test_the_body_of_an_answer_that_is_not_json_cannot_be_read():
    with pytest.raises(InvalidJson):
        _ = envelope(b"<html>", kind=HTML).body


@given(
    raw=st.binary(max_size=60)
    | st.text('{}[]":,0123456789.eE-<>!htmlerrostau ', max_size=60).map(str.encode)
    | st.dictionaries(
        st.sampled_from(["error", "status", "response", "title", "errors", "message", "success"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.sampled_from(["message", "title", "errors", "a"]), inner)
            ),
            max_leaves=4,
        ),
    ).map(lambda body: json.dumps(body).encode()),
    status=st.sampled_from([200, 201, 204, 302, 304, 400, 401, 403, 404, 429, 500, 503]),
    kind=st.sampled_from(["", JSON, HTML, "text/xml", "text/plain", PROBLEM, "image/png", ";"]),
    path=st.sampled_from(["people", CHUNKS, FILE]),
)
def test_any_answer_is_a_success_or_a_describable_error(raw, status, kind, path):
    error = envelope(raw, status, kind, path=path).error

    if status >= 400 or status == 302:
        assert isinstance(error, OocliError)
    if error is not None:
        assert error.exit in Exit
        assert error.why
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    "page",
    ["<title>" * 10_000, "<title " * 10_000, "<title></titl" * 5000, "<title>" + "x" * 70_000,
     "<title>" + "&lt;" * 16_000 + "</title>"],
)  # fmt: skip
def test_a_page_full_of_titles_is_described_quickly(page):
    answer = envelope(page.encode(), kind=HTML)
    start = time.process_time()

    assert describe_page(answer).startswith("an HTML page")
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<html><TITLE\n lang='en'>Bad\n Gateway</Title>", '("Bad Gateway")'),
        ("<titles>x</titles><title>y</title>", '("y")'),
        ("<title></title>", "without a title"),
        ("<p>İ<title>z</title>", '("z")'),
    ],
)
def test_the_title_of_a_page_is_found(page, title):
    found = describe_page(envelope(page.encode(), kind=HTML))

    assert " ".join(found.split()) == f"an HTML page {title}"
