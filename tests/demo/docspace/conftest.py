"""A DocSpace portal."""

import pytest

from tests.portal import DemoPortal


@pytest.fixture
def portal(clock):
    """A running DocSpace portal."""
    with DemoPortal("docspace", clock=clock) as running:
        yield running
