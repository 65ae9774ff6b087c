"""Demo portals with a clock that tests set, requests to them, and multipart bodies."""

import http.client
import json
from dataclasses import dataclass
from functools import partial

import pytest

from tests.portal import DemoPortal


@dataclass
class Result:
    """An answer with its whole body."""

    status: int
    reason: str
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def response(self):
        """The response in the envelope."""
        return self.json["response"]

    @property
    def message(self):
        """The message of the error in the envelope."""
        return self.json["error"]["message"]


class Clock:
    """The clock of a portal, which stands still until a test sets `now`."""

    now = 1_780_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    """The clock of the portals of a test."""
    return Clock()


@pytest.fixture(params=["workspace", "docspace"])
def portal(request, clock):
    """A portal of each kind in turn."""
    with DemoPortal(request.param, clock=clock) as running:
        yield running


@pytest.fixture
def ask():
    """Return a function that sends a request on a new connection, with `token` as credential."""

    def ask(portal, method, path, body=None, *, token=None, headers=None, json_body=None):
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = token
        if json_body is not None:
            body = json.dumps(json_body)
            sent["Content-Type"] = "application/json"
        if not path.startswith("/"):
            path = "/api/2.0/" + path
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Result(answer.status, answer.reason, answer.headers, answer.read())
        finally:
            connection.close()

    return ask


@pytest.fixture
def call(portal, ask):
    """Return a function that sends a request as Ann."""
    token = portal.issue_token()

    def call(method, path, json_body=None, **more):
        return ask(portal, method, path, token=token, json_body=json_body, **more)

    return call


@pytest.fixture
def get(call):
    """Return a function that sends a GET request as Ann."""
    return partial(call, "GET")


@pytest.fixture
def login(ask):
    """Return a function that signs in as Ann, unless `fields` say otherwise."""

    def login(portal, more="", **fields):
        given = {"userName": portal.user, "password": portal.password} | fields
        return ask(portal, "POST", "authentication" + more, json_body=given)

    return login


@pytest.fixture
def form():
    """Return a function that builds a multipart body and its header.

    Files are (part, parameter with the file name, content), and fields are (name, text).
    """

    def form(files=(), fields=()):
        body = b""
        for name, value in fields:
            head = f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            body += head.encode() + value.encode() + b"\r\n"
        for part, name, content in files:
            head = f'--cut\r\nContent-Disposition: form-data; name="{part}"; {name}\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        return {
            "body": body + b"--cut--\r\n",
            "headers": {"Content-Type": "multipart/form-data; boundary=cut"},
        }

    return form
