"""The entry point: signals, interrupts, and the exit code of the process."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from oocli.model.version import __version__

_PIPE_CLOSED = 128 + 13  # 13 is SIGPIPE, which Windows does not know


class _Stopped(BaseException):
    """A signal ends the process; `exit` is 128 + its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit = 128 + number


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code. Every failure ends here and only here."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args in (["--version"], ["-V"]) and _print_now(f"oocli {__version__}\n"):
        return 0
    if args == ["completion", "--portals"]:
        from oocli.config.portal_names import portal_names  # noqa: PLC0415 - asked at each Tab

        _print_now("".join(f"{name}\n" for name in portal_names()))
        return 0
    try:
        # Here and not at the top: the fast paths load nothing, and an interrupt while it loads is
        # caught as well.
        from oocli.commands.run import run_command  # noqa: PLC0415

        return run_command(args)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one skips what is left to do
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write("\n")
        return 130
    except _Stopped as stopped:
        return stopped.exit
    except Exception as bug:
        sys.stderr.write(f"oocli: cannot start: {type(bug).__name__}: {bug}\n")
        return 1


def _print_now(text: str) -> bool:
    """Write a text at once. Return False where that fails; the ordinary run then says why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        return False
    return True


def _settled(code: int) -> int:
    """Empty the buffer of stdout. Left to Python, a failure would change the exit code to 120."""
    # Stopped from outside: a thread may still hold stdout, which nobody reads.
    if code > 128 and code != _PIPE_CLOSED:
        return code
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(AttributeError, OSError, ValueError):  # discards what is in the buffer
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or 1
    return code


def _stop(number: int, _: FrameType | None) -> None:
    raise _Stopped(number)


def run() -> None:
    """Run as the program `oocli`: with its signals, and with the process's exit code."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # A signal that the caller made us ignore, as nohup does, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    # Imports alone cause dozens of collections that find nothing: without this line a plain call
    # takes 8 % more CPU time.
    gc.set_threshold(100_000, 50, 50)
    code = _settled(main())
    if not os.access(__file__, os.F_OK):  # in a zip file: certifi deletes what it unpacked
        sys.exit(code)
    # Nothing is left to clean up. Taking the interpreter apart would add 25 % to the CPU time of a
    # plain call.
    os._exit(code)


if __name__ == "__main__":
    run()
