"""What may stand on a command line of oocli: its commands, their options and what these take."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

Row = tuple[str, str]  # what is described, and its description
# Under its title, which may be empty: a paragraph, or rows of two columns.
Block = tuple[str, "str | tuple[Row, ...]"]


class Takes(Enum):
    """What a value is, for a shell that completes it."""

    TEXT = "text"
    CHOICES = "choices"
    FILE = "file"
    AT_FILE = "at-file"  # a text, or a file after an `@`
    PORTAL = "portal"
    REMOTE = "remote"  # a path of a file on the portal
    API_PATH = "api-path"  # the path of an operation, after its method
    API_WORDS = "api-words"  # METHOD PATH, or any words
    QUERY_NAME = "query-name"  # NAME=VALUE of the query of an operation
    BODY_NAME = "body-name"  # NAME=VALUE of its body
    BODY_NAME_OR_FILE = "body-name-or-file"  # the same, or NAME=@FILE


class Value(NamedTuple):
    """A value of an option or an argument.

    `label` is what a shell calls it, `metavar` what help shows in its place.
    """

    takes: Takes
    label: str
    choices: tuple[str, ...] = ()
    metavar: str = ""


class Option(NamedTuple):
    """An option in all its spellings. `value` is None for a switch.

    `help` is the whole description, `group` the heading under which help lists the option, and
    `in_short` says whether the short help lists it too.
    """

    names: tuple[str, ...]
    summary: str
    value: Value | None = None
    repeats: bool = False
    help: str = ""
    group: str = "Options"
    in_short: bool = False


class Argument(NamedTuple):
    """An argument after the command. Only the last one may repeat.

    A metavar with ` | ` in it names two ways to type the arguments.
    """

    value: Value
    repeats: bool = False
    help: str = ""
    is_required: bool = True

    @property
    def label(self) -> str:
        """What help shows in its place: `PATH`, `WORD...`."""
        metavar = self.value.metavar
        return metavar + "..." * (self.repeats and "..." not in metavar)


class Command(NamedTuple):
    """A command with its options and arguments, or a noun with its verbs.

    `path` holds the words that lead to it after `oocli`; it is empty for the program itself.
    `description` and `notes` are paragraphs: before the options in the help, and after them.
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
        """What is typed to run it."""
        return " ".join(("oocli", *self.path))

    @property
    def usages(self) -> tuple[str, ...]:
        """What is typed: the words and what may follow them, a line for each way."""
        start = self.words
        if self.verbs:
            # A noun alone does something; the program alone shows its help.
            start += " [COMMAND]" if self.path else " COMMAND"
        lines = [start]
        for argument in self.arguments:
            first, *others = argument.label.split(" | ")
            lines = [f"{line} {first if argument.is_required else f'[{first}]'}" for line in lines]
            lines += [f"{start} {other}" for other in others]
        return tuple(f"{line} [OPTIONS]" for line in lines)

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path[-1] if self.path else ""

    def everything(self) -> list[Command]:
        """Return this command and all below it, in the order of the help."""
        return [self, *(command for verb in self.verbs for command in verb.everything())]
