"""The process in which `--jq` runs: it compiles one expression and filters one document.

The jq library cannot be interrupted, so it runs in a process that can be killed. This file is run
by its path and imports nothing of oocli.

It reads a line of JSON (`path`: where to find libraries, `expression`) and writes a line: `ok`,
`missing` (there is no jq library), or `!` and a JSON string with the error. Then it reads a line
with the length of the document, and the document, and writes each result at once as a line of JSON.
The last line is `.`, or `!` and a JSON string with the error, or `halt` and a JSON string with the
text that was given to `halt_error`.
"""

from __future__ import annotations

import json
import os
import signal
import sys

if sys.platform == "linux":
    import fcntl

# The library does not report the text that `halt_error` is given, so it is redefined as an error.
# An error with the key `__jq` is not caught by `try ... catch`, as halt_error must not be.
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
    """Return the last line for an error."""
    message = str(failure)
    if _HALT in message:
        try:
            return "halt" + json.dumps(json.loads(message)["text"])
        except (ValueError, KeyError, TypeError):
            pass  # another error, which quotes that text
    return "!" + json.dumps(message)


def main() -> None:
    """Filter one document."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    given = json.loads(sys.stdin.buffer.readline())
    sys.path.extend(given["path"])
    try:
        import jq  # noqa: PLC0415 - found in the path that was read above
    except ImportError:
        _write("missing")
        return
    try:
        # Without parentheses first, since they could complete an expression such as `.a) , (.b`.
        jq.compile(_PRELUDE + given["expression"])
        # As Python numbers, results would be rounded; `tojson` keeps all digits.
        program = jq.compile(f"{_PRELUDE}({given['expression']}\n)|tojson")
    except ValueError as failure:
        _write("!" + json.dumps(str(failure)))
        return
    _write("ok")
    length = sys.stdin.buffer.readline()
    if not length:  # the call failed
        return
    text = sys.stdin.buffer.read(int(length)).decode()
    if sys.platform == "linux":
        # The kernel kills this process when the other end of stdin is closed.
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    try:
        for result in program.input_text(text):
            _write(result)
    except ValueError as failure:
        _write(_failed(failure))
    else:
        _write(".")


if __name__ == "__main__":
    main()
