"""A folder that is moved or copied is merged with a folder of the same title."""

import pytest


@pytest.fixture
def operate(portal, ask):
    """Return a function that runs an operation to its end."""

    def operate(word, **body):
        ask(portal, "PUT", f"files/fileops/{word}", token=portal.issue_token(), json_body=body)
        portal.finish_operations()

    return operate


@pytest.fixture
def folders(portal):
    """A folder `Plans` with two files, and a target that has another `plans` with one of them."""
    source, target = portal.add_folder("Plans"), portal.add_folder("Target")
    there = portal.add_folder("plans", target)
    portal.add_file("a.txt", source, b"new")
    portal.add_file("b.txt", source, b"new")
    portal.add_file("a.txt", there, b"old")
    return source, target, there


def test_a_copy_is_merged_with_the_existing_folder(portal, operate, folders):
    source, target, there = folders
    operate("copy", folderIds=[source], destFolderId=target, conflictResolveType="Skip")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert portal.titles(source) == ["a.txt", "b.txt"]


def test_files_that_a_move_skips_stay_in_their_folder(portal, ask, operate, folders):
    source, target, there = folders
    operate("move", folderIds=[source], destFolderId=target, conflictResolveType="Skip")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert portal.titles(source) == ["a.txt"]


def test_a_move_that_overwrites_removes_the_moved_folder(portal, ask, operate, folders):
    source, target, there = folders
    operate("move", folderIds=[source], destFolderId=target, conflictResolveType="Overwrite")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert ask(portal, "GET", f"files/{source}", token=portal.issue_token()).status >= 400


def test_a_copy_with_duplicates_is_a_separate_folder(portal, ask, operate, folders):
    source, target, _ = folders
    operate("copy", folderIds=[source], destFolderId=target, conflictResolveType="Duplicate")

    page = ask(portal, "GET", f"files/{target}", token=portal.issue_token()).response
    assert sorted(folder["title"] for folder in page["folders"]) == ["Plans", "plans"]


def test_folders_with_the_same_title_are_not_merged_in_the_trash(portal, operate):
    first, second = portal.add_folder("Plans"), portal.add_folder("Plans")
    portal.add_file("a.txt", first)
    portal.add_file("a.txt", second)
    operate("delete", folderIds=[first, second])

    assert portal.titles(first) == portal.titles(second) == ["a.txt"]
