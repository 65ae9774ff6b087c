"""People and groups of a Workspace portal, and what they write.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Employee/EmployeeApi.cs and EmployeeWraper*.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from oocli.demo.accounts import Account, Group
from oocli.demo.routing import Refusal, Reply, Route, Visit
from oocli.demo.workspace.lists import Asked, Mapped


def person(visit: Visit, account: Account) -> dict[str, Any]:
    """Build the object of one person; nulls are written."""
    origin = visit.call.origin
    return {
        "id": account.id,
        "userName": account.user_name,
        "isVisitor": account.visitor,
        "firstName": account.first_name,
        "lastName": account.last_name,
        "email": account.email,
        "status": 2 if account.terminated else 1,
        "activationStatus": 1,
        "terminated": None,
        "department": "",
        "displayName": account.display_name,
        "mobilePhone": account.phone,
        "isAdmin": account.admin,
        "isLDAP": False,
        "isOwner": account.owner,
        "isSSO": False,
        "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
        "profileUrl": f"{origin}/Products/People/Profile.aspx?user={account.user_name}",
        "cultureName": "en-US",
        "quotaLimit": 0,
        "usedSpace": 0,
    }


def myself(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/@self`."""
    return person(visit, visit.user)


def everybody(visit: Visit) -> Reply:
    """Answer GET `people`: built lazily and cut by the framework."""
    return Reply(Mapped(visit.state.people, partial(person, visit)), lazy=True)


def filtered(visit: Visit) -> Reply:
    """Answer GET `people/filter`, which pages itself and sets `total`."""
    asked = Asked.read(visit.call)
    wanted = asked.filter_values[0].lower() if asked.filter_values else ""
    found = [one for one in visit.state.people if _fits(one, wanted)] if wanted else None
    page = asked.cut(visit.state.people if found is None else found)
    total = len(visit.state.people if found is None else found)
    return Reply([person(visit, one) for one in page], total=total, paged=True)


def _fits(account: Account, wanted: str) -> bool:
    names = (account.first_name, account.last_name, account.email, account.user_name)
    return any(wanted in name.lower() for name in names)


def named(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/{x}`: a user name or an id."""
    return _found(visit, visit.state.people.by_name(visit.names["person"]))


def by_email(visit: Visit) -> dict[str, Any]:
    """Answer GET `people/email`."""
    return _found(visit, visit.state.people.by_login(visit.arguments.text("email")))


def _found(visit: Visit, account: Account | None) -> dict[str, Any]:
    if account is None:
        raise Refusal(404, "User not found")
    return person(visit, account)


def group_summary(visit: Visit, group: Group) -> dict[str, Any]:
    """Build the short object of a group."""
    return {"id": group.id, "name": group.name, "manager": group.manager.user_name}


def groups(visit: Visit) -> Reply:
    """Answer GET `group`: a whole list, which the framework cuts."""
    return Reply(Mapped(visit.state.groups, partial(group_summary, visit)))


def group(visit: Visit) -> dict[str, Any]:
    """Answer GET `group/{id}`."""
    wanted = visit.names["group"].lower()
    found = next((one for one in visit.state.groups if one.id == wanted), None)
    if found is None:
        raise Refusal(404, "Group not found")
    members = [person(visit, one) for one in found.members]
    return {
        "id": found.id,
        "category": "00000000-0000-0000-0000-000000000000",
        "name": found.name,
        "manager": person(visit, found.manager),
        "parent": None,
        "members": members,
    }


def posts(visit: Visit) -> Reply:
    """Answer GET `community/blog`, which pages itself, asks for one more and sets no total."""
    asked = Asked.read(visit.call)
    stop = visit.state.posts if asked.everything else asked.start + asked.count + 1
    numbers = range(asked.start, min(stop, visit.state.posts))
    author = visit.state.people.known[0]
    listed = [
        {
            "id": number,
            "title": f"Post {number}",
            "createdBy": {"id": author.id, "displayName": author.display_name},
        }
        for number in numbers
    ]
    return Reply(listed, paged=True)


ROUTES = (
    Route("GET", "community/blog", posts),
    Route("GET", "group", groups),
    Route("GET", "group/{group}", group),
    Route("GET", "people", everybody),
    Route("GET", "people/@self", myself),
    Route("GET", "people/filter", filtered),
    Route("GET", "people/email", by_email),
    Route("GET", "people/{person}", named),
)
