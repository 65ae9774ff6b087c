"""`oocli files`, `files ls` and `files id`."""

from __future__ import annotations

import json

import pytest

from tests.waiting import ended


def lines(ran):
    return ran.stdout.decode().splitlines()


def test_files_without_a_verb_lists_the_sections_of_the_portal(docspace, oocli):
    ran = oocli("files", signed_in_to=docspace)

    assert (ran.exit, lines(ran), ran.stderr) == (
        0, ["my/", "rooms/", "shared/", "archive/", "trash/"], "",
    )  # fmt: skip


def test_in_a_pipe_each_line_is_a_path_and_folders_end_with_a_slash(either, oocli):
    ran = oocli("files", "ls", "my", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert lines(ran) == [
        "my/Contracts/", "my/report.docx", "my/Überblick 2026 €.xlsx", "my/empty.txt",
    ]  # fmt: skip


def test_a_listed_path_can_be_given_to_another_command_whatever_the_title(either, oocli):
    odd = either.add_file("a/b\nc%2Fd\r#?.txt", id="drive-1-|x")

    listed = next(line for line in lines(oocli("files", "ls", "my", signed_in_to=either))
                  if line.startswith("my/a"))  # fmt: skip
    ran = oocli("files", "id", listed, signed_in_to=either)

    assert (ran.exit, ran.stdout.decode()) == (0, f"{odd}\n"), ran.stderr


def test_ls_r_lists_the_whole_tree(either, oocli):
    ran = oocli("files", "ls", "-R", "my", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert lines(ran)[-1] == "my/Contracts/Lease.docx"
    assert len(lines(ran)) == 5


def test_ls_of_a_file_shows_the_file(either, oocli):
    ran = oocli("files", "ls", "my/report.docx", signed_in_to=either)

    assert (ran.exit, lines(ran), ran.stderr) == (0, ["my/report.docx"], "")


@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_json_has_the_fields_of_each_entry(format, either, oocli):
    ran = oocli("files", "ls", "my/Contracts", "--format", format, signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    entry = found[0] if format == "json" else found
    assert list(entry) == ["type", "id", "title", "size", "updated", "owner", "path"]
    assert (entry["type"], entry["title"], entry["size"], entry["path"]) == (
        "file", "Lease.docx", 20480, "my/Contracts/Lease.docx",
    )  # fmt: skip


def test_an_empty_folder_is_an_empty_list(either, oocli):
    either.add_folder("void")

    ran = oocli("files", "ls", "my/void", "--format", "json", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"[]\n", "")


def test_a_json_list_of_many_pages_is_one_document(either, oocli):
    folder = either.add_folder("many")
    either.add_files(folder, 2001)

    ran = oocli("files", "ls", "my/many", "--format", "json", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert len(json.loads(ran.stdout)) == 2001


def test_columns_select_the_fields_of_rows(either, oocli):
    ran = oocli("files", "ls", "my/Contracts", "--format", "csv", "--columns", "title,size",
                signed_in_to=either)  # fmt: skip

    assert (ran.exit, lines(ran), ran.stderr) == (0, ["title,size", "Lease.docx,20480"], "")


@pytest.mark.parametrize(
    "words",
    [["--columns", "title"], ["--format", "csv", "--columns", "nosuch"], ["-R"]],
)  # fmt: skip
def test_invalid_options_of_ls_are_refused_before_anything_is_sent(words, portal, oocli):
    ran = oocli("files", "ls", *words, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert portal.requests == []


def test_a_missing_title_exits_with_7_and_suggests_a_listing(either, oocli):
    ran = oocli("files", "ls", "my/Contracts/none", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (7, b"")
    assert ran.stderr == (
        f"oocli: my/Contracts/none on {either.host}: my/Contracts/ has no entry 'none'\n"
        f"hint: oocli files ls --portal {either.origin} my/Contracts/\n"
    )


def test_two_entries_of_one_title_exit_with_2_and_both_ids(either, oocli):
    first, second = either.add_file("t"), either.add_file("t")

    ran = oocli("files", "id", "my/t", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (2, b"")
    assert f"file:{first} and file:{second}" in ran.stderr


def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(either, oocli):
    closed = either.add_folder("closed")
    either.answers("GET", f"files/{closed}", 403, error="no")

    ran = oocli("files", "ls", "-R", "my", signed_in_to=either)

    assert ran.exit == 12
    assert "my/Contracts/Lease.docx" in lines(ran)
    assert "my/closed/ cannot be listed" in ran.stderr
    assert "1 folder could not be listed" in ran.stderr


def test_a_folder_whose_list_fails_is_named(either, oocli):
    many = either.add_folder("many")
    either.answers("GET", f"files/{many}", 500, error="broken")

    ran = oocli("files", "ls", "my/many", signed_in_to=either)

    assert ran.exit == 5
    assert "my/many/ cannot be listed: broken (500)" in ran.stderr


def test_titles_are_escaped_on_a_terminal(either, terminal):
    either.add_file("evil\x1b[31m.txt")

    handle = terminal("files", "ls", "-R", "my", signed_in_to=either)
    code, _ = ended(handle)

    assert code == 0
    assert "evil\\u001b[31m.txt" in handle.before


def test_the_id_of_a_section_is_printed(either, oocli):
    ran = oocli("files", "id", "my", signed_in_to=either)

    assert (ran.exit, ran.stdout.decode(), ran.stderr) == (0, f"{either.folder_id()}\n", "")


def test_ls_of_a_known_portal_does_not_ask_for_its_kind(either, oocli, sign_in):
    sign_in(either)
    either.forget()

    ran = oocli("files", "ls", "my/Contracts")

    assert (ran.exit, len(either.requests)) == (0, 2), ran.stderr


def test_a_table_shows_readable_sizes_and_other_formats_show_bytes(either, oocli):
    call = ("files", "ls", "my", "--columns", "title,size", "--format")

    table = oocli(*call, "table", signed_in_to=either)
    csv = oocli(*call, "csv", signed_in_to=either)

    assert (table.exit, csv.exit, table.stderr, csv.stderr) == (0, 0, "", "")
    assert "  12.3 kB\n" in table.stdout.decode()
    assert ",12349\n" in csv.stdout.decode()
