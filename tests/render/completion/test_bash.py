import pytest

from tests.render.completion.cases import FILES, NO_FILES, PORTALS, WORDS

pytestmark = pytest.mark.shells


@pytest.fixture
def line(bench, script):
    child = bench.spawn("bash", "--norc", "--noprofile", "-i")
    child.sendline(f"source {script('bash')}; bind 'set bell-style none'; echo REA''DY")
    child.expect_exact("READY\r\n")
    return bench.line(child)


def test_bash_reads_the_script_without_complaint(bench, script):
    assert bench.offered("bash", "-n", script("bash")) == ""


@pytest.mark.parametrize(("typed", "ran"), WORDS)
def test_tab_in_bash_completes_a_word_and_starts_no_oocli(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), FILES)
def test_tab_in_bash_completes_a_file_where_an_option_takes_one(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), NO_FILES)
def test_tab_in_bash_offers_no_file_where_none_belongs(line, typed, ran):
    assert line.ran(typed) == ran


@pytest.mark.parametrize(("typed", "ran"), PORTALS)
def test_tab_in_bash_on_a_portal_asks_oocli_once(bench, line, typed, ran):
    assert line.ran(typed) == ran
    assert bench.started == ["oocli completion --portals"]


def test_two_tabs_in_bash_show_what_is_possible(line):
    line.child.send("oocli log\t\t")

    line.child.expect(r"login +logout")
