"""Credentials that oocli never sends: Basic and form fields."""

from __future__ import annotations

import base64
import binascii

from oocli.demo.accounts import Account, Session
from oocli.demo.credentials import COOKIE, Identity
from oocli.demo.messages import Headers, Request
from oocli.demo.routing import Refusal
from oocli.demo.state import PortalState
from oocli.demo.workspace.credentials import by_token

CHALLENGE = ("WWW-Authenticate", 'Basic realm="localhost"')


def workspace_basic(value: str, state: PortalState) -> Session | None:
    """Check an e-mail address and a password; the session has no login event.

    A password is cut off at a colon (module/ASC.Api/ASC.Specific/ASCBasicAuthorization.cs).
    """
    try:
        words = base64.b64decode(value, validate=True).decode("ascii").split(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    account = state.people.by_login(words[0])
    if account is None or len(words) < 2 or not words[1] or account.password != words[1]:
        return None
    for session in state.sessions.all.values():
        if session.account is account and not session.event and session.valid(state.clock()):
            return session
    session = state.sessions.start(account, state.clock())
    session.event = 0
    return session


def identify_by_field(request: Request, state: PortalState, form: Headers) -> Account | None:
    """Return the account of a token in a query or form field with the name of the cookie.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Specific/ASCCookieAuthorization.cs.
    """
    for name, value in (*request.query, *form):
        session = by_token(value, state) if name.lower() == COOKIE else None
        if session:
            return session.account
    return None


def docspace_basic(value: str, state: PortalState) -> Identity:
    """Check an e-mail address and a password; a malformed value is an error 500."""
    try:
        email, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        message = "The input is not a valid Base-64 string"
        raise Refusal(500, message, "System.FormatException") from error
    if not colon:
        raise Refusal(500, "Index was outside the bounds", "System.IndexOutOfRangeException")
    account = state.people.by_login(email)
    if account and password and (account.email, account.password) != (email.lower(), password):
        account = None
    return Identity(account if password else None, headers=(CHALLENGE,))
