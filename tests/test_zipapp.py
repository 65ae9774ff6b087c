"""The single file `oocli.pyz`: its script builds and tests it, with the same bytes each time."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".github" / "build-zipapp.py"


@pytest.mark.slow
@pytest.mark.posix
def test_the_single_file_runs_is_reproducible_and_names_what_jq_needs(home, tmp_path):
    built = []
    for name in ("one.pyz", "two.pyz"):
        done = subprocess.run(
            [sys.executable, SCRIPT, tmp_path / name], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert f"{name}: " in done.stdout
        assert "times that of the installed program" in done.stdout
        built.append((tmp_path / name).read_bytes())

    assert built[0] == built[1]

    env = home.env | {"OOCLI_PORTAL": "https://127.0.0.1:1", "OOCLI_TOKEN": "t" * 20}
    call = ["-S", str(tmp_path / "one.pyz"), "call", "GET", "people", "--jq", "."]
    refused = subprocess.run(
        [sys.executable, *call], env={**env, "PYTHONPATH": ""}, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "jq library is not installed" in refused.stderr
