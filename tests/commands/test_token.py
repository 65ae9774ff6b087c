"""`oocli token`: the credential that `call` would send."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest


def test_token_prints_the_stored_credential_without_a_request(either, home, oocli, sign_in):
    sign_in(either)
    either.forget()

    ran = oocli("token")

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode() == home.keyring[f"oocli/{either.host}"] + "\n"
    assert either.requests == []


def test_a_variable_takes_precedence_over_the_store(either, oocli, sign_in):
    sign_in(either)

    ran = oocli("token", env={"OOCLI_PORTAL": either.origin, "OOCLI_TOKEN": " from-variable \n"})

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"from-variable\n", "")


def test_the_token_variable_takes_precedence_over_the_token_file(portal, home, oocli):
    (home.path / "token").write_text("from-file\n")
    both = {
        "OOCLI_PORTAL": portal.origin,
        "OOCLI_TOKEN": "from-variable",
        "OOCLI_TOKEN_FILE": str(home.path / "token"),
    }
    file_alone = {name: value for name, value in both.items() if name != "OOCLI_TOKEN"}

    first, second = oocli("token", env=both), oocli("token", env=file_alone)

    assert (first.exit, first.stdout) == (0, b"from-variable\n")
    assert (second.exit, second.stdout) == (0, b"from-file\n")


def test_token_exits_with_4_without_a_credential(portal, oocli, sign_in):
    sign_in(portal)
    oocli("logout")

    ran = oocli("token")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr == (
        f"oocli: {portal.host}: not signed in\nhint: oocli login --portal {portal.host}\n"
    )


def test_token_exits_with_4_without_a_known_portal(oocli):
    ran = oocli("token")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr.startswith("oocli: no portal is known\nhint: oocli login --portal ")


def test_token_exits_with_4_after_expiry_without_a_request(either, oocli, sign_in):
    past = (datetime.now(timezone.utc) - timedelta(minutes=1)).isoformat()
    either.answers(
        "POST", "authentication", response={"token": either.issue_token(), "expires": past}
    )
    sign_in(either)
    either.stop()

    ran = oocli("token")

    assert (ran.exit, ran.stdout) == (4, b"")
    assert ran.stderr.startswith(f"oocli: {either.host}: the sign-in expired at ")
    assert ran.stderr.endswith(f"hint: oocli login --portal {either.host}\n")


@pytest.mark.parametrize("flags", [("-v",), ("-vv",), ("--debug",)])
def test_the_token_never_reaches_stderr(either, home, oocli, sign_in, flags):
    sign_in(either)

    ran = oocli("token", *flags)

    assert ran.exit == 0
    assert home.keyring[f"oocli/{either.host}"] not in ran.stderr
