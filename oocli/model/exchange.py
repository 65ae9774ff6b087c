"""One request and its answer, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from oocli.model.target import Target

Headers = Mapping[str, str]
SAFE_METHODS = frozenset({"GET", "HEAD"})


class BodyStream(Protocol):
    """A body that is read from disk while it is sent; it can be started again for a repeat."""

    content_type: str

    def __len__(self) -> int:
        """Return the number of bytes in all."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes."""

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, fewer at the end."""

    def rewind(self) -> None:
        """Start again from the first byte."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what to ask, and what to send along. The credential is added when it is sent."""

    method: str
    target: Target
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | BodyStream | None = None
    # Sent without the credential: probes, and sign-in itself.
    anonymous: bool = False
    # The session goes as cookie instead: only to end it, and a redirect is then not followed.
    with_cookie: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether asking again changes nothing (GET and HEAD)."""
        return self.method in SAFE_METHODS

    @property
    def line(self) -> str:
        """The request in a message: `GET people/@self`."""
        return f"{self.method} {self.target.shown}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The portal's answer. `headers` has lower-case names; `header_list` is as it was sent."""

    status: int
    reason: str
    header_list: tuple[tuple[str, str], ...]
    raw: bytes
    url: str = ""
    elapsed: float = 0.0  # seconds until the headers were there
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        merged: dict[str, str] = {}
        for name, value in self.header_list:
            low = name.lower()
            merged[low] = f"{merged[low]}, {value}" if low in merged else value
        object.__setattr__(self, "headers", merged)

    @property
    def content_type(self) -> str:
        """The media type alone, in lower case; empty where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_attachment(self) -> bool:
        """Whether the portal sent a file to be kept, whatever its type."""
        return self.headers.get("content-disposition", "").lower().startswith("attachment")

    def with_body(self, raw: bytes) -> Answer:
        """Return the same answer with its body read."""
        return Answer(self.status, self.reason, self.header_list, raw, self.url, self.elapsed)
