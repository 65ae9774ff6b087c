"""Causes of faults for several groups of rows: answers, raw servers, files, variables."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from typing import Any

from tests.faults.row import Maker
from tests.faults.world import World
from tests.portal import faults

ME = "people/@self"
JSON = "application/json; charset=utf-8"


def ordered(
    fault: faults.Fault, path: str = ME, *, method: str = "*", times: int | None = None
) -> Maker:
    """Let the portal simulate a fault at a path."""
    often = {None: "", 1: ", once"}.get(times, f", {times} times")
    return Maker(
        f"the portal simulates `{_short(repr(fault))}`{often}",
        lambda world: world.portal.order(method, path, fault, times),
    )


def answers(
    status: int,
    body: bytes,
    kind: str | None = JSON,
    *,
    path: str = ME,
    headers: tuple[tuple[str, str], ...] = (),
    reason: str | None = None,
    how: str = "",
) -> Maker:
    """Let the portal answer a path with exactly this status and body."""
    all_headers = (*([("Content-Type", kind)] if kind else []), *headers)
    extra = "".join(f", `{_short(name)}: {_short(value)}`" for name, value in headers)
    said = how or (f"`{_short(body.decode('utf-8', 'backslashreplace'))}`" if body else "no body")
    return Maker(
        f"the portal answers {status}, {(kind or 'no type').partition(';')[0]}, {said}{extra}",
        lambda world: world.portal.answers(
            "*", path, status=status, body=body, headers=all_headers, reason=reason
        ),
    )


def fails(status: int, message: str, path: str = ME) -> Maker:
    """Let the portal fail with a message in its own envelope."""
    return Maker(
        f"the portal fails with {status} and the message `{_short(message)}`",
        lambda world: world.portal.answers("*", path, status=status, error=world.filled(message)),
    )


def responds(response: Any, path: str = ME, *, how: str) -> Maker:
    """Let the portal answer with this as `response` of its envelope."""
    return Maker(how, lambda world: world.portal.answers("*", path, response=response))


def says(
    script: bytes | Callable[[socket.socket], object], how: str, *, reads: bool = True
) -> Maker:
    """Replace the portal by a raw server."""

    def do(world: World) -> None:
        server = world.serve_raw(script, reads=reads)
        world.env["OOCLI_PORTAL"] = f"http://127.0.0.1:{server.port}"
        world.names["host"] = f"127.0.0.1:{server.port}"

    return Maker(f"a socket that {how}", do)


def variables(**values: str) -> Maker:
    """Set variables."""
    shown = ", ".join(f"`{name}={_short(value)}`" for name, value in values.items())

    def do(world: World) -> None:
        world.env.update({name: world.filled(value) for name, value in values.items()})

    return Maker(f"the variable {shown}" if len(values) == 1 else f"the variables {shown}", do)


def unset(*names: str) -> Maker:
    """Remove variables."""
    shown = ", ".join(f"`{name}`" for name in names)
    return Maker(f"no {shown}", lambda world: [world.env.pop(name, None) for name in names])


def signed_in(*more: str) -> Maker:
    """Sign in with the program, so that the credential is stored."""
    how = f"signed in with {' '.join(more)}" if more else "signed in before"
    return Maker(how, lambda world: world.login(*more))


def typed(text: str, how: str = "") -> Maker:
    """Give the program something on stdin."""

    def do(world: World) -> None:
        world.stdin = world.filled(text).encode()

    return Maker(how or f"stdin is `{_short(text.strip())}`", do)


def file(name: str, content: str | bytes, how: str = "") -> Maker:
    """Write a file into the working directory, which is also the home."""

    def do(world: World) -> None:
        path = world.path / world.filled(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else world.filled(content).encode()
        path.write_bytes(data)

    return Maker(how or f"the file `{name}` exists", do)


def made_by(how: str) -> Callable[[Callable[[World], object]], Maker]:
    """Turn a function into a maker: `@made_by("a portal that is down")`."""
    return lambda do: Maker(how, do)


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 90 else f"{text[:87]}..."
