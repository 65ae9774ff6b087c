"""Where things are kept."""

from __future__ import annotations

import pytest


def files_below(path):
    """Return every file below a path, locks left out."""
    return sorted(
        str(found.relative_to(path))
        for found in path.rglob("*")
        if found.is_file() and found.suffix != ".lock" and ".cache" not in found.parts
    )


@pytest.mark.posix
def test_without_our_variable_the_systems_own_place_is_used(portal, home, sign_in):
    del home.env["OOCLI_CONFIG_DIR"]

    ran = sign_in(portal, env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert ran.exit == 0
    assert files_below(home.path) == ["keyring.json", "xdg/oocli/portals.json"]


def test_our_variable_moves_everything_below_it(portal, home, sign_in):
    ran = sign_in(portal, "--insecure-storage", env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert ran.exit == 0
    assert files_below(home.path) == ["config/credentials.json", "config/portals.json"]


@pytest.mark.parametrize("given", ["relative/place", "~/relative/place"])
def test_our_variable_may_be_relative_or_begin_with_a_tilde(portal, home, sign_in, given):
    ran = sign_in(portal, env={"OOCLI_CONFIG_DIR": given})

    assert ran.exit == 0
    assert (home.path / "relative" / "place" / "portals.json").exists()


def test_a_run_that_keeps_nothing_leaves_no_file_behind(portal, home, oocli):
    for args in (["call", "GET", "people/@self"], ["whoami"], ["token"], ["portals"]):
        assert oocli(*args, signed_in_to=portal).exit == 0

    assert files_below(home.path) == []
    assert not home.config.exists()
