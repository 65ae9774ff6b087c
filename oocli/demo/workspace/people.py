"""People and groups of a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Employee/EmployeeApi.cs.
"""

from __future__ import annotations

from oocli.demo.accounts import Group
from oocli.demo.messages import JsonObject
from oocli.demo.people import NO_CATEGORY, find_group, myself, one_person
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.workspace.lists import ListQuery


def everybody(context: RequestContext) -> Result:
    """Answer GET `people`: built lazily and cut by the framework."""
    people = context.state.people
    return Result([context.dialect.person(context, person) for person in people], lazy=True)


def filtered(context: RequestContext) -> Result:
    """Answer GET `people/filter`, which pages itself and sets `total`."""
    query, found = ListQuery.read(context.request), list(context.state.people)
    if query.filter_values:
        found = [person for person in found if person.matches(query.filter_values[0].lower())]
    described = [context.dialect.person(context, person) for person in query.cut(found)]
    return Result(described, total=len(found), paged=True)


def add(context: RequestContext) -> JsonObject:
    """Answer POST `people`: it needs both names, and an address that is not used yet.

    Missing permissions and wrong names or addresses are no argument errors: their status is 500
    (web/core/ASC.Web.Core/Users/UserManagerWrapper.cs and the server's table of exceptions).
    """
    arguments, people = context.arguments, context.state.people
    if not context.user.admin:
        raise Refusal(500, context.dialect.denied_message)
    email = arguments.text("email")
    if not email:
        raise context.dialect.missing_argument("address")
    if "@" not in email:
        raise Refusal(
            500, "The specified string is not in the form required for an e-mail address."
        )
    first, last = arguments.text("firstname"), arguments.text("lastname")
    if not (first and last):
        raise Refusal(500, "Incorrect user name")
    if people.by_login(email):
        raise Refusal(500, "A user with this email already exists")
    account = people.invite(email)
    account.first_name, account.last_name = first, last
    account.visitor = arguments.flag("isVisitor")
    account.password = arguments.text("password")
    return context.dialect.person(context, account)


def groups(context: RequestContext) -> list[JsonObject]:
    """Answer GET `group`: a whole list, which the framework cuts."""
    return [summary(group) for group in context.state.groups]


def summary(group: Group) -> JsonObject:
    """Describe a group in a list."""
    return {"id": group.id, "name": group.name, "manager": group.manager.user_name}


def group(context: RequestContext) -> JsonObject:
    """Answer GET `group/{id}`."""
    found = find_group(context)
    return {
        "id": found.id,
        "category": NO_CATEGORY,
        "name": found.name,
        "manager": context.dialect.person(context, found.manager),
        "parent": None,
        "members": [context.dialect.person(context, member) for member in found.members],
    }


ROUTES = (
    Route("GET", "group", groups),
    Route("GET", "group/{group}", group),
    Route("GET", "people", everybody),
    Route("POST", "people", add),
    Route("GET", "people/@self", myself),
    Route("GET", "people/filter", filtered),
    Route("GET", "people/email", one_person),
    Route("GET", "people/{person}", one_person),
)
