"""The table of commands, each loaded only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
import typer.main
from typer.core import TyperGroup, TyperOption

from oocli.commands.options import LazyCommands, WithHelp
from oocli.model.errors import UsageError
from oocli.model.text import shell_word
from oocli.model.version import __version__

if TYPE_CHECKING:
    from oocli.commands.options import Command, Context

# The commands as the help lists them: headings, names, and what each one does.
# The module `oocli.commands.NAME` holds the `app` of a command.
GROUPS = {
    "Sign in": {
        "login": "Sign in to a portal",
        "whoami": "Show who is signed in, checked with the portal",
        "portals": "List the known portals, choose the default, or remove one",
        "token": "Print the credential that `call` would send",
        "logout": "End the session at the portal and delete the stored credential",
    },
    "Call the API": {
        "call": "Call the portal's API",
        "api": "Find operations of the API, or show one",
        "batch": "Send many calls from a file or a pipe",
        "files": "Upload, download, list, move, copy and delete files",
    },
    "Try and check": {
        "demo": "Try oocli on a demo portal, or serve that portal for tests",
        "doctor": "Check network, TLS, keyring and credential",
        "completion": "Print the completion script of a shell",
        "help": "Show help on a command or a topic",
    },
}
TABLE = {name: text for commands in GROUPS.values() for name, text in commands.items()}
SENTENCE = (
    "oocli is a command-line client for the API of ONLYOFFICE portals, Workspace and DocSpace."
)
EXAMPLES = (
    "oocli demo",
    "oocli login --portal yourportal.onlyoffice.com",
    "oocli call GET people/@self",
)
NOTES = (
    "Find an operation of the API: oocli api disable a user.",
    "Options of a command: oocli COMMAND -h (short), oocli COMMAND --help (all).",
    "Topics: oocli help environment, oocli help exit-codes, oocli help formats.",
)


class LazyGroup(WithHelp, TyperGroup):
    """The group of all commands. It holds their names; the command that runs loads itself."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        commands: Any = LazyCommands(TABLE, load)
        self.commands = commands

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Say where an option belongs that stands before the command."""
        first = args[0].partition("=")[0] if args else ""
        if first.startswith("-") and first not in ("-h", "--help", "-V", "--version", "--", "-"):
            command = next((word for word in args if word in TABLE), None)
            if command is not None:
                raise UsageError(
                    f"{first}: options go after the command name",
                    hint=f"oocli {command} {shell_word(first)}",
                )
        return super().parse_args(ctx, args)


def load(name: str) -> Command:
    """Return the command of this name, built from its module."""
    return typer.main.get_command(import_module(f"oocli.commands.{name}").app)


def _print_version(ctx: typer.Context, _: object, value: bool) -> None:
    if value:
        ctx.obj.stdout.line(f"oocli {__version__}")
        ctx.exit()


def make_app() -> LazyGroup:
    """Return the program's group of commands."""
    return LazyGroup(
        name="oocli",
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
