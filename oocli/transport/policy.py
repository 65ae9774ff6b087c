"""The rules for retries, delays, redirects and proxies, as functions that send nothing."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from datetime import timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from oocli.model.address import PortalAddress, ProxyAddress
from oocli.model.errors import (
    CertificateFailed,
    ConnectionFailed,
    OocliError,
    RateLimited,
    RedirectNotFollowed,
)
from oocli.model.request import Request
from oocli.model.response import Headers, Response
from oocli.model.secret import redact
from oocli.model.times import MAX_CLOCK_OFFSET
from oocli.transport.options import ConnectionOptions

MAX_REDIRECTS = 5
MAX_WAIT = 60.0  # seconds; where a portal asks for more, the request fails
_RETRY_STATUSES = frozenset({429, 502, 503, 504})
# A scheme without a host, or three slashes: programs disagree on which host these name.
_AMBIGUOUS_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:(?!//[^/?#])|///)")
_BASE_WAIT = 0.5  # seconds
_MAX_BACKOFF = 30.0  # seconds
_MAX_DELAY = 1e9  # seconds; keeps Retry-After from becoming infinite, which could not be printed


def may_retry_response(request: Request, answer: Response) -> bool:
    """Whether a request may be sent again after an answer.

    Requests that may be repeated, such as GET and HEAD, are retried after 429, 502, 503, 504 and
    the page of a starting portal. Others are retried only where the portal said when to come back
    (429 or 503 with Retry-After), because then it did nothing.
    """
    if request.may_repeat:
        return answer.status in _RETRY_STATUSES or is_warming_up(answer)
    return answer.status in (429, 503) and "retry-after" in answer.headers


def pauses_all(answer: Response, wait: float) -> bool:
    """Whether all requests, not only this one, must pause for `wait` seconds.

    A portal limits a client, not a request. If the wait exceeds `MAX_WAIT`, nothing pauses: each
    request fails by itself.
    """
    is_limit = answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers)
    return is_limit and wait <= MAX_WAIT


def may_retry_error(request: Request, failure: ConnectionFailed) -> bool:
    """Whether a request may be sent again after its connection failed.

    If it may have reached the portal, it is sent again only if it may be repeated. A certificate
    that is rejected once will be rejected again, so that is never retried.
    """
    if isinstance(failure, CertificateFailed):
        return False
    return request.may_repeat or not failure.was_sent


def is_warming_up(answer: Response) -> bool:
    """Whether an answer is the HTML page that a portal sends while it starts."""
    if answer.status not in (200, 503) or answer.content_type != "text/html":
        return False
    if answer.is_attachment:
        return False
    start = answer.raw[:65536].lower()
    return b"warmup" in start or b"warming up" in start or b"is starting" in start


def retry_delay(attempt: int, headers: Headers, now: float, jitter: float) -> float:
    """Return the seconds to wait before retry `attempt` (from 1).

    Retry-After holds seconds or a date, X-RateLimit-Reset seconds or a Unix time
    (DocSpace-server, common/ASC.Common/Utils/RateLimiterSettings.cs). Without either, the delay is
    0.5 s, doubled with each attempt up to 30 s. `jitter` (0 to 1) adds up to half of it, so that
    many clients do not come back together. A portal may ask for more than `MAX_WAIT`; the caller
    then gives up.
    """
    requested = _retry_after(headers.get("retry-after"), now)
    if requested is None:
        requested = _rate_limit_reset(headers.get("x-ratelimit-reset"), now)
    backoff = min(_BASE_WAIT * 2 ** (attempt - 1), _MAX_BACKOFF) * (1 + jitter / 2)
    if requested is None:
        return float(backoff)
    # A retry after 0 seconds would meet the same limit again.
    return _BASE_WAIT * (0.5 + jitter) if requested <= 0 else requested


def clock_offset(answer: Response, now: float) -> float:
    """Return the portal's clock minus this machine's, in seconds, from the Date header.

    0 where the clocks differ by 5 s or less, and where the date is missing or not plausible.
    """
    try:
        offset = parsedate_to_datetime(answer.headers["date"]).timestamp() - now
    except (KeyError, ValueError, TypeError, OverflowError):
        return 0.0
    return round(offset) if 5 < abs(offset) <= MAX_CLOCK_OFFSET else 0.0


def wait_too_long(wait: float, answer: Response) -> RateLimited:
    """Return the error for a portal that asks to wait longer than `MAX_WAIT` seconds."""
    return RateLimited(
        f"the portal asks to wait {wait:.0f} s, longer than {MAX_WAIT:.0f} s",
        hint=f"run it again in {_duration(wait)}",
        answer=answer,
    )


class Redirect(NamedTuple):
    """Where a redirect leads, and whether that is the portal, which may get the credential."""

    url: str
    same_server: bool


def next_redirect(
    request: Request, answer: Response, address: PortalAddress, redirects: int, *, to_files: bool
) -> Redirect | None:
    """Return the redirect to follow; None if the answer is not a redirect.

    Only GET and HEAD follow redirects, at most `MAX_REDIRECTS` and never from https to http. The
    same server gets the credential again. Another server gets no credential, and only downloads of
    files (`to_files`) follow a redirect there. Raises `RedirectNotFollowed` for all others.
    """
    if answer.status not in (301, 302, 303, 307, 308) or request.with_cookie:
        return None
    target, path = _redirect_target(answer)
    origin = target.origin
    if not request.is_safe:
        why = f"{request.method} is not repeated at another address: the portal points to {origin}"
        raise _moved(answer, why, address, target)
    if redirects >= MAX_REDIRECTS:
        raise _not_followed(answer, f"more than {MAX_REDIRECTS} redirects, the last to {origin}")
    if "https" in (address.scheme, answer.url.partition(":")[0]) and target.scheme == "http":
        raise _not_followed(answer, f"it points from https to {origin}, which is not encrypted")
    same = target.same_server(address)
    if not same and not to_files:
        raise _moved(answer, f"it points to {origin}", address, target)
    if not same and target.scheme == "http" and not target.is_loopback:
        raise _not_followed(answer, f"it points to {origin}, which is not encrypted")
    return Redirect(origin + path, same)


def _redirect_target(answer: Response) -> tuple[PortalAddress, str]:
    """Return the server that a redirect names, and the path and query after it.

    The server's address is parsed and written anew, so that the request goes to the host that was
    checked, even where programs would read the address differently.
    """
    location = answer.headers.get("location", "").strip()
    if not location:
        raise _not_followed(answer, "it does not say where to")
    try:
        if _AMBIGUOUS_URL.match(location) or "\\" in location:
            raise ValueError(location)
        url = urljoin(answer.url, location).partition("#")[0]
        scheme, _, rest = url.partition("://")
        authority = re.split(r"[/?]", rest, maxsplit=1)[0]
        target = PortalAddress.parse(f"{scheme}://{authority}")
    except (OocliError, ValueError):
        why = f"it points to an address that is not valid: {redact(location)}"
        raise _not_followed(answer, why) from None
    return target, rest[len(authority) :]


def _not_followed(answer: Response, why: str) -> RedirectNotFollowed:
    return RedirectNotFollowed(f"redirect not followed: {why}", answer=answer)


def _moved(
    answer: Response, why: str, address: PortalAddress, target: PortalAddress
) -> RedirectNotFollowed:
    """Return the error for a redirect to an address at which the portal may be now."""
    error = _not_followed(answer, why)
    if address.host == target.host and target.scheme == "https":
        error.hint, error.sign_in_at = "use https", target.origin
    else:
        error.hint = "if that is the portal's address, sign in there"
        error.sign_in_at = target.key
    return error


def _retry_after(value: str | None, now: float) -> float | None:
    if not value:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
        return min(float(value[:400]), _MAX_DELAY)
    try:
        date = parsedate_to_datetime(value)
        # Dates in HTTP are in GMT even where they do not say so (RFC 9110, 5.6.7).
        moment = (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, moment - now)


def _rate_limit_reset(value: str | None, now: float) -> float | None:
    if not value or not re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", value.strip()):
        return None
    number = float(value)
    # So large a number is a Unix time, not a number of seconds to wait.
    return max(0.0, number - now) if number > 1_000_000_000 else number


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def proxy_for(url: str, connection: ConnectionOptions) -> ProxyAddress | None:
    """Return the proxy for a request to `url`, None for a direct connection.

    Raises `UsageError` if the address of the proxy is not valid.
    """
    if not connection.proxies or bypasses(url, connection.no_proxy):
        return None
    proxies = dict(connection.proxies)
    address = proxies.get(urlsplit(url).scheme) or proxies.get("all")
    return ProxyAddress.parse(address).checked() if address else None


def bypasses(url: str, no_proxy: str) -> bool:
    """Whether `no_proxy` names the host of `url`, by the rules of requests and urllib.

    `no_proxy` is a list, separated by commas, of hosts (subdomains included), hosts with a port, IP
    addresses and networks; `*` alone means every host. `requests.utils.should_bypass_proxies` is
    not used because it changes the environment of the process for a moment.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    names = [name.strip().lower() for name in no_proxy.split(",")]
    if names == ["*"]:
        return True
    address = _ip_address(host)
    return any(_names_host(name, host, parts.port, address) for name in names if name)


_IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def _names_host(name: str, host: str, port: int | None, address: _IpAddress | None) -> bool:
    if address is not None:
        if "/" in name:
            with suppress(ValueError):
                return address in ipaddress.ip_network(name, strict=False)
            return False
        return host == name.strip("[]") or address == _ip_address(name.strip("[]"))
    name = name.lstrip(".")
    with_port = f"{host}:{port}" if port else host
    return name != "" and any(
        text == name or text.endswith(f".{name}") for text in (host, with_port)
    )


def _ip_address(text: str) -> _IpAddress | None:
    """Parse an IP address, including short forms of IPv4 such as `127.1`; None for other text."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text)) if "." in text else None
    except OSError:
        return None
