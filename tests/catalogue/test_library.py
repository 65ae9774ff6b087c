"""The operations for Python programs: read-only, typed, and nothing is printed."""

from __future__ import annotations

import pytest

from oocli import OocliError, operations


def test_all_operations_are_listed_by_kind_or_together():
    assert len(operations.list("workspace")) == 862
    assert len(operations.list("docspace")) == 497
    assert operations.list() == (*operations.list("workspace"), *operations.list("docspace"))


def test_operations_are_found_by_everyday_words():
    (first, *_) = operations.find("lock a file", kind="docspace")

    assert (first.kind, first.method, first.path) == (
        "docspace", "PUT", "/api/2.0/files/file/{fileId}/lock",
    )  # fmt: skip
    assert first.short_path == "files/file/{fileId}/lock"
    assert first.id == "lockFile"
    assert first.tag == "Files/Files"


def test_no_more_than_the_limit_are_found():
    assert len(operations.find("user", limit=3)) == 3
    assert len(operations.find("user", limit=None)) > 20


def test_words_that_nothing_fits_find_nothing():
    assert operations.find("xyzzy") == ()


def test_a_method_and_a_path_show_the_operation_of_each_kind():
    found = operations.show("get", "people/42")

    assert {operation.kind for operation in found} == {"workspace", "docspace"}
    assert {operation.method for operation in found} == {"GET"}
    assert operations.show("PATCH", "people/42") == ()


def test_the_parameters_have_types_choices_and_limits():
    (status,) = operations.show("PUT", "people/status/{status}", kind="docspace")
    place, *fields = status.parameters
    (made,) = operations.show("POST", "keys", kind="docspace")

    assert (place.name, place.place, place.required) == ("status", "path", True)
    assert place.choices == ("Active", "Terminated", "Pending", "Default", "All")
    assert place.numbers == (1, 2, 4, 5, 7)
    assert [(field.name, field.place, field.type) for field in fields] == [
        ("userIds", "body", "array"), ("resendAll", "body", "boolean"),
    ]  # fmt: skip
    assert [(field.minimum, field.maximum) for field in made.parameters[-1:]] == [(1, 365)]


def test_a_kind_that_does_not_exist_is_an_error():
    with pytest.raises(OocliError, match="kind='cloud' is not one of workspace, docspace"):
        operations.find("user", kind="cloud")  # type: ignore[arg-type]


def test_an_operation_cannot_be_changed():
    (operation, *_) = operations.list()

    with pytest.raises(AttributeError):
        operation.path = "x"  # type: ignore[misc]


def test_nothing_is_printed(capfd):
    operations.find("user")

    assert capfd.readouterr() == ("", "")
