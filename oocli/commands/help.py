"""`oocli help`: the help of a command, or a topic that does not belong to one command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from oocli.commands import TABLE, load
from oocli.commands.context import AppContext
from oocli.commands.help_topics import TOPICS
from oocli.commands.options import NOT_GIVEN, LocalCommand, examples, help_word, with_options
from oocli.commands.schema import command_schema, overview
from oocli.model.errors import UsageError
from oocli.render.help import command_page, topic_page
from oocli.render.terminal import bold

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class HelpOptions(NamedTuple):
    """The arguments of `oocli help`."""

    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD",
            parser=help_word,
            help=f"A command with its sub-command, or a topic: {', '.join(TOPICS)}.",
        ),
    ] = NOT_GIVEN


@app.command(
    name="help",
    cls=LocalCommand,
)
@with_options(HelpOptions)
@examples("oocli help environment", "oocli help call", "oocli help portals list")
def help_command(app: AppContext, options: HelpOptions) -> None:
    """Show help on a command or a topic.

    Without a word, it lists the topics. `oocli help COMMAND` prints what `oocli COMMAND --help`
    prints.
    """
    words = options.words
    if not words:
        rows = [(f"oocli help {name}", topic.summary) for name, topic in TOPICS.items()]
        rows.append(("oocli help COMMAND", "Everything about a command."))
        _show(app, topic_page, [("Topics", tuple(rows))])
    elif len(words) == 1 and words[0] in TOPICS:
        _show(app, topic_page, TOPICS[words[0]].blocks)
    else:
        show_help(app, _find(words), words, whole=True)


def show_help(
    app: AppContext, command: TyperCommand | TyperGroup, words: Sequence[str], *, whole: bool
) -> None:
    """Print the help of the command that `words` lead to; without words, of the program."""
    if words:
        _show(app, command_page, command_schema(command, tuple(words)), whole=whole)
    else:
        _show(app, command_page, overview(), whole=True)


def _find(words: Sequence[str]) -> Any:
    """Return the command that the words lead to. Raises `UsageError` where there is none."""
    if words[0] not in TABLE:
        known = ", ".join((*TOPICS, *TABLE))
        raise UsageError(f"{words[0]!r} is neither a command nor a topic", hint=f"one of: {known}")
    found = load(words[0])
    for place, word in enumerate(words[1:], 1):
        verbs = getattr(found, "commands", {})
        if word not in verbs:
            path = " ".join(("oocli", *words[:place]))
            raise UsageError(f"{word!r} is no sub-command of {path}", hint=f"{path} -h")
        found = verbs[word]
    return found


def _show(app: AppContext, page: Callable[..., str], *content: object, **how: object) -> None:
    terminal = app.terminal
    is_bold = terminal.stdout_is_terminal and terminal.stdout_color
    text = page(*content, terminal.width(), bold if is_bold else str, **how)
    app.stdout.write(text.encode())
