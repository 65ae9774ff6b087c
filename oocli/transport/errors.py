"""Why a connection failed: from a chain of the libraries' exceptions to one error of oocli."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

import requests.exceptions as of_requests
import urllib3.exceptions as of_urllib3

from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    InvalidResponse,
    OocliError,
    Remedy,
    StorageError,
    TimeoutExceeded,
    UsageError,
)

_NETWORK = "check the network, a proxy, and whether the portal is up"
# The portal's own address has been parsed before; what the library cannot read is the proxy's.
_UNUSABLE_PROXY = (
    of_requests.InvalidProxyURL,
    of_requests.InvalidSchema,
    of_requests.InvalidURL,
    of_urllib3.LocationParseError,
    of_urllib3.ProxySchemeUnknown,
)
_PROXY_FAILED = (of_requests.ProxyError, of_urllib3.ProxyError)
_NOT_CONNECTED_IN_TIME = (of_requests.ConnectTimeout, of_urllib3.ConnectTimeoutError)
_SILENT = (of_requests.ReadTimeout, of_urllib3.ReadTimeoutError)
_CUT = (of_requests.ChunkedEncodingError, IncompleteRead)
_Types = type[BaseException] | tuple[type[BaseException], ...]


def translate(failure: BaseException, *, timeout: float) -> OocliError:
    """Return the error that a failed exchange means.

    `timeout` is the read limit in seconds, for the message. The HTTP library wraps the causes in
    several layers; the standard library's own exceptions at the bottom tell what happened.
    """
    chain = list(_causes(failure))
    tls = next((cause for cause in chain if isinstance(cause, ssl.SSLError)), None)
    # A connection that could not be made is a timeout to urllib3, whatever the reason was.
    if any(
        isinstance(cause, _NOT_CONNECTED_IN_TIME)
        and not isinstance(cause, of_urllib3.NewConnectionError)
        for cause in chain
    ):
        late = TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
        late.was_sent = False
        return late
    if _has(chain, _SILENT):
        return TimeoutExceeded(f"no data received for {timeout:g} s", remedy=Remedy.TIMEOUT)
    if tls is not None:
        return _tls(tls)
    if _has(chain, _UNUSABLE_PROXY):
        # What the library says is not quoted: it repeats the address, with its password.
        socks = any("SOCKS" in str(cause) for cause in chain)
        why = "SOCKS wants the package PySocks" if socks else "its address is none of a host"
        return UsageError(f"the proxy cannot be used: {why}", remedy=Remedy.PROXY)
    if _has(chain, of_urllib3.DecodeError):
        return InvalidResponse("the answer's compression is broken")
    if isinstance(failure, OSError) and not isinstance(failure, of_requests.RequestException):
        return StorageError(str(failure))
    is_new = _has(chain, of_urllib3.NewConnectionError)
    return _never_connected(chain, is_new=is_new) or _broken_off(chain)


def translate_socket_error(failure: OSError) -> OocliError:
    """Return the error that a connection made without the HTTP library means."""
    if isinstance(failure, ssl.SSLError):
        return _tls(failure)
    if isinstance(failure, TimeoutError):
        return TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
    return _never_connected([failure], is_new=True) or _broken_off([failure])


def _has(chain: Sequence[BaseException], types: _Types) -> bool:
    return any(isinstance(cause, types) for cause in chain)


def _never_connected(chain: Sequence[BaseException], *, is_new: bool) -> ConnectionFailed | None:
    """Return the failure of a request that surely did not reach the portal.

    `is_new` tells that the connection was still being made.
    """
    if _has(chain, _PROXY_FAILED):
        error = ConnectionFailed(f"the proxy failed: {_proxy_reason(chain)}", remedy=Remedy.PROXY)
    elif _has(chain, socket.gaierror):
        error = ConnectionFailed("the host name is unknown", remedy=Remedy.PORTAL_NAME)
    elif _has(chain, ConnectionRefusedError):
        error = ConnectionFailed("connection refused", hint=_NETWORK)
    elif is_new:
        error = ConnectionFailed(f"no connection: {_deepest(chain)}", hint=_NETWORK)
    else:
        return None
    error.was_sent = False
    return error


def _broken_off(chain: Sequence[BaseException]) -> ConnectionFailed:
    if _has(chain, _CUT):
        return ConnectionFailed("the answer broke off before its end")
    if _has(chain, (ConnectionError, HTTPException)):
        return ConnectionFailed(f"the connection broke off: {_end_reason(chain)}")
    if not isinstance(chain[0], OSError):  # all failures of requests are one
        return ConnectionFailed(f"the answer is not valid HTTP: {_deepest(chain)}")
    return ConnectionFailed(f"the connection failed: {_deepest(chain)}")


def _causes(failure: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[object] = [failure]
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [getattr(cause, "reason", None), cause.__cause__, *cause.args, cause.__context__]


def _tls(failure: ssl.SSLError) -> OocliError:
    reason = getattr(failure, "reason", None) or str(failure)
    words = reason.replace("_", " ").lower()
    no_pem = reason == "PEM_LIB" or "PEM lib" in reason  # of a certificate and of its key
    if getattr(failure, "library", None) in ("X509", "PEM") or no_pem:
        # Nothing was sent yet: a local file could not be loaded.
        return StorageError(
            f"a file of certificates cannot be used: {words}", remedy=Remedy.CERTIFICATE_FILES
        )
    if isinstance(failure, ssl.SSLCertVerificationError):
        why = (failure.verify_message or "it could not be verified").rstrip(".")
        error = CertificateFailed(f"the portal's certificate is not accepted: {why}")
        if "expired" in why or "not yet valid" in why:
            error.hint = "renew the portal's certificate, or set this machine's clock"
        elif "mismatch" in why or "not valid for" in why:
            error.hint = "use the host name that the certificate was made for"
        else:
            error.remedy = Remedy.CA_CERTIFICATES
        return error
    if "certificate required" in words:
        return CertificateFailed(
            "the portal wants a client certificate", remedy=Remedy.CLIENT_CERTIFICATE
        )
    return CertificateFailed(
        f"no TLS connection: {words}",
        hint="the portal may speak plain http, or only an old TLS; try http:// or ask its admin",
    )


def _proxy_reason(chain: Sequence[BaseException]) -> str:
    if re.search(r"failed: 407\b", " ".join(str(cause) for cause in chain)):
        return "it wants a sign-in (407); give it as http://USER:PASSWORD@HOST:PORT in HTTPS_PROXY"
    if _has(chain, ConnectionRefusedError):
        return "connection refused"
    if _has(chain, socket.gaierror):
        return "its host name is unknown"
    return _deepest(chain)


def _end_reason(chain: Sequence[BaseException]) -> str:
    if _has(chain, RemoteDisconnected):  # first, since it is a ConnectionResetError as well
        return "closed without an answer"
    if _has(chain, ConnectionResetError):
        return "reset by the portal"
    last = next((cause for cause in reversed(chain) if isinstance(cause, HTTPException)), None)
    return str(last or "").rstrip(".") or _deepest(chain)


def _deepest(chain: Sequence[BaseException]) -> str:
    last = next((cause for cause in reversed(chain) if isinstance(cause, OSError)), chain[-1])
    text = getattr(last, "strerror", None) or str(last) or type(last).__name__
    return str(text).rstrip(".")
