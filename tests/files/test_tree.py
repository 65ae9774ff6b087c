"""What a remote path leads to on a portal, and which folders are listed to find it."""

from __future__ import annotations

import pytest

from oocli.files.remote_path import RemotePath
from oocli.files.tree import AmbiguousPath, NoSuchEntry
from oocli.model.errors import Forbidden, InvalidResponse, UsageError


def path(text):
    return RemotePath.parse(text)


def listings(portal):
    """Return the path and query of each request for a list of files."""
    return [
        request.target
        for request in portal.requests
        if request.method == "GET" and "/files/" in request.target
    ]


def test_a_path_of_titles_leads_to_a_file(tree, either):
    reports = either.add_folder("Reports")
    plan = either.add_file("plan.docx", reports, 5)

    entry = tree.find(path("my/Reports/plan.docx"))

    assert (entry.type, entry.id, entry.size, entry.parent) == ("file", plan, 5, reports)
    assert str(entry.path) == "my/Reports/plan.docx"


def test_a_section_is_found_with_its_id(tree, either):
    entry = tree.find(path("my"))

    assert (entry.id, entry.is_section, str(entry.path)) == (either.folder_id(), True, "my/")


def test_each_folder_is_listed_once_with_all_its_pages(tree, either):
    folder = either.add_folder("Many")
    either.add_files(folder, 1001 if either.kind == "workspace" else 101)

    tree.find(path("my/Many/file-000000.txt"))
    tree.find(path("my/Many/file-000100.txt"))
    tree.find(path("my/Contracts/Lease.docx"))

    asked = listings(either)
    assert len(asked) == len(set(asked)) == 4


def test_a_title_is_found_by_its_unicode_form_and_then_without_case(tree, either):
    composed = either.add_file("Übersicht.txt")
    other = either.add_file("README.TXT")

    assert tree.find(path("my/U\u0308bersicht.txt")).id == composed
    assert tree.find(path("my/readme.txt")).id == other


def test_an_exact_title_is_preferred_to_one_of_another_case(tree, either):
    lower = either.add_file("readme.txt")
    either.add_file("README.txt")

    assert tree.find(path("my/readme.txt")).id == lower
    with pytest.raises(AmbiguousPath):
        tree.find(path("my/Readme.txt"))


def test_two_entries_with_the_same_title_are_an_error_that_names_both(tree, either):
    first, second = either.add_file("twin.txt"), either.add_file("twin.txt")

    with pytest.raises(AmbiguousPath) as caught:
        tree.find(path("my/twin.txt"))

    assert f"file:{first} and file:{second}" in caught.value.message
    assert "my/twin.txt" in caught.value.message
    assert tree.find(path(f"file:{second}")).id == second


def test_a_trailing_slash_chooses_the_folder_if_a_file_has_the_same_title(tree, either):
    folder = either.add_folder("both")
    either.add_file("both")

    assert tree.find(path("my/both/")).id == folder
    with pytest.raises(AmbiguousPath):
        tree.find(path("my/both"))


def test_entries_of_a_folder_are_found_though_a_file_has_the_same_title(tree, either):
    folder = either.add_folder("both")
    either.add_file("both")
    inside = either.add_file("x", folder)

    assert tree.find(path("my/both/x")).id == inside


def test_the_error_about_a_missing_title_names_its_folder(tree, either):
    with pytest.raises(NoSuchEntry) as caught:
        tree.find(path("my/Contracts/none.txt"))

    assert "my/Contracts/ has no entry 'none.txt'" in caught.value.message
    assert str(caught.value.folder) == "my/Contracts/"


def test_the_error_about_a_missing_folder_names_the_first_one(tree):
    with pytest.raises(NoSuchEntry, match="my/ has no folder 'None'"):
        tree.find(path("my/None/a/b"))


def test_a_path_through_a_file_is_not_found(tree):
    with pytest.raises(NoSuchEntry, match=r"has no folder 'report\.docx'"):
        tree.find(path("my/report.docx/x"))


def test_an_id_of_both_a_folder_and_a_file_is_ambiguous(tree, either):
    either.add_folder("f", id="sbox-1")
    either.add_file("g", id="sbox-1")

    with pytest.raises(AmbiguousPath, match="folder:sbox-1 and file:sbox-1"):
        tree.find(path("id:sbox-1"))
    assert tree.find(path("file:sbox-1")).title == "g"


def test_an_id_of_third_party_storage_is_quoted_in_the_request(tree, either):
    folder = either.add_folder("Drive", id="drive-1-|a?b#c%2F")
    inside = either.add_file("x", folder)

    assert tree.find(path("folder:drive-1-|a?b#c%252F/x")).id == inside


@pytest.mark.parametrize("typed", ["id:999999", "file:999999", "folder:999999"])
def test_an_unknown_id_is_not_found(typed, tree):
    with pytest.raises(NoSuchEntry):
        tree.find(path(typed))


def test_the_sections_are_those_of_the_kind_of_portal(tree, either):
    names = [str(section) for section in tree.sections()]

    assert (
        names
        == {
            "workspace": ["my/", "shared/", "common/", "projects/", "trash/"],
            "docspace": ["my/", "rooms/", "shared/", "archive/", "trash/"],
        }[either.kind]
    )
    assert [tree.find(path(name)).is_section for name in names] == [True] * 5


def test_a_section_that_the_kind_does_not_have_is_not_found(docspace, tree_of):
    with pytest.raises(NoSuchEntry, match="ONLYOFFICE DocSpace has no section 'common'"):
        tree_of(docspace).find(path("common/a"))


def test_the_root_is_no_entry(tree):
    with pytest.raises(UsageError):
        tree.find(path("/"))


def test_the_error_about_a_folder_that_may_not_be_listed_names_it(tree, either):
    inner = either.add_folder("inner", either.folder_id("@trash"))

    with pytest.raises(Forbidden, match=f"folder:{inner}/ cannot be listed"):
        tree.children(tree.find(path(f"folder:{inner}")))


def test_a_walk_yields_all_entries_and_lists_each_folder_once(tree, either):
    top = either.add_folder("top")
    for name in "ab":
        below = either.add_folder(name, top)
        either.add_file("x.txt", below)
    either.add_file("z.txt", top)

    found = [str(entry.path) for entry in tree.walk(tree.find(path("my/top")), pytest.fail)]

    assert found == [
        "my/top/a/", "my/top/b/", "my/top/z.txt", "my/top/a/x.txt", "my/top/b/x.txt",
    ]  # fmt: skip
    asked = listings(either)
    assert len(asked) == len(set(asked)) == 4


def test_a_folder_that_is_listed_inside_itself_is_reported_and_skipped(tree, either):
    top = either.add_folder("top")
    own = {"id": top, "title": "again", "parentId": top}
    listing = {"files": [], "folders": [own], "current": own, "total": 1, "count": 1}
    either.answers("GET", f"files/{top}", response=listing)
    reported = []

    entries = tree.walk(tree.find(path("my/top")), lambda *failed: reported.append(failed))
    found = [str(entry.path) for entry in entries]

    assert found == ["my/top/again/"]
    assert [
        (str(entry.path), "inside itself" in failure.message) for entry, failure in reported
    ] == [("my/top/again/", True)]


def test_a_walk_that_is_closed_lists_no_further_folder(tree, either):
    top = either.add_folder("top")
    for number in range(20):
        either.add_folder(f"d{number}", top)

    walk = tree.walk(tree.find(path("my/top")), pytest.fail)
    next(walk)
    walk.close()

    assert len(listings(either)) == 2


def test_a_walk_lists_few_folders_ahead(tree, either):
    top = either.add_folder("top")
    for number in range(20):
        either.add_file("x", either.add_folder(f"d{number:02}", top))

    walk = tree.walk(tree.find(path("my/top")), pytest.fail)
    found = [next(walk).title for _ in range(21)]

    assert found[-1] == "x"
    assert len(listings(either)) <= 2 + 1 + 6


@pytest.mark.parametrize(
    "entry",
    [{"title": "x"}, {"id": None, "title": "x"}, {"id": True, "title": "x"}, {"id": 1},
     {"id": 1, "title": None}, {"id": [1], "title": "x"}],
)  # fmt: skip
def test_an_entry_without_id_or_title_is_no_valid_answer(entry, portal, tree_of):
    listing = {"files": [entry], "folders": [], "current": {}, "total": 1, "count": 1}
    portal.answers("GET", "files/@my", response=listing)

    with pytest.raises(InvalidResponse, match="no id or no title"):
        tree_of(portal).children(path("my"))
