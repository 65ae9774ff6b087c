"""Faults to order from the portal: pure data, played by the wire room.

Those with an `answer` take the place of the normal one, and the request is not acted on. The
others break the transport; each says whether the request was acted on.
"""

from __future__ import annotations

from dataclasses import dataclass

from oocli.demo.exchange import Answer, Body, Pairs, html

__all__ = [
    "Answer",
    "BadGzip",
    "Bytes",
    "Chunked",
    "CloseAfter",
    "Delay",
    "DropBeforeAnswer",
    "DropInBody",
    "DropInHeaders",
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
    "Trickle",
    "WarmingUp",
    "WrongLength",
    "Xml",
]


@dataclass(frozen=True)
class Delay:
    """Wait `seconds` of real time, then give `then`, or the normal answer.

    The request is acted on before the wait, so its effect can be seen while a client still waits.
    """

    seconds: float
    then: Fault | None = None


@dataclass(frozen=True)
class Hang:
    """Never answer; the connection stays open until the client or the portal leaves."""


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
class WrongLength:
    """Act; `Content-Length` is off by `extra`: above 0 the body is short, below 0 it is cut."""

    extra: int = 100


@dataclass(frozen=True)
class HalfChunk:
    """Act, answer with chunked coding, close inside the first chunk."""


@dataclass(frozen=True)
class Chunked:
    """Act, give the normal answer with chunked coding in chunks of `size` bytes."""

    size: int = 16


@dataclass(frozen=True)
class NoLength:
    """Act, give the normal answer without a length; the end of the connection ends the body."""


@dataclass(frozen=True)
class CloseAfter:
    """Act, give the normal answer, close; only with `told` does the answer say so."""

    told: bool = False


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
    """Act, put `n` more headers into the answer."""

    n: int = 150


@dataclass(frozen=True)
class ExtraHeaders:
    """Act, put these headers at the end of the normal answer."""

    headers: Pairs


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
    """Send the client elsewhere; `location` goes out as it stands."""

    status: int = 302
    location: str = "/"

    def answer(self) -> Answer:
        """Return the answer, with the short page that routers put into it."""
        page = html(self.status, f"{self.status} Moved")
        return page.plus(("Location", self.location))


@dataclass(frozen=True)
class Html:
    """Answer with an HTML page, as a router does for a service that is not there."""

    status: int = 502
    title: str = "502 Bad Gateway"

    def answer(self) -> Answer:
        """Return the page."""
        return html(self.status, self.title)


@dataclass(frozen=True)
class Xml:
    """Answer in XML, as Workspace does for paths ending `.xml`."""

    status: int = 200
    text: str = "<result><count>1</count><status>0</status><statusCode>200</statusCode></result>"

    def answer(self) -> Answer:
        """Return the document."""
        return Answer(
            self.status, self.text.encode(), (("Content-Type", "text/xml; charset=utf-8"),)
        )


@dataclass(frozen=True)
class Empty:
    """Answer with a status and nothing else."""

    status: int = 503

    def answer(self) -> Answer:
        """Return the answer."""
        return Answer(self.status)


@dataclass(frozen=True)
class RateLimited:
    """Refuse because of too many requests; each header is sent only if it is given.

    `retry_after` is seconds or an HTTP date, `reset` Unix seconds; the concurrency limiter of
    DocSpace sends neither (ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs).
    """

    retry_after: str | None = None
    reset: str | None = None
    status: int = 429

    def answer(self) -> Answer:
        """Return the empty answer with what the limiter knows."""
        headers: list[tuple[str, str]] = []
        if self.reset is not None:
            headers += [("X-RateLimit-Limit", "1500"), ("X-RateLimit-Remaining", "0")]
            headers.append(("X-RateLimit-Reset", self.reset))
        if self.retry_after is not None:
            headers.append(("Retry-After", self.retry_after))
        return Answer(self.status, b"", tuple(headers))


@dataclass(frozen=True)
class WarmingUp:
    """Show the HTML page of a portal that is still starting; 200 and 503 are both seen."""

    status: int = 503

    def answer(self) -> Answer:
        """Return the page."""
        return html(self.status, "The portal is starting up, please wait")


Replacement = Answer | Redirect | Html | Xml | Empty | RateLimited | WarmingUp
Fault = (
    Replacement
    | Delay
    | Hang
    | DropBeforeAnswer
    | DropInHeaders
    | DropInBody
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


@dataclass
class Order:
    """A fault with the requests that it is meant for; `times` None means each of them."""

    method: str
    path: str
    fault: Fault
    times: int | None = 1

    def fits(self, method: str, path: str) -> bool:
        """Tell whether a request, its path already reduced to plain words, is meant."""
        if self.method not in ("*", method) or self.times == 0:
            return False
        if self.path.endswith("*"):
            return path.startswith(self.path[:-1])
        return self.path == path
