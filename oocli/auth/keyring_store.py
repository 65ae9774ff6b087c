"""The operating system's keyring: one secret for each portal, service `oocli`, user name the host.

Importing keyring and starting its back end takes as long as the rest of a call, so both happen at
the first look for a stored credential, and never with OOCLI_TOKEN. A back end may also wait for a
person who is not there; each step has three seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from oocli.model.bounded import StillRunning, run_bounded
from oocli.model.errors import NoSecureStore, OocliError, StorageError
from oocli.model.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "oocli"
STEP_LIMIT = 3.0  # seconds
# Windows stores at most 2560 bytes of UTF-16 in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE).
MAX_WINDOWS_LENGTH = 1280
_NO_KEYRING = "this machine has no keyring that oocli can use"
_T = TypeVar("_T")


class KeyringStore:
    """The keyring of this session.

    `disabled` is OOCLI_NO_KEYRING. `recorded` names the back end that the sign-in used: it is
    loaded directly, unless `chosen_outside` says that keyring's own variable decides.
    """

    def __init__(
        self,
        *,
        disabled: bool = False,
        recorded: str | None = None,
        chosen_outside: bool = False,
    ) -> None:
        self._disabled = disabled
        self._recorded = None if chosen_outside else recorded
        self._backend: KeyringBackend | None = None

    @property
    def backend_name(self) -> str:
        """The class of the back end in use, as `portals.json` records it."""
        return _class_name(self._open())

    def check(self) -> None:
        """Raise `NoSecureStore` if nothing here keeps a secret, `StorageError` if it is locked.

        It reads an entry that need not exist, which a locked keyring refuses as any other.
        """
        self.read(SERVICE)

    def read(self, key: str) -> Secret | None:
        """Return the portal's credential, None if nothing is stored. Raises `StorageError`."""
        backend = self._open()
        found = _step(lambda: backend.get_password(SERVICE, key), "read")
        return Secret(found) if found else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the portal's credential, in place of one that was there."""
        backend = self._open()
        value = secret.reveal()
        if len(value) > MAX_WINDOWS_LENGTH:
            from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415

            if isinstance(backend, WinVaultKeyring):
                raise NoSecureStore.because(
                    f"the credential has {len(value)} characters; "
                    f"Windows stores at most {MAX_WINDOWS_LENGTH}"
                )
        _step(lambda: backend.set_password(SERVICE, key, value), "write")
        if self.read(key) != secret:
            raise StorageError("the keyring did not store what was written")

    def delete(self, key: str) -> bool:
        """Remove the portal's credential; return whether there was one."""
        backend = self._open()
        if self.read(key) is None:
            return False
        _step(lambda: backend.delete_password(SERVICE, key), "delete from")
        return True

    def _open(self) -> KeyringBackend:
        if self._disabled:
            raise NoSecureStore.because("OOCLI_NO_KEYRING is set: the keyring is not used")
        if self._backend is None:
            self._backend = _step(self._load, "open")
        return self._backend

    def _load(self) -> KeyringBackend:
        # The first import of keyring must stand in a function that `_step` runs: importing it or a
        # back end may block, and only a step has a time limit. Other imports here come later.
        from keyring import core  # noqa: PLC0415
        from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415
        from keyring.util import platform_  # noqa: PLC0415

        # Where keyring's own configuration file chooses a back end, that one is used.
        if self._recorded and not (platform_.config_root() / "keyringrc.cfg").exists():
            with suppress(Exception):  # whatever it is, keyring's own search goes on
                return _secure(_recorded_backend(self._recorded))
        found = core.get_keyring()
        # A chain writes to its first member; recording that one makes the next run start faster.
        if isinstance(found, ChainerBackend):
            found = next(iter(found.backends), found)
        return _secure(found)


def _step(work: Callable[[], _T], verb: str) -> _T:
    """Run one step of the keyring, within its limit; raise its failures as errors of ours."""
    try:
        return run_bounded(work, STEP_LIMIT)
    except OocliError:
        raise
    except StillRunning:
        raise StorageError(
            f"the keyring did not answer within {STEP_LIMIT:g} s; it may be waiting to be unlocked",
            hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN",
        ) from None
    except Exception as failure:
        raise _translated(failure, verb) from failure


def _translated(failure: Exception, verb: str) -> OocliError:
    from keyring import errors  # noqa: PLC0415 - loaded already, or it would not have failed

    if isinstance(failure, errors.NoKeyringError):
        return NoSecureStore.because(_NO_KEYRING)
    if isinstance(failure, (errors.KeyringLocked, errors.InitError)) or _is_secret_service_lock(
        failure
    ):
        return StorageError(
            "the keyring is locked", hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN"
        )
    return StorageError(
        f"cannot {verb} the keyring: {failure or type(failure).__name__}",
        hint="repair it, or set OOCLI_PORTAL and OOCLI_TOKEN",
    )


def _is_secret_service_lock(failure: Exception) -> bool:
    """Whether it is the error of the library below keyring's back end on Linux."""
    try:
        from secretstorage.exceptions import LockedException  # noqa: PLC0415 - only on Linux
    except ImportError:
        return False
    return isinstance(failure, LockedException)


def _recorded_backend(name: str) -> KeyringBackend:
    """Return the back end with this class name. Raises `ValueError` for any other class.

    The name comes from a file: only modules of keyring, and those that a package has registered
    as back ends, are imported, and only back ends are called.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - for other packages alone

    from keyring.backend import KeyringBackend  # noqa: PLC0415

    module, _, kind = name.rpartition(".")
    if not re.fullmatch(r"keyring\.backends\.\w+", module) and not any(
        entry.module == module for entry in entry_points(group="keyring.backends")
    ):
        raise ValueError(f"{module} is not a module of keyring back ends")
    found = getattr(import_module(module), kind)
    if not (isinstance(found, type) and issubclass(found, KeyringBackend)):
        raise ValueError(f"{name} is not a keyring back end")
    return found()


def _secure(backend: KeyringBackend) -> KeyringBackend:
    """Return a back end that works here and keeps secrets. Raises `NoSecureStore`.

    Its priority is no mere number: a back end asks its service for it, and may wait or fail.
    """
    from keyring.backends import fail, null  # noqa: PLC0415

    if isinstance(backend, (fail.Keyring, null.Keyring)):
        raise NoSecureStore.because(_NO_KEYRING)
    name = _class_name(backend)
    # The plain files of other packages claim a priority above 0, so only their name tells.
    if float(type(backend).priority) <= 0 or "plaintext" in name.lower():
        raise NoSecureStore.because(f"the keyring back end {name} does not store secrets")
    return backend


def _class_name(backend: KeyringBackend) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"
