"""The surroundings of a row: a home, a portal, perhaps a second server, and the program."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import PROGRAM, TIME_LIMIT, Home, Ran
from tests.faults.row import ANY, Maker, Row
from tests.portal import DemoPortal
from tests.raw_server import RawServer
from tests.waiting import ESCAPES, until


@dataclass(frozen=True)
class Programs:
    """The fixtures that run the program with pipes, in the background, and on a terminal."""

    run: Callable[..., tuple[int, bytes, bytes]]
    start: Callable[..., subprocess.Popen[bytes]]
    spawn: Callable[..., Any]


class World:
    """What makers change, runners start in, and checks inspect.

    `names` are the words in braces that rows can use, with their values.
    """

    def __init__(self, home: Home, row: Row, stack: ExitStack, programs: Programs) -> None:
        self.home = home
        self._programs = programs
        self.env: dict[str, str] = dict(home.env)
        self.stdin: bytes | None = None
        self.names: dict[str, str] = {"cwd": str(home.path), "config": str(home.config)}
        self._row, self._stack = row, stack
        self.portal = self.serve(DemoPortal(row.kind))
        self.token = ""
        self.other: DemoPortal | RawServer | None = None

    @property
    def path(self) -> Path:
        """The working directory, which is the home as well."""
        return self.home.path

    def serve(self, portal: DemoPortal) -> DemoPortal:
        """Start a portal and use it for this row."""
        self.portal = self._stack.enter_context(portal)
        self.names |= {"portal": portal.origin, "host": portal.host, "port": str(portal.port)}
        self.names |= {"user": portal.user, "password": portal.password}
        return portal

    def serve_raw(self, script: bytes | Callable[[socket.socket], object], **how: Any) -> RawServer:
        """Start a second server that sends what no portal would."""
        server = RawServer(script, **how)
        self._stack.callback(server.close)
        self.other = server
        self.names |= {"raw": f"http://127.0.0.1:{server.port}", "raw_port": str(server.port)}
        return server

    def until_the_end(self, context: Any) -> Any:
        """Enter a context that is left at the end of the row."""
        return self._stack.enter_context(context)

    def sign(self) -> None:
        """Give the program a token of the portal, if the row needs one."""
        if self._row.signed_in:
            self.token = self.portal.issue_token()
            self.env.setdefault("OOCLI_PORTAL", self.portal.origin)
            self.env.setdefault("OOCLI_TOKEN", self.token)
            self.names.setdefault("token", self.env["OOCLI_TOKEN"])

    def filled(self, text: str) -> str:
        """Replace the names in braces by their values."""
        for name, value in self.names.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def login(self, *more: str) -> None:
        """Sign in as Ann with the program."""
        words = ["login", "--portal", self.portal.origin, "--user", self.portal.user]
        ran = self.pipe((*words, "--password-stdin", *more), stdin=self.portal.password.encode())
        assert ran.exit == 0, ran

    # Starting the program

    def pipe(
        self,
        args: Sequence[str],
        *,
        stdin: bytes | None = None,
        program: Sequence[str] = PROGRAM,
        **streams: Any,
    ) -> Ran:
        """Run the program with pipes as its streams."""
        given = self.stdin if stdin is None else stdin
        if not streams and program is PROGRAM:
            ran = self._programs.run(args, env=self.env, cwd=self.path, stdin=given)
            return _ran(*ran)
        how: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        done = subprocess.run(
            [*program, *args],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            env=self.env,
            cwd=self.path,
            timeout=TIME_LIMIT,
            check=False,
            **how,
        )
        return _ran(done.returncode, done.stdout, done.stderr)

    def start(self, args: Sequence[str], *, stdin: bytes | None = None) -> subprocess.Popen[bytes]:
        """Start the program in the background, with text on stdin; it is killed after the test."""
        if stdin is None:
            return self._programs.start(args, env=self.env, cwd=self.path)
        child = self._programs.start(args, env=self.env, cwd=self.path, stdin=subprocess.PIPE)
        assert child.stdin is not None
        child.stdin.write(stdin)
        child.stdin.close()
        child.stdin = None
        return child

    def signalled(self, args: Sequence[str], name: str, when: Callable[[World], object]) -> Ran:
        """Start the program, send a signal when `when` is true, and wait for its end."""
        child = self.start(args)
        until(lambda: when(self) or child.poll() is not None)
        child.send_signal(getattr(signal, name))
        return finished(child)

    def on_terminal(self, args: Sequence[str], talk: Callable[[Any], object], columns: int) -> Ran:
        """Run the program on a pseudo-terminal; `talk` does what a person types."""
        import pexpect

        handle = self._programs.spawn(args, env=self.env, cwd=self.path, size=(40, columns))
        screen = io.StringIO(newline="")
        handle.logfile_read = screen
        talk(handle)
        handle.expect(pexpect.EOF)
        handle.wait()
        text = screen.getvalue()
        return Ran(handle.exitstatus, text.encode(), text.replace("\r\n", "\n"))


def finished(child: subprocess.Popen[bytes]) -> Ran:
    """Wait for the end of a run in the background."""
    stdout, stderr = child.communicate(timeout=TIME_LIMIT)
    return _ran(child.returncode, stdout, stderr)


def matches(expected: Sequence[str], stderr: str, *, among_others: bool) -> bool:
    """Return whether stderr has these lines alone; `among_others` allows others in between."""
    patterns = [re.escape(line).replace(re.escape(ANY), ".*") for line in expected]
    lines = ESCAPES.sub("", stderr).splitlines()  # without the colors of a terminal
    if not among_others:
        return len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines))
    rest = iter(lines)
    return all(any(re.search(f"{pattern}$", line) for line in rest) for pattern in patterns)


def nothing() -> Maker:
    """Cause nothing: the fault is in the command itself."""
    return Maker("-", lambda _: None)


def _ran(code: int, stdout: bytes | None, stderr: bytes | None) -> Ran:
    return Ran(code, stdout or b"", (stderr or b"").decode("utf-8", "replace"))
