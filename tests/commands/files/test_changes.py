"""`oocli files mkdir`, `mv`, `cp` and `rm`."""

from __future__ import annotations

import pytest

from tests.commands.files.transfers import writes
from tests.waiting import ended


def paths(oocli, portal, path="my"):
    """Return all paths below a folder of the portal."""
    ran = oocli("files", "ls", "-R", path, signed_in_to=portal)
    return set(ran.stdout.decode().splitlines())


# mkdir


def test_mkdir_creates_a_folder(either, oocli):
    ran = oocli("files", "mkdir", "my/New", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert "my/New/" in paths(oocli, either)


def test_mkdir_p_creates_parents_and_keeps_existing_folders(either, oocli):
    first = oocli("files", "mkdir", "-p", "my/contracts/a/b", signed_in_to=either)
    either.forget()
    again = oocli("files", "mkdir", "-p", "my/Contracts/a/b", signed_in_to=either)

    assert (first.exit, again.exit, writes(either)) == (0, 0, [])
    assert "my/Contracts/a/b/" in paths(oocli, either)


def test_mkdir_refuses_an_existing_folder_because_the_portal_would_create_a_second(either, oocli):
    ran = oocli("files", "mkdir", "my/Contracts", signed_in_to=either)

    assert (ran.exit, ran.stdout, writes(either)) == (8, b"", [])
    assert "exists already" in ran.stderr


def test_mkdir_without_p_does_not_find_a_missing_parent(either, oocli):
    ran = oocli("files", "mkdir", "my/a/b", signed_in_to=either)

    assert (ran.exit, writes(either)) == (7, [])
    assert "my/ has no folder 'a'" in ran.stderr


@pytest.mark.parametrize("path", ["my/..", "my/.", "my/ ", "my/ok/../x"])
def test_dots_and_spaces_are_not_folder_titles(path, either, oocli):
    ran = oocli("files", "mkdir", "-p", path, signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])


def test_a_second_mkdir_finds_the_folder_under_the_title_that_the_portal_stored(either, oocli):
    oocli("files", "mkdir", "-p", "my/a:b", signed_in_to=either)
    either.forget()

    ran = oocli("files", "mkdir", "-p", "my/a:b", signed_in_to=either)

    assert (ran.exit, writes(either)) == (0, [])


def test_a_dry_run_creates_no_folder(either, oocli):
    ran = oocli("files", "mkdir", "-p", "my/a/b", "--dry-run", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (0, b"would make my/a/\nwould make my/a/b/\n")
    assert writes(either) == []


# mv


def test_a_file_and_a_folder_are_moved_into_a_folder(either, oocli):
    either.add_folder("Target")

    ran = oocli("files", "mv", "my/report.docx", "my/Contracts", "my/Target", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert paths(oocli, either, "my/Target") == {
        "my/Target/report.docx", "my/Target/Contracts/", "my/Target/Contracts/Lease.docx",
    }  # fmt: skip
    assert "my/report.docx" not in paths(oocli, either)


@pytest.mark.parametrize("title", ["summary.docx", "Report.docx"])
def test_a_destination_that_is_not_a_folder_is_the_new_title(title, either, oocli):
    ran = oocli("files", "mv", "my/report.docx", f"my/{title}", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert f"my/{title}" in paths(oocli, either)
    assert "my/report.docx" not in paths(oocli, either)


def test_a_file_is_moved_and_renamed(either, oocli):
    ran = oocli("files", "mv", "my/report.docx", "my/Contracts/r.docx", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert "my/Contracts/r.docx" in paths(oocli, either)
    assert not {"my/report.docx", "my/Contracts/report.docx"} & paths(oocli, either)


def test_a_folder_is_renamed(either, oocli):
    ran = oocli("files", "mv", "my/Contracts", "my/Treaties", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert "my/Treaties/Lease.docx" in paths(oocli, either)


@pytest.mark.parametrize("verb", ["mv", "cp"])
def test_an_existing_title_is_refused_before_anything_is_sent(verb, either, oocli):
    either.add_file("LEASE.docx")

    ran = oocli("files", verb, "my/report.docx", "my/LEASE.docx", "my/Contracts",
                signed_in_to=either)  # fmt: skip

    assert (ran.exit, writes(either)) == (8, [])
    assert "has this title already" in ran.stderr


@pytest.mark.parametrize("verb", ["mv", "cp"])
@pytest.mark.parametrize(
    ("to", "exit"),
    [("my/none/", 7), ("my/none/x.docx", 7), ("my/empty.txt", 8), ("my/", 8), ("my/report.txt", 2),
     ("trash", 2)],
)  # fmt: skip
def test_an_invalid_destination_is_refused(verb, to, exit, either, oocli):
    ran = oocli("files", verb, "my/report.docx", to, signed_in_to=either)

    assert (ran.exit, ran.stdout, writes(either)) == (exit, b"", [])


def test_several_sources_need_a_folder_as_destination(either, oocli):
    ran = oocli("files", "mv", "my/report.docx", "my/empty.txt", "my/x", signed_in_to=either)

    assert (ran.exit, writes(either)) == (7, [])


def test_a_move_that_the_portal_skips_silently_is_a_failure(portal, oocli):
    portal.answers("PUT", "files/fileops/move", response=[])

    ran = oocli("files", "mv", "my/report.docx", "my/Contracts", signed_in_to=portal)

    assert ran.exit == 8
    assert "my/report.docx" in ran.stderr
    assert "skipped" in ran.stderr


def test_a_failed_operation_is_reported_with_the_portals_message(either, oocli):
    either.fail_next_operation("the disk is full")

    ran = oocli("files", "mv", "my/report.docx", "my/Contracts", signed_in_to=either)

    assert ran.exit == 8
    assert "the disk is full" in ran.stderr


def test_a_folder_is_not_moved_into_itself(either, oocli):
    either.add_folder("in", parent=None)

    ran = oocli("files", "mv", "my/in", "my/in", signed_in_to=either)

    assert ran.exit == 8


def test_a_section_is_not_moved(either, oocli):
    ran = oocli("files", "mv", "my", f"folder:{either.folder_id('@common')}", signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])


# cp


def test_files_and_folders_are_copied(either, oocli):
    either.add_folder("Target")

    ran = oocli("files", "cp", "my/report.docx", "my/Contracts", "my/Target", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert {"my/report.docx", "my/Target/report.docx", "my/Target/Contracts/Lease.docx"} <= paths(
        oocli, either
    )


@pytest.mark.parametrize("to", ["my/copy.docx", "my/Contracts/copy.docx"])
def test_a_file_is_copied_under_another_title(to, either, oocli):
    ran = oocli("files", "cp", "my/report.docx", to, signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    now = paths(oocli, either)
    assert {"my/report.docx", to} <= now
    assert not {"my/report (1).docx", "my/Contracts/report.docx"} & now


def test_a_dry_run_copies_nothing(either, oocli):
    ran = oocli("files", "cp", "my/report.docx", "my/x.docx", "--dry-run", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (0, b"would copy my/report.docx to my/x.docx\n")
    assert writes(either) == []


# rm


def test_a_file_goes_to_the_trash(either, oocli):
    ran = oocli("files", "rm", "my/report.docx", "--yes", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert paths(oocli, either, "trash") == {"trash/report.docx"}


def test_permanently_bypasses_the_trash(either, oocli):
    ran = oocli("files", "rm", "my/report.docx", "--permanently", "-y", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert paths(oocli, either, "trash") == set()
    assert "my/report.docx" not in paths(oocli, either)


def test_rm_needs_yes_without_a_terminal(either, oocli):
    ran = oocli("files", "rm", "my/report.docx", signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])
    assert ran.stderr == (
        f"oocli: delete my/report.docx on {either.host} must be confirmed\n"
        "hint: confirm with --yes\n"
    )


@pytest.mark.parametrize(("typed", "is_deleted"), [("y", True), ("n", False), ("", False)])
def test_rm_asks_for_confirmation_on_a_terminal(typed, is_deleted, portal, terminal):
    handle = terminal("files", "rm", "-r", "my/Contracts", signed_in_to=portal)
    handle.expect(r"delete my/Contracts/ with its contents on .*: are you sure\? \[y/N\]")
    handle.sendline(typed)
    code, _ = ended(handle)

    assert bool(writes(portal)) == is_deleted
    assert code == (0 if is_deleted else 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["my/Contracts"], "it is a folder"),
        (["-r", "my"], "whole section"),
        (["-r", "/"], "root"),
        (["-r", "my/twice"], "2 entries"),
        (["-r", "id:@my"], "not an id"),
        (["trash/old.txt"], "permanent"),
    ],
)
def test_rm_refuses_unclear_or_dangerous_paths_before_anything_is_sent(words, why, either, oocli):
    either.add_folder("twice")
    either.add_folder("twice")
    either.add_file("old.txt", either.folder_id("@trash"))

    ran = oocli("files", "rm", "--yes", *words, signed_in_to=either)

    assert (ran.exit, ran.stdout, writes(either)) == (2, b"", [])
    assert why in ran.stderr


def test_rm_refuses_the_id_of_a_section(either, oocli):
    ran = oocli("files", "rm", "-ry", f"folder:{either.folder_id()}", signed_in_to=either)

    assert (ran.exit, writes(either)) == (2, [])


def test_nothing_is_deleted_if_one_of_several_is_missing(either, oocli):
    ran = oocli("files", "rm", "-y", "my/report.docx", "my/none", signed_in_to=either)

    assert (ran.exit, writes(either)) == (7, [])


def test_a_room_is_not_deleted_with_files(docspace, oocli):
    made = oocli("call", "POST", "files/rooms", "-f", "title=Deal", "-F", "roomType=2",
                 signed_in_to=docspace)  # fmt: skip
    assert made.exit == 0
    docspace.forget()

    ran = oocli("files", "rm", "-ry", "rooms/Deal", signed_in_to=docspace)

    assert (ran.exit, writes(docspace)) == (2, [])
    assert "it is a room" in ran.stderr


def test_a_dry_run_deletes_nothing_and_does_not_ask(either, oocli):
    ran = oocli("files", "rm", "-r", "my/Contracts", "--dry-run", signed_in_to=either)

    assert (ran.exit, ran.stderr, writes(either)) == (0, "", [])
    assert ran.stdout.startswith(b"would delete my/Contracts/ (folder:")


# Several


def test_an_entry_that_was_not_moved_is_named(either, oocli):
    lost = either.add_file("lost.txt")
    either.hide(lost)  # from the list of its folder, where oocli looks for it

    ran = oocli("files", "mv", f"file:{lost}", "my/report.docx", "my/Contracts",
                signed_in_to=either)  # fmt: skip

    assert (ran.exit, ran.stdout) == (12, b"")
    assert f"1 of 2 entries failed (file:{lost})" in ran.stderr


def test_entries_left_after_a_failed_deletion_are_named(either, oocli):
    gone, left = either.add_file("gone.txt"), either.add_file("left.txt")
    either.fail_next_operation("locked by Bob")
    either.answers("GET", f"files/file/{gone}", 404, error="no such file")

    ran = oocli("files", "rm", "-y", "my/gone.txt", f"file:{left}", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (12, b"")
    assert f"1 of 2 entries failed (file:{left}): locked by Bob" in ran.stderr


def test_an_entry_that_is_given_twice_is_deleted_once(either, oocli):
    ran = oocli("files", "rm", "-y", "my/report.docx", "/my/report.docx", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert b"report.docx" not in oocli("files", "ls", "my", signed_in_to=either).stdout


def test_two_sources_of_one_title_are_refused(either, oocli):
    other = either.add_folder("Other")
    either.add_file("lease.docx", other)
    either.add_folder("Target")

    ran = oocli("files", "mv", "my/Contracts/Lease.docx", "my/Other/lease.docx", "my/Target",
                signed_in_to=either)  # fmt: skip

    assert (ran.exit, writes(either)) == (8, [])
    assert "another source has the same title" in ran.stderr


def test_an_error_as_json_has_the_remote_path(either, oocli):
    ran = oocli("files", "id", "my/none", "--error-format", "json", signed_in_to=either)

    error = ran.error
    assert (error["code"], error["exit"], error["path"], error["portal"]) == (
        "not_found", 7, "my/none", either.host,
    )  # fmt: skip
