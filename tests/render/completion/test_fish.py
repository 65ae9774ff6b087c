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
def completed(bench, script):
    """Complete a line as fish does at Tab; return what oocli would then be started with."""

    def run(typed: str) -> str:
        asked = f"source {script('fish')}; complete -C '{_inside_quotes(typed)}'"
        offers = bench.offered("fish", "--no-config", "-c", asked).splitlines()
        before, _, word = typed.rpartition(" ")
        assert len(offers) <= 1, offers
        last = offers[0].partition("\t")[0] if offers else word
        return f"{before} {last}".removeprefix("oocli ").replace("'", "")

    return run


def _inside_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def test_fish_parses_the_script(bench, script):
    assert bench.offered("fish", "--no-execute", script("fish")) == ""


@pytest.mark.parametrize(("typed", "ran"), WORDS)
def test_fish_completes_a_word_and_starts_no_oocli(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), FILES)
def test_fish_completes_a_file_where_an_option_takes_one(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), OPERATIONS + OF_WORKSPACE)
def test_fish_completes_operations_and_starts_no_oocli(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == []


@pytest.mark.parametrize(("typed", "ran"), NO_FILES)
def test_fish_offers_no_file_for_other_arguments(completed, typed, ran):
    assert completed(typed) == ran


@pytest.mark.parametrize(("typed", "ran"), PORTALS)
def test_fish_runs_oocli_once_for_a_portal(bench, completed, typed, ran):
    assert completed(typed) == ran
    assert bench.started == ["oocli completion --portals"]


@pytest.fixture
def line(bench, script):
    child = bench.spawn("fish", "--no-config", "--interactive")
    child.sendline(f"source {script('fish')}; echo REA''DY")
    child.expect("READY\r?\n")
    return bench.line(child)


@pytest.mark.parametrize(("typed", "ran"), QUOTED)
def test_tab_in_fish_inside_an_open_quote_completes_the_quoted_word(line, typed, ran):
    assert line.ran(typed) == ran


def test_fish_describes_each_command(bench, script):
    asked = f"source {script('fish')}; complete -C 'oocli log'"

    assert bench.offered("fish", "--no-config", "-c", asked) == (
        "login\tSign in to a portal\n"
        "logout\tEnd the session at the portal and delete the stored credential\n"
    )
