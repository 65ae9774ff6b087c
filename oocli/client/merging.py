"""Many pages as one envelope: that of the first page, with the items of all pages.

The items are collected in unnamed temporary files, because Workspace writes `count` before
`response`: the first bytes of the result are known only after the last item.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from oocli.model.errors import Remedy, StorageError
from oocli.model.page import Page

_IN_MEMORY = 4 << 20  # bytes of items that are kept in memory; more go to a file
_CHUNK = 256 * 1024


class Merged:
    """The merged document: `add` all pages, then read it with `pieces` or `inner_pieces`."""

    def __init__(self, first: Page) -> None:
        self._text = first.text
        self._members = first.members
        self._inside = first.inside
        # By name, the position of each list on the first page, and the items of all pages.
        self._lists: dict[str, tuple[int, int, IO[bytes]]] = {}
        with ExitStack() as stack:
            for section in first.sections:
                spool = stack.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
                self._lists[section.name] = (section.start, section.end, spool)
            self._stack = stack.pop_all()
        self._count = 0

    def __enter__(self) -> Merged:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, page: Page) -> None:
        """Add the items of a page. Raises `StorageError` if the disk is full."""
        for section in page.sections:
            if not section.texts:
                continue
            *_, spool = self._lists[section.name]
            try:
                if spool.tell():
                    spool.write(b",")
                spool.write(",".join(section.texts).encode())
            except OSError as failure:
                raise StorageError(
                    f"the items cannot be kept in a temporary file: {failure.strerror}",
                    remedy=Remedy.TEMPORARY_SPACE,
                ) from None
        self._count += page.size

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole document, without a newline at its end."""
        return self._between(0, len(self._text.rstrip(" \t\r\n")))

    def inner_pieces(self) -> Iterator[bytes]:
        """Yield the value of `response`."""
        response = next(member for member in reversed(self._members) if member.key == "response")
        return self._between(response.start, response.end)

    def _between(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the part of the first page's text from `start` to `end`, with replacements."""
        at = start
        for first, last, new in sorted(self._replacements(), key=lambda found: found[:2]):
            if first < at or last > end:
                continue
            yield self._text[at:first].encode()
            if isinstance(new, str):
                yield new.encode()
            else:
                yield b"["
                new.seek(0)
                while chunk := new.read(_CHUNK):
                    yield chunk
                yield b"]"
            at = last
        yield self._text[at:end].encode()

    def _replacements(self) -> Iterator[tuple[int, int, str | IO[bytes]]]:
        """Yield the positions in the first page's text that change, each with its new content."""
        yield from self._lists.values()
        members, number = self._members, str(self._count)
        for member in (*members, *self._inside):
            if member.key == "count":
                yield member.start, member.end, number
        if self._count and all(member.key != "count" for member in members):
            # Workspace omits a count of 0: all items of the first page were hidden.
            yield members[0].at, members[0].at, f'"count":{number},'
        for at, member in enumerate(members):
            if member.key != "nextIndex":
                continue
            # It is removed together with the comma after it, or else the comma before it.
            if at + 1 < len(members):
                yield member.at, members[at + 1].at, ""
            else:
                yield members[at - 1].end, member.end, ""
