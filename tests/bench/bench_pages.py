"""A list of 100,000 items in pages of 1,000: `oocli call --paginate` against a bare loop.

    python tests/bench/bench_pages.py [PAIRS]

Prints the ratio of the medians, taken in turn, and the peak memory of each. POSIX only.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

SERVER = Path(__file__).with_name("page_server.py")
LOOP = """
import json, sys, requests
session, start = requests.Session(), 0
while True:
    answer = session.get(sys.argv[1], params={"count": 1000, "startIndex": start},
                         headers={"Authorization": "x" * 40})
    items = answer.json()["response"]
    if not items:
        break
    for item in items:
        sys.stdout.write(json.dumps(item) + "\\n")
    start += len(items)
"""


def run(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Return the seconds that a command took and its peak memory in MiB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {command}")
    return took, used.ru_maxrss / 1024


def main() -> None:
    """Measure in turn and print."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    server = subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        origin = f"http://127.0.0.1:{int(server.stdout.readline())}"
        env = {**os.environ, "OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 40}
        call = [sys.executable, "-m", "oocli", "call", "GET", "people", "--page-size", "1000"]
        commands = {
            "bare loop": [sys.executable, "-c", LOOP, f"{origin}/api/2.0/people.json"],
            "ndjson": [*call, "--format", "ndjson"],
            "one envelope": call,
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(pairs):
            for name, command in commands.items():
                found[name].append(run(command, env))
        bare = statistics.median(took for took, _ in found["bare loop"])
        for name, runs in found.items():
            took = statistics.median(took for took, _ in runs)
            peak = max(peak for _, peak in runs)
            line = f"{name:14} {took:6.2f} s  {took / bare:5.2f} of the bare loop  {peak:4.0f} MiB"
            print(line)  # noqa: T201
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
