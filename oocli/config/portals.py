"""The known portals, which `portals.json` records, and the choice of one. No secrets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import quote

from oocli.config import private_file
from oocli.config.environment import Directories
from oocli.config.settings import Settings
from oocli.model.address import PortalAddress
from oocli.model.errors import NotFound, OocliError, SignInNeeded, StorageError, UsageError
from oocli.model.kinds import UNKNOWN, Kind, kind_named
from oocli.model.times import MAX_CLOCK_OFFSET

VERSION = 1
LOCK_LIMIT = 60.0  # seconds to wait while another oocli signs in or out


class PortalError(OocliError):
    """A failure that concerns one known or chosen portal.

    `key` can be typed for the portal: it starts with `http://` unless that scheme is recorded.
    """

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


class InvalidRecord(PortalError, StorageError):
    """The entry of the portal in `portals.json` is not valid."""


class SchemeDiffers(PortalError, UsageError):
    """The portal is recorded with another scheme than the one that was given."""


class UnencryptedPortal(PortalError, UsageError):
    """The portal uses http, is not on this machine, and the user has not allowed that."""


class UnknownPortal(PortalError, NotFound):
    """The portal is not in `portals.json`."""


class NoPortalChosen(SignInNeeded):
    """No option, variable or default names a portal.

    `known` holds the keys of the known portals. `token_is_empty`: OOCLI_TOKEN is set but empty.
    """

    def __init__(self, known: list[str], *, token_is_empty: bool) -> None:
        super().__init__("no portal is chosen" if known else "no portal is known")
        self.known = known
        self.token_is_empty = token_is_empty


class TokenWithoutPortal(UsageError):
    """A variable sets a credential, but nothing names the portal that it belongs to."""


class TokenOfOtherPortal(UsageError):
    """A variable sets a credential that belongs to another portal than the chosen one."""

    def __init__(self, variable: str, owner: str, chosen: str) -> None:
        super().__init__(f"{variable} belongs to {owner} (OOCLI_PORTAL), not to {chosen}")
        self.variable = variable


class PortalRecord(NamedTuple):
    """What `portals.json` records of one portal.

    `store` is `keyring` or `file`, or None after a sign-out; `backend` is the class of the keyring
    that the sign-in used; `expires` is the portal's own text; `clock_offset` is the portal's clock
    minus ours, in seconds; `key_id` is the id of an API key that oocli created and may delete.
    `unfinished`: a change of the credential did not end, so either credential may be stored.
    """

    origin: str
    kind: str = UNKNOWN.name
    account: str = ""
    account_name: str = ""
    credential_kind: str | None = None
    store: str | None = None
    backend: str | None = None
    expires: str | None = None
    clock_offset: float = 0.0
    key_id: str | None = None
    insecure_http: bool = False
    unfinished: bool = False

    @property
    def address(self) -> PortalAddress:
        """The portal's address."""
        return PortalAddress.parse(self.origin)

    @property
    def key(self) -> str:
        """The key that identifies the portal: `host[:port][/path]`."""
        return self.address.key

    @property
    def is_signed_in(self) -> bool:
        """Whether a credential should be stored for the portal."""
        return self.store is not None

    @property
    def stores(self) -> tuple[str, ...]:
        """The stores that may hold the credential of the portal."""
        if self.unfinished:
            return ("file", "keyring")
        return (self.store,) if self.store in ("file", "keyring") else ()

    def signed_out(self) -> PortalRecord:
        """Return the record without the fields of the credential."""
        return self._replace(
            credential_kind=None, store=None, backend=None, expires=None, key_id=None,
            unfinished=False,
        )  # fmt: skip

    def being_changed(self) -> PortalRecord:
        """Return the record to save while the credential is replaced: nobody is signed in."""
        return self.signed_out()._replace(key_id=self.key_id, unfinished=True)


# The attribute of a record, the path of its value in the JSON entry, and the type of the value.
_FIELDS: tuple[tuple[str, tuple[str, ...], type], ...] = (
    ("origin", ("origin",), str),
    ("kind", ("kind",), str),
    ("account", ("account", "login"), str),
    ("account_name", ("account", "name"), str),
    ("credential_kind", ("credential", "kind"), str),
    ("store", ("credential", "store"), str),
    ("backend", ("credential", "backend"), str),
    ("expires", ("credential", "expires"), str),
    ("key_id", ("credential", "key_id"), str),
    ("unfinished", ("credential", "unfinished"), bool),
    ("clock_offset", ("clock_offset",), float),
    ("insecure_http", ("insecure_http",), bool),
)


class PortalRegistry:
    """The known portals and the default one, as read from the file."""

    def __init__(self, directories: Directories, data: dict[str, object]) -> None:
        self._path = directories.portals
        self._directories = directories
        self._portals = private_file.member(data, "portals", self._path)
        default = data.get("default")
        self.default = default if isinstance(default, str) and default in self._portals else None

    @classmethod
    def read(cls, directories: Directories) -> PortalRegistry:
        """Read the file. Raises `StorageError` if it is broken or of a newer version."""
        return cls(directories, private_file.read_object(directories.portals, VERSION))

    def find(self, key: str) -> PortalRecord | None:
        """Return the record of the portal with this key. Raises `InvalidRecord`."""
        if key not in self._portals:
            return None
        values = PortalRecord("")._asdict()
        for name, path, kind in _FIELDS:
            value = self._portals[key]
            for step in path:
                value = value.get(step) if isinstance(value, dict) else None
            if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
                if abs(value) <= MAX_CLOCK_OFFSET:  # false for NaN too
                    values[name] = float(value)
            elif isinstance(value, kind):  # a value of another type is ignored
                values[name] = value
        with suppress(ValueError, OocliError):
            record = PortalRecord(**values)
            if record.key == key:
                return record
        raise InvalidRecord(key, f"{self._path}: the entry of {key!r} is not valid")

    def named(self, text: str) -> tuple[PortalAddress, PortalRecord | None]:
        """Return the address that a text means, and the record of that portal.

        A text without a scheme means the recorded scheme, or https if there is no record. It may
        name the default port of the recorded scheme, which the key omits.
        """
        address = PortalAddress.parse(text)
        readings = [address, PortalAddress.parse(text, scheme="http")]
        if readings[0] == readings[1]:  # the text has a scheme
            return address, self.find(address.key)
        # Prefer the reading whose key contains the port that was typed.
        for reading in sorted(readings, key=lambda reading: reading.port is None):
            record = self.find(reading.key)
            if record is not None and record.address.scheme == reading.scheme:
                return record.address, record
        return address, None

    def all(self) -> list[PortalRecord]:
        """Return the records of all known portals, sorted by their keys."""
        return [record for key in sorted(self._portals) if (record := self.find(key))]

    def save(self, record: PortalRecord) -> PortalRegistry:
        """Write the record of one portal, and return the registry as it is then.

        The first portal becomes the default. Values in the entry that only other versions of
        oocli know are kept.
        """
        with self._changing() as (data, portals):
            entry = private_file.member(portals, record.key, self._path)
            for name, path, _ in _FIELDS:
                parent = entry
                for step in path[:-1]:
                    child = parent.get(step)
                    if not isinstance(child, dict):
                        child = parent[step] = {}
                    parent = child
                value = getattr(record, name)
                if value or name == "origin":
                    parent[path[-1]] = value
                else:
                    parent.pop(path[-1], None)
            for group in ("account", "credential"):
                if not entry.get(group):
                    entry.pop(group, None)
            if len(portals) == 1:
                data["default"] = record.key
        return PortalRegistry.read(self._directories)

    def use(self, key: str) -> None:
        """Make a known portal the default. Raises `UnknownPortal`."""
        with self._changing(key) as (data, _):
            data["default"] = key

    def remove(self, key: str) -> None:
        """Remove a portal. If it was the default, no default is left. Raises `UnknownPortal`."""
        with self._changing(key) as (data, portals):
            del portals[key]
            if data.get("default") == key:
                del data["default"]

    @contextmanager
    def _changing(
        self, known: str | None = None
    ) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
        """Yield the content of the file and the portals in it, and write them back.

        Raises `UnknownPortal` if the key `known` is not among the portals.
        """
        with private_file.changing(self._path, VERSION) as data:
            portals = private_file.member(data, "portals", self._path)
            if known is not None and known not in portals:
                raise UnknownPortal(known, f"{known} is not a known portal")
            yield data, portals


@contextmanager
def locked_portal(directories: Directories, key: str) -> Iterator[None]:
    """Prevent other processes from signing in to this portal, or out of it, during the block."""
    name = quote(key, safe="")[:100]  # portals that share a lock only wait for each other
    path = directories.config / "locks" / f"{name}.lock"
    try:
        private_file.make_private_directory(path.parent)
        with private_file.locked(path, LOCK_LIMIT):
            yield
    except OSError as failure:
        raise StorageError(f"{path} cannot be locked: {failure.strerror or failure}") from None


class PortalSelection(NamedTuple):
    """The portal of this run, its record, and the option, variable or file that named it."""

    address: PortalAddress
    record: PortalRecord | None
    source: str

    @property
    def kind(self) -> Kind:
        """The recorded kind of portal, or `UNKNOWN`: no request is sent to find out."""
        return kind_named(self.record.kind) if self.record else UNKNOWN


def resolve_portal(settings: Settings, registry: PortalRegistry) -> PortalSelection:
    """Return the portal of this run: from the option, OOCLI_PORTAL, or the default.

    A credential from the environment belongs to the portal that OOCLI_PORTAL or the option names,
    and is never sent to the default portal. Raises `NoPortalChosen` if nothing names a portal, and
    `UsageError` for contradictions.
    """
    option, variable = settings.portal_option, settings.portal_variable
    token_variable = settings.token_variable
    if option:
        selection = _select(option, "--portal", settings, registry)
        if variable and token_variable:
            owner = _select(variable, "OOCLI_PORTAL", settings, registry).address
            if owner != selection.address:
                raise TokenOfOtherPortal(token_variable, owner.key, selection.address.key)
        return selection
    if variable:
        return _select(variable, "OOCLI_PORTAL", settings, registry)
    if token_variable:
        raise TokenWithoutPortal(f"{token_variable} is set, but no portal is")
    if registry.default is None:
        raise NoPortalChosen(
            [record.key for record in registry.all()], token_is_empty=settings.token_is_empty
        )
    return _select(registry.default, "portals.json", settings, registry)


def _select(
    text: str, source: str, settings: Settings, registry: PortalRegistry
) -> PortalSelection:
    """Read an address, and apply the scheme and the consent to http that are recorded for it."""
    address, record = registry.named(text)
    if record is not None:
        if address.scheme != record.address.scheme:
            raise SchemeDiffers(
                address.key,
                f"{address.key} is stored with {record.address.scheme}, not {address.scheme}",
            )
        address = record.address
    consent = settings.insecure_http or (record is not None and record.insecure_http)
    if address.scheme == "http" and not address.is_loopback and not consent:
        raise UnencryptedPortal(
            address.key, f"{address.key}: http would send the credential unencrypted"
        )
    return PortalSelection(address, record, source)
