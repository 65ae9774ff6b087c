"""Actions on people and sessions that both kinds of portal carry out in the same way."""

from __future__ import annotations

from oocli.demo.accounts import Account, Group
from oocli.demo.messages import JsonObject
from oocli.demo.routing import NOT_FOUND, Refusal, RequestContext

NO_CATEGORY = "00000000-0000-0000-0000-000000000000"


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
