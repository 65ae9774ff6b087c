"""Help, topics and version, in a pipe, on a terminal and with a broken configuration."""

from __future__ import annotations

import re
import shlex

import pytest
import typer

from oocli import __version__
from oocli.commands import TABLE, make_app
from oocli.commands.options import HelpAsked
from oocli.commands.schema import program
from oocli.model import errors
from tests.waiting import ended

PROGRAM = program()
COMMANDS = [command.path for command in PROGRAM.all_commands() if command.path]
PAGES = [(), *COMMANDS]
VARIABLES = (
    "OOCLI_PORTAL", "OOCLI_TOKEN", "OOCLI_TOKEN_FILE", "OOCLI_CONFIG_DIR", "OOCLI_NO_INPUT",
    "OOCLI_NO_KEYRING", "OOCLI_TIMEOUT", "OOCLI_RETRY", "OOCLI_INSECURE_HTTP", "OOCLI_COLOR",
    "OOCLI_DEBUG",
)  # fmt: skip
TOPICS = ("environment", "exit-codes", "formats")
WIDTHS = (50, 80, 120)
SHORT_LINES = 40


def found(path):
    """Return the schema of a command."""
    return next(command for command in PROGRAM.all_commands() if command.path == path)


def case_id(path):
    """Return the id of a test case."""
    return " ".join(path) or "oocli"


def width_of(width):
    """Return the variables for a run in a pipe of this width."""
    return {"COLUMNS": str(width)}


@pytest.fixture
def broken(home):
    """A configuration that cannot be read, and variables with invalid values."""
    home.config.mkdir()
    (home.config / "portals.json").write_text("{")
    home.env |= {"OOCLI_TIMEOUT": "soon", "OOCLI_COLOR": "purple", "OOCLI_RETRY": "²"}
    home.env |= {"COLUMNS": "²", "PYTHON_KEYRING_BACKEND": "no.such.Backend"}


# The overview


def test_oocli_without_arguments_prints_the_short_help_with_commands_and_topics(oocli):
    alone, asked = oocli(), oocli("--help")

    assert (alone.exit, alone.stderr) == (0, "")
    assert alone.stdout == asked.stdout == oocli("-h").stdout
    text = alone.stdout.decode()
    assert text.startswith("oocli is a command-line client for the API of ONLYOFFICE portals")
    for name in TABLE:
        assert f"\n  {name} " in text
    assert len(re.findall(r"^  oocli ", text, re.MULTILINE)) == 3
    assert text.count("oocli help ") == len(TOPICS)
    assert len(text.splitlines()) <= SHORT_LINES


def test_the_overview_groups_the_commands_under_headings(oocli):
    lines = oocli("-h").stdout.decode().splitlines()

    headings = [line for line in lines if re.fullmatch(r"\w.*:", line)]
    assert headings == [
        "Examples:", "Sign in:", "Call the API:", "Try and check:", "Options:",
    ]  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_the_command_list_uses_each_commands_own_description(name):
    assert found((name,)).description[0].startswith(TABLE[name])


# Every command


@pytest.mark.parametrize("path", COMMANDS, ids=case_id)
def test_the_short_help_fits_a_screen_and_names_the_full_help(path, oocli):
    ran = oocli(*path, "-h", env=width_of(80))

    lines = ran.stdout.decode().splitlines()
    assert (ran.exit, ran.stderr) == (0, "")
    assert len(lines) <= SHORT_LINES
    assert re.fullmatch(r"[A-Z][^.]+\.", lines[0]), "one sentence"
    assert lines[2].startswith(f"Usage: oocli {' '.join(path)} ")
    assert lines[2 + len(found(path).usages) + 1] == "Examples:"
    at = lines.index("Examples:") + 1
    assert 1 <= len(list(filter(re.compile("  .*oocli ").match, lines[at : at + 3]))) <= 3
    assert lines[-1] == f"All options: oocli {' '.join(path)} --help"


@pytest.mark.parametrize("path", COMMANDS, ids=case_id)
def test_the_full_help_has_all_of_the_short_help_and_every_option(path, oocli):
    short = oocli(*path, "-h", env=width_of(80)).stdout.decode()
    ran = oocli(*path, "--help", env=width_of(80))

    whole = ran.stdout.decode()
    assert (ran.exit, ran.stderr) == (0, "")
    headings = re.findall(r"^\w[^.\n]*:$", short, re.MULTILINE)
    assert [line for line in headings if line not in whole.splitlines()] == []
    options = re.compile(r"^  (?:-\w, |    )(--[a-z-]+)", re.MULTILINE)
    assert set(options.findall(short)) <= set(options.findall(whole))
    command = found(path)
    assert set(options.findall(whole)) == {option.names[-1] for option in command.options}


@pytest.mark.parametrize("path", COMMANDS, ids=case_id)
def test_oocli_help_command_prints_the_same_as_the_help_option(path, oocli):
    asked, own = oocli("help", *path), oocli(*path, "--help")

    assert (asked.exit, asked.stderr) == (0, "")
    assert asked.stdout == own.stdout


@pytest.mark.parametrize("path", PAGES, ids=case_id)
def test_each_option_has_a_group_and_a_description_of_full_sentences(path):
    command = found(path)

    for option in command.options:
        assert re.fullmatch(r"[A-Z].*[.)]\.?", option.help), option
        assert option.group != "Options" or not path, option


@pytest.mark.parametrize("whole", [False, True])
def test_the_groups_of_call_are_those_of_its_help(whole, oocli):
    text = oocli("call", "--help" if whole else "-h").stdout.decode()

    assert re.findall(r"^(\w[\w ]*):$", text, re.MULTILINE) == [
        "Examples", "Arguments", "Send", "Show", "Try safely", "Connection", "Messages",
    ]  # fmt: skip


def test_the_help_of_call_links_to_the_reference_of_the_api(oocli):
    assert "https://api.onlyoffice.com/" in oocli("call", "--help").stdout.decode()


def test_help_shows_no_parser_notation(oocli):
    for path in PAGES:
        text = oocli(*path, "--help").stdout.decode()

        assert not re.search(r"\[default|\[required|\[env|INTEGER|<\w|>=|╭|\x08", text), path


# Widths: a pipe and a terminal


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES, ids=case_id)
def test_help_is_wrapped_at_words_and_examples_stay_whole(path, width, option, oocli):
    text = oocli(*path, option, env=width_of(width)).stdout.decode()

    examples = [f"  {line}" for line in found(path).examples]
    others = [line for line in text.splitlines() if line not in examples]
    assert [line for line in others if len(line) > min(width, 100)] == []
    shown = [line for line in text.splitlines() if line in examples]
    assert shown == (examples if option == "--help" else examples[:3])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES, ids=case_id)
def test_a_terminal_shows_the_text_of_a_pipe_with_bold_headings(path, width, terminal, oocli):
    handle = terminal(*path, "--help", size=(40, width))
    code, text = ended(handle)

    assert code == 0
    assert text == oocli(*path, "--help", env=width_of(width)).stdout.decode()
    bold = re.findall(r"\x1b\[1m(.*?)\x1b\[0m", handle.before)
    assert bold[:2] == ["Usage:", "Examples:"]
    assert set(re.findall(r"\x1b\[\d*m", handle.before)) == {"\x1b[1m", "\x1b[0m"}


def test_the_usage_of_api_shows_both_forms(oocli):
    text = oocli("api", "-h").stdout.decode()

    assert (
        "\nUsage: oocli api [WORDS...] [OPTIONS]\n       oocli api METHOD PATH [OPTIONS]\n" in text
    )
    assert " --kind KIND " in text and " --format FORMAT " in text


@pytest.mark.parametrize(
    ("path", "usage"),
    [
        (("files", "rm"), "oocli files rm REMOTE... [OPTIONS]"),
        (("files", "mv"), "oocli files mv REMOTE... REMOTE [OPTIONS]"),
    ],
)
def test_repeatable_arguments_end_in_dots(path, usage):
    assert found(path).usages == (usage,)


def test_no_color_leaves_the_headings_plain(terminal):
    handle = terminal("call", "-h", env={"NO_COLOR": "1"})

    assert ended(handle)[0] == 0
    assert "\x1b" not in handle.before


def test_help_in_a_pipe_has_no_escapes(oocli):
    for path in PAGES:
        text = oocli(*path, "-h", env={"CLICOLOR_FORCE": "1", "FORCE_COLOR": "1"}).stdout.decode()

        assert "\x1b" not in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("topic", TOPICS)
def test_topics_are_wrapped_at_words(topic, width, oocli, terminal):
    text = oocli("help", topic, env=width_of(width)).stdout.decode()

    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert ended(terminal("help", topic, size=(40, width)))[1] == text
    words = oocli("help", topic, env=width_of(100)).stdout.decode().split()
    assert text.split() == words


# Examples


@pytest.mark.parametrize(
    "line", [line for command in PROGRAM.all_commands() for line in command.examples]
)
def test_the_parser_accepts_each_example(line):
    # A command inside $(...) is checked as well.
    inner = re.findall(r"\$\((oocli [^)]*)\)", line)
    outer = re.sub(r"\$\([^)]*\)", "x", line)
    commands = [
        found
        for part in (outer, *inner)
        for found in re.findall(r"(?:^|[|(] ?)oocli ([^|)]*)", part)
    ]

    assert commands, "an example runs oocli"
    for command in commands:
        # The command in `$(...)` is checked on its own; here any word replaces it.
        words = shlex.split(re.sub(r'"files/\$\(.*', "files/1", re.split(r" [<>] ", command)[0]))
        with make_app().make_context("oocli", words, obj=object(), resilient_parsing=False) as ctx:
            name, parser, rest = ctx.command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
            while rest and rest[0] in getattr(parser, "commands", {}):
                parser, rest = parser.commands[rest[0]], rest[1:]
            parser.make_context(name, rest, parent=ctx)


def test_an_example_that_does_not_parse_is_found():
    with pytest.raises((typer.TyperException, HelpAsked)):
        test_the_parser_accepts_each_example("oocli call GET people/@self --nonsense")


# Version, broken configuration


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(oocli, option):
    ran = oocli(option)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode() == f"oocli {__version__}\n"


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "args",
    [(), ("-h",), ("call", "-h"), ("call", "--help"), ("--version",), ("help", "environment")],
)
def test_help_and_version_work_with_a_broken_configuration(oocli, args):
    ran = oocli(*args)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout


# Topics


def test_help_alone_names_its_topics(oocli):
    ran = oocli("help")

    assert (ran.exit, ran.stderr) == (0, "")
    for topic in TOPICS:
        assert f"oocli help {topic} " in ran.stdout.decode()


def test_the_environment_topic_names_every_variable(oocli):
    text = oocli("help", "environment").stdout.decode()

    for name in VARIABLES:
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
    for name in ("NO_COLOR", "CLICOLOR_FORCE", "HTTPS_PROXY", "SSL_CERT_FILE", "CI"):
        assert name in text


def error_classes(family=errors.OocliError):
    """Yield a class and all its subclasses."""
    yield family
    for child in family.__subclasses__():
        yield from error_classes(child)


def test_the_exit_code_topic_lists_every_code_and_every_word(oocli):
    text = oocli("help", "exit-codes", env=width_of(100)).stdout.decode()

    for code in errors.Exit:
        assert re.search(rf"^  {int(code)}  ", text, re.MULTILINE), code
    for family in error_classes():
        if family is not errors.PipeClosed:
            assert re.search(rf"[ ,]{family.code}(,|$)", text, re.MULTILINE), family.code


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["cooking"], "'cooking' is neither a command nor a topic"),
        (["call", "me"], "'me' is not a sub-command of oocli call"),
        (["portals", "forget"], "'forget' is not a sub-command of oocli portals"),
    ],
)
def test_help_for_an_unknown_command_or_topic_exits_with_2_and_a_hint(words, why, oocli):
    ran = oocli("help", *words)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(f"oocli: {why}\nhint: ")


# Options


@pytest.mark.parametrize(
    ("option", "variable"),
    [
        ("--portal", "OOCLI_PORTAL"),
        ("--timeout", "OOCLI_TIMEOUT"),
        ("--retry", "OOCLI_RETRY"),
        ("--insecure-http", "OOCLI_INSECURE_HTTP"),
        ("--no-input", "OOCLI_NO_INPUT"),
        ("--color", "OOCLI_COLOR"),
        ("--debug", "OOCLI_DEBUG"),
        ("--proxy", "HTTPS_PROXY"),
        ("--cacert", "SSL_CERT_FILE"),
    ],
)
def test_an_option_with_a_variable_names_it_in_its_help(oocli, option, variable):
    text = oocli("call", "--help").stdout.decode()

    after = text.partition(f" {option} ")[2] or text.partition(f" {option}\n")[2]
    assert variable in after[:250]


@pytest.mark.parametrize(
    ("command", "option", "default"),
    [
        ("batch", "--parallel", "8"),
        ("demo serve", "--port", "0"),
        ("demo serve", "--kind", "workspace"),
        ("call", "--timeout", "60"),
        ("call", "--retry", "2"),
    ],
)
def test_an_option_names_its_default_in_brackets(command, option, default, oocli):
    text = oocli(*command.split(), "--help", env=width_of(100)).stdout.decode()

    after = text.rpartition(f"   {option} ")[2]
    assert f"(default: {default}" in " ".join(after[:200].split())


def test_every_option_has_a_long_form():
    for command in PROGRAM.all_commands():
        for option in command.options:
            assert re.fullmatch(r"--[a-z-]+", option.names[-1]), (command.path, option)
