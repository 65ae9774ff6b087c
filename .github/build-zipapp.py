"""Build `oocli.pyz`, one file with oocli and its dependencies, and try it: needs only Python.

    python3 .github/build-zipapp.py oocli.pyz

Compiled modules cannot be imported from a zip file, so what needs them is left out: the keyring of
Linux (Secret Service) and `--jq`. SOURCE_DATE_EPOCH sets the time of every entry.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILED = ("cffi", "cryptography", "jeepney", "pycparser", "secretstorage")
MAIN = "from oocli.__main__ import run\n\nrun()\n"
PAIRS = 15


def install(directory: Path) -> None:
    """Install oocli and its dependencies into a directory."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", directory, ROOT],
        check=True,
    )


def pack(directory: Path, archive: Path) -> None:
    """Write the files in the order of their names, all with one time."""
    stamp = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", 315532800)))[:6]
    with archive.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(zipfile.ZipInfo("__main__.py", stamp), MAIN, zipfile.ZIP_DEFLATED)
            for path in sorted(path for path in directory.rglob("*") if path.is_file()):
                name = path.relative_to(directory)
                if name.parts[0].startswith(("bin", *COMPILED)) or path.suffix in (".so", ".pyd"):
                    continue
                # It holds the path of this machine.
                if path.name in ("direct_url.json", "RECORD"):
                    continue
                entry = zipfile.ZipInfo(name.as_posix(), stamp)
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    archive.chmod(0o755)


def try_out(program: list[str], scratch: Path) -> None:
    """Run the demo, then sign in to a demo portal, make a call and print a completion script."""
    env = os.environ | {"OOCLI_CONFIG_DIR": str(scratch / "config"), "TMPDIR": str(scratch)}
    env |= {"OOCLI_NO_KEYRING": "1"}

    def run(*args: str, stdin: str = "") -> str:
        done = subprocess.run(
            [*program, *args], cwd=scratch, env=env, input=stdin, stdout=subprocess.PIPE,
            text=True, check=True,
        )  # fmt: skip
        return done.stdout

    assert "signed out" in run("demo")
    assert "complete" in run("completion", "bash")
    with subprocess.Popen(
        [*program, "demo", "serve"], cwd=scratch, env=env, stdout=subprocess.PIPE, text=True
    ) as serving:
        try:
            told = dict(serving.stdout.readline().strip().split(": ", 1) for _ in range(3))
            run(
                "login", "--portal", told["address"], "--user", told["user"],
                "--password-stdin", "--insecure-storage", stdin=told["password"],
            )  # fmt: skip
            assert told["user"] in run("call", "GET", "people/@self")
        finally:
            serving.terminate()
    left = [path.name for path in scratch.iterdir() if path.name != "config"]
    assert not left, f"left behind: {left}"


def seconds(program: list[str], env: dict[str, str]) -> float:
    """Return how long it takes to start the program and to prepare a call."""
    start = time.perf_counter()
    subprocess.run(
        [*program, "call", "GET", "people/@self", "--dry-run"],
        env=env, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return time.perf_counter() - start


def main() -> None:
    """Build the file named on the command line, try it, and print what it costs to start it."""
    archive = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as scratch:
        installed, tried = Path(scratch, "installed"), Path(scratch, "tried")
        tried.mkdir()
        install(installed)
        pack(installed, archive)
        packed = [sys.executable, str(archive)]
        try_out(packed, tried)
        env = os.environ | {"OOCLI_PORTAL": "docs.example.com", "OOCLI_TOKEN": "t" * 20}
        env |= {"PYTHONPATH": str(installed)}
        unpacked = [sys.executable, "-m", "oocli"]
        seconds(unpacked, env)
        bare = {name: value for name, value in env.items() if name != "PYTHONPATH"}
        ratios = [seconds(packed, bare) / seconds(unpacked, env) for _ in range(PAIRS)]
    print(f"{archive.name}: {archive.stat().st_size / 2**20:.1f} MiB")
    print(f"start: {statistics.median(ratios):.2f} times that of the installed program")


if __name__ == "__main__":
    main()
