"""Which connections are reused, and the address in the request line."""

from __future__ import annotations

from contextlib import closing

import requests

from oocli.transport.connections import Connections


def request_for(url: str) -> requests.PreparedRequest:
    return requests.Request("GET", url).prepare()


def pool_of(connections: Connections, url: str) -> object:
    return connections.get_connection_with_tls_context(request_for(url), verify=True)


def test_requests_to_the_same_origin_share_connections():
    with closing(Connections(1)) as connections:
        first = pool_of(connections, "https://portal.example/api/2.0/a")

        assert pool_of(connections, "https://portal.example/api/2.0/b?c=d/e") is first
        assert pool_of(connections, "https://portal.example:8443/api/2.0/a") is not first
        assert pool_of(connections, "http://portal.example/api/2.0/a") is not first


def test_closed_connections_are_not_reused():
    with closing(Connections(1)) as connections:
        first = pool_of(connections, "https://portal.example/")

        connections.close()

        assert pool_of(connections, "https://portal.example/") is not first


def test_only_a_request_to_a_proxy_has_the_whole_address():
    request = request_for("http://portal.example/a?b=c")
    with closing(Connections(1)) as connections:
        assert connections.request_url(request, {}) == "/a?b=c"
        assert connections.request_url(request, {"all": "http://proxy.example:3128"}) == request.url
