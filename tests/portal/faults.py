"""Faults to order from the portal: plain data, carried out by `scripted_faults`.

Those with a `response` take the place of the normal one, and the request is not acted on. The
others break the transport; each says whether the request was acted on.
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

    The request is acted on before the wait, so its effect can be seen while a client still waits.
    """

    seconds: float
    then: Fault | None = None


@dataclass(frozen=True)
class Hang:
    """Never respond; the connection stays open until the client leaves or the portal stops."""


@dataclass(frozen=True)
class DropBeforeAnswer:
    """Close the connection without one byte; with `acted` the request was carried out first."""

    acted: bool = False


@dataclass(frozen=True)
class DropInHeaders:
    """Act, send the status line and half a header, close."""


@dataclass(frozen=True)
class DropInBody:
    """Act, send the whole head and `after_bytes` of the body, close."""

    after_bytes: int = 10


@dataclass(frozen=True)
class DropInUpload:
    """Read `after_bytes` of the request's body, close; nothing is acted on."""

    after_bytes: int = 1000


@dataclass(frozen=True)
class WrongLength:
    """Act; `Content-Length` is off by `extra`: above 0 the body is short, below 0 it is cut."""

    extra: int = 100


@dataclass(frozen=True)
class HalfChunk:
    """Act, respond with chunked coding, close inside the first chunk."""


@dataclass(frozen=True)
class Chunked:
    """Act, send the normal response with chunked coding in chunks of `size` bytes."""

    size: int = 16


@dataclass(frozen=True)
class NoLength:
    """Act, send the normal response without a length; the end of the connection ends the body."""


@dataclass(frozen=True)
class CloseAfter:
    """Act, send the normal response, close; only with `announced` does the response say so."""

    announced: bool = False


@dataclass(frozen=True)
class Trickle:
    """Act, send the body one byte each `interval_s` seconds of real time."""

    interval_s: float = 0.05


@dataclass(frozen=True)
class ResetConnection:
    """End the connection with a TCP reset; with `acted` the request was carried out first."""

    acted: bool = False


@dataclass(frozen=True)
class BadGzip:
    """Act, call the body gzip although it is not."""


@dataclass(frozen=True)
class ManyHeaders:
    """Act, put `n` more headers into the response."""

    n: int = 150


@dataclass(frozen=True)
class ExtraHeaders:
    """Act, put these headers at the end of the normal response."""

    headers: Headers


@dataclass(frozen=True)
class InBody:
    """Act, put these bytes in place of the normal body; status and headers stay."""

    body: Body


@dataclass(frozen=True)
class Bytes:
    """Write these bytes to the socket and close."""

    raw: bytes


@dataclass(frozen=True)
class GzipBomb:
    """Answer 200 with a small gzip body that unpacks to `size` blanks."""

    size: int = 1 << 30


@dataclass(frozen=True)
class Redirect:
    """Send the client elsewhere; `location` is sent as it stands."""

    status: int = 302
    location: str = "/"

    def response(self) -> Response:
        """Return the response, with the short page that reverse proxies put into it."""
        page = html_page(self.status, f"{self.status} Moved")
        return page.plus(("Location", self.location))


@dataclass(frozen=True)
class Html:
    """Answer with an HTML page, as a reverse proxy does for a service that is not there."""

    status: int = 502
    title: str = "502 Bad Gateway"

    def response(self) -> Response:
        """Return the page."""
        return html_page(self.status, self.title)


@dataclass(frozen=True)
class Xml:
    """Answer in XML, as Workspace does for paths ending `.xml`."""

    status: int = 200
    text: str = "<result><count>1</count><status>0</status><statusCode>200</statusCode></result>"

    def response(self) -> Response:
        """Return the document."""
        return Response(
            self.status, self.text.encode(), (("Content-Type", "text/xml; charset=utf-8"),)
        )


@dataclass(frozen=True)
class Empty:
    """Answer with a status and nothing else."""

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
        """Return the empty response with what the limiter knows."""
        headers: list[tuple[str, str]] = []
        if self.reset is not None:
            headers += [("X-RateLimit-Limit", "1500"), ("X-RateLimit-Remaining", "0")]
            headers.append(("X-RateLimit-Reset", self.reset))
        if self.retry_after is not None:
            headers.append(("Retry-After", self.retry_after))
        return Response(self.status, b"", tuple(headers))


@dataclass(frozen=True)
class WarmingUp:
    """Show the HTML page of a portal that is still starting; 200 and 503 are both seen."""

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
