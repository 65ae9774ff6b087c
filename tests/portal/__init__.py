"""The demo portal for tests, with a log of requests, controls and scripted faults."""

from tests.portal import faults
from tests.portal.server import DemoPortal

__all__ = ["DemoPortal", "faults"]
