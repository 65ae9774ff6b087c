"""Completion in bash, fish and zsh: the same cases in each, then what only one of them does."""

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
def bash(bench, script):
    """The command line of bash."""
    child = bench.spawn("bash", "--norc", "--noprofile", "-i")
    child.sendline(f"source {script('bash')}; bind 'set bell-style none'; echo REA''DY")
    child.expect_exact("READY\r\n")
    return bench.line(child)


@pytest.fixture
def fish(bench, script):
    """The command line of fish."""
    child = bench.spawn("fish", "--no-config", "--interactive")
    child.sendline(f"source {script('fish')}; echo REA''DY")
    child.expect("READY\r?\n")
    return bench.line(child)


@pytest.fixture
def zsh(bench, script):
    """The command line of zsh, which finds the script by its name."""
    shutil.copy(script("zsh"), bench.path / "xdg" / "_oocli")
    return zsh_after(
        bench, f"fpath=({bench.path}/xdg $fpath); autoload -U compinit; compinit -D -u"
    )


def zsh_after(bench, setup):
    """Start zsh, run some commands, and return its command line."""
    child = bench.spawn("zsh", "-f", "-i")
    child.sendline(f"unsetopt beep; {setup}; echo REA''DY")
    child.expect_exact("READY\r\n")
    return bench.line(child)


@pytest.fixture(params=["bash", "fish", "zsh"])
def completed(request, bench, script):
    """Return a function that completes a line in a shell, and returns the arguments of oocli.

    fish is asked for its candidates, which is faster than pressing Tab.
    """

    def by_fish(typed):
        quoted = typed.replace("\\", "\\\\").replace("'", "\\'")
        asked = f"source {script('fish')}; complete -C '{quoted}'"
        offers = bench.offered("fish", "--no-config", "-c", asked).splitlines()
        before, _, word = typed.rpartition(" ")
        assert len(offers) <= 1, offers
        last = offers[0].partition("\t")[0] if offers else word
        return f"{before} {last}".removeprefix("oocli ").replace("'", "")

    return by_fish if request.param == "fish" else request.getfixturevalue(request.param).ran


@pytest.mark.parametrize(
    ("shell", "option"), [("bash", "-n"), ("fish", "--no-execute"), ("zsh", "-n")]
)
def test_the_shell_parses_the_script(bench, script, shell, option):
    assert bench.offered(shell, option, script(shell)) == ""


@pytest.mark.parametrize(("typed", "ran"), WORDS)
def test_completing_a_word_starts_no_oocli(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), FILES)
def test_a_file_is_completed_where_an_option_takes_one(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), OPERATIONS + OF_WORKSPACE)
def test_completing_an_operation_starts_no_oocli(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), NO_FILES)
def test_no_file_is_offered_for_other_arguments(completed, typed, ran):
    assert completed(typed) == ran


@pytest.mark.parametrize(("typed", "ran"), PORTALS)
def test_completing_a_portal_runs_oocli_once(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == ["oocli completion --portals"]


@pytest.mark.parametrize(
    ("shell", "typed", "ran"),
    [
        *(("bash", *case) for case in QUOTED),
        *(("fish", *case) for case in QUOTED),
        *(("zsh", *case) for case in QUOTED[::3]),
    ],
)
def test_tab_inside_an_open_quote_completes_the_quoted_word(request, shell, typed, ran):
    assert request.getfixturevalue(shell).ran(typed) == ran


# bash


@pytest.mark.parametrize(("mark", "quoted"), [("'", "b'\\''c$\"`d"), ('"', "b'c\\$\\\"\\`d")])
def test_a_file_name_in_bash_is_escaped_for_the_open_quote(bench, bash, mark, quoted):
    (bench.here / "b'c$\"`d").write_text("")

    assert bash.ran(f"oocli call POST files -d {mark}@b") == "call POST files -d @b'c$\"`d"


@pytest.mark.parametrize("typed", ['-d "$HOME@rep"', '-d "\\$x@rep"', '-d "`echo a`@rep"'])
def test_tab_in_bash_does_not_change_a_word_that_the_shell_would_expand(bash, typed):
    before = bash.ran(f"oocli call {typed}"[:-1] + '"')
    bash.child.send(f"oocli call {typed}"[:-1] + '\t"\r')
    bash.child.expect_exact("RAN[")
    bash.child.expect_exact("]\r\n")

    assert bash.child.before == before


def test_two_tabs_in_bash_list_the_candidates(bash):
    bash.child.send("oocli log\t\t")

    bash.child.expect(r"login +logout")


# fish and zsh


def test_fish_describes_each_command(bench, script):
    asked = f"source {script('fish')}; complete -C 'oocli log'"

    assert bench.offered("fish", "--no-config", "-c", asked) == (
        "login\tSign in to a portal\n"
        "logout\tEnd the session at the portal and delete the stored credential\n"
    )


def test_tab_in_zsh_describes_each_command(zsh):
    zsh.child.send("oocli log\t")

    zsh.child.expect(r"login +-- Sign in to a portal")
    zsh.child.expect(r"logout +-- End the session")


def test_the_zsh_script_may_be_sourced_as_well_as_autoloaded(bench, script):
    line = zsh_after(bench, f"autoload -U compinit; compinit -D -u; source {script('zsh')}")

    assert line.ran("oocli portals rem") == "portals remove"
