"""Every row of the fault table: as it stands there, and once more with `-vv --debug`."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.faults.row import Outcome, Row
from tests.faults.table import GROUPS
from tests.faults.world import World, matches

ROWS = [
    pytest.param(row, id=f"{group}: {row.fault}", marks=(pytest.mark.posix, *row.marks))
    for group, rows in GROUPS.items()
    for row in rows
]


@pytest.mark.parametrize("row", ROWS)
def test_a_fault_ends_as_the_table_says(row, home, run_program):
    world, ran = tried(row, home, run_program)

    assert ran.exit == row.exit, ran
    expected = [world.filled(line) for line in row.stderr]
    assert matches(expected, ran.stderr, among_others=is_mixed(row)), ran.stderr
    for one in row.after:
        one.holds(world, ran)
    nothing_leaked(world, ran)


@pytest.mark.parametrize("row", ROWS)
def test_a_fault_told_with_every_detail_ends_the_same_and_tells_no_secret(row, home, run_program):
    world, ran = tried(row, home, run_program, "-vv", "--debug")

    assert ran.exit == row.exit, ran
    expected = [world.filled(line) for line in row.stderr]
    assert matches(expected, ran.stderr, among_others=True), ran.stderr
    assert ("a bug in oocli" in ran.stderr) == any("a bug in oocli" in one for one in expected)
    nothing_leaked(world, ran)


def test_the_table_has_a_row_for_each_fault_and_each_fault_one_name():
    names = [row.fault for rows in GROUPS.values() for row in rows]

    assert len(names) >= 110
    assert len(set(names)) == len(names)


def tried(row: Row, home, run_program, *more: str) -> tuple[World, Outcome]:
    """Make the fault, run the command, and return the world while it still stands."""
    with ExitStack() as stack:
        world = World(home, row, stack, run_program)
        row.made.do(world)
        world.sign()
        world.portal.forget()
        args = tuple(world.filled(word) for word in row.command)
        args = (args[0], *more, *args[1:]) if args else args
        ran = row.run.go(world, args) if row.run else world.pipe(args)
        # Looked at after the servers' end: nothing more can come.
        return world, ran


def nothing_leaked(world: World, ran: Outcome) -> None:
    """Look for what was secret in this world where only messages may be."""
    secrets = {world.token, world.portal.password, *world.portal.live_sessions()} - {""}
    assert not [secret for secret in secrets if secret in ran.stderr]


def is_mixed(row: Row) -> bool:
    """Whether stdout and stderr share a screen."""
    return row.run is not None and row.run.is_mixed
