"""Secrets: values that do not show by accident, and the masking of text that may hold one.

A run of the program owns a `Redactor`. All that writes for people (stderr, the log, previews and
`doctor`) masks a text with it before the text is shortened: half a secret would not be found. A
library user has none, and nothing of their secrets is kept in the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, NamedTuple
from urllib.parse import quote, quote_plus

from oocli.model.text import escape_control, escaped

MASK = "***"
MIN_MASKED_LENGTH = 4  # characters; the mask of a shorter secret would black out half a text
MAX_TOKEN_LENGTH = 8192  # characters; servers refuse longer headers


class Redactor:
    """The secrets of one run, and the masking of what the run writes.

    In its `with` block each new `Secret` is made known to it, so that no place where a secret
    enters can be forgotten. What it knows stays known after the block.
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
        """Mask this value from now on, in each spelling that it may turn up in."""
        if len(value) >= MIN_MASKED_LENGTH:
            self._spellings.update(_spellings(value))

    def mask(self, text: str, mask: str = MASK) -> str:
        """Return `text` without the known secrets, and nothing else changed."""
        for spelling in sorted(self._spellings, key=len, reverse=True):
            if spelling in text:
                text = text.replace(spelling, mask)
        return text

    def redact(self, text: str) -> str:
        """Return `text` without the known secrets and without what looks like a secret."""
        return _without_patterns(self.mask(text))

    def redact_headers(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the headers without known secrets, and without the values of secret headers."""
        return redact_headers((self.mask(name), self.mask(value)) for name, value in headers)


class Secret:
    """A value that shows `***` in repr, str, format and traces. `.reveal()` is the one way out."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        if Redactor._active is not None:
            Redactor._active.add(value)

    def reveal(self) -> str:
        """Return the value itself. Called only where it is sent, stored or asked for."""
        return self._value

    def tail(self) -> str:
        """Return the last four characters, or nothing of a value too short to show a part of."""
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
        raise TypeError("a Secret is not pickled")


class CredentialKind(str, Enum):
    """What a credential is; its value is what `portals.json` records."""

    SESSION = "session"
    API_KEY = "api-key"
    OAUTH = "oauth"

    @classmethod
    def of(cls, value: str) -> CredentialKind:
        """Tell the kind from its form: `sk-...`, three dotted parts of a JWT, else a session."""
        if value.startswith("sk-"):
            return cls.API_KEY
        if re.fullmatch(r"eyJ[\w-]*\.[\w-]+\.[\w-]*", value):
            return cls.OAUTH
        return cls.SESSION

    @property
    def display_name(self) -> str:
        """What people read."""
        names = {"session": "session token", "api-key": "API key", "oauth": "OAuth token"}
        return names[self.value]


class CredentialSource(Enum):
    """Where a credential came from; the value is what people read."""

    VARIABLE = "OOCLI_TOKEN"
    FILE_VARIABLE = "OOCLI_TOKEN_FILE"
    KEYRING = "keyring"
    FILE = "credentials.json"
    SIGN_IN = "sign-in"  # the portal gave it to this run
    STDIN = "stdin"
    ARGUMENT = "token="

    @property
    def is_variable(self) -> bool:
        """Whether a variable of the environment gives the credential."""
        return self in (CredentialSource.VARIABLE, CredentialSource.FILE_VARIABLE)


class Credential(NamedTuple):
    """What is sent in `Authorization`, and where it came from."""

    secret: Secret
    kind: CredentialKind
    source: CredentialSource

    @classmethod
    def of(cls, value: str, source: CredentialSource) -> Credential:
        """Take a bare value: a session token, an API key or an OAuth access token.

        Raises `ValueError`, which does not quote it, for what is no token.
        """
        fault = cls.fault(value)
        if fault:
            raise ValueError(f"{source.value} {fault}")
        return cls(Secret(value), CredentialKind.of(value), source)

    @staticmethod
    def fault(value: str) -> str | None:
        """Return why a value cannot be a token, to be read after its source; None for a token.

        Tokens are base64, JWT, or `sk-` and hex. Allowed is what a cookie may hold (RFC 6265):
        visible ASCII without double quote, comma, semicolon and backslash.
        """
        if not value:
            return "holds no token"
        if len(value) > MAX_TOKEN_LENGTH:
            return f"holds {len(value)} characters; a token has at most {MAX_TOKEN_LENGTH}"
        if not re.fullmatch("[!-~]+", value):
            return "holds white space or control characters inside the token"
        if re.search(r'[",;\\]', value):
            return "holds a quote, comma, semicolon or backslash inside the token"
        return None

    def authorization(self) -> str:
        """Return the header's value.

        Session tokens go as they are, on both kinds of portal. Keys and OAuth tokens want
        `Bearer `: DocSpace reads a raw `sk-...` as a broken session (BaseStartup.cs).
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
# Keys that are secrets only in a query (a signed link), never in a body.
_QUERY_ONLY = frozenset({"signature", "sig", "uid", "xamzcredential"})
_JSON_MEMBER = r'"([^"\\]{1,40})"(\s*:\s*)("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|-?[0-9][0-9.eE+-]*)'
_QUERY_MEMBER = r"([?&;]|^|(?<=\s))([\w.%\[\]-]{1,60})=([^&\s\"'<>]*)"
_USER_INFO = r"(?<=://)[^/?#\s]*@"
_HEADER_LINE = r"(?im)^([<> \t]*(?:authorization|proxy-authorization|cookie|set-cookie)\s*:\s*).*$"


def mask_known(text: str) -> str:
    """Return `text` without the secrets of the run; unchanged where there is no run."""
    return text if Redactor._active is None else Redactor._active.mask(text)


def redact(text: str) -> str:
    """Return `text` without what looks like a secret: secret members, signed queries, user info.

    In a run its known secrets go first: what a pattern leaves of one would not be found any more.
    """
    return _without_patterns(mask_known(text))


def _without_patterns(text: str) -> str:
    text = re.sub(_USER_INFO, f"{MASK}@", text)
    text = re.sub(_HEADER_LINE, rf"\g<1>{MASK}", text)
    text = re.sub(_JSON_MEMBER, _mask_member, text)
    return re.sub(_QUERY_MEMBER, _mask_query, text)


def redact_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers with the values of those that carry secrets masked, names as well."""
    return [
        (redact(name), MASK if _plain(name) in _SECRET_HEADERS else redact(value))
        for name, value in headers
    ]


def is_secret_key(name: str, *, in_query: bool = False) -> bool:
    """Tell whether a member of this name holds a secret (case, `-` and `_` make no difference)."""
    plain = _plain(name)
    return plain in _SECRET_KEYS and (in_query or plain not in _QUERY_ONLY)


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _mask_member(found: re.Match[str]) -> str:
    if not is_secret_key(found[1]):
        return found[0]
    return f'"{found[1]}"{found[2]}"{MASK}"'


def _mask_query(found: re.Match[str]) -> str:
    if not found[3] or not is_secret_key(found[2], in_query=True):
        return found[0]
    return f"{found[1]}{found[2]}={MASK}"


# The short escapes of JSON, as json.dumps writes them.
_SHORT = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip


def _spellings(value: str) -> set[str]:
    """Return how a secret may be written: bare, in a URL, a form, JSON, or as Python quotes it."""
    in_url = [quote_plus(value, errors="surrogatepass")]
    in_url += [quote(value, safe=safe, errors="surrogatepass") for safe in ("", "/", "/+=", "@")]
    in_url += [re.sub("%..", lambda found: found[0].lower(), text) for text in in_url]
    in_json = ["".join(_SHORT.get(c) or (escaped(c) if c < " " else c) for c in value)]
    in_json.append("".join(c if c.isascii() else escaped(c) for c in in_json[0]))
    in_json += [text.replace("/", "\\/") for text in in_json]
    in_python = [repr(value)[1:-1], repr(f"'\"{value}")[4:-1]]
    found = {value, escape_control(value), *in_url, *in_json, *in_python}
    on_one_line = {escape_control(" ".join(spelling.split())) for spelling in found}
    return found | {spelling for spelling in on_one_line if len(spelling) >= MIN_MASKED_LENGTH}
