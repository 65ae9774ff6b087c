"""What an upload in chunks needs: bytes counted, chunks noted for the next run, and threads."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from oocli.files.local_file import LocalFile
from oocli.files.transfer_state import Source, TransferState


class Meter:
    """Counts the bytes of a file that were sent, whichever thread sends them."""

    def __init__(self, moved: Callable[[int], None]) -> None:
        self._moved, self._lock, self._done = moved, Lock(), 0

    def add(self, count: int) -> None:
        """Count bytes that were sent, or less than 0 that are sent again."""
        with self._lock:
            self._done += count
            self._moved(count)

    def back_to(self, count: int) -> None:
        """Start from so many bytes."""
        with self._lock:
            change, self._done = count - self._done, count
            if change:
                self._moved(change)


class SessionNotes:
    """What is done of a session of numbered chunks, kept for the next run.

    `facts` are what the session was opened for; notes of another one are of no use. `link` is None
    before a session is open, `done` has the numbers of the chunks that the portal has.
    """

    def __init__(
        self, state: TransferState | None, source: LocalFile, remote: str, facts: dict[str, object]
    ) -> None:
        self._state, self._lock, self._facts = state, Lock(), facts
        self._key = remote, source.path
        self._source = Source(source.size, str(source.time))
        self.link: str | None = None
        self.done: set[int] = set()
        found = state.find(*self._key, self._source) if state is not None else None
        if found is not None and found.items() >= facts.items():
            link, done = found.get("link"), found.get("done")
            if isinstance(link, str) and isinstance(done, list):
                self.link, self.done = link, {number for number in done if isinstance(number, int)}

    def begin(self, link: str) -> str:
        """Take a session that was just opened."""
        self.link, self.done = link, set()
        self._keep()
        return link

    def add(self, number: int) -> None:
        """Note that the portal has a chunk."""
        with self._lock:
            self.done.add(number)
            self._keep()

    def drop(self) -> None:
        """Forget the session: it has ended, well or not."""
        self.link, self.done = None, set()
        if self._state is not None:
            self._state.drop(*self._key)

    def _keep(self) -> None:
        if self._state is not None:
            note = {**self._facts, "link": self.link, "done": sorted(self.done)}
            self._state.keep(*self._key, self._source, note)


def in_parallel(work: Callable[[int], None], numbers: list[int], parallel: int) -> None:
    """Do the work for each number; after a failure none is begun. Raises the first failure."""
    left, taking = iter(numbers), Lock()
    failures: list[BaseException] = []

    def run() -> None:
        while not failures:
            with taking:
                number = next(left, None)
            if number is None:
                return
            try:
                work(number)
            except BaseException as failure:  # raised again by the thread that waits
                failures.append(failure)

    # Daemons: an interrupt does not wait for them.
    others = [Thread(target=run, daemon=True) for _ in range(min(parallel, len(numbers)) - 1)]
    for thread in others:
        thread.start()
    run()
    for thread in others:
        thread.join()
    if failures:
        raise failures[0]
