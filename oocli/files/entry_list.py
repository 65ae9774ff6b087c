"""A list of all entries of a folder that takes little memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from oocli.files.remote_path import RemotePath
from oocli.files.tree import Entry

_MAX_IN_MEMORY = 10_000  # entries in memory; the others are written to a temporary file


class EntryList:
    """The entries of a folder, which can be iterated more than once.

    Owner and `view_url` are left out. `folder` is the path of the folder. Raises `OSError` if the
    temporary file cannot be written.
    """

    def __init__(self, folder: RemotePath, entries: Iterable[Entry]) -> None:
        self._folder = folder
        self._in_memory: list[Entry] = []
        self._file: IO[bytes] | None = None
        for entry in entries:
            if len(self._in_memory) < _MAX_IN_MEMORY:
                self._in_memory.append(entry._replace(owner="", view_url=""))
            else:
                self._write(entry)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the portal's order. Finish one iteration before the next."""
        yield from self._in_memory
        if self._file is not None:
            self._file.seek(0)
            for line in self._file:
                yield self._entry(line)

    def close(self) -> None:
        """Delete the temporary file."""
        if self._file is not None:
            self._file.close()

    def _write(self, entry: Entry) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the list
        fields = [entry.type, entry.id, entry.title, entry.size, entry.updated, entry.version]
        self._file.write(json.dumps([*fields, entry.in_trash]).encode() + b"\n")

    def _entry(self, line: bytes) -> Entry:
        type, id, title, size, updated, version, in_trash = json.loads(line)
        path = self._folder.child(title)
        path = path.as_folder() if type == "folder" else path
        return Entry(type, id, title, path, size, updated, version=version, in_trash=in_trash)
