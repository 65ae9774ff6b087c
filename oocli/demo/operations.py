"""Long operations on files: their progress moves when somebody looks, the end is told once.

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

MOVE, COPY, DELETE, DOWNLOAD, MARK_AS_READ, EMPTY_TRASH, DUPLICATE = 0, 1, 2, 3, 4, 2, 7
NAMES = {
    "move": MOVE,
    "copy": COPY,
    "delete": DELETE,
    "bulkdownload": DOWNLOAD,
    "markasread": MARK_AS_READ,
    "emptytrash": EMPTY_TRASH,
    "duplicate": DUPLICATE,
}
CREATED, RUNNING, COMPLETED, CANCELED, FAILED = range(5)


@dataclass
class Operation:
    """One operation; `act` is its work, done at the end, and gives what it was done to."""

    kind: int
    owner: Account
    act: Callable[[], list[File | Folder]]
    steps: int
    discard: bool = False
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    done: int = 0
    error: str = ""
    status: int = CREATED
    url: str | None = None
    target: Folder | None = None
    touched: list[File | Folder] = field(default_factory=list)

    @property
    def entries(self) -> list[File | Folder]:
        """What the portal tells of it: the destination first, then what was worked on."""
        there = self.target if self.status != CREATED else None
        return self.touched if there is None else [there, *self.touched]

    @property
    def finished(self) -> bool:
        """Whether the work is over, well or not."""
        return self.status >= COMPLETED

    @property
    def progress(self) -> int:
        """Percent, 100 once it is over."""
        return 100 if self.finished else 100 * self.done // max(self.steps, 1)

    def advance(self) -> None:
        """Go a step further; with the last one the work is done."""
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
        self.touched = self.act()
        self.status = COMPLETED


@dataclass
class Operations:
    """What is under way. `steps` polls lead from 0 to the end; `failure` meets the next one."""

    steps: int = 2
    failure: str = ""
    all: list[Operation] = field(default_factory=list)

    def start(
        self,
        kind: int,
        owner: Account,
        act: Callable[[], list[File | Folder]],
        discard: bool = False,
    ) -> Operation:
        """Begin an operation; with `discard` (`deleteAfter`) its end is never told."""
        operation = Operation(kind, owner, act, self.steps, discard, error=self.failure)
        self.failure = ""
        self.all.append(operation)
        return operation

    def running(self, owner: Account, kind: int) -> bool:
        """Tell whether the owner has such an operation under way."""
        return any(one.owner is owner and one.kind == kind for one in self.all)

    def read(self, owner: Account, *, advance: bool = False) -> list[Operation]:
        """Return the owner's operations; those that have ended are forgotten by this."""
        own = [one for one in self.all if one.owner is owner]
        if advance:
            for one in own:
                one.advance()
        self.all = [one for one in self.all if one.owner is not owner or not one.finished]
        return [one for one in own if not (one.finished and one.discard)]

    def cancel(self, owner: Account, wanted: str | None = None) -> None:
        """Cancel one of the owner's operations, or all."""
        for one in self.all:
            if one.owner is owner and wanted in (None, one.id) and not one.finished:
                one.status = CANCELED
