"""API keys of a DocSpace portal: made, listed, changed and removed.

Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/Api/ApiKeysController.cs and
web/ASC.Web.Core/Users/ApiKeyManager.cs.
"""

from __future__ import annotations

from typing import Any

from oocli.demo.arguments import json_object
from oocli.demo.dates import utc
from oocli.demo.keys import SCOPES, Key
from oocli.demo.routing import Invalid, Refusal, Reply, Route, Visit

LONGEST_NAME = 30
MOST_DAYS = 365
BODY = "ASC.People.ApiModels.RequestDto.CreateApiKeyRequestDto"
NOT_A_KEY = "Value cannot be null. (Parameter 'keyPostfix')"


def key_object(key: Key, *, whole: bool = False) -> dict[str, Any]:
    """Build the object of a key; the whole text is given only when it is made."""
    return {
        "id": key.id,
        "name": key.name,
        "key": key.secret if whole else key.masked,
        "keyPostfix": key.secret[-4:],
        "permissions": list(key.scopes),
        "lastUsed": None if key.used is None else utc(key.used),
        "createOn": utc(key.made),
        "createBy": {"id": key.owner.id, "displayName": key.owner.display_name},
        "expiresAt": None if key.ends is None else utc(key.ends),
        "isActive": key.active,
    }


def make(visit: Visit) -> dict[str, Any]:
    """Answer POST `keys`."""
    _validate(visit)
    if visit.user.visitor:
        raise Refusal(403, "Access denied", "System.Security.SecurityException")
    given = visit.arguments
    name, days = given.text("name"), given.number("expiresInDays")
    scopes = given.texts("permissions")
    if set(scopes) - set(SCOPES):
        raise Refusal(400, "The permissions are not valid", "System.ArgumentException")
    key = visit.state.keys.make(visit.user, visit.now, name, scopes, days or None)
    return key_object(key, whole=True)


def _validate(visit: Visit) -> None:
    """Check the body as the framework does before the action: nothing else is looked at before.

    Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/ApiModels/RequestDto/
    CreateApiKeyRequestDto.cs.
    """
    given = visit.arguments
    if "name" not in (key.lower() for key in json_object(visit.call.body)):
        text = f"JSON deserialization for type '{BODY}' was missing required properties: 'name'."
        raise Invalid({"$": [text], "apiKey": ["The apiKey field is required."]})
    faults = {}
    name = given.text("name")
    if not name.strip():
        faults["Name"] = ["The Name field is required."]
    elif len(name) > LONGEST_NAME:
        faults["Name"] = [f"The field Name must have a maximum length of '{LONGEST_NAME}'."]
    if given.has("expiresInDays") and not 1 <= given.number("expiresInDays") <= MOST_DAYS:
        faults["ExpiresInDays"] = [f"The field ExpiresInDays must be between 1 and {MOST_DAYS}."]
    if faults:
        raise Invalid(faults)


def listed(visit: Visit) -> Reply:
    """Answer GET `keys`: a lazy list; admins see everybody's."""
    seen = [one for one in visit.state.keys.all if visit.user.admin or one.owner is visit.user]
    return Reply([key_object(one) for one in seen], lazy=True)


def own(visit: Visit) -> dict[str, Any]:
    """Answer GET `keys/@self`: whatever follows the first seven characters of the header."""
    header = visit.call.header("Authorization")
    if not header:
        raise Refusal(400, NOT_A_KEY, "System.ArgumentNullException")
    key = visit.state.keys.find(header[7:], visit.now)
    if key is None:
        raise Refusal(500, NOT_A_KEY, "System.NullReferenceException")
    return key_object(key)


def permissions(visit: Visit) -> list[str]:
    """Answer GET `keys/permissions`."""
    return list(SCOPES)


def change(visit: Visit) -> bool:
    """Answer PUT `keys/{id}`."""
    key = _wanted(visit)
    given = visit.arguments
    key.name = given.text("name") or key.name
    if given.has("permissions"):
        key.scopes = given.texts("permissions")
    key.active = given.flag("isActive", default=key.active)
    return True


def remove(visit: Visit) -> bool:
    """Answer DELETE `keys/{id}`."""
    visit.state.keys.all.remove(_wanted(visit))
    return True


def _wanted(visit: Visit) -> Key:
    key = visit.state.keys.by_id(visit.names["key"])
    if key is None or not (visit.user.admin or key.owner is visit.user):
        raise Refusal(500, NOT_A_KEY, "System.NullReferenceException")
    return key


ROUTES = (
    Route("POST", "keys", make, body=True),
    Route("GET", "keys", listed),
    Route("GET", "keys/@self", own),
    Route("GET", "keys/permissions", permissions),
    Route("PUT", "keys/{key}", change, body=True),
    Route("DELETE", "keys/{key}", remove),
)
