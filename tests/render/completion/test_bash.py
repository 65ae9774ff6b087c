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
    child = bench.spawn("bash", "--norc", "--noprofile", "-i")
    child.sendline(f"source {script('bash')}; bind 'set bell-style none'; echo REA''DY")
    child.expect_exact("READY\r\n")
    return bench.line(child)


def test_bash_parses_the_script(bench, script):
    assert bench.offered("bash", "-n", script("bash")) == ""


@pytest.mark.parametrize(("typed", "ran"), WORDS)
def test_tab_in_bash_completes_a_word_and_starts_no_oocli(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), FILES)
def test_tab_in_bash_completes_a_file_where_an_option_takes_one(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), OPERATIONS + OF_WORKSPACE)
def test_tab_in_bash_completes_operations_and_starts_no_oocli(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), NO_FILES)
def test_tab_in_bash_offers_no_file_for_other_arguments(line, typed, ran):
    assert line.ran(typed) == ran


@pytest.mark.parametrize(("typed", "ran"), PORTALS)
def test_tab_in_bash_on_a_portal_runs_oocli_once(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == ["oocli completion --portals"]


@pytest.mark.parametrize(("typed", "ran"), QUOTED)
def test_tab_in_bash_inside_an_open_quote_completes_the_quoted_word(line, typed, ran):
    assert line.ran(typed) == ran


@pytest.mark.parametrize(("mark", "quoted"), [("'", "b'\\''c$\"`d"), ('"', "b'c\\$\\\"\\`d")])
def test_a_file_name_in_bash_is_escaped_for_the_open_quote(bench, line, mark, quoted):
    (bench.here / "b'c$\"`d").write_text("")

    assert line.ran(f"oocli call POST files -d {mark}@b") == "call POST files -d @b'c$\"`d"


@pytest.mark.parametrize("typed", ['-d "$HOME@rep"', '-d "\\$x@rep"', '-d "`echo a`@rep"'])
def test_tab_in_bash_does_not_change_a_word_that_the_shell_would_expand(line, typed):
    before = line.ran(f"oocli call {typed}"[:-1] + '"')
    line.child.send(f"oocli call {typed}"[:-1] + '\t"\r')
    line.child.expect_exact("RAN[")
    line.child.expect_exact("]\r\n")

    assert line.child.before == before


def test_two_tabs_in_bash_list_the_candidates(line):
    line.child.send("oocli log\t\t")

    line.child.expect(r"login +logout")
