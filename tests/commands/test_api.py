"""`oocli api`: search for operations and show them, without any request."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex

import pexpect
import pytest


def rows(ran):
    return [line.split("\t") for line in ran.stdout.decode().splitlines()]


def test_everyday_words_list_operations_best_match_first(oocli):
    ran = oocli("api", "disable", "a", "user")

    assert (ran.exit, ran.stderr) == (0, "")
    method, path, names, kind = rows(ran)[0]
    assert (method, path, kind) == ("PUT", "people/status/{status}", "both")
    assert "userIds" in names


def test_one_argument_may_hold_several_words(oocli):
    assert oocli("api", "disable a user").stdout == oocli("api", "disable", "a", "user").stdout


def test_the_kind_is_chosen_by_an_option(oocli):
    workspace = rows(oocli("api", "start", "backup", "--kind", "workspace"))
    docspace = rows(oocli("api", "start", "backup", "--kind", "docspace"))

    assert workspace[0][:2] == ["POST", "portal/startbackup"]
    assert docspace[0][:2] == ["POST", "backup/startbackup"]
    assert {row[3] for row in workspace + docspace} == {"workspace", "docspace"}


def test_the_kind_is_that_of_the_chosen_portal_without_a_request(either, oocli, sign_in):
    sign_in(either)
    either.forget()

    ran = oocli("api", "empty", "trash")

    assert ran.exit == 0
    assert {row[3] for row in rows(ran)} == {either.kind}
    assert either.requests == []


def test_kind_all_searches_both_kinds_even_if_a_portal_is_chosen(portal, oocli, sign_in):
    sign_in(portal)

    ran = oocli("api", "webhook", "--kind", "all")

    assert {row[3] for row in rows(ran)} == {"docspace"}


def test_limit_caps_the_number_of_operations(oocli):
    assert 0 < len(rows(oocli("api", "user"))) <= 20
    assert 0 < len(rows(oocli("api", "user", "--limit", "3"))) <= 3


def test_without_words_every_operation_is_listed(oocli):
    ran = oocli("api", "--kind", "docspace")

    assert (ran.exit, len(rows(ran))) == (0, 497)


def test_json_has_all_data_of_each_operation(oocli):
    ran = oocli("api", "lock", "file", "--kind", "docspace", "--format", "json", "--limit", "1")

    (found,) = ran.json
    assert (ran.exit, ran.stderr) == (0, "")
    assert found == {
        "kind": "docspace", "method": "PUT", "path": "/api/2.0/files/file/{fileId}/lock",
        "id": "lockFile", "tag": "Files/Files",
        "params": [
            {"name": "fileId", "in": "path", "type": "integer", "format": "int32",
             "required": True}
        ],
        "body": {
            "types": ["application/json"], "required": True, "kind": "object",
            "ref": "LockFileParameters",
            "fields": [{"name": "lockFile", "type": "boolean"}],
        },
        "response": found["response"],
        "pages": False, "page_cap": None, "needs_cookie": False, "anonymous": False,
        "key_scopes": ["files:write", "*:write"],
        "call": "oocli call PUT files/file/{fileId}/lock -F lockFile={lockFile}",
    }  # fmt: skip


def test_json_without_words_has_every_operation_of_both_kinds(oocli):
    assert len(oocli("api", "--format", "json").json) == 1359


def test_ndjson_has_one_operation_per_line(oocli):
    ran = oocli("api", "quota", "--format", "ndjson", "--limit", "4")

    lines = ran.stdout.decode().splitlines()
    assert [set(json.loads(line)) >= {"method", "path", "kind", "call"} for line in lines] == [
        True
    ] * 4


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_have_one_row_per_operation(name, delimiter, oocli):
    ran = oocli("api", "archive", "room", "--format", name, "--kind", "docspace")

    found = list(csv.DictReader(io.StringIO(ran.stdout.decode()), delimiter=delimiter))
    assert found[0] == {
        "method": "PUT", "path": "/api/2.0/files/rooms/{id}/archive", "parameters": "deleteAfter",
        "kind": "docspace",
    }  # fmt: skip


def test_format_table_draws_a_table(oocli):
    ran = oocli("api", "archive", "room", "--format", "table", "--kind", "docspace")

    assert ran.exit == 0
    assert "/api/2.0/files/rooms/{id}/archive" in ran.stdout.decode()


@pytest.mark.parametrize(
    "path",
    [
        "people/{userid}/photo", "people/42/photo", "/api/2.0/people/42/photo.json",
        "people/42/photo?x=1", "https://docs.example.com/api/2.0/people/42/photo",
    ],
)  # fmt: skip
def test_a_method_and_a_path_in_any_spelling_show_that_operation(path, oocli):
    ran = oocli("api", "get", path, "--kind", "docspace", "--format", "json")

    assert [(found["method"], found["path"]) for found in ran.json] == [
        ("GET", "/api/2.0/people/{userid}/photo")
    ]


def test_one_operation_is_shown_with_its_parameters_notes_and_call(oocli):
    ran = oocli("api", "PUT", "people/status/{status}", "--kind", "docspace")

    assert (ran.exit, ran.stderr) == (0, "")
    assert (
        ran.stdout.decode()
        == """\
PUT people/status/{status}  (ONLYOFFICE DocSpace)
  path   status     integer            required, one of Active (1) | Terminated (2) | Pending (4) \
| Default (5) | All (7)
  body   userIds    uuid, one or more
  body   resendAll  boolean
With an API key: needs the scope accounts:write or *:write.

  oocli call PUT people/status/{status} -f 'userIds[]={userIds}' -F resendAll={resendAll}
"""
    )


def test_the_same_operation_of_both_kinds_is_shown_twice(oocli):
    shown = oocli("api", "GET", "people").stdout.decode()

    assert "GET people  (ONLYOFFICE Workspace)" in shown
    assert "GET people  (ONLYOFFICE DocSpace)" in shown


def test_the_values_of_a_path_are_kept_in_the_call(oocli):
    shown = oocli("api", "GET", "files/rooms/42/links").stdout.decode()

    assert shown.endswith("\n  oocli call GET files/rooms/42/links\n")


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("GET people --kind workspace", "pages of at most 1000 items"),
        ("GET people --kind workspace", "sortBy"),
        ("GET people --kind docspace", "pages of at most 100 items"),
        ("POST files/1/upload --kind docspace", "Takes a file"),
        ("GET scopes", "Needs the cookie of a browser session, so oocli cannot call it."),
        ("GET capabilities --kind docspace", "Can be called without a sign-in"),
        ("PUT files/rooms/1 --kind docspace", "scope rooms:write or *:write"),
        ("GET keys/@self", "With an API key: any scope."),
        ("POST people --kind workspace", "Which fields of the body are required is not known."),
        ("GET keys/permissions", "*:read"),
        ("POST keys", "at most 365"),
    ],
)
def test_the_notes_of_an_operation_are_shown(words, mark, oocli):
    assert mark in oocli("api", *words.split()).stdout.decode()


def test_a_path_alone_shows_all_its_methods(oocli):
    ran = oocli("api", "files/folder/12", "--kind", "docspace", "--format", "json")

    assert [found["method"] for found in ran.json] == ["GET", "POST", "PUT", "DELETE"]


def test_a_method_and_a_word_that_is_not_a_path_start_a_search(oocli):
    ran = oocli("api", "delete", "folder")

    assert (ran.exit, ran.stderr) == (0, "")
    assert rows(ran)[0][:2] == ["DELETE", "files/folder/{folderId}"]


def test_a_wrong_method_shows_the_right_ones_and_says_so(oocli):
    ran = oocli("api", "POST", "people/status/1", "--kind", "docspace")

    assert ran.exit == 0
    assert ran.stderr == "there is no operation POST people/status/1; that path takes GET, PUT\n"
    assert "PUT people/status/{status}" in ran.stdout.decode()


def test_an_unknown_path_lists_the_nearest_operations_and_says_so(oocli):
    ran = oocli("api", "GET", "people/42/picture", "--kind", "docspace")

    assert ran.exit == 0
    assert ran.stderr == "there is no operation GET people/42/picture; these are the nearest\n"
    assert ["GET", "people/{userid}/photo"] in [row[:2] for row in rows(ran)][:3]


def test_no_match_exits_with_7_and_suggests_similar_words(oocli):
    ran = oocli("api", "wbhokk")

    assert (ran.exit, ran.stdout) == (7, b"")
    assert ran.stderr == (
        "oocli: no operation matches 'wbhokk'\nhint: similar words: webhook, webhooks\n"
    )


def test_no_match_is_an_error_object_with_error_format_json(oocli):
    ran = oocli("api", "qqqq", "--error-format", "json")

    assert (ran.exit, ran.error["code"], ran.error["exit"]) == (7, "not_found", 7)


def test_api_works_with_a_broken_configuration(home, oocli):
    home.config.mkdir()
    (home.config / "portals.json").write_text("{broken")

    ran = oocli("api", "empty", "trash", env={"OOCLI_PORTAL": "ftp://x", "OOCLI_RETRY": "-1"})

    assert (ran.exit, ran.stderr) == (0, "")
    assert rows(ran)[0][:2] == ["PUT", "files/fileops/emptytrash"]


def test_an_invalid_portal_address_is_a_usage_error(oocli):
    ran = oocli("api", "trash", "--portal", "ftp://x")

    assert (ran.exit, ran.stdout) == (2, b"")


def test_control_characters_in_words_do_not_reach_the_terminal(terminal):
    handle = terminal("api", "qqqq\x1b]qqqq\x07")

    shown = handle.read()
    handle.expect(pexpect.EOF)
    handle.wait()
    assert handle.exitstatus == 7
    assert "\x1b]" not in shown


def test_on_a_terminal_matched_words_are_bold_and_lines_fit_the_width(terminal):
    handle = terminal("api", "empty", "trash", "--kind", "docspace", size=(40, 80))

    shown = handle.read()
    handle.expect(pexpect.EOF)
    handle.wait()
    plain = re.sub(r"\x1b\[\d*m", "", shown)
    assert handle.exitstatus == 0
    assert "files/fileops/\x1b[1mempty\x1b[0m\x1b[1mtrash\x1b[0m" in shown
    assert "oocli api PUT files/fileops/emptytrash" in plain
    assert [line for line in plain.splitlines() if len(line) > 80] == []


def test_no_color_prints_nothing_bold(terminal):
    handle = terminal("api", "empty", "trash", "--no-color")

    shown = handle.read()
    handle.expect(pexpect.EOF)
    assert "\x1b[" not in shown


# The printed call, filled in and sent to the demo portal

BOTH = [
    "GET people", "GET people/@self", "GET people/filter", "GET people/email", "GET group",
    "GET files/@my", "GET files/@root", "GET files/@trash", "GET files/{folderId}",
    "GET files/folder/{folderId}", "GET files/folder/{folderId}/path", "GET files/file/{fileId}",
    "GET files/file/{fileId}/history", "POST files/folder/{folderId}",
    "PUT files/folder/{folderId}", "POST files/@my/file", "POST files/@my/upload",
    "POST files/{folderId}/upload", "PUT files/file/{fileId}", "GET files/fileops",
    "PUT files/fileops/emptytrash", "GET capabilities", "GET settings",
    "GET security/activeconnections",
]  # fmt: skip
DOCSPACE = [
    "GET keys", "POST keys", "GET keys/permissions", "GET files/rooms", "POST files/rooms",
    "GET files/settings", "GET settings/colortheme", "GET people/@search/{query}",
    "GET files/{folderId}/subfolders", "GET settings/whitelabel/logos",
]  # fmt: skip


def test_the_printed_call_runs_once_its_placeholders_are_filled(either, oocli, sign_in, tmp_path):
    sign_in(either)
    (tmp_path / "notes.docx").write_bytes(b"content")
    mine = oocli("call", "GET", "files/@my", "-r").json["current"]["id"]
    made = oocli("call", "POST", f"files/{mine}/file", "-f", "title=a.docx", "-r").json["id"]
    values = {
        "folderId": mine, "fileId": made, "email": either.user, "query": "ann",
        "file": "notes.docx", "title": "Report", "name": "ci",
        "roomType": "CustomRoom", "lastVersion": 0,
    }  # fmt: skip
    failed = {}
    for words in BOTH + (DOCSPACE if either.kind == "docspace" else []):
        shown = oocli("api", *words.split()).stdout.decode()
        line = shown.splitlines()[-1].strip()
        filled = re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1], "")), line)
        # A placeholder without a value belongs to an optional field, which is removed.
        filled = re.sub(r" -[fFp] (?:'[^']*='|\S+=(?= |$))", "", filled)
        ran = oocli(*shlex.split(filled)[1:])
        if ran.exit:
            failed[filled] = ran.stderr

    assert failed == {}
