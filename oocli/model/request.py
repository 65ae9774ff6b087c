"""One request, as plain data, and the headers that a user may give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol, get_args

from oocli.model.errors import UsageError
from oocli.model.request_target import RequestTarget
from oocli.model.response import Headers

__all__ = ["METHODS", "SAFE_METHODS", "BodyStream", "Headers", "Method", "Request", "check_header"]

Method = Literal["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"]
METHODS: tuple[Method, ...] = get_args(Method)
SAFE_METHODS = frozenset({"GET", "HEAD"})
_HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_NOT_BY_HAND = {
    "authorization": "secrets do not belong there; sign in, or set OOCLI_TOKEN",
    "cookie": "secrets do not belong there, and a cookie would change who calls",
    "proxy-authorization": "give the proxy's user in HTTPS_PROXY",
    "host": "it follows from the portal's address",
    "origin": "portals choose the tenant by it",
    "referer": "portals read more from it than where you came from",
    "content-length": "it follows from the body",
    "transfer-encoding": "it follows from the body",
    "connection": "it is oocli's own business",
}


class BodyStream(Protocol):
    """A body that is read from disk while it is sent; it can be started again for a retry.

    `outline` says what it is made of, a line for each part; `texts` are the fields of a form that
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
        """Close all files."""


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


def check_header(name: str, value: str, where: str) -> None:
    """Raise `UsageError` for a header that cannot be sent, `where` naming the place it stood in."""
    if not re.fullmatch(_HEADER_NAME, name):
        raise UsageError(f"{where}: {name!r} is no name of a header")
    why = _NOT_BY_HAND.get(name.lower())
    if why:
        raise UsageError(f"{where}: {name} cannot be given by hand: {why}")
    if any(not " " <= character <= "~" and character != "\t" for character in value):
        raise UsageError(
            f"{where}: {name} holds line breaks, control characters or characters beyond ASCII"
        )
