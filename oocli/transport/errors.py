"""Translate the exceptions of requests, urllib3 and the standard library into errors of oocli."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

import requests.exceptions
import urllib3.exceptions

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
# The portal's address was checked before, so these are about the address of the proxy.
_UNUSABLE_PROXY = (
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    urllib3.exceptions.LocationParseError,
    urllib3.exceptions.ProxySchemeUnknown,
)
_PROXY_FAILED = (requests.exceptions.ProxyError, urllib3.exceptions.ProxyError)
_CONNECT_TIMEOUT = (requests.exceptions.ConnectTimeout, urllib3.exceptions.ConnectTimeoutError)
_READ_TIMEOUT = (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError)
_INCOMPLETE = (requests.exceptions.ChunkedEncodingError, IncompleteRead)
_Types = type[BaseException] | tuple[type[BaseException], ...]


def translate(failure: BaseException, *, timeout: float) -> OocliError:
    """Return the oocli error for a failed request.

    `timeout` is the read timeout in seconds, for the message. requests and urllib3 wrap exceptions
    several times, so the whole chain of causes is searched for the one that tells what happened.
    """
    chain = list(_causes(failure))
    tls = next((cause for cause in chain if isinstance(cause, ssl.SSLError)), None)
    # NewConnectionError is a ConnectTimeoutError by inheritance only: it has all kinds of causes.
    if any(
        isinstance(cause, _CONNECT_TIMEOUT)
        and not isinstance(cause, urllib3.exceptions.NewConnectionError)
        for cause in chain
    ):
        timed_out = TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
        timed_out.was_sent = False
        return timed_out
    if _contains(chain, _READ_TIMEOUT):
        return TimeoutExceeded(f"no data received for {timeout:g} s", remedy=Remedy.TIMEOUT)
    if tls is not None:
        return _tls_error(tls)
    if _contains(chain, _UNUSABLE_PROXY):
        # The library's message is not quoted, since it repeats the address with the password.
        socks = any("SOCKS" in str(cause) for cause in chain)
        why = "SOCKS needs the package PySocks" if socks else "its address is not valid"
        return UsageError(f"the proxy cannot be used: {why}", remedy=Remedy.PROXY)
    if _contains(chain, urllib3.exceptions.DecodeError):
        return InvalidResponse("the answer cannot be decompressed")
    if isinstance(failure, OSError) and not isinstance(
        failure, requests.exceptions.RequestException
    ):
        return StorageError(str(failure))
    is_new = _contains(chain, urllib3.exceptions.NewConnectionError)
    return _not_sent_error(chain, connecting=is_new) or _interrupted_error(chain)


def translate_socket_error(failure: OSError) -> OocliError:
    """Return the oocli error for a connection that was made without requests."""
    if isinstance(failure, ssl.SSLError):
        return _tls_error(failure)
    if isinstance(failure, TimeoutError):
        return TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
    return _not_sent_error([failure], connecting=True) or _interrupted_error([failure])


def _contains(chain: Sequence[BaseException], types: _Types) -> bool:
    return any(isinstance(cause, types) for cause in chain)


def _not_sent_error(chain: Sequence[BaseException], *, connecting: bool) -> ConnectionFailed | None:
    """Return the error for a request that cannot have reached the portal, else None.

    `connecting` says that the connection was still being made.
    """
    if _contains(chain, _PROXY_FAILED):
        error = ConnectionFailed(f"the proxy failed: {_proxy_reason(chain)}", remedy=Remedy.PROXY)
    elif _contains(chain, socket.gaierror):
        error = ConnectionFailed("the host name is unknown", remedy=Remedy.PORTAL_NAME)
    elif _contains(chain, ConnectionRefusedError):
        error = ConnectionFailed("connection refused", hint=_NETWORK)
    elif connecting:
        error = ConnectionFailed(f"no connection: {_root_cause(chain)}", hint=_NETWORK)
    else:
        return None
    error.was_sent = False
    return error


def _interrupted_error(chain: Sequence[BaseException]) -> ConnectionFailed:
    if _contains(chain, _INCOMPLETE):
        return ConnectionFailed("the answer is incomplete")
    if _contains(chain, (OSError, HTTPException)):
        return ConnectionFailed(f"the connection failed: {_closing_reason(chain)}")
    return ConnectionFailed(f"the answer is not valid HTTP: {_root_cause(chain)}")


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """Yield an exception and, breadth first, all exceptions that it wraps."""
    seen: set[int] = set()
    pending: list[object] = [failure]
    while pending:
        cause = pending.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending += [getattr(cause, "reason", None), cause.__cause__, *cause.args, cause.__context__]


def _tls_error(failure: ssl.SSLError) -> OocliError:
    reason = getattr(failure, "reason", None) or str(failure)
    words = reason.replace("_", " ").lower()
    is_pem_error = reason == "PEM_LIB" or "PEM lib" in reason
    if getattr(failure, "library", None) in ("X509", "PEM") or is_pem_error:
        # Nothing was sent: a local file of certificates or a key could not be loaded.
        return StorageError(
            f"a certificate file cannot be used: {words}", remedy=Remedy.CERTIFICATE_FILES
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
            "the portal requires a client certificate", remedy=Remedy.CLIENT_CERTIFICATE
        )
    return CertificateFailed(
        f"no TLS connection: {words}",
        hint="the portal may use plain http or only an old TLS; try http:// or ask its admin",
    )


def _proxy_reason(chain: Sequence[BaseException]) -> str:
    if re.search(r"failed: 407\b", " ".join(str(cause) for cause in chain)):
        return "it requires a sign-in (407); put USER:PASSWORD@ in front of its host name"
    if _contains(chain, ConnectionRefusedError):
        return "connection refused"
    if _contains(chain, socket.gaierror):
        return "its host name is unknown"
    return _root_cause(chain)


def _closing_reason(chain: Sequence[BaseException]) -> str:
    if _contains(chain, RemoteDisconnected):  # a subclass of ConnectionResetError
        return "closed without an answer"
    if _contains(chain, ConnectionResetError):
        return "reset by the portal"
    last = next((cause for cause in reversed(chain) if isinstance(cause, HTTPException)), None)
    return str(last or "").rstrip(".") or _root_cause(chain)


def _root_cause(chain: Sequence[BaseException]) -> str:
    """Return the text of the last operating system error, or of the last exception at all."""
    last = next((cause for cause in reversed(chain) if isinstance(cause, OSError)), chain[-1])
    text = getattr(last, "strerror", None) or str(last) or type(last).__name__
    return str(text).rstrip(".")
