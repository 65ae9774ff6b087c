"""Run one command: parse its words, invoke it, and report how it failed."""

from __future__ import annotations

import traceback
from itertools import pairwise

import typer

from oocli.commands import make_app
from oocli.commands.context import AppContext
from oocli.commands.hints import name_option
from oocli.commands.options import HelpAsked
from oocli.config.settings import process_environment
from oocli.model.errors import Exit, OocliError, PipeClosed, StorageError
from oocli.model.secret import Redactor


def run_command(args: list[str]) -> int:
    """Run the command that these words name and return its exit code; errors go to stderr."""
    with Redactor() as redactor:
        # --error-format holds before a command has parsed its options, too.
        words = args[: args.index("--")] if "--" in args else args
        as_json = "--error-format=json" in words or ("--error-format", "json") in pairwise(words)
        app = AppContext(process_environment(), redactor, as_json=as_json)
        group = make_app()
        try:
            try:
                # Not `group.main`, which turns interrupts and closed pipes into exit codes.
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
            return int(Exit.PIPE_CLOSED)
        except OocliError as failure:
            error = name_option(failure)
        except typer.TyperException as failure:
            # Loading it would add 4 % to the CPU time of a plain call.
            from oocli.commands.mistakes import explain  # noqa: PLC0415

            error = explain(failure, args)
        except Exception as bug:
            error = _to_error(bug, app)
        app.stderr.error(error)
        return int(error.exit)


def _to_error(bug: Exception, app: AppContext) -> OocliError:
    """Return the error for a bug in oocli, or for too little memory."""
    if isinstance(bug, MemoryError):
        return StorageError(
            "not enough memory",
            hint="write a large answer to a file with -o FILE, a long list with --format ndjson",
        )
    hint = "run it again with --debug and report the trace at the project's issues"
    if app.stderr.debug:
        hint = "report it with the trace above"
        # Masked before it is split: a secret may hold a line break.
        for line in app.redactor.mask("".join(traceback.format_exception(bug))).splitlines():
            app.stderr.log(line)
    return OocliError(f"a bug in oocli: {type(bug).__name__}: {bug}", hint=hint)
