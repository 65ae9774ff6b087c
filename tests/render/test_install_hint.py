"""The command that adds an extra fits the way in which oocli was installed."""

import sys

import pytest

from oocli.render.install_hint import install_command


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("pipx_metadata.json", "pipx inject oocli 'oocli[jq]'"),
        ("uv-receipt.toml", "uv tool install 'oocli[jq]'"),
        ("pyvenv.cfg", "pip install 'oocli[jq]'"),
    ],
)
def test_the_installers_own_file_tells_how_oocli_was_installed(
    mark, command, tmp_path, monkeypatch
):
    (tmp_path / mark).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))

    assert install_command("jq") == command
