"""`oocli call --paginate`, `--limit` and `--page-size`, on both kinds of portal."""

from __future__ import annotations

import json
import re

import pytest

from tests.portal import faults

UNCHANGED = faults.ExtraHeaders(())


def starts(portal):
    """Return start index and page size of each request, in order."""
    found = []
    for seen in portal.requests:
        query = dict(
            pair.split("=") for pair in seen.target.partition("?")[2].split("&") if "=" in pair
        )
        found.append((int(query.get("startIndex", 0)), int(query.get("count", 0))))
    return found


def ids(items):
    return [item["id"] for item in items]


def test_all_pages_of_a_list_become_one_envelope(either, oocli):
    either.add_people(250)

    ran = oocli("call", "GET", "people", "--paginate", "--page-size", "100", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert starts(either) == [(0, 100), (100, 100), (200, 100)]
    assert len(set(ids(ran.json["response"]))) == ran.json["count"] == ran.json["total"] == 252
    assert "nextIndex" not in ran.json
    assert ran.stdout.endswith(b"\n")
    assert ran.stdout.count(b"\n") == 1


def test_the_envelope_keeps_its_shape_when_there_is_one_page(either, oocli):
    token = {"OOCLI_PORTAL": either.origin, "OOCLI_TOKEN": either.issue_token()}
    one_page = oocli("call", "GET", "people", "-p", "count=100", env=token)

    merged = oocli("call", "GET", "people", "--paginate", env=token)

    assert list(merged.json) == list(one_page.json)
    assert merged.json["response"] == one_page.json["response"]


def test_each_item_is_the_portals_own_text(either, oocli):
    texts = ['{"id":1,"n":1.500,"b":"\\u0436","a":"ж"}', '{"id":2,"n":12345678901234567890123}']
    body = '{"count":2,"status":0,"response":[' + ", ".join(texts) + "]}"
    json_type = [("Content-Type", "application/json")]
    either.answers("GET", "crm/contact", body=body.encode(), headers=json_type, times=1)
    empty = b'{"status":0,"response":[]}'
    either.answers("GET", "crm/contact", body=empty, headers=json_type)

    ran = oocli("call", "GET", "crm/contact", "--paginate", "-r", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode() == "[" + ",".join(texts) + "]\n"


def test_all_pages_of_a_folder_list_all_folders_and_files_but_no_hidden_ones(either, oocli):
    folder = either.add_folder("many")
    folders = [either.add_folder(f"f{n:02}", folder) for n in range(12)]
    files = [either.add_file(f"{n:02}.txt", folder) for n in range(15)]
    hidden = [*folders[3:9], *files[5:7]]
    either.hide(*hidden)

    ran = oocli("call", "GET", f"files/{folder}", "--page-size", "5", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    found = ran.json["response"]
    assert ids(found["folders"]) == [id_ for id_ in folders if id_ not in hidden]
    assert sorted(ids(found["files"])) == [id_ for id_ in files if id_ not in hidden]
    assert starts(either) == [(n, 5) for n in (0, 5, 10, 15, 20, 25)]
    assert ran.json["count"] == found["count"] == 19


def test_all_pages_of_a_folder_list_its_folders_and_then_its_files(either, oocli):
    folder = either.add_folder("mixed")
    inner = [either.add_folder(f"f{n}", folder) for n in range(3)]
    files = [either.add_file(f"{n}.txt", folder) for n in range(3)]
    call = ("call", "GET", f"files/{folder}", "--page-size", "2", "--format", "ndjson")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ids(map(json.loads, ran.stdout.splitlines())) == [*inner, *files]


def test_text_ids_of_third_party_storage_page_like_numbers(either, oocli):
    folder = either.add_folder("Disk", id="drive-1")
    names = [either.add_file(f"{n}.txt", folder, id=f"drive-1-|{n}") for n in range(5)]
    call = ("call", "GET", "files/drive-1", "--page-size", "2", "--jq", ".response.files[].id")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.decode().splitlines() == names


@pytest.mark.parametrize("limit", [1, 99, 100, 101, 252, 1000])
def test_a_limit_is_exact(either, oocli, limit):
    either.add_people(250)
    call = ("call", "GET", "people", "--limit", str(limit), "--jq", ".count, (.response|length)")

    ran = oocli(*call, signed_in_to=either)

    expected = min(limit, 252)
    assert (ran.exit, ran.stdout.decode(), ran.stderr) == (0, f"{expected}\n{expected}\n", "")


def test_a_limit_below_the_page_size_requests_no_more_than_that(either, oocli):
    either.add_people(50)

    oocli("call", "GET", "people", "--limit", "7", signed_in_to=either)

    assert starts(either) == [(0, 7)]


def test_csv_and_tsv_have_one_heading_over_all_pages(either, oocli):
    either.add_people(5)
    call = ("call", "GET", "people", "--page-size", "2", "--columns", "email", "--format")

    ran = oocli(*call, "csv", signed_in_to=either)

    lines = ran.stdout.decode().splitlines()
    assert (ran.exit, ran.stderr, lines[0], len(lines)) == (0, "", "email", 8)
    assert len(set(lines)) == 8


def test_a_later_page_that_fails_prints_a_complete_document_and_exits_with_12(either, oocli):
    either.add_people(250)
    either.order("GET", "people", UNCHANGED)
    either.order("GET", "people", faults.Html(500, "500 Oops"), times=None)

    ran = oocli("call", "GET", "people", "--page-size", "100", signed_in_to=either)

    assert ran.exit == 12
    assert (ran.json["count"], len(ran.json["response"])) == (100, 100)
    assert ran.stderr == (
        f"oocli: GET people on {either.host}: the list is incomplete; a later page failed: "
        'an HTML page ("500 Oops") (500)\n'
    )


def test_a_later_page_that_fails_keeps_the_lines_before_it(either, oocli):
    either.add_people(250)
    either.order("GET", "people", UNCHANGED)
    either.order("GET", "people", faults.DropInBody(), times=None)
    call = ("call", "GET", "people", "--page-size", "100", "--format", "ndjson", "--retry", "0")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, len(ran.stdout.splitlines())) == (12, 100)
    assert "a later page failed: the answer is incomplete" in ran.stderr


def test_a_later_page_that_fails_keeps_the_old_output_file(either, oocli, tmp_path):
    (tmp_path / "people.csv").write_text("the export of yesterday\n")
    either.add_people(250)
    either.order("GET", "people", UNCHANGED)
    either.order("GET", "people", faults.Html(500, "500 Oops"), times=None)
    call = ("call", "GET", "people", "--page-size", "100", "--format", "csv", "-o", "people.csv")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, ran.stdout) == (12, b"")
    assert "a later page failed" in ran.stderr
    assert (tmp_path / "people.csv").read_text() == "the export of yesterday\n"


def test_a_later_page_is_retried_after_a_temporary_failure(either, oocli):
    either.add_people(150)
    either.order("GET", "people", UNCHANGED)
    either.order("GET", "people", faults.DropBeforeAnswer())

    ran = oocli("call", "GET", "people", "--page-size", "100", signed_in_to=either)

    assert (ran.exit, ran.json["count"]) == (0, 152)
    assert re.fullmatch(r"retry 1 of 2 in [\d.]+ s: the connection failed: .*\n", ran.stderr)


def test_a_first_page_that_fails_keeps_its_own_exit_code_and_body(either, oocli):
    either.answers("GET", "people", status=404, error="no people here")

    ran = oocli("call", "GET", "people", "--paginate", signed_in_to=either)

    assert (ran.exit, ran.stdout) == (7, either.last_body + b"\n")
    assert ran.stderr == f"oocli: GET people on {either.host}: no people here (404)\n"


def test_the_items_of_a_portal_that_ignores_start_index_are_printed_once(either, oocli):
    either.answers("GET", "group", response=[{"id": n} for n in range(3)])

    ran = oocli("call", "GET", "group", "--paginate", "-r", signed_in_to=either)

    assert (ran.exit, ran.json, ran.stderr) == (0, [{"id": 0}, {"id": 1}, {"id": 2}], "")
    assert len(either.requests) == 2


def test_an_empty_object_in_place_of_a_later_page_ends_the_list(either, oocli):
    either.answers("GET", "group", response=[{"id": 1}], times=1)
    either.answers("GET", "group", response={})

    ran = oocli("call", "GET", "group", "--paginate", "-r", signed_in_to=either)

    assert (ran.exit, ran.json, ran.stderr) == (0, [{"id": 1}], "")


def test_an_answer_that_is_not_a_list_is_printed_unchanged(either, oocli):
    ran = oocli("call", "GET", "people/@self", "--paginate", signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, either.last_body + b"\n", "")
    assert len(either.requests) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["POST", "people", "--paginate"], "--paginate works only with GET, not with POST"),
        (["GET", "people", "--limit", "0"], "Invalid value for '--limit': 0 is not in the"),
        (["GET", "people", "--paginate", "-p", "count=5"], "--paginate sets count itself"),
        (["GET", "people?STARTINDEX=5", "--limit", "3"], "--paginate sets STARTINDEX itself"),
        (["GET", "people", "--page-size", "1001"], "--page-size: 1001 is not between 1 and 1000"),
        (["GET", "people", "--page-size", "0"], "Invalid value for '--page-size': 0 is not in"),
    ],
)
def test_options_that_paging_does_not_allow_are_refused_before_anything_is_sent(
    portal, oocli, words, why
):
    ran = oocli("call", *words, signed_in_to=portal)

    assert (ran.exit, ran.stdout, portal.requests) == (2, b"", [])
    assert ran.stderr.startswith(f"oocli: {why}")


@pytest.mark.parametrize(
    ("kind", "size", "cap"), [("workspace", 1000, 1000), ("docspace", 100, 100)]
)
def test_the_known_kind_sets_the_default_and_the_maximum_page_size(
    request, oocli, sign_in, kind, size, cap
):
    running = request.getfixturevalue("portal" if kind == "workspace" else "docspace")
    sign_in(running)
    running.forget()

    ran = oocli("call", "GET", "people", "--paginate")
    too_large = oocli("call", "GET", "people", "--page-size", str(cap + 1))

    assert (ran.exit, ran.stderr, starts(running)[0]) == (0, "", (0, size))
    assert too_large.exit == 2
    assert too_large.stderr.startswith(f"oocli: --page-size: {cap + 1} is not between 1 and {cap}")


def test_a_page_too_large_for_docspace_is_explained_if_the_kind_is_unknown(docspace, oocli):
    ran = oocli("call", "GET", "people", "--page-size", "500", signed_in_to=docspace)

    assert ran.exit == 8
    assert ran.stderr.endswith("hint: DocSpace gives at most 100 items a page: --page-size 100\n")


def test_output_saves_the_merged_envelope(either, oocli, tmp_path):
    either.add_people(150)
    call = ("call", "GET", "people", "--page-size", "100", "-o", "people.json")

    ran = oocli(*call, signed_in_to=either)

    assert (ran.exit, ran.stdout, ran.stderr) == (0, b"", "")
    assert json.loads((tmp_path / "people.json").read_bytes())["count"] == 152


PAGED = ["--page-size", "2"]


def page(portal, response, *, times=1, **members):
    """Let the portal answer the next request for `group` with this page."""
    body = json.dumps({"status": 0, **members, "response": response}).encode()
    json_type = [("Content-Type", "application/json")]
    portal.answers("GET", "group", body=body, headers=json_type, times=times)


@pytest.mark.parametrize("words", [["--paginate"], ["--limit", "9"], ["--page-size", "2"]])
@pytest.mark.parametrize("shape", [["-r"], ["--format", "ndjson"]])
def test_every_version_in_a_file_history_is_printed(either, oocli, words, shape):
    history = [{"id": 7, "version": number, "title": "a.docx"} for number in range(5, 0, -1)]
    either.answers("GET", "files/file/7/history", response=history)

    ran = oocli("call", "GET", "files/file/7/history", *words, *shape, signed_in_to=either)

    lines = ran.stdout.splitlines()
    found = ran.json if shape == ["-r"] else [json.loads(line) for line in lines]
    assert (ran.exit, ran.stderr, found) == (0, "", history)


def test_items_that_share_an_id_on_one_page_are_all_printed(either, oocli):
    page(either, [{"id": 1, "n": 1}, {"id": 1, "n": 2}])
    page(either, [{"id": 1, "n": 2}, {"id": 1, "n": 3}])
    page(either, [])

    ran = oocli("call", "GET", "group", *PAGED, "--jq", ".response[].n", signed_in_to=either)

    assert (ran.exit, ran.stderr, ran.stdout.split()) == (0, "", [b"1", b"2", b"3"])


@pytest.mark.parametrize("shape", [["--jq", ".response[].id"], ["--format", "csv"]])
def test_a_list_that_grew_continues_after_a_page_without_new_items_and_says_so(
    either, oocli, shape
):
    page(either, [{"id": 1}, {"id": 2}], total=4)
    page(either, [{"id": 1}, {"id": 2}], total=6)
    page(either, [{"id": 3}, {"id": 4}], total=6)
    page(either, [], total=6)

    ran = oocli("call", "GET", "group", *PAGED, *shape, signed_in_to=either)

    assert (ran.exit, ran.stdout.split()[-4:]) == (0, [b"1", b"2", b"3", b"4"])
    assert ran.stderr == (
        f"note: GET group on {either.host}: the total grew (from 4 to 6) while the list was read; "
        "the list ended after 4 of 6 items; some may be missing, repeat the call\n"
    )


@pytest.mark.parametrize("words", [[], ["--quiet"]])
def test_a_list_that_is_shorter_than_its_total_says_so_once(either, oocli, words):
    page(either, [{"id": 1}, {"id": 2}], total=4)
    page(either, [{"id": 3}], total=4)
    page(either, [], total=4)

    ran = oocli("call", "GET", "group", *PAGED, "-r", *words, signed_in_to=either)

    assert (ran.exit, ran.json) == (0, [{"id": 1}, {"id": 2}, {"id": 3}])
    note = (
        f"note: GET group on {either.host}: the list ended after 3 of 4 items; some may be "
        "missing, repeat the call\n"
    )
    assert ran.stderr == ("" if words else note)


FOLDER = {"folders": [], "files": [{"id": 2}], "count": 1, "total": 4}


@pytest.mark.parametrize("shape", [[], ["-r"], ["--format", "ndjson"], ["--jq", "."]])
@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ([{"id": 1}, {"id": 3}], FOLDER, "a later page of this list is the contents of a folder"),
        (FOLDER, [{"id": 1}], "a later page of this folder is a plain list"),
    ],
)
def test_a_page_of_another_shape_exits_with_12_and_keeps_the_page_before_it(
    portal, oocli, first, second, why, shape
):
    page(portal, first)
    page(portal, second)

    ran = oocli("call", "GET", "group", *PAGED, *shape, signed_in_to=portal)

    assert ran.exit == 12
    assert ran.stderr.startswith(
        f"oocli: GET group on {portal.host}: the list is incomplete; a later page failed: {why}"
    )
    if shape == ["--format", "ndjson"]:
        items = first if isinstance(first, list) else first["files"]
        assert [json.loads(line) for line in ran.stdout.splitlines()] == items
    else:
        assert (ran.json if shape == ["-r"] else ran.json["response"]) == first
