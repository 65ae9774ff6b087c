"""Whether a body came whole, in whatever way it is framed, and whether it is what it claims."""

from __future__ import annotations

from http.client import HTTPException
from typing import Any

# A compressed body that grows so far, in bytes and in proportion, was made to fill the memory.
MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024
MAX_COMPRESSION_RATIO = 200


def is_cut(raw: Any, came: int) -> bool:
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


def refuse_negative_chunks(raw: Any) -> None:
    """Let a chunk of less than no bytes end the answer; the library would read without end.

    It asks the socket for that many bytes, and a negative number means all that ever come.
    """
    if not getattr(raw, "chunked", False):
        return
    read_length = raw._update_chunk_length

    def checked() -> None:
        read_length()
        if (raw.chunk_left or 0) < 0:
            raise HTTPException("a chunk of negative size")

    raw._update_chunk_length = checked
