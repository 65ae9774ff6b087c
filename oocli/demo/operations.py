"""Long operations on files: each poll advances them; their end is reported once.

Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Products/Files/Services/WCFService/
FileOperations/FileOperationsManager.cs; ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/
Services/WCFService/FileOperations/FileOperationsManager.cs.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from oocli.demo.accounts import Account
from oocli.demo.storage import File, Folder

MOVE, COPY, DELETE, DOWNLOAD, MARK_AS_READ, DUPLICATE = 0, 1, 2, 3, 4, 7
NAMES = {
    "move": MOVE,
    "copy": COPY,
    "delete": DELETE,
    "bulkdownload": DOWNLOAD,
    "markasread": MARK_AS_READ,
    "emptytrash": DELETE,
    "duplicate": DUPLICATE,
}
CREATED, RUNNING, COMPLETED, CANCELED, FAILED = range(5)

Entries = list[File | Folder]
Work = Callable[[], Entries]


@dataclass
class Operation:
    """One operation; `work` runs at its end and returns the entries that it changed.

    With `discard` (`deleteAfter`) its end is never reported.
    """

    kind: int
    owner: Account
    work: Work
    steps: int
    discard: bool = False
    error: str = ""
    url: str | None = None
    target: Folder | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    done: int = 0
    status: int = CREATED
    processed: Entries = field(default_factory=list)

    @property
    def entries(self) -> Entries:
        """The entries that the portal shows: the target first, then those that were changed."""
        if self.target is None or self.status == CREATED:
            return self.processed
        return [self.target, *self.processed]

    @property
    def finished(self) -> bool:
        """Whether the work is over, successfully or not."""
        return self.status >= COMPLETED

    @property
    def progress(self) -> int:
        """Percent, 100 once it is over."""
        return 100 if self.finished else 100 * self.done // max(self.steps, 1)

    def advance(self) -> None:
        """Advance one step; the last one does the work."""
        if self.finished:
            return
        self.done += 1
        self.status = RUNNING
        if self.done >= self.steps:
            self.finish()

    def finish(self) -> None:
        """Do the work now, unless the operation is meant to fail."""
        if self.error:
            self.status = FAILED
            return
        self.processed = self.work()
        self.status = COMPLETED


@dataclass
class Operations:
    """The running operations; each ends after `steps` polls."""

    steps: int = 2
    all: list[Operation] = field(default_factory=list)

    def start(self, kind: int, owner: Account, work: Work, discard: bool = False) -> Operation:
        """Begin an operation."""
        operation = Operation(kind, owner, work, self.steps, discard)
        self.all.append(operation)
        return operation

    def of(self, owner: Account) -> list[Operation]:
        """Return the operations of an account."""
        return [operation for operation in self.all if operation.owner is owner]

    def report(self, owner: Account, *, advance: bool = False) -> list[Operation]:
        """Return the owner's operations, and forget those that have ended."""
        own = self.of(owner)
        if advance:
            for operation in own:
                operation.advance()
        self.all = [other for other in self.all if other.owner is not owner or not other.finished]
        return [operation for operation in own if not (operation.finished and operation.discard)]

    def cancel(self, owner: Account, id: str | None = None) -> None:
        """Cancel one of the owner's operations, or all."""
        for operation in self.of(owner):
            if id in (None, operation.id) and not operation.finished:
                operation.status = CANCELED
