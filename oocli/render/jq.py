"""`--jq`: runs a jq expression with the library of the extra `jq`, in a separate process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from oocli.model.errors import OocliError, UsageError
from oocli.model.version import install_command

# An escaped half of a surrogate pair: the library refuses a document that contains one.
_LONE = re.compile(
    r"(?i)(?<!\\)((?:\\\\)*)(?:(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\ud[89a-f][0-9a-f]{2})"
)
_PROGRAM = Path(__file__).with_name("jq_process.py")
_CHUNK = 1 << 16  # bytes read at once

Read = Callable[[], bytes]


class JqFilter:
    """A jq expression for one document, in a process that `close` ends.

    The process starts at once and compiles the expression; call `check` before `results`. `env` are
    the variables of the process (None: those of this one).
    """

    def __init__(self, expression: str, env: Mapping[str, str] | None = None) -> None:
        self._expression = expression
        try:
            # The expression goes to stdin: other users of the machine can read argv.
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own file
                [sys.executable, "-I", "-S", *_program()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=env,
            )
        except OSError as failure:
            raise OocliError(f"--jq: its process cannot be started: {failure.strerror}") from None
        self._stdin = cast("IO[bytes]", self._process.stdin)
        self._stdout = cast("IO[bytes]", self._process.stdout)
        self._send(json.dumps({"path": sys.path, "expression": expression}).encode() + b"\n")

    def check(self) -> None:
        """Wait until the expression is compiled. Raises `UsageError` if it is not valid."""
        line = b""
        while not line.endswith(b"\n") and (chunk := self._read()):
            line += chunk
        if line == b"missing\n":
            raise UsageError("--jq: the jq library is not installed", hint=install_command("jq"))
        if line != b"ok\n":
            why = json.loads(line[1:]) if line.startswith(b"!") else ""
            raise UsageError(
                f"--jq {self._expression!r}: {_reason(why)}",
                hint="the syntax of jq: https://jqlang.org/manual",
            )

    def results(
        self, text: str, *, bounded: Callable[[Read], bytes] | None = None
    ) -> Iterator[list[str]]:
        """Yield the results for a JSON text, in lists of those that are ready.

        Strings have no quotes, other results are JSON. `bounded` runs each read that may have to
        wait, and may raise if it takes too long. Raises `UsageError` if the expression fails, after
        the results before the failure.
        """
        if "\\ud" in text or "\\uD" in text:
            text = _LONE.sub(lambda found: found[1] + (found[2] or "\\ufffd"), text)
        document = text.encode()
        self._send(b"%d\n" % len(document))
        self._send(document)
        pieces: list[bytes] = []
        while chunk := bounded(self._read) if bounded is not None else self._read():
            pieces.append(chunk)
            if b"\n" not in chunk:
                continue
            *lines, rest = b"".join(pieces).split(b"\n")
            pieces = [rest]
            end = lines.pop().decode() if lines[-1][:1] in (b".", b"!", b"h") else ""
            yield [json.loads(line) if line.startswith(b'"') else line.decode() for line in lines]
            if end == ".":
                return
            if end.startswith("!"):
                raise UsageError(f"--jq failed: {_reason(json.loads(end[1:]))}")
            if end:
                raise UsageError(f"--jq stopped: {json.loads(end[4:]).strip() or 'halt_error'}")
        raise UsageError("--jq failed: its process ended, perhaps for lack of memory")

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._stdin.close()
        self._stdout.close()

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        # If the process has ended, the next read reports it.
        with suppress(BrokenPipeError):
            while view:
                view = view[self._stdin.write(view) :]

    def _read(self) -> bytes:
        return os.read(self._stdout.fileno(), _CHUNK)


def _program() -> list[str]:
    """Return the arguments that run `jq_process`; Python cannot run a file inside a zip file."""
    if _PROGRAM.is_file():
        return [str(_PROGRAM)]
    from importlib.resources import files  # noqa: PLC0415 - in a zip file alone

    return ["-c", files(__package__).joinpath(_PROGRAM.name).read_text("utf-8")]


def _reason(message: str) -> str:
    """Return the first line of the library's message, without its prefixes."""
    first = message.partition("\n")[0]
    return first.removeprefix("jq: ").removeprefix("error: ") or "it failed"
