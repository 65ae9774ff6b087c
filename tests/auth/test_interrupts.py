"""Signals that are delayed while a block runs."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from oocli.auth.interrupts import delayed_signals

pytestmark = pytest.mark.posix


class Stopped(Exception):
    """What the handlers of these tests raise."""


@pytest.fixture(autouse=True)
def handlers():
    """Let SIGINT and SIGTERM raise `Stopped`, whatever was there before."""

    def stop(number, _):
        raise Stopped(signal.Signals(number).name)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    yield stop
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_is_delivered_after_the_block_and_the_handlers_are_restored(handlers):
    done = []
    with pytest.raises(Stopped, match="SIGTERM"), delayed_signals(5):
        signal.raise_signal(signal.SIGTERM)
        done.append(True)

    assert done
    assert signal.getsignal(signal.SIGTERM) is handlers
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_without_a_signal_the_handlers_are_restored(handlers):
    with delayed_signals(5):
        pass

    assert signal.getsignal(signal.SIGINT) is handlers


def test_a_second_sigint_interrupts_the_block():
    done = []
    with pytest.raises(Stopped, match="SIGINT"), delayed_signals(5):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append(True)

    assert not done


def test_a_signal_interrupts_a_block_that_exceeds_the_limit():
    start = time.monotonic()
    with pytest.raises(Stopped, match="SIGTERM"), delayed_signals(0.1):
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        time.sleep(20)

    assert time.monotonic() - start < 10


def test_an_error_in_the_block_does_not_hide_the_signal():
    with pytest.raises(Stopped), delayed_signals(5):
        signal.raise_signal(signal.SIGINT)
        raise ValueError


def test_an_ignored_signal_stays_ignored():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with delayed_signals(5):
        signal.raise_signal(signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def test_another_thread_replaces_no_handler():
    found = []

    def work():
        with delayed_signals(5):
            found.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == [before]
