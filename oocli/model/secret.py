"""Secrets: values that never show by accident, and the masking of texts that may hold one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from oocli.model.text import escape_control, escaped, one_line

MASK = "***"
MAX_TOKEN_LENGTH = 8192  # characters; servers refuse longer headers

# Every secret of this run, so that a log or an error can be cleared of it wherever it turns up.
_KNOWN: set[str] = set()


class Secret:
    """A value that shows `***` in repr, str, format and traces. `.reveal()` is the one way out."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        if len(value) >= 4:  # Shorter ones would black out half of every text.
            _KNOWN.update(_spellings(value))

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


def redact(text: str) -> str:
    """Return `text` without any secret: known values, secret members, signed queries, user info.

    Applied by those who write logs, errors and dry runs, never by their callers.
    """
    text = without_known(text)
    text = re.sub(_USER_INFO, f"{MASK}@", text)
    text = re.sub(_HEADER_LINE, rf"\g<1>{MASK}", text)
    text = re.sub(_JSON_MEMBER, _mask_member, text)
    return re.sub(_QUERY_MEMBER, _mask_query, text)


def masked_line(text: str, limit: int) -> str:
    """Return `text` without known secrets, on one line of at most `limit` characters.

    Masked before it is cut: half a secret would no longer be found.
    """
    return one_line(without_known(text), limit)


def redacted_line(text: str, limit: int) -> str:
    """Return `text` redacted, on one line of at most `limit` characters.

    What is much too long loses its end first, since the search for secrets by pattern takes time.
    """
    return one_line(redact(without_known(text)[: limit * 4]), limit)


def without_known(text: str, mask: str = MASK) -> str:
    """Return `text` without the secrets that this run has seen, and nothing else changed."""
    for value in sorted(_KNOWN, key=len, reverse=True):
        if value in text:
            text = text.replace(value, mask)
    return text


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
    # A secret may turn up escaped: in a URL, in a form, in JSON.
    in_url = [quote_plus(value, errors="surrogatepass")]
    in_url += [quote(value, safe=safe, errors="surrogatepass") for safe in ("", "/", "/+=", "@")]
    in_json = ["".join(_SHORT.get(one) or (escaped(one) if one < " " else one) for one in value)]
    in_json.append("".join(one if one.isascii() else escaped(one) for one in in_json[0]))
    in_json += [one.replace("/", "\\/") for one in in_json]
    lower = [re.sub("%..", lambda found: found[0].lower(), one) for one in in_url]
    return {value, escape_control(value), *in_url, *lower, *in_json}
