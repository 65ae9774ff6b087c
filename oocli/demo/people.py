"""Actions on people and sessions that both kinds of portal carry out in the same way."""

from __future__ import annotations

from oocli.demo.accounts import Account, Group, Session
from oocli.demo.dates import utc
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Refusal, RequestContext

NO_CATEGORY = "00000000-0000-0000-0000-000000000000"
NOT_FOUND = "ASC.Common.Web.ItemNotFoundException"


def myself(context: RequestContext) -> JsonObject:
    """Answer GET `people/@self`."""
    return context.dialect.person(context, context.user)


def by_name(context: RequestContext) -> JsonObject:
    """Answer GET `people/{x}`: a user name or an id."""
    return _found(context, context.state.people.by_name(context.names["person"]))


def by_email(context: RequestContext) -> JsonObject:
    """Answer GET `people/email`."""
    return _found(context, context.state.people.by_login(context.arguments.text("email")))


def _found(context: RequestContext, account: Account | None) -> JsonObject:
    if account is None:
        raise Refusal(404, context.dialect.missing_person_message, NOT_FOUND)
    return context.dialect.person(context, account)


def find_group(context: RequestContext) -> Group:
    """Return the group that a path names."""
    wanted = context.names["group"].lower()
    for group in context.state.groups:
        if group.id == wanted:
            return group
    raise Refusal(404, "The group could not be found", NOT_FOUND)


def active_connections(context: RequestContext) -> JsonObject:
    """Answer GET `security/activeconnections`; `loginEvent` is read from the cookie alone.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Security/SecurityApi.cs;
    ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/ConnectionsController.cs.
    """
    own = context.cookie_session.event if context.cookie_session else 0
    sessions = context.state.sessions.with_event(context.user, context.now)
    sessions.sort(key=lambda session: (session.event != own, -session.event))
    items = [_connection(session) for session in sessions]
    if not items:
        # The server shows at least one session: it makes one up from this request.
        session = Session("", context.user, context.now, None, event=0)
        address = context.dialect.client_address(context.request)
        browser = context.request.header("User-Agent") or ""
        items = [_connection(session) | {"ip": address, "browser": browser}]
    return {"items": items, "loginEvent": own}


def _connection(session: Session) -> JsonObject:
    return {
        "id": session.event,
        "tenantId": 1,
        "userId": session.account.id,
        "mobile": False,
        "ip": "127.0.0.1",
        "country": "",
        "city": "",
        "browser": "",
        "platform": "",
        "date": utc(session.started),
        "page": "",
    }


def end_other_connections(context: RequestContext) -> str:
    """Answer PUT `…/logoutallexceptthis`: all end but the session that the cookie names."""
    own = context.cookie_session.event if context.cookie_session else 0
    for session in context.state.sessions.with_event(context.user, context.now):
        if session.event != own:
            session.live = False
    return context.user.display_name
