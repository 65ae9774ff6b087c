"""Connections through a real proxy, and TLS with a client certificate."""

import contextlib
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode

import pytest
import trustme

from tests.bench.servers import free_port
from tests.portal import DemoPortal

PROXY_USER, PROXY_PASSWORD = "ann", "pa-ss_w0rd"
USER_INFO = "ann:pa%2Dss_w0rd@"


class Proxy:
    """A running tinyproxy; `asked` lists the requests in its log."""

    def __init__(self, folder, *, with_password=False):
        self._folder, self._with_password = folder, with_password
        while not self._start():
            pass  # another process took the port in between

    def _start(self):
        self.port = free_port()
        self._log = self._folder / f"proxy-{self.port}.log"
        self._log.touch()
        lines = [
            f"Port {self.port}", "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 30",
            "MaxClients 20", f'LogFile "{self._log}"', "LogLevel Connect",
        ]  # fmt: skip
        if self._with_password:
            lines.append(f"BasicAuth {PROXY_USER} {PROXY_PASSWORD}")
        config = self._folder / f"proxy-{self.port}.conf"
        config.write_text("\n".join(lines) + "\n")
        self._process = subprocess.Popen(
            ["tinyproxy", "-d", "-c", str(config)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while not listens(self.port):
            if self._process.poll() is not None:
                said = self._process.communicate()[1] + self._log.read_text()
                assert "bind" in said.lower(), said
                return False
            assert time.monotonic() < deadline, "the proxy does not listen"
            time.sleep(0.02)
        return True

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self):
        return [
            line.partition("): ")[2]
            for line in self._log.read_text().splitlines()
            if "Request (file descriptor" in line
        ]

    def stop(self):
        self._process.terminate()
        self._process.communicate(timeout=30)


def listens(port):
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


@pytest.fixture
def proxy(tmp_path):
    running = Proxy(tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def certificate(authority, folder, name, *, with_key=False):
    """Write a certificate; return the paths of the certificate and of its key."""
    issued = authority.issue_cert("127.0.0.1")
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    if with_key:
        issued.private_key_and_cert_chain_pem.write_to_path(cert)
    else:
        cert.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(key)
    return str(cert), str(key)


@pytest.fixture
def secure(authority, tmp_path):
    """A portal over TLS; the certificate of its authority is in `ca.pem`."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with DemoPortal(tls=certificate(authority, tmp_path, "portal")) as running:
        yield running


# A proxy


@pytest.mark.proxy
@pytest.mark.parametrize("how", ["--proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_http_goes_through_the_given_proxy(either, oocli, proxy, how):
    option = ["--proxy", proxy.url] if how == "--proxy" else []
    env = {} if option else {how: proxy.url}

    ran = oocli("call", "GET", "people/@self", *option, env=env, signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, either.last_body + b"\n", "")
    assert [line.split()[0] for line in proxy.asked] == ["GET"]
    assert either.origin in proxy.asked[0]


@pytest.mark.proxy
@pytest.mark.parametrize("how", ["--proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_https_goes_through_a_tunnel_and_the_certificate_is_checked(secure, oocli, proxy, how):
    option = ["--proxy", proxy.url] if how == "--proxy" else []
    env = {} if option else {how: proxy.url}
    typed = ["call", "GET", "people/@self", *option]

    trusted = oocli(*typed, "--cacert", "ca.pem", env=env, signed_in_to=secure)
    unknown = oocli(*typed, env=env, signed_in_to=secure)

    assert (trusted.exit, trusted.stdout, trusted.stderr) == (0, secure.last_body + b"\n", "")
    assert [line.split()[:2] for line in proxy.asked] == [["CONNECT", secure.host]] * 2
    assert (unknown.exit, unknown.stdout) == (10, b"")
    assert "certificate is not accepted" in unknown.stderr


@pytest.mark.proxy
@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize("value", ["127.0.0.1", "127.0.0.0/8", "example.com, 127.0.0.1", "*"])
def test_no_proxy_bypasses_the_proxy(portal, oocli, proxy, variable, value):
    env = {"ALL_PROXY": proxy.url, variable: value}

    ran = oocli("call", "GET", "people/@self", env=env, signed_in_to=portal)

    assert (ran.exit, ran.stderr, proxy.asked) == (0, "", [])
    assert len(portal.requests) == 1


@pytest.mark.proxy
def test_proxy_option_overrides_all_variables(portal, oocli, proxy):
    env = {"ALL_PROXY": "http://127.0.0.1:9", "NO_PROXY": "*"}

    ran = oocli("call", "GET", "people/@self", "--proxy", proxy.url, env=env, signed_in_to=portal)

    assert (ran.exit, ran.stderr, len(proxy.asked)) == (0, "", 1)


@pytest.mark.proxy
def test_https_proxy_is_not_used_for_http(portal, oocli, proxy):
    ran = oocli("call", "GET", "people/@self", env={"HTTPS_PROXY": proxy.url}, signed_in_to=portal)

    assert (ran.exit, ran.stderr, proxy.asked) == (0, "", [])


@pytest.mark.proxy
@pytest.mark.parametrize("over", ["http", "https"])
def test_proxy_credentials_go_only_to_the_proxy(portal, secure, oocli, tmp_path, over):
    asked, proxy = secure if over == "https" else portal, Proxy(tmp_path, with_password=True)
    typed = ["call", "GET", "people/@self", "--cacert", "ca.pem", "-vv", "--debug"]
    try:
        without = oocli(*typed, env={"ALL_PROXY": proxy.url}, signed_in_to=asked)
        env = {"ALL_PROXY": proxy.url.replace("//", f"//{USER_INFO}")}
        ran = oocli(*typed, env=env, signed_in_to=asked)
    finally:
        proxy.stop()

    assert (without.exit, without.stdout[:1] in (b"", b"<")) == (10, True)
    assert "407" in without.stderr
    assert (ran.exit, ran.stdout) == (0, asked.last_body + b"\n")
    for secret in (
        PROXY_PASSWORD,
        USER_INFO,
        b64encode(f"{PROXY_USER}:{PROXY_PASSWORD}".encode()).decode(),
    ):
        assert secret not in ran.stderr + without.stderr
    assert not [
        header for header in asked.requests[-1].headers if header[0].lower().startswith("proxy")
    ]


def test_an_unreachable_proxy_exits_with_10_and_is_not_bypassed(portal, oocli):
    ran = oocli(
        "call", "GET", "people/@self", "--proxy", "http://127.0.0.1:9", "--retry", "0",
        signed_in_to=portal,
    )  # fmt: skip

    assert (ran.exit, ran.stdout, portal.requests) == (10, b"", [])
    assert ran.stderr == (
        f"oocli: GET people/@self on {portal.host}: the proxy failed: connection refused\n"
        "hint: check --proxy, HTTPS_PROXY and NO_PROXY\n"
    )


# A client certificate


class MutualTlsServer:
    """A server that requires a client certificate of an authority, and counts accepted requests."""

    def __init__(self, authority, folder):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(authority, folder, "server"))
        context.verify_mode = ssl.CERT_REQUIRED
        authority.configure_trust(context)
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.origin = f"https://127.0.0.1:{self._listening.getsockname()[1]}"
        self.accepted = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                connection.settimeout(20)
                with contextlib.suppress(OSError), connection:
                    self._answer(connection)

    def _answer(self, connection):
        wrapped = self._context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        with wrapped:
            try:
                wrapped.do_handshake()
            except ssl.SSLError:
                self._wait_until_refusal_arrived(wrapped)
                return
            wrapped.recv(65536)
            self.accepted += 1
            body = b'{"response":"accepted","status":0,"statusCode":200}'
            wrapped.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )

    @staticmethod
    def _wait_until_refusal_arrived(wrapped):
        # Closing at once would reset the connection, and the client might not receive the alert.
        with socket.socket(fileno=wrapped.detach()) as plain:
            plain.settimeout(20)
            plain.shutdown(socket.SHUT_WR)
            while plain.recv(65536):
                pass


@pytest.fixture
def mtls_server(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    running = MutualTlsServer(authority, tmp_path)
    yield running
    running.stop()


def call_with(oocli, mtls_server, *more):
    env = {"OOCLI_PORTAL": mtls_server.origin, "OOCLI_TOKEN": "x" * 20}
    return oocli("call", "GET", "hello", "-r", "--cacert", "ca.pem", "--retry", "0", *more, env=env)


def test_a_client_certificate_with_its_key_is_accepted(authority, mtls_server, oocli, tmp_path):
    certificate(authority, tmp_path, "me", with_key=True)

    ran = call_with(oocli, mtls_server, "--client-cert", "me.pem")

    assert (ran.exit, ran.stdout, ran.stderr, mtls_server.accepted) == (0, b'"accepted"\n', "", 1)


def test_without_a_client_certificate_the_call_exits_with_10(mtls_server, oocli):
    ran = call_with(oocli, mtls_server)

    assert (ran.exit, ran.stdout, mtls_server.accepted) == (10, b"", 0)
    assert ran.stderr == (
        f"oocli: GET hello on {mtls_server.origin[8:]}: the portal requires a client certificate\n"
        "hint: give it with --client-cert FILE\n"
    )


@pytest.mark.parametrize("what", ["a certificate without its key", "no certificate at all"])
def test_an_invalid_client_certificate_file_is_reported(
    authority, mtls_server, oocli, tmp_path, what
):
    certificate(authority, tmp_path, "me")
    if what == "no certificate at all":
        (tmp_path / "me.pem").write_text("nothing\n")

    ran = call_with(oocli, mtls_server, "--client-cert", "me.pem")

    assert ran.exit in (1, 2)
    assert (ran.stdout, mtls_server.accepted) == (b"", 0)
    assert "--client-cert" in ran.stderr
    assert len(ran.stderr.splitlines()) <= 2


@pytest.mark.parametrize("option", ["--cacert", "--client-cert"])
def test_a_missing_certificate_file_is_a_usage_error(portal, oocli, option):
    ran = oocli("call", "GET", "people", option, "gone.pem", signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert ran.stderr.startswith(f"oocli: {option}: there is no file gone.pem")
