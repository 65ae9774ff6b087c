"""The saved progress of interrupted transfers: private files that may be deleted at any time."""

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

_MAX_AGE = 14 * 86400.0  # seconds; upload sessions expire at the portal after 12 hours
_VERSION = 1


class Source(NamedTuple):
    """The state of a source when its transfer began: size in bytes, time of its last change."""

    size: int
    time: str


class TransferState:
    """The saved progress of transfers between a portal and one of its accounts.

    Progress is saved for a remote path, a local path and the state of the source; if the source
    has changed since, the progress is deleted. `account` is any text that differs between the
    users of a portal. Errors are ignored: without saved progress a transfer starts again.
    """

    def __init__(self, state: Path, portal: str, account: str) -> None:
        self._folder = state / "transfers"
        self._portal, self._account = portal, account

    @classmethod
    def of(cls, portal: PortalClient, state: Path) -> TransferState:
        """Return the saved transfers of the client's user below `state`, and delete old ones."""
        secret = portal.credential.secret.reveal() if portal.credential is not None else ""
        key = portal.address.key
        saved = cls(state, key, hashlib.sha256(f"{key} {secret}".encode()).hexdigest()[:16])
        saved.delete_old()
        return saved

    def load(self, remote: str, local: str, source: Source) -> dict[str, object] | None:
        """Return the progress of a transfer, None if nothing is saved for this source."""
        path = self._path(remote, local)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        wanted = self._header(remote, local, source)
        if isinstance(found, dict) and found.items() >= wanted.items():
            progress = found.get("progress")
            if isinstance(progress, dict):
                return progress
        self.delete(remote, local)
        return None

    def save(self, remote: str, local: str, source: Source, progress: dict[str, object]) -> None:
        """Save the progress of a transfer in a file that only its owner can read."""
        content = json.dumps({**self._header(remote, local, source), "progress": progress})
        with suppress(OSError, StorageError):
            make_private_directory(self._folder)
            write(self._path(remote, local), content.encode())

    def delete(self, remote: str, local: str) -> None:
        """Delete the progress of a transfer, which has ended."""
        with suppress(OSError):
            self._path(remote, local).unlink(missing_ok=True)

    def delete_old(self) -> None:
        """Delete progress that is too old to resume."""
        with suppress(OSError):
            for path in self._folder.glob("*.json"):
                if time.time() - path.stat().st_mtime > _MAX_AGE:
                    path.unlink(missing_ok=True)

    def _header(self, remote: str, local: str, source: Source) -> dict[str, object]:
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
        # A hash, because paths may hold characters that no file name can hold.
        key = json.dumps([self._portal, self._account, remote, local]).encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:40]}.json"
