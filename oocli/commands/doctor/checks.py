"""The checks of `oocli doctor`. One that fails does not stop the others."""

from __future__ import annotations

import socket
import ssl
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import cast

from oocli.auth.credentials import find_credential
from oocli.auth.sign_in import BUILD, clock_offset, probe
from oocli.auth.sign_in_errors import closed_portal
from oocli.auth.stores import KeyringStore
from oocli.client.portal import PortalClient
from oocli.commands.hints import REMEDY_HINTS, advise, name_option
from oocli.config import private_file
from oocli.config.portals import PortalRecord, PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import Settings
from oocli.model.address import DEFAULT_PORTS, ProxyAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    CertificateFailed,
    Exit,
    OocliError,
    PortalFailed,
    Remedy,
    SignInNeeded,
)
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
from oocli.model.version import __version__
from oocli.transport.connections import ca_bundle
from oocli.transport.errors import translate_socket_error
from oocli.transport.options import CONNECT_LIMIT, NullReporter
from oocli.transport.policy import proxy_for

# Beyond this, codes of authenticator apps and certificates begin to fail.
MAX_CLOCK_DIFFERENCE = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, what was found, and after a failure, what to do."""

    name: str
    text: str
    exit: Exit = Exit.DONE
    hint: str | None = None
    skipped: bool = False  # a check that it depends on has failed

    @property
    def is_ok(self) -> bool:
        """Whether it passed, or was skipped."""
        return self.exit is Exit.DONE

    @property
    def mark(self) -> str:
        """The result in one word."""
        return "skip" if self.skipped else "ok" if self.is_ok else "FAIL"


class Doctor:
    """Checks this machine, the connection to the portal, and the credential.

    It changes nothing, except for an entry of the keyring that it writes and deletes.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._start = time.monotonic()
        self._is_unreachable = False  # once the check of the portal has failed
        self.current = ""  # the name of the check that runs

    def checks(self) -> list[Check]:
        """Return every check, in the order in which one thing depends on another.

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
            self._check("proxy", lambda: str(self._proxy_address() or "none")),
            self._check("version", self._version, share=1),
            self._check("clock", self._clock, share=1),
            self._check("credential", self._credential, share=1),
            self._check("expires", self._expires),
            self._check("variables", lambda: ", ".join(self._settings.variables) or "none"),
        ]

    def _check(self, name: str, find: Callable[[], str], share: float = 0.0) -> Check:
        """Return what `find` returns, or the error that it raises.

        `share` is the part of the time left that it may take: 0 if it never waits, 1 if it needs
        the portal.
        """
        if self._is_unreachable and share == 1:
            return Check(name, "skipped", skipped=True)
        self.current = name
        limit = self._settings.limits.max_time
        try:
            if limit is None or not share:
                return Check(name, find())
            return Check(
                name, run_with_timeout(find, (self._start + limit - time.monotonic()) * share)
            )
        except StillRunning:
            why = f"not done within {(limit or 0.0) * share:g} s"
            return Check(name, why, Exit.TIMEOUT, REMEDY_HINTS[Remedy.MAX_TIME])
        except OocliError as failure:
            self._is_unreachable |= name == "portal"
            return Check(name, failure.message, failure.exit, name_option(failure).hint)
        except Exception as bug:  # must not hide the other checks
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
        found = [f"oocli {__version__}"]
        for name in ("typer", "rich", "requests", "keyring", "platformdirs"):
            try:
                found.append(f"{name} {metadata.version(name)}")
            except metadata.PackageNotFoundError:
                raise OocliError(
                    f"{name} is not installed", hint="install oocli again: pipx install oocli"
                ) from None
        return ", ".join(found)

    def _directories(self) -> str:
        directories = self._settings.directories
        private_file.refuse_if_shared(directories.credentials)
        known = len(PortalRegistry.read(directories).all())
        config = directories.config
        try:  # without the user's name, where it is below the home directory
            display_name = Path("~") / config.relative_to(Path.home())
        except (ValueError, RuntimeError):
            display_name = config
        parts = [
            f"{display_name} {_mode(config)}",
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
        keyring_store = KeyringStore(self._settings, record)
        start = time.monotonic()
        keyring_store.write("oocli doctor", Secret(f"probe {time.time_ns()}"))
        keyring_store.delete("oocli doctor")
        milliseconds = (time.monotonic() - start) * 1000
        return f"{keyring_store.backend_name}, written, read and deleted in {milliseconds:.0f} ms"

    def _portal(self) -> str:
        """Look the name of the portal up, and connect."""
        address, source = self._selection.address, self._selection.source
        if self._proxy_address():
            return f"{address.key} ({source}), reached through a proxy"
        start = time.monotonic()
        host, port = self._host_and_port()
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            socket.create_connection((host, port), timeout=CONNECT_LIMIT).close()
        except OSError as failure:
            raise translate_socket_error(failure) from None
        milliseconds = (time.monotonic() - start) * 1000
        count = len({info[4][0] for info in found})
        return (
            f"{address.key} ({source}), {count} {'address' if count == 1 else 'addresses'}, "
            f"connected in {milliseconds:.0f} ms"
        )

    def _tls(self) -> str:
        """Check the certificate of the portal with the CA certificates that calls use."""
        if self._selection.address.scheme == "http":
            return "not used: the portal uses http"
        if self._proxy_address():
            self._build.raise_for_error()
            return "the certificate is accepted, through a proxy"
        authorities = ca_bundle(self._settings.connection)
        if authorities is None:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        elif not Path(authorities).exists():
            raise CertificateFailed(f"the CA certificates {authorities} do not exist")
        elif Path(authorities).is_dir():
            context = ssl.create_default_context(capath=authorities)
        else:
            context = ssl.create_default_context(cafile=authorities)
        host, port = self._host_and_port()
        try:
            with (
                socket.create_connection((host, port), timeout=CONNECT_LIMIT) as plain,
                context.wrap_socket(plain, server_hostname=host) as wrapped,
            ):
                certificate = wrapped.getpeercert()
                protocol = wrapped.version() or "TLS"
        except OSError as failure:
            raise translate_socket_error(failure) from None
        if not certificate:  # Python returns nothing of one that is not checked
            return f"{protocol}, the certificate is not checked (--insecure)"
        # The issuer is a tuple of parts, each a tuple of pairs.
        issuer = cast("tuple[tuple[tuple[str, str], ...], ...]", certificate["issuer"])
        names = {name: value for part in issuer for name, value in part}
        name = names.get("organizationName") or names.get("commonName") or "an unknown issuer"
        left = ssl.cert_time_to_seconds(str(certificate["notAfter"])) - time.time()
        return f"{protocol}, by {name}, expires in {format_duration(left)}"

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
        if self._settings.token_variable:
            return f"unknown for a credential from {self._settings.token_variable}"
        record = self._record_or_none()
        if record is None or not record.is_signed_in:
            raise SignInNeeded("not signed in", hint="oocli login")
        end = parse_timestamp(record.expires)
        if end is None:
            return "no expiry date"
        left = end.timestamp() - (time.time() + record.clock_offset)
        if left <= 0:
            raise SignInNeeded(
                f"expired at {format_timestamp(end)}",
                hint=f"oocli login --portal {shell_word(record.key)}",
            )
        return f"{format_timestamp(end)}, in {format_duration(left)}"

    def _record_or_none(self) -> PortalRecord | None:
        try:
            return self._selection.record
        except OocliError:
            return None

    def _proxy_address(self) -> ProxyAddress | None:
        return proxy_for(self._selection.address.origin, self._settings.connection)

    def _host_and_port(self) -> tuple[str, int]:
        address = self._selection.address
        return address.host.strip("[]"), address.port or DEFAULT_PORTS[address.scheme]


def _mode(path: Path) -> str:
    try:
        return f"{stat.S_IMODE(path.stat().st_mode):04o}"
    except OSError:
        return "missing"
