"""Run the program in a process of its own, without the time that its start takes.

A server imports the program once and forks a child for each run. The child has its own streams,
environment, working directory and exit code, like a process that a shell starts. It does not show
which modules a run imports; tests of start-up use whole processes.

The variable OOCLI_TEST_IMPORT names a module of `tests/` that the child imports before it runs the
program, for example to make system calls fail.
"""

from __future__ import annotations

import gc
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
# Libraries that most runs import. Not keyring: it reads its variables when it is imported.
LIBRARIES = ("requests", "rich.console", "rich.table", "rich.panel")


class ForkServer:
    """The server process and the connection to it. Start it once for each test process."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._at_start = _read_at_start(env)
        self._asking = threading.Lock()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fork_server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=dict(env),
                cwd=ROOT,
            )

    def fits(self, env: Mapping[str, str]) -> bool:
        """Return whether a run with this environment can be forked."""
        return _read_at_start(env) == self._at_start

    def run(
        self,
        args: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        stdin: bytes | None = None,
        timeout: float = 60,
    ) -> tuple[int, bytes, bytes]:
        """Run the program and return its exit code, stdout and stderr."""
        pipes = [os.pipe() for _ in range(4)]
        (in_read, in_write), (out_read, out_write), (err_read, err_write), (end_read, end_write) = (
            pipes
        )
        request = json.dumps([list(args), dict(env), os.fspath(cwd)]).encode()
        size = len(request).to_bytes(8, "big")
        with self._asking:
            socket.send_fds(self._socket, [size], [in_read, out_write, err_write, end_write])
            self._socket.sendall(request)
        for inherited in (in_read, out_write, err_write, end_write):
            os.close(inherited)
        found = _communicate(in_write, stdin or b"", (out_read, err_read, end_read), timeout)
        if found is None:
            raise subprocess.TimeoutExpired(list(args), timeout)
        stdout, stderr, end = found
        return int(end.split()[1]), stdout, stderr

    def close(self) -> None:
        """End the server."""
        self._socket.close()
        self._process.wait(10)


def _read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that Python reads only at its start, which is that of the server."""
    return {
        name: value
        for name, value in env.items()
        if name.startswith(("PYTHON", "LC_", "LANG")) and name != "PYTHON_KEYRING_BACKEND"
    }


def _communicate(
    stdin: int, given: bytes, readers: tuple[int, ...], timeout: float
) -> tuple[bytes, ...] | None:
    """Write and read until the run has ended; kill it and return None after a timeout."""
    received: dict[int, bytearray] = {reader: bytearray() for reader in readers}
    end = time.monotonic() + timeout
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        os.set_blocking(stdin, False)
        selector.register(stdin, selectors.EVENT_WRITE)
        while selector.get_map():
            events = selector.select(max(0.0, end - time.monotonic()))
            if not events:
                pid = bytes(received[readers[-1]]).split()
                if pid:
                    os.kill(int(pid[0]), signal.SIGKILL)
                for open_file in [*selector.get_map()]:
                    os.close(open_file)
                return None
            for key, _ in events:
                if key.fd == stdin:
                    given = _write(stdin, given)
                    done = not given
                else:
                    chunk = os.read(key.fd, 1 << 18)
                    received[key.fd] += chunk
                    done = not chunk
                if done:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return tuple(bytes(received[reader]) for reader in readers)


def _write(stdin: int, given: bytes) -> bytes:
    try:
        return given[os.write(stdin, given[: 1 << 16]) :] if given else b""
    except BrokenPipeError:
        return b""


def serve(asked: socket.socket) -> None:
    """Fork a run for each request, until the other end is closed."""
    import importlib
    import pkgutil

    import oocli

    for library in LIBRARIES:
        importlib.import_module(library)
    for module in pkgutil.walk_packages(oocli.__path__, "oocli."):
        importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no process waits for the supervisors
    while True:
        size, fds, _, _ = socket.recv_fds(asked, 8, 4)
        if not fds:
            return
        while len(size) < 8:
            size += asked.recv(8 - len(size))
        request = b""
        while (missing := int.from_bytes(size, "big") - len(request)) > 0:
            request += asked.recv(missing)  # no more: the next request may follow immediately
        if os.fork() == 0:
            asked.close()
            _supervise(fds, *json.loads(request))
        for fd in fds:
            os.close(fd)


def _supervise(fds: list[int], args: list[str], env: dict[str, str], cwd: str) -> None:
    """Run the program in a child; report its process id, then its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, end = fds
    child = os.fork()
    if child == 0:
        os.close(end)
        try:
            _become(streams, args, env, cwd)
        finally:
            os._exit(99)
    for stream in streams:
        os.close(stream)
    os.write(end, f"{child} ".encode())
    _, status = os.waitpid(child, 0)
    os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(streams: list[int], args: list[str], env: dict[str, str], cwd: str) -> None:
    """Replace this child by a run of the program."""
    import importlib

    from oocli.__main__ import run

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["oocli", *args]
    sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    random.seed()
    if module := os.environ.pop("OOCLI_TEST_IMPORT", None):
        importlib.import_module(module)
    run()


def _stream(number: int, mode: str) -> Any:
    errors = "backslashreplace" if number == 2 else "strict"
    return open(number, mode, encoding="utf-8", errors=errors, closefd=False)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as ours:
        serve(ours)
