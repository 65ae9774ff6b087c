"""People and groups of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/Api/UserController.cs.
"""

from __future__ import annotations

from oocli.demo.accounts import Group
from oocli.demo.arguments import BadArgument
from oocli.demo.docspace.objects import short_person
from oocli.demo.docspace.paging import PageQuery
from oocli.demo.messages import JsonObject
from oocli.demo.people import NO_CATEGORY, find_group, myself, one_person
from oocli.demo.routing import Refusal, RequestContext, Result, Route

GUEST_NUMBER = "2"  # user types may be given as numbers


def everybody(context: RequestContext) -> Result:
    """Answer GET `people` and `people/filter`: `total` is that of all matches."""
    text, people = context.arguments.text("filterValue").lower(), context.state.people
    found = [person for person in people if person.matches(text)] if text else people
    page = PageQuery.read(context.request).cut(found)
    described = [context.dialect.person(context, person) for person in page]
    return Result(described, count=len(described), total=len(found))


def add(context: RequestContext) -> JsonObject:
    """Answer POST `people` without an invitation link: an admin adds a person."""
    arguments = context.arguments
    _require_admin(context, [arguments.text("type")])
    email = arguments.text("email")
    if "@" not in email or context.state.people.by_login(email):
        raise Refusal(400, "The email address is not valid", "System.ArgumentException")
    account = context.state.people.invite(email)
    account.first_name, account.last_name = arguments.text("firstName"), arguments.text("lastName")
    account.password = arguments.text("password")
    return context.dialect.person(context, account)


def invite(context: RequestContext) -> Result:
    """Answer POST `people/invite` with all pending people, not only those just invited."""
    invitations = [item for item in context.arguments.all("invitations") if isinstance(item, dict)]
    _require_admin(context, [str(invitation.get("type", "")) for invitation in invitations])
    emails = [str(invitation.get("email")) for invitation in invitations]
    emails = [email for email in emails if "@" in email]
    if not emails:
        raise BadArgument("The invitations field is required.")
    for email in emails:
        context.state.people.invite(email)
    pending = [person for person in context.state.people if person.pending]
    described = [short_person(context, person) for person in pending]
    return Result(described, count=len(described))


def _require_admin(context: RequestContext, types: list[str]) -> None:
    """Refuse callers who are not admins, and guests among the added people."""
    if not context.user.admin or {"guest", GUEST_NUMBER} & {type.lower() for type in types}:
        raise context.dialect.denied()


def groups(context: RequestContext) -> Result:
    """Answer GET `group`."""
    page = PageQuery.read(context.request).cut(context.state.groups)
    described = [_summary(context, group) for group in page]
    return Result(described, count=len(described), total=len(context.state.groups))


def _summary(context: RequestContext, group: Group) -> JsonObject:
    return {
        "name": group.name,
        "category": NO_CATEGORY,
        "id": group.id,
        "isLDAP": False,
        "manager": context.dialect.person(context, group.manager),
        "shared": False,
        "membersCount": len(group.members),
    }


def group(context: RequestContext) -> JsonObject:
    """Answer GET `group/{id}`."""
    found = find_group(context)
    members = [context.dialect.person(context, member) for member in found.members]
    return {**_summary(context, found), "members": members}


ROUTES = (
    Route("GET", "group", groups, paged=True),
    Route("GET", "group/{group}", group),
    Route("GET", "people", everybody, paged=True),
    Route("GET", "people/filter", everybody, paged=True),
    Route("GET", "people/@self", myself),
    Route("GET", "people/email", one_person),
    Route("POST", "people", add, body=True),
    Route("POST", "people/invite", invite, body=True),
    Route("GET", "people/{person}", one_person),
)
