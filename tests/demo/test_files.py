"""Files on both kinds of portal: new documents, versions, archives and filters."""

import io
import urllib.request
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest


@pytest.mark.parametrize(
    ("title", "stored"),
    [
        ("a.txt", "a.docx"),
        ("A.RTF", "A.docx"),
        ("b.csv", "b.xlsx"),
        ("c.odp", "c.pptx"),
        ("d.docx", "d.docx"),
        ("a.png", "a.png.docx"),
        ("Makefile", "Makefile.docx"),
        ("e.pdf", "e.pdf"),
    ],
)
def test_a_new_document_gets_the_extension_of_its_editor(portal, call, title, stored):
    for path in (f"files/{portal.folder_id('@common')}/file", "files/@my/file"):
        assert call("POST", path, {"title": title}).response["title"] == stored


def test_a_new_document_keeps_another_extension_on_request(call):
    body = {"title": "a.png", "enableExternalExt": True}

    assert call("POST", "files/@my/file", body).response["title"] == "a.png"


@pytest.mark.parametrize("alias", ["@my", "@common"])
def test_texts_and_html_pages_can_be_created_in_aliases_and_folders(portal, call, alias):
    for folder in (alias, portal.add_folder("Inner", portal.folder_id(alias))):
        text = call("POST", f"files/{folder}/text", {"title": "a", "content": "plain"})
        marked = {"title": "b", "content": '<p class="x">hello</p>'}
        detected = call("POST", f"files/{folder}/text", marked)
        page = call("POST", f"files/{folder}/html", {"title": "c.HTML", "content": "plain"})

        titles = [result.response["title"] for result in (text, detected, page)]
        assert titles == ["a.txt", "b.html", "c.html"]
        assert portal.content(text.response["id"]) == b"plain"
        assert text.status == (201 if portal.kind == "workspace" else 200)


def test_a_text_needs_content_and_on_docspace_a_title(portal, call):
    assert call("POST", "files/@my/text", {"title": "a"}).status == 400
    assert call("POST", "files/@my/text", {"title": "a", "content": ""}).status == 500
    if portal.kind == "docspace":
        assert call("POST", "files/@my/text", {"title": "", "content": "x"}).status == 400


def test_files_can_be_uploaded_and_inserted_into_aliases(portal, call, form):
    sent = form([("file", 'filename="a.txt"', b"1")])
    for alias in ("@my", "@common"):
        uploaded = call("POST", f"files/{alias}/upload", **sent).response
        first = uploaded[0] if isinstance(uploaded, list) else uploaded
        assert first["folderId"] == portal.folder_id(alias)
        inserted = call("POST", f"files/{alias}/insert?title=b.txt", **sent).response
        assert inserted["folderId"] == portal.folder_id(alias)


def test_an_alias_has_only_some_routes(portal, call):
    assert call("POST", "files/@common/file", {"title": "a"}).status >= 400
    assert call("POST", "files/@trash/text", {"title": "a", "content": "x"}).status >= 400


def with_three_versions(portal, call, form):
    """Upload a file three times; return its id."""
    for content in (b"1", b"22", b"333"):
        call("POST", "files/@my/upload", **form([("file", 'filename="v.txt"', content)]))
    (file,) = [
        entry for entry in call("GET", "files/@my").response["files"] if entry["title"] == "v.txt"
    ]
    assert file["version"] == 3
    return file["id"]


def test_a_history_has_an_item_with_the_same_id_for_each_version(portal, call, form, clock):
    file = with_three_versions(portal, call, form)
    history = call("GET", f"files/file/{file}/history").response

    assert [(version["id"], version["version"]) for version in history] == [
        (file, 3),
        (file, 2),
        (file, 1),
    ]
    assert [version["pureContentLength"] for version in history] == [3, 2, 1]


def test_only_docspace_has_an_edit_history(portal, call, form):
    file = with_three_versions(portal, call, form)
    result = call("GET", f"files/file/{file}/edit/history")

    if portal.kind == "workspace":
        assert result.status == 404
        return
    assert [(version["id"], version["version"]) for version in result.response] == [
        (file, n) for n in (1, 2, 3)
    ]
    assert result.json["count"] == 1  # the count of such a list is always 1
    assert len({version["key"] for version in result.response}) == 3


def test_one_version_can_be_read_and_restored(portal, call, form):
    file = with_three_versions(portal, call, form)
    looked = call("GET", f"files/file/{file}?version=2").response

    assert (looked["version"], looked["pureContentLength"]) == (2, 2)
    assert call("GET", f"files/file/{file}").response["version"] == 3
    back = call("PUT", f"files/file/{file}", {"lastVersion": 1}).response
    assert (back["version"], portal.content(file)) == (4, b"1")
    missing = call("GET", f"files/file/{file}?version=9").status
    assert missing == (403 if portal.kind == "workspace" else 404)


def bulk(portal, call, **body):
    """Order an archive and download it; return its address and the answer."""
    portal.operation_steps = 1
    call("PUT", "files/fileops/bulkdownload", body)
    (operation,) = call("GET", "files/fileops").response
    where = urlsplit(operation["url"])
    return operation["url"], call("GET", f"{where.path}?{where.query}")


def test_a_bulk_download_of_one_file_is_the_file_itself_on_docspace(portal, call):
    file = portal.add_file("Grüße.txt", content=b"hello")
    url, result = bulk(portal, call, fileIds=[file])

    assert url.count("?action=bulk&filename=") == 1
    name = parse_qs(urlsplit(url).query)["filename"][0]
    assert "Gr" not in name  # the name is encrypted
    assert name.endswith("=")
    if portal.kind == "docspace":
        assert result.body == b"hello"
        assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt" in result.headers["Content-Disposition"]
    else:
        with zipfile.ZipFile(io.BytesIO(result.body)) as archive:
            assert archive.read("Grüße.txt") == b"hello"


def test_an_archive_is_named_after_its_folder_or_the_date_and_keeps_paths(portal, call):
    folder = portal.add_folder("Plans")
    inner = portal.add_folder("Inner", folder)
    portal.add_file("same.txt", folder, b"1")
    portal.add_file("same.txt", inner, b"2")
    single = portal.add_file("same.txt", content=b"3")

    _, result = bulk(portal, call, folderIds=[folder])
    assert "Plans.zip" in result.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(result.body)) as archive:
        assert set(archive.namelist()) == {"same.txt", "Inner/", "Inner/same.txt"}
    _, result = bulk(portal, call, folderIds=[folder], fileIds=[single])
    assert "2026-05-28.zip" in result.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(result.body)) as archive:
        inside = {"Plans/", "Plans/same.txt", "Plans/Inner/", "Plans/Inner/same.txt"}
        assert set(archive.namelist()) == {"same.txt", *inside}


def test_a_second_archive_replaces_the_first(portal, call):
    first, second = (portal.add_file(f"{n}.txt", content=b"%d" % n) for n in (1, 2))
    other = portal.add_file("3.txt", content=b"3")
    url, _ = bulk(portal, call, fileIds=[first, second])
    again, result = bulk(portal, call, fileIds=[first, other])

    assert url == again
    with zipfile.ZipFile(io.BytesIO(result.body)) as archive:
        assert archive.namelist() == ["1.txt", "3.txt"]


def test_an_invalid_range_of_an_archive_is_a_400(portal, call):
    portal.operation_steps = 1
    call("PUT", "files/fileops/bulkdownload", {"fileIds": [portal.add_file("a.txt")]})
    where = urlsplit(call("GET", "files/fileops").response[0]["url"])

    path = f"{where.path}?{where.query}"
    assert call("GET", path, headers={"Range": "bytes=-5"}).status == 400


def test_filters_by_type_exclude_folders(portal, call):
    folder = portal.add_folder("Mixed")
    portal.add_folder("Inner", folder)
    for title in ("a.odt", "b.csv", "c.ppt", "d.jpg", "e.zip", "f.mp3", "g.bin"):
        portal.add_file(title, folder)

    def shown(number):
        page = call("GET", f"files/{folder}?filterType={number}").response
        return "".join(entry["title"][0] for entry in [*page["folders"], *page["files"]])

    numbers = (1, 2, 3, 4, 5, 7, 10, 12)
    assert [shown(number) for number in numbers] == list(("abcdefg", *"Iacbdef"))


def test_a_copy_operation_lists_the_destination_and_the_new_files(portal, call):
    portal.operation_steps = 1
    target, file = portal.add_folder("Target"), portal.add_file("a.txt")
    body = {"destFolderId": target, "fileIds": [file], "conflictResolveType": "Skip"}
    call("PUT", "files/fileops/copy", body)
    (operation,) = call("GET", "files/fileops").response

    assert [folder["id"] for folder in operation["folders"]] == [target]
    (copied,) = operation["files"]
    assert (copied["folderId"], copied["id"] != file) == (target, True)


def test_subfolders_of_the_trash_cannot_be_listed(portal, call):
    portal.operation_steps = 1
    folder = portal.add_folder("Gone")
    call("PUT", "files/fileops/delete", {"folderIds": [folder]})
    call("GET", "files/fileops")

    assert call("GET", "files/@trash").response["folders"][0]["id"] == folder
    assert call("GET", f"files/{folder}").status == 403


def test_a_filter_by_type_can_be_given_by_name(call):
    for word in ("FoldersOnly", "foldersonly", "2"):
        assert call("GET", f"files/@my?filterType={word}").response["files"] == []
    assert call("GET", "files/@my?filterType=Nonsense").status == 400


def test_a_session_with_a_relative_path_creates_its_folders(portal, call):
    mine = portal.folder_id()
    body = {"fileName": "a.iso", "fileSize": 25, "relativePath": "New/Inner"}
    paths = [
        call("POST", f"files/{mine}/upload/create_session", body).response["data"]["path"]
        for _ in range(2)
    ]

    assert paths[0] == paths[1]
    titles = [call("GET", f"files/folder/{id}").response["title"] for id in paths[0]]
    assert titles == ["My documents", "New", "Inner"]


def test_an_older_version_comes_from_the_second_origin_too(portal, call, form):
    file = with_three_versions(portal, call, form)
    portal.store_elsewhere()
    handler = urlsplit(call("GET", f"files/file/{file}").response["viewUrl"])

    for version, content in ((0, b"333"), (1, b"1"), (2, b"22")):
        result = call("GET", f"{handler.path}?{handler.query}&version={version}")
        with urllib.request.urlopen(result.headers["Location"], timeout=5) as answer:
            assert answer.read() == content
