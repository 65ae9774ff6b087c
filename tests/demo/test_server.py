"""Starting and stopping a demo portal, its log, and the answers that tests can order."""

import contextlib
import http.client
import json
import socket
import ssl
import threading

import pytest
import trustme

from tests.portal import DemoPortal, faults

KINDS = pytest.mark.parametrize("kind", ["workspace", "docspace"])


@KINDS
def test_a_request_is_logged_with_its_headers_unchanged(kind, ask):
    with DemoPortal(kind, clock=lambda: 1000.0) as portal:
        ask(portal, "GET", "/api/2.0/capabilities.json?x=1", headers={"X-ODD": "a", "x-even": "b"})

        (seen,) = portal.requests
        assert (seen.method, seen.target) == ("GET", "/api/2.0/capabilities.json?x=1")
        assert ("X-ODD", "a") in seen.headers
        assert seen.header("X-EVEN") == "b"
        assert seen.at == 1000.0


@KINDS
def test_counted_orders_precede_unlimited_ones(kind, ask):
    with DemoPortal(kind) as portal:
        portal.order("*", "*", faults.Empty(504), times=None)
        portal.order("GET", "capabilities", faults.Html(502), times=2)

        statuses = [ask(portal, "GET", "/api/2.0/capabilities.json").status for _ in range(3)]

        assert statuses == [502, 502, 504]
        portal.clear_orders()
        assert ask(portal, "GET", "/api/2.0/capabilities.json").status == 200


@KINDS
def test_an_ordered_error_has_the_envelope_of_the_kind(kind, ask):
    with DemoPortal(kind) as portal:
        portal.answers("GET", "people/@self", status=200, error="Access denied")

        result = ask(portal, "GET", "/api/2.0/people/%40self")

        assert result.status == 200
        assert result.body == portal.last_body
        built = result.json
        assert built["error"]["message"] == "Access denied"
        assert built["status"] == 1
        assert "response" not in built


@KINDS
def test_an_ordered_response_is_put_into_an_envelope_and_ordered_bytes_are_sent_unchanged(
    kind, ask
):
    with DemoPortal(kind) as portal:
        portal.answers("GET", "people", response=[1, 2], times=1)
        portal.answers("GET", "group*", body=b"raw", headers=[("X-A", "b")], reason="Fine")

        assert ask(portal, "GET", "people").response == [1, 2]
        result = ask(portal, "GET", "group/x")
        assert (result.body, result.reason, result.headers["X-A"]) == (b"raw", "Fine", "b")


@KINDS
def test_a_portal_with_a_sub_path_answers_only_below_it(kind, ask):
    with DemoPortal(kind, sub_path="/office") as portal:
        assert portal.host == f"127.0.0.1:{portal.port}/office"
        assert portal.origin == "http://" + portal.host
        assert ask(portal, "GET", "/office/api/2.0/settings/version/build").status == 200
        assert ask(portal, "GET", "/api/2.0/settings/version/build").status == 404
        assert portal.requests[0].target == "/office/api/2.0/settings/version/build"


@KINDS
def test_the_date_header_follows_the_clock(kind, ask):
    with DemoPortal(kind, clock=lambda: 0.0) as portal:
        result = ask(portal, "GET", "settings/version/build")

        assert result.headers["Date"] == "Thu, 01 Jan 1970 00:00:00 GMT"


@KINDS
def test_one_connection_carries_many_requests(kind):
    with DemoPortal(kind) as portal:
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
        for _ in range(3):
            connection.request("GET", "/api/2.0/settings/version/build")
            assert connection.getresponse().read()
        connection.close()

        assert portal.connections == 1


def test_a_portal_listens_only_on_loopback():
    with pytest.raises(ValueError, match="loopback"):
        DemoPortal(host="0.0.0.0").start()  # noqa: S104


@KINDS
def test_tokens_can_be_made_expired_and_revoked(kind, ask):
    with DemoPortal(kind) as portal:
        first, second = portal.issue_token(), portal.issue_token(portal.other_user)
        assert portal.live_sessions() == [first, second]

        portal.revoke(first)
        portal.expire(second)

        assert portal.live_sessions() == []
        assert ask(portal, "GET", "people/@self", token=first).status == 401


def test_a_portal_can_be_stopped_while_a_client_is_connected_and_started_again(ask):
    portal = DemoPortal()
    portal.start()
    port = portal.port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/api/2.0/capabilities")
    connection.getresponse().read()
    portal.stop()
    connection.close()

    with portal:
        assert portal.port == port
        assert ask(portal, "GET", "/api/2.0/capabilities").status == 200


def test_a_portal_can_use_tls_and_survives_clients_that_do_not(tmp_path):
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    certificate.private_key_pem.write_to_path(key)
    context = ssl.create_default_context()
    authority.configure_trust(context)

    with DemoPortal("docspace", tls=(str(cert), str(key))) as portal:
        assert portal.origin == f"https://127.0.0.1:{portal.port}"
        connection = http.client.HTTPSConnection(
            "127.0.0.1", portal.port, context=context, timeout=5
        )
        body = {"userName": portal.user, "password": portal.password}
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/2.0/authentication", json.dumps(body), headers)
        answer = connection.getresponse()
        built = json.loads(answer.read())
        connection.close()

        assert built["links"][0]["href"].startswith("https://")
        assert "; secure; " in answer.getheader("Set-Cookie")

        # A client that does not use TLS, or leaves during the handshake, does not disturb others.
        with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                plain.recv(100)
        socket.create_connection(("127.0.0.1", portal.port), timeout=5).close()
        idle = socket.create_connection(("127.0.0.1", portal.port), timeout=5)
    idle.close()


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_a_portal_can_listen_on_the_ipv6_loopback_address():
    try:
        portal = DemoPortal(host="::1").start()
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with portal:
        assert portal.origin == f"http://[::1]:{portal.port}"


def test_unknown_kinds_second_factors_and_states_are_refused():
    for wrong in ({"kind": "nix"}, {"tfa": "nix"}):
        with pytest.raises(ValueError, match="nix"):
            DemoPortal(**wrong)
    with DemoPortal() as portal, pytest.raises(ValueError, match="nix"):
        portal.state = "nix"


def test_a_counted_order_is_shared_by_all_connections():
    with DemoPortal() as portal:
        portal.order("GET", "capabilities", faults.Empty(503), times=10)
        statuses = []

        def ask_often():
            connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
            for _ in range(10):
                connection.request("GET", "/api/2.0/capabilities")
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            connection.close()

        threads = [threading.Thread(target=ask_often) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert statuses.count(503) == 10
        assert len(portal.requests) == 40
