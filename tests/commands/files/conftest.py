"""Fixtures for downloads, and a check of every transfer."""

from __future__ import annotations

import pytest


@pytest.fixture
def get(oocli, either):
    """Run `files get` on a portal of each kind."""

    def run(*args, **how):
        return oocli("files", "get", *args, signed_in_to=either, **how)

    return run


@pytest.fixture(autouse=True)
def no_transfer_deletes_at_the_portal(request):
    """After each test of `get` and `put`, look at every request: none may delete anything."""
    names = {"either", "portal", "workspace", "docspace"} & set(request.fixturenames)
    portals = [request.getfixturevalue(name) for name in names]
    yield
    if request.path.name.startswith(("test_get", "test_put")):
        asked = [line for portal in portals for line in portal.asked]
        assert [line for line in asked if line[0] == "DELETE" or "delete" in line[1]] == []
