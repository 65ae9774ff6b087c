"""Addresses: from what a person types to the origin of a portal, or to a proxy."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import idna

from oocli.model.errors import Remedy, UsageError
from oocli.model.secret import MASK, Secret

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_HOST_LENGTH = 253  # characters, without a dot at the end (RFC 1035)

# First path segments that are pages of a portal, not part of its address. What stands before the
# first of them is the sub-path that an installation behind a reverse proxy may have.
_PAGES = frozenset(
    "accounts addons api apisystem archived auth backup bundle community confirm developer-tools "
    "doceditor error favorites feed files filehandler.ashx form-filling group healthchecks login "
    "management media news old-sdk openapi payments people portal-settings preparation-portal "
    "products profile projects recent rooms s scripts sdk share shared sso static thirdparty trash "
    "unavailable wizard".split()
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PROXY_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)://")
_PROXY_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@%\[\]\\]+)(?::([0-9]{1,5}))?")
_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


class PortalAddress(NamedTuple):
    """One portal's origin: scheme, host, port where it is not the scheme's own, and sub-path."""

    scheme: str
    host: str
    port: int | None = None
    path: str = ""

    @classmethod
    def parse(cls, text: str, *, scheme: str = "https") -> PortalAddress:
        """Read a host, `host:port`, `host/sub-path` or what a browser's address bar holds.

        `scheme` is taken where the text names none. Raises `UsageError` for everything that is
        no http(s) address, that carries a user name, or whose host could be read in two ways.
        """
        typed = text.strip()
        given = re.match(r"(?i)([a-z][a-z0-9+.-]*)://", typed)
        if given:
            scheme = given[1].lower()
            typed = typed[given.end() :]
        authority, slash, rest = _split(typed)
        if "@" in authority:  # Refused first: no message may repeat a password.
            raise UsageError(
                "a portal's address must not hold a user name or password",
                hint="leave out what stands before the @",
            )
        _refuse_characters(typed)
        if scheme not in DEFAULT_PORTS or (not given and authority in ("http:", "https:")):
            raise UsageError(f"{text}: not an http or https address", hint=_EXAMPLE)
        host, port = _host_and_port(authority, text)
        return cls(
            scheme,
            host,
            None if port == DEFAULT_PORTS[scheme] else port,
            _sub_path(rest if slash == "/" else "", text),
        )

    @property
    def key(self) -> str:
        """What names the portal everywhere: `host[:port][/sub-path]`, in lower case."""
        return (self._authority + self.path).lower()

    @property
    def origin(self) -> str:
        """Scheme, host, port and sub-path, without a slash at the end."""
        return f"{self.scheme}://{self._authority}{self.path}"

    @property
    def typed(self) -> str:
        """What can be typed for this portal anywhere: its key, with `http://` where that counts."""
        return self.key if self.scheme == "https" else f"{self.scheme}://{self.key}"

    @property
    def is_loopback(self) -> bool:
        """Whether requests never leave this machine: localhost, 127.0.0.0/8 or ::1."""
        if self.host in ("localhost", "[::1]"):
            return True
        return re.fullmatch(r"127(\.\d{1,3}){3}", self.host) is not None

    def same_server(self, other: PortalAddress) -> bool:
        """Whether scheme, host and port are the same: what a credential may be sent to."""
        return (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)

    @property
    def _authority(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"


_EXAMPLE = "write it as yourportal.onlyoffice.com or https://docs.example.com"


def _split(typed: str) -> tuple[str, str, str]:
    """Return the authority, the character that ends it, and what comes then."""
    found = re.search(r"[/?#]", typed)
    if not found:
        return typed, "", ""
    return typed[: found.start()], found[0], typed[found.end() :]


def _refuse_characters(text: str) -> None:
    if not text:
        raise UsageError("the portal's address is empty", hint=_EXAMPLE)
    refused = next(
        (character for character in text if character.isspace() or not character.isprintable()),
        None,
    )
    if refused or "\\" in text:
        raise UsageError(
            f"a portal's address must not hold {refused or chr(92)!r}: "
            "no white space, backslash or control character",
            hint=_EXAMPLE,
        )


def _host_and_port(authority: str, text: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?", authority)
    if not found or not found[1]:
        raise UsageError(f"{text}: there is no host in it", hint=_EXAMPLE)
    digits = (found[2] or "").lstrip("0") or "0"
    port = int(digits[:6]) if found[2] else None  # six are too many already
    if port is not None and not 0 < port < 65536:
        raise UsageError(f"{text}: no such port", hint="a port is a number from 1 to 65535")
    return normal_host(found[1], text), port


def normal_host(host: str, text: str) -> str:
    """Return a host's one spelling: lower case, punycode, no dot at the end, canonical addresses.

    Names that are not ASCII become what browsers make of them (UTS 46, IDNA 2008): `ß` and `ς` stay
    letters of their own. Spellings of an IP address that some programs read otherwise (`0177.1`,
    `0x7f000001`, `127.1`) are refused, so that no two readers see two hosts.
    """
    if host.startswith("["):
        return _normal_ipv6(host, text)
    # Not in lower case before: Python makes another small sigma of a last capital one than UTS 46.
    host = (host if host.isascii() else _punycode(host, text)).lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        if len(labels) != 4 or not all(_is_octet(label) for label in labels):
            raise UsageError(
                f"{text}: {host} is an unclear spelling of an IP address",
                hint="write four decimal numbers, such as 192.0.2.10",
            )
    elif len(host) > MAX_HOST_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise UsageError(f"{text}: {host} is no host name", hint=_EXAMPLE)
    return host


def _punycode(host: str, text: str) -> str:
    try:
        if len(host) > MAX_HOST_LENGTH:
            raise UnicodeError
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # idna's own errors are of this family
        raise UsageError(f"{text}: {host} is no host name", hint=_EXAMPLE) from None


def _is_octet(label: str) -> bool:
    return label.isascii() and label.isdigit() and str(int(label)) == label and int(label) < 256


def _normal_ipv6(host: str, text: str) -> str:
    try:
        address = IPv6Address(host[1:-1])
    except ValueError:
        raise UsageError(f"{text}: {host} is no IPv6 address", hint=_EXAMPLE) from None
    if address.scope_id:
        raise UsageError(f"{text}: an address with a zone is not supported", hint=_EXAMPLE)
    if address.ipv4_mapped is not None:  # Python 3.13 writes these in another way than before
        high, low = divmod(int(address.ipv4_mapped), 0x10000)
        return f"[::ffff:{high:x}:{low:x}]"
    return f"[{address.compressed}]"


def _sub_path(rest: str, text: str) -> str:
    path = urlsplit("/" + rest.lstrip("/")).path
    kept: list[str] = []
    for segment in path.split("/"):
        plain = segment.lower()
        if plain in _PAGES or plain.endswith((".aspx", ".ashx", ".html")):
            break
        if plain.replace("%2e", ".") in (".", ".."):
            raise UsageError(f"{text}: `.` and `..` are not taken in an address", hint=_EXAMPLE)
        if segment:
            kept.append(quote(segment, safe="%-._~!$&'()*+,;=:@"))
    return "".join(f"/{segment}" for segment in kept)


@dataclass(frozen=True, slots=True)
class ProxyAddress:
    """A proxy: scheme, host with port, and the user and password for it.

    All that stands before the last `@` is user and password, whatever characters they hold.
    """

    scheme: str
    host: str
    user: Secret
    password: Secret

    @classmethod
    def parse(cls, address: str) -> ProxyAddress:
        """Split an address; it never fails: see `checked`.

        In a run the redactor hears of user and password in each form that may be sent or shown.
        """
        found = _PROXY_SCHEME.match(address)
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
        """Return itself. Raises `UsageError`, which quotes nothing, if no proxy is meant by it."""
        if self.scheme not in _PROXY_SCHEMES:
            why = f"its scheme is none of {', '.join(_PROXY_SCHEMES)}"
        elif not (found := _PROXY_HOST.fullmatch(self.host)):
            why = "its address names no host, or no number as its port"
        elif int(found[1] or 1) not in range(1, 65536):
            why = "its port is not between 1 and 65535"
        else:
            return self
        raise UsageError(f"the proxy cannot be used: {why}", remedy=Remedy.PROXY)

    @property
    def url(self) -> str:
        """The address for a library: user and password escaped, so that none can be misread."""
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
