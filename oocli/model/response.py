"""One answer as it arrived, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

Headers = Mapping[str, str]
# What requests ask for (and the older name of gzip, which servers may use for it).
_ASKED_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class BodyRest(Protocol):
    """What of a body has not been read yet; its connection is free again once it is closed."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield it in pieces."""

    def close(self) -> None:
        """Give it up."""


class Response(NamedTuple):
    """The portal's answer. `header_list` is as it was sent.

    `rest` yields what of the body follows `raw`; None where `raw` is all of it. A file that is
    streamed has one, and a large failing answer: its first bytes tell why, and what follows may be
    of any size.
    """

    status: int
    reason: str
    header_list: tuple[tuple[str, str], ...]
    raw: bytes
    url: str = ""
    elapsed: float = 0.0  # seconds until the headers were there
    rest: BodyRest | None = None
    attempts: int = 1  # how often it was asked for

    @property
    def headers(self) -> Headers:
        """The headers by their names in lower case; what was sent twice is joined by a comma."""
        return _merged(self.header_list)

    @property
    def content_type(self) -> str:
        """The media type alone, in lower case; empty where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_attachment(self) -> bool:
        """Whether the portal sent a file to be kept, whatever its type."""
        return self.headers.get("content-disposition", "").lower().startswith("attachment")

    @property
    def packing(self) -> str:
        """The content codings of the body that were not asked for; empty where there are none."""
        headers = self.headers
        if headers.get("content-length", "").strip() == "0":
            return ""
        codings = headers.get("content-encoding", "").lower().split(",")
        unknown = [coding.strip() for coding in codings if coding.strip() not in _ASKED_CODINGS]
        return ", ".join(unknown)

    def with_body(self, raw: bytes) -> Response:
        """Return the same answer with its body read."""
        return self._replace(raw=raw, rest=None)


@lru_cache(maxsize=16)  # each answer is asked for its headers several times
def _merged(header_list: tuple[tuple[str, str], ...]) -> Headers:
    merged: dict[str, str] = {}
    for name, value in header_list:
        low = name.lower()
        merged[low] = f"{merged[low]}, {value}" if low in merged else value
    return merged
