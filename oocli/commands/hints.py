"""Hints for errors: the option or the command that helps.

The packages below `commands/` name no option in their errors, since Python users read these too.
"""

from __future__ import annotations

from oocli.auth.credentials import NotSignedIn, UnusableCredential, WrongCredentialKind
from oocli.client.portal import PortalClient
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
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    ConnectionFailed,
    Forbidden,
    OocliError,
    RedirectNotFollowed,
    Remedy,
    SignInNeeded,
)
from oocli.model.kinds import DOCSPACE
from oocli.model.request import Request
from oocli.model.secret import CredentialKind, CredentialSource
from oocli.model.text import shell_word

REMEDY_HINTS = {
    Remedy.TIMEOUT: "allow more with --timeout SECONDS",
    Remedy.MAX_TIME: "allow more with --max-time SECONDS",
    Remedy.PROXY: "check --proxy, HTTPS_PROXY and NO_PROXY",
    Remedy.CA_CERTIFICATES: "to trust your own certificate authority: --cacert FILE",
    Remedy.CLIENT_CERTIFICATE: "give it with --client-cert FILE",
    Remedy.CERTIFICATE_FILES: (
        "it must hold PEM blocks; check --cacert, --client-cert and SSL_CERT_FILE"
    ),
    Remedy.PORTAL_NAME: "check the spelling of --portal and the network",
    Remedy.OTHER_PORTAL: "a call goes to one portal; choose another one with --portal",
    Remedy.TEMPORARY_SPACE: (
        "free space in the folder for temporary files, or use --format ndjson"
    ),
    Remedy.CREDENTIAL_STORE: (
        "set OOCLI_PORTAL and OOCLI_TOKEN, or store the token in a 0600 file: "
        "oocli login --insecure-storage"
    ),
}
# KEY stands for the portal.
_HINTS: dict[type[OocliError], str] = {
    NotSignedIn: "oocli login --portal KEY",
    UnusableCredential: "sign in again: oocli login --portal KEY",
    WrongCredentialKind: "sign in with a password: oocli login --portal KEY",
    InvalidRecord: "delete the entry from the file, then: oocli login --portal KEY",
    SchemeDiffers: "omit the scheme, or first run: oocli portals remove KEY",
    UnencryptedPortal: "use https, or allow http with --insecure-http",
    UnknownPortal: "oocli portals list",
    TokenWithoutPortal: "set OOCLI_PORTAL too, or give --portal HOST",
}


def name_option(error: OocliError) -> OocliError:
    """Make the hint of an error name the option or the command that helps; return the error."""
    if error.remedy is not None:
        error.hint, error.remedy = REMEDY_HINTS[error.remedy], None
    elif isinstance(error, RedirectNotFollowed) and error.sign_in_at:
        command = f"oocli login --portal {shell_word(error.sign_in_at)}"
        error.hint, error.sign_in_at = f"{error.hint}: {command}", None
    elif error.hint:
        return error
    elif isinstance(error, NoPortalChosen | NotSignedIn) and error.token_is_empty:
        error.why += "; OOCLI_TOKEN is set but empty"
        error.hint = (
            "the CI secret does not reach this job; check its name, and whether forks and other "
            "branches get it"
        )
    elif isinstance(error, NoPortalChosen):
        error.hint = (
            f"oocli portals use {shell_word(error.known[0])}, or --portal HOST"
            if error.known
            else "oocli login --portal yourportal.onlyoffice.com"
        )
    elif isinstance(error, TokenOfOtherPortal):
        error.hint = f"unset {error.variable}, or omit --portal"
    elif hint := _HINTS.get(type(error)):
        key = shell_word(error.key) if isinstance(error, PortalError) else ""
        error.hint = hint.replace("KEY", key)
    return error


def advise(error: OocliError, request: Request, portal: PortalClient) -> None:
    """Add a hint to an error of a request, unless it has one."""
    name_option(error)
    if error.hint or isinstance(error, ConnectionFailed) or request.anonymous:
        return
    if error.status in (404, 405) and request.target.is_api:
        _advise_path(error, request, portal)
        return
    credential = portal.credential
    login = f"oocli login --portal {shell_word(portal.address.typed)}"
    if isinstance(error, SignInNeeded):
        if credential is None:
            error.hint = login
            return
        source = credential.source
        name = "--with-token" if source is CredentialSource.STDIN else source.value
        refused = f"the {credential.kind.display_name} from {name} was refused"
        if source.is_variable:
            error.hint = f"{refused}; get a fresh one: {login} --print-token"
        else:
            error.hint = f"{refused}; sign in again: {login}"
    elif (
        isinstance(error, Forbidden)
        and credential is not None
        and credential.kind is CredentialKind.API_KEY
    ):
        error.hint = "the API key may lack the scope; to see its scopes: oocli call GET keys/@self"


def _advise_path(error: OocliError, request: Request, portal: PortalClient) -> None:
    """Say that the portal has no such address, unless only an item is missing.

    Workspace answers an unknown route, or a known one with another method, with an HTML page
    (Web.config). DocSpace sends such a page for an unknown first segment, else an empty body.
    """
    if error.answer is None:
        return
    envelope = Envelope(request, error.answer)
    is_page = envelope.is_html and not envelope.is_blank
    if not (is_page or (portal.kind is DOCSPACE and not envelope.raw)):
        return
    taken = "" if request.method == "GET" else f", or none that takes {request.method}"
    page = f"; it sent {error.why}" if envelope.raw else ""
    error.why = f"the portal has no such address{taken}{page}"
    error.hint = "all addresses: https://api.onlyoffice.com/"
