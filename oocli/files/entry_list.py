"""The entries of one folder, all of them, in little memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from oocli.files.remote_path import RemotePath
from oocli.files.tree import Entry

_MAX_KEPT = 10_000  # entries in memory; the others are written to a file without a name


class EntryList:
    """What a folder holds, to be gone through more than once.

    Of entries beyond the first ones only what a download needs is kept. `folder` is the path that
    they lie in. Raises `OSError` where the folder for temporary files is full.
    """

    def __init__(self, folder: RemotePath, entries: Iterable[Entry]) -> None:
        self._folder = folder
        self._kept: list[Entry] = []
        self._file: IO[bytes] | None = None
        for entry in entries:
            if len(self._kept) < _MAX_KEPT:
                self._kept.append(entry._replace(owner="", view_url=""))
            else:
                self._write(entry)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the portal's order; one pass must end before the next begins."""
        yield from self._kept
        if self._file is not None:
            self._file.seek(0)
            for line in self._file:
                yield self._entry(line)

    def close(self) -> None:
        """Delete the file, if there is one."""
        if self._file is not None:
            self._file.close()

    def _write(self, entry: Entry) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the list
        facts = [entry.type, entry.id, entry.title, entry.size, entry.updated, entry.version]
        self._file.write(json.dumps([*facts, entry.in_trash]).encode() + b"\n")

    def _entry(self, line: bytes) -> Entry:
        type, id, title, size, updated, version, in_trash = json.loads(line)
        path = self._folder.child(title)
        path = path.as_folder() if type == "folder" else path
        return Entry(type, id, title, path, size, updated, version=version, in_trash=in_trash)
