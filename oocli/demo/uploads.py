"""Uploads in chunks: sessions and their chunks."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from oocli.demo.accounts import Account
from oocli.demo.storage import OVERWRITE, File, Folder, Storage
from oocli.demo.titles import stored_title

CHUNK_SIZE = 10 * 1024 * 1024
LIFETIME_S = 12 * 3600.0
TOO_LARGE = "The maximum file size is exceeded"
EMPTY = "The file is empty"


@dataclass
class Upload:
    """A session; `conflict` is that of `Storage.save`.

    `chunks` are numbered from 1; `counted` has the length of each as the portal counts it.
    """

    folder: Folder
    name: str
    size: int
    owner: Account
    made: float
    conflict: int = OVERWRITE
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    ends: float = 0.0
    chunks: dict[int, bytes] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = stored_title(self.name)
        self.ends = self.made + LIFETIME_S

    def append(self, chunk: bytes, now: float) -> None:
        """Add the next chunk."""
        self.put(len(self.chunks) + 1, chunk, len(chunk), now)

    def put(self, number: int, chunk: bytes, counted: int, now: float) -> None:
        """Add a chunk, or replace the one with the same number."""
        self.chunks[number], self.counted[number] = chunk, counted
        self.ends = now + LIFETIME_S

    @property
    def length(self) -> int:
        """How many bytes the portal has counted."""
        return sum(self.counted.values())

    def store(self, storage: Storage, content: bytes, now: float) -> File:
        """Store the received content as a file."""
        folder, owner = self.folder.id, self.owner
        return storage.save(self.name, folder, content, owner, now, conflict=self.conflict)


@dataclass
class Uploads:
    """The open sessions; no chunk may be larger than `chunk_size`, no file than `limit` bytes."""

    chunk_size: int = CHUNK_SIZE
    limit: int = 100 * 1024 * 1024
    open: dict[str, Upload] = field(default_factory=dict)
    join: Callable[[list[bytes]], bytes] = b"".join

    def find(self, id: str, now: float) -> Upload | None:
        """Return a session that has not expired."""
        upload = self.open.get(id)
        return upload if upload and now < upload.ends else None

    def close(self, upload: Upload) -> bytes:
        """Close a session and return the received content."""
        self.open.pop(upload.id, None)
        return self.join([upload.chunks[number] for number in sorted(upload.chunks)])
