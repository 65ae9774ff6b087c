"""Parts of an upload in chunks: a byte counter, the saved session, and parallel threads."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from oocli.files.local_file import LocalFile
from oocli.files.transfer import OnBytes
from oocli.files.transfer_state import Source, TransferState


class ByteCounter:
    """Counts the bytes of a file that all threads have sent, and reports each change."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes, self._lock, self._sent = on_bytes, Lock(), 0

    def add(self, count: int) -> None:
        """Count bytes that were sent. A negative count means bytes that will be sent again."""
        with self._lock:
            self._sent += count
            self._on_bytes(count)

    def reset_to(self, count: int) -> None:
        """Set the number of bytes that were sent."""
        with self._lock:
            change, self._sent = count - self._sent, count
            if change:
                self._on_bytes(change)


class SavedSession:
    """The progress of an upload session with numbered chunks, saved for the next run.

    `properties` describe the session; a saved session with other properties is ignored. `link` is
    None until a session is open, `done` holds the numbers of the chunks that the portal has.
    """

    def __init__(
        self,
        state: TransferState | None,
        source: LocalFile,
        remote: str,
        properties: dict[str, object],
    ) -> None:
        self._state, self._lock, self._properties = state, Lock(), properties
        self._key = remote, source.path
        self._source = Source(source.size, str(source.time))
        self.link: str | None = None
        self.done: set[int] = set()
        found = state.load(*self._key, self._source) if state is not None else None
        if found is not None and found.items() >= properties.items():
            link, done = found.get("link"), found.get("done")
            if isinstance(link, str) and isinstance(done, list):
                self.link, self.done = link, {number for number in done if isinstance(number, int)}

    def begin(self, link: str) -> str:
        """Save the link of a session that was just opened, and return it."""
        self.link, self.done = link, set()
        self._save()
        return link

    def add(self, number: int) -> None:
        """Save that the portal has a chunk."""
        with self._lock:
            self.done.add(number)
            self._save()

    def delete(self) -> None:
        """Delete what was saved: the session has ended, successfully or not."""
        self.link, self.done = None, set()
        if self._state is not None:
            self._state.delete(*self._key)

    def _save(self) -> None:
        if self._state is not None:
            progress = {**self._properties, "link": self.link, "done": sorted(self.done)}
            self._state.save(*self._key, self._source, progress)


def in_parallel(work: Callable[[int], None], numbers: list[int], parallel: int) -> None:
    """Call `work` with each number, in `parallel` threads. Stops at and raises the first error."""
    remaining, remaining_lock = iter(numbers), Lock()
    failures: list[BaseException] = []

    def run() -> None:
        while not failures:
            with remaining_lock:
                number = next(remaining, None)
            if number is None:
                return
            try:
                work(number)
            except BaseException as failure:  # raised again in the calling thread
                failures.append(failure)

    # Daemon threads, so that an interrupted process does not wait for them.
    others = [Thread(target=run, daemon=True) for _ in range(min(parallel, len(numbers)) - 1)]
    for thread in others:
        thread.start()
    run()
    for thread in others:
        thread.join()
    if failures:
        raise failures[0]
