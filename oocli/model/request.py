"""One request and its answer, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol, get_args

from oocli.model.request_target import RequestTarget
from oocli.model.response import Headers

# An answer has a module of its own because errors carry one, and targets raise errors.
__all__ = ["METHODS", "SAFE_METHODS", "BodyStream", "Headers", "Method", "Request"]

Method = Literal["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"]
METHODS: tuple[Method, ...] = get_args(Method)
SAFE_METHODS = frozenset({"GET", "HEAD"})


class BodyStream(Protocol):
    """A body that is read from disk while it is sent; it can be started again for a repeat.

    `outline` says what it is made of, a line for each piece; `texts` are the fields of a form that
    are no files.
    """

    content_type: str
    outline: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        """Return the number of bytes in all."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes."""

    def rewind(self) -> None:
        """Start again from the first byte."""

    def close(self) -> None:
        """Let all files go."""


class Request(NamedTuple):
    """One request: what to ask, and what to send along. The credential is added when it is sent."""

    method: str
    target: RequestTarget
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
        return f"{self.method} {self.target.display_path}"
