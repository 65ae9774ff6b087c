"""Decisions of the transport, as pure functions: retry, delay, redirect, proxy."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
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
_PASSING = frozenset({429, 502, 503, 504})
# Programs do not agree on what these mean: no host, or one that stands in the path.
_TWO_WAYS = re.compile(r"(?i)([a-z][a-z0-9+.-]*:(?!//[^/?#])|///)")
_BASE_WAIT = 0.5
_MAX_BACKOFF = 30.0
_MAX_DELAY = 1e9  # seconds; a number without an end would not print


def may_retry_response(request: Request, answer: Response) -> bool:
    """Whether an answer is worth asking again for.

    GET, HEAD and what is repeatable: on 429, 502, 503, 504 and the page of a portal that is
    starting. Others: only
    where the portal itself said when to come back (429 or 503 with Retry-After).
    """
    if request.may_repeat:
        return answer.status in _PASSING or is_warming_up(answer)
    return answer.status in (429, 503) and "retry-after" in answer.headers


def pauses_all(answer: Response, wait: float) -> bool:
    """Whether an answer asks the whole client, not one request alone, to come back after `wait`.

    A longer wait than `MAX_WAIT` pauses nothing: each request fails by itself.
    """
    limited = answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers)
    return limited and wait <= MAX_WAIT


def may_retry_error(request: Request, failure: ConnectionFailed) -> bool:
    """Whether a broken connection is worth another try.

    A request that may have reached the portal is asked again only if it may be repeated. A
    certificate that is not accepted will not be accepted next time either.
    """
    if isinstance(failure, CertificateFailed):
        return False
    return request.may_repeat or not failure.was_sent


def is_warming_up(answer: Response) -> bool:
    """Whether this is the page that a starting portal shows in place of its answers."""
    if answer.status not in (200, 503) or answer.content_type != "text/html":
        return False
    if answer.is_attachment:
        return False
    start = answer.raw[:65536].lower()
    return b"warmup" in start or b"warming up" in start or b"is starting" in start


def retry_delay(attempt: int, headers: Headers, now: float, jitter: float) -> float:
    """Return the seconds to wait before retry `attempt` (from 1).

    Retry-After may be seconds or a date; X-RateLimit-Reset a remainder or a Unix time
    (DocSpace-server, common/ASC.Common/Utils/RateLimiterSettings.cs). Neither given: 0.5 s,
    doubled each time up to 30 s, with up to half of it added by `jitter` (0 to 1) so that many
    clients do not come back together. What a portal asks for may exceed `MAX_WAIT`; the caller
    then gives up.
    """
    asked = _retry_after(headers.get("retry-after"), now)
    if asked is None:
        asked = _reset(headers.get("x-ratelimit-reset"), now)
    backoff = min(_BASE_WAIT * 2 ** (attempt - 1), _MAX_BACKOFF) * (1 + jitter / 2)
    if asked is None:
        return float(backoff)
    # 0 means "at once", which would only meet the same limit again.
    return max(asked, _BASE_WAIT * (0.5 + jitter)) if asked <= 0 else asked


def clock_offset(answer: Response, now: float) -> float:
    """Return the portal's clock minus ours, in seconds, as its Date header tells; 0 without one."""
    try:
        offset = parsedate_to_datetime(answer.headers["date"]).timestamp() - now
    except (KeyError, ValueError, TypeError, OverflowError):
        return 0.0
    return round(offset) if 5 < abs(offset) <= MAX_CLOCK_OFFSET else 0.0


def wait_too_long(wait: float, answer: Response) -> RateLimited:
    """Say until when the portal wants to be left alone."""
    return RateLimited(
        f"the portal asks to wait {wait:.0f} s, longer than {MAX_WAIT:.0f} s",
        hint=f"run it again in {_span(wait)}",
        answer=answer,
    )


class Redirect(NamedTuple):
    """Where a redirect leads, and whether it is the portal itself (which gets the credential)."""

    url: str
    same_server: bool


def follow(
    request: Request, answer: Response, address: PortalAddress, redirects: int, *, to_files: bool
) -> Redirect | None:
    """Return the next redirect, None if the answer is none. Raises `RedirectNotFollowed`.

    Only GET and HEAD follow, at most five times, never from https to http. On the same server the
    credential goes along. Another server gets none, and only file downloads (`to_files`) go there.
    """
    if answer.status not in (301, 302, 303, 307, 308) or request.with_cookie:
        return None
    there, rest = _destination(answer)
    origin = there.origin
    if not request.is_safe:
        why = f"{request.method} is not repeated at another address: the portal points to {origin}"
        raise _stop_elsewhere(answer, why, address, there)
    if redirects >= MAX_REDIRECTS:
        raise _stop(answer, f"more than {MAX_REDIRECTS} redirects, the last to {origin}")
    if "https" in (address.scheme, answer.url.partition(":")[0]) and there.scheme == "http":
        raise _stop(answer, f"it points from https to {origin}, which is not encrypted")
    same = there.same_server(address)
    if not same and not to_files:
        raise _stop_elsewhere(answer, f"it points to {origin}", address, there)
    if not same and there.scheme == "http" and not there.is_loopback:
        raise _stop(answer, f"it points to {origin}, which is not encrypted")
    return Redirect(origin + rest, same)


def _destination(answer: Response) -> tuple[PortalAddress, str]:
    """Return the server that a redirect names, in its one spelling, and what stands after it.

    The request goes to this spelling, so that no other reader of the address sees another host.
    """
    location = answer.headers.get("location", "").strip()
    if not location:
        raise _stop(answer, "it does not say where to")
    try:
        if _TWO_WAYS.match(location) or "\\" in location:
            raise ValueError(location)
        place = urljoin(answer.url, location).partition("#")[0]
        scheme, _, rest = place.partition("://")
        authority = re.split(r"[/?]", rest, maxsplit=1)[0]
        there = PortalAddress.parse(f"{scheme}://{authority}")
    except (OocliError, ValueError):
        place = redact(location)
        raise _stop(answer, f"it points to an address that is not understood: {place}") from None
    return there, rest[len(authority) :]


def _stop(answer: Response, why: str) -> RedirectNotFollowed:
    return RedirectNotFollowed(f"redirect not followed: {why}", answer=answer)


def _stop_elsewhere(
    answer: Response, why: str, address: PortalAddress, there: PortalAddress
) -> RedirectNotFollowed:
    """Return the error for a redirect to what may be the portal's real address."""
    error = _stop(answer, why)
    if address.host == there.host and there.scheme == "https":
        error.hint, error.sign_in_at = "use https", there.origin
    else:
        error.hint = "if that is the portal's address, sign in there"
        error.sign_in_at = there.key
    return error


def _retry_after(value: str | None, now: float) -> float | None:
    if not value:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
        return min(float(value[:400]), _MAX_DELAY)
    try:
        date = parsedate_to_datetime(value)
        # HTTP's dates are in GMT, whether or not they say so (RFC 9110, 5.6.7).
        moment = (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, moment - now)


def _reset(value: str | None, now: float) -> float | None:
    if not value or not re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", value.strip()):
        return None
    number = float(value)
    # A number this large can only be a moment, not a remainder.
    return max(0.0, number - now) if number > 1_000_000_000 else number


def _span(seconds: float) -> str:
    parts: Iterable[tuple[float, str]] = ((86400, "days"), (3600, "hours"), (60, "minutes"))
    for size, word in parts:
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {word}"
    return f"{seconds:.0f} seconds"


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


_IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def _matches(name: str, host: str, port: int | None, address: _IpAddress | None) -> bool:
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
    """Return the IP address that a text spells, the short forms of IPv4 (`127.1`) included."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text)) if "." in text else None
    except OSError:
        return None
