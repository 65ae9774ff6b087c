"""A folder that is moved or copied to where its title is taken is merged with what is there."""

import pytest


@pytest.fixture
def operate(portal, ask):
    """Carry out an operation to its end."""

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


def test_a_copy_is_merged(portal, operate, folders):
    source, target, there = folders
    operate("copy", folderIds=[source], destFolderId=target, conflictResolveType="Skip")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert portal.titles(source) == ["a.txt", "b.txt"]


def test_what_a_move_skips_stays_in_its_folder(portal, ask, operate, folders):
    source, target, there = folders
    operate("move", folderIds=[source], destFolderId=target, conflictResolveType="Skip")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert portal.titles(source) == ["a.txt"]


def test_a_move_that_overwrites_leaves_no_folder_behind(portal, ask, operate, folders):
    source, target, there = folders
    operate("move", folderIds=[source], destFolderId=target, conflictResolveType="Overwrite")

    assert portal.titles(there) == ["a.txt", "b.txt"]
    assert ask(portal, "GET", f"files/{source}", token=portal.issue_token()).status >= 400


def test_a_duplicate_is_a_folder_of_its_own(portal, ask, operate, folders):
    source, target, _ = folders
    operate("copy", folderIds=[source], destFolderId=target, conflictResolveType="Duplicate")

    page = ask(portal, "GET", f"files/{target}", token=portal.issue_token()).response
    assert sorted(folder["title"] for folder in page["folders"]) == ["Plans", "plans"]


def test_folders_of_one_title_meet_in_the_trash_unmerged(portal, operate):
    first, second = portal.add_folder("Plans"), portal.add_folder("Plans")
    portal.add_file("a.txt", first)
    portal.add_file("a.txt", second)
    operate("delete", folderIds=[first, second])

    assert portal.titles(first) == portal.titles(second) == ["a.txt"]
