"""The address of a proxy, split once into what may be shown and what is secret."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote, unquote

from oocli.model.errors import Remedy, UsageError
from oocli.model.secret import MASK, Secret

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@%\[\]\\]+)(?::([0-9]{1,5}))?")
_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


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
        found = _SCHEME.match(address)
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
        if self.scheme not in _SCHEMES:
            why = f"its scheme is none of {', '.join(_SCHEMES)}"
        elif not (found := _HOST.fullmatch(self.host)):
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
