"""The operating system's keyring: one secret for each portal, service `oocli`, name the host.

Loading keyring and waking its back end costs as much as the rest of a call, so it happens here,
on the first look for a stored credential, and never with OOCLI_TOKEN. A back end may also wait for
a person who is not there; each step has three seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from oocli.model.bounded import StillRunning, run_bounded
from oocli.model.errors import NoSecureStore, OocliError, StorageError
from oocli.model.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "oocli"
LIMIT = 3.0  # seconds for each step
# Windows keeps at most 2560 bytes of UTF-16 in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE).
WINDOWS_LIMIT = 1280
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
        limit: float = LIMIT,
    ) -> None:
        self._disabled = disabled
        self._recorded = None if chosen_outside else recorded
        self._limit = limit
        self._backend: KeyringBackend | None = None

    @property
    def backend_name(self) -> str:
        """The class of the back end in use, as `portals.json` records it."""
        kind = type(self._open())
        return f"{kind.__module__}.{kind.__qualname__}"

    def check(self) -> None:
        """Raise `NoSecureStore` if nothing here keeps a secret, `StorageError` if it is locked.

        It looks for an entry that need not be there: that takes an open keyring as any other.
        """
        self.read(SERVICE)

    def read(self, key: str) -> Secret | None:
        """Return the portal's credential, None if nothing is stored. Raises `StorageError`."""
        backend = self._open()
        found = self._bounded(lambda: backend.get_password(SERVICE, key), "read")
        return Secret(found) if found else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the portal's credential, in place of one that was there."""
        backend = self._open()
        value = secret.reveal()
        if type(backend).__module__ == "keyring.backends.Windows" and len(value) > WINDOWS_LIMIT:
            raise NoSecureStore.because(
                f"the credential has {len(value)} characters; Windows keeps at most {WINDOWS_LIMIT}"
            )
        self._bounded(lambda: backend.set_password(SERVICE, key, value), "write")
        if self.read(key) != secret:
            raise StorageError("the keyring did not keep what was written")

    def delete(self, key: str) -> bool:
        """Remove the portal's credential; return whether there was one."""
        backend = self._open()
        if not self._bounded(lambda: backend.get_password(SERVICE, key), "read"):
            return False
        self._bounded(lambda: backend.delete_password(SERVICE, key), "delete from")
        return True

    def _open(self) -> KeyringBackend:
        if self._disabled:
            raise NoSecureStore.because("OOCLI_NO_KEYRING is set: the keyring is not used")
        if self._backend is None:
            self._backend = self._bounded(self._load, "open")
        return self._backend

    def _load(self) -> KeyringBackend:
        # Not at the top: see above.
        from keyring import core  # noqa: PLC0415

        if self._recorded and not _configured():
            try:
                return _secure(_made(self._recorded))
            except Exception:  # noqa: S110 - whatever it is, keyring's own search goes on
                pass
        found = core.get_keyring()
        # A chain writes to its first member; recording that one makes the next run start faster.
        members = list(getattr(found, "backends", ()))
        return _secure(
            members[0] if type(found).__name__ == "ChainerBackend" and members else found
        )

    def _bounded(self, work: Callable[[], _T], verb: str) -> _T:
        try:
            return run_bounded(work, self._limit)
        except StillRunning:
            raise StorageError(
                f"the keyring did not answer within {self._limit:g} s; it may wait to be unlocked",
                hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN",
            ) from None
        except BaseException as failure:
            raise _explained(failure, verb) from failure


def _configured() -> bool:
    """Whether keyring's own configuration file decides on the back end."""
    from keyring.util import platform_  # noqa: PLC0415

    return bool((platform_.config_root() / "keyringrc.cfg").exists())


def _made(name: str) -> KeyringBackend:
    """Return the back end with this class name. Raises `ValueError` for any other class.

    The name comes from a file: only modules of keyring, and those that a package has registered
    as back ends, are imported, and only back ends are called.
    """
    from keyring.backend import KeyringBackend  # noqa: PLC0415

    module, _, kind = name.rpartition(".")
    if not (re.fullmatch(r"keyring\.backends\.\w+", module) or _is_registered(module)):
        raise ValueError(f"{module} is not a module of keyring back ends")
    found = getattr(import_module(module), kind)
    if not (isinstance(found, type) and issubclass(found, KeyringBackend)):
        raise ValueError(f"{name} is not a keyring back end")
    return found()


def _is_registered(module: str) -> bool:
    from importlib.metadata import entry_points  # noqa: PLC0415 - for other packages alone

    return any(entry.module == module for entry in entry_points(group="keyring.backends"))


def _secure(backend: KeyringBackend) -> KeyringBackend:
    """Return a back end that works here and keeps secrets. Raises `NoSecureStore`.

    Its priority is no mere number: a back end asks its service for it, and may wait or fail.
    """
    kind = type(backend)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if kind.__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        raise NoSecureStore.because("this machine has no keyring that oocli can use")
    if float(kind.priority) <= 0 or "plaintext" in name.lower():
        raise NoSecureStore.because(f"the keyring back end {name} does not keep secrets")
    return backend


def _explained(failure: BaseException, verb: str) -> OocliError:
    if isinstance(failure, OocliError):
        return failure
    if isinstance(failure, (KeyboardInterrupt, SystemExit)):
        raise failure
    name = type(failure).__name__
    if name == "NoKeyringError":
        return NoSecureStore.because("this machine has no keyring that oocli can use")
    if name in ("KeyringLocked", "InitError", "LockedException") or "locked" in str(failure):
        return StorageError(
            "the keyring is locked", hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN"
        )
    text = str(failure) or name
    return StorageError(
        f"cannot {verb} the keyring: {text}",
        hint="repair it, or set OOCLI_PORTAL and OOCLI_TOKEN",
    )
