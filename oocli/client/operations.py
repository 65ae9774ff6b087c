"""Long operations on files: started by a call, waited for by their ids until they end.

The portal tells the end of an operation once, to whoever looks first, and forgets it; with
`deleteAfter` it tells it to nobody. So an operation that is no longer listed is over
(CommunityServer and DocSpace-server, FileOperationsManager.cs).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from oocli.client.portal import PortalClient
from oocli.model import json_text
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError, Rejected, SignInNeeded, TimeoutExceeded
from oocli.model.request import Request
from oocli.transport.options import ProgressReporter

PATH = "files/fileops"
_FIRST_DELAY, _MAX_DELAY, _GROWTH = 0.3, 2.0, 1.5  # seconds, seconds, factor
_CANCELED, _FAILED = 3, 4  # DocSpace's `status` of an operation; 2 is completed
_DOWNLOAD = 3  # the type whose end brings the address of an archive


@dataclass
class Operation:
    """One operation as it was last seen: its object, the text of that, and what its end was."""

    id: str
    facts: dict[str, object]
    text: str
    start: int
    end: int
    is_gone: bool = False
    seen_full: int = 0  # how often progress was 100: it may be so a moment before the end

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its id and its type."""
        return self.id, str(self.kind)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        if self.is_gone or self.facts.get("finished") or self.seen_full > 1:
            return True
        return _at_least(self.facts.get("status"), 2)

    @property
    def kind(self) -> object:
        """Its type; DocSpace spells the key with a capital."""
        return self.facts.get("operation", self.facts.get("Operation"))

    @property
    def failure(self) -> str | None:
        """Why it failed, in the portal's words, or None."""
        status = self.facts.get("status")
        if self.facts.get("error"):
            return str(self.facts["error"])
        if _at_least(status, _CANCELED):
            return "canceled" if status == _CANCELED else "the operation failed"
        if self.is_gone and self.kind == _DOWNLOAD:
            return "another program has taken the address of the archive"
        return None


class OperationWaiter:
    """Waits for the operations that one call starts. Made before the call is sent.

    `sleep` and `clock` are parameters for tests.
    """

    def __init__(
        self,
        portal: PortalClient,
        request: Request,
        reporter: ProgressReporter,
        *,
        limit: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._portal, self._request, self._reporter = portal, request, reporter
        self._limit, self._sleep, self._clock = limit, sleep, clock
        # Operations that were listed before the call are not its own.
        may_start = not request.is_safe and request.target.display_path.startswith("files/")
        self._older = self._running() if may_start else set()

    def finish(self, started: Envelope) -> tuple[Envelope, OocliError | None]:
        """Wait for the end; return the call's envelope with the final states, and what failed.

        An answer that is no operation comes back as it is.
        """
        # An operation may be listed twice (CommunityServer, FileOperation.cs): both are kept.
        mine = [found for found in _operations(started) if found.key not in self._older]
        if not mine:
            return started, None
        failure: OocliError | None = None
        try:
            self._wait(mine)
        except OocliError as error:
            failure = error
        finally:
            self._reporter.finished()
        final = _with_states(started, mine)
        return final, failure or self._failure(mine, final)

    def _wait(self, mine: list[Operation]) -> None:
        end = math.inf if self._limit is None else self._clock() + self._limit
        end_of_run = self._portal.http.deadline or math.inf
        delay = _FIRST_DELAY
        while waiting := [operation for operation in mine if not operation.is_over]:
            percent = min(_percent(operation) for operation in waiting)
            self._reporter.progress(percent, None, "% done")
            left = min(end, end_of_run) - self._clock()
            if left <= 0:
                raise self._too_late(of_run=end_of_run < end)
            self._sleep(min(delay, left))
            delay = min(delay * _GROWTH, _MAX_DELAY)
            try:
                self._look(waiting)
            except TimeoutExceeded:
                if self._clock() < end_of_run:  # one question ran into the read timeout
                    raise
                raise self._too_late(of_run=True) from None

    def _look(self, waiting: list[Operation]) -> None:
        """Ask for the states. One look takes all that have ended: each of them is kept."""
        # Asked for one id, DocSpace drops the others that have ended from its list, unreported.
        params = [("id", waiting[0].id)] if len(waiting) == 1 else []
        request = self._portal.request("GET", PATH, params=params)
        seen: dict[tuple[str, str], Operation] = {}
        for listed in _operations(self._portal.send(request).raise_for_error()):
            if listed.is_over or listed.key not in seen or not seen[listed.key].is_over:
                seen[listed.key] = listed
        if any(operation.key not in seen for operation in waiting):
            self._check_signed_in()
        for operation in waiting:
            found = seen.get(operation.key)
            if found is None:
                operation.is_gone = True
            else:
                operation.facts, operation.text = found.facts, found.text
                operation.seen_full += _percent(found) >= 100

    def _check_signed_in(self) -> None:
        """Raise `SignInNeeded` where the session ended: the list is then empty for that reason."""
        try:
            self._portal.get("people/@self")
        except SignInNeeded:
            raise
        except OocliError:
            return  # a key without that scope, for one

    def _running(self) -> set[tuple[str, str]]:
        """Return what is listed before the call: its answer lists all of the user's operations."""
        found: set[tuple[str, str]] = set()
        with suppress(OocliError):  # the call itself will tell
            envelope = self._portal.send(self._portal.request("GET", PATH)).raise_for_error()
            found.update(operation.key for operation in _operations(envelope))
        return found

    def _failure(self, mine: list[Operation], final: Envelope) -> OocliError | None:
        for operation in mine:
            why = operation.failure
            if why is not None:
                failure = Rejected(why, answer=final.answer)
                return self._portal.add_hint(failure, self._request)
        return None

    def _too_late(self, *, of_run: bool) -> OocliError:
        limit = self._portal.http.limits.max_time if of_run else self._limit
        failure = TimeoutExceeded(
            f"the operation has not ended within {limit:g} s",
            hint=f"it is still running; check it with: oocli call GET {PATH}",
        )
        return self._portal.add_hint(failure, self._request)


def _operations(envelope: Envelope) -> list[Operation]:
    """Return the operations in an answer: a list of them, or one."""
    if envelope.error is not None or not envelope.is_json:
        return []
    text = envelope.text
    place = json_text.member(text, "response") if isinstance(envelope.body, dict) else None
    if place is None:
        return []
    found = envelope.response
    values, spans = (
        (found, json_text.items(text, place[0])) if isinstance(found, list) else ([found], [place])
    )
    return [
        Operation(value["id"], value, text[start:end], start, end)
        for value, (start, end) in zip(values, spans, strict=True)
        if _is_operation(value)
    ]


def _is_operation(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        return False
    return "progress" in value and ("operation" in value or "Operation" in value)


def _with_states(started: Envelope, mine: list[Operation]) -> Envelope:
    """Return the call's envelope with the operations as they were last seen."""
    text, parts, at = started.text, [], 0
    for operation in sorted(mine, key=lambda operation: operation.start):
        state = _ended(operation.text) if operation.is_gone else operation.text
        parts += [text[at : operation.start], state]
        at = operation.end
    raw = "".join([*parts, text[at:]]).encode()
    return Envelope(started.request, started.answer.with_body(raw))


def _ended(text: str) -> str:
    """Return an operation that is no longer listed as what that means: finished, all done."""
    parts, at = [], 0
    for key, start, end in json_text.members(text):
        if key in ("finished", "progress"):
            parts += [text[at:start], "true" if key == "finished" else "100"]
            at = end
    return "".join([*parts, text[at:]])


def _percent(operation: Operation) -> int:
    progress = operation.facts.get("progress")
    if not isinstance(progress, int | float) or progress in (math.inf, -math.inf):
        return 0
    return int(max(0, min(progress, 100)))


def _at_least(status: object, number: int) -> bool:
    return isinstance(status, int) and status >= number
