"""`oocli help`: the help of a command, or a topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from oocli.commands import TABLE, load
from oocli.commands.context import AppContext
from oocli.commands.help_topics import TOPICS
from oocli.commands.options import NOT_GIVEN, LocalCommand, examples, help_word, with_options
from oocli.commands.schema import command_schema, overview
from oocli.model.errors import UsageError
from oocli.render.help import command_page, topic_page
from oocli.render.terminal import bold

if TYPE_CHECKING:
    from oocli.commands.options import Command

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


@app.command(name="help", cls=LocalCommand)
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
        if words[0] not in TABLE:
            known = ", ".join((*TOPICS, *TABLE))
            raise UsageError(
                f"{words[0]!r} is neither a command nor a topic", hint=f"one of: {known}"
            )
        command = load(words[0])
        for depth, word in enumerate(words[1:], 1):
            verbs = getattr(command, "commands", {})
            if word not in verbs:
                path = " ".join(("oocli", *words[:depth]))
                raise UsageError(f"{word!r} is not a sub-command of {path}", hint=f"{path} -h")
            command = verbs[word]
        show_help(app, command, words, whole=True)


def show_help(app: AppContext, command: Command, words: Sequence[str], *, whole: bool) -> None:
    """Print the help of a command, of which `words` are the names; without words, the overview."""
    schema = command_schema(command, tuple(words)) if words else overview()
    _show(app, command_page, schema, whole=whole or not words)


def _show(app: AppContext, page: Callable[..., str], *content: object, **how: object) -> None:
    terminal = app.terminal
    is_bold = terminal.stdout_is_terminal and terminal.stdout_color
    text = page(*content, terminal.width(), bold if is_bold else str, **how)
    app.stdout.write(text.encode())
