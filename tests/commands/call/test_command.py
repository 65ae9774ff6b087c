"""`oocli call`: paths, output, request bodies, failures and TLS."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
import trustme

from tests.portal import DemoPortal, faults
from tests.waiting import ended

JSON = [("Content-Type", "application/json; charset=utf-8")]


@pytest.fixture
def known(portal, oocli, sign_in):
    """A Workspace portal that is signed in to, so that its kind is known."""
    assert sign_in(portal).exit == 0
    portal.forget()
    return portal


# Paths


@pytest.mark.parametrize(
    "path",
    [
        "people/@self",
        "/people/@self",
        "people/@self.json",
        "/api/2.0/people/@self",
        "/api/2.0/people/@self.json",
        "ORIGIN/api/2.0/people/@self",
        "ORIGIN/api/2.0/people/@self.json",
    ],
)
def test_every_spelling_of_a_path_means_the_same(known, oocli, path):
    ran = oocli("call", "get", path.replace("ORIGIN", known.origin))

    assert (ran.exit, ran.stderr) == (0, "")
    assert [(seen.method, seen.target) for seen in known.requests] == [
        ("GET", "/api/2.0/people/@self.json")
    ]


def test_a_portal_of_unknown_kind_gets_no_suffix(either, oocli):
    ran = oocli("call", "GET", "people/@self.json", signed_in_to=either)

    assert ran.exit == 0
    assert [seen.target for seen in either.requests] == ["/api/2.0/people/@self"]


def test_a_name_that_ends_in_json_needs_a_second_suffix(known, oocli):
    oocli("call", "GET", "files/@search/report.json.json")

    assert [seen.target for seen in known.requests] == ["/api/2.0/files/@search/report.json.json"]


def test_parameters_are_added_to_the_query_that_the_path_carries(known, oocli):
    ran = oocli("call", "GET", "people?count=1", "-p", "startIndex=1", "-p", "a b=c&d")

    assert ran.exit == 0
    (seen,) = known.requests
    assert seen.target == "/api/2.0/people.json?count=1&startIndex=1&a%20b=c%26d"


def test_a_link_of_the_portal_is_requested_unchanged(known, oocli):
    link = f"{known.origin}/Products/Files/HttpHandlers/filehandler.ashx?action=download&fileid=1"

    oocli("call", "GET", link)

    assert [seen.target for seen in known.requests] == [link.removeprefix(known.origin)]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("https://other.example.com/api/2.0/people", "not an address of"),
        ("http://HOST.example.com:PORT/x", "not an address of"),
        ("../people", "`.` and `..` are not allowed"),
        ("people/%2e%2E/x", "`.` and `..` are not allowed"),
        ("//other.example.com/x", "must not start with two slashes"),
        ("people\\x", "must not contain backslashes"),
        ("people\nx", "must not contain"),
        ("", "PATH is empty"),
        ("C:/Program Files/Git/people/@self", "a shell turned PATH into a file path"),
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(portal, oocli, path, why):
    path = path.replace("HOST", "127.0.0.1").replace("PORT", str(portal.port))

    ran = oocli("call", "GET", path, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert why in ran.stderr
    assert portal.connections == 0


def test_a_url_of_an_origin_with_user_info_is_refused(portal, oocli):
    ran = oocli("call", "GET", f"http://ann:pw@{portal.host}/api/2.0/people", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert "ann:pw" not in ran.stderr
    assert portal.connections == 0


def test_an_unknown_method_is_refused(portal, oocli):
    ran = oocli("call", "FETCH", "people", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert "FETCH" in ran.stderr
    assert portal.connections == 0


# What is printed


@pytest.mark.parametrize(
    "body",
    [
        b'{"b":1.10,"a":12345678901234567890123,"b":1e400}',
        b'{ "count" : 1,\n\t"response":"\\u00e9\xc3\xa9\\/"}',
        b'{"response":"\xe2\x80\xae\xc2\x9b"}',
    ],
)
def test_in_a_pipe_the_portals_own_bytes_come_out(portal, oocli, body):
    portal.answers("GET", "people", body=body + b"\r\n\n", headers=JSON)

    ran = oocli("call", "GET", "people", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, body + b"\n", "")


def test_a_byte_order_mark_is_dropped(portal, oocli):
    portal.answers("GET", "people", body=b'\xef\xbb\xbf{"response":1}', headers=JSON)

    ran = oocli("call", "GET", "people", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (0, b'{"response":1}\n')


def test_response_prints_only_response_with_every_digit(portal, oocli):
    body = b'{"count":1,"response": {"z":1.50, "a":[1E5,{"response":0}]} ,"status":0}'
    portal.answers("GET", "people", body=body, headers=JSON)

    ran = oocli("call", "GET", "people", "-r", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (0, b'{"z":1.50, "a":[1E5,{"response":0}]}\n')


def test_include_shows_status_and_headers_without_secrets(portal, oocli):
    portal.order("GET", "people/@self", faults.ExtraHeaders((("Set-Cookie", "a=s3cret"),)))

    ran = oocli("call", "GET", "people/@self", "-i", signed_in_to=portal)

    assert ran.exit == 0
    head, _, body = ran.stdout.partition(b"\n\n")
    assert head.startswith(b"HTTP 200 OK\n")
    assert b"\nContent-Type: application/json" in head
    assert b"\nSet-Cookie: ***" in head
    assert b"s3cret" not in ran.stdout
    assert body == portal.last_body + b"\n"


@pytest.mark.parametrize("content_type", ["text/csv", "application/octet-stream"])
def test_other_content_types_are_printed_unchanged(portal, oocli, content_type):
    body = b"a,b\r\n1,\xff\x00\r\n\r\n" + bytes(range(256))
    portal.answers("GET", "report", body=body, headers=[("Content-Type", content_type)])

    ran = oocli("call", "GET", "report", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, body, "")


def test_output_writes_only_the_body_and_keeps_mode_and_link(portal, home, oocli):
    body = b'{"response":1}\r\n'
    portal.answers("GET", "people", body=body, headers=JSON)
    real = home.path / "real.json"
    real.write_text("before, and longer than what comes")
    real.chmod(0o600)
    (home.path / "link.json").symlink_to(real)

    ran = oocli("call", "GET", "people", "-o", "link.json", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert (home.path / "link.json").is_symlink()
    assert real.read_bytes() == body
    assert sys.platform == "win32" or real.stat().st_mode & 0o777 == 0o600


@pytest.mark.posix
def test_a_device_as_output_is_written_to_and_not_replaced(portal, oocli, home):
    ran = oocli("call", "GET", "people/@self", "-o", "/dev/null", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("name", "exit_code", "why"),
    [
        ("", 2, "--output"),
        (".", 1, ". cannot be written: it is a directory"),
        ("nowhere/x.json", 1, "nowhere/x.json cannot be written: No such file or directory"),
        ("folder", 1, "folder cannot be written: it is a directory"),
    ],
)
def test_an_output_file_that_cannot_be_written_is_reported(
    portal, home, oocli, name, exit_code, why
):
    (home.path / "folder").mkdir()

    ran = oocli("call", "GET", "people/@self", "-o", name, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (exit_code, b"")
    assert ran.stderr.startswith("oocli: ")
    assert why in ran.stderr
    assert list((home.path / "folder").iterdir()) == []


@pytest.mark.parametrize(
    "fault", [faults.DropInBody(), faults.HalfChunk(), faults.WrongLength(), faults.Html(502)]
)
def test_a_failure_leaves_an_existing_output_file_unchanged(portal, home, oocli, fault):
    (home.path / "kept.json").write_text("before")
    portal.order("GET", "people/@self", fault, times=None)

    ran = oocli(
        "call", "GET", "people/@self", "-o", "kept.json", "--retry", "0", signed_in_to=portal
    )

    assert ran.exit in (5, 10)
    assert sorted(path.name for path in home.path.iterdir()) == ["kept.json"]
    assert (home.path / "kept.json").read_text() == "before"


# What is sent


@pytest.mark.parametrize("data", ["{", "", "{'a': 1}", "NaN"])
def test_data_that_is_not_json_is_refused(portal, oocli, data):
    ran = oocli("call", "POST", "people", "-d", data, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert portal.connections == 0


def test_data_from_a_missing_file_exits_with_1(portal, oocli):
    ran = oocli("call", "POST", "people", "-d", "@nowhere", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (1, b"")
    assert "nowhere cannot be read: No such file or directory" in ran.stderr
    assert portal.connections == 0


def test_a_workspace_portal_gets_no_body_unless_one_is_given(known, oocli):
    known.answers("DELETE", "people/x", response={})

    oocli("call", "DELETE", "people/x", "--yes")

    (seen,) = known.requests
    assert (seen.body, seen.header("Content-Type")) == (b"", None)


@pytest.mark.parametrize(("answer", "code", "sent"), [("y", 0, 1), ("n", 2, 0), ("", 2, 0)])
def test_on_a_terminal_a_delete_asks_for_confirmation(portal, terminal, answer, code, sent):
    portal.answers("DELETE", "people/x", response={})
    handle = terminal("call", "DELETE", "people/x", signed_in_to=portal)
    handle.expect(r"\[y/N\] ")
    asked = handle.before
    handle.sendline(answer)
    ended(handle)

    assert portal.host in asked
    assert "DELETE people/x" in asked
    assert (handle.exitstatus, len(portal.requests)) == (code, sent)


@pytest.mark.parametrize("flags", [("-v",), ("-vv",), ("--debug",), ("-vv", "--debug")])
def test_the_log_shows_the_request_and_never_the_token(either, oocli, home, sign_in, flags):
    sign_in(either)
    token = home.keyring[f"oocli/{either.host}"]

    ran = oocli("call", "GET", "people/@self", *flags)

    assert ran.exit == 0
    assert f"> GET {either.origin}/api/2.0/people/@self" in ran.stderr
    assert "< 200 OK" in ran.stderr
    assert ("Authorization: ***" in ran.stderr) == (flags != ("-v",))
    assert token not in ran.stderr
    assert ran.stdout == either.last_body + b"\n"


def test_quiet_prints_only_errors_on_stderr(portal, oocli):
    good = oocli("call", "GET", "people/@self", "-q", "--insecure", signed_in_to=portal)
    bad = oocli("call", "GET", "people/nobody", "-q", signed_in_to=portal)

    assert (good.exit, good.stderr) == (0, "")
    assert (bad.exit, bad.stderr.splitlines()[0][:7]) == (7, "oocli: ")


# Failures: one line and at most one hint on stderr, the body on stdout


def check_failure(ran, portal, exit, status, why):
    """Check exit code and messages of a failure that an answer caused."""
    lines = ran.stderr.splitlines()
    assert ran.exit == exit, ran.stderr
    assert lines[0] == f"oocli: GET people on {portal.host}: {why} ({status})"
    assert len(lines) == 1 or (len(lines) == 2 and lines[1].startswith("hint: "))


@pytest.mark.parametrize(
    ("status", "exit"),
    [
        (400, 8), (402, 6), (403, 6), (404, 7), (405, 8), (409, 8), (410, 7), (413, 8), (415, 8),
        (500, 5), (501, 5), (502, 5), (503, 5), (504, 5),
    ],
)  # fmt: skip
def test_an_http_failure_has_its_exit_code_the_portals_message_and_its_body(
    either, oocli, status, exit
):
    either.answers("GET", "people", status=status, error="The portal's own words")

    ran = oocli("call", "GET", "people", "--retry", "0", signed_in_to=either)

    check_failure(ran, either, exit, status, "The portal's own words")
    assert ran.stdout == either.last_body + b"\n"
    assert "stack" not in ran.stderr


def test_a_refused_token_exits_with_4_and_names_its_source(either, oocli):
    token = either.issue_token()
    either.revoke(token)

    ran = oocli("call", "GET", "people", env={"OOCLI_TOKEN": token, "OOCLI_PORTAL": either.origin})

    assert ran.exit == 4
    first, hint = ran.stderr.splitlines()
    assert first.startswith(f"oocli: GET people on {either.host}: ")
    assert first.endswith(" (401)")
    assert hint.startswith("hint: the session token from OOCLI_TOKEN was refused; ")


def test_an_error_in_a_200_answer_fails_and_its_body_is_printed(either, oocli):
    either.answers("GET", "people", status=200, error="Access denied")

    ran = oocli("call", "GET", "people", signed_in_to=either)

    check_failure(ran, either, 8, 200, "Access denied")
    assert ran.stdout == either.last_body + b"\n"


@pytest.mark.parametrize(
    ("fault", "exit", "status", "why"),
    [
        (faults.Html(200, "Welcome"), 5, 200, 'an HTML page ("Welcome") instead of an API answer'),
        (
            faults.Html(404, "Lost"),
            7,
            404,
            'the portal has no such address; it sent an HTML page ("Lost")',
        ),
        (faults.Html(502), 5, 502, 'an HTML page ("502 Bad Gateway")'),
        (faults.Xml(), 5, 200, "an XML answer instead of an API answer"),
        (faults.Empty(200), 5, 200, "an empty answer instead of an API answer"),
        (faults.WarmingUp(503), 5, 503, 'an HTML page ("The portal is starting up, please wait")'),
    ],
)
def test_an_answer_that_is_not_from_the_api_is_described(either, oocli, fault, exit, status, why):
    either.order("GET", "people", fault, times=None)

    ran = oocli("call", "GET", "people", "--retry", "0", signed_in_to=either)

    check_failure(ran, either, exit, status, why)
    assert ran.stdout.rstrip(b"\r\n") == either.last_body.rstrip(b"\r\n")


@pytest.mark.parametrize("body", [b'{"response":', b"nonsense", b"[" * 100_000, b'{"a":\xff}'])
def test_invalid_json_is_not_an_api_answer(portal, oocli, body):
    portal.answers("GET", "people", body=body, headers=JSON)

    ran = oocli("call", "GET", "people", signed_in_to=portal)

    assert ran.exit == 5
    assert ran.stderr.startswith(f"oocli: GET people on {portal.host}: broken JSON (")
    assert ran.stdout.rstrip(b"\n") == body


def test_a_204_may_be_empty(portal, oocli):
    portal.answers("PUT", "people/x", status=204, body=b"")

    ran = oocli("call", "PUT", "people/x", signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (faults.DropBeforeAnswer(), "the connection failed"),
        (faults.DropInBody(), "the answer is incomplete"),
        (faults.HalfChunk(), "the answer is incomplete"),
        (faults.WrongLength(), "the answer is incomplete"),
        (faults.ResetConnection(), "the connection failed: reset by the portal"),
    ],
)
def test_a_broken_connection_exits_with_10_and_prints_no_partial_answer(either, oocli, fault, why):
    either.order("GET", "people", fault, times=None)

    ran = oocli("call", "GET", "people", "--retry", "0", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (10, b"")
    assert ran.stderr.startswith(f"oocli: GET people on {either.host}: {why}")
    assert len(ran.stderr.splitlines()) <= 2


def test_a_refused_connection_exits_with_10(oocli):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    env = {"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": f"http://{host}"}

    ran = oocli("call", "GET", "people", "--retry", "0", env=env)

    assert (ran.exit, ran.stdout) == (10, b"")
    assert ran.stderr.startswith(f"oocli: GET people on {host}: connection refused\nhint: ")


def test_an_unknown_host_exits_with_10(oocli):
    env = {"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": "portal.invalid"}

    ran = oocli("call", "GET", "people", "--retry", "0", env=env)

    assert (ran.exit, ran.stdout) == (10, b"")
    assert ran.stderr.startswith(
        "oocli: GET people on portal.invalid: the host name is unknown\nhint: "
    )


@pytest.mark.parametrize("option", ["--timeout", "--max-time"])
def test_a_timeout_exits_with_11_and_is_not_retried(portal, oocli, option):
    portal.order("GET", "people", faults.Hang(), times=None)

    ran = oocli("call", "GET", "people", option, "0.5", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (11, b"")
    first, hint = ran.stderr.splitlines()
    assert first.startswith(f"oocli: GET people on {portal.host}: ")
    assert option in hint
    assert len(portal.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_redirect_to_another_origin_exits_with_3_and_names_it(portal, oocli, status, method):
    portal.order(
        method, "people", faults.Redirect(status, "http://127.0.0.1:9/api/2.0/people"), times=None
    )

    ran = oocli("call", method, "people", "--yes", signed_in_to=portal)

    assert ran.exit == 3
    assert "http://127.0.0.1:9" in ran.stderr.splitlines()[0]
    assert ran.stderr.splitlines()[0].endswith(f" ({status})")
    assert len(portal.requests) == 1


@pytest.mark.parametrize(
    ("fault", "exit"),
    [
        (faults.Empty(404), 7), (faults.Html(502), 5), (faults.Redirect(302, "http://[::1]:9/"), 3),
        (faults.Empty(403), 6), (faults.Empty(400), 8), (faults.RateLimited(), 9),
    ],
)  # fmt: skip
def test_no_fail_exits_with_0_but_still_reports_the_failure(portal, oocli, fault, exit):
    portal.order("GET", "people", fault, times=None)
    given = ("call", "GET", "people", "--retry", "0")

    plain = oocli(*given, signed_in_to=portal)
    no_fail = oocli(*given, "--no-fail", signed_in_to=portal)

    assert (plain.exit, no_fail.exit) == (exit, 0)
    assert (plain.stdout, plain.stderr) == (no_fail.stdout, no_fail.stderr)


@pytest.mark.parametrize(
    ("fault", "exit_code"), [(faults.DropBeforeAnswer(), 10), (faults.Empty(401), 4)]
)
def test_no_fail_does_not_cover_a_missing_answer_or_a_refused_credential(
    portal, oocli, fault, exit_code
):
    portal.order("GET", "people", fault, times=None)

    ran = oocli("call", "GET", "people", "--no-fail", "--retry", "0", signed_in_to=portal)

    assert ran.exit == exit_code


def test_the_portals_message_cannot_control_the_terminal_or_forge_a_line(portal, oocli):
    portal.answers("GET", "people", status=400, error="a\nhint: rm -rf /\x1b[2J\u202e[bold]")

    ran = oocli("call", "GET", "people", signed_in_to=portal)

    assert ran.exit == 8
    assert ran.stderr == (
        f"oocli: GET people on {portal.host}: a hint: rm -rf /\\u001b[2J\\u202e[bold] (400)\n"
    )


# TLS


@pytest.fixture(scope="session")
def authority():
    """A certificate authority that no machine trusts."""
    return trustme.CA()


@pytest.fixture
def secure(authority, tmp_path):
    """Make a portal that speaks TLS with a certificate for these names."""
    started = []

    def run(*names):
        pem = str(tmp_path / "portal.pem")
        authority.issue_cert(*names).private_key_and_cert_chain_pem.write_to_path(pem)
        portal = DemoPortal(tls=(pem, pem))
        started.append(portal.start())
        return portal

    yield run
    for portal in started:
        portal.stop()


def test_an_unknown_authority_exits_with_10_and_nothing_is_sent(secure, oocli):
    portal = secure("127.0.0.1")

    ran = oocli("call", "GET", "people/@self", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (10, b"")
    first, hint = ran.stderr.splitlines()
    assert first.startswith(
        f"oocli: GET people/@self on {portal.host}: the portal's certificate is not accepted: "
    )
    assert "--cacert" in hint
    assert portal.requests == []


def test_a_certificate_for_another_name_exits_with_10(secure, authority, home, oocli):
    portal = secure("other.example.com")
    authority.cert_pem.write_to_path(home.path / "ca.pem")

    ran = oocli("call", "GET", "people/@self", "--cacert", "ca.pem", signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (10, b"")
    assert "certificate is not accepted" in ran.stderr
    assert portal.requests == []


@pytest.mark.parametrize("how", ["--cacert", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_private_authority_is_trusted_by_option_or_variable(secure, authority, home, oocli, how):
    portal = secure("127.0.0.1")
    authority.cert_pem.write_to_path(home.path / "ca.pem")
    option = ["--cacert", "ca.pem"] if how == "--cacert" else []
    env = {} if option else {how: str(home.path / "ca.pem")}

    ran = oocli("call", "GET", "people/@self", *option, env=env, signed_in_to=portal)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, portal.last_body + b"\n", "")


def test_insecure_warns_on_every_run(secure, oocli):
    portal = secure("127.0.0.1")

    for _ in range(2):
        ran = oocli("call", "GET", "people/@self", "--insecure", signed_in_to=portal)

        assert ran.exit == 0
        assert ran.stderr == "warning: --insecure: the portal's certificate is not checked\n"


def test_signing_in_over_tls_works_from_end_to_end(secure, authority, home, oocli, sign_in):
    portal = secure("127.0.0.1")
    authority.cert_pem.write_to_path(home.path / "ca.pem")
    env = {"SSL_CERT_FILE": str(home.path / "ca.pem")}

    signed_in = sign_in(portal, env=env)
    called = oocli("call", "GET", "people/@self", "-r", env=env)
    signed_out = oocli("logout", env=env)

    assert (signed_in.exit, called.exit, signed_out.exit) == (0, 0, 0)
    assert called.json["email"] == portal.user
    assert portal.origin.startswith("https://")
    assert portal.live_sessions() == []


def test_http_to_a_tls_port_and_https_to_an_http_port_exit_with_10(secure, portal, oocli):
    tls_portal = secure("127.0.0.1")

    to_tls = oocli("call", "GET", "people", "--retry", "0",
                   env={"OOCLI_TOKEN": "abc",
                        "OOCLI_PORTAL": f"http://{tls_portal.host}"})  # fmt: skip
    to_plain = oocli("call", "GET", "people", "--retry", "0",
                     env={"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": portal.host})  # fmt: skip

    assert (to_tls.exit, to_tls.stdout) == (10, b"")
    assert (to_plain.exit, to_plain.stdout) == (10, b"")
    assert portal.requests == tls_portal.requests == []
