"""The entry point: it runs a command, reports the error, and sets the exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from itertools import pairwise
from types import FrameType

from oocli.model.version import __version__

TYPE_CHECKING = False  # that of typing, whose import costs a fifth of --version
if TYPE_CHECKING:
    from oocli.commands.context import AppContext
    from oocli.model.errors import OocliError


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
        return _run(args)
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


def _run(args: list[str]) -> int:
    # Here and not at the top, so that an interrupt while they load is caught as well.
    import typer  # noqa: PLC0415

    from oocli.commands import make_app  # noqa: PLC0415
    from oocli.commands.context import AppContext  # noqa: PLC0415
    from oocli.commands.hints import name_option  # noqa: PLC0415
    from oocli.commands.options import HelpAsked  # noqa: PLC0415
    from oocli.config.settings import process_environment  # noqa: PLC0415
    from oocli.model.errors import Exit, OocliError, PipeClosed  # noqa: PLC0415
    from oocli.model.secret import Redactor  # noqa: PLC0415

    with Redactor() as redactor:
        app = AppContext(process_environment(), redactor)
        if _wants_json(args):
            app.errors_as_json()
        group = make_app()
        try:
            try:
                # Not `group.main`, which makes exit codes of interrupts and closed pipes itself.
                with group.make_context("oocli", args or ["--help"], obj=app) as context:
                    group.invoke(context)
            except HelpAsked as asked:
                # Loading it would add 3 % to the CPU time of a plain call.
                from oocli.commands.help import show_help  # noqa: PLC0415

                show_help(app, asked.command, asked.words[1:], whole=asked.whole)
            return 0
        except typer.Exit as ended:
            return int(ended.exit_code)
        except (PipeClosed, BrokenPipeError):
            _abandon_stdout()
            return int(Exit.PIPE_CLOSED)
        except OocliError as failure:
            error = name_option(failure)
        except typer.TyperException as failure:
            from oocli.commands.mistakes import explain  # noqa: PLC0415 - after a failure alone

            error = explain(failure, args)
        except Exception as bug:
            error = _to_error(bug, app)
        app.stderr.error(error)
        return int(error.exit)


def _to_error(bug: Exception, app: AppContext) -> OocliError:
    """Return the error for too little memory, or for a bug in oocli."""
    from oocli.model.errors import OocliError, StorageError  # noqa: PLC0415 - loaded by now

    if isinstance(bug, MemoryError):
        return StorageError(
            "not enough memory",
            hint="write a large answer to a file with -o FILE, a long list with --format ndjson",
        )
    hint = "run it again with --debug and report the trace at the project's issues"
    if app.stderr.debug:
        hint = "report it with the trace above"
        import traceback  # noqa: PLC0415 - for a bug alone

        # Masked as a whole: a secret may hold a line break.
        for line in app.redactor.mask("".join(traceback.format_exception(bug))).splitlines():
            app.stderr.log(line)
    return OocliError(f"a bug in oocli: {type(bug).__name__}: {bug}", hint=hint)


def _print_now(text: str) -> bool:
    """Write a text at once. Return False where that fails; the ordinary run then says why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        return False
    return True


def _abandon_stdout() -> None:
    """Discard what is still in the buffer of stdout, which has no reader or no space left."""
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
    """Whether errors are wanted as JSON, known before a command has parsed its options."""
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
