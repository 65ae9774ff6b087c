"""What oocli leans on: each library for a reason, from a version that CI has tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
RUNTIME = re.search(r"(?ms)^dependencies = \[\n(.*?)^\]", PROJECT)
EXTRAS = re.search(r"(?ms)^\[project\.optional-dependencies\]\n(.*?)^\[", PROJECT)
SOURCES = sorted((ROOT / "oocli").rglob("*.py"))


def requirements(block):
    """Return the requirements in a part of pyproject.toml, each with the line before it."""
    assert block is not None
    lines = [line.strip() for line in block[1].splitlines()]
    found = []
    for before, line in zip(["", *lines], lines, strict=False):
        for text in re.findall(r'"([^"]+)"', line if not line.startswith("#") else ""):
            if not text.startswith("oocli["):
                found.append((text, before))
    return found


@pytest.mark.parametrize(("requirement", "before"), requirements(RUNTIME))
def test_each_library_has_its_reason_and_a_lower_bound(requirement, before):
    assert before.startswith("# ")
    assert re.match(r"[a-z]+>=\d", requirement)


@pytest.mark.parametrize(("requirement", "before"), requirements(EXTRAS))
def test_each_extra_has_a_lower_bound(requirement, before):
    assert re.match(r"[a-z-]+>=\d", requirement)


def test_ci_installs_and_tests_the_lowest_versions():
    steps = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")

    assert "--resolution lowest-direct" in steps


def test_the_wheel_is_made_of_the_package_alone():
    assert 'packages = ["oocli"]' in PROJECT
    strange = [
        one.name
        for one in (ROOT / "oocli").rglob("*")
        if one.is_file() and one.suffix not in (".py", ".pyc") and one.name != "py.typed"
    ]
    assert strange == []


def test_each_exception_from_the_rules_of_security_has_a_reason():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# noqa: (?:\w+, )*S\d+(?!.* - \w+)", line)
    ]

    assert found == []
    assert '"S"' in PROJECT
