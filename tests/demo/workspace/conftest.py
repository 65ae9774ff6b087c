"""A Workspace portal."""

import pytest

from tests.portal import DemoPortal


@pytest.fixture
def portal(clock):
    """A running Workspace portal."""
    with DemoPortal("workspace", clock=clock) as running:
        yield running
