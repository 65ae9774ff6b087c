"""`--jq`: the jq library of the extra `jq`, told to keep every digit, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from oocli.model.errors import OocliError, UsageError

# Half of a surrogate pair, escaped: the library refuses a document that holds one.
_LONE = re.compile(
    r"(?i)(?<!\\)((?:\\\\)*)(?:(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\ud[89a-f][0-9a-f]{2})"
)
_PROGRAM = Path(__file__).with_name("jq_process.py")
_CHUNK = 1 << 16  # bytes read at once

Read = Callable[[], bytes]


class JqFilter:
    """One jq expression, for one document, in a process that is ended by `close`.

    The process starts at once, so that it compiles while the call is prepared; `check` waits for
    the outcome. `env` are its variables (None: those of this process).
    """

    def __init__(self, expression: str, env: Mapping[str, str] | None = None) -> None:
        self._expression = expression
        self._is_checked = False
        try:
            # Neither argv nor variables tell it what to do: others can read the former.
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
        self._send(json.dumps({"path": sys.path, "expression": expression}).encode() + b"\n")

    def check(self) -> None:
        """Wait until the expression is compiled. Raises `UsageError` where it is no jq."""
        if self._is_checked:
            return
        line = b""
        while not line.endswith(b"\n") and (chunk := self._next()):
            line += chunk
        if line == b"missing\n":
            from oocli.model.version import install_command  # noqa: PLC0415 - for this error alone

            raise UsageError("--jq: its engine is not installed", hint=install_command("jq"))
        if line != b"ok\n":
            why = json.loads(line[1:]) if line.startswith(b"!") else ""
            raise UsageError(
                f"--jq {self._expression!r}: {_reason(why)}",
                hint="what can be written: https://jqlang.org/manual",
            )
        self._is_checked = True

    def results(
        self, text: str, *, status: int = 200, bounded: Callable[[Read], bytes] | None = None
    ) -> Iterator[list[str]]:
        """Yield what the expression makes of a JSON text: strings bare, all else as JSON.

        They come as they are made, in lists of those that are ready. `bounded` runs one step that
        waits for more, and may raise where it takes too long. `status` is that of the answer.
        Raises `OocliError`, after the results before the error.
        """
        self.check()
        if "\\ud" in text or "\\uD" in text:
            text = _LONE.sub(lambda found: found[1] + (found[2] or "\\ufffd"), text)
        document = text.encode()
        self._send(b"%d\n" % len(document))
        self._send(document)
        pieces: list[bytes] = []
        while chunk := bounded(self._next) if bounded is not None else self._next():
            pieces.append(chunk)
            if b"\n" not in chunk:
                continue
            *lines, rest = b"".join(pieces).split(b"\n")
            pieces = [rest]
            end = lines.pop().decode() if lines[-1][:1] in (b".", b"!", b"h") else ""
            yield [_bare(line.decode()) for line in lines]
            if end:
                if end != ".":
                    raise _failed(end, status)
                return
        raise _failed("", status)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        view = memoryview(data)
        # A process that is gone is told by what it did not write.
        with suppress(BrokenPipeError):
            while view:
                view = view[self._process.stdin.write(view) :]

    def _next(self) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        return os.read(self._process.stdout.fileno(), _CHUNK)


def _program() -> list[str]:
    """Return the arguments that run the program; Python cannot run a file inside a zip file."""
    if _PROGRAM.is_file():
        return [str(_PROGRAM)]
    from importlib.resources import files  # noqa: PLC0415 - in a zip file alone

    return ["-c", files(__package__).joinpath(_PROGRAM.name).read_text("utf-8")]


def _failed(line: str, status: int) -> OocliError:
    """Return the error that the last line of the process means; it is empty if the process died."""
    if line.startswith("!"):
        why = f"--jq failed: {_reason(json.loads(line[1:]))}"
    elif line.startswith("halt"):
        why = f"--jq stopped: {json.loads(line[4:]).strip() or 'halt_error'}"
    else:
        why = "--jq failed: its process ended, perhaps for lack of memory"
    return OocliError(f"the call succeeded ({status}), but {why}")


def _bare(result: str) -> str:
    return str(json.loads(result)) if result.startswith('"') else result


def _reason(message: str) -> str:
    """Return the message of the library, without its own name and its drawing of the position."""
    first = message.partition("\n")[0]
    return first.removeprefix("jq: ").removeprefix("error: ") or "it failed"
