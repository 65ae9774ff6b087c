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


def failure(here, **more):
    """Return the error that one request ends with."""
    with pytest.raises(OocliError) as raised:
        here.http.send(here.request(**more), retries=0)
    return raised.value


# The network


def closed_port():
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_refused_connection_is_told_and_surely_reached_nobody(sender):
    error = failure(sender(f"http://127.0.0.1:{closed_port()}"))

    assert (error.exit, error.code, error.why) == (10, "connection", "connection refused")
    assert error.hint == "check the network, a proxy, and whether the portal is up"
    assert error.was_sent is False


def test_a_refused_post_is_tried_again_since_it_did_not_arrive(sender):
    here = sender(f"http://127.0.0.1:{closed_port()}")

    with pytest.raises(ConnectionFailed):
        here.http.send(here.request("POST", body=b"{}"))
    assert here.waits == [0.5, 1.0]


def test_an_unknown_host_is_told_as_such(sender):
    error = failure(sender("https://no-such-portal.invalid"))

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
def test_an_answer_that_breaks_off_is_told_apart(either, sender, fault, why):
    either.order("GET", "*", getattr(either.faults, fault)())
    either.order("GET", "*", getattr(either.faults, fault)(), times=None)
    here = sender(either.origin)

    error = failure(here, path="settings/version/build")

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
def test_what_is_no_http_answer_is_a_failed_connection(raw, sender, said):
    error = failure(sender(raw(said).origin))

    assert isinstance(error, ConnectionFailed)
    assert error.exit == Exit.CONNECTION
    assert error.why
    assert "object at 0x" not in str(error)
    assert "HTTPConnectionPool" not in str(error)


# Proxies


def test_a_proxy_that_refuses_is_named_as_the_culprit(sender):
    connection = ConnectionOptions(proxies=(("all", f"http://127.0.0.1:{closed_port()}"),))
    error = failure(sender("http://portal.example", connection=connection))

    assert (error.exit, error.why) == (10, "the proxy failed: connection refused")
    assert error.remedy is Remedy.PROXY
    assert error.was_sent is False


def test_a_proxy_of_unknown_name_is_told(sender):
    connection = ConnectionOptions(proxies=(("all", "http://no-such-proxy.invalid:3128"),))

    assert failure(sender("http://portal.example", connection=connection)).why == (
        "the proxy failed: its host name is unknown"
    )


def test_the_number_407_in_a_port_is_no_wish_for_a_sign_in():
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
def test_a_proxy_that_cannot_be_used_is_wrong_usage(sender, proxy):
    error = failure(
        sender("http://portal.example", connection=ConnectionOptions(proxies=(("all", proxy),)))
    )

    assert isinstance(error, UsageError)
    assert error.why.startswith("the proxy cannot be used: ")
    assert "a..b" not in error.why and "pw" not in error.why


# Certificates


@pytest.fixture(scope="module")
def authority():
    """An authority of our own."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    """The file of that authority, for --cacert."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def https(authority, tmp_path):
    """Start a portal over TLS, with a certificate for these names."""
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
    """Issues an authority's own certificate: the one that has signed itself."""

    def __init__(self, authority):
        self._authority = authority

    def issue_cert(self, *names):
        certificate = self._authority.cert_pem
        return SimpleNamespace(
            private_key_pem=self._authority.private_key_pem, cert_chain_pems=[certificate]
        )


def test_a_certificate_of_an_authority_of_ones_own_is_accepted_by_cacert(https, sender, ca_file):
    portal = https("127.0.0.1")
    here = sender(portal.origin, connection=ConnectionOptions(verify=ca_file))

    assert here.http.send(here.request(path=PROBE)).status == 200


def test_an_unknown_authority_is_refused_and_nothing_is_sent(https, sender):
    portal = https("127.0.0.1")
    error = failure(sender(portal.origin), path=PROBE)

    assert isinstance(error, CertificateFailed)
    assert (error.exit, error.code) == (10, "certificate")
    assert error.why.startswith("the portal's certificate is not accepted: ")
    assert error.remedy is Remedy.CA_CERTIFICATES
    assert portal.requests == []


def test_a_self_signed_certificate_is_refused(https, sender, authority):
    portal = https("127.0.0.1", issuer=SelfSigned(authority))
    error = failure(sender(portal.origin), path=PROBE)

    assert isinstance(error, CertificateFailed)
    assert "self-signed" in error.why.replace(" ", "-")
    assert portal.requests == []


def test_a_certificate_is_not_looked_at_again(https, sender):
    portal = https("127.0.0.1")
    here = sender(portal.origin, limits=RequestLimits(retries=5))

    with pytest.raises(CertificateFailed):
        here.http.send(here.request(path=PROBE))
    assert (portal.connections, here.waits) == (1, [])


def test_a_portal_that_ends_the_handshake_is_told(sender):
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = sender(
            f"https://127.0.0.1:{server.getsockname()[1]}", limits=RequestLimits(timeout=5)
        )

        def hang_up():
            connection, _ = server.accept()
            connection.recv(100)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        error = failure(here)
        thread.join(10)

    assert isinstance(error, ConnectionFailed)
    assert error.exit == Exit.CONNECTION


# Files and bugs


def test_a_file_that_cannot_be_read_while_it_is_sent_is_trouble_of_this_machine():
    error = translate(PermissionError(13, "Permission denied", "notes.docx"), timeout=1)

    assert isinstance(error, StorageError)
    assert error.exit == Exit.FAILURE
    assert "notes.docx" in error.why


def test_a_chain_of_causes_that_bites_its_tail_comes_to_an_end():
    one, two = ConnectionResetError("a"), ssl.SSLError("b")
    one.__context__, two.__context__ = two, one

    assert isinstance(translate(one, timeout=1), OocliError)
