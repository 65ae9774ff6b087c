"""Many pages as one envelope: the first page's, with the items of all of them.

The items wait in temporary files that have no name and end with the run: Workspace writes `count`
before `response`, so the first byte is known only after the last item.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from oocli.model.errors import Remedy, StorageError
from oocli.model.json_text import Member
from oocli.model.page import Page

_IN_MEMORY = 4 << 20  # bytes of items that are kept without a file
_CHUNK = 256 * 1024


class Merged:
    """The merged document. `add` the pages, then take it in `pieces`, whole or from the inside."""

    def __init__(self, first: Page) -> None:
        self._text = first.text
        self._members = first.members
        self._inside = first.inside
        # Of each list by its name: where it stands on the first page, and the items of all pages.
        self._lists: dict[str, tuple[int, int, IO[bytes]]] = {}
        with ExitStack() as stack:
            for section in first.sections:
                spool = stack.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
                self._lists[section.name] = (section.start, section.end, spool)
            self._stack = stack.pop_all()
        self.count = 0

    def __enter__(self) -> Merged:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, page: Page) -> None:
        """Take the items of a page. Raises `StorageError` where the disk is full."""
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
        self.count += page.size

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole document, without a newline at its end."""
        return self._between(0, len(self._text.rstrip(" \t\r\n")))

    def inner_pieces(self) -> Iterator[bytes]:
        """Yield what is inside the envelope."""
        inside = next(member for member in reversed(self._members) if member.key == "response")
        return self._between(inside.start, inside.end)

    def _between(self, start: int, end: int) -> Iterator[bytes]:
        at = start
        for first, last, fresh in sorted(self._changes(), key=lambda change: change[:2]):
            if first < at or last > end:
                continue
            yield self._text[at:first].encode()
            if isinstance(fresh, str):
                yield fresh.encode()
            else:
                yield b"["
                fresh.seek(0)
                while chunk := fresh.read(_CHUNK):
                    yield chunk
                fresh.seek(0, 2)
                yield b"]"
            at = last
        yield self._text[at:end].encode()

    def _changes(self) -> Iterator[tuple[int, int, str | IO[bytes]]]:
        """Yield what of the first page's text is replaced, and by what."""
        yield from self._lists.values()
        number = str(self.count)
        counted = False
        for members in (self._members, self._inside):
            for at, member in enumerate(members):
                if member.key == "count":
                    counted = counted or members is self._members
                    yield member.start, member.end, number
                elif member.key == "nextIndex" and members is self._members:
                    yield *_with_comma(members, at), ""
        if not counted and self.count:  # Workspace leaves a 0 out, as on a first page all hidden
            yield self._members[0].at, self._members[0].at, f'"count":{number},'


def _with_comma(members: tuple[Member, ...], at: int) -> tuple[int, int]:
    """Return where a member stands together with one of the commas around it."""
    if at + 1 < len(members):
        return members[at].at, members[at + 1].at
    return members[at - 1].end if at else members[at].at, members[at].end
