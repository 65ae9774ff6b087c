"""The addresses of portals and proxies, read from what a person types."""

from __future__ import annotations

import re
from base64 import b64encode
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote

import idna

from oocli.model.errors import Remedy, UsageError
from oocli.model.secret import MASK, Secret

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_HOST_LENGTH = 253  # characters, without a dot at the end (RFC 1035)

_EXAMPLE = "write it as yourportal.onlyoffice.com or https://docs.example.com"
# The first path segments of pages of a portal. What is before such a segment is the sub-path of
# the portal, which an installation behind a reverse proxy may have.
_PAGES = frozenset(
    "accounts addons api apisystem archived auth backup bundle community confirm developer-tools "
    "doceditor error favorites feed files filehandler.ashx form-filling group healthchecks login "
    "management media news old-sdk openapi payments people portal-settings preparation-portal "
    "products profile projects recent rooms s scripts sdk share shared sso static thirdparty trash "
    "unavailable wizard".split()
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PROXY_SCHEME = r"\s*([A-Za-z][A-Za-z0-9+.-]*)://"
_PROXY_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@%\[\]\\]+)(?::([0-9]{1,5}))?"
_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


class PortalAddress(NamedTuple):
    """The origin of a portal: scheme, host, port (None: the scheme's default) and sub-path."""

    scheme: str
    host: str
    port: int | None = None
    path: str = ""

    @classmethod
    def parse(cls, text: str, *, scheme: str = "https") -> PortalAddress:
        """Read a host, `host:port`, `host/sub-path` or the content of a browser's address bar.

        `scheme` is used if the text has none. Raises `UsageError` for an address that is not http
        or https, has a user name, or has a host that programs could read in different ways.
        """
        typed = text.strip()
        given = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", typed)
        if given:
            scheme = given[1].lower()
            typed = typed[given.end() :]
        authority = re.split(r"[/?#]", typed, maxsplit=1)[0]
        if "@" in authority:  # Refused first: no message may repeat a password.
            raise UsageError(
                "a portal's address must not contain a user name or password",
                hint="omit what is before the @",
            )
        if not typed:
            raise UsageError("the portal's address is empty", hint=_EXAMPLE)
        for character in typed:
            if character in " \\" or not character.isprintable():
                raise UsageError(
                    f"a portal's address must not contain {character!r}: "
                    "no white space, backslash or control character",
                    hint=_EXAMPLE,
                )
        if scheme not in DEFAULT_PORTS or (not given and authority in ("http:", "https:")):
            raise UsageError(f"{text}: not an http or https address", hint=_EXAMPLE)
        host, port = _host_and_port(authority, text)
        path = _sub_path(re.split(r"[?#]", typed[len(authority) :], maxsplit=1)[0], text)
        return cls(scheme, host, None if port == DEFAULT_PORTS[scheme] else port, path)

    @property
    def key(self) -> str:
        """The name of the portal everywhere: `host[:port][/sub-path]`, in lower case."""
        return (self._authority + self.path).lower()

    @property
    def origin(self) -> str:
        """The URL of the portal: scheme, host, port and sub-path, without a slash at the end."""
        return f"{self.scheme}://{self._authority}{self.path}"

    @property
    def typed(self) -> str:
        """What a user types for this portal: its key, with `http://` in front if it needs that."""
        return self.key if self.scheme == "https" else f"{self.scheme}://{self.key}"

    @property
    def is_loopback(self) -> bool:
        """Whether requests do not leave this machine: localhost, 127.0.0.0/8 or ::1."""
        return re.fullmatch(r"localhost|\[::1\]|127(\.\d{1,3}){3}", self.host) is not None

    def same_server(self, other: PortalAddress) -> bool:
        """Whether scheme, host and port are the same, so that a credential may be sent there."""
        return (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)

    @property
    def _authority(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"


def _host_and_port(authority: str, text: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?", authority)
    if not found or not found[1]:
        raise UsageError(f"{text}: the address has no host", hint=_EXAMPLE)
    digits = (found[2] or "").lstrip("0") or "0"
    port = int(digits[:6]) if found[2] else None  # a number of six digits is too large already
    if port is not None and not 0 < port < 65536:
        raise UsageError(f"{text}: invalid port", hint="a port is a number from 1 to 65535")
    return _normalized_host(found[1], text), port


def _normalized_host(host: str, text: str) -> str:
    """Return the only spelling of a host: lower case, punycode, no dot at the end.

    Names that are not ASCII are converted as in browsers (UTS 46, IDNA 2008), which keep `ß` and
    `ς`. Spellings of an IP address that some programs read differently (`0177.1`, `0x7f000001`,
    `127.1`) are refused, so that no two programs connect to two hosts.
    """
    if host.startswith("["):
        return _normalized_ipv6(host, text)
    no_name = UsageError(f"{text}: {host} is not a host name", hint=_EXAMPLE)
    if not host.isascii():
        # Not in lower case yet: for a capital sigma at the end, Python differs from UTS 46.
        try:
            if len(host) > MAX_HOST_LENGTH:
                raise no_name
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError:  # the base class of idna's own errors
            raise no_name from None
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            IPv4Address(host)
        except ValueError:
            raise UsageError(
                f"{text}: {host} is an ambiguous IP address",
                hint="write four decimal numbers, such as 192.0.2.10",
            ) from None
    elif len(host) > MAX_HOST_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise no_name
    return host


def _normalized_ipv6(host: str, text: str) -> str:
    try:
        address = IPv6Address(host[1:-1])
    except ValueError:
        raise UsageError(f"{text}: {host} is not an IPv6 address", hint=_EXAMPLE) from None
    if address.scope_id:
        raise UsageError(f"{text}: an address with a zone is not supported", hint=_EXAMPLE)
    if address.ipv4_mapped is not None:  # the spelling in Python 3.13 differs
        high, low = divmod(int(address.ipv4_mapped), 0x10000)
        return f"[::ffff:{high:x}:{low:x}]"
    return f"[{address.compressed}]"


def _sub_path(path: str, text: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        plain = segment.lower()
        if plain in _PAGES or plain.endswith((".aspx", ".ashx", ".html")):
            break
        if plain.replace("%2e", ".") in (".", ".."):
            raise UsageError(f"{text}: `.` and `..` are not allowed in an address", hint=_EXAMPLE)
        if segment:
            kept.append("/" + quote(segment, safe="%-._~!$&'()*+,;=:@"))
    return "".join(kept)


class ProxyAddress(NamedTuple):
    """A proxy: scheme, host with port, user and password.

    User and password are all before the last `@`, so they may contain any character.
    """

    scheme: str
    host: str
    user: Secret
    password: Secret

    @classmethod
    def parse(cls, address: str) -> ProxyAddress:
        """Split an address. It does not check it: see `checked`.

        Each form in which user and password may be sent or shown becomes a secret of the run.
        """
        found = re.match(_PROXY_SCHEME, address)
        scheme = found[1].lower() if found else "http"
        user_info, _, host = address[found.end() if found else 0 :].rpartition("@")
        raw_user, _, raw_password = user_info.partition(":")
        user, password = unquote(raw_user), unquote(raw_password)
        if user_info:
            for text in (raw_user, raw_password, user_info, _basic(user, password)):
                Secret(text)
        return cls(
            scheme, re.split(r"[/?#]", host.strip(), maxsplit=1)[0], Secret(user), Secret(password)
        )

    def checked(self) -> ProxyAddress:
        """Return this address. Raises `UsageError`, which quotes nothing, if it is not valid."""
        if self.scheme not in _PROXY_SCHEMES:
            why = f"its scheme must be one of {', '.join(_PROXY_SCHEMES)}"
        elif not (found := re.fullmatch(_PROXY_HOST, self.host)):
            why = "its address has no host, or its port is not a number"
        elif int(found[1] or 1) not in range(1, 65536):
            why = "its port is not between 1 and 65535"
        else:
            return self
        raise UsageError(f"the proxy cannot be used: {why}", remedy=Remedy.PROXY)

    @property
    def url(self) -> str:
        """The address for a library, with user and password escaped."""
        if not (self.user or self.password):
            return f"{self.scheme}://{self.host}"
        user, password = (quote(secret.reveal(), safe="") for secret in (self.user, self.password))
        return f"{self.scheme}://{user}:{password}@{self.host}"

    @property
    def authorization(self) -> str | None:
        """The value of `Proxy-Authorization`, None for a proxy without a user."""
        if not (self.user or self.password):
            return None
        return f"Basic {_basic(self.user.reveal(), self.password.reveal())}"

    def __str__(self) -> str:
        """Return the address without user and password."""
        hidden = f"{MASK}@" if self.user or self.password else ""
        return f"{self.scheme}://{hidden}{self.host}"


def _basic(user: str, password: str) -> str:
    return b64encode(f"{user}:{password}".encode("utf-8", "surrogateescape")).decode()
