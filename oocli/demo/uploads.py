"""Uploads in chunks: sessions and what they have received."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from oocli.demo.accounts import Account
from oocli.demo.storage import File, Folder

CHUNK_SIZE = 10 * 1024 * 1024
LIFE_S = 12 * 3600.0
TOO_LARGE = "The maximum file size is exceeded"
EMPTY = "The file is empty"


class UploadRefused(Exception):
    """A chunk or a session that the portal does not take."""


@dataclass
class Upload:
    """A session; `replaces` is the file whose content is exchanged, `twin` avoids a new version.

    `counted` has the length of each numbered chunk as the portal reckons it.
    """

    id: str
    folder: Folder
    name: str
    size: int
    owner: Account
    made: float
    ends: float
    twin: bool = False
    replaces: File | None = None
    received: bytearray = field(default_factory=bytearray)
    pieces: int = 0
    numbered: dict[int, bytes] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)

    def take(self, chunk: bytes, now: float) -> None:
        """Append a chunk; the session lives 12 h from here."""
        self.received += chunk
        self.pieces += 1
        self.ends = now + LIFE_S

    def take_numbered(self, number: int, chunk: bytes, counted: int, now: float) -> None:
        """Put a chunk in its place; a second one of the same number overwrites the first."""
        self.numbered[number], self.counted[number] = chunk, counted
        self.ends = now + LIFE_S

    def length(self) -> int:
        """Return how many bytes the portal has counted."""
        return sum(self.counted.values()) if self.numbered else len(self.received)

    def joined(self) -> bytes:
        """Return all that was received: the numbered chunks in their order, if there are any."""
        if self.numbered:
            return b"".join(self.numbered[number] for number in sorted(self.numbered))
        return bytes(self.received)


@dataclass
class Uploads:
    """The open sessions; no chunk may be larger than `chunk_size`, no file than `limit` bytes."""

    chunk_size: int = CHUNK_SIZE
    limit: int = 100 * 1024 * 1024
    open: dict[str, Upload] = field(default_factory=dict)

    def begin(
        self,
        folder: Folder,
        name: str,
        size: int,
        owner: Account,
        now: float,
        twin: bool = False,
        replaces: File | None = None,
    ) -> Upload:
        """Open a session; its id is the 32 hexadecimal digits of both servers."""
        upload = Upload(
            secrets.token_hex(16), folder, name, size, owner, now, now + LIFE_S, twin, replaces
        )
        self.open[upload.id] = upload
        return upload

    def find(self, wanted: str, now: float) -> Upload | None:
        """Return a session that has not run out."""
        upload = self.open.get(wanted)
        return upload if upload and now < upload.ends else None

    def close(self, upload: Upload) -> None:
        """Forget a session."""
        self.open.pop(upload.id, None)
