"""How long a sign-in lasts: a note in its last day, and no request after its end."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone

import pytest

from tests.portal import DemoPortal


def sign_in_until(home, portal, sign_in, expires, clock_offset=0.0):
    """Sign in, and replace the end in the record; return the number of requests so far."""
    assert sign_in(portal, "--insecure-storage").exit == 0
    file = home.config / "portals.json"
    data = json.loads(file.read_text())
    record = data["portals"][portal.host]
    record["credential"]["expires"] = expires
    if clock_offset:
        record["clock_offset"] = clock_offset
    file.write_text(json.dumps(data))
    return len(portal.requests)


def timestamp_in(seconds, form):
    """Return a moment in so many seconds, in the format of Workspace ("offset") or DocSpace."""
    moment = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    if form == "offset":
        moment = moment.astimezone(timezone(timedelta(hours=3)))
        return moment.strftime("%Y-%m-%dT%H:%M:%S.1234567+03:00")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.12Z")


@pytest.mark.parametrize("form", ["offset", "Z"])
def test_an_expired_sign_in_sends_no_request(home, portal, oocli, sign_in, form):
    before = sign_in_until(home, portal, sign_in, timestamp_in(-60, form))

    ran = oocli("call", "GET", "people/@self")

    assert ran.exit == 4
    assert f"{portal.host}: the sign-in expired at" in ran.stderr
    assert f"hint: oocli login --portal {portal.host}" in ran.stderr
    assert len(portal.requests) == before


@pytest.mark.parametrize("form", ["offset", "Z"])
def test_a_note_warns_in_the_last_day_of_a_sign_in(home, portal, oocli, sign_in, form):
    sign_in_until(home, portal, sign_in, timestamp_in(3 * 3600 + 30, form))

    ran = oocli("call", "GET", "people/@self")
    quiet = oocli("call", "GET", "people/@self", "-q")

    assert ran.exit == 0
    assert "the sign-in expires in 3 h" in ran.stderr
    assert (quiet.exit, quiet.stderr) == (0, "")


@pytest.mark.parametrize("expires", ["0001-01-01T00:00:00", "", "nonsense"])
def test_a_sign_in_without_a_valid_end_neither_warns_nor_expires(
    home, portal, oocli, sign_in, expires
):
    sign_in_until(home, portal, sign_in, expires)

    ran = oocli("call", "GET", "people/@self")

    assert (ran.exit, ran.stderr) == (0, "")


def test_the_clock_of_the_portal_decides_whether_a_sign_in_has_expired(
    home, portal, oocli, sign_in
):
    # By the local clock the sign-in ended an hour ago; the portal's clock is two hours behind.
    sign_in_until(home, portal, sign_in, timestamp_in(-3600, "Z"), clock_offset=-7200)

    ran = oocli("call", "GET", "people/@self")

    assert ran.exit == 0
    assert "the sign-in expires in" in ran.stderr


def test_a_sign_in_records_the_clock_offset_from_the_date_header(home, sign_in):
    with DemoPortal("docspace", clock=lambda: time.time() - 7200) as portal:
        ran = sign_in(portal)

    assert ran.exit == 0, ran.stderr
    assert abs(home.portals["portals"][portal.host]["clock_offset"] + 7200) <= 5


def test_a_refused_credential_is_named_with_its_source(portal, oocli, sign_in):
    sign_in(portal)
    for token in portal.live_sessions():
        portal.revoke(token)

    stored = oocli("call", "GET", "people/@self")
    given = oocli(
        "call", "GET", "people/@self",
        env={"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": "dead-token-of-a-script"},
    )  # fmt: skip

    assert stored.exit == given.exit == 4
    assert "the session token from keyring was refused" in stored.stderr
    assert "the session token from OOCLI_TOKEN was refused" in given.stderr
    assert "--print-token" in given.stderr
