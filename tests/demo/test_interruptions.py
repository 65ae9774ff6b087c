"""Uploads that break off, restarts of a portal, and the log of its requests."""

import http.client

import pytest

from tests.portal import DemoPortal, faults, server


@pytest.fixture
def upload(portal, ask, form):
    def upload(name="a.txt"):
        sent = form([("file", f'filename="{name}"', b"x" * 5_000_000)])
        return ask(portal, "POST", "files/@my/upload", token=portal.issue_token(), **sent)

    return upload


def test_an_upload_can_be_broken_off_in_the_middle(portal, upload):
    portal.order("POST", "files/@my/upload", faults.DropInUpload(100_000))

    with pytest.raises((ConnectionError, http.client.HTTPException)):
        upload()
    assert "a.txt" not in portal.titles()
    assert upload().status < 300
    assert portal.asked == [("POST", "/api/2.0/files/@my/upload")] * 2
    assert len(portal.requests) == 2


def test_files_survive_a_restart_and_uploads_and_tokens_unless_they_are_lost(portal, ask):
    port, token, file = portal.port, portal.issue_token(), portal.add_file("a.txt")
    path = f"files/{portal.folder_id()}/upload/create_session"
    session = {"fileName": "b.txt", "fileSize": 5}
    ask(portal, "POST", path, token=token, json_body=session)

    portal.restart()
    assert portal.port == port
    assert len(portal.open_uploads()) == 1
    assert ask(portal, "GET", f"files/file/{file}", token=token).status == 200
    portal.restart(lose_uploads=True, lose_tokens=True)
    assert portal.open_uploads() == []
    assert not portal.is_live(token)
    assert "a.txt" in portal.titles()


def test_the_log_of_methods_and_paths_is_unlimited(monkeypatch, ask):
    monkeypatch.setattr(server, "LOG_LENGTH", 10)
    with DemoPortal() as portal:
        for _ in range(15):
            ask(portal, "GET", "capabilities?x=1")

        assert len(portal.requests) == 10
        assert portal.asked == [("GET", "/api/2.0/capabilities")] * 15
        portal.forget()
        assert portal.asked == []


def test_a_move_that_overwrites_adds_a_version(portal, ask):
    target = portal.add_folder("Target")
    old = portal.add_file("a.txt", target, b"old")
    new = portal.add_file("a.txt", content=b"new")
    body = {"destFolderId": target, "fileIds": [new], "conflictResolveType": "Overwrite"}
    ask(portal, "PUT", "files/fileops/move", token=portal.issue_token(), json_body=body)
    portal.finish_operations()

    assert (portal.titles(target), portal.content(old)) == (["a.txt"], b"new")
    assert "a.txt" not in portal.titles()
