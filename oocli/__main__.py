"""One entry, one catch, one exit code."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

from oocli.model.version import __version__

# What a full disk or a lost file says to somebody who writes; help is written by the parser itself.
_NO_ROOM = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO") if hasattr(errno, name)
)


class _Stopped(BaseException):
    """The process was told to end by a signal; `exit` is 128 + its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit = 128 + number


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code. Every failure ends here and only here."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args in (["--version"], ["-V"]) and _said(f"oocli {__version__}\n"):
        return 0
    if args == ["completion", "--portals"]:
        from oocli.config.portal_names import portal_names  # noqa: PLC0415 - asked at each Tab

        _said("".join(f"{name}\n" for name in portal_names()))
        return 0
    app = None
    try:
        from oocli.commands.context import AppContext  # noqa: PLC0415 - an interrupt during imports counts too
        from oocli.config.settings import process_environment  # noqa: PLC0415

        app = AppContext(process_environment())
        if _wants_json(args):
            app.errors_as_json()
        return _run(args, app)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one skips what is left to do
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write("\n")
        return 130
    except _Stopped as stopped:
        return stopped.exit
    except BrokenPipeError:
        _abandon_stdout()
        return 141
    except MemoryError:
        return _out_of_memory(app)
    except Exception as bug:
        return _report(bug, app)


def _out_of_memory(app: Any) -> int:
    from oocli.model.errors import StorageError  # noqa: PLC0415

    if app is not None:
        hint = "keep a large answer in a file with -o FILE, a long list in pages: --format ndjson"
        app.stderr.error(StorageError("this machine has not enough memory for it", hint=hint))
    return 1


def _run(args: list[str], app: Any) -> int:
    import typer  # noqa: PLC0415

    from oocli.commands import make_app  # noqa: PLC0415
    from oocli.model.errors import (  # noqa: PLC0415
        Exit,
        OocliError,
        PipeClosed,
        StorageError,
        UsageError,
    )

    group = make_app(for_terminal=app.terminal.stdout_is_terminal)
    try:
        ended = group.main(
            args=args or ["--help"], prog_name="oocli", standalone_mode=False, obj=app
        )
        if ended == int(Exit.INTERRUPTED):
            raise KeyboardInterrupt  # the parser made a number of it
        return int(ended or 0)
    except PipeClosed:
        _abandon_stdout()
        return int(Exit.PIPE_CLOSED)
    except OocliError as failure:
        from oocli.commands.hints import add_hint  # noqa: PLC0415 - only failures have hints

        app.stderr.error(add_hint(failure))
        return int(failure.exit)
    except typer.TyperException as failure:
        words = failure.format_message()
        if words:
            context = getattr(failure, "ctx", None)
            named = f"oocli {args[0]}" if args and args[0] in group.list_commands(None) else "oocli"
            where = context.command_path if context is not None else named
            app.stderr.error(UsageError(words, hint=f"{where} -h"))
        return int(Exit.USAGE) if words else 0
    except SystemExit as ended_by_parser:
        # The parser ends so by itself only when help met a closed pipe.
        code = ended_by_parser.code
        if code == 1:
            _abandon_stdout()
            return int(Exit.PIPE_CLOSED)
        return code if isinstance(code, int) else 0
    except OSError as failure:
        if failure.filename is not None or failure.errno not in _NO_ROOM:
            raise
        app.stderr.error(StorageError(f"stdout cannot be written: {failure.strerror}"))
        _abandon_stdout()
        return int(Exit.FAILURE)


def _report(bug: Exception, app: Any) -> int:
    """Tell a bug of ours in one line, the trace only to those who asked for it."""
    if app is None:
        sys.stderr.write(f"oocli: it cannot start: {type(bug).__name__}: {bug}\n")
        return 1
    from oocli.model.errors import OocliError  # noqa: PLC0415

    debug = app.stderr.debug
    if debug:
        import traceback  # noqa: PLC0415

        for line in "".join(traceback.format_exception(bug)).splitlines():
            app.stderr.log(line)
    app.stderr.error(
        OocliError(
            f"a bug in oocli: {type(bug).__name__}: {bug}",
            hint="report it with the trace above"
            if debug
            else "app it again with --debug and report the trace at the project's issues",
        )
    )
    return 1


def _said(text: str) -> bool:
    """Write a text at once; False where that fails, which the long way round then explains."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        return False
    return True


def _abandon_stdout() -> None:
    """Let what is still in the buffer go nowhere: it has no reader or no room."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return


def _settled(code: int) -> int:
    """Empty the buffer of stdout. Left to Python, a failure would change the exit code to 120."""
    if code > 128:  # stopped from outside; a thread may still hold stdout, which nobody reads
        return code
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _abandon_stdout()
        return code or 1
    return code


def _wants_json(args: list[str]) -> bool:
    """Whether failures are to be told as JSON, known before a command has parsed its options."""
    words = args[: args.index("--")] if "--" in args else args
    return "--error-format=json" in words or any(
        pair == ("--error-format", "json") for pair in pairwise(words)
    )


def _stop(number: int, _: FrameType | None) -> None:
    raise _Stopped(number)


def run() -> None:
    """Run as the program `oocli`: with its signals, and with the process's exit code."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Someone who ignores a signal on our behalf (nohup) has decided.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    # Most runs end before a first collection would find anything; the imports alone cause dozens.
    gc.set_threshold(20_000, 50, 50)
    code = _settled(main())
    # Nothing is left to clean up, and taking the interpreter apart costs a fifth of a short app.
    os._exit(code)


if __name__ == "__main__":
    run()
