"""The connections of one process to a portal: what requests does for us, and what it must not."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter

from oocli.model.address import ProxyAddress
from oocli.model.secret import Credential
from oocli.transport.options import ConnectionOptions

if TYPE_CHECKING:
    from urllib3.connectionpool import ConnectionPool
    from urllib3.response import BaseHTTPResponse


class Connections(HTTPAdapter):
    """The connections of one process.

    A session of requests would bring what must not be here: kept cookies (an answer to a header
    sets one, and it would change who the next call is), netrc, the environment's proxies, and
    redirects of its own.
    """

    def __init__(self, connections: int) -> None:
        super().__init__(pool_connections=2, pool_maxsize=connections)
        self.connections, self.pid = connections, os.getpid()
        self._last: tuple[list[str], ConnectionPool | None] = [], None

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        """Return the connections to the server of a request.

        Certificates never change here, and the proxy follows from the address. So those of the
        request before are taken where the server is the same: looking for them takes a tenth of
        the time of a small file.
        """
        origin = str(request.url).split("/", 3)[:3]
        last, pool = self._last
        if origin != last or pool is None:
            pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            self._last = origin, pool
        return pool

    def close(self) -> None:
        """Close all connections."""
        self._last = [], None
        super().close()

    def request_url(
        self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None
    ) -> str:
        """Return what stands in the first line of a request: a whole address only for a proxy."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(
        self, req: requests.PreparedRequest, resp: BaseHTTPResponse
    ) -> requests.Response:
        """Return the answer alone; its cookies must not be kept, and nobody reads the rest."""
        response = requests.Response()
        response.status_code, response.reason, response.raw = resp.status, resp.reason or "", resp
        return response

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """Return the header that signs in to a proxy, in UTF-8; requests knows Latin-1 alone."""
        value = ProxyAddress.parse(proxy).authorization
        return {} if value is None else {"Proxy-Authorization": value}


class Authorization(requests.auth.AuthBase):
    """Sets our header. Given even without a credential, so that requests looks for none itself."""

    def __init__(self, credential: Credential | None) -> None:
        self._credential = credential

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        """Set the header."""
        if self._credential is not None:
            prepared.headers["Authorization"] = self._credential.authorization()
        return prepared


def ca_bundle(connection: ConnectionOptions) -> str | None:
    """Return the file or folder of certificates that are trusted, None for no check."""
    if connection.verify is True:
        return str(requests.utils.DEFAULT_CA_BUNDLE_PATH)
    return connection.verify or None


def connect_in_time(pool: Any, is_late: Callable[[], bool]) -> None:
    """Let no request go out over a connection that was made after the time of the whole call.

    Nobody waits for such a request any more, but the thread that makes the connection goes on.
    """
    if "ConnectionCls" in vars(pool):  # done already: pools are kept
        return
    base: Any = pool.ConnectionCls

    class _InTime(base):  # type: ignore[misc]
        def connect(self) -> None:
            """Connect, and give the connection up if it came too late."""
            super().connect()
            if is_late():
                self.close()
                raise TimeoutError("connected too late")

    pool.ConnectionCls = _InTime
