"""Why a connection failed, in words: from a chain of exceptions to one error of ours."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPException

from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    InvalidResponse,
    OocliError,
    StorageError,
    TimeoutExceeded,
    UsageError,
)


def translate(failure: BaseException, *, timeout: float) -> OocliError:
    """Return the error that a failed exchange means.

    `timeout` is the read limit in seconds, for the message. The HTTP library wraps the causes in
    several layers; the standard library's own exceptions at the bottom tell what happened.
    """
    chain = list(_causes(failure))
    names = {type(one).__name__ for one in chain}
    tls = next((one for one in chain if isinstance(one, ssl.SSLError)), None)
    if names & {"ConnectTimeout", "ConnectTimeoutError"}:
        late = TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
        late.was_sent = False
        return late
    if names & {"ReadTimeout", "ReadTimeoutError"}:
        return TimeoutExceeded(
            f"nothing came for {timeout:g} s", hint="allow more with --timeout SECONDS"
        )
    if tls is not None:
        return _tls(tls)
    if names & _UNUSABLE_PROXY:
        # What the library says is not quoted: it repeats the address, with its password.
        socks = any("SOCKS" in str(one) for one in chain)
        why = "SOCKS wants the package PySocks" if socks else "its address is none of a host"
        return UsageError(f"the proxy cannot be used: {why}", hint=_PROXY)
    if "DecodeError" in names:
        return InvalidResponse("the answer's compression is broken")
    if isinstance(failure, OSError) and "RequestException" not in _bases(failure):
        return StorageError(str(failure))
    return _never_connected(chain, names) or _broken_off(chain, names)


def translate_socket_error(failure: OSError) -> OocliError:
    """Return the error that a connection made without the HTTP library means."""
    if isinstance(failure, ssl.SSLError):
        return _tls(failure)
    if isinstance(failure, TimeoutError):
        return TimeoutExceeded("no connection within 10 s", hint=_NETWORK)
    chain: list[BaseException] = [failure]
    return _never_connected(chain, {"NewConnectionError"}) or _broken_off(chain, set())


def _never_connected(chain: list[BaseException], names: set[str]) -> ConnectionFailed | None:
    """Return the failure of a request that surely did not reach the portal."""
    if "ProxyError" in names:
        error = ConnectionFailed(f"the proxy failed: {_proxy(chain)}", hint=_PROXY)
    elif any(isinstance(one, socket.gaierror) for one in chain):
        error = ConnectionFailed(
            "the host name is unknown", hint="check the spelling of --portal and the network"
        )
    elif any(isinstance(one, ConnectionRefusedError) for one in chain):
        error = ConnectionFailed("connection refused", hint=_NETWORK)
    elif "NewConnectionError" in names:
        error = ConnectionFailed(f"no connection: {_deepest(chain)}", hint=_NETWORK)
    else:
        return None
    error.was_sent = False
    return error


def _broken_off(chain: list[BaseException], names: set[str]) -> ConnectionFailed:
    if names & {"IncompleteRead", "InvalidChunkLength", "ChunkedEncodingError"}:
        return ConnectionFailed("the answer broke off before its end")
    if any(isinstance(one, (ConnectionError, HTTPException)) for one in chain):
        return ConnectionFailed(f"the connection broke off: {_broke(chain)}")
    if not isinstance(chain[0], OSError):  # the libraries' own failures all are
        return ConnectionFailed(f"the answer is not valid HTTP: {_deepest(chain)}")
    return ConnectionFailed(f"the connection failed: {_deepest(chain)}")


_NETWORK = "check the network, a proxy, and whether the portal is up"
_PROXY = "check --proxy, HTTPS_PROXY and NO_PROXY"
# The portal's own address has been read by us; what the library cannot read is the proxy's.
_UNUSABLE_PROXY = frozenset(
    {"InvalidProxyURL", "InvalidSchema", "InvalidURL", "LocationParseError", "ProxySchemeUnknown"}
)


def _causes(failure: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[object] = [failure]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "reason", None), one.__cause__, *one.args, one.__context__]


def _tls(failure: ssl.SSLError) -> OocliError:
    reason = getattr(failure, "reason", None) or str(failure)
    no_pem = reason == "PEM_LIB" or "PEM lib" in reason  # of a certificate and of its key
    if getattr(failure, "library", None) in ("X509", "PEM") or no_pem:
        # Nothing was asked yet: a file of ours could not be loaded.
        return StorageError(
            f"a file of certificates cannot be used: {_in_words(reason)}",
            hint="it must hold PEM blocks; check --cacert, --client-cert and SSL_CERT_FILE",
        )
    if isinstance(failure, ssl.SSLCertVerificationError):
        why = (failure.verify_message or "it could not be verified").rstrip(".")
        hint = "for an authority of your own: --cacert FILE"
        if "expired" in why or "not yet valid" in why:
            hint = "renew the portal's certificate, or set this machine's clock"
        elif "mismatch" in why or "not valid for" in why:
            hint = "use the host name that the certificate was made for"
        return CertificateFailed(f"the portal's certificate is not accepted: {why}", hint=hint)
    if "certificate required" in _in_words(reason):
        return CertificateFailed(
            "the portal wants a client certificate", hint="give it with --client-cert FILE"
        )
    return CertificateFailed(
        f"no TLS connection: {_in_words(reason)}",
        hint="the portal may speak plain http, or only an old TLS; try http:// or ask its admin",
    )


def _in_words(reason: str) -> str:
    return reason.replace("_", " ").lower()


def _proxy(chain: list[BaseException]) -> str:
    said = " ".join(str(one) for one in chain)
    if re.search(r"failed: 407\b", said):
        return "it wants a sign-in (407); give it as http://USER:PASSWORD@HOST:PORT in HTTPS_PROXY"
    if any(isinstance(one, ConnectionRefusedError) for one in chain):
        return "connection refused"
    if any(isinstance(one, socket.gaierror) for one in chain):
        return "its host name is unknown"
    return _deepest(chain)


def _broke(chain: list[BaseException]) -> str:
    # First, since this one is a ConnectionResetError as well.
    if any(type(one).__name__ == "RemoteDisconnected" for one in chain):
        return "closed without an answer"
    if any(isinstance(one, ConnectionResetError) for one in chain):
        return "reset by the portal"
    said = next((one for one in reversed(chain) if isinstance(one, HTTPException)), None)
    return str(said).rstrip(".") if said is not None and str(said) else _deepest(chain)


def _deepest(chain: list[BaseException]) -> str:
    last = next((one for one in reversed(chain) if isinstance(one, OSError)), chain[-1])
    text = getattr(last, "strerror", None) or str(last) or type(last).__name__
    return str(text).rstrip(".")


def _bases(failure: BaseException) -> set[str]:
    return {base.__name__ for base in type(failure).__mro__}
