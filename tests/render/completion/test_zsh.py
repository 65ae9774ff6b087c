import shutil

import pytest

from tests.render.completion.cases import (
    FILES,
    NO_FILES,
    OF_WORKSPACE,
    OPERATIONS,
    PORTALS,
    QUOTED,
    WORDS,
)

pytestmark = pytest.mark.shells


@pytest.fixture
def line(bench, script):
    shutil.copy(script("zsh"), bench.path / "xdg" / "_oocli")
    return _ready(bench, f"fpath=({bench.path}/xdg $fpath); autoload -U compinit; compinit -D -u")


def _ready(bench, setup):
    child = bench.spawn("zsh", "-f", "-i")
    child.sendline(f"unsetopt beep; {setup}; echo REA''DY")
    child.expect_exact("READY\r\n")
    return bench.line(child)


def test_zsh_parses_the_script(bench, script):
    assert bench.offered("zsh", "-n", script("zsh")) == ""


@pytest.mark.parametrize(("typed", "ran"), WORDS)
def test_tab_in_zsh_completes_a_word_and_starts_no_oocli(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), FILES)
def test_tab_in_zsh_completes_a_file_where_an_option_takes_one(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), OPERATIONS + OF_WORKSPACE)
def test_tab_in_zsh_completes_operations_and_starts_no_oocli(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), NO_FILES)
def test_tab_in_zsh_offers_no_file_for_other_arguments(line, typed, ran):
    assert line.ran(typed) == ran


@pytest.mark.parametrize(("typed", "ran"), PORTALS)
def test_tab_in_zsh_on_a_portal_runs_oocli_once(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == ["oocli completion --portals"]


@pytest.mark.parametrize(("typed", "ran"), QUOTED[::3])
def test_tab_in_zsh_inside_an_open_quote_completes_the_quoted_word(line, typed, ran):
    assert line.ran(typed) == ran


def test_tab_in_zsh_describes_each_command(line):
    line.child.send("oocli log\t")

    line.child.expect(r"login +-- Sign in to a portal")
    line.child.expect(r"logout +-- End the session")


def test_the_zsh_script_may_be_sourced_as_well_as_autoloaded(bench, script):
    line = _ready(bench, f"autoload -U compinit; compinit -D -u; source {script('zsh')}")

    assert line.ran("oocli portals rem") == "portals remove"
