"""What the README shows is what the program does: its sessions and examples are run."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from oocli.model.errors import Exit
from tests.portal import DemoPortal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WAIT_S = 60
HOST = "docs.example.com"


def blocks(language: str) -> list[str]:
    """Return the code blocks of one language, in order."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no {language} block"
    return found


def sessions() -> list[tuple[str, str]]:
    """Return each console session with each kind of portal to run it with.

    That is the kind named in the session or in the paragraph above it, or both if none is named.
    """
    names = {"workspace": "Workspace", "docspace": "DocSpace"}
    found = []
    before, *rest = README.split("```console\n")
    for part in rest:
        block, _, after = part.partition("```\n")
        about = before.rstrip().rpartition("\n\n")[2] + block
        named = [kind for kind, name in names.items() if name in about]
        found += [(kind, block) for kind in named or names]
        before = after
    return found


def title(block: str) -> str:
    """Return the name of a test: the first line of its block."""
    return block.partition("\n")[0].removeprefix("$ ")[:60]


def commands(block: str) -> str:
    """Return the commands of a session as a script."""
    return "\n".join(line[2:] for line in block.splitlines() if line.startswith("$ ")) + "\n"


def expected(block: str) -> str:
    """Return a pattern for the output of a session; `...` stands for anything."""
    lines = [line for line in block.splitlines() if not line.startswith("$ ")]
    pattern = "".join(re.escape(line) + r"\n" for line in lines)
    pattern = pattern.replace(re.escape("...") + r"\n", r"[\s\S]*\n")
    return pattern.replace(re.escape("..."), r".*")


@pytest.fixture
def session(home, tmp_path):
    """A home with the program `oocli` on the path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "oocli"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oocli "$@"\n')
    program.chmod(0o755)
    home.env["PATH"] = f"{programs}{os.pathsep}{home.env['PATH']}"
    return home


def with_readme_host(shown: str, portal: DemoPortal) -> str:
    """Replace the host of the demo portal by that of the README."""
    shown = shown.replace("\r\n", "\n").replace(portal.origin, f"https://{HOST}")
    return shown.replace(portal.host, HOST)


def with_demo_host(script: str, portal: DemoPortal) -> str:
    """Replace the host of the README by that of the demo portal."""
    return script.replace(f"https://{HOST}", HOST).replace(HOST, portal.origin)


@pytest.mark.posix
@pytest.mark.readme
@pytest.mark.parametrize(("kind", "block"), sessions(), ids=title)
def test_a_session_prints_what_the_page_shows(kind, block, session, sign_in, tmp_path):
    with DemoPortal(kind) as portal:
        (tmp_path / "secret").write_text(portal.password + "\n")
        (tmp_path / "yesterday.csv").write_text("ann@example.com,1\nemail,status\n")
        if "oocli login" not in block:
            assert sign_in(portal).exit == 0

        script = with_demo_host(commands(block), portal)
        run = _typed if "password for" in block else _piped
        shown = with_readme_host(run(script, session.env, portal, tmp_path), portal)

    assert re.fullmatch(expected(block), shown), shown


def _piped(script: str, env: dict[str, str], portal: DemoPortal, folder: Path) -> str:
    """Run a script without a terminal; return what it printed on stdout and stderr."""
    done = subprocess.run(
        ["sh", "-c", script],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=env, cwd=folder, timeout=WAIT_S, check=False,
    )  # fmt: skip
    return done.stdout.decode()


def _typed(script: str, env: dict[str, str], portal: DemoPortal, folder: Path) -> str:
    """Run a script on a terminal and answer its prompts; return what the terminal showed."""
    import pexpect

    child = pexpect.spawn(
        "sh", ["-c", script], env=env, cwd=str(folder), timeout=WAIT_S, encoding="utf-8",
        dimensions=(40, 200),
    )  # fmt: skip
    seen = ""
    for prompt, answer in (("user for", portal.user), ("password for", portal.password)):
        child.expect(f"{prompt} [^ ]*: ")
        seen += child.before + child.after
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    # A prompt ends in a space, which the README does not have at the end of a line.
    return (seen + child.before).replace(": \r\n", ":\r\n")


@pytest.mark.posix
@pytest.mark.readme
def test_the_nightly_export_works_as_cron_runs_it(session, either, tmp_path):
    [line] = [block for block in blocks("text") if "* * *" in block]
    command = with_demo_host(line.split(None, 5)[5], either)
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "portal-key").write_text(either.issue_token() + "\n")

    assert "%" not in command, "cron turns it into a line break"
    assert _piped(command, session.env, either, tmp_path) == ""

    assert either.user in (tmp_path / "people.csv").read_text()


def test_the_steps_for_ci_work_with_nothing_but_the_two_variables(oocli, docspace):
    [block] = blocks("yaml")
    words = re.search(r"^.*?oocli (call .*?) > people\.json$", block, re.MULTILINE)
    assert "OOCLI_PORTAL: " + HOST in block

    ran = oocli(*words[1].split(), signed_in_to=docspace, env={"CI": "true"})

    assert (ran.exit, ran.stderr) == (0, "")
    assert [person["email"] for person in ran.json] == [docspace.user, docspace.other_user]


def test_the_python_example_prints_what_the_page_shows(home, docspace, tmp_path):
    [example] = blocks("python")
    (tmp_path / "example.py").write_text(
        f"token = {docspace.issue_token()!r}\n"
        + example.replace(f"https://{HOST}", docspace.origin)
    )

    done = subprocess.run(
        [sys.executable, "example.py"],
        capture_output=True, env=home.env, cwd=tmp_path, timeout=WAIT_S, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    told = README.partition("It prints ")[2].partition("`. ")[0] + "`"
    assert done.stdout.decode().splitlines() == re.findall("`([^`]+)`", told)


def test_every_exit_code_is_explained(oocli):
    ran = oocli("help", "exit-codes")

    told = {int(number) for number in re.findall(r"(?m)(?:^| ) *(\d+)  ", ran.stdout.decode())}
    assert told >= {int(code) for code in Exit}


def test_files_that_the_page_links_to_exist():
    named = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)

    assert ".github/demo.svg" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def words_of(svg: str) -> list[str]:
    """Return the lines of text of a picture, without the times of the run."""
    lines: dict[float, str] = {}
    for height, text in re.findall(r'<text [^>]*? y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        lines[float(height)] = lines.get(float(height), "") + unescape(text).replace("\xa0", " ")
    shown = "\n".join(line.strip() for _, line in sorted(lines.items()))
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", shown).splitlines()


@pytest.mark.posix
def test_the_picture_shows_what_the_demo_prints_today():
    picture = runpy.run_path(str(ROOT / "tests" / "picture.py"))
    stored = picture["PICTURE"].read_text(encoding="utf-8")

    remade = picture["drawn"](picture["recorded"]())

    assert words_of(remade) == words_of(stored), "update it: python tests/picture.py"


def test_the_picture_contains_no_local_path_and_loads_nothing():
    svg = (ROOT / ".github" / "demo.svg").read_text(encoding="utf-8")

    assert re.findall(r"/(?:home|root|tmp|Users|work)/", svg) == []
    assert re.findall(r"url\((?!#)|href=|@font-face|@import", svg) == []
