"""The main job with the real gnome-keyring: unlocked, locked, and absent."""

import json
import subprocess
import sys
import time
from contextlib import ExitStack
from threading import Thread

import pytest

from oocli.model.errors import Exit
from tests.portal import DemoPortal
from tests.waiting import ended

pytestmark = pytest.mark.keyring

SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
PATIENCE = 20  # seconds; a limit of 3 s for each step, on a machine that has other work


@pytest.fixture
def signed_in(keyring, either, sign_in):
    """A session whose keyring holds Ann's token for a portal."""
    ran = sign_in(either)
    assert (ran.exit, ran.stdout) == (Exit.DONE, b""), ran.stderr
    return keyring


def test_login_stores_the_bare_token_where_other_programs_find_it(keyring, either, sign_in, home):
    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (Exit.DONE, b"")
    assert keyring.looked_up(either.host) in either.live_sessions()
    credential = home.portals["portals"][either.host]["credential"]
    assert (credential["store"], credential["backend"]) == ("keyring", SECRET_SERVICE)


def test_no_file_of_oocli_holds_the_token(signed_in, either, home):
    token = signed_in.looked_up(either.host)

    files = {file.name: file.read_text() for file in home.config.rglob("*") if file.is_file()}

    assert "portals.json" in files
    assert [name for name, text in files.items() if token in text] == []


def test_call_sends_the_stored_token_and_jq_reads_its_answer(signed_in, either, home):
    pipe = 'set -o pipefail; "$0" -m oocli call GET /people/@self | jq -r .response.email'

    done = subprocess.run(
        ["bash", "-c", pipe, sys.executable],
        env=home.env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{either.user}\n", "")


def test_token_prints_what_secret_tool_prints(signed_in, either, oocli):
    ran = oocli("token")

    assert (ran.exit, ran.stderr) == (Exit.DONE, "")
    assert ran.stdout.decode() == signed_in.looked_up(either.host) + "\n"


def test_logout_removes_the_token_and_ends_it_at_the_portal(signed_in, either, oocli, home):
    token = signed_in.looked_up(either.host)
    assert either.is_live(token)

    ran = oocli("logout")

    assert (ran.exit, ran.stdout, ran.stderr) == (Exit.DONE, b"", f"{either.host}: signed out\n")
    assert signed_in.looked_up(either.host) == ""
    assert not either.is_live(token)
    assert "credential" not in home.portals["portals"][either.host]


def test_portals_remove_takes_the_token_out_of_the_keyring(signed_in, either, oocli):
    ran = oocli("portals", "remove", either.host)

    assert (ran.exit, ran.stdout) == (Exit.DONE, b"")
    assert signed_in.looked_up(either.host) == ""


def test_signing_in_again_replaces_the_token_and_ends_the_old_one(signed_in, either, sign_in):
    old = signed_in.looked_up(either.host)

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (Exit.DONE, b"")
    assert signed_in.looked_up(either.host) != old
    assert either.live_sessions() == [signed_in.looked_up(either.host)]


def test_a_token_removed_behind_our_back_is_a_sign_in_needed(signed_in, either, oocli):
    subprocess.run(
        ["secret-tool", "clear", "service", "oocli", "username", either.host],
        env=signed_in.env, check=True, timeout=60,
    )  # fmt: skip

    ran = oocli("call", "GET", "people/@self")

    assert (ran.exit, ran.stdout) == (Exit.SIGN_IN, b"")
    assert ran.stderr == (
        f"oocli: {either.host}: not signed in\nhint: oocli login --portal {either.host}\n"
    )


def test_many_logins_at_once_all_leave_their_token(keyring, sign_in, home):
    with ExitStack() as stack:
        portals = [stack.enter_context(DemoPortal(kind)) for kind in ("workspace", "docspace") * 4]
        runs = []
        threads = [
            Thread(target=lambda one=portal: runs.append(sign_in(one))) for portal in portals
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [(ran.exit, ran.stdout) for ran in runs] == [(Exit.DONE, b"")] * len(portals)
        assert sorted(home.portals["portals"]) == sorted(portal.host for portal in portals)
        assert [keyring.looked_up(portal.host) for portal in portals] == [
            portal.live_sessions()[0] for portal in portals
        ]


# Locked


def test_a_locked_keyring_stops_a_call_with_a_way_out(signed_in, either, oocli, locked):
    locked()
    seen = len(either.requests)

    ran = oocli("call", "GET", "people/@self")

    assert (ran.exit, ran.stdout) == (Exit.FAILURE, b"")
    assert ran.stderr == (
        "oocli: the keyring is locked\nhint: unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN\n"
    )
    assert len(either.requests) == seen


def test_a_locked_keyring_stops_a_login_before_anything_is_sent(
    keyring, locked, either, sign_in, home
):
    locked()

    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (Exit.FAILURE, b"")
    assert ran.stderr == (
        "oocli: the keyring is locked\nhint: unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN\n"
    )
    assert either.requests == []
    assert not (home.config / "portals.json").exists()


def test_a_dialog_that_nobody_answers_ends_after_three_seconds(signed_in, either, oocli, locked):
    signed_in.open_dialogs_that_nobody_answers()
    locked()
    began = time.monotonic()

    ran = oocli("call", "GET", "people/@self")

    assert 3 <= time.monotonic() - began < PATIENCE
    assert (ran.exit, ran.stdout) == (Exit.FAILURE, b"")
    assert ran.stderr == (
        "oocli: the keyring did not answer within 3 s; it may be waiting to be unlocked\n"
        "hint: unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN\n"
    )


def test_with_a_token_in_the_environment_a_locked_keyring_does_not_matter(
    signed_in, either, oocli, locked
):
    signed_in.open_dialogs_that_nobody_answers()
    locked()

    ran = oocli("call", "GET", "people/@self", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (Exit.DONE, "")
    assert ran.stdout == either.last_body + b"\n"


# Absent


@pytest.mark.parametrize("bus", ["a bus without a keyring", "no bus"])
def test_without_a_keyring_login_stops_before_it_asks_for_a_password(
    session, either, terminal, bus
):
    env = {} if bus != "no bus" else {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}

    handle = terminal("login", "--portal", either.origin, "--user", either.user, env=env)
    code, text = ended(handle)

    assert code == Exit.FAILURE
    assert text == (
        "oocli: this machine has no keyring that oocli can use\n"
        "hint: set OOCLI_PORTAL and OOCLI_TOKEN, or store the token in a 0600 file: "
        "oocli login --insecure-storage\n"
    )
    assert either.requests == []


def test_a_keyring_that_went_away_is_told_from_a_token_that_was_never_there(
    signed_in, either, oocli
):
    signed_in.stop_keyring()

    ran = oocli("call", "GET", "people/@self")

    assert (ran.exit, ran.stdout) == (Exit.FAILURE, b"")
    assert ran.stderr.startswith("oocli: this machine has no keyring that oocli can use\nhint: set")


# Which back end


def test_the_recorded_back_end_is_loaded_without_a_search_of_all(signed_in, home):
    program = (
        "import sys; from oocli.__main__ import main; ended = main(['token']); "
        "print(*sys.modules, file=sys.stderr); sys.exit(ended)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], env=home.env, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == Exit.DONE
    loaded = {module for module in done.stderr.split() if module.startswith("keyring.backends.")}
    always = {f"keyring.backends.{name}" for name in ("fail", "null", "chainer")}  # small ones
    assert loaded == {"keyring.backends.SecretService"} | always


def test_a_recorded_back_end_that_is_gone_is_found_anew(signed_in, either, oocli, home):
    file = home.config / "portals.json"
    file.write_text(file.read_text().replace(SECRET_SERVICE, "keyring.backends.gone.Keyring"))

    ran = oocli("token")

    assert (ran.exit, ran.stderr) == (Exit.DONE, "")
    assert ran.stdout.decode() == signed_in.looked_up(either.host) + "\n"


def test_keyrings_own_variable_decides_over_the_recorded_back_end(signed_in, either, oocli, home):
    (home.path / "keyring.json").write_text(json.dumps({f"oocli/{either.host}": "another-token"}))

    ran = oocli("token", env={"PYTHON_KEYRING_BACKEND": "backends.InFile"})

    assert (ran.exit, ran.stdout, ran.stderr) == (Exit.DONE, b"another-token\n", "")


def test_keyrings_own_file_decides_over_the_recorded_back_end(signed_in, either, oocli, home):
    (home.path / "keyring.json").write_text(json.dumps({f"oocli/{either.host}": "another-token"}))
    settings = home.path / ".config" / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text("[backend]\ndefault-keyring=backends.InFile\n")

    ran = oocli("token")

    assert (ran.exit, ran.stdout, ran.stderr) == (Exit.DONE, b"another-token\n", "")
