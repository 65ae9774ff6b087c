"""Where credentials are stored: the operating system's keyring, or a file of the user alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from oocli.config import private_file
from oocli.config.directories import Directories
from oocli.config.portals import PortalRecord
from oocli.config.settings import Settings
from oocli.model.errors import NoSecureStore, StorageError
from oocli.model.secret import CredentialSource, Secret
from oocli.model.times import StillRunning, run_with_timeout

if TYPE_CHECKING:
    from oocli.auth.keyring_backend import Backend

# The stores by the names that `portals.json` gives them.
STORE_SOURCES = {"keyring": CredentialSource.KEYRING, "file": CredentialSource.FILE}
STEP_LIMIT = 3.0  # seconds
_FILE_VERSION = 1
_T = TypeVar("_T")


class FileStore:
    """`credentials.json`: readable by its owner alone, checked each time it is used."""

    def __init__(self, directories: Directories) -> None:
        self._path = directories.credentials

    def read(self, key: str) -> Secret | None:
        """Return the portal's credential, None if there is none. Raises `StorageError`."""
        private_file.refuse_if_shared(self._path)
        tokens = private_file.read_object(self._path, _FILE_VERSION).get("tokens")
        value = tokens.get(key) if isinstance(tokens, dict) else None
        return Secret(value) if isinstance(value, str) and value else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the portal's credential."""
        private_file.refuse_if_shared(self._path)
        with private_file.changing(self._path, _FILE_VERSION) as data:
            private_file.member(data, "tokens", self._path)[key] = secret.reveal()

    def delete(self, key: str) -> bool:
        """Remove the portal's credential; return whether there was one."""
        if not self._path.exists():
            return False
        with private_file.changing(self._path, _FILE_VERSION) as data:
            tokens = private_file.member(data, "tokens", self._path)
            found: bool = tokens.pop(key, None) is not None
        return found


class KeyringStore:
    """The keyring of this session: one secret for each portal, service `oocli`, user name the host.

    `disabled` is OOCLI_NO_KEYRING. `recorded` names the back end that the sign-in used: it is
    loaded directly, unless `chosen_outside` says that keyring's own variable decides. A back end
    may wait for a person who is not there, so each step has three seconds.
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
        self._opened: Backend | None = None

    @property
    def backend_name(self) -> str:
        """The class of the back end in use, as `portals.json` records it."""
        return self._backend().name

    def check(self) -> None:
        """Raise `NoSecureStore` if nothing here keeps a secret, `StorageError` if it is locked.

        It reads an entry that need not exist, which a locked keyring refuses as any other.
        """
        self.read("oocli")

    def read(self, key: str) -> Secret | None:
        """Return the portal's credential, None if nothing is stored. Raises `StorageError`."""
        backend = self._backend()
        found = _in_time(lambda: backend.read(key))
        return Secret(found) if found else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the portal's credential, in place of one that was there."""
        backend = self._backend()
        _in_time(lambda: backend.write(key, secret.reveal()))
        if self.read(key) != secret:
            raise StorageError("the keyring did not store what was written")

    def delete(self, key: str) -> bool:
        """Remove the portal's credential; return whether there was one."""
        backend = self._backend()
        if self.read(key) is None:
            return False
        _in_time(lambda: backend.delete(key))
        return True

    def _backend(self) -> Backend:
        if self._disabled:
            raise NoSecureStore.because("OOCLI_NO_KEYRING is set: the keyring is not used")
        if self._opened is None:
            self._opened = _in_time(self._open)
        return self._opened

    def _open(self) -> Backend:
        # Importing keyring may block as well, so it happens in a step with a limit.
        from oocli.auth.keyring_backend import Backend  # noqa: PLC0415

        return Backend(self._recorded)


def _in_time(step: Callable[[], _T]) -> _T:
    """Run one step of the keyring. Raises `StorageError` where it takes more than three seconds."""
    try:
        return run_with_timeout(step, STEP_LIMIT)
    except StillRunning:
        raise StorageError(
            f"the keyring did not answer within {STEP_LIMIT:g} s; it may be waiting to be unlocked",
            hint="unlock it, or set OOCLI_PORTAL and OOCLI_TOKEN",
        ) from None


def keyring_store_for(settings: Settings, record: PortalRecord | None) -> KeyringStore:
    """Return the keyring as the settings and the portal's record want it opened."""
    return KeyringStore(
        disabled=settings.no_keyring,
        recorded=record.backend if record else None,
        chosen_outside=settings.keyring_chosen,
    )


def store_named(settings: Settings, record: PortalRecord, name: str) -> FileStore | KeyringStore:
    """Return the credential file, or the keyring as the portal's record wants it opened."""
    return (
        FileStore(settings.directories) if name == "file" else keyring_store_for(settings, record)
    )


def forget(settings: Settings, record: PortalRecord) -> None:
    """Remove what the stores hold for a portal."""
    for name in record.stores:
        try:
            store_named(settings, record, name).delete(record.key)
        except NoSecureStore:
            if not record.unfinished:
                raise


def stored_secrets(
    settings: Settings, record: PortalRecord
) -> list[tuple[CredentialSource, Secret]]:
    """Return what the stores hold for a portal, each with its store, unchecked."""
    found = []
    for name in record.stores:
        try:
            secret = store_named(settings, record, name).read(record.key)
        except NoSecureStore:
            if not record.unfinished:
                raise
            continue
        if secret:
            found.append((STORE_SOURCES[name], secret))
    return found
