"""One row of the fault table: what goes wrong, and what oocli must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import Ran

if TYPE_CHECKING:
    from tests.faults.world import World

# What stands for a part of a line that is not the same in every run.
ANY = "…"


@dataclass(frozen=True)
class Maker:
    """How a fault is made: said to people, done to a world."""

    how: str
    do: Callable[[World], object]

    def __and__(self, other: Maker) -> Maker:
        """Make both faults."""
        return Maker(f"{self.how}; {other.how}", lambda world: (self.do(world), other.do(world)))


@dataclass(frozen=True)
class Check:
    """What must still be true afterwards: said to people, asserted in a world."""

    what: str
    holds: Callable[[World, Ran], object]


@dataclass(frozen=True)
class Runner:
    """How the program is started, where that is not a script with a pipe at each end."""

    how: str
    go: Callable[[World, tuple[str, ...]], Ran]
    # A terminal mixes stdout and stderr: then the expected lines need only be among the others.
    is_mixed: bool = False


@dataclass(frozen=True)
class Row:
    """A fault, how it is made, the command, and what must come of it.

    In `command`, `stderr` and checks `{portal}`, `{host}` and the other names of the world stand
    for their values. `stderr` is every line expected there, `…` in it any text. `kind` is that of
    the portal; where `signed_in` is False the environment gives the command no token.
    """

    fault: str
    made: Maker
    command: tuple[str, ...]
    exit: int
    stderr: tuple[str, ...] = ()
    after: tuple[Check, ...] = ()
    run: Runner | None = None
    kind: str = "workspace"
    signed_in: bool = True
    marks: tuple[Any, ...] = ()
