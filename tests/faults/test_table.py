"""Every row of the table of faults: as it is, and once more with `-vv --debug`."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.conftest import Ran
from tests.faults.row import Row
from tests.faults.table import GROUPS
from tests.faults.world import Programs, World, matches

ROWS = [
    pytest.param(row, id=f"{group}: {row.fault}", marks=(pytest.mark.posix, *row.marks))
    for group, rows in GROUPS.items()
    for row in rows
]


@pytest.fixture
def tried(home, run_program, start_program, spawn_program):
    """Cause a fault, run its command with more words, and return the world and the result."""
    programs = Programs(run_program, start_program, spawn_program)

    def run(row: Row, *more: str) -> tuple[World, Ran]:
        with ExitStack() as stack:
            world = World(home, row, stack, programs)
            row.made.do(world)
            world.sign()
            world.portal.forget()
            args = tuple(world.filled(word) for word in row.command)
            verb = 2 if args[:1] == ("files",) else 1
            args = (*args[:verb], *more, *args[verb:]) if args else args
            ran = row.run.go(world, args) if row.run else world.pipe(args)
            # The servers end before the checks, so no request can follow.
            return world, ran

    return run


@pytest.mark.parametrize("row", ROWS)
def test_a_fault_ends_as_the_table_says(row, tried):
    world, ran = tried(row)

    assert ran.exit == row.exit, ran
    expected = [world.filled(line) for line in row.stderr]
    assert matches(expected, ran.stderr, among_others=is_mixed(row)), ran.stderr
    for check in row.after:
        check.holds(world, ran)
    nothing_leaked(world, ran)


@pytest.mark.parametrize("row", ROWS)
def test_a_fault_with_debug_output_ends_the_same_and_prints_no_secret(row, tried):
    world, ran = tried(row, "-vv", "--debug")

    assert ran.exit == row.exit, ran
    expected = [world.filled(line) for line in row.stderr]
    assert matches(expected, ran.stderr, among_others=True), ran.stderr
    assert ("a bug in oocli" in ran.stderr) == any("a bug in oocli" in line for line in expected)
    nothing_leaked(world, ran)


def test_the_table_has_a_row_for_each_fault_and_each_fault_one_name():
    names = [row.fault for rows in GROUPS.values() for row in rows]

    assert len(names) >= 110
    assert len(set(names)) == len(names)


def nothing_leaked(world: World, ran: Ran) -> None:
    """Assert that stderr contains no secret of this world."""
    secrets = {world.token, world.portal.password, *world.portal.live_sessions()} - {""}
    assert not [secret for secret in secrets if secret in ran.stderr]


def is_mixed(row: Row) -> bool:
    """Return whether stdout and stderr are one terminal."""
    return row.run is not None and row.run.is_mixed
