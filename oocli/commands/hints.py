"""What a person at the command line can do about an error."""

from __future__ import annotations

from oocli.client.portal import PortalClient
from oocli.model.errors import (
    ConnectionFailed,
    Forbidden,
    OocliError,
    RedirectNotFollowed,
    Remedy,
    SignInNeeded,
)
from oocli.model.request import Request
from oocli.model.secret import CredentialKind
from oocli.model.text import shell_word

# What the settings that may help are called on the command line.
OPTIONS = {
    Remedy.TIMEOUT: "allow more with --timeout SECONDS",
    Remedy.MAX_TIME: "allow more with --max-time SECONDS",
    Remedy.PROXY: "check --proxy, HTTPS_PROXY and NO_PROXY",
    Remedy.CA_CERTIFICATES: "for an authority of your own: --cacert FILE",
    Remedy.CLIENT_CERTIFICATE: "give it with --client-cert FILE",
    Remedy.CERTIFICATE_FILES: (
        "it must hold PEM blocks; check --cacert, --client-cert and SSL_CERT_FILE"
    ),
    Remedy.PORTAL_NAME: "check the spelling of --portal and the network",
    Remedy.OTHER_PORTAL: "a call goes to one portal; name another one with --portal",
    Remedy.TEMPORARY_SPACE: (
        "free space in the folder for temporary files, or use --format ndjson"
    ),
    Remedy.CREDENTIAL_STORE: (
        "set OOCLI_PORTAL and OOCLI_TOKEN, or keep the token in a 0600 file: "
        "oocli login --insecure-storage"
    ),
}


def name_option(error: OocliError) -> OocliError:
    """Let the hint of an error name the option or the command that it means; return the error."""
    if error.remedy is not None:
        error.hint, error.remedy = OPTIONS[error.remedy], None
    elif isinstance(error, RedirectNotFollowed) and error.sign_in_at:
        command = f"oocli login --portal {shell_word(error.sign_in_at)}"
        error.hint, error.sign_in_at = f"{error.hint}: {command}", None
    return error


def advise(error: OocliError, request: Request, portal: PortalClient) -> None:
    """Add a hint to an error of a request, unless it has one."""
    name_option(error)
    if error.hint or isinstance(error, ConnectionFailed) or request.anonymous:
        return
    credential = portal.credential
    if isinstance(error, SignInNeeded):
        error.hint = _sign_in_hint(portal)
    elif (
        isinstance(error, Forbidden)
        and credential is not None
        and credential.kind is CredentialKind.API_KEY
    ):
        error.hint = "the API key may lack the scope: oocli call GET keys/@self"


def _sign_in_hint(portal: PortalClient) -> str:
    login = f"oocli login --portal {shell_word(portal.address.key)}"
    credential = portal.credential
    if credential is None:
        return login
    refused = f"the {credential.kind.display_name} from {credential.source} was refused"
    if credential.source.startswith("OOCLI_"):
        return f"{refused}; get a fresh one: {login} --print-token"
    return f"{refused}; sign in again: {login}"
