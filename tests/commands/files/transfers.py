"""What the tests of `oocli files` look up at the portal, in records and on disk."""

from __future__ import annotations

import json
import os

from tests.conftest import ENVIRONMENT

HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
MIB = 1 << 20


def content(portal, file):
    """Return the content of a file at the portal."""
    return bytes(portal.stored(file))


def writes(portal):
    """Return the method and path of each request that changes something."""
    return [request for request in portal.asked if request[0] != "GET"]


def requested_ranges(portal):
    """Return the ranges of all requests for contents, None for a whole file."""
    return [seen.header("Range") for seen in portal.requests if "filehandler" in seen.target]


def records(ran):
    """Return the records of a run, by the remote path."""
    return {record["path"]: record for record in map(json.loads, ran.stdout.splitlines())}


def parts(path):
    """Return the incomplete downloads below a folder."""
    return [found for found in path.rglob("*") if found.name.endswith(".part")]


def signed_in(portal, home):
    """Return the environment of a run that is signed in."""
    names = ("PATH", "LANG")
    return (
        {name: os.environ[name] for name in names if name in os.environ}
        | ENVIRONMENT
        | {
            "HOME": str(home),
            "OOCLI_CONFIG_DIR": str(home / "config"),
            "OOCLI_PORTAL": portal.origin,
            "OOCLI_TOKEN": portal.issue_token(),
        }
    )
