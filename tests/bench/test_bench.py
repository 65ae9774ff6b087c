"""The benchmark itself, with very little data; no result is judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROWS = 28


@pytest.mark.bench
def test_the_benchmark_measures_every_row_and_prints_the_table():
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--smoke"],
        capture_output=True, text=True, cwd=ROOT, timeout=600,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    machine, _, head, _, *rows = done.stdout.splitlines()
    assert "CPython" in machine
    assert head.startswith("| What | Against |")
    assert len(rows) == ROWS
    assert rows[0] == "| Tab on a command, bash | - | no Python started | - | none | reached |"
    assert all(row.endswith("| not judged |") for row in rows[1:])


@pytest.mark.bench
def test_an_unknown_race_is_an_error_before_anything_is_installed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "downhill"],
        capture_output=True, text=True, cwd=ROOT, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, "")
    assert "no such race: downhill" in done.stderr
