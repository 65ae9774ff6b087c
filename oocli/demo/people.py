"""Actions on people and groups that both kinds of portal share."""

from __future__ import annotations

from oocli.demo.accounts import Group
from oocli.demo.messages import JsonObject
from oocli.demo.routing import NOT_FOUND, Refusal, RequestContext

NO_CATEGORY = "00000000-0000-0000-0000-000000000000"


def myself(context: RequestContext) -> JsonObject:
    """Answer GET `people/@self`."""
    return context.dialect.person(context, context.user)


def one_person(context: RequestContext) -> JsonObject:
    """Answer GET `people/{x}`, a user name or an id, and GET `people/email`."""
    people, name = context.state.people, context.names.get("person")
    account = people.by_name(name) if name else people.by_login(context.arguments.text("email"))
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
