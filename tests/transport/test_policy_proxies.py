"""Which hosts are reached without the proxy: as in requests, but without its environment."""

from __future__ import annotations

import os
import threading

import pytest
from requests.utils import should_bypass_proxies

from oocli.transport.options import ConnectionOptions
from oocli.transport.policy import bypasses, proxy_for

HOSTS = (
    "example.com", "docs.example.com", "a.docs.example.com", "notexample.com", "EXAMPLE.com",
    "example.com:8080", "docs.example.com:8080", "localhost", "localhost:8080", "127.0.0.1",
    "127.0.0.1:8080", "10.1.2.3", "192.168.7.9", "[::1]", "[::1]:8080", "[2001:db8::7]",
)  # fmt: skip
LISTS = (
    "", " ", ",", "*", "example.com", ".example.com", "..example.com", "*.example.com",
    "EXAMPLE.COM",
    "docs.example.com", "com", "example.com:8080", ".example.com:8080", "example.com:80",
    "other.example, example.com", "other.example,,example.com ", "localhost", "127.0.0.1",
    "127.0.0.0/8", "127.0.0.1/32", "10.0.0.0/8,192.168.0.0/16", "10.1.2.3/33", "10.1.2/x", "10.1",
    "::1", "a,*", "2001:db8::7", "nonsense/8", "0",
)  # fmt: skip


@pytest.mark.parametrize("no_proxy", LISTS)
def test_hosts_bypass_the_proxy_as_in_requests(no_proxy):
    urls = [f"http://{host}/api" for host in HOSTS]

    assert {url: bypasses(url, no_proxy) for url in urls} == {
        url: should_bypass_proxies(url, no_proxy=no_proxy) for url in urls
    }


@pytest.mark.parametrize(("host", "no_proxy"), [
    ("[::1]:8080", "[::1]"), ("[2001:db8::7]", "2001:db8::/32"), ("[::1]", "0:0:0:0:0:0:0:1"),
    ("10.1.2.3", "0.0.0.0/0"), ("a.example", " * "),
])  # fmt: skip
def test_more_spellings_of_ip_addresses_bypass_the_proxy_than_in_requests(host, no_proxy):
    assert bypasses(f"https://{host}/", no_proxy)


def test_the_end_of_an_ip_address_does_not_match_as_a_domain():
    assert should_bypass_proxies("http://127.0.0.1/", no_proxy="1")  # urllib compares suffixes
    assert not bypasses("http://127.0.0.1/", "1")


@pytest.mark.parametrize(("url", "proxy"), [
    ("http://a.example", "http://one:1"), ("https://a.example", "http://two:2"),
    ("http://b.example", None), ("https://b.example", None),
])  # fmt: skip
def test_the_proxy_for_a_scheme_precedes_the_proxy_for_all(url, proxy):
    connection = ConnectionOptions(
        proxies=(("http", "http://one:1"), ("all", "http://two:2")), no_proxy="b.example"
    )

    found = proxy_for(url, connection)

    assert (found and str(found)) == proxy


def test_choosing_a_proxy_never_changes_the_environment(monkeypatch):
    monkeypatch.setenv("no_proxy", "mine")
    connection = ConnectionOptions(proxies=(("all", "http://one:1"),), no_proxy="theirs")
    ended, seen = threading.Event(), set()

    def read_repeatedly():
        while not ended.is_set():
            seen.add(os.environ.get("no_proxy"))

    watcher = threading.Thread(target=read_repeatedly)
    watcher.start()
    for _ in range(3000):
        proxy_for("http://a.example", connection)
    ended.set()
    watcher.join()

    assert seen == {"mine"}
