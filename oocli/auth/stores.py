"""The stores of credentials: the keyring of the operating system, and a private file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from oocli.config import private_file
from oocli.config.environment import Directories
from oocli.config.portals import PortalRecord
from oocli.config.settings import Settings
from oocli.model.errors import NoSecureStore, StorageError
from oocli.model.secret import CredentialSource, Secret
from oocli.model.times import StillRunning, run_with_timeout

if TYPE_CHECKING:
    from oocli.auth.keyring_backend import Backend

# The stores, by the names that `portals.json` uses.
STORE_SOURCES = {"keyring": CredentialSource.KEYRING, "file": CredentialSource.FILE}
STEP_LIMIT = 3.0  # seconds
_FILE_VERSION = 1
_T = TypeVar("_T")


class FileStore:
    """The file `credentials.json`. Each access checks that only its owner can read it."""

    def __init__(self, directories: Directories) -> None:
        self._path = directories.credentials

    def read(self, key: str) -> Secret | None:
        """Return the credential of the portal with this key, or None. Raises `StorageError`."""
        private_file.refuse_if_shared(self._path)
        tokens = private_file.read_object(self._path, _FILE_VERSION).get("tokens")
        value = tokens.get(key) if isinstance(tokens, dict) else None
        return Secret(value) if isinstance(value, str) and value else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the credential of the portal. Raises `StorageError`."""
        private_file.refuse_if_shared(self._path)
        with private_file.changing(self._path, _FILE_VERSION) as data:
            private_file.member(data, "tokens", self._path)[key] = secret.reveal()

    def delete(self, key: str) -> None:
        """Remove the credential of the portal, if there is one. Raises `StorageError`."""
        if self._path.exists():
            with private_file.changing(self._path, _FILE_VERSION) as data:
                private_file.member(data, "tokens", self._path).pop(key, None)


class KeyringStore:
    """The keyring of this session: one secret per portal, with service `oocli` and the key as user.

    The back end that the record names is loaded directly, unless the variable of the keyring
    library chooses one. Each step is limited to three seconds, because a back end may wait for
    somebody to unlock it.
    """

    def __init__(self, settings: Settings, record: PortalRecord | None) -> None:
        self._is_disabled = settings.no_keyring
        self._recorded = record.backend if record and not settings.keyring_chosen else None

    @property
    def backend_name(self) -> str:
        """The class of the back end in use, as `portals.json` records it."""
        return self._backend.name

    def check(self) -> None:
        """Raise `NoSecureStore` if no keyring stores secrets here, `StorageError` if it is locked.

        It reads an entry that need not exist: a locked keyring refuses that too.
        """
        self.read("oocli")

    def read(self, key: str) -> Secret | None:
        """Return the credential of the portal with this key, or None. Raises `StorageError`."""
        found = _in_time(partial(self._backend.read, key))
        return Secret(found) if found else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the credential of the portal, in place of an earlier one. Raises `StorageError`."""
        _in_time(partial(self._backend.write, key, secret.reveal()))
        if self.read(key) != secret:
            raise StorageError("the keyring did not store what was written")

    def delete(self, key: str) -> None:
        """Remove the credential of the portal, if there is one. Raises `StorageError`."""
        if self.read(key) is not None:
            _in_time(partial(self._backend.delete, key))

    @cached_property
    def _backend(self) -> Backend:
        if self._is_disabled:
            raise NoSecureStore.because("OOCLI_NO_KEYRING is set: the keyring is not used")
        return _in_time(self._open)

    def _open(self) -> Backend:
        # The import of keyring may block as well, so it happens within the time limit.
        from oocli.auth.keyring_backend import Backend  # noqa: PLC0415

        return Backend(self._recorded)


def _in_time(step: Callable[[], _T]) -> _T:
    """Run one step of the keyring. Raises `StorageError` if it takes more than three seconds."""
    try:
        return run_with_timeout(step, STEP_LIMIT)
    except StillRunning:
        raise StorageError(
            f"the keyring did not answer within {STEP_LIMIT:g} s; it may be waiting to be unlocked",
            hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN",
        ) from None


def store_named(settings: Settings, record: PortalRecord, name: str) -> FileStore | KeyringStore:
    """Return the store `file` or `keyring` for the portal of this record."""
    return FileStore(settings.directories) if name == "file" else KeyringStore(settings, record)


def forget(settings: Settings, record: PortalRecord) -> None:
    """Remove the credentials of a portal from its stores. Raises `StorageError`."""
    for name in record.stores:
        with _optional_keyring(record):
            store_named(settings, record, name).delete(record.key)


def stored_secrets(
    settings: Settings, record: PortalRecord
) -> list[tuple[CredentialSource, Secret]]:
    """Return the stored credentials of a portal, unchecked. Raises `StorageError`."""
    found = []
    for name in record.stores:
        with _optional_keyring(record):
            secret = store_named(settings, record, name).read(record.key)
            if secret:
                found.append((STORE_SOURCES[name], secret))
    return found


def _optional_keyring(record: PortalRecord) -> suppress | nullcontext[None]:
    """Suppress `NoSecureStore` if it is not known which store holds the credential."""
    return suppress(NoSecureStore) if record.unfinished else nullcontext()
