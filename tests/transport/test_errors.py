"""The errors of requests, urllib3 and ssl, translated into errors of oocli."""

import socket
import ssl
import threading
from types import SimpleNamespace

import pytest
import requests
import trustme

from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    Exit,
    OocliError,
    Remedy,
    StorageError,
    UsageError,
)
from oocli.transport.errors import translate
from oocli.transport.options import ConnectionOptions, RequestLimits
from tests.portal import DemoPortal


def failure(client, **more):
    """Return the error with which a request ends."""
    with pytest.raises(OocliError) as raised:
        client.http.send(client.request(**more), retries=0)
    return raised.value


# The network


def closed_port():
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_refused_connection_is_an_error_and_nothing_was_sent(client_of):
    error = failure(client_of(f"http://127.0.0.1:{closed_port()}"))

    assert (error.exit, error.code, error.why) == (10, "connection", "connection refused")
    assert error.hint == "check the network, a proxy, and whether the portal is up"
    assert error.was_sent is False


def test_a_post_is_retried_after_a_refused_connection(client_of):
    client = client_of(f"http://127.0.0.1:{closed_port()}")

    with pytest.raises(ConnectionFailed):
        client.http.send(client.request("POST", body=b"{}"))
    assert client.waits == [0.5, 1.0]


def test_the_error_about_an_unknown_host_says_so(client_of):
    error = failure(client_of("https://no-such-portal.invalid"))

    assert (error.exit, error.why) == (10, "the host name is unknown")
    assert error.remedy is Remedy.PORTAL_NAME
    assert error.was_sent is False


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("DropBeforeAnswer", "the connection failed: closed without an answer"),
        ("ResetConnection", "the connection failed: reset by the portal"),
        ("DropInBody", "the answer is incomplete"),
        ("WrongLength", "the answer is incomplete"),
        ("HalfChunk", "the answer is incomplete"),
    ],
)
def test_the_error_about_a_broken_connection_says_where_it_broke_off(either, client_of, fault, why):
    either.order("GET", "*", getattr(either.faults, fault)())
    either.order("GET", "*", getattr(either.faults, fault)(), times=None)
    client = client_of(either.origin)

    error = failure(client, path="settings/version/build")

    assert (int(error.exit), error.code, error.why) == (10, "connection", why)
    assert error.was_sent is True


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x00\x05hello",
    ],
)
def test_an_answer_that_is_not_http_is_a_failed_connection(serve, client_of, said):
    error = failure(client_of(serve(said).origin))

    assert isinstance(error, ConnectionFailed)
    assert error.exit == Exit.CONNECTION
    assert error.why
    assert "object at 0x" not in str(error)
    assert "HTTPConnectionPool" not in str(error)


# Proxies


def test_the_error_about_a_proxy_that_refuses_names_the_proxy(client_of):
    connection = ConnectionOptions(proxies=(("all", f"http://127.0.0.1:{closed_port()}"),))
    error = failure(client_of("http://portal.example", connection=connection))

    assert (error.exit, error.why) == (10, "the proxy failed: connection refused")
    assert error.remedy is Remedy.PROXY
    assert error.was_sent is False


def test_the_error_about_a_proxy_with_an_unknown_host_says_so(client_of):
    connection = ConnectionOptions(proxies=(("all", "http://no-such-proxy.invalid:3128"),))

    assert failure(client_of("http://portal.example", connection=connection)).why == (
        "the proxy failed: its host name is unknown"
    )


def test_a_port_of_407_is_not_taken_for_the_status_407():
    refused = requests.exceptions.ProxyError("Cannot connect to proxy at port=407")
    refused.__cause__ = ConnectionRefusedError(111, "Connection refused")

    assert translate(refused, timeout=1).why == "the proxy failed: connection refused"


@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://127.0.0.1:1",
        "http://[x",
        "socks5://127.0.0.1:1",
        "http://a..b:1",
        f"http://{'x' * 80}:1",
        "http://\uff11\uff12\uff17.0.0.1:9",
        "http://me:pw pw@a..b:1",
    ],
)
def test_an_invalid_proxy_is_a_usage_error(client_of, proxy):
    error = failure(
        client_of("http://portal.example", connection=ConnectionOptions(proxies=(("all", proxy),)))
    )

    assert isinstance(error, UsageError)
    assert error.why.startswith("the proxy cannot be used: ")
    assert "a..b" not in error.why and "pw" not in error.why


# Certificates


@pytest.fixture(scope="module")
def authority():
    """A certificate authority."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    """The path of a file with the certificate of the authority."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def https(authority, tmp_path):
    """Return a function that starts a portal over TLS, with a certificate for these names."""
    running = []

    def start(*names, issuer=None, **more):
        cert = (issuer or authority).issue_cert(*names, **more)
        files = (tmp_path / "cert.pem", tmp_path / "key.pem")
        cert.private_key_pem.write_to_path(str(files[1]))
        for number, blob in enumerate(cert.cert_chain_pems):
            blob.write_to_path(str(files[0]), append=number > 0)
        running.append(DemoPortal("workspace", tls=(str(files[0]), str(files[1]))).start())
        return running[-1]

    yield start
    for portal in running:
        portal.stop()


PROBE = "settings/version/build"


class SelfSigned:
    """Issues the self-signed certificate of the authority itself."""

    def __init__(self, authority):
        self._authority = authority

    def issue_cert(self, *names):
        certificate = self._authority.cert_pem
        return SimpleNamespace(
            private_key_pem=self._authority.private_key_pem, cert_chain_pems=[certificate]
        )


def test_a_certificate_of_a_given_authority_is_accepted(https, client_of, ca_file):
    portal = https("127.0.0.1")
    client = client_of(portal.origin, connection=ConnectionOptions(verify=ca_file))

    assert client.http.send(client.request(path=PROBE)).status == 200


def test_a_certificate_of_an_unknown_authority_is_refused_and_nothing_is_sent(https, client_of):
    portal = https("127.0.0.1")
    error = failure(client_of(portal.origin), path=PROBE)

    assert isinstance(error, CertificateFailed)
    assert (error.exit, error.code) == (10, "certificate")
    assert error.why.startswith("the portal's certificate is not accepted: ")
    assert error.remedy is Remedy.CA_CERTIFICATES
    assert portal.requests == []


def test_a_self_signed_certificate_is_refused(https, client_of, authority):
    portal = https("127.0.0.1", issuer=SelfSigned(authority))
    error = failure(client_of(portal.origin), path=PROBE)

    assert isinstance(error, CertificateFailed)
    assert "self-signed" in error.why.replace(" ", "-")
    assert portal.requests == []


def test_a_refused_certificate_is_not_retried(https, client_of):
    portal = https("127.0.0.1")
    client = client_of(portal.origin, limits=RequestLimits(retries=5))

    with pytest.raises(CertificateFailed):
        client.http.send(client.request(path=PROBE))
    assert (portal.connections, client.waits) == (1, [])


def test_a_connection_that_is_closed_in_the_tls_handshake_is_an_error(client_of):
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = client_of(
            f"https://127.0.0.1:{server.getsockname()[1]}", limits=RequestLimits(timeout=5)
        )

        def hang_up():
            connection, _ = server.accept()
            connection.recv(100)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        error = failure(client)
        thread.join(10)

    assert isinstance(error, ConnectionFailed)
    assert error.exit == Exit.CONNECTION


# Local files, and chains of exceptions


def test_a_file_that_cannot_be_read_while_it_is_sent_is_a_storage_error():
    error = translate(PermissionError(13, "Permission denied", "notes.docx"), timeout=1)

    assert isinstance(error, StorageError)
    assert error.exit == Exit.FAILURE
    assert "notes.docx" in error.why


def test_a_circular_chain_of_causes_is_translated():
    one, two = ConnectionResetError("a"), ssl.SSLError("b")
    one.__context__, two.__context__ = two, one

    assert isinstance(translate(one, timeout=1), OocliError)
