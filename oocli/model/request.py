"""A request, as plain data: its target on the portal, its body, and the headers that users set."""

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
_RESERVED_HEADERS = {
    "authorization": "secrets do not belong there; sign in, or set OOCLI_TOKEN",
    "cookie": "secrets do not belong there, and a cookie would change who calls",
    "proxy-authorization": "set the proxy's user in HTTPS_PROXY",
    "host": "it is that of the portal's address",
    "origin": "portals choose the tenant by it",
    "referer": "portals change their behavior by it",
    "content-length": "it follows from the body",
    "transfer-encoding": "it follows from the body",
    "connection": "oocli manages its connections",
}

API = "/api/2.0"
# What RFC 3986 allows in a path, and the percent sign of escapes that are in it already.
_PATH_SAFE = "/!$&'()*+,;=:@-._~%"
_QUERY_SAFE = "/?!$&'()*+,;=:@-._~%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# The handlers of files, in any folder. Links to them may have the internal host of a portal that is
# behind a reverse proxy.
_FILE_HANDLERS = ("filehandler.ashx", "chunkeduploader.ashx")


class RequestTarget(NamedTuple):
    """The path and query of one request.

    `path` is escaped and relative to the portal's sub-path; `display_path` is for messages.
    `is_api` is true for paths below /api/2.0, whose answers are envelopes, and false for links to
    files and pages. `other_host` is the host of a link, if it is not that of the portal.
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

        A path that ends in `.ashx` and a URL are used as they are, any other path below /api/2.0.
        Raises `UsageError` for a URL of another host that is not a link to a file, dot segments,
        backslashes, control characters, and file paths that a Windows shell made of PATH.
        """
        _check_typed(typed)
        other_host = None
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:/?/", typed):
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
            # `.json` is added to the last word, so a slash after that word is removed.
            path = f"{API}/{display_path}{kind.suffix}" if kind.suffix and display_path else bare
            display_path = display_path or "/"
        else:
            display_path = path
        return cls(path, _query(query, params), display_path, is_api, other_host)

    def url(self, address: PortalAddress) -> str:
        """Return the whole URL."""
        url = address.origin + self.path
        return f"{url}?{self.query}" if self.query else url

    def with_query(self, params: Sequence[tuple[str, str]]) -> RequestTarget:
        """Return this target with more query parameters."""
        return self._replace(query=_query(self.query, params))


def check_utf8(what: str, text: str) -> None:
    """Raise `UsageError` for bytes that are not UTF-8, which a shell may pass as an argument."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not valid UTF-8") from None


def _check_typed(typed: str) -> None:
    if not typed:
        raise UsageError("PATH is empty", hint="for example: oocli call GET people/@self")
    if re.match(r"[A-Za-z]:[/\\]", typed):
        raise UsageError(
            f"{typed}: a shell turned PATH into a file path",
            hint="omit the leading slash: people/@self",
        )
    if "\\" in typed or any(ord(character) < 32 or ord(character) == 127 for character in typed):
        raise UsageError(
            f"{typed!r}: PATH must not contain backslashes or control characters",
            hint="write them as percent escapes, such as %5C",
        )
    check_utf8("PATH", typed)


def _parts_of_url(typed: str, address: PortalAddress) -> tuple[str, str, str | None]:
    """Return path and query of a URL, and its host if that is not the portal's.

    The request is always sent to the portal's own origin. So a URL may have another scheme or port
    or lack the sub-path, as the links of a portal behind a reverse proxy do. A URL with another
    host must be a link to a file.
    """
    scheme, _, rest = typed.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path, _, query = rest[len(authority) :].partition("#")[0].partition("?")
    other = None
    if "@" not in authority and scheme.lower() in ("http", "https"):
        other = PortalAddress.parse(f"{scheme}://{authority}")
    if other is not None and other.host == address.host:
        return path or "/", query, None
    if other is None or path.rpartition("/")[2].lower() not in _FILE_HANDLERS:
        raise UsageError(f"{typed}: not an address of {address.key}", remedy=Remedy.OTHER_PORTAL)
    return path, query, other.key


def _rooted(path: str, address: PortalAddress) -> str:
    """Return the path for a PATH that is not a URL: below /api/2.0, or an `.ashx`."""
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
    # Escaped slashes count as well, because a reverse proxy may unescape them.
    for segment in re.split(r"(?i)/|%2f|%5c", path):
        if re.sub(r"(?i)%2e", ".", segment) in (".", ".."):
            raise UsageError(f"{typed}: `.` and `..` are not allowed in PATH")
    if "//" in path:
        raise UsageError(
            f"{typed}: PATH has an empty segment (`//`)",
            hint="write a slash inside a name as %2F",
        )


def _query(query: str, params: Sequence[tuple[str, str]]) -> str:
    parts = [_escape(query, _QUERY_SAFE)] if query else []
    try:
        parts += [f"{quote(name, safe='@')}={quote(value, safe='@')}" for name, value in params]
    except UnicodeEncodeError:
        raise UsageError("a query parameter is not valid UTF-8") from None
    return "&".join(parts)


class BodyStream(Protocol):
    """A body that is read from disk while it is sent, and again for a retry.

    `outline` describes it, with a line for each part; `texts` are the fields of a form that are
    not files.
    """

    content_type: str
    outline: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        """Return the total number of bytes."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes."""

    def rewind(self) -> None:
        """Go back to the first byte."""

    def close(self) -> None:
        """Close all files."""


class Request(NamedTuple):
    """One request. The credential is added when it is sent."""

    method: str
    target: RequestTarget
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | BodyStream | None = None
    # Sent without the credential: for probes and for sign-in.
    anonymous: bool = False
    # Sent with the session in a cookie, to end it. Redirects are then not followed.
    with_cookie: bool = False
    # Sending it again is safe in spite of its method: a numbered chunk of an upload.
    is_repeatable: bool = False
    # Asks for a file from this byte on, not compressed, also where the portal redirects to.
    from_byte: int | None = None

    @property
    def is_safe(self) -> bool:
        """Whether the request changes nothing (GET and HEAD)."""
        return self.method in SAFE_METHODS

    @property
    def may_repeat(self) -> bool:
        """Whether it may be sent again although the portal may have processed it."""
        return self.is_safe or self.is_repeatable

    @property
    def line(self) -> str:
        """The request in a message: `GET people/@self`."""
        return f"{self.method} {self.target.display_path}"


def check_header(name: str, value: str, where: str) -> None:
    """Raise `UsageError` for a header that cannot be sent. `where` says where it was set."""
    if not re.fullmatch(_HEADER_NAME, name):
        raise UsageError(f"{where}: {name!r} is not a header name")
    why = _RESERVED_HEADERS.get(name.lower())
    if why:
        raise UsageError(f"{where}: {name} cannot be set: {why}")
    if any(not " " <= character <= "~" and character != "\t" for character in value):
        raise UsageError(
            f"{where}: {name} contains line breaks, control characters or non-ASCII characters"
        )
