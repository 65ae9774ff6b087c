"""What is read out of OpenAPI files: small ones of both kinds, written by hand.

Some are made like operations that the shipped catalogue has, and must give its lines to the letter.
"""

from __future__ import annotations

import json

import pytest

from oocli.catalogue.operations import read
from tests.catalogue.openapi import Document, placeholders

TEXT = {"type": "string", "description": "a sentence"}
CALENDAR = {"$ref": "#/components/schemas/CalendarWrapper"}


def answered(schema):
    return {
        "200": {"description": "a sentence", "content": {"application/json": {"schema": schema}}},
        "401": {"description": "Unauthorized"},
    }


def sent(properties, content_type="application/json"):
    schema = {"type": "object", "properties": properties}
    return {"content": {content_type: {"schema": schema}}}


SIGNED_IN = [{"AuthorizationHeader": ["read", "write"]}]
CALENDAR_ID = {"name": "calendarId", "in": "path", "description": "x", "schema": TEXT}


def calendar(tag="Calendars and subscriptions", **more):
    return {
        "tags": [f"calendar/{tag}"], "security": SIGNED_IN, "summary": "a sentence",
        "responses": answered(CALENDAR), **more,
    }  # fmt: skip


WORKSPACE = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {
            "CalendarWrapper": {"type": "object", "properties": {"count": {"type": "integer"}}},
            "SharingParam": {"type": "object"},
            "DavResponse": {"type": "object"},
            "iCalApiContentResponse": {"type": "object"},
        }
    },
    "paths": {
        "/api/2.0/calendar/": {
            "post": calendar(
                requestBody=sent(
                    {
                        "name": TEXT, "description": TEXT, "textColor": TEXT,
                        "backgroundColor": TEXT, "timeZone": TEXT,
                        "alertType": {"type": "integer"},
                        "sharingOptions": {
                            "type": "array",
                            "items": {"$ref": "#/components/schemas/SharingParam"},
                        },
                        "iCalUrl": TEXT,
                        "isTodo": {"type": "integer"},
                    }
                )
            )
        },
        "/api/2.0/calendar/import": {
            "post": calendar(
                "Events",
                requestBody=sent(
                    {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}}
                ),
                responses=answered({"type": "integer", "format": "int32"}),
            )
        },
        "/api/2.0/calendar/{calendarId}": {
            "get": calendar(parameters=[CALENDAR_ID]),
            "delete": calendar(
                parameters=[CALENDAR_ID | {"schema": {"type": "integer", "format": "int32"}}],
                responses=answered({"type": "object"}),
            ),
        },
        "/api/2.0/calendar/{calendarId}/caldavurl": {
            "get": calendar(
                parameters=[CALENDAR_ID], requestBody=sent({"uri": TEXT}),
                responses=answered({"$ref": "#/components/schemas/DavResponse"}),
            )
        },
        "/api/2.0/calendar/{calendarId}/ical/{signature}": {
            "get": {
                "tags": ["calendar/Calendars and subscriptions"],
                "parameters": [CALENDAR_ID, CALENDAR_ID | {"name": "signature"}],
                "responses": answered({"$ref": "#/components/schemas/iCalApiContentResponse"}),
            }
        },
        "/api/2.0/calendar/{calendarId}/icalurl": {
            "get": calendar(parameters=[CALENDAR_ID], responses=answered({"type": "string"}))
        },
    },
}  # fmt: skip


def wrapped(schema):
    return answered(
        {
            "type": "object",
            "properties": {
                "response": schema, "count": {"type": "integer"}, "status": {"type": "integer"},
                "statusCode": {"type": "integer"},
            },
        }
    )  # fmt: skip


def schema(name):
    return {"$ref": f"#/components/schemas/{name}"}


def choice(*names, numbers=None):
    """Return a choice as DocSpace writes it: the names, or the numbers and their names."""
    numbers = numbers or list(range(len(names)))
    return {
        "oneOf": [
            {"type": "string", "enum": list(names), "description": "a sentence"},
            {"type": "integer", "enum": numbers, "x-enum-varnames": list(names)},
        ],
        "description": "a sentence",
    }


def in_path(name, described):
    return {"name": name, "in": "path", "description": "x", "required": True, "schema": described}


def in_query(name, described):
    return {"name": name, "in": "query", "description": "a sentence", "schema": described}


USUAL = [{"asc_auth_key": ["read", "write"], "Bearer": [], "ApiKeyBearer": [], "Basic": []}]
KEY_ID = {"name": "keyId", "in": "path", "required": True, "example": "0",
          "schema": {"type": "string", "format": "uuid"}}  # fmt: skip
DOCSPACE = {
    "openapi": "3.0.4",
    "components": {
        "schemas": {
            "ApiKeyResponseDto": {"type": "object", "properties": {"id": TEXT}},
            "CreateApiKeyRequestDto": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": TEXT,
                    "permissions": {"type": "array", "items": TEXT, "nullable": True},
                    "expiresInDays": {
                        "type": "integer", "format": "int32", "minimum": 1, "maximum": 365
                    },
                    "madeBy": {"type": "string", "readOnly": True},
                },
            },
            "ClientResponse": {"type": "object"},
            "Filter": {
                "type": "object",
                "properties": {
                    "count": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 100},
                    "startIndex": {"type": "integer", "format": "int32"},
                },
            },
            "SexEnum": choice("Female", "Male"),
            "EmployeeStatus": choice(
                "Active", "Terminated", "Pending", "Default", "All", numbers=[1, 2, 4, 5, 7]
            ),
            "EmployeeActivationStatus": choice(
                "NotActivated", "Activated", "Pending", "AutoGenerated", numbers=[0, 1, 2, 4]
            ),
            "Area": choice("All", "People", "Guests"),
            "EmployeeType": choice("All", "RoomAdmin", "Guest", "DocSpaceAdmin", "User"),
            "Base": {"type": "object", "properties": {"userId": TEXT}},
            "Person": {
                "allOf": [schema("Base"), {"properties": {"sex": schema("SexEnum")}}],
            },
        }
    },
    "paths": {
        "/api/2.0/keys": {
            "get": {
                "tags": ["Api keys"], "operationId": "getApiKeys", "security": USUAL,
                "responses": wrapped({"type": "array", "items": schema("ApiKeyResponseDto")}),
            },
            "post": {
                "tags": ["Api keys"], "operationId": "createApiKey", "security": USUAL,
                "requestBody": {
                    "content": {"application/json": {"schema": schema("CreateApiKeyRequestDto")}}
                },
                "responses": wrapped(schema("ApiKeyResponseDto")),
            },
        },
        "/api/2.0/keys/{keyId}": {
            "delete": {
                "tags": ["Api keys"], "operationId": "deleteApiKey", "security": USUAL,
                "parameters": [KEY_ID], "responses": wrapped({"type": "boolean"}),
            }
        },
        "/api/2.0/accounts/file/{id}/search": {
            "get": {
                "tags": ["People / Search"], "operationId": "getAccountsEntriesWithFilesShared",
                "security": USUAL,
                "parameters": [
                    in_path("id", {"type": "integer", "format": "int32", "example": 9846}),
                    in_query("employeeStatus", schema("EmployeeStatus")),
                    in_query("activationStatus", schema("EmployeeActivationStatus")),
                    in_query("excludeShared", {"type": "boolean", "example": True}),
                    in_query("includeShared", {"type": "boolean"}),
                    in_query("invitedByMe", {"type": "boolean"}),
                    in_query("inviterId", {"type": "string", "format": "uuid"}),
                    in_query("area", schema("Area")),
                    in_query(
                        "employeeTypes", {"type": "array", "items": schema("EmployeeType")}
                    ) | {"style": "deepObject"},
                    in_query("count", {"type": "integer", "format": "int32", "minimum": 1,
                                       "maximum": 100}),
                    in_query("startIndex", {"type": "integer", "format": "int32"}),
                    in_query("filterSeparator", TEXT),
                    in_query("filterValue", TEXT),
                ],
                "responses": wrapped({"type": "array", "items": {"type": "object"}}),
            }
        },
        "/api/2.0/clients/{clientId}": {
            "get": {
                "tags": ["OAuth 2.0 / Client Querying"], "operationId": "getClient",
                "security": [{"asc_auth_key": []}],
                "parameters": [
                    {"name": "clientId", "in": "path", "required": True, "schema": TEXT},
                    {"name": "Accept", "in": "header", "schema": TEXT},
                ],
                "responses": answered(schema("ClientResponse")),
            }
        },
        "/api/2.0/migration/cancel": {
            "post": {
                "tags": ["Migration"], "operationId": "cancelMigration", "security": USUAL,
                "responses": {"200": {"description": "Ok"}},
            }
        },
    },
}  # fmt: skip


@pytest.mark.parametrize(("kind", "document"), [("workspace", WORKSPACE), ("docspace", DOCSPACE)])
def test_a_document_like_that_of_the_vendor_gives_the_lines_of_the_catalogue(kind, document):
    shipped = set(read(f"{kind}.jsonl").splitlines())

    made = list(Document(document).lines())

    assert len(made) == sum(len(path) for path in document["paths"].values())
    assert [line for line in made if line not in shipped] == []


def test_no_sentence_is_read():
    made = "".join([*Document(WORKSPACE).lines(), *Document(DOCSPACE).lines()])

    assert "sentence" not in made


def test_the_lines_are_in_the_order_of_paths_and_then_of_methods():
    made = [json.loads(line) for line in Document(WORKSPACE).lines()]

    assert [(facts["method"], facts["path"]) for facts in made][:4] == [
        ("POST", "/api/2.0/calendar"),
        ("POST", "/api/2.0/calendar/import"),
        ("GET", "/api/2.0/calendar/{calendarId}"),
        ("DELETE", "/api/2.0/calendar/{calendarId}"),
    ]


def facts_of(described, *, path="/api/2.0/people", method="get", kind=DOCSPACE):
    document = {"paths": {path: {method: described}}, "components": kind["components"]}
    (line,) = Document(document).lines()
    return json.loads(line)


def test_an_object_in_the_query_becomes_its_properties_and_makes_pages():
    found = facts_of(
        {"parameters": [{"name": "filter", "in": "query", "schema": schema("Filter")}]}
    )

    assert [(entry["name"], entry["in"]) for entry in found["params"]] == [
        ("count", "query"), ("startIndex", "query"),
    ]  # fmt: skip
    assert found["params"][0]["max"] == 100
    assert found["paged"] is True


def test_a_body_is_merged_from_its_parts_and_names_the_choices_of_a_field():
    found = facts_of(
        {"requestBody": {"content": {"application/json": {"schema": schema("Person")}}}},
        method="put",
    )

    assert found["body"] == {
        "types": ["application/json"], "kind": "object", "ref": "Person",
        "fields": [
            {"name": "userId", "type": "string"},
            {"name": "sex", "type": "integer", "enum": ["Female", "Male"], "values": [0, 1],
             "ref": "SexEnum"},
        ],
    }  # fmt: skip


def test_choices_such_as_1_active_are_read_as_names_and_numbers():
    described = {"type": "integer", "enum": ["1 - Active", "2 - Terminated"]}

    found = facts_of({"parameters": [{"name": "s", "in": "query", "schema": described}]})

    assert found["params"][0]["enum"] == ["Active", "Terminated"]
    assert found["params"][0]["values"] == [1, 2]


def test_a_body_that_is_a_list_has_an_item_and_no_fields():
    items = {"type": "array", "items": {"type": "integer", "format": "int32"}}

    found = facts_of(
        {"requestBody": {"content": {"application/json": {"schema": items}}}}, method="delete"
    )

    assert found["body"] == {
        "types": ["application/json"], "kind": "list", "item": "integer", "items_format": "int32"
    }  # fmt: skip


def test_a_type_of_3_1_may_be_null_or_one_of_two():
    described = {"type": ["integer", "string", "null"]}

    found = facts_of({"parameters": [{"name": "id", "in": "query", "schema": described}]})

    assert found["params"][0]["type"] == "integer|string"


def test_a_placeholder_takes_its_type_from_the_field_of_the_body_which_then_leaves_it():
    found = facts_of(
        {"requestBody": sent({"caseid": {"type": "integer"}, "title": TEXT})},
        path="/api/2.0/crm/case/{caseid}", method="put", kind=WORKSPACE,
    )  # fmt: skip

    assert found["params"] == [
        {"name": "caseid", "in": "path", "type": "integer", "required": True}
    ]
    assert found["body"]["fields"] == [{"name": "title", "type": "string"}]


@pytest.mark.parametrize(
    ("path", "template", "constraints"),
    [
        ("/a/{id:[0-9]+}", "/a/{id}", {"id": {"type": "integer"}}),
        ("/a/{id:[0-9]+}/b/", "/a/{id}/b", {"id": {"type": "integer"}}),
        (
            "/crm/{entityType:(contact|case)}/tag",
            "/crm/{entityType}/tag",
            {"entityType": {"type": "string", "enum": ["contact", "case"]}},
        ),
        (r"/a/{name:\w{2}}", "/a/{name}", {"name": {"type": "string", "pattern": r"\w{2}"}}),
        ("/a/{id}", "/a/{id}", {}),
    ],
)
def test_a_constraint_in_a_path_becomes_a_type(path, template, constraints):
    assert placeholders(path) == (template, constraints)


def test_the_same_input_gives_the_same_bytes():
    assert list(Document(DOCSPACE).lines()) == list(Document(DOCSPACE).lines())
