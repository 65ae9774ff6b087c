"""An answer whose body is read in chunks, with checks that the body is complete and harmless."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from http.client import HTTPException
from typing import Any, Protocol, TypeVar

import requests

from oocli.model.envelope import unexpected_encoding_error
from oocli.model.errors import ConnectionFailed, InvalidResponse
from oocli.model.response import Response

CHUNK = 256 * 1024  # bytes read at once
MAX_START = 4 * 1024 * 1024  # bytes of an error answer that are kept in memory
# A compressed body that exceeds both limits is taken for a decompression bomb.
MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024
MAX_COMPRESSION_RATIO = 200
_T = TypeVar("_T")


class StepRunner(Protocol):
    """Runs the steps that wait for the portal.

    `is_out_of_time` says that a step was abandoned, so a thread may still be at work on it.
    """

    is_out_of_time: bool

    def run_until_deadline(self, work: Callable[[], _T]) -> _T:
        """Run a blocking step until the deadline of the whole call at most."""


class StreamingResponse:
    """An answer whose headers were received and whose body is still to be read."""

    def __init__(self, head: Response, response: requests.Response, runner: StepRunner) -> None:
        self.head = head
        self._response = response
        self._runner = runner
        self._is_read = False

    def chunks(self, size: int = CHUNK) -> Generator[bytes, None, None]:
        """Yield the decompressed body in chunks. Raises `OocliError` if it is incomplete."""
        if self._is_read or self.head.rest is not None:
            if self.head.raw:
                yield self.head.raw
            yield from self.head.rest or ()
            return
        if self.head.unexpected_encoding:
            self.close()
            raise unexpected_encoding_error(self.head)
        _refuse_negative_chunks(self._response.raw)
        chunks = self._response.iter_content(size)
        received = 0  # bytes after decompression
        try:
            while (
                chunk := self._runner.run_until_deadline(lambda: next(chunks, None))
            ) is not None:
                received += len(chunk)
                if (
                    received > MAX_DECOMPRESSED_BYTES
                    and received > MAX_COMPRESSION_RATIO * self._response.raw.tell()
                ):
                    raise self._decompression_bomb()
                yield chunk
            if _is_truncated(self._response.raw, received):
                raise ConnectionFailed("the answer is incomplete")
        finally:
            self.close()

    def read(self) -> Response:
        """Return the answer with its whole body, which stays in memory.

        A body with a content encoding that was not requested is left out.
        """
        if self.head.unexpected_encoding:
            self.close()
        elif not self._is_read:
            self.head = self.head.with_body(b"".join(self.chunks()))
            self._is_read = True
        return self.head

    def read_start(self) -> Response:
        """Return the answer with at most about `MAX_START` bytes of its body in memory.

        That is enough to tell why a request failed. `rest` of the answer yields the other bytes.
        """
        if self.head.unexpected_encoding:
            self.close()
            return self.head
        if self._is_read or self.head.rest is not None:
            return self.head
        chunks, parts, size = self.chunks(), list[bytes](), 0
        while size < MAX_START and (chunk := next(chunks, None)) is not None:
            parts.append(chunk)
            size += len(chunk)
        self.head = self.head.with_body(b"".join(parts))
        if size >= MAX_START:
            self.head = self.head._replace(rest=chunks)
        else:
            self._is_read = True
        return self.head

    def _decompression_bomb(self) -> InvalidResponse:
        return InvalidResponse(
            f"the answer decompresses to more than {MAX_COMPRESSION_RATIO} times its size",
            hint="it may be an attack; ask the portal's admin what sends such answers",
            status=self.head.status,
        )

    def close(self) -> None:
        """Close the connection without reading the rest of the body."""
        if not self._runner.is_out_of_time:
            self._response.close()
            return
        # Closing would wait for the thread that still reads, shutting down wakes it. If the thread
        # has finished and released the connection, `shutdown` raises RuntimeError.
        with suppress(OSError, ValueError, AttributeError, RuntimeError):
            self._response.raw.shutdown()


def _is_truncated(raw: Any, received: int) -> bool:
    """Whether the connection ended before the body was complete.

    If only the end of the connection ends the body, no length is known. Then a compressed body
    must contain its own end mark, and an empty body must follow complete headers.
    """
    if getattr(raw, "length_remaining", 0) not in (0, None):
        return True
    decoder = getattr(raw, "_decoder", None)
    decompressor = getattr(decoder, "_obj", None)
    if received and decompressor is not None and not getattr(decoder, "_state", 0):
        return not decompressor.eof
    has_length = getattr(raw, "chunked", False) or "content-length" in raw.headers
    headers = getattr(getattr(raw, "_original_response", None), "msg", None)
    return not received and not has_length and bool(getattr(headers, "defects", ()))


def _refuse_negative_chunks(raw: Any) -> None:
    """Make urllib3 fail on a chunk of negative size.

    It would pass the size on to the socket, which reads until the connection ends.
    """
    if not getattr(raw, "chunked", False):
        return
    update_chunk_length = raw._update_chunk_length

    def _update_and_check() -> None:
        update_chunk_length()
        if (raw.chunk_left or 0) < 0:
            raise HTTPException("a chunk of negative size")

    raw._update_chunk_length = _update_and_check
