"""Which proxy a request takes: decided from the settings alone, never from the environment."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from oocli.model.proxy import ProxyAddress
from oocli.transport.options import ConnectionOptions


def proxy_for(url: str, connection: ConnectionOptions) -> ProxyAddress | None:
    """Return the proxy that a request to `url` takes, None for none.

    Raises `UsageError` for an address that is none of a proxy.
    """
    if not connection.proxies or bypasses(url, connection.no_proxy):
        return None
    found = dict(connection.proxies)
    address = found.get(urlsplit(url).scheme) or found.get("all")
    return ProxyAddress.parse(address).checked() if address else None


def bypasses(url: str, no_proxy: str) -> bool:
    """Tell whether `no_proxy` excepts the host of `url`, as requests and urllib read it.

    It lists hosts (which stand for their subdomains as well), hosts with a port, IP addresses and
    networks, divided by commas; `*` alone is every host. The functions of requests change the
    process's environment for a moment, which other threads would see.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    names = [name.strip().lower() for name in no_proxy.split(",")]
    if names == ["*"]:
        return True
    address = _ip_address(host)
    return any(_matches(name, host, parts.port, address) for name in names if name)


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _matches(name: str, host: str, port: int | None, address: _Address | None) -> bool:
    if address is not None:
        if "/" in name:
            return _is_in_network(address, name)
        return host == name.strip("[]") or address == _ip_address(name.strip("[]"))
    name = name.lstrip(".")
    with_port = f"{host}:{port}" if port else host
    return name != "" and any(
        text == name or text.endswith(f".{name}") for text in (host, with_port)
    )


def _is_in_network(address: _Address, name: str) -> bool:
    try:
        return address in ipaddress.ip_network(name, strict=False)
    except ValueError:
        return False


def _ip_address(text: str) -> _Address | None:
    """Return the IP address that a text spells, the short forms of IPv4 (`127.1`) included."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text)) if "." in text else None
    except OSError:
        return None
