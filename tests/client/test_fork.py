"""A `Portal` that was used before a fork: each process receives only its own answers."""

from __future__ import annotations

import json
import os
import threading
import time
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from oocli import Portal
from oocli.transport.options import ConnectionOptions

pytestmark = pytest.mark.posix
CALLS = 100


def wrong_answers(portal, name, calls=CALLS):
    """Make so many calls; return how many were answered for another caller, or failed."""
    wrong = 0
    for number in range(calls):
        asked = f"{name}-{number}"
        try:
            wrong += portal.get("people/@self", params={"who": asked}).response != asked
        except Exception:
            wrong += 1
    return wrong


def in_child(work):
    """Fork, do the work in the child, and return the process; its exit code is the result."""
    with warnings.catch_warnings():
        # Python warns about a fork of a process with threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 255
        try:
            code = min(work(), 254)
        finally:
            os._exit(code)
    return child


def exit_code_of(child, limit=30.0):
    """Wait for a child and return its exit code; end a child that hangs, and return -1."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return -1


class Echo(BaseHTTPRequestHandler):
    """Answers with the value of `who` in the query; a connection stays open for many requests."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        (who,) = parse_qs(urlsplit(self.path).query)["who"]
        body = json.dumps({"response": who, "status": 0, "statusCode": 200}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Log nothing."""


class EchoServer(ThreadingHTTPServer):
    """Accepts the connections of many processes at once."""

    request_queue_size = 100


@pytest.fixture
def echo():
    """The address of a portal that answers each call with who made it."""
    with EchoServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_processes_that_share_a_portal_receive_only_their_own_answers(echo):
    portal = Portal(echo, token="token-of-this-test")
    assert wrong_answers(portal, "before", 1) == 0

    children = [in_child(lambda n=n: wrong_answers(portal, f"child{n}")) for n in range(3)]
    mine = wrong_answers(portal, "parent")

    assert [mine, *(exit_code_of(child) for child in children)] == [0, 0, 0, 0]
    portal.close()


def test_a_child_that_closes_its_portal_leaves_that_of_the_parent_open(echo):
    portal = Portal(echo, token="token-of-this-test")
    assert wrong_answers(portal, "before", 1) == 0

    assert exit_code_of(in_child(lambda: portal.close() or 0)) == 0

    assert wrong_answers(portal, "after", 5) == 0
    portal.close()


def test_no_child_hangs_on_a_lock_that_a_thread_of_the_parent_held(echo):
    portal = Portal(
        echo, token="token-of-this-test", connection=ConnectionOptions(max_connections=4)
    )
    assert wrong_answers(portal, "before", 1) == 0
    stopping, wrong = threading.Event(), []

    def ask(name):
        while not stopping.is_set():
            wrong.append(wrong_answers(portal, name, 5))

    threads = [threading.Thread(target=ask, args=(f"thread{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    codes = [exit_code_of(in_child(lambda: wrong_answers(portal, "child", 2))) for _ in range(60)]
    stopping.set()
    for thread in threads:
        thread.join()

    assert (set(codes), sum(wrong)) == ({0}, 0)
    portal.close()
