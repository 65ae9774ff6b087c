"""The data of the catalogue: complete, sorted, uniform, and correct where checked by hand."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from oocli.catalogue import operations
from oocli.catalogue.operations import KIND_NAMES, load
from oocli.model.kinds import KINDS
from tests.catalogue import index

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
# The numbers of operations and paths, and the digest of the file. After an update of the catalogue,
# review the difference before you change these.
EXPECTED = {
    "workspace": (862, 672, "12736bc8d22a26fa84a69da15b664c5775bb618f9a5a5e891a72a3140dc7b491"),
    "docspace": (497, 398, "a90d4f7d9cd8d251f4b99030e72f649b0e82cab96f8871f8a84964564b610bfb"),
}
KEYS = {"method", "path", "id", "tag", "auth", "params", "body", "upload", "paged", "response"}
VALUE_KEYS = set(
    "name in type format required enum values items items_format ref min max pattern default "
    "style".split()
)
BODY_KEYS = set("types required kind ref fields item items_format enum values".split())
RESPONSE_KEYS = {"status", "types", "kind", "type", "item", "wrapped"}
TYPES = {"string", "integer", "number", "boolean", "array", "object", "any"}


def facts_of(kind):
    return [json.loads(line) for line in operations.read(f"{kind}.jsonl").splitlines()]


def test_the_kinds_are_those_of_oocli():
    assert tuple(known.name for known in KINDS) == KIND_NAMES


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_file_is_the_one_that_was_reviewed(kind):
    text = (index.PACKAGE / f"{kind}.jsonl").read_text(encoding="utf-8").encode()
    facts = facts_of(kind)

    paths = {entry["path"] for entry in facts}
    assert (len(facts), len(paths), hashlib.sha256(text).hexdigest()) == EXPECTED[kind]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_line_begins_with_method_and_path_and_the_lines_are_sorted_and_unique(kind):
    lines = operations.read(f"{kind}.jsonl").splitlines()
    order = [(entry["path"], METHODS.index(entry["method"])) for entry in facts_of(kind)]

    assert all(re.match(r'\{"method":"[A-Z]+","path":"/[^"]+[^/"]"[,}]', line) for line in lines)
    assert order == sorted(set(order))


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_line_has_known_keys_only_and_no_prose(kind):
    for entry in facts_of(kind):
        values = [*entry.get("params", ()), *entry.get("body", {}).get("fields", ())]
        assert set(entry) <= KEYS, entry
        assert set(entry.get("body", {})) <= BODY_KEYS, entry
        assert set(entry["response"]) <= RESPONSE_KEYS, entry
        for value in values:
            assert set(value) <= VALUE_KEYS, value
            assert set(value["type"].split("|")) <= TYPES, value
        texts = [value["name"] for value in values] + [
            str(name) for value in values for name in value.get("enum", ())
        ]
        assert [text for text in texts if " " in text] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_parameters_of_the_path_come_first_and_in_its_order(kind):
    for entry in facts_of(kind):
        names = re.findall(r"\{([^}]+)\}", entry["path"])
        params = entry.get("params", [])
        assert [p["name"] for p in params[: len(names)]] == names, entry
        assert all(p["in"] == "path" and p["required"] for p in params[: len(names)]), entry
        assert all(p["in"] == "query" for p in params[len(names) :]), entry


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_words_of_the_search_are_up_to_date(kind):
    assert index.path(kind).read_text(encoding="utf-8") == index.made(kind)


# Checked by hand: kind, method and path, parameters and fields, and flags. A star means required,
# `[]` a list.
BY_HAND = """
workspace POST authentication | userName password provider accessToken codeOAuth | anonymous
workspace GET capabilities | | anonymous
workspace GET people | | pages
workspace GET people/@self | |
workspace GET people/email | email |
workspace PUT people/status/{status} | status* userIds[] |
workspace PUT people/delete | userIds[] |
workspace DELETE people/{userid} | userid* |
workspace DELETE files/file/{fileId} | fileId* deleteAfter immediately |
workspace PUT files/fileops/emptytrash | |
workspace POST files/@my/upload | file contentType contentDisposition files[] | upload
workspace GET calendar/{calendarId}/ical/{signature} | calendarId* signature* | anonymous
workspace GET security/activeconnections | |
workspace PUT security/activeconnections/logout/{loginEventId} | loginEventId* |
workspace GET portal/users/invite/{employeeType} | employeeType* |
workspace PUT crm/case/{caseid}/close | caseid* |
workspace POST calendar/import | files[] | upload
workspace GET group | | pages
workspace GET security/audit/types | | anonymous
docspace GET authentication | | anonymous
docspace POST authentication/logout | | anonymous
docspace GET keys | |
docspace POST keys | name* permissions[] expiresInDays |
docspace PUT keys/{keyId} | keyId* name permissions[] isActive |
docspace DELETE keys/{keyId} | keyId* |
docspace GET people/@self | |
docspace PUT people/delete | userIds[] resendAll |
docspace PUT people/status/{status} | status* userIds[] resendAll |
docspace GET people/email | email encemail culture |
docspace GET files/tags | count startIndex filterValue | pages
docspace POST files/tags | name* |
docspace DELETE files/tags | names[] |
docspace PUT files/fileops/emptytrash | Single |
docspace GET clients/{clientId} | clientId* | cookie
docspace GET clients/consents | limit* last_modified_on | cookie
docspace GET scopes | | cookie
docspace POST migration/cancel | |
docspace GET migration/list | |
docspace PUT files/rooms/{id}/archive | id* deleteAfter |
docspace GET settings | withpassword | anonymous
docspace POST settings/license | Files[]* | upload
"""


@pytest.mark.parametrize("row", BY_HAND.strip().splitlines())
def test_an_operation_is_as_it_was_checked_by_hand(row):
    head, names, flags = (part.strip() for part in row.split("|"))
    kind, method, path = head.split()
    (found,) = [
        operation
        for operation in load(kind)
        if (operation.method, operation.short_path) == (method, path)
    ]

    described = [
        f"{p.name}{'[]' * (p.type == 'array')}{'*' * p.required}" for p in found.parameters
    ]
    found_flags = {
        "pages": found.is_paged,
        "upload": found.is_upload,
        "cookie": found.needs_cookie,
        "anonymous": found.is_anonymous,
    }
    assert " ".join(described) == names
    assert " ".join(name for name, is_set in found_flags.items() if is_set) == flags


def test_fourteen_operations_of_docspace_need_a_cookie_and_none_of_workspace():
    needing = [found for kind in KIND_NAMES for found in load(kind) if found.needs_cookie]

    assert len(needing) == 14
    assert {found.kind for found in needing} == {"docspace"}


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", "files/rooms/{id}", "rooms:read rooms:write *:read *:write"),
        ("PUT", "files/rooms/{id}", "rooms:write *:write"),
        ("GET", "files/{folderId}", "files:read files:write *:read *:write"),
        ("GET", "people/@self", "accounts.self:read accounts.self:write *:read *:write"),
        ("DELETE", "people/@self", "accounts:write *:write"),
        ("GET", "group", "accounts:read accounts:write *:read *:write"),
        ("GET", "settings", "*:read *:write"),
        ("PUT", "settings/dns", "*:write"),
        ("GET", "keys/@self", "any"),
        ("GET", "clients", ""),
    ],
)
def test_an_operation_names_the_api_key_scopes_that_allow_it(method, path, scopes):
    (found,) = [
        operation
        for operation in load("docspace")
        if (operation.method, operation.short_path) == (method, path)
    ]

    assert " ".join(found.key_scopes) == scopes
