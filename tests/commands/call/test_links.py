"""Links of a portal behind a reverse proxy, which may contain its internal host name."""

import json
import socket

import pytest

from oocli import OocliError, Portal
from tests.bench.servers import free_port, nginx

CONTENT = b"\x00report\xff" * 100
# The portal sees only the host name that the proxy sends, so its links contain that name.
PROXY = """\
{user}daemon off; worker_processes 1; pid {at}/nginx.pid; error_log {at}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {at}/bodies; proxy_temp_path {at}/proxy;
  fastcgi_temp_path {at}/fastcgi; uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /office/ {{
      proxy_pass PORTAL/; proxy_set_header Host inner.example:8080;
    }}
  }}
}}
"""


@pytest.fixture
def proxied(either, tmp_path):
    """The address of a portal that stands behind nginx, below a sub-path."""
    (tmp_path / "nginx").mkdir()
    port = free_port()
    with nginx(tmp_path / "nginx", port, PROXY.replace("PORTAL", either.origin)):
        yield f"http://127.0.0.1:{port}/office"


@pytest.fixture
def call(oocli, either, proxied):
    """Run `oocli` against the portal behind the proxy."""

    def run(*args, **how):
        env = {"OOCLI_PORTAL": proxied, "OOCLI_TOKEN": either.issue_token()}
        return oocli(*args, env=env, **how)

    return run


@pytest.fixture
def uploaded(call, tmp_path):
    """A file of that portal, as its object."""
    (tmp_path / "report.bin").write_bytes(CONTENT)
    made = call("call", "POST", "files/@my/upload", "--part", "file=@report.bin", "-r")
    return made.json[0] if isinstance(made.json, list) else made.json


def host_note(proxied):
    """Return the note about a link with the internal host."""
    host = proxied.removeprefix("http://")
    return f"the link names inner.example:8080; the request goes to {host} instead\n"


@pytest.mark.proxy
def test_a_link_with_an_internal_host_is_requested_from_the_chosen_portal(
    call, uploaded, proxied, tmp_path
):
    link = uploaded["viewUrl"]
    assert link.startswith("http://inner.example:8080/")

    ran = call("call", "GET", link, "-o", "copy.bin")

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", host_note(proxied))
    assert (tmp_path / "copy.bin").read_bytes() == CONTENT


@pytest.mark.proxy
def test_the_path_of_a_link_is_enough(call, uploaded, tmp_path):
    path = uploaded["viewUrl"].removeprefix("http://inner.example:8080")

    for number, typed in enumerate((path, path.removeprefix("/"), f"/office{path}")):
        ran = call("call", "GET", typed, "-o", f"copy{number}")
        assert (ran.exit, ran.stderr) == (0, "")
        assert (tmp_path / f"copy{number}").read_bytes() == CONTENT


@pytest.mark.proxy
def test_a_chunk_can_be_sent_to_the_location_of_an_upload_session(call, proxied, tmp_path):
    (tmp_path / "chunk").write_bytes(CONTENT)
    folder = call("call", "GET", "files/@my", "--jq", ".response.current.id").json
    made = call(
        "call", "POST", f"files/{folder}/upload/create_session", "-f", "fileName=chunked.bin",
        "-F", f"fileSize={len(CONTENT)}", "--jq", ".response.data.location",
    )  # fmt: skip
    location = made.stdout.decode().strip()
    assert location.startswith("http://inner.example:8080/")

    ran = call("call", "POST", location, "--part", "file=@chunk")

    assert (ran.exit, ran.stderr, ran.json["success"]) == (0, host_note(proxied), True)


@pytest.mark.proxy
def test_the_archive_of_a_finished_operation_is_requested_from_the_chosen_portal(
    call, uploaded, proxied
):
    body = json.dumps({"fileIds": [uploaded["id"]], "folderIds": []})
    made = call(
        "call", "PUT", "files/fileops/bulkdownload", "-d", body, "--wait",
        "--jq", ".response | if type == \"array\" then .[0] else . end | .url",
    )  # fmt: skip
    link = made.stdout.decode().strip()
    assert link.startswith("http://inner.example:8080/")

    ran = call("call", "GET", link, "-o", "-")

    assert (ran.exit, ran.stderr) == (0, host_note(proxied))
    assert ran.stdout.startswith(b"PK") or ran.stdout == CONTENT


@pytest.mark.proxy
def test_the_library_and_batch_accept_links_with_an_internal_host(
    call, either, uploaded, proxied, tmp_path
):
    link = uploaded["viewUrl"]
    line = json.dumps({"method": "GET", "path": link})
    (tmp_path / "lines").write_text(f"{line}\n{line}\n")

    with Portal(proxied, token=either.issue_token()) as portal:
        assert portal.get(link).raw == CONTENT
    ran = call("batch", "lines")

    assert (ran.exit, ran.stderr) == (0, host_note(proxied))
    assert [json.loads(line)["status"] for line in ran.stdout.splitlines()] == [200, 200]


def test_the_host_in_a_link_never_gets_a_request(either, oocli):
    either.answers("GET", "/x/filehandler.ashx", body=b"file")
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        origin = f"http://localhost:{other.getsockname()[1]}"

        taken = oocli("call", "GET", f"{origin}/x/filehandler.ashx", signed_in_to=either)
        refused = oocli("call", "GET", f"{origin}/x/file.docx", signed_in_to=either)

        with pytest.raises(TimeoutError):
            other.accept()
    assert (taken.exit, refused.exit) == (0, 2)
    assert taken.stderr == (
        f"the link names {origin.removeprefix('http://')}; "
        f"the request goes to {either.host} instead\n"
    )
    assert [request.target for request in either.requests] == ["/x/filehandler.ashx"]


def test_a_redirect_to_another_host_is_followed_without_the_credential(either, oocli):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(20)
        there = f"http://localhost:{other.getsockname()[1]}/filehandler.ashx"
        either.answers("GET", "/filehandler.ashx", status=302, headers=(("Location", there),))

        with (
            pytest.raises(OocliError),
            Portal(either.origin, token=either.issue_token(), timeout=0.5) as portal,
        ):
            portal.get(there, params={"action": "download"})

        connection, _ = other.accept()
        with connection:
            head = connection.recv(65536).decode()
    assert head.startswith("GET /filehandler.ashx HTTP/1.1")
    assert "authorization" not in head.lower()
