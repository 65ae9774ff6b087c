"""The portal as a thing to start, look into and give orders to."""

import http.client
import json

import pytest

from oocli.demo import faults
from oocli.demo.server import DemoPortal

KINDS = pytest.mark.parametrize("kind", ["workspace", "docspace"])


def ask(portal, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


@KINDS
def test_a_request_is_logged_with_its_headers_as_they_came(kind):
    with DemoPortal(kind, clock=lambda: 1000.0) as portal:
        ask(portal, "GET", "/api/2.0/capabilities.json?x=1", headers={"X-ODD": "a", "x-even": "b"})

        (seen,) = portal.requests
        assert (seen.method, seen.target) == ("GET", "/api/2.0/capabilities.json?x=1")
        assert ("X-ODD", "a") in seen.headers
        assert seen.header("X-EVEN") == "b"
        assert seen.at == 1000.0


@KINDS
def test_counted_orders_go_before_lasting_ones_and_run_out(kind):
    with DemoPortal(kind) as portal:
        portal.order("*", "*", faults.Empty(504), times=None)
        portal.order("GET", "capabilities", faults.Html(502), times=2)

        statuses = [ask(portal, "GET", "/api/2.0/capabilities.json")[0].status for _ in range(3)]

        assert statuses == [502, 502, 504]
        portal.clear_orders()
        assert ask(portal, "GET", "/api/2.0/capabilities.json")[0].status == 200


@KINDS
def test_an_ordered_error_inside_a_200_has_the_error_envelope_of_the_kind(kind):
    with DemoPortal(kind) as portal:
        portal.answers("GET", "people/@self", status=200, error="Access denied")

        answer, body = ask(portal, "GET", "/api/2.0/people/%40self")

        assert answer.status == 200
        assert body == portal.last_body
        built = json.loads(body)
        assert built["error"]["message"] == "Access denied"
        assert built["status"] == 1
        assert "response" not in built


@KINDS
def test_an_ordered_response_comes_in_the_success_envelope_and_ordered_bytes_as_they_are(kind):
    with DemoPortal(kind) as portal:
        portal.answers("GET", "people", response=[1, 2], times=1)
        portal.answers("GET", "group*", body=b"raw", headers=[("X-A", "b")], reason="Fine")

        assert json.loads(ask(portal, "GET", "/api/2.0/people")[1])["response"] == [1, 2]
        answer, body = ask(portal, "GET", "/api/2.0/group/x")
        assert (body, answer.reason, answer.getheader("X-A")) == (b"raw", "Fine", "b")


@KINDS
def test_a_portal_below_a_sub_path_is_found_there_only(kind):
    with DemoPortal(kind, sub_path="/office") as portal:
        assert portal.host == f"127.0.0.1:{portal.port}/office"
        assert portal.origin == "http://" + portal.host
        assert ask(portal, "GET", "/office/api/2.0/settings/version/build")[0].status == 200
        assert ask(portal, "GET", "/api/2.0/settings/version/build")[0].status == 404
        assert portal.requests[0].target == "/office/api/2.0/settings/version/build"


@KINDS
def test_date_follows_the_clock(kind):
    with DemoPortal(kind, clock=lambda: 0.0) as portal:
        answer, _ = ask(portal, "GET", "/api/2.0/settings/version/build")

        assert answer.getheader("Date") == "Thu, 01 Jan 1970 00:00:00 GMT"


@KINDS
def test_one_connection_carries_many_requests(kind):
    with DemoPortal(kind) as portal:
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
        for _ in range(3):
            connection.request("GET", "/api/2.0/settings/version/build")
            assert connection.getresponse().read()
        connection.close()

        assert portal.connections == 1


def test_only_loopback_is_listened_on():
    with pytest.raises(ValueError, match="loopback"):
        DemoPortal(host="0.0.0.0").start()  # noqa: S104


@KINDS
def test_tokens_can_be_made_expired_and_revoked(kind):
    with DemoPortal(kind) as portal:
        first, second = portal.issue_token(), portal.issue_token(portal.other_user)
        assert portal.live_sessions() == [first, second]

        portal.revoke(first)
        portal.expire(second)

        assert portal.live_sessions() == []
        answer, _ = ask(portal, "GET", "/api/2.0/people/@self", headers={"Authorization": first})
        assert answer.status == 401


def test_a_portal_can_be_stopped_while_a_client_is_connected_and_started_again():
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
        assert ask(portal, "GET", "/api/2.0/capabilities")[0].status == 200
