"""Connecting to a portal step by step, to find out which step fails."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """A portal's certificate: its issuer, its end (Unix seconds), and the TLS version in use."""

    issuer: str
    ends: float
    protocol: str


def reach(address: PortalAddress) -> Reached:
    """Look the name up and connect. Raises `ConnectionFailed` or `TimeoutExceeded`."""
    start = time.monotonic()
    host, port = _host_and_port(address)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        socket.create_connection((host, port), timeout=CONNECT_LIMIT).close()
    except OSError as failure:
        raise translate_socket_error(failure) from None
    return Reached(len({address_info[4][0] for address_info in found}), time.monotonic() - start)


def certificate(address: PortalAddress, authorities: str | None) -> Certificate:
    """Return the portal's certificate, checked with these CA certificates (a file or a folder).

    None means that it is not checked; Python then returns nothing of it but the TLS version.
    """
    host, port = _host_and_port(address)
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
    try:
        with (
            socket.create_connection((host, port), timeout=CONNECT_LIMIT) as plain,
            context.wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            found = wrapped.getpeercert() or {}
            protocol = wrapped.version() or "TLS"
    except OSError as failure:
        raise translate_socket_error(failure) from None
    # Python describes the issuer as a tuple of parts, each a tuple of pairs.
    parts: Any = found.get("issuer", ())
    names = {name: value for part in parts for name, value in part}
    end = found.get("notAfter")
    return Certificate(
        str(names.get("organizationName") or names.get("commonName") or "an unknown issuer"),
        ssl.cert_time_to_seconds(end) if isinstance(end, str) else 0.0,
        protocol,
    )


def _host_and_port(address: PortalAddress) -> tuple[str, int]:
    return address.host.strip("[]"), address.port or DEFAULT_PORTS[address.scheme]
