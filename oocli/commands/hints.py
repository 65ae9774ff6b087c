"""The next step after a failure, in the words of the command line.

What is below `commands/` raises what happened and names no option, since Python users read its
errors too. Here each such error gets the command or option that helps.
"""

from __future__ import annotations

from oocli.auth.credentials import NotSignedIn, UnusableCredential, WrongCredentialKind
from oocli.config.portals import (
    InvalidRecord,
    NoPortalChosen,
    PortalError,
    SchemeDiffers,
    TokenOfOtherPortal,
    TokenWithoutPortal,
    UnencryptedPortal,
    UnknownPortal,
)
from oocli.model.errors import OocliError
from oocli.model.text import shell_word

# KEY stands for the portal, as one word of a shell's line.
_HINTS: dict[type[OocliError], str] = {
    NotSignedIn: "oocli login --portal KEY",
    UnusableCredential: "sign in again: oocli login --portal KEY",
    WrongCredentialKind: "sign in with a password: oocli login --portal KEY",
    InvalidRecord: "take the entry out of the file, then: oocli login --portal KEY",
    SchemeDiffers: "leave the scheme out, or first: oocli portals remove KEY",
    UnencryptedPortal: "use https, or if you must: --insecure-http",
    UnknownPortal: "oocli portals list",
    TokenWithoutPortal: "set OOCLI_PORTAL too, or give --portal HOST",
}


def add_hint(error: OocliError) -> OocliError:
    """Add the next step to an error that names none, where one is known, and return it."""
    if error.hint:
        return error
    if isinstance(error, NoPortalChosen):
        error.hint = (
            f"oocli portals use {shell_word(error.known[0])}, or --portal HOST"
            if error.known
            else "oocli login --portal yourportal.onlyoffice.com"
        )
    elif isinstance(error, TokenOfOtherPortal):
        error.hint = f"unset {error.variable}, or leave --portal out"
    elif hint := _HINTS.get(type(error)):
        key = shell_word(error.key) if isinstance(error, PortalError) else ""
        error.hint = hint.replace("KEY", key)
    return error
