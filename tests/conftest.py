"""The common fixtures: demo portals, a clean home directory, and ways to run the program."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import settings

from tests.fork_server import ForkServer
from tests.portal import DemoPortal
from tests.secrecy import Secrecy, watch

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PROGRAM = [sys.executable, "-m", "oocli"]
TIME_LIMIT = 60

# Under nohup or in the background of a script, a process ignores these signals, and its children
# inherit that. The tests need the usual behavior.
for name in ("SIGINT", "SIGHUP"):
    number = getattr(signal, name, None)  # Windows has no SIGHUP
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
# The variables for Python in every run of the program.
ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join([str(TESTS), str(ROOT)]),
    "PYTHONIOENCODING": "utf-8",
    "PYTHONWARNINGS": "error",
}
# No deadline, because a machine may be busy; and every run tries the same examples.
settings.register_profile("oocli", deadline=None, derandomize=True)
settings.load_profile("oocli")
# The programs that the tests with a marker need. Without them, these tests are left out, so Python
# alone is enough to run the rest. With OOCLI_TEST_ALL=1 nothing is left out, so they fail.
NEEDED = {
    "keyring": ("dbus-run-session", "gnome-keyring-daemon", "secret-tool"),
    "shells": ("bash", "zsh", "fish"),
    "readme": ("sh", "jq", "oathtool"),
    "proxy": ("tinyproxy", "nginx"),
    "manual": ("groff",),
    "tools": ("oathtool", "curl", "sh"),
}


def left_out() -> dict[str, str]:
    """Return the markers whose tests cannot run on this machine, and why."""
    found = {}
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        found["root"] = "not root"
    if os.environ.get("OOCLI_TEST_ALL"):
        return found
    for marker, programs in NEEDED.items():
        if missing := [program for program in programs if shutil.which(program) is None]:
            found[marker] = f"no {', '.join(missing)}"
    if os.name != "posix":
        found["posix"] = f"this is {os.name}"
    return found


def pytest_report_header() -> list[str]:
    """Print at the start of a run what is left out."""
    return [f"left out: tests marked {marker} ({why})" for marker, why in left_out().items()]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that cannot run on this machine."""
    markers = left_out()
    for item in items:
        if "terminal" in getattr(item, "fixturenames", ()):
            item.add_marker("posix")
    without = [item for item in items if any(item.get_closest_marker(name) for name in markers)]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]


@pytest.fixture(autouse=True)
def secrecy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Secrecy]:
    """Fail each test in which the program printed a secret where none is allowed."""
    secrecy = Secrecy()
    watch(secrecy, monkeypatch.setattr)
    yield secrecy
    assert not secrecy.leaks(), "a secret leaked"


@dataclass(frozen=True)
class Ran:
    """The result of one run. `stdout` is bytes, because oocli promises to keep them unchanged."""

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
    """A clean home: configuration, keyring and working directory in one temporary directory."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """The directory of `portals.json`."""
        return self.path / "config"

    @property
    def portals(self) -> dict[str, Any]:
        """The content of `portals.json`."""
        return json.loads((self.config / "portals.json").read_text(encoding="utf-8"))

    @property
    def keyring(self) -> dict[str, str]:
        """The content of the keyring of the test, by `service/name`."""
        file = self.path / "keyring.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def use_backend(self, name: str) -> None:
        """Use another keyring: a class of tests/backends.py."""
        self.env["PYTHON_KEYRING_BACKEND"] = f"backends.{name}"


def _inherited() -> dict[str, str]:
    """Return the variables that every run inherits."""
    names = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL", "COVERAGE_PROCESS_START")
    return {name: os.environ[name] for name in names if name in os.environ} | ENVIRONMENT


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without known portals, credentials or variables."""
    env = _inherited() | {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "OOCLI_CONFIG_DIR": str(tmp_path / "config"),
        "OOCLI_TEST_KEYRING": str(tmp_path / "keyring.json"),
        "PYTHON_KEYRING_BACKEND": "backends.InFile",
        "TERM": "xterm-256color",
    }
    return Home(tmp_path, env)


@pytest.fixture(autouse=True)
def _log_of_each_test() -> Iterator[None]:
    """Restore the log after each test, because `-v` opens it for the whole process."""
    log = logging.getLogger("oocli")
    handlers, propagate, level = log.handlers[:], log.propagate, log.level
    yield
    log.handlers[:], log.propagate = handlers, propagate
    log.setLevel(level)


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
    """A running portal: the test runs once with each kind."""
    with DemoPortal(request.param) as running:
        yield running


Oocli = Callable[..., Ran]


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer | None]:
    """The process from which runs are forked; None on a system without fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    server = ForkServer(_inherited())
    yield server
    server.close()


@pytest.fixture
def run_program(
    fork_server: ForkServer | None, secrecy: Secrecy
) -> Callable[..., tuple[int, bytes, bytes]]:
    """Run the program with pipes as streams; return exit code, stdout and stderr."""

    def run(
        args: Sequence[str],
        *,
        env: dict[str, str],
        cwd: Path,
        stdin: bytes | None = None,
        timeout: float = TIME_LIMIT,
    ) -> tuple[int, bytes, bytes]:
        if fork_server is not None and fork_server.fits(env):
            ran = fork_server.run(args, env=env, cwd=cwd, stdin=stdin, timeout=timeout)
            secrecy.printed([*PROGRAM, *args], *ran[1:])
            return ran
        assert "OOCLI_TEST_IMPORT" not in env, "only a forked run imports it"
        done = subprocess.run(
            [*PROGRAM, *args],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            env=env,
            cwd=cwd,
            timeout=timeout,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def oocli(
    home: Home, tmp_path: Path, run_program: Callable[..., tuple[int, bytes, bytes]]
) -> Oocli:
    """Run the program as a script does: no terminal, and an empty stdin unless text is given.

    `signed_in_to` sets OOCLI_PORTAL and OOCLI_TOKEN to that portal and a new token of it. A token
    on stderr fails the test, and so does a traceback without `--debug`.
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
        words = [os.fspath(word) for word in args]
        code, stdout, stderr = run_program(
            words, env=variables, cwd=tmp_path, stdin=given, timeout=timeout
        )
        ran = Ran(code, stdout, stderr.decode("utf-8", "replace"))
        token = variables.get("OOCLI_TOKEN")
        assert not token or token not in ran.stderr, "the token leaked"
        assert "Traceback" not in ran.stderr or "--debug" in args, ran.stderr
        return ran

    return run


@pytest.fixture
def start_program() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program as a process in the background, which is killed after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        args: Sequence[str],
        *,
        env: dict[str, str],
        cwd: Path,
        wrapper: Sequence[str] = (),
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        stdout: int | IO[bytes] = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [*wrapper, *PROGRAM, *args],
            env=env, cwd=cwd, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def start(
    home: Home, start_program: Callable[..., subprocess.Popen[bytes]]
) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the program in the background, in a clean home; return its process.

    `signed_in_to` is that of `oocli`; `token` is one that several runs share.
    """

    def run(
        *args: str,
        signed_in_to: DemoPortal | None = None,
        token: str | None = None,
        **streams: Any,
    ) -> subprocess.Popen[bytes]:
        env = dict(home.env)
        if signed_in_to is not None:
            env["OOCLI_PORTAL"] = signed_in_to.origin
            env["OOCLI_TOKEN"] = token or signed_in_to.issue_token()
        return start_program(args, env=env, cwd=home.path, **streams)

    return run


@pytest.fixture
def spawn_program() -> Iterator[Callable[..., Any]]:
    """Start the program on a pseudo-terminal; return the pexpect object."""
    import pexpect

    started = []

    def spawn(
        args: Sequence[str], *, env: dict[str, str], cwd: Path, size: tuple[int, int] = (40, 100)
    ) -> Any:
        handle = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], *args], env=env, cwd=str(cwd), encoding="utf-8",
            codec_errors="replace", timeout=TIME_LIMIT, dimensions=size,
        )  # fmt: skip
        started.append(handle)
        return handle

    yield spawn
    for handle in started:
        handle.close(force=True)


@pytest.fixture
def terminal(home: Home, tmp_path: Path, spawn_program: Callable[..., Any]) -> Callable[..., Any]:
    """Run the program on a pseudo-terminal, as a person does; return the pexpect object.

    `signed_in_to` is that of `oocli`. `tests.waiting.ended` waits for the end of the run and
    returns its exit code.
    """

    def run(
        *args: str,
        env: dict[str, str] | None = None,
        signed_in_to: DemoPortal | None = None,
        size: tuple[int, int] = (40, 100),
    ) -> Any:
        variables = dict(home.env)
        if signed_in_to is not None:
            variables["OOCLI_PORTAL"] = signed_in_to.origin
            variables["OOCLI_TOKEN"] = signed_in_to.issue_token()
        return spawn_program(args, env=variables | (env or {}), cwd=tmp_path, size=size)

    return run


@pytest.fixture
def sign_in(oocli: Oocli) -> Callable[..., Ran]:
    """Sign in to a demo portal as Ann, with the keyring of the test; return the result."""

    def run(portal: DemoPortal, *more: str, **how: Any) -> Ran:
        ran = oocli(
            "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin", *more,
            stdin=portal.password + "\n", **how,
        )  # fmt: skip
        assert portal.password not in ran.stderr + ran.stdout.decode(), "the password leaked"
        return ran

    return run
