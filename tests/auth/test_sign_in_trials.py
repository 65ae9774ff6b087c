"""Sign-ins that are interrupted at each of their steps, and sign-ins at the same time.

Afterwards, the record of an account never has the token of another one, and no session is open at
the portal without being stored here.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import PROGRAM
from tests.portal import faults
from tests.waiting import until

pytestmark = pytest.mark.posix
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Trial:
    """One home and one portal: the credentials stored here, and the sessions open there."""

    def __init__(self, home, portal, store, run_program):
        self.home, self.portal, self.run_program = home, portal, run_program
        self.options = ["--insecure-storage"] if store == "file" else []

    def run(self, *args, stdin="", fail_at=None):
        """Run the program; `fail_at` names the failure and the step. Return the exit code."""
        env = dict(self.home.env)
        if fail_at:
            env["OOCLI_TEST_IMPORT"] = "fail_at_step"
            env["OOCLI_TEST_FAIL_AT"] = f"{fail_at} {self.home.path / 'steps'}"
        code, _, stderr = self.run_program(
            args, env=env, cwd=self.home.path, stdin=stdin.encode(), timeout=120
        )
        assert b"bug in oocli" not in stderr and b"Traceback" not in stderr, stderr
        return code

    def login(self, user="user", *more, fail_at=None):
        """Sign in Ann (`user`) or Bob (`other_user`); return the exit code."""
        words, password = self.login_words(user)
        return self.run(*words, *more, stdin=password, fail_at=fail_at)

    def login_words(self, user="user"):
        """Return the command line of that sign-in, and its stdin."""
        password = getattr(self.portal, user.replace("user", "password"))
        words = ["login", "--portal", self.portal.origin, "--user", getattr(self.portal, user)]
        return [*words, "--password-stdin", *self.options], password

    def stored(self):
        """Return the stored tokens."""
        file = self.home.config / "credentials.json"
        tokens = json.loads(file.read_text())["tokens"] if file.exists() else {}
        return {*tokens.values(), *self.home.keyring.values()}

    def mismatches(self):
        """Return each stored token that belongs to another account than the record."""
        entry = self.home.portals["portals"].get(self.portal.host, {})
        stored = self.stored()
        if "store" not in entry.get("credential", {}):
            return []
        sessions = self.portal._state.sessions.all
        owners = [sessions[token].account.email for token in stored if token in sessions]
        named = entry["account"]["login"]
        return [f"{named} with a token of {owner}" for owner in owners if owner != named]

    def orphans(self):
        """Return the open sessions whose token is not stored."""
        return [token for token in self.portal.live_sessions() if token not in self.stored()]


@pytest.fixture
def trial_at(home, run_program):
    """Make a trial at a portal, with the credential in that store."""
    return lambda portal, store: Trial(home, portal, store, run_program)


def steps_of(trial, what, *more):
    """Return how many steps a second sign-in has."""
    assert trial.login() == 0
    assert trial.login("other_user", *more, fail_at=f"{what} 0") == 0
    return int((trial.home.path / "steps").read_text())


def problems_after(trial, what, number, *more):
    """Let Bob's sign-in, which replaces Ann's, fail at a step; return what is wrong afterwards."""
    assert trial.login() == 0
    ended = trial.login("other_user", *more, fail_at=f"{what} {number}")
    where = f"{what} at step {number} (exit {ended})"
    wrong = [f"{where}: {mismatch}" for mismatch in trial.mismatches()]
    stored = trial.stored()
    if what != "SIGKILL":  # which leaves a session open that is not yet stored
        wrong += [f"{where}: {len(trial.orphans())} sessions that are not stored"] * bool(
            trial.orphans()
        )
    else:
        for token in trial.orphans():
            trial.portal.revoke(token)
    # The next sign-in cleans up.
    assert trial.login() == 0
    wrong += [f"{where}: after the next: {mismatch}" for mismatch in trial.mismatches()]
    left = (stored - trial.stored()) & set(trial.portal.live_sessions())
    wrong += [f"{where}: {len(left)} stored sessions outlive the next sign-in"] * bool(left)
    wrong += [f"{where}: orphans after the next"] * bool(trial.orphans())
    return wrong


@pytest.mark.parametrize("what", ["SIGKILL", "SIGTERM", "EIO"])
def test_a_sign_in_that_fails_at_some_step_leaves_a_consistent_state(portal, what, trial_at):
    trial = trial_at(portal, "file")
    steps = steps_of(trial, what)
    selection = random.Random(what).sample(range(steps // 4, steps), 4)

    wrong = [text for number in selection for text in problems_after(trial, what, number)]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("store", ["file", "keyring"])
@pytest.mark.parametrize("what", ["SIGKILL", *SIGNALS, "EIO"])
def test_a_sign_in_that_fails_at_any_step_leaves_a_consistent_state(either, what, store, trial_at):
    trial = trial_at(either, store)

    each = 1 if store == "file" else 3  # the stores differ in few steps
    wrong = [
        text
        for number in range(1, steps_of(trial, what) + 1, each)
        for text in problems_after(trial, what, number)
    ]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("what", [*SIGNALS, "EIO"])
def test_a_failed_sign_in_leaves_no_api_key(docspace, what, trial_at):
    trial = trial_at(docspace, "file")
    for number in range(1, steps_of(trial, what, "--api-key") + 1):
        problems_after(trial, what, number, "--api-key")

        # The sign-in that followed holds a session, so no key may be left.
        assert [key["name"] for key in docspace.live_keys()] == [], number


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_while_the_answer_arrives_leaves_no_session(either, home, name, trial_at):
    trial = trial_at(either, "file")
    either.order("POST", "authentication", faults.Trickle(0.001))
    words, password = trial.login_words()
    child = subprocess.Popen(
        [*PROGRAM, *words], env=home.env, cwd=home.path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    child.stdin.write(password.encode())
    child.stdin.close()
    child.stdin = None
    until(
        lambda: any(method == "POST" and "authentication" in path for method, path in either.asked)
    )

    child.send_signal(getattr(signal, name))

    _, stderr = child.communicate(timeout=60)
    assert child.returncode in (129, 130, 143), stderr
    assert b"bug in oocli" not in stderr and b"Traceback" not in stderr, stderr
    assert either.live_sessions() == []
    assert not (home.config / "portals.json").exists()


def problems_after_race(trial, signs_out):
    """Run sign-ins of both accounts, or a sign-out too, at once; return what is wrong after."""
    runs = [trial.login, lambda: trial.login("other_user"), trial.login]
    if signs_out:
        runs[2] = lambda: trial.run("logout", "--portal", trial.portal.origin)
    with ThreadPoolExecutor(len(runs)) as threads:
        codes = list(threads.map(lambda run: run(), runs))
    wrong = [] if codes == [0] * len(runs) else [f"exit codes {codes}"]
    return wrong + trial.mismatches() + trial.orphans()


@pytest.mark.parametrize("signs_out", [False, True], ids=["sign-ins", "with a sign-out"])
def test_sign_ins_at_the_same_time_leave_one_session_and_its_record(portal, signs_out, trial_at):
    trial = trial_at(portal, "file")

    wrong = [text for _ in range(2) for text in problems_after_race(trial, signs_out)]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("store", ["file", "keyring"])
@pytest.mark.parametrize("signs_out", [False, True], ids=["sign-ins", "with a sign-out"])
def test_many_sign_ins_at_the_same_time_leave_one_session_and_its_record(
    either, signs_out, store, trial_at
):
    trial = trial_at(either, store)

    wrong = [text for _ in range(6) for text in problems_after_race(trial, signs_out)]

    assert wrong == []
