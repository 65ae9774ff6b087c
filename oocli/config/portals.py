"""`portals.json`: which portals are known, and what is known of each. No secrets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

from oocli.config import private_file
from oocli.config.directories import Directories
from oocli.config.settings import Settings
from oocli.model.address import PortalAddress
from oocli.model.errors import NotFound, OocliError, SignInNeeded, StorageError, UsageError
from oocli.model.kinds import UNKNOWN, Kind, kind_named
from oocli.model.times import MAX_CLOCK_OFFSET

VERSION = 1
LOCK_LIMIT = 60.0  # seconds to wait for another oocli that signs in or out


class PortalError(OocliError):
    """A failure that concerns one known or chosen portal.

    `key` is what can be typed for it: with `http://` where the portal is not stored with that.
    """

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


class InvalidRecord(PortalError, StorageError):
    """The portal's entry in `portals.json` cannot be understood."""


class SchemeDiffers(PortalError, UsageError):
    """The portal is known with another scheme than the one that was given."""


class UnencryptedPortal(PortalError, UsageError):
    """An http portal that is not on this machine, and that nobody has allowed."""


class UnknownPortal(PortalError, NotFound):
    """The portal is not in `portals.json`."""


class NoPortalChosen(SignInNeeded):
    """Neither an option nor a variable nor a default names a portal; `known` are their keys.

    `token_is_empty`: OOCLI_TOKEN is set to nothing.
    """

    def __init__(self, known: list[str], *, token_is_empty: bool = False) -> None:
        super().__init__("no portal is chosen" if known else "no portal is known")
        self.known = known
        self.token_is_empty = token_is_empty


class TokenWithoutPortal(UsageError):
    """A variable gives a credential, and nothing tells for which portal."""


class TokenOfOtherPortal(UsageError):
    """A variable gives a credential that belongs to another portal than the chosen one."""

    def __init__(self, variable: str, owner: str, chosen: str) -> None:
        super().__init__(f"{variable} belongs to {owner} (OOCLI_PORTAL), not to {chosen}")
        self.variable = variable


class PortalRecord(NamedTuple):
    """What is remembered of one portal.

    `store` is `keyring` or `file`, None once signed out; `backend` the keyring's class that the
    sign-in used; `expires` the portal's own text; `clock_offset` the portal's clock minus ours, in
    seconds; `key_id` names an API key that oocli made itself and may delete. `unfinished`: the
    credential was being changed, so whose it is that is stored now is not known.
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
        """What names the portal."""
        return self.address.key

    @property
    def is_signed_in(self) -> bool:
        """Whether a credential should be stored for it."""
        return self.store is not None

    @property
    def stores(self) -> tuple[str, ...]:
        """The stores that may hold its credential."""
        if self.unfinished:
            return ("file", "keyring")
        return (self.store,) if self.store in ("file", "keyring") else ()

    def signed_out(self) -> PortalRecord:
        """Return the record without what belonged to the credential."""
        return self._replace(
            credential_kind=None, store=None, backend=None, expires=None, key_id=None,
            unfinished=False,
        )  # fmt: skip

    def being_changed(self) -> PortalRecord:
        """Return the record as it is while its credential is replaced: nobody is signed in."""
        return self.signed_out()._replace(key_id=self.key_id, unfinished=True)


# Attribute, the keys that lead to it in the file, and the type it must have.
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
    """The known portals and which of them is the default, as they were read."""

    def __init__(self, directories: Directories, data: dict[str, object]) -> None:
        self._directories = directories
        self._portals = private_file.member(data, "portals", directories.portals)
        default = data.get("default")
        self.default = default if isinstance(default, str) and default in self._portals else None

    @classmethod
    def read(cls, directories: Directories) -> PortalRegistry:
        """Read the file. Raises `StorageError` if it is broken or of a newer version."""
        return cls(directories, private_file.read_object(directories.portals, VERSION))

    def find(self, key: str) -> PortalRecord | None:
        """Return what is known of the portal with this key. Raises `InvalidRecord`."""
        if key not in self._portals:
            return None
        try:
            record = _read_entry(self._portals[key])
            if record.key == key:
                return record
        except (TypeError, ValueError, OocliError):
            pass
        raise InvalidRecord(key, f"{self._directories.portals}: the entry of {key!r} is not valid")

    def named(self, text: str) -> tuple[PortalAddress, PortalRecord | None]:
        """Return the address that a text means, and what is known of it.

        A text without a scheme means the one that is recorded for it, else https. Its port may be
        the usual one of the recorded scheme, which the key then leaves out.
        """
        address = PortalAddress.parse(text)
        readings = [address, PortalAddress.parse(text, scheme="http")]
        if readings[0] == readings[1]:  # the text has a scheme
            return address, self.find(address.key)
        # A key with the port that was typed is the nearer one.
        for reading in sorted(readings, key=lambda reading: reading.port is None):
            record = self.find(reading.key)
            if record is not None and record.address.scheme == reading.scheme:
                return record.address, record
        return address, None

    def all(self) -> list[PortalRecord]:
        """Return every known portal, in the order of their keys."""
        return [record for key in sorted(self._portals) if (record := self.find(key))]

    def save(self, record: PortalRecord) -> PortalRegistry:
        """Write what is known of one portal; the first one becomes the default."""
        with private_file.changing(self._directories.portals, VERSION) as data:
            portals = private_file.member(data, "portals", self._directories.portals)
            _fill(private_file.member(portals, record.key, self._directories.portals), record)
            if len(portals) == 1:
                data["default"] = record.key
        return PortalRegistry.read(self._directories)

    def use(self, key: str) -> PortalRegistry:
        """Make a known portal the default. Raises `UnknownPortal`."""
        with self._changing_known(key) as data:
            data["default"] = key
        return PortalRegistry.read(self._directories)

    def remove(self, key: str) -> PortalRegistry:
        """Forget a portal; if it was the default, none is left. Raises `UnknownPortal`."""
        with self._changing_known(key) as data:
            del private_file.member(data, "portals", self._directories.portals)[key]
            if data.get("default") == key:
                del data["default"]
        return PortalRegistry.read(self._directories)

    @contextmanager
    def _changing_known(self, key: str) -> Iterator[dict[str, object]]:
        with private_file.changing(self._directories.portals, VERSION) as data:
            if key not in private_file.member(data, "portals", self._directories.portals):
                raise UnknownPortal(key, f"{key} is not a known portal")
            yield data


@contextmanager
def locked_portal(directories: Directories, key: str) -> Iterator[None]:
    """Let no other process sign in to this portal or out of it while the block runs."""
    name = quote(key, safe="")[:100]  # two portals with one lock only wait for each other
    path = directories.config / "locks" / f"{name}.lock"
    try:
        private_file.make_private_directory(path.parent)
        with private_file.locked(path, LOCK_LIMIT):
            yield
    except OSError as failure:
        why = failure.strerror or failure
        raise StorageError(f"{path} cannot be locked: {why}") from None


class PortalSelection(NamedTuple):
    """The portal of this run: where it is, what is known of it, and who named it."""

    address: PortalAddress
    record: PortalRecord | None
    source: str

    @property
    def kind(self) -> Kind:
        """The kind of portal, `UNKNOWN` without a record: nothing is asked to find out."""
        return kind_named(self.record.kind) if self.record else UNKNOWN


def resolve_portal(settings: Settings, registry: PortalRegistry) -> PortalSelection:
    """Return the portal that this run talks to.

    The option, then OOCLI_PORTAL, then the default of `portals.json`; a credential from the
    environment belongs to the portal named beside it and is never sent to a stored default.
    Raises `NoPortalChosen` if nothing names a portal, `UsageError` for contradictions.
    """
    option, variable = settings.portal_option, settings.portal_variable
    selection = None
    if option:
        selection = _select(option, "--portal", settings, registry)
    if variable and (selection is None or settings.token_variable):
        owner = _select(variable, "OOCLI_PORTAL", settings, registry)
        if selection is not None and settings.token_variable and owner.address != selection.address:
            raise TokenOfOtherPortal(
                settings.token_variable, owner.address.key, selection.address.key
            )
        selection = selection or owner
    if selection is not None:
        return selection
    if settings.token_variable:
        raise TokenWithoutPortal(f"{settings.token_variable} is set, but no portal is")
    if registry.default is None:
        raise NoPortalChosen(
            [record.key for record in registry.all()], token_is_empty=settings.token_is_empty
        )
    return _select(registry.default, "portals.json", settings, registry)


def _select(
    text: str, source: str, settings: Settings, registry: PortalRegistry
) -> PortalSelection:
    """Read an address, with the scheme and consent that `portals.json` records for it."""
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


def _read_entry(entry: object) -> PortalRecord:
    """Return the record that an entry of `portals.json` holds; values of wrong types stay out."""
    values: dict[str, Any] = {}
    for name, path, kind in _FIELDS:
        value: object = entry
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
            if abs(value) <= MAX_CLOCK_OFFSET:  # false for NaN too
                values[name] = float(value)
        elif isinstance(value, kind):
            values[name] = value
    return PortalRecord(**values)


def _fill(entry: dict[str, object], record: PortalRecord) -> None:
    """Write the record into its entry; keys of other versions of oocli stay."""
    for name, path, _ in _FIELDS:
        holder = entry
        for key in path[:-1]:
            inner = holder.get(key)
            if not isinstance(inner, dict):
                inner = holder[key] = {}
            holder = inner
        value = getattr(record, name)
        if value or name == "origin":
            holder[path[-1]] = value
        else:
            holder.pop(path[-1], None)
    for group in ("account", "credential"):
        if not entry.get(group):
            entry.pop(group, None)
