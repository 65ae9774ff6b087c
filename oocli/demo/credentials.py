"""Who sends a request."""

from __future__ import annotations

from dataclasses import dataclass

from oocli.demo.accounts import Account
from oocli.demo.api_keys import ApiKey
from oocli.demo.messages import Headers

COOKIE = "asc_auth_key"


@dataclass(frozen=True)
class Identity:
    """The caller, the API key that was sent, and headers to send back.

    `bad_key` is true if an invalid API key was sent.
    """

    account: Account | None = None
    key: ApiKey | None = None
    bad_key: bool = False
    headers: Headers = ()
