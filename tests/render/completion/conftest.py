"""Interactive shells to press Tab in, with programs that log each start."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
LIMIT = 60


class Line:
    """The command line of an interactive shell that is ready."""

    def __init__(self, child: Any) -> None:
        self.child = child

    def ran(self, typed: str) -> str:
        """Type a text, press Tab and Enter; return the arguments of oocli."""
        self.child.send(f"{typed}\t\r")
        self.child.expect_exact("RAN[")
        self.child.expect_exact("]\r\n")
        return self.child.before


@dataclass
class Bench:
    """A working directory with one file, and an `oocli` and a `python` that log each start."""

    path: Path
    children: list[Any] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        """The environment of the shell."""
        return {
            "PATH": f"{self.path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(self.path),
            "XDG_CONFIG_HOME": str(self.path / "xdg"),
            "XDG_DATA_HOME": str(self.path / "xdg"),
            "OOCLI_CONFIG_DIR": str(self.path / "config"),
            "PYTHONPATH": str(ROOT),
            "INPUTRC": os.devnull,
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
        }

    @property
    def here(self) -> Path:
        """The working directory."""
        return self.path / "here"

    @property
    def started(self) -> list[str]:
        """The programs that were started by completion."""
        log = self.path / "started"
        return log.read_text().splitlines() if log.exists() else []

    def offered(self, *command: str) -> str:
        """Run a command to its end and return its stdout; it must succeed without stderr."""
        done = subprocess.run(
            command, env=self.env, cwd=self.here, capture_output=True, text=True, timeout=LIMIT
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def line(self, child: Any) -> Line:
        """Return the command line of a shell that was started."""
        return Line(child)

    def spawn(self, *command: str) -> Any:
        """Start an interactive shell."""
        import pexpect

        child = pexpect.spawn(
            command[0], list(command[1:]), env=self.env, cwd=str(self.here),
            encoding="utf-8", timeout=LIMIT, dimensions=(50, 200),
        )  # fmt: skip
        self.children.append(child)
        return child


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Write the script of a shell, as oocli prints it now; return its path."""
    directory = tmp_path_factory.mktemp("scripts")

    def write(shell: str) -> str:
        path = directory / f"oocli.{shell}"
        if not path.exists():
            done = subprocess.run(
                [sys.executable, "-m", "oocli", "completion", shell],
                cwd=ROOT, capture_output=True, check=True, timeout=LIMIT,
            )  # fmt: skip
            path.write_bytes(done.stdout)
        return str(path)

    return write


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A `Bench` whose oocli completes portal names as the real one, and otherwise runs nothing."""
    made = Bench(tmp_path)
    for name in ("bin", "here", "xdg", "config"):
        (tmp_path / name).mkdir()
    (made.here / "report 1.json").write_text("{}")
    portals = {
        "docs.example.com": {"kind": "docspace", "account": {"login": "ann"}},
        "127.0.0.1:8080": {"account": {"login": "ann"}, "kind": "workspace"},
        "docs.example.com/office": {},
        "evil;$(touch pwned) x": {},
        "evil`touch${IFS}pwned`": {},
    }
    known = {"version": 1, "default": "docs.example.com", "portals": portals}
    (tmp_path / "config" / "portals.json").write_text(json.dumps(known, indent=2))
    log = tmp_path / "started"
    _program(
        tmp_path / "bin" / "oocli",
        f'if [ "$1" = completion ] && [ "$2" = --portals ]; then\n'
        f'    echo "oocli $*" >> "{log}"\n    exec "{sys.executable}" -m oocli "$@"\nfi\n'
        'echo "RAN[$*]"\n',
    )
    for name in ("python", "python3"):
        _program(tmp_path / "bin" / name, f'echo "{name} $*" >> "{log}"\nexit 97\n')
    yield made
    for child in made.children:
        child.close(force=True)


def _program(path: Path, text: str) -> None:
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
