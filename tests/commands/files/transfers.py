"""What the tests of `oocli files get` share."""

from __future__ import annotations

import json
import os

from tests.conftest import ENVIRONMENT

HANDLER = "/Products/Files/HttpHandlers/filehandler.ashx"
MIB = 1 << 20


def content(portal, file):
    """Return what the portal has in a file."""
    return bytes(portal.stored(file))


def contents_asked(portal):
    """Return the ranges of all requests for contents, None for a whole file."""
    return [seen.header("Range") for seen in portal.requests if "filehandler" in seen.target]


def records(ran):
    """Return the records of a run, by the remote path."""
    return {record["path"]: record for record in map(json.loads, ran.stdout.splitlines())}


def parts(path):
    """Return the parts of files below a folder."""
    return [found for found in path.rglob("*") if found.name.endswith(".part")]


def signed_in(portal, home, token=None):
    """Return the variables of a run that is signed in."""
    names = ("PATH", "LANG")
    return (
        {name: os.environ[name] for name in names if name in os.environ}
        | ENVIRONMENT
        | {
            "HOME": str(home),
            "OOCLI_CONFIG_DIR": str(home / "config"),
            "OOCLI_PORTAL": portal.origin,
            "OOCLI_TOKEN": token or portal.issue_token(),
        }
    )
