"""Help, version and their topics: with a broken configuration too, and never with surprises."""

from __future__ import annotations

import re

import pytest

from oocli import __version__
from oocli.commands import TABLE
from oocli.model import errors

COMMANDS = sorted(TABLE)
SUB_COMMANDS = [("portals", "list"), ("portals", "use"), ("portals", "remove"), ("demo", "serve")]
VARIABLES = (
    "OOCLI_PORTAL", "OOCLI_TOKEN", "OOCLI_TOKEN_FILE", "OOCLI_CONFIG_DIR", "OOCLI_NO_INPUT",
    "OOCLI_NO_KEYRING", "OOCLI_TIMEOUT", "OOCLI_RETRY", "OOCLI_INSECURE_HTTP", "OOCLI_COLOR",
    "OOCLI_DEBUG",
)  # fmt: skip


@pytest.fixture
def broken(home):
    """Configuration that cannot be read and variables that mean nothing."""
    home.config.mkdir()
    (home.config / "portals.json").write_text("{")
    home.env |= {"OOCLI_TIMEOUT": "soon", "OOCLI_COLOR": "purple", "OOCLI_RETRY": "²"}
    home.env |= {"COLUMNS": "²", "PYTHON_KEYRING_BACKEND": "no.such.Backend"}


def test_the_program_alone_prints_the_help(oocli):
    alone, asked = oocli(), oocli("--help")

    assert (alone.exit, alone.stderr) == (0, "")
    assert alone.stdout == asked.stdout
    for name in COMMANDS:
        assert f"\n  {name} " in alone.stdout.decode()


@pytest.mark.parametrize("command", [(name,) for name in COMMANDS] + SUB_COMMANDS)
def test_each_command_has_help_with_the_same_two_options(oocli, command):
    short, long = oocli(*command, "-h"), oocli(*command, "--help")

    assert (short.exit, short.stderr) == (0, "")
    assert short.stdout == long.stdout
    assert short.stdout.decode().startswith(f"Usage: oocli {' '.join(command)} ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_starts_with_examples_before_it_explains(oocli, command):
    lines = [line.strip() for line in oocli(command, "-h").stdout.decode().splitlines()]

    usage, _, examples, first = lines[:4]
    assert usage.startswith("Usage: ")
    assert examples == "Examples:"
    assert "oocli" in first


def test_help_in_a_pipe_has_no_escapes_and_fits_a_hundred_columns(oocli):
    for command in COMMANDS:
        text = oocli(command, "-h", env={"CLICOLOR_FORCE": "1", "FORCE_COLOR": "1"}).stdout.decode()

        assert "\x1b" not in text
        # An example stays on one line, to be copied.
        wrapped = [line for line in text.splitlines() if not line.startswith("    ")]
        assert max(map(len, wrapped)) <= 100


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(oocli, option):
    ran = oocli(option)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode() == f"oocli {__version__}\n"


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "args", [(), ("-h",), ("call", "-h"), ("--version",), ("help", "environment")]
)
def test_help_and_version_work_with_a_broken_configuration(oocli, args):
    ran = oocli(*args)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout


def test_help_alone_names_its_topics(oocli):
    ran = oocli("help")

    assert (ran.exit, ran.stderr) == (0, "")
    for topic in ("environment", "exit-codes", "formats"):
        assert f"oocli help {topic}\n" in ran.stdout.decode()


def test_the_environment_topic_names_every_variable(oocli):
    text = oocli("help", "environment").stdout.decode()

    for name in VARIABLES:
        assert re.search(rf"^{name} ", text, re.MULTILINE)
    for name in ("NO_COLOR", "CLICOLOR_FORCE", "HTTPS_PROXY", "SSL_CERT_FILE", "CI"):
        assert name in text


def families(family=errors.OocliError):
    """Yield each error of the family."""
    yield family
    for child in family.__subclasses__():
        yield from families(child)


def test_the_exit_code_topic_lists_every_code_and_every_word(oocli):
    text = oocli("help", "exit-codes").stdout.decode()

    for code in errors.Exit:
        assert re.search(rf"(^| ){int(code)}  ", text, re.MULTILINE), code
    for family in families():
        if family is not errors.PipeClosed:
            assert re.search(rf"[ ,]{family.code}(,|$)", text, re.MULTILINE), family.code


def test_an_unknown_topic_is_exit_2_and_names_the_others(oocli):
    ran = oocli("help", "cooking")

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(
        "oocli: Invalid value for 'TOPIC': 'cooking' is not one of 'environment', 'exit-codes', "
    )


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
    text = oocli("call", "-h").stdout.decode()

    after = text.partition(f" {option} ")[2]
    assert variable in after[:250]


def test_every_option_has_a_long_form(oocli):
    for command in COMMANDS:
        for line in oocli(command, "-h").stdout.decode().splitlines():
            if re.match(r"  -", line):
                assert re.match(r"  (-\w, )?--\w", line), (command, line)


def test_help_on_a_terminal_is_drawn(terminal):
    import pexpect

    handle = terminal("call", "-h")
    handle.expect(pexpect.EOF)
    handle.wait()

    assert handle.exitstatus == 0
    assert "╭" in handle.before
    assert "oocli call GET people/@self" in handle.before
