"""What an interrupted transfer had begun: private notes, which may be deleted at any time."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from oocli.client.portal import PortalClient
from oocli.config.private_file import make_private_directory, write
from oocli.model.errors import StorageError

_MAX_AGE = 14 * 86400.0  # seconds; upload sessions live 12 hours at the portal
_VERSION = 1


class Source(NamedTuple):
    """What is transferred: its size in bytes, and its time as its place tells it."""

    size: int
    time: str


class TransferState:
    """Notes on the transfers of one account with one portal, below the state directory.

    A note belongs to a remote and a local path and to the source as it was. One of a source that
    has changed since is dropped. `account` is whatever tells the portal's users apart. A note that
    cannot be read counts as none; one that cannot be written costs only the work done so far.
    """

    def __init__(self, state: Path, portal: str, account: str) -> None:
        self._folder = state / "transfers"
        self._portal, self._account = portal, account

    @classmethod
    def of(cls, portal: PortalClient, state: Path) -> TransferState:
        """Return the notes of whoever uses this client, without those that are too old."""
        secret = portal.credential.secret.reveal() if portal.credential is not None else ""
        key = portal.address.key
        notes = cls(state, key, hashlib.sha256(f"{key} {secret}".encode()).hexdigest()[:16])
        notes.drop_old()
        return notes

    def find(self, remote: str, local: str, source: Source) -> dict[str, object] | None:
        """Return the note on a transfer, None where there is none of this very source."""
        path = self._path(remote, local)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        wanted = self._head(remote, local, source)
        if isinstance(found, dict) and found.items() >= wanted.items():
            note = found.get("note")
            if isinstance(note, dict):
                return note
        self.drop(remote, local)
        return None

    def keep(self, remote: str, local: str, source: Source, note: dict[str, object]) -> None:
        """Write a note, readable for its owner alone, in place of the one before."""
        content = json.dumps({**self._head(remote, local, source), "note": note})
        with suppress(OSError, StorageError):
            make_private_directory(self._folder)
            write(self._path(remote, local), content.encode())

    def drop(self, remote: str, local: str) -> None:
        """Delete the note on a transfer, which has ended."""
        with suppress(OSError):
            self._path(remote, local).unlink(missing_ok=True)

    def drop_old(self) -> None:
        """Delete the notes that are of no use to anybody any more."""
        with suppress(OSError):
            for path in self._folder.glob("*.json"):
                if time.time() - path.stat().st_mtime > _MAX_AGE:
                    path.unlink(missing_ok=True)

    def _head(self, remote: str, local: str, source: Source) -> dict[str, object]:
        return {
            "version": _VERSION,
            "portal": self._portal,
            "account": self._account,
            "remote": remote,
            "local": local,
            "size": source.size,
            "time": source.time,
        }

    def _path(self, remote: str, local: str) -> Path:
        # Backslashes and half characters of a local path: no text of its own is a file's name.
        key = json.dumps([self._portal, self._account, remote, local]).encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:40]}.json"
