"""What `oocli doctor` looks at: one line each, every one tried even when an earlier one failed."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path

from oocli.auth.credentials import find_credential, keyring_store_for
from oocli.auth.sign_in import BUILD, clock_offset, probe
from oocli.auth.sign_in_errors import closed_portal
from oocli.client.portal import PortalClient
from oocli.commands.doctor.connection import certificate, reach
from oocli.commands.hints import advise
from oocli.config import private_file
from oocli.config.portals import PortalRecord, PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import Settings
from oocli.model.bounded import StillRunning, run_bounded
from oocli.model.envelope import Envelope
from oocli.model.errors import Exit, OocliError, PortalFailed, SignInNeeded, TimeoutExceeded
from oocli.model.kinds import Kind
from oocli.model.progress import NullReporter
from oocli.model.proxy import ProxyAddress
from oocli.model.secret import Credential, CredentialKind, Secret
from oocli.model.text import shell_word
from oocli.model.timestamps import format_duration, format_timestamp, parse_timestamp
from oocli.transport.http import ca_bundle
from oocli.transport.proxies import proxy_for

PACKAGES = ("typer", "rich", "requests", "keyring", "platformdirs")
PROBE_KEY = "oocli doctor"
# Beyond this, codes of authenticator apps and certificates begin to fail.
WORST_CLOCK = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, what was found, and what to do if it is not well."""

    name: str
    text: str
    exit: Exit = Exit.DONE
    hint: str | None = None

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return self.exit is Exit.DONE


class Doctor:
    """Looks at this machine, the way to the portal, and the credential. Changes nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        limit = settings.limits.max_time
        self._end = None if limit is None else time.monotonic() + limit

    def checks(self) -> list[Check]:
        """Return every line, in the order in which one thing leans on another."""
        limited = self._limited
        lines: tuple[tuple[str, Callable[[], str]], ...] = (
            ("python", self._python),
            ("packages", self._packages),
            ("places", self._directories),
            # A keyring that hangs must leave time for the portal.
            ("keyring", limited(self._keyring, share=0.5)),
            ("portal", limited(self._portal)),
            ("tls", limited(self._tls)),
            ("proxy", self._proxy),
            ("version", limited(self._version)),
            ("clock", limited(self._clock)),
            ("credential", limited(self._credential)),
            ("expires", self._expires),
            ("variables", self._variables),
        )
        return [_tried(name, look) for name, look in lines]

    def _limited(self, look: Callable[[], str], share: float = 1.0) -> Callable[[], str]:
        """Return the same look, ended after `share` of what --max-time leaves when it begins."""
        return look if self._end is None else lambda: self._in_time(look, share)

    def _in_time(self, look: Callable[[], str], share: float) -> str:
        """Run a look for no longer than its share of the time."""
        left = max(0.0, (self._end or 0.0) - time.monotonic()) * share
        try:
            return run_bounded(look, left)
        except StillRunning:
            limit = (self._settings.limits.max_time or 0.0) * share
            raise TimeoutExceeded(
                f"not done within {limit:g} s", hint="allow more with --max-time SECONDS"
            ) from None

    @cached_property
    def _selection(self) -> PortalSelection:
        return resolve_portal(self._settings, PortalRegistry.read(self._settings.directories))

    @cached_property
    def _build(self) -> Envelope:
        with self._open(None) as portal:
            return portal.send(portal.request("GET", BUILD, anonymous=True))

    @cached_property
    def _kind(self) -> Kind:
        with self._open(None) as portal:
            return probe(portal)

    @cached_property
    def _found(self) -> Credential:
        return find_credential(self._settings, self._selection, NullReporter())

    def _open(self, credential: Credential | None, kind: Kind | None = None) -> PortalClient:
        return PortalClient(
            self._selection.address,
            kind=kind or self._selection.kind,
            credential=credential,
            connection=self._settings.connection,
            limits=self._settings.limits,
            advise=advise,
        )

    def _python(self) -> str:
        version = ".".join(str(part) for part in sys.version_info[:3])
        return f"{sys.implementation.name} {version} on {sys.platform}"

    def _packages(self) -> str:
        found = []
        for name in ("oocli", *PACKAGES):
            try:
                found.append(f"{name} {metadata.version(name)}")
            except metadata.PackageNotFoundError:
                if name == "oocli":
                    continue
                raise OocliError(
                    f"{name} is not installed", hint="install oocli again: pipx install oocli"
                ) from None
        return ", ".join(found)

    def _directories(self) -> str:
        directories = self._settings.directories
        private_file.refuse_if_shared(directories.credentials)
        known = len(PortalRegistry.read(directories).all())
        shown = [
            f"{_short(directories.config)} {_mode(directories.config)}",
            _counted(known, "portal") + " known",
        ]
        for file in (directories.portals, directories.credentials):
            if file.exists():
                shown.append(f"{file.name} {_mode(file)}")
        return ", ".join(shown)

    def _keyring(self) -> str:
        """Write, read and delete one entry, unless this run has no use for the keyring."""
        if self._settings.token_variable:
            return f"not used: {self._settings.token_variable} is set"
        record = self._record_or_none()
        if record is not None and record.store == "file":
            return "not used: the credential lies in credentials.json"
        if self._settings.no_keyring:
            return "not used: OOCLI_NO_KEYRING is set"
        keyring_store = keyring_store_for(self._settings, record)
        probe_value = Secret(f"probe {time.time_ns()}")
        start = time.monotonic()
        keyring_store.write(PROBE_KEY, probe_value)
        keyring_store.delete(PROBE_KEY)
        return f"{keyring_store.backend_name}, written, read and deleted in {_ms(start)}"

    def _portal(self) -> str:
        address, proxy = self._selection.address, self._proxy_address()
        if proxy:
            return f"{address.key} ({self._selection.source}), reached through a proxy"
        reached = reach(address)
        return (
            f"{address.key} ({self._selection.source}), "
            f"{_counted(reached.addresses, 'address', 'addresses')}, "
            f"connected in {reached.seconds * 1000:.0f} ms"
        )

    def _tls(self) -> str:
        address = self._selection.address
        if address.scheme == "http":
            return "not used: the portal is asked over http"
        if self._proxy_address():
            self._build.raise_for_error()
            return "the certificate is accepted, seen through a proxy"
        shown = certificate(address, ca_bundle(self._settings.connection))
        if not shown.ends:
            return f"{shown.protocol}, the certificate is not checked (--insecure)"
        left = shown.ends - time.time()
        return f"{shown.protocol}, by {shown.issuer}, ends in {format_duration(left)}"

    def _proxy(self) -> str:
        return str(self._proxy_address() or "none")

    def _version(self) -> str:
        kind = self._kind
        build = self._build.response
        version = build.get(kind.version_key) if isinstance(build, dict) else None
        shown = f"{kind.title} {version or 'of unknown version'}"
        with self._open(None, kind) as portal:
            closed = closed_portal(portal)
        if closed is not None:
            raise PortalFailed(f"{shown}: {closed.why}", hint=closed.hint)
        return shown

    def _clock(self) -> str:
        offset = clock_offset(self._build)
        if abs(offset) > WORST_CLOCK:
            ahead = "ahead of" if offset < 0 else "behind"
            raise OocliError(
                f"this machine is {format_duration(abs(offset))} {ahead} the portal",
                hint="set the clock; codes and certificates depend on it",
            )
        return "agrees with the portal's" if not offset else f"differs by {offset:.0f} s"

    def _credential(self) -> str:
        credential = self._found
        shown = f"{credential.kind.display_name} from {credential.source}"
        with self._open(credential, self._kind) as portal:
            if credential.kind is not CredentialKind.API_KEY:
                portal.get("people/@self")
                return f"{shown}, works"
            found = portal.get("keys/@self").response
        scopes = found.get("permissions") if isinstance(found, dict) else None
        named = map(str, scopes) if isinstance(scopes, list) and scopes else ["all"]
        return f"{shown}, works, scopes: {', '.join(named)}"

    def _expires(self) -> str:
        record = None if self._settings.token_variable else self._record_or_none()
        end = parse_timestamp(record.expires) if record else None
        if self._settings.token_variable:
            return f"not known of {self._settings.token_variable}"
        if record is None or not record.is_signed_in:
            raise SignInNeeded("not signed in", hint="oocli login")
        if end is None:
            return "no end given"
        left = end.timestamp() - (time.time() + record.clock_offset)
        if left <= 0:
            raise SignInNeeded(
                f"ended at {format_timestamp(end)}",
                hint=f"oocli login --portal {shell_word(record.key)}",
            )
        return f"{format_timestamp(end)}, in {format_duration(left)}"

    def _variables(self) -> str:
        return ", ".join(self._settings.variables) or "none"

    def _record_or_none(self) -> PortalRecord | None:
        try:
            return self._selection.record
        except OocliError:
            return None

    def _proxy_address(self) -> ProxyAddress | None:
        return proxy_for(self._selection.address.origin, self._settings.connection)


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look())
    except OocliError as failure:
        return Check(name, str(failure), failure.exit, failure.hint)
    except Exception as bug:  # a line that breaks must not hide the others
        return Check(name, f"a bug in oocli: {type(bug).__name__}: {bug}", Exit.FAILURE)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _short(path: Path) -> str:
    """Return a path without the user's name where it lies at home."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def _mode(path: Path) -> str:
    try:
        return f"{stat.S_IMODE(path.stat().st_mode):04o}"
    except OSError:
        return "missing"


def _ms(start: float) -> str:
    return f"{(time.monotonic() - start) * 1000:.0f} ms"
