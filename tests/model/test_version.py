"""The commands that install an extra or update oocli."""

import sys

import pytest

from oocli.model.version import install_command, update_command


@pytest.mark.parametrize(
    ("marker", "install", "update"),
    [
        ("pipx_metadata.json", "pipx inject oocli 'oocli[jq]'", "pipx upgrade oocli"),
        ("uv-receipt.toml", "uv tool install 'oocli[jq]'", "uv tool upgrade oocli"),
        ("pyvenv.cfg", "pip install 'oocli[jq]'", "pip install --upgrade oocli"),
    ],
)
def test_the_commands_match_the_installer_of_oocli(marker, install, update, tmp_path, monkeypatch):
    (tmp_path / marker).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))

    assert (install_command("jq"), update_command()) == (install, update)
