"""Where a row of the fault table happens: a home, a portal, a second server, the program."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.faults.row import ANY, Maker, Outcome, Row
from tests.portal import DemoPortal

PROGRAM = [sys.executable, "-m", "oocli"]
TIME_LIMIT = 60.0


class RawServer:
    """Says exactly these bytes to each connection, once the head of a request is there.

    `heads` are the heads received. `script` may also be a function of the connection.
    """

    def __init__(self, script: bytes | Callable[[socket.socket], object], *, reads: bool = True):
        self.heads: list[bytes] = []
        self._script, self._reads = script, reads
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._ending.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(10)
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while self._reads and b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                break
            head += piece
        self.heads.append(head)
        if callable(self._script):
            self._script(connection)
        else:
            connection.sendall(self._script)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):  # an unread rest would make a reset of the close
                pass


class World:
    """What the makers change, the runners start and the checks look at.

    `names` are the words in braces that rows may use; `seen` collects what runs printed.
    """

    def __init__(self, home: Any, row: Row, stack: ExitStack, run_program: Any) -> None:
        self.home = home
        self._run_program = run_program
        self.env: dict[str, str] = dict(home.env)
        self.stdin: bytes | None = None
        self.names: dict[str, str] = {"cwd": str(home.path), "config": str(home.config)}
        self._row, self._stack = row, stack
        self.portal = self.serve(DemoPortal(row.kind))
        self.token = ""
        self.other: DemoPortal | RawServer | None = None
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def path(self) -> Path:
        """The working directory, which is the home as well."""
        return Path(self.home.path)

    def serve(self, portal: DemoPortal) -> DemoPortal:
        """Start a portal and make it the one of this row."""
        self.portal = self._stack.enter_context(portal)
        self.names |= {"portal": portal.origin, "host": portal.host, "port": str(portal.port)}
        self.names |= {"user": portal.user, "password": portal.password}
        return portal

    def serve_raw(self, script: bytes | Callable[[socket.socket], object], **how: Any) -> RawServer:
        """Start a second server that says what no portal would."""
        server = RawServer(script, **how)
        self._stack.callback(server.close)
        self.other = server
        self.names |= {"raw": f"http://127.0.0.1:{server.port}", "raw_port": str(server.port)}
        return server

    def until_the_end(self, context: Any) -> Any:
        """Enter a context that is left when the row is over."""
        return self._stack.enter_context(context)

    def sign(self) -> None:
        """Give the program a live token of the portal, if the row wants one."""
        if self._row.signed_in:
            self.token = self.portal.issue_token()
            self.env.setdefault("OOCLI_PORTAL", self.portal.origin)
            self.env.setdefault("OOCLI_TOKEN", self.token)
            self.names.setdefault("token", self.env["OOCLI_TOKEN"])

    def filled(self, text: str) -> str:
        """Put the values in place of the names in braces."""
        for name, value in self.names.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def login(self, *more: str) -> None:
        """Sign in as Ann, by the program itself."""
        words = ["login", "--portal", self.portal.origin, "--user", self.portal.user]
        ran = self.pipe((*words, "--password-stdin", *more), stdin=self.portal.password.encode())
        assert ran.exit == 0, ran

    # Starting the program

    def pipe(
        self,
        args: Sequence[str],
        *,
        stdin: bytes | None = None,
        wrapper: Sequence[str] = (),
        program: Sequence[str] = PROGRAM,
        **streams: Any,
    ) -> Outcome:
        """Run it as a script would, with a pipe at each end."""
        given = self.stdin if stdin is None else stdin
        if not (wrapper or streams) and program is PROGRAM:
            ran = self._run_program(
                args, env=self.env, cwd=self.path, stdin=given, timeout=TIME_LIMIT
            )
            return _outcome(*ran)
        how: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        done = subprocess.run(
            [*wrapper, *program, *args],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            env=self.env,
            cwd=self.path,
            timeout=TIME_LIMIT,
            check=False,
            **how,
        )
        return _outcome(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def started(self, args: Sequence[str], **streams: Any) -> Iterator[subprocess.Popen[bytes]]:
        """Start it in the background; it is killed at the end if it still runs."""
        how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
        how |= {"stderr": subprocess.PIPE} | streams
        with subprocess.Popen([*PROGRAM, *args], env=self.env, cwd=self.path, **how) as child:
            try:
                yield child
            finally:
                child.kill()

    def signalled(self, args: Sequence[str], name: str, when: Callable[[World], object]) -> Outcome:
        """Start it, wait until `when` holds, send a signal, wait for its end."""
        with self.started(args) as child:
            self.child = child
            until(lambda: when(self) or child.poll() is not None)
            child.send_signal(getattr(signal, name))
            stdout, stderr = child.communicate(timeout=TIME_LIMIT)
        return _outcome(child.returncode, stdout, stderr)

    def on_terminal(
        self, args: Sequence[str], talk: Callable[[Any], object], columns: int
    ) -> Outcome:
        """Run it on a pseudo-terminal; `talk` is what a person does there."""
        import pexpect

        handle = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], *args], env=self.env, cwd=str(self.path), encoding="utf-8",
            codec_errors="replace", timeout=TIME_LIMIT, dimensions=(40, columns),
        )  # fmt: skip
        screen: list[str] = []
        handle.logfile_read = _Screen(screen)
        try:
            talk(handle)
            handle.expect(pexpect.EOF)
            handle.wait()
        finally:
            handle.close(force=True)
        text = "".join(screen)
        return Outcome(handle.exitstatus, text.encode(), text.replace("\r\n", "\n"))


class _Screen:
    def __init__(self, parts: list[str]) -> None:
        self.write = parts.append

    def flush(self) -> None:
        """Nothing waits."""


def until(condition: Callable[[], object], seconds: float = TIME_LIMIT) -> None:
    """Wait until a condition holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def matches(expected: Sequence[str], stderr: str, *, among_others: bool) -> bool:
    """Whether stderr has these lines and no others; `among_others` allows others in between."""
    patterns = [re.escape(line).replace(re.escape(ANY), ".*") for line in expected]
    lines = stderr.splitlines()
    if not among_others:
        return len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines))
    rest = iter(lines)
    return all(any(re.search(f"{one}$", line) for line in rest) for one in patterns)


def nothing() -> Maker:
    """Make no fault: what is wrong is in the command itself."""
    return Maker("-", lambda _: None)


def _outcome(code: int, stdout: bytes | None, stderr: bytes | None) -> Outcome:
    return Outcome(code, stdout or b"", (stderr or b"").decode("utf-8", "replace"))
