"""Wrong calls, and the operations that were probably meant."""

from __future__ import annotations

import pytest

from oocli.catalogue.nearest import nearest

D, W = "docspace", "workspace"
# The kind of the portal, the call, and the operation that was meant.
WRONG_CALLS = [
    # misspelt
    (D, "GET poeple", "GET people"),
    (D, "GET people/@slef", "GET people/@self"),
    (W, "GET peple/@self", "GET people/@self"),
    (D, "GET files/romms", "GET files/rooms"),
    (D, "PUT files/fileops/mvoe", "PUT files/fileops/move"),
    (D, "PUT files/fileops/emptytrush", "PUT files/fileops/emptytrash"),
    (W, "GET projct/task/42", "GET project/task/{taskid}"),
    (W, "GET comunity/blog", "GET community/blog"),
    (D, "GET setings/quota", "GET settings/quota"),
    (D, "POST files/12/flie", "POST files/{folderId}/file"),
    (W, "POST files/12/uplaod", "POST files/{folderId}/upload"),
    (D, "GET settings/webhok", "GET settings/webhook"),
    # plural for singular, and the other way round
    (D, "GET groups", "GET group"),
    (D, "GET files/room", "GET files/rooms"),
    (W, "GET projects", "GET project"),
    (W, "GET crm/contacts/7", "GET crm/contact/{contactid}"),
    (D, "PUT files/rooms/7/tag", "PUT files/rooms/{id}/tags"),
    (W, "GET project/tasks/42", "GET project/task/{taskid}"),
    (W, "GET calendars/42", "GET calendar/{calendarId}"),
    (D, "GET files/files/12", "GET files/file/{fileId}"),
    (D, "POST files/folders/12", "POST files/folder/{folderId}"),
    # another method
    (D, "POST people/status/Terminated", "PUT people/status/{status}"),
    (D, "POST files/fileops/move", "PUT files/fileops/move"),
    (D, "GET files/fileops/delete", "PUT files/fileops/delete"),
    (D, "PATCH group/3f2504e0-4f89-41d3-9a0c-0305e82c3301", "PUT group/{id}"),
    (W, "PUT project", "POST project"),
    (D, "POST files/rooms/7/archive", "PUT files/rooms/{id}/archive"),
    # the other kind of portal
    (W, "GET files/rooms", "GET files/rooms"),
    (D, "GET crm/contact/filter", "GET crm/contact/filter"),
    (D, "GET project/task/42", "GET project/task/{taskid}"),
    (W, "GET keys", "GET keys"),
    (D, "GET community/blog", "GET community/blog"),
    # invented
    (D, "PUT people/3f2504e0-4f89-41d3-9a0c-0305e82c3301/status", "PUT people/status/{status}"),
    (W, "PUT people/3f2504e0-4f89-41d3-9a0c-0305e82c3301/status", "PUT people/status/{status}"),
    (D, "PUT files/folderops/move", "PUT files/fileops/move"),
    (W, "PUT files/folderops/move", "PUT files/fileops/move"),
    (D, "GET users/@self", "GET people/@self"),
    (D, "GET rooms", "GET files/rooms"),
    (D, "GET rooms/7", "GET files/rooms/{id}"),
    (D, "GET files/my", "GET files/@my"),
    (D, "GET folders/12", "GET files/folder/{folderId}"),
    (W, "GET files/trash", "GET files/@trash"),
]
EXISTING = [
    (D, "GET people/nobody"),
    (W, "GET people/ann.smith"),
    (D, "GET people/3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
    (D, "GET files/rooms/42"),
    (D, "GET files/file/7"),
    (W, "GET project/42"),
    (D, "GET people/@self"),
    (W, "DELETE people/nobody"),
]


def test_the_operation_that_a_wrong_call_meant_is_found(capsys):
    wrong = []
    for kind, call, meant in WRONG_CALLS:
        found = nearest(*call.split(), kind)
        named = f"{found.operation.method} {found.operation.short_path}" if found else "nothing"
        if named != meant:
            wrong.append(f"{kind} {call}: {named}, not {meant}")

    share = 1 - len(wrong) / len(WRONG_CALLS)
    with capsys.disabled():
        print(f"\nwrong calls: {share:.2f} of {len(WRONG_CALLS)} led to the right operation")  # noqa: T201
    assert share >= 0.9, wrong
    assert len(WRONG_CALLS) >= 40


@pytest.mark.parametrize(("kind", "call"), EXISTING)
def test_a_call_that_exists_meant_itself(kind, call):
    assert nearest(*call.split(), kind) is None


def test_values_that_were_typed_stand_in_the_path_that_was_meant():
    found = nearest("POST", "files/12/flie", "docspace")

    assert found is not None
    assert found.path == "files/12/file"


def test_words_that_nothing_is_like_lead_nowhere():
    assert nearest("GET", "zzz/qqq", "docspace") is None
