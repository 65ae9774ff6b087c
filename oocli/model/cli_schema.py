"""The schema of the command line: commands, options, arguments and the values they take."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

Row = tuple[str, str]  # a term and its description
# A title, which may be empty, and what is below it: a paragraph or rows.
Block = tuple[str, "str | tuple[Row, ...]"]


class Takes(Enum):
    """The kind of a value, for completion."""

    TEXT = "text"
    CHOICES = "choices"
    FILE = "file"
    AT_FILE = "at-file"  # a text, or `@` and a file
    PORTAL = "portal"
    REMOTE = "remote"  # the path of a file on the portal
    API_PATH = "api-path"  # the path of an operation, after its method
    API_WORDS = "api-words"  # METHOD PATH, or any words
    QUERY_NAME = "query-name"  # NAME=VALUE for the query of an operation
    BODY_NAME = "body-name"  # NAME=VALUE for its body
    BODY_NAME_OR_FILE = "body-name-or-file"  # NAME=VALUE or NAME=@FILE for its body


class Value(NamedTuple):
    """A value of an option or an argument.

    `label` is its name in completions, `metavar` its name in the help.
    """

    takes: Takes
    label: str
    choices: tuple[str, ...] = ()
    metavar: str = ""


class Option(NamedTuple):
    """An option with all its names. `value` is None for a flag.

    `help` is the full description, `group` the heading of the option in the help, and `in_short`
    tells whether the short help (`-h`) lists it too.
    """

    names: tuple[str, ...]
    summary: str
    value: Value | None = None
    repeats: bool = False
    help: str = ""
    group: str = "Options"
    in_short: bool = False


class Argument(NamedTuple):
    """An argument of a command. Only the last argument may repeat.

    A metavar with ` | ` means that there are two ways to type the arguments.
    """

    value: Value
    repeats: bool = False
    help: str = ""
    is_required: bool = True

    @property
    def label(self) -> str:
        """Its name in a usage line: `PATH`, `WORD...`."""
        metavar = self.value.metavar
        return metavar + "..." * (self.repeats and "..." not in metavar)


class Command(NamedTuple):
    """A command with its options and arguments, or a group with its subcommands (`verbs`).

    `path` has the words after `oocli`; it is empty for the program itself. `description` and
    `notes` are paragraphs, which the help shows before and after the options.
    """

    path: tuple[str, ...]
    summary: str
    options: tuple[Option, ...] = ()
    arguments: tuple[Argument, ...] = ()
    verbs: tuple[Command, ...] = ()
    description: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    group: str = "Commands"

    @property
    def words(self) -> str:
        """The words that run it: `oocli files ls`."""
        return " ".join(("oocli", *self.path))

    @property
    def usages(self) -> tuple[str, ...]:
        """The usage lines, one for each way to type the arguments."""
        start = self.words
        if self.verbs:
            # A group runs without a subcommand as well; the program alone shows its help.
            start += " [COMMAND]" if self.path else " COMMAND"
        lines = [start]
        for argument in self.arguments:
            first, *others = argument.label.split(" | ")
            lines = [f"{line} {first if argument.is_required else f'[{first}]'}" for line in lines]
            lines += [f"{start} {other}" for other in others]
        return tuple(f"{line} [OPTIONS]" for line in lines)

    @property
    def name(self) -> str:
        """The last word of the path, empty for the program itself."""
        return self.path[-1] if self.path else ""

    def all_commands(self) -> list[Command]:
        """Return this command and all commands below it, in the order of the help."""
        return [self, *(command for verb in self.verbs for command in verb.all_commands())]
