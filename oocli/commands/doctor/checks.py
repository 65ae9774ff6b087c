"""The checks of `oocli doctor`, each made even when an earlier one failed."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path

from oocli.auth.credentials import find_credential
from oocli.auth.sign_in import BUILD, clock_offset, probe
from oocli.auth.sign_in_errors import closed_portal
from oocli.auth.stores import keyring_store_for
from oocli.client.portal import PortalClient
from oocli.commands.doctor.connection import certificate, reach
from oocli.commands.hints import advise, name_option
from oocli.config import private_file
from oocli.config.portals import PortalRecord, PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import Settings
from oocli.model.address import ProxyAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import Exit, OocliError, PortalFailed, SignInNeeded
from oocli.model.kinds import Kind
from oocli.model.secret import Credential, CredentialKind, Secret
from oocli.model.text import shell_word
from oocli.model.times import (
    StillRunning,
    format_duration,
    format_timestamp,
    parse_timestamp,
    run_with_timeout,
)
from oocli.transport.connections import ca_bundle
from oocli.transport.options import NullReporter
from oocli.transport.policy import proxy_for

PACKAGES = ("typer", "rich", "requests", "keyring", "platformdirs")
# What cannot be checked without a connection to the portal.
NEED_CONNECTION = ("tls", "version", "clock", "credential")
PROBE_KEY = "oocli doctor"
# Beyond this, codes of authenticator apps and certificates begin to fail.
MAX_CLOCK_DIFFERENCE = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was checked, what was found, and what to do where that is a failure."""

    name: str
    text: str
    exit: Exit = Exit.DONE
    hint: str | None = None
    skipped: bool = False  # what it depends on has failed

    @property
    def is_ok(self) -> bool:
        """Whether there is nothing to do."""
        return self.exit is Exit.DONE


class Doctor:
    """Checks this machine, the connection to the portal, and the credential. Changes nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        limit = settings.limits.max_time
        self._end = None if limit is None else time.monotonic() + limit
        self._is_unreachable = False  # once the line of the portal has failed
        self.current = ""  # the line that is being checked

    def checks(self) -> list[Check]:
        """Return every line, in the order in which one thing depends on another.

        Those that may wait for something share what --max-time leaves; a keyring that hangs must
        leave half of it for the portal.
        """
        return [
            self._check("python", self._python),
            self._check("packages", self._packages),
            self._check("places", self._directories),
            self._check("keyring", self._keyring, share=0.5),
            self._check("portal", self._portal, share=1),
            self._check("tls", self._tls, share=1),
            self._check("proxy", self._proxy),
            self._check("version", self._version, share=1),
            self._check("clock", self._clock, share=1),
            self._check("credential", self._credential, share=1),
            self._check("expires", self._expires),
            self._check("variables", self._variables),
        ]

    def _check(self, name: str, find: Callable[[], str], share: float | None = None) -> Check:
        """Return the line with what `find` returns, or with the error that it raises.

        `share` is the part of the time left that it may take; None where it never waits.
        """
        if self._is_unreachable and name in NEED_CONNECTION:
            return Check(name, "skipped", skipped=True)
        self.current = name
        try:
            if self._end is None or share is None:
                return Check(name, find())
            return Check(name, run_with_timeout(find, (self._end - time.monotonic()) * share))
        except StillRunning:
            limit = (self._settings.limits.max_time or 0.0) * share if share else 0.0
            hint = "allow more with --max-time SECONDS"
            return Check(name, f"not done within {limit:g} s", Exit.TIMEOUT, hint)
        except OocliError as failure:
            self._is_unreachable |= name == "portal"
            return Check(name, failure.message, failure.exit, name_option(failure).hint)
        except Exception as bug:  # a line that breaks must not hide the others
            return Check(name, f"a bug in oocli: {type(bug).__name__}: {bug}", Exit.FAILURE)

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
        parts = [
            f"{display_path(directories.config)} {_mode(directories.config)}",
            f"{known} {'portal' if known == 1 else 'portals'} known",
        ]
        for file in (directories.portals, directories.credentials):
            if file.exists():
                parts.append(f"{file.name} {_mode(file)}")
        return ", ".join(parts)

    def _keyring(self) -> str:
        """Write, read and delete one entry, unless this run has no use for the keyring."""
        if self._settings.token_variable:
            return f"not used: {self._settings.token_variable} is set"
        record = self._record_or_none()
        if record is not None and record.store == "file":
            return "not used: the credential is in credentials.json"
        if self._settings.no_keyring:
            return "not used: OOCLI_NO_KEYRING is set"
        keyring_store = keyring_store_for(self._settings, record)
        probe_value = Secret(f"probe {time.time_ns()}")
        start = time.monotonic()
        keyring_store.write(PROBE_KEY, probe_value)
        keyring_store.delete(PROBE_KEY)
        milliseconds = (time.monotonic() - start) * 1000
        return f"{keyring_store.backend_name}, written, read and deleted in {milliseconds:.0f} ms"

    def _portal(self) -> str:
        address, proxy = self._selection.address, self._proxy_address()
        if proxy:
            return f"{address.key} ({self._selection.source}), reached through a proxy"
        reached = reach(address)
        return (
            f"{address.key} ({self._selection.source}), "
            f"{reached.addresses} {'address' if reached.addresses == 1 else 'addresses'}, "
            f"connected in {reached.seconds * 1000:.0f} ms"
        )

    def _tls(self) -> str:
        address = self._selection.address
        if address.scheme == "http":
            return "not used: the portal uses http"
        if self._proxy_address():
            self._build.raise_for_error()
            return "the certificate is accepted, through a proxy"
        found = certificate(address, ca_bundle(self._settings.connection))
        if not found.ends:
            return f"{found.protocol}, the certificate is not checked (--insecure)"
        left = found.ends - time.time()
        return f"{found.protocol}, by {found.issuer}, expires in {format_duration(left)}"

    def _proxy(self) -> str:
        return str(self._proxy_address() or "none")

    def _version(self) -> str:
        kind = self._kind
        build = self._build.response
        version = build.get(kind.version_key) if isinstance(build, dict) else None
        product = f"{kind.title} {version or 'of unknown version'}"
        with self._open(None, kind) as portal:
            closed = closed_portal(portal)
        if closed is not None:
            raise PortalFailed(f"{product}: {closed.why}", hint=closed.hint)
        return product

    def _clock(self) -> str:
        offset = clock_offset(self._build)
        if abs(offset) > MAX_CLOCK_DIFFERENCE:
            ahead = "ahead of" if offset < 0 else "behind"
            raise OocliError(
                f"this machine is {format_duration(abs(offset))} {ahead} the portal",
                hint="set the clock; codes and certificates depend on it",
            )
        return "agrees with the portal's" if not offset else f"differs by {offset:.0f} s"

    def _credential(self) -> str:
        credential = find_credential(self._settings, self._selection, NullReporter())
        name = f"{credential.kind.display_name} from {credential.source.value}"
        with self._open(credential, self._kind) as portal:
            if credential.kind is not CredentialKind.API_KEY:
                portal.get("people/@self")
                return f"{name}, works"
            found = portal.get("keys/@self").response
        scopes = found.get("permissions") if isinstance(found, dict) else None
        named = map(str, scopes) if isinstance(scopes, list) and scopes else ["all"]
        return f"{name}, works, scopes: {', '.join(named)}"

    def _expires(self) -> str:
        record = None if self._settings.token_variable else self._record_or_none()
        end = parse_timestamp(record.expires) if record else None
        if self._settings.token_variable:
            return f"unknown for a credential from {self._settings.token_variable}"
        if record is None or not record.is_signed_in:
            raise SignInNeeded("not signed in", hint="oocli login")
        if end is None:
            return "no expiry date"
        left = end.timestamp() - (time.time() + record.clock_offset)
        if left <= 0:
            raise SignInNeeded(
                f"expired at {format_timestamp(end)}",
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


def display_path(path: Path) -> str:
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
