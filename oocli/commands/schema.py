"""The schema of the command line, read from the commands of the parser.

Help, manual pages and completion scripts are made from it.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperOption

from oocli.commands import EXAMPLES, GROUPS, NOTES, SENTENCE, TABLE, load, make_app
from oocli.commands.help_topics import TOPICS
from oocli.commands.options import (
    MESSAGES,
    Placement,
    api_path,
    api_word,
    body_pair,
    body_pair_or_file,
    file_path,
    help_word,
    portal_host,
    query_pair,
    remote_path,
    text_or_file,
)
from oocli.model.cli_schema import Argument, Command, Option, Takes, Value

if TYPE_CHECKING:
    from oocli.commands.options import Command as ParserCommand

# What an option takes, by the function that parses its value.
_TAKES: dict[object, Takes] = {
    file_path: Takes.FILE,
    text_or_file: Takes.AT_FILE,
    portal_host: Takes.PORTAL,
    remote_path: Takes.REMOTE,
    api_path: Takes.API_PATH,
    api_word: Takes.API_WORDS,
    query_pair: Takes.QUERY_NAME,
    body_pair: Takes.BODY_NAME,
    body_pair_or_file: Takes.BODY_NAME_OR_FILE,
}
_HELP = Option(
    ("-h", "--help"),
    "Show the help",
    help="Show the short help (-h) or all of it (--help).",
    group=MESSAGES,
)
_GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}


def program() -> Command:
    """Return the schema of the whole program, each command loaded."""
    return overview(tuple(command_schema(load(name), (name,)) for name in TABLE))


def overview(verbs: tuple[Command, ...] = ()) -> Command:
    """Return the schema of the program. `verbs` are its commands; by default, only their names.

    The names alone load no command.
    """
    options = (_option(param) for param in make_app().params if isinstance(param, TyperOption))
    names = (Command((name,), text, group=_GROUP_OF[name]) for name, text in TABLE.items())
    return Command(
        (),
        "",
        (*options, Option(_HELP.names, _HELP.summary, help="Show this help.")),
        verbs=verbs or tuple(names),
        description=(SENTENCE,),
        examples=EXAMPLES,
        notes=NOTES,
    )


def command_schema(command: ParserCommand, path: tuple[str, ...]) -> Command:
    """Return the schema of a command and its sub-commands; `path` is its names."""
    paragraphs = _paragraphs(command.help)
    options = [_option(param) for param in command.params if isinstance(param, TyperOption)]
    verbs: dict[str, ParserCommand] = getattr(command, "commands", {})
    is_sub_command = len(path) > 1
    return Command(
        path,
        summary(paragraphs[0]) if is_sub_command else TABLE[path[0]],
        (*options, _HELP),
        tuple(
            Argument(_value(param), param.nargs < 0, param.help or "", bool(param.required))
            for param in command.params
            if isinstance(param, TyperArgument)
        ),
        tuple(command_schema(verb, (*path, name)) for name, verb in verbs.items()),
        description=paragraphs,
        examples=getattr(command.callback, "examples", ()),
        notes=_paragraphs(command.epilog),
        group="Commands" if is_sub_command else _GROUP_OF[path[0]],
    )


def summary(text: str) -> str:
    """Return the first sentence of a help text, without its full stop and its variables."""
    first = re.split(r"(?<=[\w)])\. |\.$", text, maxsplit=1)[0]
    return re.sub(r" \(env: [^)]*\)|; env: [^)]*", "", first)


def _paragraphs(text: str | None) -> tuple[str, ...]:
    parts = inspect.cleandoc(text or "").split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part)


def _option(option: TyperOption) -> Option:
    is_switch = option.is_flag or option.count
    panel: object = option.rich_help_panel
    placement = panel if isinstance(panel, Placement) else Placement("Options", False)
    text = option.help or ""
    return Option(
        tuple(sorted((*option.opts, *option.secondary_opts), key=len)),
        summary(text),
        None if is_switch else _value(option),
        option.multiple or option.count,
        text,
        placement.group,
        placement.in_short,
    )


def _value(param: TyperOption | TyperArgument) -> Value:
    """Return what an option or an argument takes."""
    label = (param.name or "").upper()
    choices = tuple(getattr(param.type, "choices", ()))
    parser = getattr(param.type, "func", None)
    if parser is help_word:
        choices = (*TOPICS, *TABLE)
    metavar = param.metavar or "|".join(choices) or label
    if choices:
        return Value(Takes.CHOICES, label, choices, metavar)
    if param.type.name == "path":
        return Value(Takes.FILE, label, metavar=metavar)
    return Value(_TAKES.get(parser, Takes.TEXT), label, metavar=metavar)
