"""An answer of a portal, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

Headers = Mapping[str, str]
# The content codings that requests asks for, and the older name of gzip, which may be sent for it.
_REQUESTED_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


class BodyRest(Protocol):
    """The part of a body that has not been read yet. It keeps its connection until it is closed."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes in chunks."""

    def close(self) -> None:
        """Stop reading, and release the connection."""


class Response(NamedTuple):
    """The answer of a portal. `header_list` has the headers in the order in which they were sent.

    `rest` yields the part of the body that follows `raw`; it is None if `raw` is all of it. A file
    that is streamed has a `rest`, and so has a failure with a large body, which may be of any size.
    """

    status: int
    reason: str
    header_list: tuple[tuple[str, str], ...]
    raw: bytes
    url: str = ""
    elapsed: float = 0.0  # seconds until the headers arrived
    rest: BodyRest | None = None
    attempts: int = 1  # how often the request was sent

    @property
    def headers(self) -> Headers:
        """The headers by their names in lower case; repeated ones are joined with a comma."""
        merged: dict[str, str] = {}
        for name, value in self.header_list:
            low = name.lower()
            merged[low] = f"{merged[low]}, {value}" if low in merged else value
        return merged

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case; empty if none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_attachment(self) -> bool:
        """Whether the portal sent a file to save, of whatever type."""
        return self.headers.get("content-disposition", "").lower().startswith("attachment")

    @property
    def unexpected_encoding(self) -> str:
        """The content codings of the body that were not asked for; empty if there are none."""
        headers = self.headers
        if headers.get("content-length", "").strip() == "0":
            return ""
        codings = map(str.strip, headers.get("content-encoding", "").lower().split(","))
        return ", ".join(coding for coding in codings if coding not in _REQUESTED_ENCODINGS)

    def with_body(self, raw: bytes) -> Response:
        """Return this answer with the whole body in `raw`."""
        return self._replace(raw=raw, rest=None)
