"""One request as it came in, one answer as it goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import parse_qsl, unquote

API = "/api/2.0/"

Pairs = tuple[tuple[str, str], ...]


def first(pairs: Pairs, name: str) -> str | None:
    """Return the first value under `name`, letter case ignored, or None."""
    wanted = name.lower()
    return next((value for key, value in pairs if key.lower() == wanted), None)


def plain_path(target: str) -> str:
    """Reduce a request target to the words that orders are matched by.

    The query, the leading `/api/2.0/`, a trailing `.json` and letter case are taken off; the
    sub-path of the portal has to be gone already.
    """
    path = unquote(target.partition("?")[0])
    if path.lower().startswith(API):
        path = path[len(API) :]
    return path.strip("/").lower().removesuffix(".json")


@dataclass(frozen=True)
class Seen:
    """One request of the log: headers in the order and spelling received.

    `at` is the portal's clock in seconds, `connection` the number of the connection from 1.
    """

    method: str
    target: str
    headers: Pairs
    body: bytes
    at: float
    connection: int = 0

    def header(self, name: str) -> str | None:
        """Return the first value of a header, letter case of the name ignored."""
        return first(self.headers, name)


@dataclass(frozen=True)
class Content:
    """Bytes that are made when they are read: `size` of them, the same ones for the same seed."""

    size: int
    seed: str = ""

    @cached_property
    def _block(self) -> bytes:
        rounds = (hashlib.sha256(f"{self.seed}:{n}".encode()).digest() for n in range(128))
        return b"".join(rounds)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self.size)
        block = self._block
        skip = start % len(block)
        repeats = (skip + max(stop - start, 0)) // len(block) + 1
        return (block * repeats)[skip : skip + max(stop - start, 0)]

    def __bytes__(self) -> bytes:
        return self[0 : self.size]


@dataclass(frozen=True)
class Part:
    """A cut of some content, so that a range of a large file is not copied."""

    whole: bytes | Content | Part
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(len(self))
        return self.whole[self.start + start : self.start + stop]

    def __bytes__(self) -> bytes:
        return self[0 : len(self)]


Body = bytes | Content | Part


def pieces(body: Body, size: int = 65536) -> Iterator[bytes]:
    """Cut a body into pieces of at most `size` bytes."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


@dataclass(frozen=True)
class Answer:
    """An HTTP answer.

    `reason` None means the usual phrase of the status; with `packed` the body is compressed with
    gzip on its way out.
    """

    status: int = 200
    body: Body = b""
    headers: Pairs = ()
    reason: str | None = None
    packed: bool = False

    def header(self, name: str) -> str | None:
        """Return the first value of a header, letter case of the name ignored."""
        return first(self.headers, name)

    def plus(self, *headers: tuple[str, str]) -> Answer:
        """Return the same answer with more headers at the end."""
        return replace(self, headers=(*self.headers, *headers))


def html(status: int, title: str, *headers: tuple[str, str]) -> Answer:
    """Build the kind of page that a router shows: title, headline, rule, its own name."""
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return Answer(status, page.encode(), (("Content-Type", "text/html"), *headers))


@dataclass(frozen=True)
class Call:
    """A request, read whole, with the portal's sub-path taken off `target`.

    `origin` is what the portal puts in front of a path to make an absolute address; each kind of
    portal builds it from the request in its own way. `secure` says whether that is https.
    """

    method: str
    target: str
    headers: Pairs
    body: bytes = b""
    peer: str = "127.0.0.1"
    origin: str = ""
    secure: bool = False

    def header(self, name: str) -> str | None:
        """Return the first value of a header, letter case of the name ignored."""
        return first(self.headers, name)

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
        """The cookies sent, `%xx` undone; the first of two with one name counts."""
        found: dict[str, str] = {}
        for pair in (self.header("Cookie") or "").split(";"):
            name, _, value = pair.strip().partition("=")
            if name:
                found.setdefault(name, unquote(value))
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The segments of the path, `%xx` undone; an empty last one is dropped."""
        parts = self.path.lstrip("/").split("/")
        if parts[-1] == "" and len(parts) > 1:
            parts.pop()
        return tuple(unquote(part) for part in parts)
