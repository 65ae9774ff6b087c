"""One row of the table of faults: what goes wrong, and how oocli must end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import Ran

if TYPE_CHECKING:
    from tests.faults.world import World

# Stands for a part of a line that differs from run to run.
ANY = "…"


@dataclass(frozen=True)
class Maker:
    """The cause of a fault: a description, and a function that causes it in a world."""

    how: str
    do: Callable[[World], object]

    def __and__(self, other: Maker) -> Maker:
        """Cause both."""
        return Maker(f"{self.how}; {other.how}", lambda world: (self.do(world), other.do(world)))


@dataclass(frozen=True)
class Check:
    """What must be true afterwards: a description, and a function that asserts it."""

    what: str
    holds: Callable[[World, Ran], object]


@dataclass(frozen=True)
class Runner:
    """How the program is started, if not with pipes as its streams."""

    how: str
    go: Callable[[World, tuple[str, ...]], Ran]
    # A terminal mixes stdout and stderr, so other lines may come between the expected ones.
    is_mixed: bool = False


@dataclass(frozen=True)
class Row:
    """A fault, its cause, the command, and the expected result.

    In `command`, `stderr` and checks, `{portal}`, `{host}` and the other names of the world are
    replaced by their values. `stderr` is all lines expected there; `…` stands for any text. `kind`
    is that of the portal. If `signed_in` is False, the environment contains no token.
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
