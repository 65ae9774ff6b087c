"""People and groups of a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Employee/EmployeeApi.cs.
"""

from __future__ import annotations

from oocli.demo.accounts import Group
from oocli.demo.messages import JsonObject
from oocli.demo.people import NO_CATEGORY, by_email, by_name, find_group, myself
from oocli.demo.routing import RequestContext, Result, Route
from oocli.demo.workspace.lists import LazyList, ListQuery


def everybody(context: RequestContext) -> Result:
    """Answer GET `people`: built lazily and cut by the framework."""
    people = LazyList(context.state.people, lambda person: context.dialect.person(context, person))
    return Result(people, lazy=True)


def filtered(context: RequestContext) -> Result:
    """Answer GET `people/filter`, which pages itself and sets `total`."""
    query = ListQuery.read(context.request)
    people = context.state.people
    if query.filter_values:
        text = query.filter_values[0].lower()
        found = [person for person in people if person.matches(text)]
    page = query.cut(found if query.filter_values else people)
    total = len(found if query.filter_values else people)
    described = [context.dialect.person(context, person) for person in page]
    return Result(described, total=total, paged=True)


def groups(context: RequestContext) -> Result:
    """Answer GET `group`: a whole list, which the framework cuts."""
    return Result(LazyList(context.state.groups, _summary))


def _summary(group: Group) -> JsonObject:
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
    Route("GET", "people/@self", myself),
    Route("GET", "people/filter", filtered),
    Route("GET", "people/email", by_email),
    Route("GET", "people/{person}", by_name),
)
