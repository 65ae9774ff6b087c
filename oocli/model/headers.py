"""Headers that a user gives: what HTTP lets through, and what is not theirs to set."""

from __future__ import annotations

import re

from oocli.model.errors import UsageError
from oocli.model.secret import masked_line

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_NOT_BY_HAND = {
    "authorization": "secrets do not belong there; sign in, or set OOCLI_TOKEN",
    "cookie": "secrets do not belong there, and a cookie would change who calls",
    "proxy-authorization": "give the proxy's user in HTTPS_PROXY",
    "host": "the portal is named by --portal",
    "origin": "portals choose the tenant by it",
    "referer": "portals read more from it than where you came from",
    "content-length": "it follows from the body",
    "transfer-encoding": "it follows from the body",
    "connection": "it is oocli's own business",
}


def check_header(name: str, value: str, where: str) -> None:
    """Raise `UsageError` for a header that cannot be sent, `where` naming the place it stood in."""
    if not re.fullmatch(_NAME, name):
        raise UsageError(f"{where}: {masked_line(name, 60)!r} is no name of a header")
    why = _NOT_BY_HAND.get(name.lower())
    if why:
        raise UsageError(f"{where}: {name} cannot be given by hand: {why}")
    if any(not " " <= character <= "~" and character != "\t" for character in value):
        raise UsageError(
            f"{where}: {name} holds line breaks, control characters or characters beyond ASCII"
        )
