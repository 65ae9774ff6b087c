"""One request, as plain data: its target on the portal, and the headers that a user may give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol, get_args
from urllib.parse import quote

from oocli.model.address import PortalAddress
from oocli.model.errors import Remedy, UsageError
from oocli.model.kinds import Kind

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

API = "/api/2.0"
# Everything that RFC 3986 lets stand in a path segment, the slash, and escapes already made.
_PATH_SAFE = "/!$&'()*+,;=:@-._~%"
_QUERY_SAFE = "/?!$&'()*+,;=:@-._~%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# The handlers of files, below whatever folder a product puts them in; links to them may name the
# inner host of a portal that stands behind a reverse proxy.
_FILE_HANDLERS = ("filehandler.ashx", "chunkeduploader.ashx")


class RequestTarget(NamedTuple):
    """The path and query of one request.

    `path` is escaped and below the portal's sub-path; `display_path` is what messages say; `is_api`
    tells paths below /api/2.0, whose answers are envelopes, from links to files and pages.
    `other_host` is the host that a link named in place of the portal's, if it did.
    """

    path: str
    query: str
    display_path: str
    is_api: bool
    other_host: str | None = None

    @classmethod
    def parse(
        cls,
        typed: str,
        address: PortalAddress,
        kind: Kind,
        params: Sequence[tuple[str, str]] = (),
    ) -> RequestTarget:
        """Read a PATH: `people/@self`, `/api/2.0/people/@self.json?x=1`, or a URL of the portal.

        A path that ends in `.ashx` and a URL are taken as they are, all else below /api/2.0. Raises
        `UsageError` for a URL of another host that is no link to a file, dot segments, backslashes,
        control characters and file paths that a Windows shell made of the argument.
        """
        _refuse_unsafe(typed)
        other_host = None
        if re.match(r"(?i)[a-z][a-z0-9+.-]*:/?/", typed):
            path, query, other_host = _parts_of_url(typed, address)
            path = _without_sub_path(_escape(path, _PATH_SAFE), address)
        else:
            typed_path, _, query = typed.partition("?")
            path = _rooted(_escape(typed_path, _PATH_SAFE), address)
        is_api = _is_below_api(path)
        _refuse_dots(path, typed)
        if is_api:
            bare = path.removesuffix(".json")
            _refuse_dots(bare, typed)  # `...json` has become `..`
            display_path = bare[len(API) :].strip("/")
            # The ending belongs to the last word, so a slash after that word gives way.
            path = f"{API}/{display_path}{kind.suffix}" if kind.suffix and display_path else bare
            display_path = display_path or "/"
        else:
            display_path = path
        return cls(path, _query(query, params), display_path, is_api, other_host)

    def url(self, address: PortalAddress) -> str:
        """Return the whole address to ask."""
        url = address.origin + self.path
        return f"{url}?{self.query}" if self.query else url

    def with_query(self, params: Sequence[tuple[str, str]]) -> RequestTarget:
        """Return this target with more query parameters."""
        return self._replace(query=_query(self.query, params))


def refuse_broken(what: str, text: str) -> None:
    """Raise `UsageError` for a text with half characters, which a shell may hand over."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not valid UTF-8") from None


def _refuse_unsafe(typed: str) -> None:
    if not typed:
        raise UsageError("PATH is empty", hint="for example: oocli call GET people/@self")
    if re.match(r"[A-Za-z]:[/\\]", typed):
        raise UsageError(
            f"{typed}: a shell turned PATH into a file path",
            hint="write it without the slash in front: people/@self",
        )
    if "\\" in typed or any(ord(character) < 32 or ord(character) == 127 for character in typed):
        raise UsageError(
            f"{typed!r}: PATH must not contain backslashes or control characters",
            hint="write them as percent escapes, such as %5C",
        )
    refuse_broken("PATH", typed)


def _parts_of_url(typed: str, address: PortalAddress) -> tuple[str, str, str | None]:
    """Return path and query of a URL, and the host that it names if that is not the portal's.

    The request goes to the portal's own origin in every case. So a URL may name another scheme or
    port, or lack the sub-path, as the links of a portal behind a reverse proxy do; one that names
    another host must be a link to a file.
    """
    scheme, _, rest = typed.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path, _, query = rest[len(authority) :].partition("#")[0].partition("?")
    named = None
    if "@" not in authority and scheme.lower() in ("http", "https"):
        named = PortalAddress.parse(f"{scheme}://{authority}")
    if named is not None and named.host == address.host:
        return path or "/", query, None
    if named is None or path.rpartition("/")[2].lower() not in _FILE_HANDLERS:
        raise UsageError(
            f"{typed}: not an address of {address.key}",
            remedy=Remedy.OTHER_PORTAL,
        )
    return path, query, named.key


def _rooted(path: str, address: PortalAddress) -> str:
    """Return the path that a text without scheme and host means: below /api/2.0, or an `.ashx`."""
    if path.startswith("//"):
        raise UsageError(
            f"{path}: PATH must not start with two slashes",
            hint="write it as people/@self or /people/@self",
        )
    path = "/" + path.removeprefix("/")
    below = _without_sub_path(path, address)
    if _is_below_api(below) or below.lower().endswith(".ashx"):
        return below
    return API + path


def _without_sub_path(path: str, address: PortalAddress) -> str:
    prefix = address.path.lower()
    return path[len(prefix) :] or "/" if f"{path.lower()}/".startswith(f"{prefix}/") else path


def _is_below_api(path: str) -> bool:
    return path == API or path.startswith(API + "/")


def _escape(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe)


def _refuse_dots(path: str, typed: str) -> None:
    # Also where a server in between would take an escaped slash for a slash.
    for segment in re.split(r"(?i)/|%2f|%5c", path):
        if re.sub(r"(?i)%2e", ".", segment) in (".", ".."):
            raise UsageError(f"{typed}: `.` and `..` are not allowed in PATH")
    if "//" in path:
        raise UsageError(
            f"{typed}: PATH has an empty segment (`//`)",
            hint="a slash inside a name is written %2F",
        )


def _query(query: str, params: Sequence[tuple[str, str]]) -> str:
    parts = [_escape(query, _QUERY_SAFE)] if query else []
    try:
        parts += [f"{quote(name, safe='@')}={quote(value, safe='@')}" for name, value in params]
    except UnicodeEncodeError:
        raise UsageError("a query parameter is not valid UTF-8") from None
    return "&".join(parts)


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
    # Asking again does no harm though the method is that of a change: a numbered chunk.
    is_repeatable: bool = False
    # The bytes of a file as they are stored: not compressed, from this one on. Asked of the other
    # server that a portal may redirect to as well.
    from_byte: int | None = None

    @property
    def is_safe(self) -> bool:
        """Whether asking again changes nothing (GET and HEAD)."""
        return self.method in SAFE_METHODS

    @property
    def may_repeat(self) -> bool:
        """Whether it may be asked again though the portal may have acted on it."""
        return self.is_safe or self.is_repeatable

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
