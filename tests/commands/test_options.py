"""A named tuple becomes the options of a command."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import pytest
import typer

from oocli.commands.options import PortalCommand, examples, with_options
from oocli.commands.schema import command_schema, summary
from oocli.config.settings import Options


class PrintOptions(NamedTuple):
    """Options of a command that exists in this test only."""

    page: Annotated[int, typer.Argument(min=1)]
    paper: Annotated[Literal["a4", "a5"], typer.Option("--paper")] = "a4"
    tags: Annotated[list[str], typer.Option("--tag")] = []  # noqa: RUF012
    order: tuple[str, ...] = ()


@pytest.fixture
def command():
    """Return the parser's command and the list of what its function was called with."""
    app, calls = typer.Typer(add_completion=False), []

    @app.command()
    @with_options(PrintOptions)
    @examples("print 1")
    def show(context, options):
        """Print a page.

        More about it.
        """
        calls.append((context, options))

    return typer.main.get_command(app), calls


def test_the_function_gets_the_app_context_and_one_tuple_of_all_options(command):
    parser, calls = command

    with parser.make_context("print", ["3", "--paper", "a5", "--tag", "x", "--tag", "y"]) as ctx:
        ctx.obj = "the run"
        parser.invoke(ctx)

    assert calls == [("the run", PrintOptions(3, "a5", ["x", "y"]))]


def test_missing_options_have_defaults_and_no_list_is_shared(command):
    parser, calls = command

    for _ in range(2):
        with parser.make_context("print", ["3"]) as ctx:
            parser.invoke(ctx)

    assert [options for _, options in calls] == [PrintOptions(3), PrintOptions(3)]
    assert calls[0][1].tags is not calls[1][1].tags


@pytest.mark.parametrize("words", [[], ["0"], ["1", "--paper", "a3"], ["1", "--order", "x"]])
def test_the_parser_checks_types_choices_and_ranges(command, words):
    with pytest.raises(typer.TyperException):
        command[0].make_context("print", words)


def test_the_docstring_becomes_the_help_and_the_examples_are_kept_apart(command):
    schema = command_schema(command[0], ("token",))

    assert schema.description == ("Print a page.", "More about it.")
    assert schema.examples == ("print 1",)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Print a page. It is white.", "Print a page"),
        ("Stop after N seconds (default: 60; env: X).", "Stop after N seconds (default: 60)"),
        ("Use this portal (env: OOCLI_PORTAL).", "Use this portal"),
        ("Write FILE (-: stdout).", "Write FILE (-: stdout)"),
        ("", ""),
    ],
)
def test_the_summary_of_a_help_is_its_first_sentence(text, first):
    assert summary(text) == first


def test_each_shared_option_is_declared():
    assert set(PortalCommand.declarations) == set(Options._fields)
