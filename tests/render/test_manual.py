"""The manual pages: the texts of the help, escaped for roff."""

from __future__ import annotations

import re
import subprocess

import pytest

from oocli.commands import manual
from oocli.commands.help_topics import TOPICS
from oocli.commands.schema import program
from oocli.model.cli_schema import Command
from oocli.render.manual import pages

PROGRAM = program()


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The folder of all pages, as the build writes them."""
    directory = tmp_path_factory.mktemp("manual") / "man1"
    manual.write_all(directory)
    return directory


def rendered(roff: str) -> tuple[str, str]:
    """Return a page as `man` shows it, and the warnings of groff."""
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-P-cbou", "-ww", "-rLL=200n"],
        input=roff, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_the_program_and_each_command_have_a_manual_page(directory):
    names = {path.name for path in directory.iterdir()}

    assert names == {
        "-".join(("oocli", *command.path)) + ".1" for command in PROGRAM.all_commands()
    }  # fmt: skip
    assert {"oocli.1", "oocli-call.1", "oocli-portals-use.1"} <= names


@pytest.mark.manual
@pytest.mark.parametrize("command", PROGRAM.all_commands(), ids=lambda command: command.words)
def test_a_page_shows_the_texts_of_the_help_without_a_warning(command, directory):
    name = "-".join(("oocli", *command.path))

    text, warnings = rendered((directory / f"{name}.1").read_text("utf-8"))

    assert warnings == ""
    assert re.search(rf"^NAME\n +{name} - \S", text, re.MULTILINE)
    lines = [line.strip() for line in text.splitlines()]
    assert [example for example in command.examples if example not in lines] == []
    words = " ".join(text.split())
    for paragraph in (*command.description, *command.notes):
        assert paragraph in words
    for option in command.options:
        assert option.help in words
        assert ", ".join(option.names) in words


@pytest.mark.manual
def test_the_page_of_the_program_holds_the_topics(directory):
    text, _ = rendered((directory / "oocli.1").read_text("utf-8"))

    assert re.findall(r"^   (Sign in|Call the API|Try and check)$", text, re.MULTILINE) == [
        "Sign in", "Call the API", "Try and check",
    ]  # fmt: skip
    words = " ".join(text.split())
    for topic in TOPICS.values():
        for _, block in topic.blocks:
            for part in (
                [block] if isinstance(block, str) else [text for row in block for text in row]
            ):
                assert part in words


@pytest.mark.manual
@pytest.mark.parametrize(
    "line",
    [
        ".SH is no request", "'br is none either", r"people/\(.id) \n \fB", "--a-b -c",
        "`code` ~/^ \"quoted\" 'too'",
    ],
)  # fmt: skip
def test_text_that_looks_like_roff_is_shown_as_it_is(line):
    command = Command(("x",), line, description=(line,), examples=(line,), notes=(line,))

    text, warnings = rendered(pages(command, {})["oocli-x.1"])

    assert warnings == ""
    assert text.count(line) == 4
