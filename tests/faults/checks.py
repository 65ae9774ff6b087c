"""Checks of what is still true after a fault, each with a description."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.conftest import Ran
from tests.faults.row import Check
from tests.faults.world import World
from tests.portal import DemoPortal


def check(what: str) -> Callable[[Callable[[World, Ran], object]], Check]:
    """Turn a function into a check: `@check("the file is complete")`."""
    return lambda holds: Check(what, holds)


@check("stdout is empty")
def NO_DATA(_: World, ran: Ran) -> None:  # noqa: N802 - a constant of the table
    """Look at stdout."""
    assert ran.stdout == b""


@check("stdout is the portal's body, and one newline")
def BODY(world: World, ran: Ran) -> None:  # noqa: N802
    """Look at stdout."""
    assert ran.stdout == world.portal.last_body.removeprefix(b"\xef\xbb\xbf").rstrip() + b"\n"


@check("stdout is the portal's body, unchanged")
def UNTOUCHED(world: World, ran: Ran) -> None:  # noqa: N802
    """Look at stdout."""
    assert ran.stdout == world.portal.last_body


@check("nothing was sent")
def NOT_SENT(world: World, _: Ran) -> None:  # noqa: N802
    """Look at the portal's log."""
    assert world.portal.requests == []


@check("the other server got no request")
def OTHER_NOT_ASKED(world: World, _: Ran) -> None:  # noqa: N802
    """Look at the other server's log."""
    assert world.other is not None
    assert not _asked_of(world.other)


@check("the other server got neither the credential nor a header of the user")
def OTHER_SAW_NOTHING(world: World, _: Ran) -> None:  # noqa: N802
    """Look at the other server's log."""
    assert world.other is not None
    heads = _asked_of(world.other)
    assert heads, "it got no request"
    for head in heads:
        assert world.token.encode() not in head
        assert b"authorization" not in head.lower()
        assert b"cookie" not in head.lower()
        assert b"x-mine" not in head.lower()


@check("no file was created")
def NO_FILE(world: World, _: Ran) -> None:  # noqa: N802
    """Look into the working directory."""
    found = [path.name for path in world.path.iterdir() if path.name not in _OURS]
    assert found == [], found


@check("no partial file remains")
def NO_PARTS(world: World, _: Ran) -> None:  # noqa: N802
    """Look into the working directory and the configuration."""
    found = [str(path) for path in world.path.rglob("*") if path.suffix in (".part", ".tmp")]
    assert found == [], found


@check("no session is open at the portal")
def NO_SESSION(world: World, _: Ran) -> None:  # noqa: N802
    """Look at the portal's sessions."""
    assert world.portal.live_sessions() == []


@check("no password was sent")
def NO_PASSWORD_SENT(world: World, _: Ran) -> None:  # noqa: N802
    """Look at the portal's log."""
    assert not any(world.portal.password.encode() in seen.body for seen in world.portal.requests)


@check("nothing is stored")
def NOTHING_STORED(world: World, _: Ran) -> None:  # noqa: N802
    """Look at keyring and configuration."""
    assert world.home.keyring == {}
    assert not (world.home.config / "portals.json").exists()


@check("control and bidi characters are escaped")
def HARMLESS(_: World, ran: Ran) -> None:  # noqa: N802
    """Look at stderr: no text of the portal controls the terminal."""
    for evil in ("\x1b]", "\x9b", "\x9d", "\u202e", "\u2066", "\x07", "\x08", "\x1b[2J", "\x1b[?"):
        assert evil not in ran.stderr, repr(evil)


def asked(times: int, path: str = "") -> Check:
    """Count the requests for a path."""

    def holds(world: World, _: Ran) -> None:
        found = [seen for seen in world.portal.requests if path in seen.target]
        assert len(found) == times, [seen.target for seen in found]

    word = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return Check(f"the portal got the request {word}", holds)


def target(text: str) -> Check:
    """Compare the last request's target."""

    def holds(world: World, _: Ran) -> None:
        assert world.portal.requests[-1].target == text

    return Check(f"the target of the last request is `{text}`", holds)


def contains(path: str, content: str) -> Check:
    """Compare a file."""

    def holds(world: World, _: Ran) -> None:
        assert (world.path / path).read_text(encoding="utf-8") == content

    return Check(f"`{path}` is unchanged", holds)


def printed(text: str) -> Check:
    """Look for a text in stdout."""

    def holds(world: World, ran: Ran) -> None:
        assert world.filled(text) in ran.stdout.decode("utf-8", "replace")

    return Check(f"stdout has `{text}`", holds)


def absent(text: str) -> Check:
    """Look for a text that must be in no output."""

    def holds(world: World, ran: Ran) -> None:
        whole = ran.stdout.decode("utf-8", "replace") + ran.stderr
        assert world.filled(text) not in whole

    return Check(f"`{text}` is in no output", holds)


def member(text: str, value: object) -> Check:
    """Compare a member of stdout's JSON, `a.b.c`."""

    def holds(_: World, ran: Ran) -> None:
        found = json.loads(ran.stdout)
        for key in text.split("."):
            found = found[int(key)] if key.isdigit() else found[key]
        assert found == value

    return Check(f"`{text}` on stdout is {value!r}", holds)


_OURS = frozenset({"config", "keyring.json"})


def _asked_of(server: object) -> list[bytes]:
    if isinstance(server, DemoPortal):
        return [
            f"{seen.method} {seen.target} {seen.headers}".encode() + seen.body
            for seen in server.requests
        ]
    return [head for head in server.heads if head]  # type: ignore[attr-defined, no-any-return]
