"""Long operations on files: a call starts them, and they are polled by their ids until they end.

The portal reports the end of an operation once, to the first request that asks, and then removes
the operation from its list; with `deleteAfter` it reports the end to nobody. So an operation that
is no longer listed has ended (CommunityServer and DocSpace-server, FileOperationsManager.cs).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
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
_CANCELED = 3  # DocSpace's `status` of an operation: 2 is completed, 4 is failed
_DOWNLOAD = 3  # the type of an operation whose end gives the address of an archive


@dataclass
class Operation:
    """One operation in its last known state: its object, and the JSON text of that object.

    `start` and `end` are the position of that text in the answer that listed the operation.
    """

    id: str
    facts: dict[str, object]
    text: str
    start: int
    end: int
    is_gone: bool = False
    seen_full: int = 0  # how often progress was 100, which may come shortly before the end

    @property
    def key(self) -> tuple[str, str]:
        """The id and the type, which together identify an operation."""
        return self.id, str(self.kind)

    @property
    def is_over(self) -> bool:
        """Whether the operation has ended."""
        if self.is_gone or self.facts.get("finished") or self.seen_full > 1:
            return True
        return _at_least(self.facts.get("status"), 2)

    @property
    def kind(self) -> object:
        """The type of the operation. DocSpace writes its key with a capital letter."""
        return self.facts.get("operation", self.facts.get("Operation"))

    @property
    def failure(self) -> str | None:
        """Why the operation failed, in the portal's words, or None."""
        status = self.facts.get("status")
        if self.facts.get("error"):
            return str(self.facts["error"])
        if _at_least(status, _CANCELED):
            return "canceled" if status == _CANCELED else "the operation failed"
        if self.is_gone and self.kind == _DOWNLOAD:
            return "another program received the address of the archive"
        return None

    @property
    def percent(self) -> int:
        """The progress, from 0 to 100; 0 if the portal reports no number."""
        progress = self.facts.get("progress")
        if not isinstance(progress, int | float) or progress in (math.inf, -math.inf):
            return 0
        return int(max(0, min(progress, 100)))

    def update(self, listed: Operation | None) -> None:
        """Take the newest state from the portal's list, where None means no longer listed."""
        if listed is not None:
            self.facts, self.text = listed.facts, listed.text
            self.seen_full += listed.percent >= 100
            return
        self.is_gone = True
        final = {"finished": "true", "progress": "100"}
        members = json_text.members(self.text)
        self.text = _with_replaced(
            self.text, [(start, end, final[key]) for key, start, end in members if key in final]
        )


class OperationWaiter:
    """Waits for the operations that one call starts. Create it before you send the call.

    `limit` is in seconds, None for no limit. `sleep` is a parameter for tests.
    """

    def __init__(
        self,
        portal: PortalClient,
        request: Request,
        reporter: ProgressReporter,
        *,
        limit: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._portal, self._request, self._reporter = portal, request, reporter
        self._limit, self._sleep = limit, sleep
        # The answer to the call lists all operations of the user. Those that are listed before the
        # call belong to other calls.
        self._older: set[tuple[str, str]] = set()
        if not request.is_safe and request.target.display_path.startswith("files/"):
            with suppress(OocliError):  # if the portal fails, the call itself will report it
                envelope = portal.send(portal.request("GET", PATH)).raise_for_error()
                self._older = {operation.key for operation in _operations(envelope)}

    def finish(self, started: Envelope) -> tuple[Envelope, OocliError | None]:
        """Wait for the end. Return the answer to the call with the final states, and the failure.

        An answer without operations is returned unchanged.
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
        states = [(operation.start, operation.end, operation.text) for operation in mine]
        answer = started.answer.with_body(_with_replaced(started.text, states).encode())
        reasons = [operation.failure for operation in mine if operation.failure is not None]
        if failure is None and reasons:
            failure = self._portal.add_hint(Rejected(reasons[0], answer=answer), self._request)
        return Envelope(started.request, answer), failure

    def _wait(self, mine: list[Operation]) -> None:
        end = math.inf if self._limit is None else time.monotonic() + self._limit
        end_of_run = self._portal.http.deadline or math.inf
        delay = _FIRST_DELAY
        while waiting := [operation for operation in mine if not operation.is_over]:
            percent = min(operation.percent for operation in waiting)
            self._reporter.progress(percent, None, "% done")
            left = min(end, end_of_run) - time.monotonic()
            if left <= 0:
                raise self._too_late(of_run=end_of_run < end)
            self._sleep(min(delay, left))
            delay = min(delay * _GROWTH, _MAX_DELAY)
            try:
                self._poll(waiting)
            except TimeoutExceeded:
                if time.monotonic() < end_of_run:  # only this request exceeded the read timeout
                    raise
                raise self._too_late(of_run=True) from None

    def _poll(self, waiting: list[Operation]) -> None:
        """Update the operations from the portal's list, which then drops those that have ended."""
        # Asked for one id, DocSpace also drops the other operations that have ended, unreported.
        params = [("id", waiting[0].id)] if len(waiting) == 1 else []
        request = self._portal.request("GET", PATH, params=params)
        seen: dict[tuple[str, str], Operation] = {}
        for listed in _operations(self._portal.send(request).raise_for_error()):
            if listed.is_over or listed.key not in seen or not seen[listed.key].is_over:
                seen[listed.key] = listed
        if any(operation.key not in seen for operation in waiting):
            # The list is also empty after the session has ended. This request fails then.
            try:
                self._portal.get("people/@self")
            except SignInNeeded:
                raise
            except OocliError:
                pass  # for example, an API key whose scope does not include people
        for operation in waiting:
            operation.update(seen.get(operation.key))

    def _too_late(self, *, of_run: bool) -> OocliError:
        limit = self._portal.http.limits.max_time if of_run else self._limit
        failure = TimeoutExceeded(
            f"the operation did not end within {limit:g} s",
            hint=f"it is still running; check it with: oocli call GET {PATH}",
        )
        return self._portal.add_hint(failure, self._request)


def _operations(envelope: Envelope) -> list[Operation]:
    """Return the operations in an answer, which holds a list of them or a single one."""
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
        if isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and "progress" in value
        and ("operation" in value or "Operation" in value)
    ]


def _with_replaced(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with other texts at these positions, which must be in order."""
    parts, at = [], 0
    for start, end, new in replacements:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _at_least(status: object, number: int) -> bool:
    return isinstance(status, int) and status >= number
