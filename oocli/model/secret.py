"""Secrets that are not printed by accident, and the masking of secrets in text.

A run of the program has a `Redactor`. Output for people (stderr, the log, previews, `doctor`) is
masked with it before it is shortened, because half a secret would not be found. A program that
uses the library has no `Redactor`, so none of its secrets is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import ClassVar, NamedTuple
from urllib.parse import quote, quote_plus

from oocli.model.text import escape_control

MASK = "***"
MIN_MASKED_LENGTH = 4  # characters; masking shorter secrets would make a text unreadable
MAX_TOKEN_LENGTH = 8192  # characters; portals refuse longer headers


class Redactor:
    """The secrets of one run, and the masking of what the run writes.

    In its `with` block it is told each new `Secret`, so that none can be forgotten. It still masks
    them after the block.
    """

    _active: ClassVar[Redactor | None] = None

    def __init__(self) -> None:
        self._spellings: set[str] = set()

    def __enter__(self) -> Redactor:
        Redactor._active = self
        return self

    def __exit__(self, *_: object) -> None:
        Redactor._active = None

    def add(self, value: str) -> None:
        """Mask this value from now on, in each form in which it may be written."""
        if len(value) >= MIN_MASKED_LENGTH:
            self._spellings.update(_spellings(value))

    def mask(self, text: str, mask: str = MASK) -> str:
        """Return `text` with only the known secrets masked."""
        for spelling in sorted(self._spellings, key=len, reverse=True):
            if spelling in text:
                text = text.replace(spelling, mask)
        return text

    def redact(self, text: str) -> str:
        """Return `text` with the known secrets and what looks like a secret masked."""
        return _without_patterns(self.mask(text))

    def redact_headers(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the headers with the known secrets and what looks like a secret masked."""
        return redact_headers(headers, self.redact)


class Secret:
    """A value that is `***` in repr, str, format and tracebacks. Only `reveal` returns it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        if Redactor._active is not None:
            Redactor._active.add(value)

    def reveal(self) -> str:
        """Return the value. Call it only to send, store or print the secret."""
        return self._value

    def tail(self) -> str:
        """Return the last four characters, or an empty text if the value is short."""
        return self._value[-4:] if len(self._value) >= 16 else ""

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a Secret cannot be pickled")


class CredentialKind(str, Enum):
    """The kinds of credentials, with their names in `portals.json`."""

    SESSION = "session"
    API_KEY = "api-key"
    OAUTH = "oauth"

    @classmethod
    def of(cls, value: str) -> CredentialKind:
        """Return the kind of a credential: `sk-...` an API key, a JWT an OAuth token."""
        if value.startswith("sk-"):
            return cls.API_KEY
        if re.fullmatch(r"eyJ[\w-]*\.[\w-]+\.[\w-]*", value):
            return cls.OAUTH
        return cls.SESSION

    @property
    def display_name(self) -> str:
        """The name for people."""
        names = {"session": "session token", "api-key": "API key", "oauth": "OAuth token"}
        return names[self.value]


class CredentialSource(Enum):
    """Where a credential came from, with its name for people."""

    VARIABLE = "OOCLI_TOKEN"
    FILE_VARIABLE = "OOCLI_TOKEN_FILE"
    KEYRING = "keyring"
    FILE = "credentials.json"
    SIGN_IN = "sign-in"  # this run got it from the portal
    STDIN = "stdin"
    ARGUMENT = "token="

    @property
    def is_variable(self) -> bool:
        """Whether the credential comes from an environment variable."""
        return self in (CredentialSource.VARIABLE, CredentialSource.FILE_VARIABLE)


class Credential(NamedTuple):
    """A token for the `Authorization` header, and where it came from."""

    secret: Secret
    kind: CredentialKind
    source: CredentialSource

    @classmethod
    def of(cls, value: str, source: CredentialSource) -> Credential:
        """Return the credential for a session token, an API key or an OAuth access token.

        Raises `ValueError`, which does not quote the value, if it cannot be a token.
        """
        fault = cls.fault(value)
        if fault:
            raise ValueError(f"{source.value} {fault}")
        return cls(Secret(value), CredentialKind.of(value), source)

    @staticmethod
    def fault(value: str) -> str | None:
        """Return why a value cannot be a token, as the end of a sentence; None if it can.

        Tokens are base64, JWT, or `sk-` and hex digits. All characters are allowed that a cookie
        may have (RFC 6265): visible ASCII without double quote, comma, semicolon and backslash.
        """
        if not value:
            return "contains no token"
        if len(value) > MAX_TOKEN_LENGTH:
            return f"contains {len(value)} characters; a token has at most {MAX_TOKEN_LENGTH}"
        if not re.fullmatch("[!-~]+", value):
            return "contains white space or control characters inside the token"
        if re.search(r'[",;\\]', value):
            return "contains a quote, comma, semicolon or backslash inside the token"
        return None

    def authorization(self) -> str:
        """Return the value of the header.

        Session tokens are sent as they are, to both kinds of portal. Keys and OAuth tokens need
        `Bearer `: DocSpace reads a bare `sk-...` as a broken session (BaseStartup.cs).
        """
        if self.kind is CredentialKind.SESSION:
            return self.secret.reveal()
        return f"Bearer {self.secret.reveal()}"


_SECRET_HEADERS = frozenset(
    {"authorization", "proxyauthorization", "cookie", "setcookie", "confirm"}
)
_SECRET_KEYS = frozenset(
    {
        "password", "passwordhash", "token", "key", "secret", "code", "tfakey", "confirmurl",
        "requesttoken", "accesstoken", "codeoauth", "ascauthkey", "streamauth", "signature",
        "xamzsignature", "xamzsecuritytoken", "xamzcredential", "xgoogsignature", "sig",
        "uid",
    }
)  # fmt: skip
# Keys that are secrets only in a query (of a signed link), not in a body.
_QUERY_ONLY = frozenset({"signature", "sig", "uid", "xamzcredential"})
_JSON_MEMBER = r'"([^"\\]{1,40})"(\s*:\s*)("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|-?[0-9][0-9.eE+-]*)'
_QUERY_MEMBER = r"([?&;]|^|(?<=\s))([\w.%\[\]-]{1,60})=([^&\s\"'<>]*)"
_USER_INFO = r"(?<=://)[^/?#\s]*@"
_HEADER_LINE = r"(?im)^([<> \t]*(?:authorization|proxy-authorization|cookie|set-cookie)\s*:\s*).*$"


def mask_known(text: str) -> str:
    """Return `text` with the secrets of the run masked; unchanged if there is no run."""
    return text if Redactor._active is None else Redactor._active.mask(text)


def redact(text: str) -> str:
    """Return `text` with what looks like a secret masked: members, query parameters, user info.

    The known secrets of a run are masked first: a pattern could leave a part of one, which would
    not be found any more.
    """
    return _without_patterns(mask_known(text))


def _without_patterns(text: str) -> str:
    text = re.sub(_USER_INFO, f"{MASK}@", text)
    text = re.sub(_HEADER_LINE, rf"\g<1>{MASK}", text)
    text = re.sub(_JSON_MEMBER, _mask_member, text)
    return re.sub(_QUERY_MEMBER, _mask_query, text)


def redact_headers(
    headers: Iterable[tuple[str, str]], redact_text: Callable[[str], str] = redact
) -> list[tuple[str, str]]:
    """Return the headers with the values of secret headers and what looks like a secret masked."""
    return [
        (redact_text(name), MASK if _plain(name) in _SECRET_HEADERS else redact_text(value))
        for name, value in headers
    ]


def is_secret_key(name: str, *, in_query: bool = False) -> bool:
    """Whether the value of a member is secret by its name. Ignores case, `-` and `_`."""
    plain = _plain(name)
    return plain in _SECRET_KEYS and (in_query or plain not in _QUERY_ONLY)


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _mask_member(found: re.Match[str]) -> str:
    return f'"{found[1]}"{found[2]}"{MASK}"' if is_secret_key(found[1]) else found[0]


def _mask_query(found: re.Match[str]) -> str:
    if not found[3] or not is_secret_key(found[2], in_query=True):
        return found[0]
    return f"{found[1]}{found[2]}={MASK}"


def _spellings(value: str) -> set[str]:
    """Return the forms of a secret: bare, in a URL, a form or JSON, and as quoted by Python."""
    in_url = [quote_plus(value, errors="surrogatepass")]
    in_url += [quote(value, safe=safe, errors="surrogatepass") for safe in ("", "/", "/+=", "@")]
    in_url += [re.sub("%..", lambda found: found[0].lower(), text) for text in in_url]
    in_json = [json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (False, True)]
    in_json += [text.replace("/", "\\/") for text in in_json]
    in_python = [repr(value)[1:-1], repr(f"'\"{value}")[4:-1]]
    found = {value, escape_control(value), *in_url, *in_json, *in_python}
    on_one_line = {escape_control(" ".join(spelling.split())) for spelling in found}
    return found | {spelling for spelling in on_one_line if len(spelling) >= MIN_MASKED_LENGTH}
