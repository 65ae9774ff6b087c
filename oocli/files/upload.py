"""Upload a file: in one request if it is smaller than the portal's chunk size, else in chunks.

The portal may change the title, add a version or store a second file of the same title, so each
upload ends with the entry as the portal describes it. If an error leaves open whether the portal
has stored the file, oocli looks for the file there before it sends anything again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import BoundedSemaphore, Lock
from typing import NamedTuple

from oocli.client.bodies import StreamedBody, file_form
from oocli.client.portal import PortalClient
from oocli.files.local_file import FileSlice, LocalFile
from oocli.files.titles import equality_key
from oocli.files.transfer import OnBytes
from oocli.files.transfer_state import TransferState
from oocli.files.tree import Entry, Tree, segment
from oocli.files.upload_session import ByteCounter, SavedSession, in_parallel
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

# The default of both kinds, in bytes. Workspace does not publish its `files.uploader.chunk-size`.
CHUNK_SIZE = 10 * 1024 * 1024
_HANDLER = "/chunkeduploader.ashx"
Pairs = Sequence[tuple[str, str]]


class ExistingFile(NamedTuple):
    """A file at the portal. `size` is in bytes, `updated` is the time as the portal wrote it."""

    id: int | str
    title: str
    size: int
    version: int | None
    updated: str


class Target(NamedTuple):
    """Where to upload a file. `replaces` is the existing file that gets a new version.

    `title` must be a title that the portal stores unchanged, from `titles.file_title`.
    """

    folder: Entry
    title: str
    replaces: ExistingFile | None = None


class SessionLost(PortalFailed):
    """The portal lost some chunks of an upload session, or the session itself."""


class Uploader:
    """Uploads files to one portal, several at a time.

    At most `parallel` requests that change something run at the same time. `state` remembers which
    chunks of a large file were sent, so that the next run can resume an interrupted upload.
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
        self._chunk_size: int | None = None
        self._chunk_size_lock = Lock()

    def upload(self, source: LocalFile, target: Target, on_bytes: OnBytes) -> Entry:
        """Upload a file and return its entry at the portal.

        Raises `SourceChanged` if the file changed meanwhile, and `InvalidResponse` if the portal
        does not confirm that it has stored the whole file.
        """
        counter = ByteCounter(on_bytes)
        updates_by_id = target.replaces is not None and self.portal.kind.updates_by_id
        if not source.size:
            entry = self._send_until_stored(lambda: self._make_empty(target), source, target)
        elif updates_by_id or source.size < self._get_chunk_size():
            entry = self._send_until_stored(
                lambda: self._send_whole(source, target, counter), source, target
            )
        elif self.portal.kind.numbers_chunks:
            entry = self._send_numbered_chunks(source, target, counter)
        else:
            entry = self._send_until_stored(
                lambda: self._send_chunks_in_order(source, target, counter), source, target
            )
        source.check()
        self._check_stored(entry, source, target)
        return entry

    def _check_stored(self, entry: Entry, source: LocalFile, target: Target) -> None:
        if not entry.id:
            raise InvalidResponse("the portal did not store the file, and gave no reason")
        if entry.size != source.size:
            why = f"the portal has {entry.size:,} bytes of {source.size:,} as {entry.by_id}"
            raise InvalidResponse(why)
        if target.replaces is not None and entry.id != target.replaces.id:
            why = f"the portal stored it as {entry.by_id}, not as a version of "
            raise InvalidResponse(f"{why}file:{target.replaces.id}")

    # Retries

    def _send_until_stored(
        self, send: Callable[[], Entry], source: LocalFile, target: Target
    ) -> Entry:
        """Call `send` until the portal has stored the file.

        If an error leaves open whether the portal has the file, look for it before sending again.
        """
        retries = self.portal.limits.retries
        for attempt in range(1, retries + 2):
            try:
                return send()
            except (ConnectionFailed, PortalFailed, TimeoutExceeded) as failure:
                if not _may_be_stored(failure):
                    raise
                found = self._find_stored(source, target, failure)
                if found is not None:
                    return found
                if attempt > retries or not _may_send_again(failure):
                    raise
                self._reporter.retrying(0.0, failure.why, attempt, retries)
        raise AssertionError("the loop returns or raises in its last turn")

    def _find_stored(self, source: LocalFile, target: Target, failure: OocliError) -> Entry | None:
        """Return the entry of the file if the portal stored it in spite of `failure`.

        Raises `failure` if the portal cannot tell.
        """
        try:
            if target.replaces is not None:
                entry = self._get_entry(target.replaces.id, target)
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

    def _get_entry(self, id: int | str, target: Target) -> Entry:
        answer = self.portal.get(f"files/file/{segment(id)}")
        return self._entry_from_answer(answer, target)

    def _entry_from_answer(self, answer: Envelope, target: Target) -> Entry:
        path = target.folder.path.child(target.title)
        return Tree(self.portal).entry_from_answer(answer, "file", path)

    def _send(self, request: Request) -> Envelope:
        with self._slots:
            return self.portal.send(request).raise_for_error()

    # Uploads in one request

    def _make_empty(self, target: Target) -> Entry:
        """Make an empty file: portals refuse to upload one (FileUploader.cs)."""
        if target.replaces is not None:
            raise Rejected("the portal does not accept an empty file as a new version")
        body = json.dumps({"title": target.title, "enableExternalExt": True}).encode()
        path = f"files/{segment(target.folder.id)}/file"
        answer = self._send(self.portal.request("POST", path, body=body))
        return self._entry_from_answer(answer, target)

    def _send_whole(self, source: LocalFile, target: Target, counter: ByteCounter) -> Entry:
        counter.reset_to(0)
        form = file_form(target.title, FileSlice(source, 0, source.size, counter.add))
        if target.replaces is not None and self.portal.kind.updates_by_id:
            path = f"files/{segment(target.replaces.id)}/update"
            answer = self._send(self.portal.request("PUT", path, body=form))
            return self._entry_from_answer(answer, target)
        # If someone has uploaded a file of this title meanwhile, `createNewIfExist=false` adds a
        # version to it instead of storing a second file.
        request = self.portal.request(
            "POST",
            f"files/{segment(target.folder.id)}/upload",
            params=[("createNewIfExist", "false")],
            body=form,
        )
        return self._entry_from_answer(self._send(request), target)

    # Uploads in chunks

    def _get_chunk_size(self) -> int:
        """Return the bytes of each chunk but the last; asks a portal that publishes its size."""
        with self._chunk_size_lock:
            if self._chunk_size is None:
                self._chunk_size = CHUNK_SIZE
                if self.portal.kind.numbers_chunks:
                    settings = self.portal.get("files/settings").response
                    size = settings.get("chunkUploadSize") if isinstance(settings, dict) else None
                    if isinstance(size, int) and size > 0:
                        self._chunk_size = size
            return self._chunk_size

    def _open_session(self, source: LocalFile, target: Target) -> str:
        """Open an upload session and return its link. Anyone who knows the link can write to it."""
        body = {"fileName": target.title, "fileSize": source.size, "createNewIfExist": False}
        request = self.portal.request(
            "POST",
            f"files/{segment(target.folder.id)}/upload/create_session",
            body=json.dumps(body).encode(),
        )
        # Opening a second session does no harm: an unused session changes nothing and expires.
        answer = self._send(request._replace(is_repeatable=True))
        response = answer.response
        if isinstance(response, dict) and response.get("success") is False:
            raise Rejected(str(response.get("message") or "refused"), answer=answer.answer)
        data = response.get("data") if isinstance(response, dict) else None
        link = data.get("location") if isinstance(data, dict) else None
        if not isinstance(link, str):
            raise InvalidResponse("the answer has no upload session", answer=answer.answer)
        return link

    def _chunk_request(
        self, link: str, source: LocalFile, number: int, counter: ByteCounter, params: Pairs = ()
    ) -> Request:
        size = self._get_chunk_size()
        length = _chunk_length(source, number, size)
        chunk = FileSlice(source, (number - 1) * size, length, counter.add)
        return self._session_request(link, params, file_form("chunk", chunk))

    def _session_request(
        self, link: str, params: Pairs, body: StreamedBody | None = None
    ) -> Request:
        """Return a request to an upload link. It goes to this portal whatever host the link names.

        Raises `InvalidResponse` if the link is not that of an upload session.
        """
        try:
            request = self.portal.request("POST", link, params=params, body=body)
        except UsageError as failure:
            raise InvalidResponse(f"the upload link cannot be used: {failure.why}") from None
        if not request.target.path.lower().endswith(_HANDLER):
            raise InvalidResponse(f"not an upload link: {request.target.path}")
        return request

    def _send_chunks_in_order(
        self, source: LocalFile, target: Target, counter: ByteCounter
    ) -> Entry:
        """Send chunks one after the other to a portal that appends each chunk.

        If a chunk fails, the session is aborted. The portal may have appended the chunk, and would
        complete a damaged file if it were sent again (CommonChunkedUploadSessionHolder.cs).
        """
        counter.reset_to(0)
        link = self._open_session(source, target)
        size = self._get_chunk_size()
        try:
            for number in range(1, -(-source.size // size) + 1):
                answer = self._send(self._chunk_request(link, source, number, counter))
                if answer.status == 201:
                    return self._completed_entry(answer, target)
                sent = min(number * size, source.size)
                if (counted := _chunk_data(answer).get("bytes_uploaded", sent)) != sent:
                    raise SessionLost(f"the portal has counted {counted} bytes of {sent}")
            raise SessionLost("the portal did not complete the file after its last chunk")
        except OocliError as failure:
            with suppress(OocliError):
                self._send(self._session_request(link, [("abort", "true")]))
            if isinstance(failure, Rejected) and number > 1:
                raise SessionLost(failure.why, answer=failure.answer) from None
            raise

    def _send_numbered_chunks(
        self, source: LocalFile, target: Target, counter: ByteCounter
    ) -> Entry:
        """Send numbered chunks in parallel. Resumes the session of an interrupted run."""
        folder, size = target.folder, self._get_chunk_size()
        properties: dict[str, object] = {"folder": folder.id, "title": target.title, "chunk": size}
        remote = str(folder.path.child(target.title))
        session = SavedSession(self._state, source, remote, properties)

        def send() -> Entry:
            is_resumed = session.link is not None
            link = session.link or session.begin(self._open_session(source, target))
            try:
                counter.reset_to(
                    sum(_chunk_length(source, number, size) for number in session.done)
                )
                return self._complete_session(source, target, link, session, counter)
            except Rejected as failure:
                is_resumed = is_resumed or bool(session.done)
                session.delete()
                if is_resumed:
                    raise SessionLost(failure.why, answer=failure.answer) from None
                raise

        entry = self._send_until_stored(send, source, target)
        session.delete()
        return entry

    def _complete_session(
        self,
        source: LocalFile,
        target: Target,
        link: str,
        session: SavedSession,
        counter: ByteCounter,
    ) -> Entry:
        """Send the chunks that the portal lacks, then ask it to assemble the file."""

        def send_chunk(number: int) -> None:
            params = [("upload", "true"), ("chunkNumber", str(number))]
            request = self._chunk_request(link, source, number, counter, params)
            # It may be repeated: the portal replaces a chunk that has the same number.
            _chunk_data(self._send(request._replace(is_repeatable=True)))
            session.add(number)

        count = -(-source.size // self._get_chunk_size())
        missing = [number for number in range(1, count + 1) if number not in session.done]
        in_parallel(send_chunk, missing, self._parallel)
        request = self._session_request(link, [("finalize", "true")])
        return self._completed_entry(self._send(request), target)

    def _completed_entry(self, answer: Envelope, target: Target) -> Entry:
        """Return the entry of a completed session, requested anew because the size is needed."""
        id = _chunk_data(answer).get("id")
        if not isinstance(id, int | str) or not id:
            raise InvalidResponse("the portal did not store the file", answer=answer.answer)
        return self._get_entry(id, target)


def _chunk_length(source: LocalFile, number: int, size: int) -> int:
    """Return the bytes of a chunk; numbers count from 1."""
    return min(size, source.size - (number - 1) * size)


def _chunk_data(answer: Envelope) -> dict[str, object]:
    """Return the `data` object in the answer to a chunk."""
    data = answer.body.get("data") if answer.is_json and isinstance(answer.body, dict) else None
    if isinstance(data, dict):
        return data
    raise InvalidResponse("the answer to a chunk has no data", answer=answer.answer)


def _may_be_stored(failure: OocliError) -> bool:
    """Whether the portal may have stored the file although its request failed."""
    if isinstance(failure, TimeoutExceeded):  # when the whole call is out of time, so is a look-up
        return failure.remedy is not Remedy.MAX_TIME
    return _may_send_again(failure) or failure.status == 504


def _may_send_again(failure: OocliError) -> bool:
    """Whether a file that was not found may be sent again.

    After a timeout (also 504) it may not: the portal may still be storing the file.
    """
    if isinstance(failure, ConnectionFailed | SessionLost):
        return failure.was_sent
    is_starting = failure.answer is not None and is_warming_up(failure.answer)
    return is_starting or failure.status in (502, 503)
