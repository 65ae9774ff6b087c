"""The text of the PowerShell script, because few machines have PowerShell to run it."""

import re
from pathlib import Path

import pytest


@pytest.fixture
def text(script):
    return Path(script("powershell")).read_text(encoding="utf-8")


@pytest.fixture
def entry(text):
    """Return the table's entry of one command."""

    def find(path: str) -> str:
        return re.search(rf"^        '{path}' = @\{{\n(.*?)^        \}}$", text, re.S | re.M)[1]

    return find


def test_every_bracket_and_quote_of_the_script_is_closed(text):
    bare = re.sub(r"'(?:[^']|'')*'|#.*", "", text)

    assert "'" not in bare
    for opening, closing in ("()", "{}", "[]"):
        assert bare.count(opening) == bare.count(closing)


def test_the_script_has_verbs_choices_files_and_portals(entry):
    assert "Verbs = @('list', 'use', 'remove')" in entry("portals")
    assert "@{ Names = @('--color'); Takes = @('auto', 'always', 'never') }" in entry("call")
    assert "@{ Names = @('-o', '--output'); Takes = @('<file>') }" in entry("call")
    assert "@{ Names = @('--portal'); Takes = @('<portal>') }" in entry("call")
    assert "Arguments = @(\n                @{ Takes = @('<portal>') }" in entry("portals use")
    assert "@{ Takes = @('bash', 'zsh', 'fish', 'powershell') }" in entry("completion")


def test_options_that_differ_only_in_case_are_distinguished(entry, text):
    assert "@{ Names = @('-f', '--raw-field'); Takes = @('<body-name>') }" in entry("call")
    assert "@{ Names = @('-F', '--field'); Takes = @('<body-name-or-file>') }" in entry("call")
    assert "-ccontains $option" in text


def test_the_script_starts_oocli_only_for_portal_names(text):
    starts = [line.strip() for line in text.splitlines() if re.search(r"& *oocli", line)]

    assert starts == [
        "if (\"$value\" -ceq '<portal>') { $value = @(& oocli completion --portals 2>$null) }"
    ]
