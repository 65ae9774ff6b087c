"""The titles that both kinds of portal store, and which titles count as equal."""

import pytest


@pytest.fixture
def upload(portal, call, form):
    """Return a function that uploads a file with this name and returns its description."""

    def upload(name, content=b"x", query=""):
        part = ("file", f'filename="{name}"', content)
        made = call("POST", f"files/{portal.folder_id()}/upload{query}", **form([part])).response
        return made[0] if isinstance(made, list) else made

    return upload


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("  a.txt ", "a.txt"),
        ("a+b.txt", "a_b.txt"),
        ("a\t*:<>?|/b.txt", "a________b.txt"),
        ("\N{PARTY POPPER}.txt", "__.txt"),
        ("README.TXT", "README.txt"),
        ("Makefile", "Makefile."),
        (".Profile", ".profile"),
        ("a.tar.GZ", "a.tar.gz"),
        ("x" * 300 + ".txt", "x" * 166 + ".txt"),
        ("x" * 300, "x" * 170 + "."),
        ("x" * 169 + "\N{PARTY POPPER}", "x" * 169 + "_."),
    ],
)
def test_the_title_of_an_uploaded_file_is_changed(upload, sent, stored):
    assert upload(sent)["title"] == stored


def test_the_title_of_an_upload_session_is_changed_as_well(portal, call, form):
    body = {"fileName": "A+B", "fileSize": 1}
    path = f"files/{portal.folder_id()}/upload/create_session"
    location = call("POST", path, body).response["data"]["location"]
    sent = form([("file", 'filename="b"\r\nContent-Type: text/plain', b"x")])

    assert call("POST", location.removeprefix(portal.origin), **sent).json["data"]["title"] == (
        "A_B."
    )


def test_titles_of_folders_keep_the_case_of_their_extension(portal, call):
    made = call("POST", f"files/folder/{portal.folder_id()}", {"title": " A+B.TXT "}).response
    assert made["title"] == "A_B.TXT"
    renamed = call("PUT", f"files/folder/{made['id']}", {"title": "C:D"}).response
    assert renamed["title"] == "C_D"


def test_a_rename_keeps_the_extension_and_replaces_characters(portal, call):
    file = portal.add_file("a.txt")

    assert call("PUT", f"files/file/{file}", {"title": "b?.md"}).response["title"] == "b_.md.txt"


def test_a_folder_with_166_units_is_cut_on_workspace_and_refused_on_docspace(portal, call):
    mine = portal.folder_id()
    file = portal.add_file("a.txt")
    results = [
        call("POST", f"files/folder/{mine}", {"title": "x" * 166}),
        call("PUT", f"files/file/{file}", {"title": "x" * 166}),
    ]

    statuses = [400, 400] if portal.kind == "docspace" else [201, 200]
    assert [result.status for result in results] == statuses
    assert call("POST", f"files/folder/{mine}", {"title": "x" * 165}).status < 300


@pytest.mark.parametrize("other", ["README.txt", "readme.TXT", "rëadmé.txt", "r+adme.txt"])
def test_titles_that_differ_in_case_or_accents_are_equal(upload, other):
    first = upload("readme.txt" if "+" not in other else "r?adme.txt")
    second = upload(other, query="?createNewIfExist=false")

    assert (second["id"], second["version"]) == (first["id"], 2)
    assert second["title"] == first["title"]


def test_a_letter_with_a_separate_accent_makes_another_title(upload):
    first = upload("é.txt")

    assert (
        upload("e\N{COMBINING ACUTE ACCENT}.txt", query="?createNewIfExist=false")["id"]
        != (first["id"])
    )


def test_a_file_without_an_extension_is_found_only_by_its_stored_title(upload):
    first, again = upload("Makefile"), upload("Makefile", query="?createNewIfExist=false")

    assert (again["title"], again["version"]) == ("Makefile.", 1)
    assert again["id"] != first["id"]
    assert upload("Makefile.", query="?createNewIfExist=false")["version"] == 2


def test_another_file_on_request_has_the_same_title_on_workspace_and_a_number_on_docspace(
    portal, upload
):
    first = upload("a.txt")
    other = upload("a.txt", query="?createNewIfExist=true")

    assert other["id"] != first["id"]
    assert other["version"] == 1
    assert other["title"] == ("a.txt" if portal.kind == "workspace" else "a (1).txt")


def test_two_folders_can_have_the_same_title(portal, call):
    path = f"files/folder/{portal.folder_id()}"
    first, second = (call("POST", path, {"title": "Twin"}).response["id"] for _ in range(2))

    assert first != second


def test_on_workspace_a_version_is_added_by_id_whatever_its_title_and_size(portal, call, form):
    portal.upload_limit = 5
    file = portal.add_file("a.txt", content=b"old")
    result = call("PUT", f"files/{file}/update", **form([("f", 'filename="b.md"', b"0123456789")]))

    if portal.kind == "docspace":
        assert result.status == 404
        return
    assert (result.status, result.response["version"]) == (200, 2)
    assert (result.response["title"], portal.content(file)) == ("a.txt", b"0123456789")
