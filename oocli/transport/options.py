"""How patient to be and which way to go: what the settings tell the transport."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

CONNECT_LIMIT = 10.0  # seconds


class RequestLimits(NamedTuple):
    """How patient to be: seconds for each read, seconds in all (None: no end), repeats."""

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


def connect_in_time(pool: Any, is_late: Callable[[], bool]) -> None:
    """Let no request leave over a connection that took until after the time of the whole call.

    Nobody waits for such a request any more, but the thread that makes the connection goes on.
    """
    if "ConnectionCls" in vars(pool):  # done already: pools are kept
        return
    base: Any = pool.ConnectionCls

    class InTime(base):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            if is_late():
                self.close()
                raise TimeoutError("connected too late")

    pool.ConnectionCls = InTime
