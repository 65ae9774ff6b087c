"""Time limits, retries, certificates and proxies: what the settings tell the transport."""

from __future__ import annotations

from typing import NamedTuple

CONNECT_LIMIT = 10.0  # seconds


class RequestLimits(NamedTuple):
    """Seconds for each read, seconds for the whole call (None: no limit), number of retries."""

    timeout: float = 60.0
    max_time: float | None = None
    retries: int = 2


class ConnectionOptions(NamedTuple):
    """How to reach portals: certificates and proxies, all of them set by us, none by requests.

    `verify` is True (the bundled authorities), False (no check) or a file of authorities.
    `proxies` maps `http`, `https` and `all` to a proxy's address. `max_connections` is how many
    requests may run at the same time.
    """

    verify: bool | str = True
    client_cert: str | None = None
    proxies: tuple[tuple[str, str], ...] = ()
    no_proxy: str = ""
    max_connections: int = 1
