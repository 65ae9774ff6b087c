"""Typed paths, and the operations that they name."""

from __future__ import annotations

import pytest

from oocli.catalogue.operations import load
from oocli.catalogue.paths import matching, segments_of


@pytest.mark.parametrize(
    "typed",
    [
        "people/@self",
        "/people/@self",
        "people/@self/",
        "/api/2.0/people/@self",
        "api/2.0/people/@self",
        "people/@self.json",
        "people/@self?fields=id",
        "https://docs.example.com/api/2.0/people/@self",
        "https://docs.example.com/sub/api/2.0/people/@self.json?x=1#y",
    ],
)
def test_every_spelling_that_call_takes_has_the_same_parts(typed):
    assert segments_of(typed) == ["people", "@self"]


@pytest.mark.parametrize(
    ("kind", "method", "typed", "path"),
    [
        ("docspace", "GET", "files/rooms/42/links", "files/rooms/{id}/links"),
        ("docspace", "GET", "files/@my", "files/@my"),
        ("docspace", "GET", "files/12", "files/{folderId}"),
        ("docspace", "GET", "FILES/Rooms", "files/rooms"),
        ("docspace", "GET", "people/@self", "people/@self"),
        ("docspace", "PUT", "people/status/Terminated", "people/status/{status}"),
        ("docspace", "PUT", "people/status/{status}", "people/status/{status}"),
        ("docspace", "GET", "files/fileops/move", "files/fileops/move"),
        ("workspace", "GET", "project/42", "project/{id}"),
        ("workspace", "GET", "project/open", "project/{status}"),
        ("workspace", "GET", "crm/contact/7/data/3", "crm/contact/{contactid}/data/{id}"),
        ("workspace", "GET", "crm/contact/7/data/Email", "crm/contact/{contactid}/data/{infoType}"),
    ],
)
def test_a_path_with_values_finds_its_template(kind, method, typed, path):
    operations = tuple(found for found in load(kind) if found.method == method)

    found = [operation.short_path for operation in matching(typed, operations)]

    assert path in found
    assert len(found) <= 2


@pytest.mark.parametrize("typed", ["", "/", "people//x", "nowhere/at/all", "files/a/b/c/d/e"])
def test_a_path_that_nothing_has_finds_nothing(typed):
    assert matching(typed, load("docspace")) == []


@pytest.mark.parametrize("kind", ["workspace", "docspace"])
def test_each_path_finds_itself(kind):
    for operation in load(kind):
        assert operation in matching(operation.path, (operation,))
        assert operation in matching(operation.short_path, load(kind))
