import re
import subprocess
import sys
from pathlib import Path

import pytest

from oocli.model.errors import Exit
from oocli.render.completion import SHELLS, file_name

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_printed_script_is_the_file_in_completions(oocli, shell):
    ran = oocli("completion", shell)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode() == (ROOT / "completions" / file_name(shell)).read_text("utf-8"), (
        "to mend it: python -m oocli.commands.completion --write completions"
    )


def test_write_stores_the_printed_scripts(oocli, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "oocli.commands.completion", "--write", tmp_path / "."],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = {shell: (tmp_path / file_name(shell)).read_bytes() for shell in SHELLS}
    assert written == {shell: oocli("completion", shell).stdout for shell in SHELLS}


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_of_the_help_is_in_the_script(oocli, shell):
    commands = re.findall(r"^  ([a-z]+)  ", oocli("-h").stdout.decode(), re.MULTILINE)

    script = oocli("completion", shell).stdout.decode()

    assert {"login", "call", "logout", "portals"} <= set(commands)
    assert [name for name in commands if not re.search(rf"[' (_]{name}[' ):(]", script)] == []


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("command", ["login", "call", "portals list", "demo serve"])
def test_every_option_of_a_commands_help_is_in_the_script(oocli, shell, command):
    listed = oocli(*command.split(), "--help").stdout.decode()
    options = re.findall(r"^ +(?:-\w, )?--([a-z-]+)", listed, re.MULTILINE)

    script = oocli("completion", shell).stdout.decode()

    assert {"quiet", "color", "help"} <= set(options)
    dashes = "-l " if shell == "fish" else "--"
    assert [name for name in options if not re.search(rf"{dashes}{name}\b(?!-)", script)] == []


def test_an_unknown_shell_is_a_usage_error_that_lists_the_shells(oocli):
    ran = oocli("completion", "tcsh")

    assert (ran.exit, ran.stdout) == (Exit.USAGE, b"")
    assert ran.stderr.startswith(
        "oocli: Invalid value for 'SHELL': 'tcsh' is not one of 'bash', 'zsh', 'fish', 'powershell'"
    )


def test_scripts_are_printed_with_a_broken_configuration(oocli, home):
    home.config.mkdir()
    (home.config / "portals.json").write_text("{ broken")

    ran = oocli("completion", "bash", env={"OOCLI_TIMEOUT": "soon"})

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.startswith(b"# Completion of oocli for bash")


def test_the_scripts_do_not_depend_on_the_terminal(oocli, terminal):
    import pexpect

    handle = terminal("completion", "fish", size=(20, 40), env={"CLICOLOR_FORCE": "1"})
    handle.expect(pexpect.EOF)

    assert handle.before.replace("\r\n", "\n") == oocli("completion", "fish").stdout.decode()
