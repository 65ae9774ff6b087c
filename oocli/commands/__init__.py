"""The words a user types: a table of commands, each loaded only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
import typer.main
from typer.core import MarkupMode, TyperCommand, TyperGroup, TyperOption

from oocli.model.errors import UsageError
from oocli.model.text import shell_word
from oocli.model.version import __version__

# Name of a command, and what it is for. `oocli.commands.NAME` holds its `app`.
TABLE = {
    "login": "Sign in to a portal",
    "whoami": "Show who is signed in, checked with the portal",
    "call": "Call the portal's API",
    "batch": "Send many calls from a file or a pipe",
    "files": "List, move, copy and delete files and folders",
    "logout": "End the session at the portal and delete the stored credential",
    "token": "Print the credential that `call` would send",
    "portals": "List the known portals, choose the default, or remove one",
    "doctor": "Check network, TLS, keyring and credential",
    "demo": "Try oocli on a demo portal, or serve that portal for tests",
    "completion": "Print the completion script of a shell",
    "help": "Show help on environment variables, exit codes or formats",
}

HELP_OPTIONS = ["-h", "--help"]
EXAMPLES = """\b
Examples:
  oocli login --portal yourportal.onlyoffice.com
  oocli whoami
  oocli call GET people/@self
  oocli call GET /people/@self | jq -r .response.email
  oocli demo
"""


class LazyGroup(TyperGroup):
    """The group of all commands. A name alone loads nothing; the command that runs loads itself."""

    def __init__(self, *, for_terminal: bool, **more: Any) -> None:
        mode: MarkupMode = "markdown" if for_terminal else None
        # The names are there for "did you mean"; `get_command` answers for them.
        names: Any = dict.fromkeys(TABLE)
        super().__init__(rich_markup_mode=mode, commands=names, **more)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Say of an option that stands before the command where it belongs."""
        first = args[0].partition("=")[0] if args else ""
        if first.startswith("-") and first not in ("-h", "--help", "-V", "--version", "--", "-"):
            command = next((word for word in args if word in TABLE), None)
            if command is not None:
                raise UsageError(
                    f"{first}: options go after the command name",
                    hint=f"oocli {command} {shell_word(first)}",
                )
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order of the table."""
        return list(TABLE)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a stub: enough for help and completion of names."""
        return TyperCommand(cmd_name, help=TABLE[cmd_name]) if cmd_name in TABLE else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is about to run."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and load(str(stub.name), self.rich_markup_mode), rest


def load(name: str, markup: MarkupMode = None) -> Any:
    """Return the command of this name, built from its module; `markup` None means plain help."""
    app = import_module(f"oocli.commands.{name}").app
    app.rich_markup_mode = markup
    return typer.main.get_command(app)


def _print_version(ctx: typer.Context, _: object, value: bool) -> None:
    if value:
        ctx.obj.stdout.line(f"oocli {__version__}")
        ctx.exit()


def make_app(*, for_terminal: bool) -> LazyGroup:
    """Return the program's group of commands; help is drawn by rich on a terminal only."""
    return LazyGroup(
        for_terminal=for_terminal,
        name="oocli",
        help=f"{EXAMPLES}\nThe command-line client for the API of ONLYOFFICE portals.",
        epilog="Variables: oocli help environment. Exit codes: oocli help exit-codes.",
        context_settings={
            "help_option_names": HELP_OPTIONS,
            "max_content_width": None if for_terminal else 100,
        },
        params=[
            TyperOption(
                param_decls=["--version", "-V"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                help="Print the version.",
            )
        ],
    )
