"""Uploading one file: chunks, sessions, and what happens if the portal's answer is lost."""

from __future__ import annotations

import os

import pytest

from oocli.files.local_file import LocalFile, SourceChanged
from oocli.files.remote_path import RemotePath
from oocli.files.transfer_state import TransferState
from oocli.files.upload import ExistingFile, Target, Uploader
from oocli.model.errors import (
    ConnectionFailed,
    InvalidResponse,
    PortalFailed,
    Rejected,
    StorageError,
    TimeoutExceeded,
)
from tests.portal import faults

MIB = 1 << 20
CHUNK = 10 * MIB
# Where each kind of portal takes chunks.
UPLOADER = {
    "workspace": "/Products/Files/ChunkedUploader.ashx",
    "docspace": "/ChunkedUploader.ashx",
}


@pytest.fixture
def sender(tree_of, tmp_path):
    """A class whose instances upload bytes to a portal, with the notes in a folder of the test."""

    class Sender:
        def __init__(self, portal):
            self.portal = portal
            self.tree = tree_of(portal)
            self.folder = self.tree.find(RemotePath("my"))
            self.state = TransferState(tmp_path / "state", portal.host, "ann")
            self.moved = 0

        def __call__(self, content, title="a.bin", replaces=None, state=True):
            path = tmp_path / "source.bin"
            path.write_bytes(content)
            os.utime(path, (1_700_000_000, 1_700_000_000))
            uploader = Uploader(self.tree.portal, 4, self.state if state else None)
            self.moved = 0
            with LocalFile(str(path)) as source:
                return uploader.upload(source, Target(self.folder, title, replaces), self._count)

        def _count(self, count):
            self.moved += count

    return Sender


def chunk_requests(portal):
    """Return the method and path of each request for a chunk."""
    return [(method, path) for method, path in portal.asked if "ChunkedUploader" in path]


def writes(portal):
    return [request for request in portal.asked if request[0] != "GET"]


SIZES = [1, CHUNK - 1, CHUNK, CHUNK + 1, 25 * MIB]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_arrives_whole_whatever_its_size(size, either, sender):
    content = os.urandom(size)
    send = sender(either)

    made = send(content)

    assert (made.title, made.size, made.version) == ("a.bin", size, 1)
    assert either.content(made.id) == content
    assert send.moved == size
    assert len(chunk_requests(either)) == (
        0 if size < CHUNK else -(-size // CHUNK) + numbered(either)
    )
    assert either.open_uploads() == []


def numbered(portal):
    """Return 1 for the request that ends a session of numbered chunks."""
    return portal.kind == "docspace"


def test_an_empty_file_is_created_since_portals_refuse_to_receive_it(either, sender):
    made = sender(either)(b"", "empty.log")

    assert (made.title, made.size, either.content(made.id)) == ("empty.log", 0, b"")


def test_an_empty_file_cannot_become_a_new_version(either, sender):
    id = either.add_file("a.bin", content=b"full")

    with pytest.raises(Rejected, match="does not accept an empty file"):
        sender(either)(b"", replaces=ExistingFile(id, "a.bin", 4, 1, ""))
    assert writes(either) == []


@pytest.mark.parametrize("size", [5, CHUNK + 5])
def test_an_existing_file_gets_a_new_version(size, either, sender):
    id = either.add_file("a.bin", content=b"old")

    made = sender(either)(b"x" * size, replaces=ExistingFile(id, "a.bin", 3, 1, ""))

    assert (made.id, made.version, made.size) == (id, 2, size)
    assert either.titles().count("a.bin") == 1


def test_an_upload_that_arrived_without_an_answer_is_found_and_not_repeated(either, sender):
    path = f"files/{either.folder_id()}/upload"
    either.order("POST", path, faults.DropBeforeAnswer(acted=True))

    made = sender(either)(b"content")

    assert (made.version, either.content(made.id)) == (1, b"content")
    assert len(writes(either)) == 1


@pytest.mark.parametrize(
    "fault", [faults.DropInUpload(20), faults.Html(502), faults.Empty(503), faults.WarmingUp()]
)
def test_an_upload_that_did_not_arrive_is_sent_again(fault, either, sender):
    either.order("POST", f"files/{either.folder_id()}/upload", fault)
    send = sender(either)

    made = send(b"content" * 1000)

    assert (made.version, either.content(made.id)) == (1, b"content" * 1000)
    assert (len(writes(either)), send.moved) == (2, 7000)


def test_a_new_version_that_arrived_without_an_answer_is_not_uploaded_twice(either, sender):
    id = either.add_file("a.bin", content=b"old")
    path = (
        f"files/{id}/update" if either.kind == "workspace" else f"files/{either.folder_id()}/upload"
    )
    either.order("*", path, faults.DropBeforeAnswer(acted=True))

    made = sender(either)(b"content", replaces=ExistingFile(id, "a.bin", 3, 1, ""))

    assert (made.id, made.version) == (id, 2)


@pytest.mark.parametrize("status", [500, 504])
def test_an_upload_that_the_portal_answers_with_500_or_504_is_not_repeated(status, either, sender):
    either.order("POST", f"files/{either.folder_id()}/upload", faults.Html(status, "no"), None)

    with pytest.raises(PortalFailed):
        sender(either)(b"content")
    assert len(writes(either)) == 1


def test_an_upload_fails_after_all_retries(either, sender):
    either.order("POST", f"files/{either.folder_id()}/upload", faults.DropInUpload(20), None)

    with pytest.raises(ConnectionFailed):
        sender(either)(b"content")
    assert len(writes(either)) == 3


def test_an_ordered_chunk_without_an_answer_ends_the_session_and_restarts_the_file(portal, sender):
    # With an exact multiple the portal would not notice a repeated chunk.
    content = os.urandom(2 * CHUNK)
    portal.order("POST", UPLOADER["workspace"], faults.DropBeforeAnswer(acted=True))
    send = sender(portal)

    made = send(content)

    assert (made.version, portal.content(made.id)) == (1, content)
    assert portal.titles().count("a.bin") == 1
    # The lost answer, the end of the session, and two chunks.
    assert (len(chunk_requests(portal)), send.moved) == (1 + 1 + 2, len(content))
    assert portal.open_uploads() == []


def test_a_last_ordered_chunk_that_arrived_without_an_answer_is_not_sent_again(portal, sender):
    content = os.urandom(CHUNK + 1)
    portal.order("POST", UPLOADER["workspace"], faults.Delay(0.0))
    portal.order("POST", UPLOADER["workspace"], faults.DropBeforeAnswer(acted=True))

    made = sender(portal)(content)

    assert (made.version, portal.content(made.id)) == (1, content)
    assert portal.titles().count("a.bin") == 1


@pytest.mark.parametrize("fault", [faults.DropInUpload(5000), faults.Html(502), faults.Empty(504)])
def test_only_the_numbered_chunk_that_failed_is_sent_again(fault, docspace, sender):
    docspace.chunk_size = 10_000
    content = os.urandom(35_000)
    docspace.order("POST", UPLOADER["docspace"], fault)
    send = sender(docspace)

    made = send(content)

    assert (made.version, docspace.content(made.id)) == (1, content)
    assert (len(chunk_requests(docspace)), send.moved) == (1 + 4 + 1, 35_000)


def test_the_next_run_continues_with_the_missing_numbered_chunks(docspace, sender):
    docspace.chunk_size = 10_000
    content = os.urandom(75_000)
    send = sender(docspace)
    docspace.order("POST", UPLOADER["docspace"], faults.Delay(0.0), 5)
    docspace.order("POST", UPLOADER["docspace"], faults.Html(500), None)
    with pytest.raises(PortalFailed):
        send(content)
    docspace.clear_orders()
    docspace.forget()

    made = send(content)

    assert docspace.content(made.id) == content
    assert len(chunk_requests(docspace)) <= 8 - 5 + 1
    assert send.moved == len(content)
    assert not any((send.state._folder).iterdir())


def test_an_upload_of_other_content_does_not_continue_the_earlier_one(docspace, sender):
    docspace.chunk_size = 10_000
    send = sender(docspace)
    docspace.order("POST", UPLOADER["docspace"], faults.Html(500), None)
    with pytest.raises(PortalFailed):
        send(b"a" * 35_000)
    docspace.clear_orders()

    made = send(b"b" * 36_000)

    assert docspace.content(made.id) == b"b" * 36_000


def test_an_upload_whose_session_is_lost_begins_again(either, sender):
    if either.kind == "docspace":
        either.chunk_size = 10_000
        send = sender(either)
        content = os.urandom(35_000)
        either.order("POST", UPLOADER["docspace"], faults.Delay(0.0), 2)
        either.order("POST", UPLOADER["docspace"], faults.Html(500), None)
        with pytest.raises(PortalFailed):
            send(content)
        either.clear_orders()
        either.restart(lose_uploads=True)
    else:
        send = sender(either)
        content = os.urandom(CHUNK + 5)
        lost = b'{"success":false,"data":null,"message":"expired"}'
        either.order("POST", UPLOADER["workspace"], faults.Delay(0.0))
        either.order("POST", UPLOADER["workspace"], faults.InBody(lost))

    made = send(content)

    assert either.content(made.id) == content
    assert made.size == len(content)


def test_a_refusal_with_status_200_is_an_error(either, sender):
    either.chunk_size = 10_000
    size = 35_000 if either.kind == "docspace" else CHUNK
    refused = b'{"success":false,"message":"The maximum file size is exceeded"}'
    either.answers(
        "POST", UPLOADER[either.kind], body=refused, headers=[("Content-Type", "application/json")]
    )

    with pytest.raises(Rejected, match="maximum file size"):
        sender(either)(b"x" * size)
    assert "a.bin" not in either.titles()


def test_chunks_go_to_the_portal_though_the_upload_link_names_an_inner_host(either, sender):
    either.public_origin = "http://onlyoffice-inner:8080"
    content = os.urandom(CHUNK + 1)

    made = sender(either)(content)

    assert either.content(made.id) == content


@pytest.mark.parametrize(
    "link", ["https://evil.example/x", "/api/2.0/people/@self", "//evil.example/a.ashx", "x\ny"]
)
def test_no_chunk_is_sent_to_an_upload_link_that_leads_elsewhere(link, either, sender):
    either.answers(
        "POST", f"files/{either.folder_id()}/upload/create_session",
        response={"success": True, "data": {"location": link}},
    )  # fmt: skip

    with pytest.raises(InvalidResponse, match="upload link"):
        sender(either)(b"x" * CHUNK)
    assert len(writes(either)) == 1


@pytest.mark.parametrize(
    "response",
    [{}, {"id": 0, "title": "a.bin"}, {"id": 7, "title": "a.bin", "pureContentLength": 3}],
)
def test_an_answer_without_the_id_or_the_full_size_of_the_file_is_an_error(
    response, either, sender
):
    either.answers("POST", f"files/{either.folder_id()}/upload", response=response)

    with pytest.raises(InvalidResponse):
        sender(either)(b"content")


def test_a_new_version_that_became_another_file_is_an_error(docspace, sender):
    id = docspace.add_file("a.bin", content=b"old")

    with pytest.raises(InvalidResponse, match="not as a version of file:"):
        sender(docspace)(b"new", replaces=ExistingFile(id + 100, "a.bin", 3, 1, ""))


@pytest.mark.parametrize("size", [1000, CHUNK + 1000])
def test_a_source_that_changes_while_it_is_read_is_an_error(size, either, sender, tmp_path):
    send = sender(either)
    path = tmp_path / "changing.bin"
    path.write_bytes(b"a" * size)
    uploader = Uploader(send.tree.portal, 1)

    def change(_):
        path.write_bytes(b"b" * size)
        os.utime(path, (1, 1))

    with LocalFile(str(path)) as source, pytest.raises(SourceChanged):
        uploader.upload(source, Target(send.folder, "a.bin"), change)
    if size > CHUNK and either.kind == "workspace":
        assert "a.bin" not in either.titles()


@pytest.mark.posix
def test_a_named_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(StorageError, match="not a regular file"):
        LocalFile(str(tmp_path / "pipe"))


def test_an_upload_that_times_out_is_not_repeated(portal, tree_of, sender):
    portal.order("POST", f"files/{portal.folder_id()}/upload", faults.Hang())
    send = sender(portal)
    http = send.tree.portal.http
    http.limits = http.limits._replace(timeout=0.3)

    with pytest.raises(TimeoutExceeded):
        send(b"content")
    assert len(writes(portal)) == 1


def test_an_upload_deletes_and_overwrites_nothing(either, sender):
    id = either.add_file("a.bin", content=b"old")
    send = sender(either)
    send(b"new" * CHUNK, replaces=ExistingFile(id, "a.bin", 3, 1, ""))
    send(b"other", "b.bin")

    assert not any(method == "DELETE" or "delete" in path for method, path in either.asked)
    assert not any("updateifexist" in path.lower() for _, path in either.asked)
