"""A `Portal` that was used before a fork: no process takes an answer of another's."""

from __future__ import annotations

import os
import threading
import time
import warnings

import pytest

from oocli import Portal
from oocli.transport.options import ConnectionOptions

pytestmark = pytest.mark.posix
CALLS = 100


def wrong_answers(portal, name, calls=CALLS):
    """Ask who asks, so often; return how many answers were another's."""
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
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads beside a fork
        child = os.fork()
    if child == 0:
        code = 255
        try:
            code = min(work(), 254)
        finally:
            os._exit(code)
    return child


def ended(child, limit=30.0):
    """Wait for a child and return its exit code; -1 if it hangs, and then it is ended."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return -1


@pytest.fixture
def echo(raw_server):
    """A portal that answers with the value of `who` in the query, on one connection for long."""

    def serve(connection, first):
        head = first
        while head:
            who = head.split(b"who=")[1].split(b" ")[0].split(b"&")[0]
            body = b'{"response":"%s","status":0,"statusCode":200}' % who
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % len(body) + body
            )  # fmt: skip
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece

    return raw_server(serve)


@pytest.fixture
def raw_server():
    """Start a server with a thread for each connection; return its address."""
    import socket

    listening = socket.create_server(("127.0.0.1", 0), backlog=100)

    def start(serve):
        def one(connection):
            with connection:
                first = b""
                while b"\r\n\r\n" not in first:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    first += piece
                serve(connection, first)

        def accept():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_four_processes_get_400_answers_of_their_own(echo):
    portal = Portal(echo, token="token-of-this-test")
    assert wrong_answers(portal, "before", 1) == 0

    children = [in_child(lambda n=n: wrong_answers(portal, f"child{n}")) for n in range(3)]
    mine = wrong_answers(portal, "parent")

    assert [mine, *(ended(child) for child in children)] == [0, 0, 0, 0]
    portal.close()


def test_a_child_closes_its_portal_and_the_parents_goes_on(echo):
    portal = Portal(echo, token="token-of-this-test")
    assert wrong_answers(portal, "before", 1) == 0

    assert ended(in_child(lambda: portal.close() or 0)) == 0

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
    codes = [ended(in_child(lambda: wrong_answers(portal, "child", 2))) for _ in range(60)]
    stopping.set()
    for thread in threads:
        thread.join()

    assert (set(codes), sum(wrong)) == ({0}, 0)
    portal.close()
