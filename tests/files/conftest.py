"""Trees of demo portals."""

from __future__ import annotations

import pytest

from oocli.client.portal import PortalClient
from oocli.files.tree import Tree
from oocli.model.address import PortalAddress
from oocli.model.secret import Credential, CredentialSource


@pytest.fixture
def tree_of():
    """Return a function that opens the tree of a demo portal as Ann; its kind is not known yet."""
    opened = []

    def make(portal):
        credential = Credential.of(portal.issue_token(), CredentialSource.ARGUMENT)
        client = PortalClient(PortalAddress.parse(portal.origin), credential=credential)
        opened.append(client)
        return Tree(client)

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def tree(either, tree_of):
    """The tree of a portal of each kind in turn."""
    return tree_of(either)
