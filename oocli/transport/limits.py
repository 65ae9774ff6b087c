"""How patient to be and which way to go: what the settings tell the transport."""

from __future__ import annotations

from typing import NamedTuple

CONNECT_LIMIT = 10.0  # seconds


class Limits(NamedTuple):
    """How patient to be: seconds for each read, seconds in all (None: no end), repeats."""

    timeout: float = 60.0
    max_time: float | None = None
    repeats: int = 2


class Way(NamedTuple):
    """How to reach portals: certificates and proxies, all of them set by us, none by requests.

    `verify` is True (the bundled authorities), False (no check) or a file of authorities.
    `proxies` maps `http`, `https` and `all` to a proxy's address.
    """

    verify: bool | str = True
    client_cert: str | None = None
    proxies: tuple[tuple[str, str], ...] = ()
    no_proxy: str = ""
