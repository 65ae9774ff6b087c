"""What `oocli call` sends and refuses to send: query, fields, bodies, forms, parts, headers."""

import hashlib
import json
import re
import subprocess
from urllib.parse import parse_qsl

import pytest


def sent(portal):
    """Return the one request that reached the portal."""
    (request,) = portal.requests
    return request


def parts_of(request):
    """Return (head, content) of each part of a multipart body, read by the rules of RFC 7578."""
    boundary = re.fullmatch(r"multipart/form-data; boundary=(\S+)", request.header("content-type"))
    first, *pieces, last = (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())
    assert (first, last) == (b"", b"--\r\n")
    return [tuple(piece.removeprefix(b"\r\n").split(b"\r\n\r\n", 1)) for piece in pieces]


@pytest.fixture
def things_portal(either):
    """A portal of each kind whose path `things` accepts every method."""
    either.answers("*", "things", response={})
    return either


# Fields


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_get_and_head_put_fields_into_the_query_after_the_params(things_portal, oocli, method):
    ran = oocli(
        "call", method, "things?a=0", "-p", "b=1", "-f", "c=x y&z", "-F", "d[]=true", "-F", "d[]=é",
        signed_in_to=things_portal,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert (
        sent(things_portal).target.partition("?")[2]
        == "a=0&b=1&c=x%20y%26z&d%5B%5D=true&d%5B%5D=%C3%A9"
    )
    assert sent(things_portal).body == b""


def test_other_methods_put_fields_into_a_json_object(things_portal, oocli):
    ran = oocli(
        "call", "POST", "things", "-f", "title=Überblick", "-f", "text=true", "-F", "on=true",
        "-F", "none=null", "-F", "count=7", "-F", "name=Ann", "-F", "share[access]=1",
        "-F", "ids[]=1", "-F", "ids[]=2", "-F", "people[][id]=a", "-F", "people[][id]=b",
        signed_in_to=things_portal,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert sent(things_portal).header("Content-Type") == "application/json"
    assert json.loads(sent(things_portal).body) == {
        "title": "Überblick", "text": "true", "on": True, "none": None, "count": 7, "name": "Ann",
        "share": {"access": 1}, "ids": [1, 2], "people": [{"id": "a"}, {"id": "b"}],
    }  # fmt: skip


def test_fields_are_applied_in_command_line_order(things_portal, oocli):
    typed = ["-F", "inv[][email]=a@x", "-f", "inv[][type]=1", "-finv[][email]=b@x",
             "--field=inv[][type]=2", "--raw-field", "inv[][email]=c@x",
             "-rF", "inv[][type]=3"]  # fmt: skip

    ran = oocli("call", *typed, "POST", "things", signed_in_to=things_portal)

    assert (ran.exit, ran.stderr) == (0, "")
    assert json.loads(sent(things_portal).body) == {
        "inv": [
            {"email": "a@x", "type": "1"},
            {"email": "b@x", "type": 2},
            {"email": "c@x", "type": 3},
        ]
    }


def test_queries_and_forms_keep_the_order_of_the_command_line(things_portal, oocli):
    typed = ["-F", "a=1", "-p", "b=2", "-f", "c=3", "-F", "d[]", "-p", "e=5"]

    for more in (["GET", "things?x=0"], ["POST", "things", "--form"]):
        assert oocli("call", *typed, *more, signed_in_to=things_portal).exit == 0

    get, post = things_portal.requests
    assert get.target.partition("?")[2] == "x=0&a=1&b=2&c=3&d%5B%5D=&e=5"
    assert post.target.partition("?")[2] == "b=2&e=5"
    assert post.body == b"a=1&c=3&d%5B%5D="


@pytest.mark.tools
def test_parts_and_fields_keep_the_order_of_the_command_line_in_curl_too(
    things_portal, oocli, tmp_path
):
    (tmp_path / "x").write_bytes(b"file x")
    (tmp_path / "y").write_bytes(b"file y")
    typed = ["call", "POST", "things", "-F", "a=1", "--part", "x=@x", "-p", "q=0", "-f", "b=2",
             "--part", "y=@y", "-F", "c=3"]  # fmt: skip
    oocli(*typed, signed_in_to=things_portal)
    dry = oocli(*typed, "--dry-run", signed_in_to=things_portal)
    shown = oocli(*typed, "--print-curl", signed_in_to=things_portal)

    subprocess.run(
        ["sh", "-c", shown.stdout.decode()], capture_output=True, cwd=tmp_path, timeout=60,
        env={"PATH": "/usr/bin:/bin", "OOCLI_TOKEN": things_portal.issue_token()}, check=True,
    )  # fmt: skip

    expected = [b"1", b"file x", b"2", b"file y", b"3"]
    for request in things_portal.requests:
        assert part_contents(request) == expected
    assert len(things_portal.requests) == 2
    assert [line[0] for line in dry.stdout.decode().splitlines()[-5:]] == ["a", "x", "b", "y", "c"]


def test_a_number_is_sent_with_the_digits_that_were_typed(things_portal, oocli):
    oocli(
        "call", "PUT", "things", "-F", "a=1.500", "-F", "b=12345678901234567890", "-F", "c=1e400",
        "-F", "d=-0", "-F", "e=007", "-F", "f=+1", "-F", "g=0x1f", signed_in_to=things_portal,
    )  # fmt: skip

    assert sent(things_portal).body == (
        b'{"a":1.500,"b":12345678901234567890,"c":1e400,"d":-0,"e":"007","f":"+1","g":"0x1f"}'
    )


def test_a_field_that_reads_a_file_stays_text(things_portal, oocli, tmp_path):
    (tmp_path / "note").write_text("true\nzwei\n", encoding="utf-8")

    oocli(
        "call", "POST", "things", "-F", "note=@note", "-f", "raw=@note", signed_in_to=things_portal
    )

    assert json.loads(sent(things_portal).body) == {"note": "true\nzwei\n", "raw": "@note"}


def test_a_bom_at_the_beginning_of_a_text_is_dropped_from_a_file_and_from_stdin(
    things_portal, oocli, tmp_path
):
    text = "\ufeffa\ufeff"
    (tmp_path / "text").write_text(text, encoding="utf-8")

    for field in ("text=@text", "text=@-"):
        assert (
            oocli(
                "call", "POST", "things", "-F", field, stdin=text, signed_in_to=things_portal
            ).exit
            == 0
        )

    assert [json.loads(request.body) for request in things_portal.requests] == [
        {"text": "a\ufeff"}
    ] * 2


def test_a_field_reads_stdin(things_portal, oocli):
    oocli(
        "call", "POST", "things", "-F", "note=@-", stdin="from a pipe", signed_in_to=things_portal
    )

    assert json.loads(sent(things_portal).body) == {"note": "from a pipe"}


def test_two_fields_cannot_both_read_stdin(things_portal, oocli):
    ran = oocli(
        "call", "POST", "things", "-F", "a=@-", "-F", "b=@-", stdin="x", signed_in_to=things_portal
    )

    assert (ran.exit, ran.stdout, things_portal.requests) == (2, b"", [])
    assert ran.stderr == "oocli: --field @- and --field @- cannot both read stdin\n"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["-f", "title"], "oocli: --raw-field 'title' is not of the form NAME=VALUE"),
        (["-F", "=x"], "oocli: --field '=x' is not of the form NAME=VALUE"),
        (["-p", "count"], "oocli: --param 'count' is not of the form NAME=VALUE"),
        (["-F", "a[b=1"], "oocli: the field name 'a[b' cannot be read"),
        (["-F", "a=1", "-F", "a=2"], "oocli: the field 'a' contradicts an earlier field"),
        (["-F", "a=1", "-F", "a[b]=2"], "oocli: the field 'a[b]' contradicts an earlier field"),
        (["-F", "a[]=1", "-F", "a[b]=2"], "oocli: the field 'a[b]' contradicts an earlier field"),
        (["-d", "{}", "-f", "a=1"], "oocli: --data cannot be combined with fields"),
        (["-d", "{}", "--form"], "oocli: --data cannot be combined with fields"),
        (["--form"], "oocli: --form needs at least one field"),
    ],
)
def test_invalid_fields_are_refused_before_anything_is_sent(things_portal, oocli, typed, why):
    ran = oocli("call", "POST", "things", *typed, signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.requests) == (2, b"", [])
    assert ran.stderr.startswith(why)


def test_a_missing_field_file_is_reported(things_portal, oocli):
    ran = oocli("call", "POST", "things", "-F", "note=@nowhere", signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.requests) == (1, b"", [])
    assert ran.stderr == "oocli: --field @nowhere cannot be read: No such file or directory\n"


# Bodies


@pytest.mark.parametrize("way", ["typed", "file", "stdin"])
def test_a_json_body_is_sent_byte_for_byte(things_portal, oocli, tmp_path, way):
    body = '{ "b": 1.500,\n  "a": 1e3, "a": "\\u00e9é" }\n'
    (tmp_path / "body.json").write_bytes(body.encode())
    given = {"typed": body, "file": "@body.json", "stdin": "@-"}[way]

    ran = oocli(
        "call", "POST", "things", "-d", given, stdin=body if way == "stdin" else None,
        signed_in_to=things_portal,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert sent(things_portal).body == body.encode()
    assert sent(things_portal).header("Content-Length") == str(len(body.encode()))
    assert sent(things_portal).header("Content-Type") == "application/json"


def test_a_body_that_is_not_json_is_refused_with_line_and_column(things_portal, oocli, tmp_path):
    (tmp_path / "body.json").write_text('{"a": 1,\n "b": tru}')

    ran = oocli("call", "POST", "things", "-d", "@body.json", signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.requests) == (2, b"", [])
    assert re.fullmatch(
        r"oocli: --data is not JSON: .*line 2 column 7\nhint: .*-f NAME=VALUE\n", ran.stderr
    )


def test_a_body_file_may_hold_anything_with_another_content_type(things_portal, oocli, tmp_path):
    (tmp_path / "raw").write_bytes(bytes(range(256)) * 1000)

    ran = oocli(
        "call", "POST", "things", "-d", "@raw", "-H", "Content-Type: application/octet-stream",
        signed_in_to=things_portal,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert sent(things_portal).body == bytes(range(256)) * 1000
    assert sent(things_portal).header("Content-Type") == "application/octet-stream"
    assert sent(things_portal).header("Content-Length") == "256000"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_missing_body_is_sent_as_an_empty_object(things_portal, oocli, method):
    oocli("call", method, "things", "--yes", signed_in_to=things_portal)

    assert (sent(things_portal).body, sent(things_portal).header("Content-Type")) == (
        b"{}",
        "application/json",
    )


def test_get_sends_no_body(things_portal, oocli):
    oocli("call", "GET", "things", signed_in_to=things_portal)

    assert (sent(things_portal).body, sent(things_portal).header("Content-Type")) == (b"", None)


# Forms and parts


def test_a_form_is_sent_as_names_and_values(things_portal, oocli):
    oocli(
        "call",
        "POST",
        "things",
        "--form",
        "-f",
        "a b=1&2",
        "-F",
        "c[]=true",
        signed_in_to=things_portal,
    )

    assert sent(things_portal).body == b"a+b=1%262&c%5B%5D=true"
    assert sent(things_portal).header("Content-Type") == "application/x-www-form-urlencoded"


def test_parts_are_sent_with_their_types_and_names(things_portal, oocli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one\r\n")
    (tmp_path / "b").write_bytes(b"two")

    ran = oocli(
        "call", "POST", "things", "-f", "note=hello", "--part", "file=@a.txt",
        "--part", "other=@b;type=text/plain;filename=Über;blick.txt", signed_in_to=things_portal,
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert sent(things_portal).header("Content-Length") == str(len(sent(things_portal).body))
    assert parts_of(sent(things_portal)) == [
        (b'Content-Disposition: form-data; name="note"', b"hello"),
        (
            b'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            b"Content-Type: application/octet-stream",
            b"one\r\n",
        ),
        (
            'Content-Disposition: form-data; name="other"; filename="Über;blick.txt"\r\n'
            "Content-Type: text/plain".encode(),
            b"two",
        ),
    ]


def test_a_part_from_stdin_needs_a_name_and_has_a_length(things_portal, oocli):
    nameless = oocli(
        "call", "POST", "things", "--part", "f=@-", stdin="x", signed_in_to=things_portal
    )
    assert (nameless.exit, things_portal.requests) == (2, [])

    ran = oocli(
        "call",
        "POST",
        "things",
        "--part",
        "f=@-;filename=x.bin",
        stdin=b"\0\1",
        signed_in_to=things_portal,
    )

    assert (ran.exit, ran.stderr) == (0, "")
    assert [content for _, content in parts_of(sent(things_portal))] == [b"\0\1"]
    assert sent(things_portal).header("Transfer-Encoding") is None


def test_an_uploaded_file_can_be_downloaded_unchanged(either, oocli, tmp_path):
    content = bytes(range(256)) * 4096
    (tmp_path / "plan.bin").write_bytes(content)

    ran = oocli(
        "call", "POST", "files/@my/upload", "--part", "file=@plan.bin", "-r", signed_in_to=either
    )

    assert (ran.exit, ran.stderr) == (0, "")
    made = ran.json[0] if isinstance(ran.json, list) else ran.json
    fetched = oocli("call", "GET", made["viewUrl"], "-o", "copy", signed_in_to=either)
    assert (fetched.exit, fetched.stderr) == (0, "")
    assert (tmp_path / "copy").read_bytes() == content


def test_a_part_is_sent_whole_again_when_the_portal_asks_to_wait(things_portal, oocli, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"x" * 300_000)
    things_portal.order("POST", "things", things_portal.faults.RateLimited(retry_after="0"))

    ran = oocli("call", "POST", "things", "--part", "file=@a.bin", signed_in_to=things_portal)

    assert ran.exit == 0
    assert re.fullmatch(r"retry 1 of 2 in [\d.]+ s: 429 Too Many Requests\n", ran.stderr)
    first, second = things_portal.requests
    assert first.body == second.body
    assert (
        hashlib.sha256(parts_of(second)[0][1]).digest() == hashlib.sha256(b"x" * 300_000).digest()
    )


@pytest.mark.parametrize(
    ("part", "exit_code", "why"),
    [
        ("file=text", 2, "oocli: --part 'file=text' is not of the form NAME=@FILE"),
        ("file=@gone", 1, "oocli: --part file @gone cannot be read: No such file or directory"),
        ("file=@folder", 1, "oocli: --part file @folder is a directory"),
        ("file=@x;type=nonsense", 2, "oocli: --part file: 'nonsense' is not a media type"),
    ],
)
def test_a_part_that_cannot_be_sent_is_refused(
    things_portal, oocli, tmp_path, part, exit_code, why
):
    (tmp_path / "folder").mkdir()

    ran = oocli("call", "POST", "things", "--part", part, signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.requests) == (exit_code, b"", [])
    assert ran.stderr.splitlines()[0].startswith(why)


def test_get_takes_neither_form_nor_parts(things_portal, oocli):
    ran = oocli("call", "GET", "things", "--form", "-f", "a=1", signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.requests) == (2, b"", [])


# Headers


def test_headers_are_sent_and_may_replace_defaults(things_portal, oocli):
    oocli(
        "call", "GET", "things", "-H", "Accept-Language: de", "-H", "accept:text/plain",
        signed_in_to=things_portal,
    )  # fmt: skip

    assert sent(things_portal).header("Accept-Language") == "de"
    assert [v for k, v in sent(things_portal).headers if k.lower() == "accept"] == ["text/plain"]


@pytest.mark.parametrize(
    "typed",
    [
        "Authorization: Bearer x", "authorization:x", "COOKIE: a=b", "Proxy-Authorization: x",
        "Host: elsewhere", "Origin: https://elsewhere", "Referer: x", "Content-Length: 5",
        "Transfer-Encoding: chunked", "X-A: 1\r\nX-B: 2", "X-A: 1\nCookie: a=b", "X-A\r\n: 1",
        "X A: 1", ": 1", "X-A", "X-A: \x1b[0m", "X-A: é",
    ],
)  # fmt: skip
def test_a_forbidden_or_invalid_header_is_refused(portal, oocli, typed):
    ran = oocli("call", "GET", "people/@self", "-H", typed, signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert ran.stderr.startswith("oocli: --header")
    assert len(ran.stderr.splitlines()) <= 2


# Confirmation, dry run, curl


def test_delete_needs_yes_without_a_terminal(things_portal, oocli):
    ran = oocli("call", "DELETE", "things", signed_in_to=things_portal)

    assert (ran.exit, ran.stdout, things_portal.connections) == (2, b"", 0)
    assert ran.stderr == (
        f"oocli: DELETE things on {things_portal.host} must be confirmed\n"
        "hint: confirm with --yes\n"
    )


def test_dry_run_shows_the_request_and_sends_nothing(things_portal, oocli, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"123")

    plain = oocli(
        "call", "post", "/things?key=hush", "-p", "a=1", "-F", "password=hush", "-F", "n=1.50",
        "-H", "X-Note: hi", "--dry-run", signed_in_to=things_portal,
    )  # fmt: skip
    form = oocli(
        "call", "POST", "things", "--part", "f=@a.bin", "--dry-run", signed_in_to=things_portal
    )

    assert (plain.exit, plain.stderr, form.exit, form.stderr) == (0, "", 0, "")
    assert things_portal.connections == 0
    assert plain.stdout.decode().splitlines() == [
        f"POST {things_portal.origin}/api/2.0/things?key=***&a=1",
        "Accept: application/json",
        "X-Note: hi",
        "Content-Type: application/json",
        "Authorization: ***",
        "",
        '{"password":"***","n":1.50}',
    ]
    assert form.stdout.decode().splitlines()[-1] == (
        "f=@a.bin;type=application/octet-stream;filename=a.bin (3 bytes)"
    )


CURL_CASES = {
    "a query": ["GET", "things", "-p", "q=it's $HOME `x` [1] {2}"],
    "a header": ["GET", "things", "-H", "X-Note: a\"b 'c' $d \\e", "-H", "X-Empty:"],
    "a JSON body": ["POST", "things", "-d", '{"a": "it\'s\\n$x `y`"}'],
    "a body from a file": ["PUT", "things", "-d", "@body.json"],
    "a file with a BOM": ["PUT", "things", "-d", "@bom.json"],
    "a text with a BOM": ["PUT", "things", "-d", "\ufeff[]"],
    "fields": ["POST", "things", "-F", "n=1.500", "-f", "t=@not a file"],
    "a form": ["POST", "things", "--form", "-f", "a=b c&d"],
    "no body": ["DELETE", "things", "--yes"],
    "another type": ["POST", "things", "-d", "a;b", "-H", "Content-Type: text/plain"],
}


@pytest.mark.tools
@pytest.mark.parametrize("which", CURL_CASES)
def test_the_curl_command_sends_the_same_request(things_portal, oocli, tmp_path, which):
    (tmp_path / "body.json").write_bytes('{"a": "é"}\n'.encode())
    (tmp_path / "bom.json").write_bytes(b'\xef\xbb\xbf{"a": 1}\n')
    oocli("call", *CURL_CASES[which], signed_in_to=things_portal)
    shown = oocli("call", *CURL_CASES[which], "--print-curl", signed_in_to=things_portal)
    token = things_portal.issue_token()

    ran = subprocess.run(
        ["sh", "-c", shown.stdout.decode()], capture_output=True, cwd=tmp_path, timeout=60,
        env={"PATH": "/usr/bin:/bin", "OOCLI_TOKEN": token},
    )  # fmt: skip

    assert (shown.exit, shown.stderr, ran.returncode) == (0, "", 0)
    assert b'"Authorization: $OOCLI_TOKEN"' in shown.stdout
    ours, curls = things_portal.requests
    assert (curls.method, curls.target, curls.body) == (ours.method, ours.target, ours.body)
    for name in ("Accept", "Content-Type", "X-Note", "X-Empty"):
        assert curls.header(name) == ours.header(name), name
    assert curls.header("Authorization") == token


@pytest.mark.tools
def test_the_curl_command_sends_the_same_parts(things_portal, oocli, tmp_path):
    (tmp_path / 'odd "name", ok;.txt').write_bytes(b"content\0")
    typed = [
        "call", "POST", "things", "-f", "note=@x;y", "--part",
        'file=@odd "name", ok;.txt;type=text/plain;filename=Über, "x".txt',
    ]  # fmt: skip
    oocli(*typed, signed_in_to=things_portal)
    shown = oocli(*typed, "--print-curl", signed_in_to=things_portal)

    ran = subprocess.run(
        ["sh", "-c", shown.stdout.decode()], capture_output=True, cwd=tmp_path, timeout=60,
        env={"PATH": "/usr/bin:/bin", "OOCLI_TOKEN": things_portal.issue_token()},
    )  # fmt: skip

    assert (shown.exit, shown.stderr, ran.returncode) == (0, "", 0)
    ours, curls = things_portal.requests
    assert [content for _, content in parts_of(ours)] == [b"@x;y", b"content\0"]
    assert part_contents(curls) == [content for _, content in parts_of(ours)]


def part_contents(request):
    """Return the contents of a multipart body with the boundary of another program."""
    boundary = request.header("content-type").partition("boundary=")[2].encode()
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary)[1:-1]
    return [piece.split(b"\r\n\r\n", 1)[1] for piece in pieces]


@pytest.mark.tools
@pytest.mark.parametrize(
    "around", ["{}", "x{}y", "{}_", "{}[1]", "{}:h", "{}{}", "it's {}y", "$x{}y"]
)
def test_a_curl_command_replaces_the_secret_with_the_variable(docspace, oocli, around):
    docspace.answers("POST", "things", response={})
    key = "sk-" + "ab" * 32
    env = {"OOCLI_PORTAL": docspace.origin, "OOCLI_TOKEN": key}
    note = around.replace("{}", key)
    shown = oocli("call", "POST", "things", "-f", f"note={note}", "--form", "--print-curl", env=env)

    subprocess.run(
        ["sh", "-c", shown.stdout.decode()], capture_output=True, timeout=60, check=True,
        env={"PATH": "/usr/bin:/bin", "OOCLI_TOKEN": key},
    )  # fmt: skip

    assert key.encode() not in shown.stdout
    assert parse_qsl(sent(docspace).body.decode()) == [("note", note)]


def test_the_curl_command_does_not_contain_the_api_key(docspace, oocli):
    key = "sk-" + "ab" * 32
    ran = oocli(
        "call", "POST", "things", "-f", f"note={key}", "--print-curl",
        env={"OOCLI_PORTAL": docspace.origin, "OOCLI_TOKEN": key},
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")
    assert key.encode() not in ran.stdout
    assert b'"Authorization: Bearer $OOCLI_TOKEN"' in ran.stdout
