"""The entry point: signals, interrupts, and the exit code of the process."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from oocli.model.version import __version__

_PIPE_CLOSED = 128 + 13  # 13 is SIGPIPE, which Windows does not have


class _Stopped(BaseException):
    """A signal ends the process with the exit code 128 + its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit = 128 + number


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code. All failures are caught here or in `run_command`."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args in (["--version"], ["-V"]) and _print_now(f"oocli {__version__}\n"):
        return 0
    if args == ["completion", "--portals"]:
        # Runs at each Tab in a shell, so it loads only this.
        from oocli.config.portal_names import portal_names  # noqa: PLC0415

        _print_now("".join(f"{name}\n" for name in portal_names()))
        return 0
    try:
        # Not at the top: the fast paths above do not need it, and an interrupt while it loads is
        # caught below.
        from oocli.commands.run import run_command  # noqa: PLC0415

        return run_command(args)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second interrupt ends the process at once
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write("\n")
        return 130
    except _Stopped as stopped:
        return stopped.exit
    except Exception as bug:
        sys.stderr.write(f"oocli: cannot start: {type(bug).__name__}: {bug}\n")
        return 1


def _print_now(text: str) -> bool:
    """Write and flush a text. Return False if that fails; a normal run then reports why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        return False
    return True


def _flush(code: int) -> int:
    """Flush stdout and return the exit code. Python would change it to 120 after a failure."""
    # After a signal, a thread may still be writing to stdout, which nobody reads.
    if code > 128 and code != _PIPE_CLOSED:
        return code
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(AttributeError, OSError, ValueError):  # discards the buffer
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or 1
    return code


def _stop(number: int, _: FrameType | None) -> None:
    raise _Stopped(number)


def run() -> None:
    """Run as the program `oocli`: handle signals and set the exit code of the process."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # A signal that the caller has disabled, as nohup does, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    # Imports cause dozens of garbage collections that find nothing. Without this line, a plain call
    # takes 8 % more CPU time.
    gc.set_threshold(100_000, 50, 50)
    code = _flush(main())
    if not os.access(__file__, os.F_OK):  # in a zip file: certifi deletes its temporary file
        sys.exit(code)
    # Nothing is left to clean up. The normal exit of the interpreter would add 25 % to the CPU time
    # of a plain call.
    os._exit(code)


if __name__ == "__main__":
    run()
