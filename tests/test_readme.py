"""The README holds what it promises: its sessions run, its tables are the program's own."""

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
    """Return each console session with each kind of portal that it is for.

    That is the kind named in it or in the paragraph above it, and both where neither is named.
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
    """Name a block in the list of tests by its first line."""
    return block.partition("\n")[0].removeprefix("$ ")[:60]


def commands(block: str) -> str:
    """Return what is typed in a session, as a script."""
    return "\n".join(line[2:] for line in block.splitlines() if line.startswith("$ ")) + "\n"


def expected(block: str) -> str:
    """Return a pattern for what a session prints; `...` stands for anything."""
    lines = [line for line in block.splitlines() if not line.startswith("$ ")]
    pattern = "".join(re.escape(line) + r"\n" for line in lines)
    pattern = pattern.replace(re.escape("...") + r"\n", r"[\s\S]*\n")
    return pattern.replace(re.escape("..."), r".*")


@pytest.fixture
def session(home, tmp_path):
    """A folder with a program `oocli` on the path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "oocli"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oocli "$@"\n')
    program.chmod(0o755)
    home.env["PATH"] = f"{programs}{os.pathsep}{home.env['PATH']}"
    return home


def as_written(shown: str, portal: DemoPortal) -> str:
    """Put the README's host in the place of the demo portal's."""
    shown = shown.replace("\r\n", "\n").replace(portal.origin, f"https://{HOST}")
    return shown.replace(portal.host, HOST)


def asked_of(script: str, portal: DemoPortal) -> str:
    """Put the demo portal in the place of the README's host."""
    return script.replace(f"https://{HOST}", HOST).replace(HOST, portal.origin)


@pytest.mark.posix
@pytest.mark.readme
@pytest.mark.parametrize(("kind", "block"), sessions(), ids=title)
def test_a_session_prints_what_the_page_shows(kind, block, session, sign_in, tmp_path):
    with DemoPortal(kind, tfa="app" if "--otp" in block else None) as portal:
        (tmp_path / "secret").write_text(portal.password + "\n")
        (tmp_path / "app-key").write_text(portal.totp_key() + "\n")
        (tmp_path / "yesterday.csv").write_text("ann@example.com,1\nemail,status\n")
        if "oocli login" not in block:
            assert sign_in(portal).exit == 0

        script = asked_of(commands(block), portal)
        run = _typed if "password for" in block else _piped
        shown = as_written(run(script, session.env, portal, tmp_path), portal)

    assert re.fullmatch(expected(block), shown), shown


def _piped(script: str, env: dict[str, str], portal: DemoPortal, folder: Path) -> str:
    """Run a script without a terminal; return all that it printed, on stdout and stderr."""
    done = subprocess.run(
        ["sh", "-c", script],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=env, cwd=folder, timeout=WAIT_S, check=False,
    )  # fmt: skip
    return done.stdout.decode()


def _typed(script: str, env: dict[str, str], portal: DemoPortal, folder: Path) -> str:
    """Run a script on a terminal, answering its prompts; return what the terminal showed."""
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
    # A prompt ends in a space, which a page does not keep at the end of a line.
    return (seen + child.before).replace(": \r\n", ":\r\n")


@pytest.mark.posix
@pytest.mark.readme
def test_the_nightly_export_works_as_cron_runs_it(session, either, tmp_path):
    [line] = [block for block in blocks("text") if "* * *" in block]
    command = asked_of(line.split(None, 5)[5], either)
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "portal-key").write_text(either.issue_token() + "\n")

    assert "%" not in command, "cron makes a new line of it"
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


def test_files_that_the_page_names_are_there():
    named = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)

    assert ".github/demo.svg" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def words_of(svg: str) -> list[str]:
    """Return the lines of text of a picture, without what each run has anew."""
    lines: dict[float, str] = {}
    for height, text in re.findall(r'<text [^>]*? y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        lines[float(height)] = lines.get(float(height), "") + unescape(text).replace("\xa0", " ")
    shown = "\n".join(line.strip() for _, line in sorted(lines.items()))
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", shown).splitlines()


@pytest.mark.posix
def test_the_picture_shows_what_the_demo_prints_today():
    picture = runpy.run_path(str(ROOT / "tests" / "picture.py"))
    kept = picture["PICTURE"].read_text(encoding="utf-8")

    remade = picture["drawn"](picture["recorded"]())

    assert words_of(remade) == words_of(kept), "remake it: python tests/picture.py"


def test_the_picture_holds_no_path_of_a_machine_and_loads_nothing():
    svg = (ROOT / ".github" / "demo.svg").read_text(encoding="utf-8")

    assert re.findall(r"/(?:home|root|tmp|Users|work)/", svg) == []
    assert re.findall(r"url\((?!#)|href=|@font-face|@import", svg) == []
