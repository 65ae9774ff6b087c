"""Commands in hints are quoted, so that pasting one runs nothing else."""

import json
import shlex
import subprocess

import pytest

NAME = "$(x);x&x'*"  # characters that are allowed in an address
HOST = f"127.0.0.1:9/{NAME}"
EXPIRED = {"kind": "session", "store": "keyring", "expires": "2020-01-01T00:00:00Z"}
CASES = {
    "not signed in": (["whoami", "--portal", HOST], ["oocli", "login", "--portal", HOST]),
    "the scheme differs": (
        ["whoami", "--portal", f"https://{HOST}"],
        ["oocli", "portals", "remove", HOST],
    ),
    "no default": (["whoami"], ["oocli", "portals", "use", HOST]),
    "an option before the command": (
        [f"--{NAME}=1", "call", "GET", "people"],
        ["oocli", "call", f"--{NAME}"],
    ),
    "the sign-in ended": (
        ["whoami", "--portal", f"127.0.0.1:8/{NAME}"],
        ["oocli", "login", "--portal", f"127.0.0.1:8/{NAME}"],
    ),
    "an entry that is broken": (
        ["whoami", "--portal", f"127.0.0.1:7/{NAME}"],
        ["oocli", "login", "--portal", f"127.0.0.1:7/{NAME}"],
    ),
}


def command(ran, first):
    """Return the words of the command in a hint, as a shell splits them."""
    (hint,) = [line for line in ran.stderr.splitlines() if line.startswith("hint: ")]
    return shlex.split(hint[hint.index(f"{first} ") :])


@pytest.fixture
def config(home):
    """A portals.json with three portals whose sub-path contains a shell command."""
    home.config.mkdir()
    portals = {
        HOST: {"origin": f"http://{HOST}"},
        f"127.0.0.1:8/{NAME}": {"origin": f"http://127.0.0.1:8/{NAME}", "credential": EXPIRED},
        f"127.0.0.1:7/{NAME}": {},
    }
    file = home.config / "portals.json"
    file.write_text(json.dumps({"version": 1, "portals": portals}))
    return file


@pytest.mark.parametrize("case", CASES)
def test_a_command_in_a_hint_quotes_user_text_as_one_word(config, home, oocli, case):
    typed, words = CASES[case]
    if case == "no default":
        data = json.loads(config.read_text())
        config.write_text(json.dumps(data | {"portals": {HOST: data["portals"][HOST]}}))
    if case == "the sign-in ended":
        (home.path / "keyring.json").write_text(json.dumps({f"oocli/127.0.0.1:8/{NAME}": "tok"}))

    ran = oocli(*typed)

    assert ran.exit in (1, 2, 4)
    assert [word.rstrip(",") for word in command(ran, "oocli")][: len(words)] == words


def test_an_mv_command_in_a_hint_quotes_the_path_as_one_word(home, oocli, tmp_path):
    folder = tmp_path / "a;touch x$(touch y) 'b"
    folder.mkdir()
    (folder / "portals.json").write_text("{")

    ran = oocli("whoami", env={"OOCLI_CONFIG_DIR": str(folder)})

    file = f"{folder}/portals.json"
    assert (ran.exit, command(ran, "mv")) == (1, ["mv", file, f"{file}.broken"])


@pytest.mark.tools
def test_a_file_name_from_the_portal_is_quoted_as_one_word_in_a_hint(either, oocli, tmp_path):
    name = "$(touch x) `touch x`;touch x.txt"
    (tmp_path / name).write_text("old")
    either.answers(
        "GET", "/filehandler.ashx", body=b"new",
        headers=(("Content-Disposition", f'attachment; filename="{name}"'),),
    )  # fmt: skip

    ran = oocli("call", "GET", "filehandler.ashx", "-O", signed_in_to=either)

    assert (ran.exit, command(ran, "-o")) == (1, ["-o", name])
    hint = ran.stderr.partition("hint: ")[2]
    subprocess.run(["sh", "-c", f"echo {hint}"], cwd=tmp_path, check=True, timeout=60)
    assert not (tmp_path / "x").exists()
