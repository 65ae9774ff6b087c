"""Reaching a portal step by step, for whoever wants to know which step fails."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oocli.model.address import DEFAULT_PORTS, PortalAddress
from oocli.model.errors import CertificateFailed
from oocli.transport.errors import translate_socket_error
from oocli.transport.options import CONNECT_LIMIT


@dataclass(frozen=True, slots=True)
class Reached:
    """A name looked up and a connection made: how many addresses, and how many seconds."""

    addresses: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a portal shows of itself: who vouches for it, until when (Unix seconds), and the TLS."""

    issuer: str
    ends: float
    protocol: str


def reach(address: PortalAddress) -> Reached:
    """Look the name up and connect. Raises `ConnectionFailed` or `TimeoutExceeded`."""
    start = time.monotonic()
    host, port = _end_point(address)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        socket.create_connection((host, port), timeout=CONNECT_LIMIT).close()
    except OSError as failure:
        raise translate_socket_error(failure) from None
    return Reached(len({one[4][0] for one in found}), time.monotonic() - start)


def certificate(address: PortalAddress, authorities: str | None) -> Certificate:
    """Return the portal's certificate, checked with these authorities (a file or a folder).

    None means that it is not checked, and then Python tells nothing of it but the TLS version.
    """
    host, port = _end_point(address)
    context = ssl.create_default_context()
    if authorities is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        folder, file = _where(authorities)
        context = ssl.create_default_context(capath=folder, cafile=file)
    try:
        with (
            socket.create_connection((host, port), timeout=CONNECT_LIMIT) as plain,
            context.wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            shown = wrapped.getpeercert() or {}
            protocol = wrapped.version() or "TLS"
    except OSError as failure:
        raise translate_socket_error(failure) from None
    ends = shown.get("notAfter")
    return Certificate(
        _issuer(shown),
        ssl.cert_time_to_seconds(ends) if isinstance(ends, str) else 0.0,
        protocol,
    )


def _end_point(address: PortalAddress) -> tuple[str, int]:
    return address.host.strip("[]"), address.port or DEFAULT_PORTS[address.scheme]


def _where(authorities: str) -> tuple[str | None, str | None]:
    if not Path(authorities).exists():
        raise CertificateFailed(f"there is no file of authorities {authorities}")
    return (authorities, None) if Path(authorities).is_dir() else (None, authorities)


def _issuer(shown: Mapping[str, object]) -> str:
    parts = shown.get("issuer")
    names = {}
    if isinstance(parts, tuple):
        names = {name: value for part in parts for name, value in part}
    return str(names.get("organizationName") or names.get("commonName") or "not told")
