"""The back end of the keyring library: finds and checks it, and translates its errors.

This module imports keyring, which takes as long as the rest of a call and may block. So only
`KeyringStore` imports it, when the keyring is first used and within a time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import entry_points

from keyring import core, errors
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.util import platform_

from oocli.model.errors import NoSecureStore, OocliError, StorageError

SERVICE = "oocli"
# Windows stores at most 2560 bytes of UTF-16 in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE).
MAX_WINDOWS_LENGTH = 1280
_NO_KEYRING = "this machine has no keyring that oocli can use"


class Backend:
    """A back end that stores secrets: the one with the `recorded` class name, if there is one."""

    def __init__(self, recorded: str | None) -> None:
        with _translated("open"):
            self._backend = _find(recorded)
        self.name = _class_name(self._backend)

    def read(self, key: str) -> str | None:
        """Return the credential of the portal, or None. Raises `StorageError`."""
        with _translated("read"):
            return self._backend.get_password(SERVICE, key)

    def write(self, key: str, value: str) -> None:
        """Store the credential. Raises `StorageError`, or `NoSecureStore` if it is too long."""
        if len(value) > MAX_WINDOWS_LENGTH:
            from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415 - slow, and rare

            if isinstance(self._backend, WinVaultKeyring):
                raise NoSecureStore.because(
                    f"the credential has {len(value)} characters; "
                    f"Windows stores at most {MAX_WINDOWS_LENGTH}"
                )
        with _translated("write"):
            self._backend.set_password(SERVICE, key, value)

    def delete(self, key: str) -> None:
        """Remove the credential of the portal, which must exist. Raises `StorageError`."""
        with _translated("delete from"):
            self._backend.delete_password(SERVICE, key)


@contextmanager
def _translated(verb: str) -> Iterator[None]:
    """Raise the errors of keyring and its back ends as `StorageError`."""
    try:
        yield
    except OocliError:
        raise
    except errors.NoKeyringError as failure:
        raise NoSecureStore.because(_NO_KEYRING) from failure
    except Exception as failure:
        locked: tuple[type[Exception], ...] = (errors.KeyringLocked, errors.InitError)
        with suppress(ImportError):  # the library below keyring, only on Linux
            from secretstorage.exceptions import LockedException  # noqa: PLC0415

            locked = (*locked, LockedException)
        why, first = f"cannot {verb} the keyring: {failure or type(failure).__name__}", "repair it"
        if isinstance(failure, locked):
            why, first = "the keyring is locked", "unlock it"
        raise StorageError(why, hint=f"{first}, or set OOCLI_PORTAL and OOCLI_TOKEN") from failure


def _find(recorded: str | None) -> KeyringBackend:
    # The configuration file of keyring, if it exists, chooses the back end.
    if recorded and not (platform_.config_root() / "keyringrc.cfg").exists():
        with suppress(Exception):  # on any error, keyring searches for a back end
            if _is_backend_module(recorded.rpartition(".")[0]):
                return _secure(core.load_keyring(recorded))
    found = core.get_keyring()
    # A chain writes to its first member. The next run starts faster with that one.
    if isinstance(found, ChainerBackend):
        found = next(iter(found.backends), found)
    return _secure(found)


def _is_backend_module(name: str) -> bool:
    """Whether keyring contains a module, or a package has registered it as a back end.

    The name comes from a file, so no other module may be imported.
    """
    return re.fullmatch(r"keyring\.backends\.\w+", name) is not None or any(
        entry.module == name for entry in entry_points(group="keyring.backends")
    )


def _secure(backend: KeyringBackend) -> KeyringBackend:
    """Return the back end if it works here and stores secrets, else raise `NoSecureStore`.

    Reading its priority may block or fail, because a back end may ask its service for it.
    """
    if isinstance(backend, (fail.Keyring, null.Keyring)):
        raise NoSecureStore.because(_NO_KEYRING)
    name = _class_name(backend)
    # The plain-text files of other packages have a priority above 0, so their name is checked.
    if float(type(backend).priority) <= 0 or "plaintext" in name.lower():
        raise NoSecureStore.because(f"the keyring back end {name} does not store secrets")
    return backend


def _class_name(backend: KeyringBackend) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"
