"""One file uploaded: in one request below the portal's chunk size, in a session of chunks above.

A portal changes the title and adds a version or a twin as it sees fit, so each way ends with what
the portal says of the file. A failure that leaves open whether the portal has the file is settled
by a look at the portal before anything is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import BoundedSemaphore, Lock
from typing import NamedTuple

from oocli.client.bodies import StreamedBody, file_form
from oocli.client.portal import PortalClient
from oocli.files.local_file import LocalFile, Piece
from oocli.files.titles import equality_key
from oocli.files.transfer_state import TransferState
from oocli.files.tree import Entry, Tree, segment
from oocli.files.upload_session import Meter, SessionNotes, in_parallel
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    ConnectionFailed,
    InvalidResponse,
    NotFound,
    OocliError,
    PortalFailed,
    Rejected,
    Remedy,
    TimeoutExceeded,
    UsageError,
)
from oocli.model.request import Request
from oocli.transport.options import NullReporter, ProgressReporter
from oocli.transport.policy import is_warming_up

# Of both kinds as they are installed. Workspace tells it nowhere (`files.uploader.chunk-size`).
CHUNK_SIZE = 10 * 1024 * 1024
_HANDLER = "/chunkeduploader.ashx"
Pairs = Sequence[tuple[str, str]]


class Existing(NamedTuple):
    """What is known of a file at the portal; `updated` is the portal's text."""

    id: int | str
    title: str
    size: int
    version: int | None
    updated: str


class Target(NamedTuple):
    """Where a file goes. `replaces` is the file there that gets a new version.

    `title` is one that the portal does not change any more (`titles.file_title`).
    """

    folder: Entry
    title: str
    replaces: Existing | None = None


class SessionLost(PortalFailed):
    """An upload session does not hold what was sent, or is not known any more."""


class Uploader:
    """Uploads files to one portal, several at a time.

    It never has more than `parallel` requests under way that change something. `state` keeps what
    is needed to go on with a file of many chunks at the next run.
    """

    def __init__(
        self,
        portal: PortalClient,
        parallel: int,
        state: TransferState | None = None,
        reporter: ProgressReporter | None = None,
    ) -> None:
        self.portal = portal
        self._parallel = parallel
        self._state = state
        self._reporter = reporter or NullReporter()
        self._slots = BoundedSemaphore(parallel)
        self._asking = Lock()
        self._chunk_size: int | None = None

    def upload(self, source: LocalFile, target: Target, moved: Callable[[int], None]) -> Entry:
        """Upload a file and return what the portal has made of it.

        Raises `SourceChanged` if the file changed meanwhile, and `InvalidResponse` if the portal
        says something else than that it has all of the file.
        """
        meter = Meter(moved)
        one = target.replaces is not None and self.portal.kind.updates_by_id
        if not source.size:
            entry = self._until_there(lambda: self._make_empty(target), source, target)
        elif one or source.size < self._size_of_chunks():
            entry = self._until_there(
                lambda: self._send_whole(source, target, meter), source, target
            )
        elif self.portal.kind.numbers_chunks:
            entry = self._send_numbered(source, target, meter)
        else:
            entry = self._until_there(
                lambda: self._send_in_order(source, target, meter), source, target
            )
        source.check()
        self._check(entry, source, target)
        return entry

    def _check(self, entry: Entry, source: LocalFile, target: Target) -> None:
        if not entry.id:
            raise InvalidResponse("the portal did not store the file, and gave no reason")
        if entry.size != source.size:
            why = f"the portal has {entry.size:,} bytes of {source.size:,} as {entry.by_id}"
            raise InvalidResponse(why)
        if target.replaces is not None and entry.id != target.replaces.id:
            why = f"the portal stored it as {entry.by_id}, not as a version of "
            raise InvalidResponse(f"{why}file:{target.replaces.id}")

    # Whether the portal has it

    def _until_there(self, send: Callable[[], Entry], source: LocalFile, target: Target) -> Entry:
        """Send until the portal has the file. What left it open is settled by a look first."""
        retries = self.portal.limits.retries
        for attempt in range(1, retries + 2):
            try:
                return send()
            except (ConnectionFailed, PortalFailed, TimeoutExceeded) as failure:
                if not _is_doubtful(failure):
                    raise
                found = self._look(source, target, failure)
                if found is not None:
                    return found
                if attempt > retries or not _may_send_again(failure):
                    raise
                self._reporter.retrying(0.0, failure.why, attempt, retries)
        raise AssertionError("the loop returns or raises in its last turn")

    def _look(self, source: LocalFile, target: Target, failure: OocliError) -> Entry | None:
        """Return the file if the portal has it after all. A look that fails raises `failure`."""
        try:
            if target.replaces is not None:
                entry = self._entry(target.replaces.id, target)
                is_new = entry.version != target.replaces.version
                return entry if is_new and entry.size == source.size else None
            key = equality_key(target.title)
            for entry in Tree(self.portal).entries(target.folder):
                is_equal = not entry.is_folder and equality_key(entry.title) == key
                if is_equal and entry.size == source.size:
                    return entry
        except NotFound:
            return None
        except OocliError:
            raise failure from None
        return None

    def _entry(self, id: int | str, target: Target) -> Entry:
        answer = self.portal.get(f"files/file/{segment(id)}")
        return self._made(answer, target)

    def _made(self, answer: Envelope, target: Target) -> Entry:
        path = target.folder.path.child(target.title)
        return Tree(self.portal).made(answer, "file", path)

    def _send(self, request: Request) -> Envelope:
        with self._slots:
            return self.portal.send(request).raise_for_error()

    # In one request

    def _make_empty(self, target: Target) -> Entry:
        """Make an empty file, which an upload is not allowed to be (FileUploader.cs)."""
        if target.replaces is not None:
            raise Rejected("the portal takes no empty file as a new version")
        body = json.dumps({"title": target.title, "enableExternalExt": True}).encode()
        path = f"files/{segment(target.folder.id)}/file"
        return self._made(self._send(self.portal.request("POST", path, body=body)), target)

    def _send_whole(self, source: LocalFile, target: Target, meter: Meter) -> Entry:
        meter.back_to(0)
        form = file_form(target.title, Piece(source, 0, source.size, meter.add))
        if target.replaces is not None and self.portal.kind.updates_by_id:
            path = f"files/{segment(target.replaces.id)}/update"
            return self._made(self._send(self.portal.request("PUT", path, body=form)), target)
        # Where somebody else was faster this adds a version to their file, and never a twin.
        request = self.portal.request(
            "POST",
            f"files/{segment(target.folder.id)}/upload",
            params=[("createNewIfExist", "false")],
            body=form,
        )
        return self._made(self._send(request), target)

    # In chunks

    def _size_of_chunks(self) -> int:
        """Return the size that chunks must have, the last one apart."""
        with self._asking:
            if self._chunk_size is None:
                self._chunk_size = CHUNK_SIZE
                if self.portal.kind.numbers_chunks:
                    settings = self.portal.get("files/settings").response
                    size = settings.get("chunkUploadSize") if isinstance(settings, dict) else None
                    if isinstance(size, int) and size > 0:
                        self._chunk_size = size
            return self._chunk_size

    def _open_session(self, source: LocalFile, target: Target) -> str:
        """Return the link to which the chunks go: whoever knows it may write there."""
        body = {"fileName": target.title, "fileSize": source.size, "createNewIfExist": False}
        request = self.portal.request(
            "POST",
            f"files/{segment(target.folder.id)}/upload/create_session",
            body=json.dumps(body).encode(),
        )
        # A session that nobody uses changes nothing and ends by itself.
        answer = self._send(request._replace(is_repeatable=True))
        response = answer.response
        if isinstance(response, dict) and response.get("success") is False:
            raise Rejected(str(response.get("message") or "refused"), answer=answer.answer)
        data = response.get("data") if isinstance(response, dict) else None
        link = data.get("location") if isinstance(data, dict) else None
        if not isinstance(link, str):
            raise InvalidResponse("the answer holds no upload session", answer=answer.answer)
        return link

    def _chunk_request(
        self, link: str, source: LocalFile, number: int, meter: Meter, params: Pairs = ()
    ) -> Request:
        size = self._size_of_chunks()
        length = _length(source, number, size)
        piece = Piece(source, (number - 1) * size, length, meter.add)
        return self._session_request(link, params, file_form("chunk", piece))

    def _session_request(
        self, link: str, params: Pairs, body: StreamedBody | None = None
    ) -> Request:
        """Return a request for an upload link, at this portal whatever host the link names."""
        try:
            request = self.portal.request("POST", link, params=params, body=body)
        except UsageError as failure:
            raise InvalidResponse(f"the upload link leads elsewhere: {failure.why}") from None
        if not request.target.path.lower().endswith(_HANDLER):
            raise InvalidResponse(f"the upload link is none: {request.target.path}")
        return request

    def _send_in_order(self, source: LocalFile, target: Target, meter: Meter) -> Entry:
        """Send chunks one after the other. A chunk that is in doubt ends the session.

        Sent again it would count twice, and complete the file with a wrong content
        (CommonChunkedUploadSessionHolder.cs).
        """
        meter.back_to(0)
        link = self._open_session(source, target)
        size = self._size_of_chunks()
        try:
            for number in range(1, -(-source.size // size) + 1):
                answer = self._send(self._chunk_request(link, source, number, meter))
                if answer.status == 201:
                    return self._completed(answer, target)
                sent = min(number * size, source.size)
                if (counted := _data(answer).get("bytes_uploaded", sent)) != sent:
                    raise SessionLost(f"the portal has counted {counted} bytes of {sent}")
            raise SessionLost("the portal did not complete the file after its last chunk")
        except OocliError as failure:
            with suppress(OocliError):
                self._send(self._session_request(link, [("abort", "true")]))
            if isinstance(failure, Rejected) and number > 1:
                raise SessionLost(failure.why, answer=failure.answer) from None
            raise

    def _send_numbered(self, source: LocalFile, target: Target, meter: Meter) -> Entry:
        """Send chunks with their numbers, some at a time, and go on where an earlier run ended."""
        folder, size = target.folder, self._size_of_chunks()
        facts: dict[str, object] = {"folder": folder.id, "title": target.title, "chunk": size}
        remote = str(folder.path.child(target.title))
        notes = SessionNotes(self._state, source, remote, facts)

        def send() -> Entry:
            is_resumed = notes.link is not None
            link = notes.link or notes.begin(self._open_session(source, target))
            try:
                meter.back_to(sum(_length(source, number, size) for number in notes.done))
                return self._fill_session(source, target, link, notes, meter)
            except Rejected as failure:
                is_resumed = is_resumed or bool(notes.done)
                notes.drop()
                if is_resumed:
                    raise SessionLost(failure.why, answer=failure.answer) from None
                raise

        entry = self._until_there(send, source, target)
        notes.drop()
        return entry

    def _fill_session(
        self, source: LocalFile, target: Target, link: str, notes: SessionNotes, meter: Meter
    ) -> Entry:
        def put(number: int) -> None:
            params = [("upload", "true"), ("chunkNumber", str(number))]
            request = self._chunk_request(link, source, number, meter, params)
            # A second chunk of one number takes the place of the first.
            _data(self._send(request._replace(is_repeatable=True)))
            notes.add(number)

        count = -(-source.size // self._size_of_chunks())
        in_parallel(put, [n for n in range(1, count + 1) if n not in notes.done], self._parallel)
        request = self._session_request(link, [("finalize", "true")])
        return self._completed(self._send(request), target)

    def _completed(self, answer: Envelope, target: Target) -> Entry:
        """Return the file that a session has become, with the size that the portal tells."""
        id = _data(answer).get("id")
        if not isinstance(id, int | str) or not id:
            raise InvalidResponse("the portal did not store the file", answer=answer.answer)
        return self._entry(id, target)


def _length(source: LocalFile, number: int, size: int) -> int:
    """Return the bytes of a chunk; numbers count from 1."""
    return min(size, source.size - (number - 1) * size)


def _data(answer: Envelope) -> dict[str, object]:
    """Return what is inside the answer of the handler of chunks."""
    data = answer.body.get("data") if answer.is_json and isinstance(answer.body, dict) else None
    if isinstance(data, dict):
        return data
    raise InvalidResponse("the answer to a chunk says nothing of the upload", answer=answer.answer)


def _is_doubtful(failure: OocliError) -> bool:
    """Whether the portal may have the file though the request for it failed."""
    if isinstance(failure, TimeoutExceeded):
        return failure.remedy is not Remedy.MAX_TIME
    return _may_send_again(failure) or failure.status == 504


def _may_send_again(failure: OocliError) -> bool:
    """Whether the portal, which does not have the file, is not at work on it either."""
    if isinstance(failure, ConnectionFailed | SessionLost):
        return failure.was_sent
    starting = failure.answer is not None and is_warming_up(failure.answer)
    return starting or failure.status in (502, 503)
