"""Create, list and delete the API keys of a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/Api/ApiKeysController.cs and
web/ASC.Web.Core/Users/ApiKeyManager.cs.
"""

from __future__ import annotations

from oocli.demo.api_keys import SCOPES, ApiKey
from oocli.demo.arguments import BadArgument, json_object
from oocli.demo.dates import utc
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Refusal, RequestContext, Route

MAX_NAME_LENGTH = 30
MAX_DAYS = 365
BODY = "ASC.People.ApiModels.RequestDto.CreateApiKeyRequestDto"
NOT_A_KEY = "Value cannot be null. (Parameter 'keyPostfix')"


def key_object(key: ApiKey) -> JsonObject:
    """Describe a key, without its text."""
    return {
        "id": key.id,
        "name": key.name,
        "key": key.masked,
        "keyPostfix": key.secret[-4:],
        "permissions": list(key.scopes),
        "lastUsed": None if key.used is None else utc(key.used),
        "createOn": utc(key.made),
        "createBy": {"id": key.owner.id, "displayName": key.owner.display_name},
        "expiresAt": None if key.ends is None else utc(key.ends),
        "isActive": key.active,
    }


def make(context: RequestContext) -> JsonObject:
    """Answer POST `keys`, the only answer with the text of the key."""
    _validate(context)
    if context.user.visitor:
        raise context.dialect.denied()
    arguments = context.arguments
    name, days = arguments.text("name"), arguments.number("expiresInDays")
    scopes = arguments.texts("permissions")
    if set(scopes) - set(SCOPES):
        raise Refusal(400, "The permissions are not valid", "System.ArgumentException")
    key = context.state.keys.make(context.user, context.now, name, scopes, days)
    return key_object(key) | {"key": key.secret}


def _validate(context: RequestContext) -> None:
    """Check the body as the framework does, before anything else.

    Source: ONLYOFFICE/DocSpace-server, products/ASC.People/Server/ApiModels/RequestDto/
    CreateApiKeyRequestDto.cs.
    """
    arguments = context.arguments
    if "name" not in (key.lower() for key in json_object(context.request.body)):
        text = f"JSON deserialization for type '{BODY}' was missing required properties: 'name'."
        raise BadArgument(errors={"$": [text], "apiKey": ["The apiKey field is required."]})
    errors = {}
    name = arguments.text("name")
    if not name.strip():
        errors["Name"] = ["The Name field is required."]
    elif len(name) > MAX_NAME_LENGTH:
        errors["Name"] = [f"The field Name must have a maximum length of '{MAX_NAME_LENGTH}'."]
    if arguments.has("expiresInDays") and not 1 <= arguments.number("expiresInDays") <= MAX_DAYS:
        errors["ExpiresInDays"] = [f"The field ExpiresInDays must be between 1 and {MAX_DAYS}."]
    if errors:
        raise BadArgument(errors=errors)


def list_keys(context: RequestContext) -> list[JsonObject]:
    """Answer GET `keys`; admins see everybody's."""
    user, keys = context.user, context.state.keys.all
    return [key_object(key) for key in keys if user.admin or key.owner is user]


def own(context: RequestContext) -> JsonObject:
    """Answer GET `keys/@self`: the key is what follows seven characters in the header."""
    header = context.request.header("Authorization")
    if not header:
        raise Refusal(400, NOT_A_KEY, "System.ArgumentNullException")
    key = context.state.keys.find(header[7:], context.now)
    if key is None:
        raise Refusal(500, NOT_A_KEY, "System.NullReferenceException")
    return key_object(key)


def remove(context: RequestContext) -> bool:
    """Answer DELETE `keys/{id}`."""
    context.state.keys.all.remove(find_key(context))
    return True


def find_key(context: RequestContext) -> ApiKey:
    """Return the key in a path; only admins find those of others."""
    user, wanted = context.user, context.names["key"].lower()
    for key in context.state.keys.all:
        if key.id == wanted and (user.admin or key.owner is user):
            return key
    raise Refusal(500, NOT_A_KEY, "System.NullReferenceException")


ROUTES = (
    Route("POST", "keys", make, body=True),
    Route("GET", "keys", list_keys),
    Route("GET", "keys/@self", own),
    Route("DELETE", "keys/{key}", remove),
)
