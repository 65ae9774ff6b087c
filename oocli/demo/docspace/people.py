"""People and groups of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/Api/UserController.cs and
common/ASC.Api.Core/Model/EmployeeFullDto.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.accounts import STARTED, Account, Group
from oocli.demo.arguments import BadArgument
from oocli.demo.dates import zoned
from oocli.demo.docspace.paging import Asked
from oocli.demo.routing import Refusal, Reply, Route, Visit

NO_CATEGORY = "00000000-0000-0000-0000-000000000000"
GUEST_NUMBER = "2"  # a kind of user may be given by its number


def short_person(visit: Visit, account: Account) -> dict[str, Any]:
    """Build the short object of one person, without address and status.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Model/EmployeeDto.cs.
    """
    return {
        "id": account.id,
        "displayName": account.display_name,
        "avatar": "/static/images/default_user_photo_size_32-32.png",
        "profileUrl": f"{visit.call.origin}/accounts/people/filter?search={account.email}",
        "hasAvatar": False,
        "isAnonim": False,
    }


def person(visit: Visit, account: Account) -> dict[str, Any]:
    """Build the object of one person; the owner is not called an admin."""
    return {
        "firstName": account.first_name,
        "lastName": account.last_name,
        "userName": account.user_name,
        "email": account.email,
        "status": 2 if account.terminated else 4 if account.pending else 1,
        "activationStatus": 2 if account.pending else 1,
        "department": "",
        "registrationDate": zoned(STARTED, 0),
        "isAdmin": account.admin and not account.owner,
        "isRoomAdmin": False,
        "isLDAP": False,
        "isOwner": account.owner,
        "isVisitor": account.visitor,
        "isCollaborator": not account.admin and not account.visitor,
        "isSSO": False,
        "cultureName": "en-US",
        "mobilePhone": account.phone or None,
        "usedSpace": 0,
        "loginEventId": visit.cookie_session.event if visit.cookie_session else 0,
        "hasPersonalFolder": not account.visitor,
        **short_person(visit, account),
    }


def myself(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/@self`."""
    return person(visit, visit.user)


def everybody(visit: Visit) -> Reply:
    """Answer GET `people` and `people/filter`: `total` is that of all matches."""
    asked = Asked.read(visit.call)
    wanted = visit.arguments.text("filterValue").lower()
    found = [one for one in visit.state.people if _fits(one, wanted)] if wanted else None
    page = asked.cut(visit.state.people if found is None else found)
    total = len(visit.state.people if found is None else found)
    return Reply([person(visit, one) for one in page], count=len(page), total=total)


def search(visit: Visit) -> Reply:
    """Answer GET `people/@search/{query}`: a lazy list, of which the envelope says 1."""
    wanted = visit.names["query"].lower()
    found = [one for one in visit.state.people if _fits(one, wanted)]
    return Reply([person(visit, one) for one in found], lazy=True)


def _fits(account: Account, wanted: str) -> bool:
    names = (account.first_name, account.last_name, account.email, account.user_name)
    return any(wanted in name.lower() for name in names)


def named(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/{x}`: a user name or an id."""
    return _found(visit, visit.state.people.by_name(visit.names["person"]))


def add(visit: Visit) -> dict[str, Any]:
    """Answer POST `people` without an invitation link: an admin adds somebody."""
    given = visit.arguments
    _admin_adds(visit, [given.text("type")])
    email = given.text("email")
    if "@" not in email or visit.state.people.by_login(email):
        raise Refusal(400, "The email address is not valid", "System.ArgumentException")
    account = visit.state.people.invite(email)
    account.first_name, account.last_name = given.text("firstName"), given.text("lastName")
    account.password = given.text("password")
    return person(visit, account)


def invite(visit: Visit) -> list[dict[str, Any]]:
    """Answer POST `people/invite`: all who have not signed in yet, not only those just invited."""
    given = [one for one in visit.arguments.every("invitations") if isinstance(one, dict)]
    _admin_adds(visit, [str(one.get("type", "")) for one in given])
    emails = [str(one.get("email")) for one in given if "@" in str(one.get("email"))]
    if not emails:
        raise BadArgument("The invitations field is required.")
    for email in emails:
        visit.state.people.invite(email)
    return [short_person(visit, one) for one in visit.state.people.known if one.pending]


def _admin_adds(visit: Visit, types: list[str]) -> None:
    """Refuse everybody but admins, and guests: they come by links to what is shared with them."""
    if not visit.user.admin or {"guest", GUEST_NUMBER} & {one.lower() for one in types}:
        raise Refusal(403, "Access denied", "System.Security.SecurityException")


def by_email(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/email`."""
    return _found(visit, visit.state.people.by_login(visit.arguments.text("email")))


def _found(visit: Visit, account: Account | None) -> dict[str, Any]:
    if account is None:
        raise Refusal(404, "The user could not be found", "ASC.Common.Web.ItemNotFoundException")
    return person(visit, account)


def groups(visit: Visit) -> Reply:
    """Answer GET `group`."""
    page = Asked.read(visit.call).cut(visit.state.groups)
    listed = [group_summary(visit, one) for one in page]
    return Reply(listed, count=len(listed), total=len(visit.state.groups))


def group_summary(visit: Visit, group: Group) -> dict[str, Any]:
    """Build the object of a group without its members."""
    manager = person(visit, group.manager)
    return {
        "name": group.name,
        "category": NO_CATEGORY,
        "id": group.id,
        "isLDAP": False,
        "manager": manager,
        "shared": False,
        "membersCount": len(group.members),
    }


def group(visit: Visit) -> dict[str, Any]:
    """Answer GET `group/{id}`."""
    wanted = visit.names["group"].lower()
    found = next((one for one in visit.state.groups if one.id == wanted), None)
    if found is None:
        raise Refusal(404, "The group could not be found", "ASC.Common.Web.ItemNotFoundException")
    members = [person(visit, one) for one in found.members]
    return {**group_summary(visit, found), "members": members}


ROUTES = (
    Route("GET", "group", groups, paged=True),
    Route("GET", "group/{group}", group),
    Route("GET", "people", everybody, paged=True),
    Route("GET", "people/filter", everybody, free=True, paged=True),
    Route("GET", "people/@self", myself, free=True),
    Route("GET", "people/@search/{query}", search),
    Route("GET", "people/email", by_email),
    Route("POST", "people", add, body=True),
    Route("POST", "people/invite", invite, body=True),
    Route("GET", "people/{person}", named),
)
