"""A desktop session for a test: a session bus, with the real gnome-keyring or without one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LIMIT = 30
# This bus starts only the services of a test: neither the keyring of the distribution nor its
# dialogs.
_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={runtime}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# A dialog that opens and is never answered: its program starts and does nothing.
_DIALOG = """\
[D-BUS Service]
Name=org.gnome.keyring.SystemPrompter
Exec=/bin/sleep 20
"""


@dataclass
class Session:
    """One session bus in its own directories; a program with the variables `env` uses it."""

    path: Path
    env: dict[str, str]
    bus: subprocess.Popen[str]
    keyrings: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_keyring(self, *, unlocked: bool) -> None:
        """Start gnome-keyring and wait until the bus knows it."""
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
            + ["--unlock"] * unlocked,
            env=self.env, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.keyrings.append(daemon)
        assert daemon.stdin is not None
        daemon.stdin.write(b"the keyring's own password" if unlocked else b"")
        daemon.stdin.close()
        end = time.monotonic() + LIMIT
        while b"boolean true" not in self._asked_bus():
            assert daemon.poll() is None, "gnome-keyring ended"
            assert time.monotonic() < end, "gnome-keyring does not come up"
            time.sleep(0.05)

    def stop_keyring(self) -> None:
        """End the keyring; its content stays on disk, locked."""
        for daemon in self.keyrings:
            daemon.terminate()
            daemon.wait(LIMIT)
        self.keyrings.clear()

    def open_dialogs_that_nobody_answers(self) -> None:
        """Let a locked keyring open a dialog that nobody answers, as on an unattended desktop."""
        (self.path / "services" / "dialog.service").write_text(_DIALOG)

    def looked_up(self, host: str) -> str:
        """Return what `secret-tool` finds for a host, or an empty string."""
        found = subprocess.run(
            ["secret-tool", "lookup", "service", "oocli", "username", host],
            env=self.env, capture_output=True, text=True, timeout=LIMIT,
        )  # fmt: skip
        assert found.stderr == ""
        return found.stdout

    def _asked_bus(self) -> bytes:
        return subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
             "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
            env=self.env, capture_output=True, timeout=LIMIT,
        ).stdout  # fmt: skip

    def close(self) -> None:
        """End the keyring and the bus."""
        self.stop_keyring()
        assert self.bus.stdin is not None
        self.bus.stdin.close()
        self.bus.wait(LIMIT)


@pytest.fixture
def session(home) -> Iterator[Session]:
    """A session bus without a keyring on it; `home` sends its programs there."""
    # A path of a socket has room for 107 bytes; that of pytest's directories may be longer.
    path = Path(tempfile.mkdtemp(prefix="oocli-"))
    runtime, services, data = path / "run", path / "services", path / "data"
    for directory in (runtime, services, data):
        directory.mkdir(mode=0o700)
    (path / "bus.conf").write_text(_BUS.format(runtime=runtime, services=services))
    del home.env["PYTHON_KEYRING_BACKEND"]
    home.env |= {"XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(data)}
    # The keyring package leaves the socket of a locked keyring to the garbage collector.
    home.env["PYTHONWARNINGS"] = "error,ignore::ResourceWarning"
    bus = subprocess.Popen(
        ["dbus-run-session", f"--config-file={path / 'bus.conf'}", "--",
         "sh", "-c", 'printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
        env=home.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    home.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    made = Session(path, home.env, bus)
    try:
        yield made
    finally:
        made.close()
        bus.stdout.close()
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def keyring(session: Session) -> Session:
    """A session with the real gnome-keyring, unlocked."""
    session.start_keyring(unlocked=True)
    return session


@pytest.fixture
def locked(session: Session) -> Callable[[], None]:
    """Lock the keyring as a restart does: the content is there, but nobody unlocks it."""

    def lock() -> None:
        session.stop_keyring()
        session.start_keyring(unlocked=False)

    return lock
