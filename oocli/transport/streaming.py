"""An answer whose body is read as it comes, and the checks that it came whole and unharmed."""

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
MAX_START = 4 * 1024 * 1024  # bytes of a failing answer that are kept in memory
# A compressed body that grows beyond both was made to fill the memory.
MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024
MAX_COMPRESSION_RATIO = 200
_T = TypeVar("_T")


class Steps(Protocol):
    """Who runs the steps that wait for the portal, and knows whether one was left behind."""

    is_out_of_time: bool

    def bounded(self, work: Callable[[], _T]) -> _T:
        """Run one blocking step, no longer than the whole call has left."""


class StreamingResponse:
    """An answer whose headers are there and whose body is still on its way."""

    def __init__(self, head: Response, response: requests.Response, http: Steps) -> None:
        self.head = head
        self._response = response
        self._http = http
        self._is_read = False

    def chunks(self, size: int = CHUNK) -> Generator[bytes, None, None]:
        """Yield the body in chunks, decompressed. Raises the errors of a connection."""
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
        size_so_far = 0
        try:
            while (chunk := self._http.bounded(lambda: next(chunks, None))) is not None:
                size_so_far += len(chunk)
                if (
                    size_so_far > MAX_DECOMPRESSED_BYTES
                    and size_so_far > MAX_COMPRESSION_RATIO * self._response.raw.tell()
                ):
                    raise self._decompression_bomb()
                yield chunk
            if _is_cut(self._response.raw, size_so_far):
                raise ConnectionFailed("the answer broke off before its end")
        finally:
            self.close()

    def read(self) -> Response:
        """Return the answer with its whole body, which is kept here.

        A body with a content encoding that was not requested is left out.
        """
        if self.head.unexpected_encoding:
            self.close()
        elif not self._is_read:
            self.head = self.head.with_body(b"".join(self.chunks()))
            self._is_read = True
        return self.head

    def start(self) -> Response:
        """Return the answer with the first bytes of its body, which are kept; `rest` has others.

        So the reason of a failure is known, and no more than that is in memory.
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
            f"the answer unpacks to more than {MAX_COMPRESSION_RATIO} times its size",
            hint="no honest answer does; ask the portal's admin what answers in its place",
            status=self.head.status,
        )

    def close(self) -> None:
        """Close the connection to the rest of the body."""
        if not self._http.is_out_of_time:
            self._response.close()
            return
        # A thread still reads, and closing would wait for it: shutting down only wakes it. A thread
        # that came to the end meanwhile has released the connection, which is a RuntimeError.
        with suppress(OSError, ValueError, AttributeError, RuntimeError):
            self._response.raw.shutdown()


def _is_cut(raw: Any, came: int) -> bool:
    """Whether a body, of which so many bytes came, ended before its end.

    Where only the end of the connection ends it, its length tells nothing; but a compressed body
    says itself where it ends, and headers that were cut are noticed where nothing follows them.
    """
    if getattr(raw, "length_remaining", 0) not in (0, None):
        return True
    decoder = getattr(raw, "_decoder", None)
    packed = getattr(decoder, "_obj", None)
    if came and packed is not None and not getattr(decoder, "_state", 0):
        return not packed.eof
    framed = getattr(raw, "chunked", False) or "content-length" in raw.headers
    head = getattr(getattr(raw, "_original_response", None), "msg", None)
    return not came and not framed and bool(getattr(head, "defects", ()))


def _refuse_negative_chunks(raw: Any) -> None:
    """Let a chunk of less than no bytes end the answer; the library would read without end.

    It asks the socket for that many bytes, and a negative number means all that ever come.
    """
    if not getattr(raw, "chunked", False):
        return
    read_length = raw._update_chunk_length

    def _checked() -> None:
        read_length()
        if (raw.chunk_left or 0) < 0:
            raise HTTPException("a chunk of negative size")

    raw._update_chunk_length = _checked
