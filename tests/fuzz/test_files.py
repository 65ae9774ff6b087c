"""Damaged or forged files: each ends with a clear error, and nothing in them is executed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.verdict import problem

FAST, ALL, SIZE = 10, 16, 50
# What replaces a value in JSON.
JUNK = [
    None,
    True,
    -1,
    10**400,
    1e308,
    "",
    "\x00\x1b[2J",
    "\ud800",
    "x" * 4000,
    [],
    {},
    [[]],
    {"": 1},
]


def damaged(text: bytes, jitter: random.Random) -> bytes:
    """Return the bytes with something removed, repeated, inserted or changed."""
    for _ in range(jitter.randrange(1, 4)):
        at = jitter.randrange(len(text) + 1)
        to = min(len(text), at + jitter.randrange(1, 40))
        kind = jitter.randrange(6)
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + text[to:]
        elif kind == 2:
            text = text[:to] + text[at:]
        elif kind == 3:
            text = (
                text[:at]
                + jitter.choice([b"\0", b"\xff", b"\xef\xbb\xbf", b"\n", b'"', b"{", b"]", b"\\u"])
                + text[at:]
            )
        elif kind == 4:
            text = text[:at] + bytes(jitter.randrange(256) for _ in range(4)) + text[at + 4 :]
        else:
            text = b"[" * jitter.choice([1, 5000]) + text
    return text


def forged(text: bytes, jitter: random.Random) -> bytes:
    """Return a JSON document in which one value is of another type."""
    document = json.loads(text)
    places: list[tuple[object, object]] = []

    def walk(value: object) -> None:
        members = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        for key, inner in members:
            places.append((value, key))
            walk(inner)

    walk(document)
    holder, key = jitter.choice(places)
    holder[key] = jitter.choice(JUNK)  # type: ignore[index]
    return json.dumps(document).encode()


def portals_json(origin: str) -> bytes:
    """Return a `portals.json` with one portal."""
    credential = {"kind": "session", "store": "file", "expires": "2099-01-01T00:00:00Z"}
    account = {"login": "ann@example.com", "name": "Ann"}
    known = {"origin": origin, "kind": "workspace", "account": account, "credential": credential}
    host = origin.split("://")[1]
    return json.dumps(
        {"version": 1, "default": host, "portals": {host: known | {"clock_offset": 12.0}}}
    ).encode()


def credentials_json(host: str, token: str) -> bytes:
    """Return a `credentials.json` that holds one token."""
    return json.dumps({"version": 1, "credentials": {host: token}}).encode()


BATCH = (
    b'{"id": 1, "method": "GET", "path": "people/@self"}\n'
    b'{"method": "POST", "path": "files/@my/file", "body": {"title": "a.docx"}}\n'
    b'{"method": "GET", "path": "people", "params": {"count": 1}}\n'
)


def write(path: Path, content: bytes) -> Path:
    """Write a private file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    return path


@pytest.mark.posix
@pytest.mark.parametrize(
    "group",
    [pytest.param(group, marks=pytest.mark.slow if group >= FAST else ()) for group in range(ALL)],
)
def test_any_file_ends_with_an_exit_code_of_the_table(group, portal, oocli, home):
    jitter = random.Random(f"files {group}")
    token = portal.issue_token()
    found = []
    for _ in range(SIZE):
        config = home.config
        content = {
            config / "portals.json": portals_json(portal.origin),
            config / "credentials.json": credentials_json(portal.host, token),
            home.path / "lines": BATCH,
            home.path / "token": token.encode() + b"\n",
            home.path / "journal": _journal(oocli, home, portal) if jitter.random() < 0.02 else b"",
        }
        target = jitter.choice(list(content))
        change: Callable[[bytes, random.Random], bytes] = damaged
        if target.suffix == ".json" and jitter.random() < 0.5:
            change = forged
        content[target] = change(content[target], jitter)
        for path, bytes_ in content.items():
            if bytes_ or path == target:
                write(path, bytes_)
            else:
                path.unlink(missing_ok=True)
        args = jitter.choice(
            [
                ("call", "GET", "people/@self"), ("whoami", "-v"), ("portals",), ("token",),
                ("batch", "lines"), ("batch", "lines", "--resume", "journal"), ("doctor",),
                ("completion", "--portals"), ("portals", "use", portal.host), ("logout",),
            ]
        )  # fmt: skip
        env = {"OOCLI_TOKEN_FILE": str(home.path / "token"), "OOCLI_PORTAL": portal.origin}
        from_file = target.name == "token" or jitter.random() < 0.3

        ran = oocli(*args, env=env if from_file else {})

        if (what := problem(ran, args[0])) is not None:
            found.append((target.name, content[target], args, what))
    assert not found


def _journal(oocli: Callable[..., object], home, portal) -> bytes:
    """Return a real journal, written by a run."""
    write(home.path / "lines", BATCH)
    path = home.path / "journal"
    path.unlink(missing_ok=True)
    oocli("batch", "lines", "--resume", "journal", signed_in_to=portal)
    return path.read_bytes() if path.exists() else b""
