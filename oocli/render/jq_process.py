"""The process in which `--jq` runs: it compiles one expression and filters one document.

The jq library cannot be interrupted, so it gets a process that can be ended. This file is run by
its path and imports nothing of oocli.

It reads a line of JSON (`path`: where to find libraries, `expression`), answers with a line (`ok`,
`missing`, or `!` and a JSON string that says what is wrong), reads the length of the document on a
line and the document, and writes each result as a line of JSON, at once. The last line is `.`, or
`!` and a JSON string with the error, or `halt` and the text given to `halt_error`.
"""

from __future__ import annotations

import json
import os
import signal
import sys

if sys.platform == "linux":
    import fcntl

# The library ends quietly at `halt_error` and does not hand out its message. An error whose value
# has the key `__jq` passes `try ... catch`, as halt_error must.
_HALT = "halt_error of oocli"
_PRELUDE = (
    "def halt_error($code): "
    'if ($code|type) != "number" then error("halt_error/1: number required") else '
    f'error({{__jq: "{_HALT}", text: (if type == "string" then . else tojson end)}}) end; '
    "def halt_error: halt_error(5); "
)


def _write(line: str) -> None:
    data = memoryview(line.encode("utf-8", "surrogatepass") + b"\n")
    while data:
        data = data[os.write(1, data) :]


def _failed(failure: ValueError) -> str:
    """Return the last line for an error: what `halt_error` was given, or what went wrong."""
    said = str(failure)
    if _HALT in said:
        try:
            return "halt" + json.dumps(json.loads(said)["text"])
        except (ValueError, KeyError, TypeError):
            pass  # an error that only quotes it
    return "!" + json.dumps(said)


def _end_with_parent() -> None:
    """Let the kernel end this process as soon as nobody holds the other end of stdin (Linux)."""
    if sys.platform == "linux":
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def main() -> None:
    """Serve one document."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    given = json.loads(sys.stdin.buffer.readline())
    sys.path.extend(given["path"])
    try:
        import jq  # noqa: PLC0415 - found by the path that was given
    except ImportError:
        _write("missing")
        return
    try:
        # Alone first: the brackets could complete half of one.
        jq.compile(_PRELUDE + given["expression"])
        # Numbers that leave the library as Python's are rounded; as text they are not.
        program = jq.compile(f"{_PRELUDE}({given['expression']}\n)|tojson")
    except ValueError as failure:
        _write("!" + json.dumps(str(failure)))
        return
    _write("ok")
    length = sys.stdin.buffer.readline()
    if not length:  # no document came: the call failed
        return
    text = sys.stdin.buffer.read(int(length)).decode()
    _end_with_parent()
    try:
        for result in program.input_text(text):
            _write(result)
    except ValueError as failure:
        _write(_failed(failure))
    else:
        _write(".")


if __name__ == "__main__":
    main()
