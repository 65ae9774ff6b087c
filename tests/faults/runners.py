"""Ways to start the program other than with pipes as its streams."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from tests.conftest import PROGRAM, Ran
from tests.faults.row import Runner
from tests.faults.world import World


def terminal(
    how: str = "on a terminal",
    *,
    talk: Callable[[Any], object] = lambda _: None,
    columns: int = 100,
) -> Runner:
    """Run on a terminal; `talk` does what a person types."""
    return Runner(how, lambda world, args: world.on_terminal(args, talk, columns), is_mixed=True)


def signalled(name: str, when: Callable[[World], object], how: str) -> Runner:
    """Send a signal as soon as `when` is true."""
    return Runner(f"{name} {how}", lambda world, args: world.signalled(args, name, when))


def shell(line: str) -> Runner:
    """Run a line of shell in which `oocli` is the program and `"$@"` its arguments."""

    def go(world: World, args: tuple[str, ...]) -> Ran:
        script = world.filled(line).replace("oocli", " ".join(PROGRAM), 1)
        return world.pipe(args, program=["bash", "-c", script, "bash"])

    return Runner(f"`{line}`", go)


def asked(times: int = 1, path: str = "") -> Callable[[World], bool]:
    """Return a condition: whether the portal has got so many requests."""
    return lambda world: sum(path in seen.target for seen in world.portal.requests) >= times


def closed_reader() -> Runner:
    """Write to a pipe whose reader is closed before the program starts."""

    def go(world: World, args: tuple[str, ...]) -> Ran:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return world.pipe(args, stdout=writer)
        finally:
            os.close(writer)

    return Runner("stdout is a pipe that nobody reads", go)


def wait_and_type(*pairs: tuple[str, str]) -> Callable[[Any], None]:
    """Return a function that waits for each text and types its answer; `^C` and `^D` are keys."""

    def talk(handle: Any) -> None:
        for expected, answer in pairs:
            handle.expect(expected)
            if answer == "^C":
                handle.sendintr()
            elif answer == "^D":
                handle.sendeof()
            else:
                handle.sendline(answer)

    return talk
