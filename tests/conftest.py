"""A portal to talk to, a clean home to live in, and the program to run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from oocli.demo.server import DemoPortal

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PROGRAM = [sys.executable, "-m", "oocli"]
TIME_LIMIT = 60


@dataclass(frozen=True)
class Ran:
    """What one run of the program did. `stdout` is bytes, since they are what is promised."""

    exit: int
    stdout: bytes
    stderr: str

    @property
    def json(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.stdout)

    @property
    def error(self) -> dict[str, Any]:
        """The object of `--error-format json`: the last line of stderr."""
        return json.loads(self.stderr.splitlines()[-1])["error"]


@dataclass
class Home:
    """Clean places: configuration, keyring and working directory below one temporary folder."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """Where `portals.json` lies."""
        return self.path / "config"

    @property
    def portals(self) -> dict[str, Any]:
        """The content of `portals.json`."""
        return json.loads((self.config / "portals.json").read_text(encoding="utf-8"))

    @property
    def keyring(self) -> dict[str, str]:
        """What the keyring of these tests holds, by `service/name`."""
        file = self.path / "keyring.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def use_backend(self, name: str) -> None:
        """Put another keyring in place: a class of tests/backends.py."""
        self.env["PYTHON_KEYRING_BACKEND"] = f"backends.{name}"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A place where nothing is known, stored or set."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL", "COVERAGE_PROCESS_START")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "OOCLI_CONFIG_DIR": str(tmp_path / "config"),
        "OOCLI_TEST_KEYRING": str(tmp_path / "keyring.json"),
        "PYTHON_KEYRING_BACKEND": "backends.InFile",
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(ROOT)]),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "error",
        "TERM": "xterm-256color",
    }
    return Home(tmp_path, env)


@pytest.fixture
def portal() -> Iterator[DemoPortal]:
    """A running Workspace portal."""
    with DemoPortal("workspace") as running:
        yield running


@pytest.fixture
def docspace() -> Iterator[DemoPortal]:
    """A running DocSpace portal."""
    with DemoPortal("docspace") as running:
        yield running


@pytest.fixture(params=["workspace", "docspace"])
def either(request: pytest.FixtureRequest) -> Iterator[DemoPortal]:
    """A running portal of each kind in turn."""
    with DemoPortal(request.param) as running:
        yield running


Oocli = Callable[..., Ran]


@pytest.fixture
def oocli(home: Home, tmp_path: Path) -> Oocli:
    """Run the program as a script would: no terminal, stdin closed unless text is given.

    `signed_in_to` gives a live token of that portal through OOCLI_PORTAL and OOCLI_TOKEN. Nothing
    that was secret in the run may turn up on its stderr: looked at after each run.
    """

    def run(
        *args: str | os.PathLike[str],
        stdin: str | bytes | None = None,
        env: dict[str, str] | None = None,
        signed_in_to: DemoPortal | None = None,
        timeout: float = TIME_LIMIT,
    ) -> Ran:
        variables = dict(home.env)
        if signed_in_to is not None:
            variables["OOCLI_PORTAL"] = signed_in_to.origin
            variables["OOCLI_TOKEN"] = signed_in_to.issue_token()
        variables |= env or {}
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*PROGRAM, *map(os.fspath, args)],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            env=variables,
            cwd=tmp_path,
            timeout=timeout,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
        for name in ("OOCLI_TOKEN",):
            assert not variables.get(name) or variables[name] not in ran.stderr, "a secret leaked"
        assert "Traceback" not in ran.stderr or "--debug" in args, ran.stderr
        return ran

    return run


@pytest.fixture
def sign_in(oocli: Oocli) -> Callable[..., Ran]:
    """Sign in to a demo portal as Ann, with the keyring of these tests; return the run."""

    def run(portal: DemoPortal, *more: str, **how: Any) -> Ran:
        ran = oocli(
            "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin", *more,
            stdin=portal.password + "\n", **how,
        )  # fmt: skip
        assert portal.password not in ran.stderr + ran.stdout.decode(), "the password leaked"
        return ran

    return run
