"""HTTP connections through requests, without its `Session`."""

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
    """The connections of one process to a portal.

    `requests.Session` is not used: it would keep cookies (a portal answers the credential with a
    cookie, and the next request could run as another user), read netrc and the proxies of the
    environment, and follow redirects by its own rules.
    """

    def __init__(self, connections: int) -> None:
        super().__init__(pool_connections=2, pool_maxsize=connections)
        self.connections, self.pid = connections, os.getpid()
        self._last_pool: tuple[list[str], ConnectionPool | None] = [], None

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        """Return the connection pool for the origin of a request.

        The last pool is kept, because finding it again takes a tenth of the time of a small file.
        The origin alone identifies it: certificates are the same for all requests, and the proxy
        depends on the address.
        """
        origin = str(request.url).split("/", 3)[:3]
        last_origin, pool = self._last_pool
        if origin != last_origin or pool is None:
            pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            self._last_pool = origin, pool
        return pool

    def close(self) -> None:
        """Close all connections."""
        self._last_pool = [], None
        super().close()

    def request_url(
        self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None
    ) -> str:
        """Return the target for the request line: the full URL for a proxy, else the path."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(
        self, req: requests.PreparedRequest, resp: BaseHTTPResponse
    ) -> requests.Response:
        """Return an answer with status, reason and raw body only, and keep none of its cookies."""
        response = requests.Response()
        response.status_code, response.reason, response.raw = resp.status, resp.reason or "", resp
        return response

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """Return the header that signs in to a proxy, in UTF-8; requests supports only Latin-1."""
        value = ProxyAddress.parse(proxy).authorization
        return {} if value is None else {"Proxy-Authorization": value}


class Authorization(requests.auth.AuthBase):
    """Sets the Authorization header.

    It is passed even without a credential, since requests would otherwise take one from the URL.
    """

    def __init__(self, credential: Credential | None) -> None:
        self._credential = credential

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        """Set the header if there is a credential."""
        if self._credential is not None:
            prepared.headers["Authorization"] = self._credential.authorization()
        return prepared


def ca_bundle(connection: ConnectionOptions) -> str | None:
    """Return the file or folder of trusted CA certificates; None if they are not verified."""
    if connection.verify is True:
        return str(requests.utils.DEFAULT_CA_BUNDLE_PATH)
    return connection.verify or None


def close_late_connections(pool: Any, is_late: Callable[[], bool]) -> None:
    """Make a pool close each connection that is established after the call has timed out.

    The caller has given up by then, but the thread that connects would still send the request.
    """
    if "ConnectionCls" in vars(pool):  # already replaced: pools are reused
        return
    base: Any = pool.ConnectionCls

    class _TimelyConnection(base):  # type: ignore[misc]
        def connect(self) -> None:
            """Connect, then close the connection if it is too late to use it."""
            super().connect()
            if is_late():
                self.close()
                raise TimeoutError("connected too late")

    pool.ConnectionCls = _TimelyConnection
