"""Compare the speed of oocli with that of HTTPie, requests and curl.

python -m tests.bench [--runs N] [--pairs N] [--smoke] [RACE ...]

Prints a table of ratios: the commands of a pair are run in turn, and the medians are compared.
Needs Linux with nginx, curl, bash, dbus and gnome-keyring. Never fails because of a time. `--smoke`
runs everything with very little data, to check that it works.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from tests.bench import peers, servers
from tests.bench.measure import in_turn
from tests.bench.races import RACES, SMOKE, Reach, Row, Sizes, Track, selection, started_by_tab

HEAD = ("What", "Against", "Bar", "Aim", "Measured", "")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("race", nargs="*", help=f"of {', '.join(RACES)}; all without one")
    parser.add_argument("--runs", type=int, default=1, help="how often the table is measured")
    parser.add_argument("--pairs", type=int, default=11, help="turns of each command in a run")
    parser.add_argument("--smoke", action="store_true", help="run everything with little data")
    options = parser.parse_args(argv)
    if unknown := [race for race in options.race if race not in RACES]:
        parser.error(f"no such race: {', '.join(unknown)}")
    if options.smoke:
        options.runs = options.pairs = 1
    # Without this, SIGTERM would leave the servers running.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    peers.want_programs()
    programs = peers.install()
    with track_of(programs, SMOKE if options.smoke else Sizes()) as track:
        lines = table(track, options)
    print("\n".join([machine(programs, options), "", *lines]))  # noqa: T201 - the output of this program
    return 0


@contextmanager
def track_of(programs: Path, sizes: Sizes) -> Iterator[Track]:
    """Set up the directories, servers and variables for the races."""
    memory = Path("/dev/shm")  # noqa: S108 - files of 1 GiB, and the disk is not measured
    base = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="oocli-bench-", dir=base) as folder:
        at, port = Path(folder), servers.free_port()
        env = peers.clean_environment(at, programs, f"http://127.0.0.1:{port}")
        servers.write_pages(at, sizes.items, sizes.page)
        with peers.keyring(at) as session:
            stored = {name: env[name] for name in ("PATH", "LANG")} | session
            peers.sign_in(programs, stored, port)
            with servers.nginx(at, port), servers.longer_way(port) as far_port:
                yield Track(programs, at, env, port, far_port, stored, sizes)


def table(track: Track, options: argparse.Namespace) -> list[str]:
    """Return the lines of the table."""
    races = [make(track) for make in selection(options.race)]
    numbers: dict[Row, list[float]] = {row: [] for race in races for row in race.rows}
    for run in range(options.runs):
        for race in races:
            say(f"run {run + 1}: {race.name}")
            found = in_turn(race.commands, options.pairs)
            for name, result in found.items():
                say(f"  {name:14} {result.seconds * 1000:10.1f} ms  {result.peak:4.0f} MiB")
            for row in race.rows:
                numbers[row].append(row.number(found))
    lines = [_line(HEAD), _line(["---"] * len(HEAD))]
    if "start-up" in (options.race or RACES):
        started = ", ".join(started_by_tab(track)) or "none"
        verdict = "reached" if started == "none" else "missed"
        lines.append(
            _line(["Tab on a command, bash", "-", "no Python started", "-", started, verdict])
        )
    return lines + [_shown(row, found, judged=not options.smoke) for row, found in numbers.items()]


def machine(programs: Path, options: argparse.Namespace) -> str:
    """Return a description of the machine and the programs."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    today = datetime.now(timezone.utc).date()
    runs = f"{options.runs} run{'s' * (options.runs > 1)} of {options.pairs} pairs"
    return (
        f"{today}, {os.cpu_count()} cores of {cpu}, {platform.system()}, "
        f"CPython {platform.python_version()}, {', '.join(peers.versions(programs))}; {runs}"
    )


def say(text: str) -> None:
    """Print the progress on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _shown(row: Row, numbers: list[float], *, judged: bool) -> str:
    middle = sorted(numbers)[len(numbers) // 2]
    aim = "-" if row.aim == row.bar and row.reach is Reach.PEAK else f"{row.aim:g}"
    verdict = "not judged" if not judged else "missed"
    if judged and row.reach.is_reached(middle, row.bar):
        verdict = "aim reached" if row.reach.is_reached(middle, row.aim) else "reached"
    measured = ", ".join(row.reach.said(number) for number in numbers)
    return _line([row.what, row.against, row.reach.value.format(row.bar), aim, measured, verdict])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
