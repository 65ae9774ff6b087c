"""What a person at the command line can do about an error."""

from __future__ import annotations

from oocli.client.portal import PortalClient
from oocli.model.errors import ConnectionFailed, Forbidden, OocliError, SignInNeeded
from oocli.model.request import Request
from oocli.model.secret import CredentialKind
from oocli.model.text import shell_word


def advise(error: OocliError, request: Request, portal: PortalClient) -> None:
    """Add a hint to an error of a request, unless it has one."""
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
