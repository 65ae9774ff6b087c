"""The programs that oocli is compared with, and the environment in which they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.portal import DemoPortal

ROOT = Path(__file__).parent.parent.parent
PLACE = ROOT / "build" / "bench"
PROGRAMS = {
    "nginx": "nginx-light",
    "curl": "curl",
    "bash": "bash",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
}
TOKEN = "x" * 40

ONE_GET = """\
import os, sys, requests
answer = requests.get(sys.argv[1], headers={"Authorization": os.environ["OOCLI_TOKEN"]})
answer.raise_for_status()
sys.stdout.buffer.write(answer.content)
"""
ALL_PAGES = """\
import json, os, sys, requests
session, start = requests.Session(), 0
session.headers["Authorization"] = os.environ["OOCLI_TOKEN"]
while True:
    answer = session.get(sys.argv[1], params={"count": 1000, "startIndex": start})
    items = answer.json()["response"]
    if not items:
        break
    for item in items:
        sys.stdout.write(json.dumps(item) + "\\n")
    start += len(items)
"""
ALL_FOLDERS = """\
import os, sys, requests
session = requests.Session()
session.headers["Authorization"] = os.environ["OOCLI_TOKEN"]
waiting = [("tree", "tree/")]
while waiting:
    id, path = waiting.pop()
    found = session.get(sys.argv[1] + id, params={"count": 1000}).json()["response"]
    for folder in found["folders"]:
        sys.stdout.write(path + folder["title"] + "/\\n")
        waiting.append((folder["id"], path + folder["title"] + "/"))
    for file in found["files"]:
        sys.stdout.write(path + file["title"] + "\\n")
"""


def want_programs() -> None:
    """End the benchmark if a program that it needs is not installed."""
    missing = [f"{name} (Debian: {of})" for name, of in PROGRAMS.items() if not shutil.which(name)]
    if missing:
        raise SystemExit(f"the benchmark needs: {', '.join(missing)}")


def install() -> Path:
    """Install oocli and the other programs; return the folder of their executables."""
    programs = PLACE / "bin"
    python = programs / "python"
    if not (programs / "http").exists():
        venv.create(PLACE, clear=True, with_pip=True)
        _pip(python, str(ROOT), "httpie")
    else:
        _pip(python, "--force-reinstall", "--no-deps", str(ROOT))
    return programs


def versions(programs: Path) -> list[str]:
    """Return the names and versions of the programs."""
    wanted = ("httpie", "keyring", "requests", "typer", "urllib3")
    code = f"import importlib.metadata as m; print(*[f'{{n}} {{m.version(n)}}' for n in {wanted}])"
    said = subprocess.run(
        [programs / "python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    curl = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True)
    named = [" ".join(pair) for pair in zip(said[::2], said[1::2], strict=True)]
    return [*named, " ".join(curl.stdout.split()[:2])]


def clean_environment(home: Path, programs: Path, origin: str) -> dict[str, str]:
    """Return the variables of a run: an empty home, a portal and a token."""
    (home / "httpie").mkdir(exist_ok=True)
    # Without this, HTTPie starts a second process that checks for updates.
    quiet = json.dumps({"disable_update_warnings": True})
    (home / "httpie" / "config.json").write_text(quiet)
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "HTTPIE_CONFIG_DIR": str(home / "httpie"),
        "OOCLI_PORTAL": origin,
        "OOCLI_TOKEN": TOKEN,
    }


@contextmanager
def keyring(home: Path) -> Iterator[dict[str, str]]:
    """Run a session with gnome-keyring, unlocked; yield the variables to use it."""
    runtime, data = home / "run", home / "data"
    for folder in (runtime, data):
        folder.mkdir(mode=0o700)
    env = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(data)}
    start = (
        "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
        'printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS" && exec cat'
    )
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", start], env=os.environ | env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        yield env | {"DBUS_SESSION_BUS_ADDRESS": session.stdout.readline().strip()}
    finally:
        session.stdin.close()
        session.wait()
        session.stdout.close()


def sign_in(programs: Path, env: dict[str, str], port: int) -> None:
    """Sign in with `oocli login`, to a demo portal on the port that nginx will use later."""
    with DemoPortal("workspace", port=port) as portal:
        subprocess.run(
            [programs / "oocli", "login", "--portal", portal.origin, "--user", portal.user,
             "--password-stdin"],
            env=env, input=portal.password.encode(), capture_output=True, check=True,
        )  # fmt: skip


def _pip(python: Path, *what: str) -> None:
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what],
        check=True,
    )
