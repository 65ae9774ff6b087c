"""Run commands in turn, and measure their time and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """One side of a comparison. Its time is multiplied by `times` to get that of the whole work."""

    argv: Sequence[str]
    env: Mapping[str, str]
    times: float = 1


class Spent(NamedTuple):
    """The time of one run in seconds, and its peak memory in MiB."""

    seconds: float
    peak: float


class Found(NamedTuple):
    """The result of many runs: the median time in seconds, and the highest peak memory in MiB."""

    seconds: float
    peak: float

    @classmethod
    def of(cls, turns: Sequence[Spent]) -> Found:
        """Return the median of the times and the highest of the peaks."""
        return cls(
            statistics.median(turn.seconds for turn in turns), max(turn.peak for turn in turns)
        )


def in_turn(commands: Mapping[str, Command], rounds: int) -> dict[str, Found]:
    """Run the commands one after the other, and repeat that for each round: A B A B.

    A first round is not counted; it fills the caches.
    """
    turns: dict[str, list[Spent]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            spent = spend(command)
            if number:
                turns[name].append(spent)
    return {name: Found.of(found) for name, found in turns.items()}


def spend(command: Command) -> Spent:
    """Run a command with its stdout in a pipe. If it fails, the benchmark ends.

    The peak is never below that of this process, so the benchmark keeps nothing large in memory.
    """
    with tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        child = subprocess.Popen(
            command.argv, env=command.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=stderr,
        )  # fmt: skip
        assert child.stdout is not None
        for _ in _pieces(child.stdout.fileno()):
            pass
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.stdout.close()
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            stderr.seek(0)
            said = stderr.read().decode("utf-8", "replace")
            raise SystemExit(f"{' '.join(command.argv)[:200]} failed: {said}")
    return Spent(seconds * command.times, used.ru_maxrss / 1024)


def _pieces(descriptor: int) -> Iterator[bytes]:
    while piece := os.read(descriptor, 65536):
        yield piece
