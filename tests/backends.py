"""Keyring back ends for tests, selected by the variable PYTHON_KEYRING_BACKEND of keyring."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.backends.Windows import WinVaultKeyring
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError


class InFile(KeyringBackend):
    """A working keyring in the file that OOCLI_TEST_KEYRING names, which tests can read."""

    priority = 5  # the highest, so keyring's own search finds this one

    @property
    def _path(self) -> Path:
        return Path(os.environ["OOCLI_TEST_KEYRING"])

    def _all(self) -> dict[str, str]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._all() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        found = self._all()
        if found.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("no such password")
        self._write(found)

    def _write(self, found: dict[str, str]) -> None:
        # Atomic, as in a real keyring: other processes read meanwhile.
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        temporary.write_text(json.dumps(found))
        temporary.replace(self._path)


class Locked(InFile):
    """A keyring that stays locked."""

    priority = 4

    def get_password(self, service: str, username: str, *_: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    set_password = delete_password = get_password  # type: ignore[assignment]


class Broken(InFile):
    """A keyring whose service does not answer."""

    priority = 4

    def get_password(self, service: str, username: str) -> str | None:
        raise InitError("Failed to create the collection: Prompt dismissed..")


class Slow(InFile):
    """A keyring that shows a dialog which nobody answers."""

    priority = 4

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(30)
        return None


class ReadOnly(InFile):
    """A keyring that stores nothing."""

    priority = 4

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("the vault is full")


class Plaintext(InFile):
    """A keyring that does not protect secrets."""

    priority = 0


class PlaintextKeyring(InFile):
    """A keyring with the name that a well-known package gives its unencrypted file."""

    priority = 0.5


class Small(InFile, WinVaultKeyring):
    """A keyring with the size limit of Windows."""

    priority = 4


def call() -> None:
    """End the run: this is not a back end, so nothing may call it."""
    os._exit(99)
