"""Raw requests to a demo portal, a clock that a test moves, multipart bodies."""

import http.client
import json
from dataclasses import dataclass

import pytest


@dataclass
class Result:
    """An answer read whole."""

    status: int
    reason: str
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def response(self):
        return self.json["response"]

    @property
    def message(self):
        return self.json["error"]["message"]


class Clock:
    """A portal's clock; it stands until a test moves it."""

    now = 1_780_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ask():
    """Send one request on a connection of its own: `token` goes into `Authorization`."""

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
def form():
    """Build a multipart body: files are (part, name, bytes), fields (name, text)."""

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
