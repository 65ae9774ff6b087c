"""What may stand on a command line of oocli: its commands, their options and what these take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Takes(Enum):
    """What a value is, for a shell that completes it."""

    TEXT = "text"
    CHOICES = "choices"
    FILE = "file"
    AT_FILE = "at-file"  # a text, or a file after an `@`
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an option or an argument. `label` is what a shell calls it."""

    takes: Takes
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option in all its spellings. `value` is None for a switch."""

    names: tuple[str, ...]
    summary: str
    value: Value | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands at one place after the command. Only the last one may repeat."""

    value: Value
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its options and arguments, or a noun with its verbs.

    `path` holds the words that lead to it after `oocli`; it is empty for the program itself.
    """

    path: tuple[str, ...]
    summary: str
    options: tuple[Option, ...] = ()
    arguments: tuple[Argument, ...] = ()
    verbs: tuple[Command, ...] = ()

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path[-1] if self.path else ""

    def everything(self) -> list[Command]:
        """Return this command and all below it, in the order of the help."""
        return [self, *(command for verb in self.verbs for command in verb.everything())]
