"""Commands for extras and updates fit the way in which oocli was installed."""

import sys

import pytest

from oocli.model.version import install_command, update_command


@pytest.mark.parametrize(
    ("mark", "install", "update"),
    [
        ("pipx_metadata.json", "pipx inject oocli 'oocli[jq]'", "pipx upgrade oocli"),
        ("uv-receipt.toml", "uv tool install 'oocli[jq]'", "uv tool upgrade oocli"),
        ("pyvenv.cfg", "pip install 'oocli[jq]'", "pip install --upgrade oocli"),
    ],
)
def test_the_installers_own_file_tells_how_oocli_was_installed(
    mark, install, update, tmp_path, monkeypatch
):
    (tmp_path / mark).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))

    assert (install_command("jq"), update_command()) == (install, update)
