"""The fixture for downloads."""

from __future__ import annotations

import pytest


@pytest.fixture
def get(oocli, either):
    """Run `files get` on a portal of each kind."""

    def run(*args, **how):
        return oocli("files", "get", *args, signed_in_to=either, **how)

    return run
