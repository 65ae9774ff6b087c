"""HTTP requests and responses as plain data.

Bodies are only measured, sliced, searched and decoded: tests bring some that are not in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

API = "/api/2.0/"

Headers = tuple[tuple[str, str], ...]
JsonObject = dict[str, Any]


def first_value(pairs: Headers, name: str) -> str | None:
    """Return the first value under `name`, letter case ignored, or None."""
    wanted = name.lower()
    return next((value for key, value in pairs if key.lower() == wanted), None)


def plain_path(target: str) -> str:
    """Return a request target in lower case, without query, `/api/2.0/` and a final `.json`."""
    path = unquote(target.partition("?")[0])
    if path.lower().startswith(API):
        path = path[len(API) :]
    return path.strip("/").lower().removesuffix(".json")


def chunks(body: bytes, size: int = 65536) -> Iterator[bytes]:
    """Cut a body into chunks of at most `size` bytes."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


@dataclass(frozen=True)
class Response:
    """An HTTP response; with `reason` None the usual phrase of the status is sent."""

    status: int = 200
    body: bytes = b""
    headers: Headers = ()
    reason: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of a header, letter case of the name ignored."""
        return first_value(self.headers, name)

    def plus(self, *headers: tuple[str, str]) -> Response:
        """Return the same response with more headers at the end."""
        return replace(self, headers=(*self.headers, *headers))


def html_page(status: int, title: str) -> Response:
    """Build the kind of page that a reverse proxy shows."""
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return Response(status, page.encode(), (("Content-Type", "text/html"),))


@dataclass(frozen=True)
class Request:
    """An HTTP request with its body.

    `origin` is the start of absolute addresses in responses. `keep_alive` is false if the client
    sends no other request on this connection.
    """

    method: str
    target: str
    headers: Headers
    body: bytes = b""
    peer: str = "127.0.0.1"
    origin: str = ""
    keep_alive: bool = True

    def header(self, name: str) -> str | None:
        """Return the first value of a header, letter case of the name ignored."""
        return first_value(self.headers, name)

    @property
    def secure(self) -> bool:
        """Whether absolute addresses are https."""
        return self.origin.startswith("https:")

    @cached_property
    def path(self) -> str:
        """The target before the query, still escaped."""
        return self.target.partition("?")[0]

    @cached_property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Names and values of the query in order, empty values kept."""
        return tuple(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    @cached_property
    def content_type(self) -> str:
        """The media type of the body in lower case without parameters, or an empty text."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies, unquoted; the first of a name counts."""
        pairs = [pair.strip().partition("=") for pair in (self.header("Cookie") or "").split(";")]
        return {name: unquote(value) for name, _, value in reversed(pairs) if name}

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The segments of the path, unquoted; an empty last one is dropped."""
        parts = self.path.lstrip("/").split("/")
        if parts[-1] == "" and len(parts) > 1:
            parts.pop()
        return tuple(unquote(part) for part in parts)


@dataclass(frozen=True)
class RequestPattern:
    """A method and a plain path: `*` matches any, a final `*` of the path any rest of it."""

    method: str
    path: str

    def matches(self, request: Request) -> bool:
        """Tell whether the pattern matches a request."""
        if self.method not in ("*", request.method):
            return False
        wanted, path = plain_path(self.path), plain_path(request.target)
        return path.startswith(wanted[:-1]) if wanted.endswith("*") else path == wanted
