"""The faults that a test can order from a portal; `scripted_faults` carries them out.

A fault with a `response` replaces the normal response, and the request has no effect. The others
change how a response is sent; each docstring says whether the request is carried out.
"""

from __future__ import annotations

from dataclasses import dataclass

from oocli.demo.messages import Headers, Response, html_page
from tests.portal.bodies import Body

__all__ = [
    "BadGzip",
    "Bytes",
    "Chunked",
    "CloseAfter",
    "Delay",
    "DropBeforeAnswer",
    "DropInBody",
    "DropInHeaders",
    "DropInUpload",
    "Empty",
    "ExtraHeaders",
    "Fault",
    "GzipBomb",
    "HalfChunk",
    "Hang",
    "Html",
    "InBody",
    "ManyHeaders",
    "NoLength",
    "RateLimited",
    "Redirect",
    "ResetConnection",
    "Response",
    "Trickle",
    "WarmingUp",
    "WrongLength",
    "Xml",
]


@dataclass(frozen=True)
class Delay:
    """Wait `seconds` of real time, then send `then`, or the normal response.

    The request is carried out before the wait, so its effect can be seen while the client waits.
    """

    seconds: float
    then: Fault | None = None


@dataclass(frozen=True)
class Hang:
    """Never respond; the connection stays open until the client leaves or the portal stops."""


@dataclass(frozen=True)
class DropBeforeAnswer:
    """Close the connection without an answer; with `acted`, carry out the request first."""

    acted: bool = False


@dataclass(frozen=True)
class DropInHeaders:
    """Carry out the request, send the status line and half a header, and close."""


@dataclass(frozen=True)
class DropInBody:
    """Carry out the request, send the head and `after_bytes` of the body, and close."""

    after_bytes: int = 10


@dataclass(frozen=True)
class DropInUpload:
    """Read `after_bytes` of the request's body and close; the request has no effect."""

    after_bytes: int = 1000


@dataclass(frozen=True)
class WrongLength:
    """Carry out the request; `Content-Length` is the size of the body plus `extra`."""

    extra: int = 100


@dataclass(frozen=True)
class HalfChunk:
    """Carry out the request, send a chunked body, and close within its first chunk."""


@dataclass(frozen=True)
class Chunked:
    """Carry out the request, and send the body in chunks of `size` bytes."""

    size: int = 16


@dataclass(frozen=True)
class NoLength:
    """Carry out the request; the body has no length and ends with the connection."""


@dataclass(frozen=True)
class CloseAfter:
    """Carry out the request, and close after the response; `announced` adds a header about it."""

    announced: bool = False


@dataclass(frozen=True)
class Trickle:
    """Carry out the request, and send the body slowly: a byte every `interval_s` seconds."""

    interval_s: float = 0.05


@dataclass(frozen=True)
class ResetConnection:
    """End the connection with a TCP reset; with `acted`, carry out the request first."""

    acted: bool = False


@dataclass(frozen=True)
class BadGzip:
    """Carry out the request, and claim that its plain body is gzip."""


@dataclass(frozen=True)
class ManyHeaders:
    """Carry out the request, and add `n` headers to the response."""

    n: int = 150


@dataclass(frozen=True)
class ExtraHeaders:
    """Carry out the request, and add these headers at the end of the response."""

    headers: Headers


@dataclass(frozen=True)
class InBody:
    """Carry out the request, and send these bytes in place of the body."""

    body: Body


@dataclass(frozen=True)
class Bytes:
    """Write these bytes to the socket and close."""

    raw: bytes


@dataclass(frozen=True)
class GzipBomb:
    """Answer 200 with a small gzip body that decompresses to `size` spaces."""

    size: int = 1 << 30


@dataclass(frozen=True)
class Redirect:
    """Redirect the client; `location` is sent unchanged."""

    status: int = 302
    location: str = "/"

    def response(self) -> Response:
        """Return the redirect, with the short page that reverse proxies add."""
        page = html_page(self.status, f"{self.status} Moved")
        return page.plus(("Location", self.location))


@dataclass(frozen=True)
class Html:
    """Answer with an HTML page, as a reverse proxy does for a service that is down."""

    status: int = 502
    title: str = "502 Bad Gateway"

    def response(self) -> Response:
        """Return the page."""
        return html_page(self.status, self.title)


@dataclass(frozen=True)
class Xml:
    """Answer in XML, as Workspace does for paths that end in `.xml`."""

    status: int = 200
    text: str = "<result><count>1</count><status>0</status><statusCode>200</statusCode></result>"

    def response(self) -> Response:
        """Return the document."""
        return Response(
            self.status, self.text.encode(), (("Content-Type", "text/xml; charset=utf-8"),)
        )


@dataclass(frozen=True)
class Empty:
    """Answer with this status and an empty body."""

    status: int = 503

    def response(self) -> Response:
        """Return the response."""
        return Response(self.status)


@dataclass(frozen=True)
class RateLimited:
    """Refuse because of too many requests; each header is sent only if it is given.

    `retry_after` is seconds or an HTTP date, `reset` Unix seconds; the concurrency limiter of
    DocSpace sends neither (ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs).
    """

    retry_after: str | None = None
    reset: str | None = None
    status: int = 429

    def response(self) -> Response:
        """Return the empty response with the given headers."""
        headers: list[tuple[str, str]] = []
        if self.reset is not None:
            headers += [("X-RateLimit-Limit", "1500"), ("X-RateLimit-Remaining", "0")]
            headers.append(("X-RateLimit-Reset", self.reset))
        if self.retry_after is not None:
            headers.append(("Retry-After", self.retry_after))
        return Response(self.status, b"", tuple(headers))


@dataclass(frozen=True)
class WarmingUp:
    """Answer with the HTML page of a portal that is starting; its status can be 200 or 503."""

    status: int = 503

    def response(self) -> Response:
        """Return the page."""
        return html_page(self.status, "The portal is starting up, please wait")


Replacement = Response | Redirect | Html | Xml | Empty | RateLimited | WarmingUp
Fault = (
    Replacement
    | Delay
    | Hang
    | DropBeforeAnswer
    | DropInHeaders
    | DropInBody
    | DropInUpload
    | WrongLength
    | HalfChunk
    | Chunked
    | NoLength
    | CloseAfter
    | Trickle
    | ResetConnection
    | BadGzip
    | ManyHeaders
    | ExtraHeaders
    | InBody
    | Bytes
    | GzipBomb
)
